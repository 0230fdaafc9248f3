from itertools import pairwise
from math import ceil

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.ecrm.tools import rfm

SCALES = ('recency', 'frequency', 'monetary')
ISOLATE, POP = '\u2068', '\u2069'
"""What stands between them is ordered by itself, not by the sentence around it."""


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

    table = fields.Html(compute='_compute_table', sanitize=False)
    recency_label = fields.Char("Recency Scores 1 to 5 (days)", compute='_compute_labels')
    frequency_label = fields.Char("Frequency Scores 1 to 5 (orders)", compute='_compute_labels')
    monetary_label = fields.Char("Monetary Scores 1 to 5", compute='_compute_labels')

    # === COMPUTE METHODS === #

    @api.depends(*(f'{scale}_{rank}' for scale in SCALES for rank in range(1, 5)))
    @api.depends_context('lang')
    def _compute_table(self):
        for threshold in self:
            threshold.table = threshold._render_table()

    @api.depends(*(f'{scale}_{rank}' for scale in SCALES for rank in range(1, 5)))
    @api.depends_context('lang')
    def _compute_labels(self):
        for threshold in self:
            for scale in SCALES:
                threshold[f'{scale}_label'] = " | ".join(threshold._spans(scale))

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
        if company.ecrm_frequency_rule == 'absolute':
            bounds['frequency'] = company._ecrm_frequency_bounds()
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
        return {'recency': recency, 'frequency': frequency, 'monetary': monetary}, row[3]

    @api.model
    def _frequency_bounds(self, company, rule, text):
        """The orders from which the frequency score is 2, 3, 4 and 5 by a rule.

        :param rule: ``absolute`` or ``quintile``
        :param text: the bounds of the absolute rule, as typed
        :return: four floats; empty when the text is not four growing numbers
        """
        if rule == 'quintile':
            return self._quintiles(company, company._ecrm_today())[0]['frequency']
        return rfm.parse_bounds(text)

    def _render_table(self):
        """The bounds as a table that a person reads: which days, orders and money make which score."""
        self.ensure_one()
        names = [
            self.env._("Days since the last order"),
            self.env._("Orders"),
            self.env._("Net revenue"),
        ]
        scales = zip(*(self._spans(scale) for scale in SCALES), strict=True)
        rows = list(zip(reversed(rfm.SCORES), reversed(list(scales)), strict=True))
        return self.env['ir.qweb']._render(
            'ecrm.customer_threshold_table', {'threshold': self, 'names': names, 'rows': rows}
        )

    def _spans(self, scale):
        """What makes the scores 1 to 5 of a scale, as five texts."""
        ends = [None, *self._bounds()[scale], None]
        spans = [self._span(scale, low, high) for low, high in pairwise(ends)]
        return spans[::-1] if scale == 'recency' else spans

    def _span(self, scale, low, high):
        """The values from ``low`` to below ``high`` as a text; None is an open end."""
        if scale == 'monetary':
            low, high = (self._money(end) for end in (low, high))
            if low is None:
                return self.env._("below %(high)s", high=high)
        else:  # whole numbers: the last one below the bound is named
            low, high = low and ceil(low), high and ceil(high) - 1
            if low is None:
                return self.env._("up to %(last)s", last=high)
            if high is not None and high <= low:
                return str(low) if high == low else self.env._("nobody")
        if high is None:
            return self.env._("%(low)s or more", low=low)
        return self.env._("%(low)s to %(high)s", low=low, high=high)

    def _money(self, amount):
        """An amount that keeps its order within an Arabic sentence."""
        return (
            None
            if amount is None
            else f'{ISOLATE}{self.company_id.currency_id.format(amount)}{POP}'
        )

    def _bounds(self):
        """Mapping of scale to its four bounds, for ``tools.rfm`` and ``width_bucket``."""
        self.ensure_one()
        return {
            scale: tuple(float(self[f'{scale}_{rank}']) for rank in range(1, 5)) for scale in SCALES
        }
