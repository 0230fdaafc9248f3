import logging

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from odoo.addons.ecrm.tools.effect import EFFECT_MINIMUM, Side, gain, verdict

from .segment_automation_sql import effect

_logger = logging.getLogger(__name__)


class EcrmSegmentAutomation(models.Model):
    """What the shop does when a customer enters or leaves a segment, and what it brought back.

    A share of the customers, drawn once and for all by their id, is held out: what they order
    meanwhile is what would have come anyway.
    """

    _name = 'ecrm.segment.automation'
    _description = "Segment Automation"
    _order = 'sequence, id'

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        'res.company', required=True, default=lambda self: self.env.company, ondelete='cascade'
    )
    segment_id = fields.Many2one('ecrm.customer.segment', required=True, ondelete='cascade')
    trigger = fields.Selection(
        [('enter', "Enters the segment"), ('leave', "Leaves the segment")],
        required=True,
        default='enter',
    )
    action = fields.Selection(
        [('mail', "Send an e-mail"), ('coupon', "Give a coupon"), ('call', "Schedule a call")],
        required=True,
        default='mail',
    )
    template_id = fields.Many2one(
        'mail.template', string="E-mail", domain="[('model', '=', 'res.partner')]"
    )
    program_id = fields.Many2one(
        'loyalty.program', string="Coupon Program", domain="[('program_type', '=', 'coupons')]"
    )
    validity_days = fields.Integer("Coupon Valid for (days)", default=30)
    user_id = fields.Many2one('res.users', string="Caller", help="The salesperson if empty.")
    holdout_percent = fields.Integer("Held Out (%)", default=10)
    window_days = fields.Integer("Orders Counted Within (days)", default=30)
    start_id = fields.Integer(
        readonly=True, copy=False, help="Last movement before the automation was made."
    )
    run_ids = fields.One2many('ecrm.segment.automation.run', 'automation_id')
    currency_id = fields.Many2one(related='company_id.currency_id')
    treated_count = fields.Integer("Customers", compute='_compute_effect')
    treated_open_count = fields.Integer("Still in Their Window", compute='_compute_effect')
    treated_rate = fields.Float("Ordered", compute='_compute_effect')
    treated_orders = fields.Float("Orders per Customer", compute='_compute_effect')
    treated_revenue = fields.Monetary("Net Revenue per Customer", compute='_compute_effect')
    held_count = fields.Integer("Held Out", compute='_compute_effect')
    held_open_count = fields.Integer("Held Out, Still in Their Window", compute='_compute_effect')
    held_rate = fields.Float("Ordered Anyway", compute='_compute_effect')
    held_orders = fields.Float("Orders per Customer Held Out", compute='_compute_effect')
    held_revenue = fields.Monetary("Net Revenue per Customer Held Out", compute='_compute_effect')
    gain = fields.Monetary(
        "Brought",
        compute='_compute_effect',
        help="Net revenue per customer beyond that of who was held out, times the customers.",
    )
    verdict = fields.Char(compute='_compute_effect')
    is_told = fields.Boolean(
        compute='_compute_effect', help="Whether the difference is more than chance."
    )

    _range = models.Constraint(
        'CHECK (holdout_percent BETWEEN 0 AND 90 AND window_days BETWEEN 1 AND 365'
        ' AND validity_days BETWEEN 1 AND 730)',
        "Hold out 0 to 90 %, count orders within 1 to 365 days, make coupons valid 1 to 730 days.",
    )

    # === COMPUTE METHODS === #

    @api.depends_context('lang')
    def _compute_effect(self):
        """What customers did in the window after their run, treated and held out."""
        sides = self._sides()
        for automation in self:
            treated = sides.get((automation._origin.id, False), Side())
            held = sides.get((automation._origin.id, True), Side())
            automation.treated_count, automation.held_count = treated.size, held.size
            automation.treated_open_count = treated.open_size
            automation.held_open_count = held.open_size
            automation.treated_rate, automation.held_rate = treated.rate, held.rate
            automation.treated_orders = treated.orders_each
            automation.held_orders = held.orders_each
            automation.treated_revenue = treated.revenue_each
            automation.held_revenue = held.revenue_each
            automation.gain = gain(treated, held) or 0
            told = verdict(treated, held)
            automation.is_told = told in ('more', 'less')
            automation.verdict = automation._verdict(told, treated, held)

    def _sides(self):
        """Mapping of automation id and whether held out to :class:`Side`."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                "SELECT DISTINCT partner_id FROM ecrm_segment_automation_run"
                " WHERE automation_id = ANY(%s) AND state = 'done'",
                self._origin.ids,
            )
        )
        if not rows:
            return {}
        contacts = self.env['ecrm.customer.link']._contacts_of([row[0] for row in rows])
        found = self.env.execute_query(effect(self._origin.ids, contacts, fields.Datetime.now()))
        return {(row[0], row[1]): Side(*row[2:]) for row in found}

    def _verdict(self, told, treated, held):
        """What the numbers tell (``told`` by ``tools.effect``), as a sentence."""
        if told == 'few':
            return self.env._(
                "Too few to tell: %(treated)s treated and %(held)s held out have come to the end of "
                "their window, each side needs %(minimum)s.",
                treated=treated.size,
                held=held.size,
                minimum=EFFECT_MINIMUM,
            )
        if told == 'unclear':
            return self.env._(
                "Too few to tell: the difference may be chance, the 95 % intervals of the two shares "
                "overlap."
            )
        if told == 'same':
            return self.env._("No difference: about as many would have ordered anyway.")
        if told == 'less':
            return self.env._("It does harm: more of those left alone ordered.")
        return self.env._("It works: more customers ordered than would have anyway.")

    # === CONSTRAINT METHODS === #

    @api.constrains('action', 'template_id', 'program_id')
    def _check_action(self):
        for automation in self:
            if automation.action == 'mail' and not automation.template_id:
                raise ValidationError(self.env._("Choose the e-mail to send."))
            if automation.action == 'coupon' and not automation.program_id:
                raise ValidationError(self.env._("Choose the coupon program."))
            mails = automation.program_id.communication_plan_ids
            if automation.action == 'coupon' and 'create' not in mails.mapped('trigger'):
                raise ValidationError(
                    self.env._(
                        "Nobody would hear of a coupon of “%(program)s”: give the program an e-mail "
                        "to send when a coupon is created.",
                        program=automation.program_id.name,
                    )
                )

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        # Who stands in the segment already did not enter it
        last = self.env['ecrm.customer.segment.history'].sudo().search([], limit=1, order='id DESC')
        return super().create([vals | {'start_id': last.id} for vals in vals_list])

    # === BUSINESS METHODS === #

    def _due(self, limit):
        """Ids of the movements this automation has not answered yet, oldest first."""
        self.ensure_one()
        moved = SQL("TRUE") if self.trigger == 'enter' else SQL("past.date_out IS NOT NULL")
        rows = self.env.execute_query(
            SQL(
                """
                SELECT past.id
                  FROM ecrm_customer_segment_history past
                 WHERE past.segment_id = %s AND past.company_id = %s AND past.id > %s AND %s
                   AND NOT EXISTS (
                       SELECT FROM ecrm_segment_automation_run run
                        WHERE run.history_id = past.id AND run.automation_id = %s
                   )
              ORDER BY past.id
                 LIMIT %s
                """,
                self.segment_id.id,
                self.company_id.id,
                self.start_id,
                moved,
                self.id,
                limit,
            )
        )
        return [row[0] for row in rows]

    def _is_held_out(self, partner):
        """The same customer is always on the same side."""
        return (partner.id * 2654435761 + self.id * 40503) % 2**32 % 100 < self.holdout_percent

    def _run(self, movement):
        """Answer one movement of one customer and record how it went.

        :param movement: ``ecrm.customer.segment.history`` of one row
        :return: ``ecrm.segment.automation.run``
        """
        self.ensure_one()
        partner = movement.partner_id
        automation = self.with_company(self.company_id)
        values = {
            'automation_id': self.id,
            'history_id': movement.id,
            'partner_id': partner.id,
            'date': fields.Datetime.now(),
            'is_held_out': False,
            'state': 'done',
        }
        # Asked before the draw: who is held out must be like who is treated
        if not automation._is_reachable(partner):
            values['state'] = 'skipped'
        elif self._is_held_out(partner):
            values['is_held_out'] = True
        else:
            values |= getattr(automation, f'_do_{self.action}')(partner)
        return self.env['ecrm.segment.automation.run'].create(values)

    def _is_reachable(self, partner):
        """Whether the action can reach the customer, whichever side he is drawn to."""
        return self.action == 'call' or self._may_mail(partner)

    def _may_mail(self, partner):
        """Whether the customer has an address and did not ask, or get, to be left alone."""
        email = partner.email_normalized
        if not email or partner.is_blacklisted:
            return False
        mailing = self.env['mailing.mailing']
        return email not in partner.with_env(self.env)._mailing_get_opt_out_list(mailing)

    def _do_mail(self, partner):
        self.template_id.send_mail(partner.id)
        return {}

    def _do_coupon(self, partner):
        """A coupon nobody else can use; the program's own mail tells him."""
        expires = fields.Date.add(fields.Date.today(), days=self.validity_days)
        card = self.env['loyalty.card'].create(
            {
                'program_id': self.program_id.id,
                'partner_id': partner.id,
                'points': 1,
                'expiration_date': expires,
                'ecrm_is_personal': True,
            }
        )
        return {'card_id': card.id}

    def _do_call(self, partner):
        owner = self.user_id or partner.user_id or self.env.ref('base.user_admin')
        partner.activity_schedule(
            'mail.mail_activity_data_call',
            summary=self.name,
            note=self.segment_id.with_context(lang=owner.lang).advice,
            user_id=owner.id,
        )
        return {}

    # === CRONS === #

    @api.model
    def _cron_run(self, limit=200):
        """Answer the movements since the last run; one that fails does not hold up the others."""
        cron = self.env['ir.cron']
        todo = [(automation, automation._due(limit)) for automation in self.search([])]
        cron._commit_progress(remaining=sum(len(ids) for _automation, ids in todo))
        for automation, ids in todo:
            for movement in self.env['ecrm.customer.segment.history'].browse(ids):
                try:
                    with self.env.cr.savepoint():
                        automation._run(movement)
                except Exception:
                    _logger.exception("Automation %s failed", automation.id)
                    self.env['ecrm.segment.automation.run'].create(
                        {
                            'automation_id': automation.id,
                            'history_id': movement.id,
                            'partner_id': movement.partner_id.id,
                            'date': fields.Datetime.now(),
                            'state': 'failed',
                        }
                    )
                if not cron._commit_progress(1):
                    return
