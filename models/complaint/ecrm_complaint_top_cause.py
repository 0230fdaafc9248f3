from odoo import api, fields, models
from odoo.tools import SQL

from ...tools import pareto


class EcrmComplaintTopCause(models.Model):
    """The causes that cost most, the worst first, with what is being done about each.

    Founded complaints about orders of the last months (``ecrm_months`` of the context, twelve
    without) per 100 delivered of the same orders; beside it the same of as many months before.
    """

    _name = 'ecrm.complaint.top.cause'
    _description = "Top Cause of Complaints"
    _auto = False
    _order = 'founded desc, id'
    _rec_name = 'cause_id'

    _MONTHS = (1, 60)

    company_id = fields.Many2one('res.company', readonly=True)
    currency_id = fields.Many2one(related='company_id.currency_id')
    cause_id = fields.Many2one('ecrm.complaint.cause', readonly=True)
    family_id = fields.Many2one('ecrm.complaint.cause', string="Family of Causes", readonly=True)
    area = fields.Selection(
        selection=lambda self: (
            self.env['ecrm.complaint.cause']._fields['area']._description_selection(self.env)
        ),
        string="Responsible Area",
        readonly=True,
    )
    complaints = fields.Integer(readonly=True)
    founded = fields.Float(string="Founded Quantity", readonly=True, digits=(16, 0))
    delivered = fields.Float(readonly=True, digits=(16, 0), aggregator=None)
    delivered_before = fields.Float(readonly=True, digits=(16, 0), aggregator=None)
    rate = fields.Float(
        string="Founded per 100 Delivered", readonly=True, digits=(16, 1), aggregator='sum'
    )
    rate_before = fields.Float(
        string="Period before", readonly=True, digits=(16, 1), aggregator='sum'
    )
    share = fields.Float(string="Share (%)", compute='_compute_share', digits=(16, 0))
    share_with_worse = fields.Float(
        string="Added up (%)",
        compute='_compute_share',
        digits=(16, 0),
        help="Share of this cause and of all that are worse.",
    )
    quality_cost = fields.Monetary(
        string="Cost of Non-Quality",
        readonly=True,
        groups='ecrm.group_complaint_all,ecrm.group_marketing',
    )
    action_ids = fields.Many2many(
        'ecrm.complaint.action',
        string="Corrective Actions",
        compute='_compute_action_ids',
        groups='ecrm.group_complaint_agent',
    )

    @property
    def _table_query(self):
        low, high = self._MONTHS
        months = self.env.context.get('ecrm_months', 12)
        months = min(max(months, low), high) if isinstance(months, int) else 12
        today = fields.Date.context_today(self)
        since = fields.Date.subtract(today, months=months)
        before = fields.Date.subtract(since, months=months)
        return SQL(
            """
            WITH row AS (%(report)s), kept AS (
                SELECT *, date > %(since)s AS is_now FROM row
                 WHERE date > %(before)s AND date <= %(today)s
            ), goods AS (
                SELECT company_id, COALESCE(SUM(delivered) FILTER (WHERE is_now), 0) AS now,
                       COALESCE(SUM(delivered) FILTER (WHERE NOT is_now), 0) AS before
                  FROM kept
              GROUP BY company_id
            )
            SELECT kept.cause_id * 100000::bigint + kept.company_id AS id, kept.company_id,
                   kept.cause_id, kept.family_id, kept.area,
                   SUM(kept.complaints) FILTER (WHERE is_now) AS complaints,
                   SUM(kept.founded) FILTER (WHERE is_now) AS founded, goods.now AS delivered,
                   goods.before AS delivered_before,
                   100.0 * SUM(kept.founded) FILTER (WHERE is_now) / NULLIF(goods.now, 0) AS rate,
                   100.0 * COALESCE(SUM(kept.founded) FILTER (WHERE NOT is_now), 0)
                       / NULLIF(goods.before, 0) AS rate_before,
                   COALESCE(SUM(kept.quality_cost) FILTER (WHERE is_now), 0) AS quality_cost
              FROM kept
              JOIN goods ON goods.company_id = kept.company_id
             WHERE kept.cause_id IS NOT NULL
          GROUP BY kept.company_id, kept.cause_id, kept.family_id, kept.area, goods.now, goods.before
            HAVING SUM(kept.founded) FILTER (WHERE is_now) > 0
            """,
            report=self.env['ecrm.complaint.report']._table_query,
            since=since,
            before=before,
            today=today,
        )

    # === COMPUTE METHODS === #

    @api.depends('company_id', 'founded')
    @api.depends_context('ecrm_months')
    def _compute_share(self):
        shares = {}
        for cause in self.search([('company_id', 'in', self.company_id.ids)]):
            shares.setdefault(cause.company_id, []).append((cause.id, cause.founded))
        found = {}
        for rows in shares.values():
            found.update(pareto.shares(rows))
        for cause in self:
            cause.share, cause.share_with_worse = found.get(cause.id, (0.0, 0.0))

    @api.depends('cause_id', 'company_id')
    def _compute_action_ids(self):
        # One read for the whole list; an action on a family helps all its causes
        actions = self.env['ecrm.complaint.action'].search(
            [
                ('cause_id', 'in', (self.cause_id | self.family_id).ids),
                ('company_id', 'in', self.company_id.ids),
                ('state', '!=', 'dropped'),
            ]
        )
        for cause in self:
            causes = cause.cause_id | cause.family_id
            cause.action_ids = actions.filtered(
                lambda action, cause=cause, causes=causes: (
                    action.company_id == cause.company_id and action.cause_id in causes
                )
            )

    # === ACTIONS === #

    def action_open_cause(self):
        """Open what is done about the cause, ready to add to it."""
        self.ensure_one()
        action = self.env['ir.actions.act_window']._for_xml_id('ecrm.action_ecrm_complaint_action')
        return {
            **action,
            'display_name': self.cause_id.display_name,
            'domain': [('cause_id', 'in', (self.cause_id | self.family_id).ids)],
            'context': {'default_cause_id': self.cause_id.id},
        }
