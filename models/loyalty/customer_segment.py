from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.ecrm.tools import rfm

SCALES = ('r', 'f', 'm')


class EcrmCustomerSegment(models.Model):
    """One row of the segment table: the first row that takes a customer's scores names him."""

    _name = 'ecrm.customer.segment'
    _description = "Customer Segment"
    _order = 'sequence, id'

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        readonly=True, copy=False, help="Technical name of a segment that is shipped."
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    color = fields.Integer()
    meaning = fields.Char(translate=True, help="What this customer does, in plain words.")
    advice = fields.Char(translate=True, help="What the shop does well to do about it.")
    is_prospect = fields.Boolean(
        "Prospects", readonly=True, help="Takes who never ordered instead of looking at scores."
    )
    r_min = fields.Integer("Recency from", default=1, required=True)
    r_max = fields.Integer("Recency to", default=5, required=True)
    f_min = fields.Integer("Frequency from", default=1, required=True)
    f_max = fields.Integer("Frequency to", default=5, required=True)
    m_min = fields.Integer("Monetary from", default=1, required=True)
    m_max = fields.Integer("Monetary to", default=5, required=True)

    currency_id = fields.Many2one('res.currency', compute='_compute_figures')
    customer_count = fields.Integer(
        "Customers", compute='_compute_figures', groups='ecrm.group_marketing'
    )
    net_revenue = fields.Monetary(compute='_compute_figures', groups='ecrm.group_marketing')
    entered_count = fields.Integer(
        "Entered This Week", compute='_compute_figures', groups='ecrm.group_marketing'
    )
    left_count = fields.Integer(
        "Left This Week", compute='_compute_figures', groups='ecrm.group_marketing'
    )

    _recency_range = models.Constraint(
        'CHECK (r_min BETWEEN 1 AND r_max AND r_max <= 5)',
        "Recency scores go from 1 to 5, the lower one first.",
    )
    _frequency_range = models.Constraint(
        'CHECK (f_min BETWEEN 1 AND f_max AND f_max <= 5)',
        "Frequency scores go from 1 to 5, the lower one first.",
    )
    _monetary_range = models.Constraint(
        'CHECK (m_min BETWEEN 1 AND m_max AND m_max <= 5)',
        "Monetary scores go from 1 to 5, the lower one first.",
    )

    # === COMPUTE METHODS === #

    @api.depends_context('company')
    def _compute_figures(self):
        company = self.env.company
        since = company._ecrm_today() - timedelta(days=7)
        figures = {
            row[0]: row[1:]
            for row in self.env.execute_query(
                SQL(
                    """
                    SELECT segment.id, now.customers, now.revenue, moved.entered, moved.gone
                      FROM unnest(%(ids)s) AS segment(id)
                 LEFT JOIN LATERAL (
                           SELECT COUNT(*) AS customers, SUM(net_revenue) AS revenue
                             FROM ecrm_customer_indicator
                            WHERE company_id = %(company)s AND segment_id = segment.id
                           ) now ON TRUE
                 LEFT JOIN LATERAL (
                           SELECT COUNT(*) FILTER (WHERE date_in > %(since)s) AS entered,
                                  COUNT(*) FILTER (WHERE date_out > %(since)s) AS gone
                             FROM ecrm_customer_segment_history
                            WHERE company_id = %(company)s AND segment_id = segment.id
                              AND (date_in > %(since)s OR date_out > %(since)s)
                           ) moved ON TRUE
                    """,
                    ids=self.ids or [0],
                    company=company.id,
                    since=since,
                )
            )
        }
        for segment in self:
            row = figures.get(segment.id, (0, 0, 0, 0))
            segment.currency_id = company.currency_id
            segment.customer_count, segment.net_revenue = row[0], row[1] or 0
            segment.entered_count, segment.left_count = row[2], row[3]

    # === CONSTRAINT METHODS === #

    @api.constrains('active', 'sequence', *(f'{s}_{end}' for s in SCALES for end in ('min', 'max')))
    def _check_table(self):
        self._check_covered()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_needed(self):
        self._check_covered(without=self)

    def _check_covered(self, without=None):
        """Refuse a table in which some customer would have no segment.

        :param without: segments about to be deleted
        """
        if self.env.context.get('install_mode') or self.env.context.get('ecrm_table_pending'):
            return  # the rows come one by one, and the table is checked after the last
        segments = self.search(Domain.TRUE) - (without or self.browse())
        holes = rfm.uncovered([row._as_row() for row in segments if not row.is_prospect])
        if holes:
            raise ValidationError(
                self.env._(
                    "No segment takes customers whose recency-frequency-monetary scores are "
                    "%(scores)s (%(count)s combinations of 125 are left out). Widen another segment "
                    "first, or let the last one take all scores from 1 to 5.",
                    scores=holes[0].label,
                    count=len(holes),
                )
            )
        if without and any(segment.is_prospect for segment in without):
            raise ValidationError(
                self.env._("The segment of the prospects can be archived, not deleted.")
            )

    # === ACTIONS === #

    def action_open_customers(self):
        """The customers of the segment, in the current companies."""
        self.ensure_one()
        action = self.env['ir.actions.act_window']._for_xml_id(
            'ecrm.action_ecrm_customer_indicator'
        )
        action['display_name'] = self.name
        action['domain'] = [('segment_id', '=', self.id)]
        action['context'] = {}
        return action

    # === BUSINESS METHODS === #

    def _as_row(self):
        """The row as ``tools.rfm`` knows it."""
        self.ensure_one()
        return rfm.SegmentRow(
            self.id, *((self[f'{scale}_min'], self[f'{scale}_max']) for scale in SCALES)
        )
