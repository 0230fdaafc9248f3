from odoo import api, fields, models
from odoo.tools import SQL


class EcrmCustomerSegmentHistory(models.Model):
    """When a customer entered a segment and when he left it."""

    _name = 'ecrm.customer.segment.history'
    _description = "Segment History"
    _order = 'date_in DESC, id DESC'
    _rec_name = 'segment_id'
    _log_access = False

    indicator_id = fields.Many2one(
        'ecrm.customer.indicator', required=True, readonly=True, ondelete='cascade', index=True
    )
    company_id = fields.Many2one('res.company', required=True, readonly=True, ondelete='cascade')
    partner_id = fields.Many2one(
        'res.partner', required=True, readonly=True, ondelete='cascade', index=True
    )
    segment_id = fields.Many2one(
        'ecrm.customer.segment', required=True, readonly=True, ondelete='cascade'
    )
    previous_id = fields.Many2one(
        'ecrm.customer.segment', string="Came From", readonly=True, ondelete='set null'
    )
    date_in = fields.Date("Entered", required=True, readonly=True)
    date_out = fields.Date("Left", readonly=True)

    _open_uniq = models.UniqueIndex("(indicator_id) WHERE date_out IS NULL")
    _segment_idx = models.Index("(segment_id, date_in)")
    _left_idx = models.Index("(segment_id, date_out) WHERE date_out IS NOT NULL")

    # === BUSINESS METHODS === #

    @api.model
    def _follow(self, today, scope):
        """Close and open periods so that the open one is the customer's segment.

        :param today: the company's date
        :param scope: condition on ``ecrm_customer_indicator``
        :return: ids of the periods opened
        """
        self.env.cr.execute(
            SQL(
                """
                UPDATE ecrm_customer_segment_history past
                   SET date_out = %s
                  FROM (SELECT id, segment_id FROM ecrm_customer_indicator WHERE %s) kept
                 WHERE past.indicator_id = kept.id
                   AND past.date_out IS NULL
                   AND past.segment_id IS DISTINCT FROM kept.segment_id
                """,
                today,
                scope,
            )
        )
        opened = self.env.execute_query(
            SQL(
                """
                INSERT INTO ecrm_customer_segment_history
                            (indicator_id, company_id, partner_id, segment_id, previous_id, date_in)
                SELECT kept.id, kept.company_id, kept.partner_id, kept.segment_id,
                       closed.segment_id, %(today)s
                  FROM (
                       SELECT * FROM ecrm_customer_indicator
                        WHERE %(scope)s AND segment_id IS NOT NULL
                       ) kept
             LEFT JOIN (
                       SELECT DISTINCT ON (past.indicator_id) past.indicator_id, past.segment_id
                         FROM ecrm_customer_segment_history past
                        WHERE past.date_out = %(today)s
                          AND past.indicator_id IN (
                              SELECT id FROM ecrm_customer_indicator WHERE %(scope)s
                              )
                     ORDER BY past.indicator_id, past.id DESC
                       ) closed ON closed.indicator_id = kept.id
             LEFT JOIN ecrm_customer_segment_history present
                    ON present.indicator_id = kept.id AND present.date_out IS NULL
                 WHERE present.id IS NULL
             RETURNING id
                """,
                today=today,
                scope=scope,
            )
        )
        self.invalidate_model()
        return [row[0] for row in opened]
