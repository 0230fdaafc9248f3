from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.ecrm.tools import rfm

SCALES = ('recency', 'frequency', 'monetary')


class EcrmCustomerThreshold(models.Model):
    """The bounds a company's customers were scored with, kept by date so a score can be explained."""

    _name = 'ecrm.customer.threshold'
    _description = "Score Thresholds"
    _order = 'date DESC, id DESC'
    _rec_name = 'date'

    company_id = fields.Many2one('res.company', required=True, ondelete='cascade', index=True)
    date = fields.Date(required=True, readonly=True)
    customer_count = fields.Integer("Customers", readonly=True)
    recency_1 = fields.Float(readonly=True, help="Days; below it the score is 5.")
    recency_2 = fields.Float(readonly=True)
    recency_3 = fields.Float(readonly=True)
    recency_4 = fields.Float(readonly=True)
    frequency_1 = fields.Float(readonly=True, help="Orders; below it the score is 1.")
    frequency_2 = fields.Float(readonly=True)
    frequency_3 = fields.Float(readonly=True)
    frequency_4 = fields.Float(readonly=True)
    # Not Monetary: rounding a bound would move the customers that stand on it
    monetary_1 = fields.Float("Revenue 1", readonly=True, help="Below it the score is 1.")
    monetary_2 = fields.Float("Revenue 2", readonly=True)
    monetary_3 = fields.Float("Revenue 3", readonly=True)
    monetary_4 = fields.Float("Revenue 4", readonly=True)

    # === BUSINESS METHODS === #

    @api.model
    def _current(self, company):
        """The thresholds in force, computed now if the company has none yet."""
        return self.sudo().search([('company_id', '=', company.id)], limit=1) or self._renew(
            company
        )

    @api.model
    def _renew(self, company):
        """Take today's quintiles; the same day's are replaced, unchanged ones are not repeated.

        :return: the record in force
        """
        today = company._ecrm_today()
        bounds, size = self._quintiles(company, today)
        values = {'customer_count': size} | {
            f'{scale}_{rank}': bound
            for scale in SCALES
            for rank, bound in enumerate(bounds[scale], start=1)
        }
        last = self.sudo().search([('company_id', '=', company.id)], limit=1)
        if last and (last.date == today or last._bounds() == bounds):
            last.write(values)
            return last
        return self.sudo().create({'company_id': company.id, 'date': today, **values})

    def _quintiles(self, company, today):
        """The inner quintiles plus one of a company's customers, and how many they are."""
        [row] = self.env.execute_query(
            SQL(
                """
                SELECT percentile_cont(%(shares)s)
                           WITHIN GROUP (ORDER BY %(today)s - last_order_date),
                       percentile_cont(%(shares)s) WITHIN GROUP (ORDER BY order_count),
                       percentile_cont(%(shares)s) WITHIN GROUP (ORDER BY net_revenue),
                       COUNT(*)
                  FROM ecrm_customer_indicator
                 WHERE company_id = %(company)s AND order_count > 0
                """,
                shares=list(rfm.QUINTILES),
                today=today,
                company=company.id,
            )
        )
        nobody = (0.0, 0.0, 0.0, 0.0)
        recency, frequency, monetary = (
            tuple(float(bound) + 1 for bound in bounds or nobody) for bounds in row[:3]
        )
        if company.ecrm_frequency_rule == 'absolute':
            frequency = company._ecrm_frequency_bounds()
        return {'recency': recency, 'frequency': frequency, 'monetary': monetary}, row[3]

    def _bounds(self):
        """Mapping of scale to its four bounds, for ``tools.rfm`` and ``width_bucket``."""
        self.ensure_one()
        return {
            scale: tuple(float(self[f'{scale}_{rank}']) for rank in range(1, 5)) for scale in SCALES
        }
