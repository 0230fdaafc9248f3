from datetime import timedelta

from odoo import api, fields, models

GIVE_UP = timedelta(days=7)
APPOINTMENT = timedelta(minutes=15)


class EcrmSubmission(models.Model):
    _inherit = 'ecrm.submission'

    call_deadline = fields.Datetime("Call before", readonly=True)
    first_contact_date = fields.Datetime("First contact", readonly=True)
    is_escalated = fields.Boolean("Escalated", readonly=True)
    contact_hours = fields.Float(
        "Hours to first contact", compute='_compute_contact_hours', store=True, aggregator='avg'
    )

    _late_call_idx = models.Index(
        "(call_deadline) WHERE first_contact_date IS NULL AND is_escalated IS NOT TRUE"
    )

    # === COMPUTE METHODS === #

    @api.depends('first_contact_date')
    def _compute_contact_hours(self):
        for row in self:
            spent = (
                (row.first_contact_date - row.create_date)
                if row.first_contact_date
                else timedelta()
            )
            row.contact_hours = spent.total_seconds() / 3600

    # === CRON === #

    @api.model
    def _cron_escalate_calls(self):
        """Pass on, once, each call that was not made in time."""
        now = fields.Datetime.now()
        late = self.search([
            ('call_deadline', '<', now), ('call_deadline', '>', now - GIVE_UP),
            ('first_contact_date', '=', False), ('is_escalated', '!=', True),
            ('lead_id.won_status', '=', 'pending'), ('lead_id.active', '=', True),
        ])  # fmt: skip
        for row in late:
            row.with_company(row.company_id)._escalate_call()

    # === BUSINESS METHODS === #

    def _schedule_call(self, lead):
        # EXTENDS ecrm: opening hours say until when, and where in the diary it stands
        super()._schedule_call(lead)
        source = self.source_id
        calendar = source.calendar_id or self.company_id.resource_calendar_id
        now = fields.Datetime.now()
        wait = timedelta(minutes=source.callback_minutes)
        start, deadline = now, now + wait
        if calendar:
            start = calendar.plan_hours(1 / 60, now, compute_leaves=True) or now
            deadline = (
                calendar.plan_hours(wait.total_seconds() / 3600, now, compute_leaves=True)
                or deadline
            )
        self.call_deadline = deadline
        self._book_call(lead, start)
        self._confirm_call()

    def _book_call(self, lead, start):
        """Put the call in the salesperson's diary, with the way to the customer's file."""
        user = lead.user_id
        events = self.env['calendar.event'].with_user(user).sudo()
        events.with_context(no_mail_to_attendees=True, mail_create_nolog=True).create(
            {
                'name': self.display_name,
                'start': start,
                'stop': start + APPOINTMENT,
                'user_id': user.id,
                'partner_ids': [fields.Command.set(user.partner_id.ids)],
                'opportunity_id': lead.id,
                'description': self._format_note(),
            }
        )

    def _confirm_call(self):
        """Tell the customer that he will be called, in his language: rows of the outboxes only."""
        lang = self._find_lang().code or self.env.lang
        if self.source_id.confirm_sms and self.phone:
            body = self.with_context(lang=lang).env._(
                "%(company)s: we have your request and call you.", company=self.company_id.name
            )
            self.env['sms.sms'].sudo().create(
                {'number': self.phone, 'body': body, 'partner_id': self.partner_id.id}
            )
        if self.source_id.confirm_mail and self.email:
            template = self.env.ref('ecrm.mail_template_call_confirm')
            template.with_context(lang=lang).send_mail(self.id)

    def _escalate_call(self):
        lead, source = self.lead_id, self.source_id
        chain = (lead.team_id.user_id, source.fallback_user_id, self._get_alarm_user(source))
        user = next(
            (user for user in chain if self._may_take(user) and user != lead.user_id), chain[-1]
        )
        lead.activity_schedule(
            'mail.mail_activity_data_call', user_id=user.id,
            summary=self.env._("Not called in time: %(phone)s", phone=self.phone or self.phone_raw),
        )  # fmt: skip
        user._bus_send('simple_notification', {
            'type': 'danger', 'sticky': True, 'title': self.env._("A customer was not called in time"),
            'message': f'{self.contact_name or ""} {self.phone or ""}'.strip(),
        })  # fmt: skip
        self.is_escalated = True
