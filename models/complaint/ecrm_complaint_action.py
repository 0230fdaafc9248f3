from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL


class EcrmComplaintAction(models.Model):
    """What a shop changes so that a cause of complaints does not come back, and whether it helped.

    The effect sets founded complaints per 100 delivered before against after: goods ordered in the
    90 days before the day the action took effect, and in the 90 days from that day on, as far as
    they have passed. Complaints about the newest orders may still come.
    """

    _name = 'ecrm.complaint.action'
    _description = "Corrective Action"
    _inherit = ['mail.thread', 'mail.activity.mixin']
    _order = 'state, date_due, id desc'

    _WINDOW_DAYS = 90

    name = fields.Char(
        string="What Is Changed",
        required=True,
        tracking=True,
        help="One sentence that all can read.",
    )
    company_id = fields.Many2one(
        'res.company', required=True, default=lambda self: self.env.company, index=True
    )
    cause_id = fields.Many2one(
        'ecrm.complaint.cause',
        required=True,
        index=True,
        ondelete='restrict',
        tracking=True,
        domain="[('company_id', 'in', [False, company_id])]",
        help="A family stands for all its causes.",
    )
    product_tmpl_id = fields.Many2one(
        'product.template',
        string="Only for",
        ondelete='set null',
        help="Empty: all products. Otherwise the effect is measured on this one.",
    )
    user_id = fields.Many2one(
        'res.users',
        string="Owner",
        default=lambda self: self.env.user,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        tracking=True,
        index='btree_not_null',
    )
    date_due = fields.Date(string="Due")
    date_done = fields.Date(string="In Effect since", copy=False, tracking=True)
    state = fields.Selection(
        [('planned', "Planned"), ('done', "In effect"), ('dropped', "Dropped")],
        default='planned',
        required=True,
        copy=False,
        tracking=True,
        group_expand=True,
    )
    note = fields.Html()
    complaint_ids = fields.One2many(
        'ecrm.complaint', 'corrective_action_id', string="Complaints behind It"
    )
    rate_before = fields.Float(string="Per 100 before", compute='_compute_effect', digits=(16, 1))
    rate_after = fields.Float(string="Per 100 after", compute='_compute_effect', digits=(16, 1))
    delivered_before = fields.Float(compute='_compute_effect', digits=(16, 0))
    delivered_after = fields.Float(compute='_compute_effect', digits=(16, 0))
    is_measured = fields.Boolean(
        compute='_compute_effect', help="Goods were delivered both before and after."
    )
    effect = fields.Float(
        string="Effect (%)",
        compute='_compute_effect',
        digits=(16, 0),
        help="Change of the rate. Below zero: fewer complaints.",
    )

    _done_has_day = models.Constraint(
        "CHECK (state <> 'done' OR date_done IS NOT NULL)",
        "An action in effect needs the day since when.",
    )

    # === COMPUTE METHODS === #

    @api.depends('cause_id', 'product_tmpl_id', 'company_id', 'date_done')
    def _compute_effect(self):
        rows = self._read_effect()
        for action in self:
            goods_before, goods_after, before, after = rows.get(action._origin.id, (0, 0, 0, 0))
            action.delivered_before, action.delivered_after = goods_before, goods_after
            action.rate_before = 100 * before / goods_before if goods_before else 0
            action.rate_after = 100 * after / goods_after if goods_after else 0
            action.is_measured = bool(goods_before and goods_after)
            measured = action.is_measured and action.rate_before
            action.effect = 100 * (action.rate_after / action.rate_before - 1) if measured else 0

    def _read_effect(self):
        """Goods and founded complaints before and after each action, one query for all.

        :return: dict of id to ``(delivered before, delivered after, founded before, founded after)``
        """
        dated = self._origin.filtered('date_done')
        if not dated:
            return {}
        self.env.flush_all()
        report = self.env['ecrm.complaint.report']
        rows = self.env.execute_query(
            SQL(
                """
                SELECT a.id,
                       COALESCE(SUM(r.delivered) FILTER (WHERE r.date < a.date_done), 0),
                       COALESCE(SUM(r.delivered) FILTER (WHERE r.date >= a.date_done), 0),
                       COALESCE(SUM(r.founded) FILTER (WHERE r.date < a.date_done), 0),
                       COALESCE(SUM(r.founded) FILTER (WHERE r.date >= a.date_done), 0)
                  FROM ecrm_complaint_action a
                  JOIN (%(report)s) r
                    ON r.company_id = a.company_id
                   AND r.date BETWEEN a.date_done - %(days)s AND a.date_done + %(days)s - 1
                   AND (a.product_tmpl_id IS NULL OR r.product_tmpl_id = a.product_tmpl_id)
                   AND (r.complaint_id IS NULL OR a.cause_id IN (r.cause_id, r.family_id))
                 WHERE a.id = ANY(%(ids)s)
              GROUP BY a.id
                """,
                report=report._table_query,
                days=self._WINDOW_DAYS,
                ids=dated.ids,
            )
        )
        return {row[0]: tuple(map(float, row[1:])) for row in rows}

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._complete_day(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._complete_day(vals)
        return super().write(vals)

    @api.model
    def _complete_day(self, vals):
        """An action that takes effect does so today, unless another day is given."""
        if vals.get('state') == 'done' and 'date_done' not in vals:
            vals['date_done'] = fields.Date.context_today(self)
        elif vals.get('state') in ('planned', 'dropped') and 'date_done' not in vals:
            vals['date_done'] = False

    @api.onchange('state')
    def _onchange_state(self):
        if self.state == 'done' and not self.date_done:
            self.date_done = fields.Date.context_today(self)

    @api.onchange('cause_id')
    def _onchange_cause_id(self):
        if not self.date_due:
            self.date_due = fields.Date.context_today(self) + relativedelta(weeks=2)
