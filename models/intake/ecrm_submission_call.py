import logging
from datetime import timedelta

import pytz
from markupsafe import Markup, escape

from odoo import api, fields, models
from odoo.tools import SQL, format_datetime
from odoo.tools.translate import LazyTranslate

from ...tools import call_time as call_time_tools
from ...tools import phone as phone_tools

_logger = logging.getLogger(__name__)
_lt = LazyTranslate(__name__)

CALLS = ('callback', 'phone')
GIVE_UP = timedelta(days=7)
APPOINTMENT = timedelta(minutes=15)
SOON = timedelta(minutes=10)
WISHES = {
    'As soon as possible': _lt("As soon as possible"),
    'In the morning': _lt("In the morning"),
    'In the afternoon': _lt("In the afternoon"),
    'In the evening': _lt("In the evening"),
}
"""What the shop's own form offers comes in English whatever the page's language."""


class EcrmSubmission(models.Model):
    _inherit = 'ecrm.submission'

    call_time_text = fields.Char("Wished call time", compute='_compute_call_time_text')
    call_start = fields.Datetime("Call planned", readonly=True)
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

    @api.depends('call_time')
    @api.depends_context('lang')
    def _compute_call_time_text(self):
        for row in self:
            known = WISHES.get(row.call_time)
            row.call_time_text = self.env._(known) if known else row.call_time

    @api.depends('first_contact_date')
    def _compute_contact_hours(self):
        for row in self:
            spent = (
                (row.first_contact_date - row.create_date)
                if row.first_contact_date
                else timedelta()
            )
            row.contact_hours = spent.total_seconds() / 3600

    def _read_group_select(self, aggregate_spec, query):
        # EXTENDS base: who was never contacted did not wait zero hours
        result = super()._read_group_select(aggregate_spec, query)
        if aggregate_spec.partition(':')[0] == 'contact_hours':
            contacted = self._field_to_sql(self._table, 'first_contact_date', query)
            return SQL("%s FILTER (WHERE %s IS NOT NULL)", result, contacted)
        return result

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
            row._try_escalate()

    def _try_escalate(self):
        """Pass on one call; one that cannot be passed on must not hold up the others."""
        try:
            with self.env.cr.savepoint():
                self.with_company(self.company_id)._escalate_call()
        except Exception:  # whatever it is, the next run tries again
            _logger.exception("call of submission %s could not be passed on", self.id)

    # === ASSIGNMENT === #

    def _find_assignee(self):
        # EXTENDS ecrm: who is asked to call must be free to call in time
        user, team = super()._find_assignee()
        if not self._asks_for_call() or user == self._get_taker():
            return user, team
        groups = self._get_candidates(team)
        users = self.env['res.users'].union(*groups)
        slots = self._find_call_slots(users)
        deadline = self._get_call_deadline()
        wish = self._read_call_wish()
        if wish:  # in the wished morning is in time, however late in the morning
            deadline = max(deadline, wish[1])
        rank = {user: number for number, user in enumerate(users)}

        def turn(user):
            return slots[user], rank[user]

        owners, *others = groups
        in_time = [user for user in users if user in slots and slots[user] < deadline]
        # His own salesperson, even if a colleague could call some minutes before
        for users_in_time in ([user for user in owners if user in in_time][:1], *(
            sorted((user for user in group if user in in_time), key=turn) for group in others
        )):  # fmt: skip
            if users_in_time:
                return users_in_time[0], team
        return (min(slots, key=turn) if slots else user), team

    def _get_opening_hours(self):
        return self.source_id.calendar_id or self.company_id.resource_calendar_id

    def _read_call_wish(self):
        """Return from when to when the person wishes to be called, naive UTC; ``None`` for at once.

        « Tomorrow » is the day after the request was sent, however late it is processed.
        """
        now = fields.Datetime.now()
        zone = pytz.timezone(self._get_opening_hours().tz or self.env.user.tz or 'UTC')
        sent = pytz.utc.localize(min(self.create_date or now, now)).astimezone(zone)
        wish = call_time_tools.read_wish(self.call_time, sent)
        if not wish:
            return None
        start, end = (
            zone.localize(moment).astimezone(pytz.utc).replace(tzinfo=None)
            for moment in (wish.start, wish.end)
        )
        return (start, end) if max(start, end) > now else None

    def _find_call_slots(self, users):
        """Return when each user can first call, as a dict; who cannot within two weeks is missing.

        The wished time if the shop is open and he is free then, else the next time that is so.
        """
        now = fields.Datetime.now()
        wish = self._read_call_wish()
        return users._ecrm_find_free_slots(
            self.company_id,
            self._get_opening_hours(),
            max(now, wish[0]) if wish else now,
            APPOINTMENT,
        )

    def _get_call_deadline(self, start=None):
        """Return until when the customer is to be called.

        So many minutes of opening hours from now, from the wished time, or, where the appointment
        stands within it (« in the morning »), from the appointment.
        """
        now = fields.Datetime.now()
        wish = self._read_call_wish()
        since = max(now, wish[0]) if wish else now
        if wish and start and since <= start < wish[1]:
            since = start
        wait = timedelta(minutes=self.source_id.callback_minutes)
        opening = self._get_opening_hours()
        hours = wait.total_seconds() / 3600
        return (opening and opening.plan_hours(hours, since, compute_leaves=True)) or since + wait

    # === BUSINESS METHODS === #

    def _asks_for_call(self):
        """Tell whether somebody is to be called: not who is on the line with staff right now."""
        return self.kind in CALLS and not (self.kind == 'phone' and self.source_id.kind == 'staff')

    def _has_open_call(self, lead):
        """Tell whether somebody has been asked to call and has not yet: one request is one call."""
        return any(
            activity.activity_type_id.category == 'phonecall' for activity in lead.activity_ids
        )

    def _schedule_call(self, lead):
        """Put the call before the salesperson's eyes and in his diary, and tell the customer."""
        user = lead.user_id
        now = fields.Datetime.now()
        start = self._find_call_slots(user).get(user) or now
        self.write({'call_start': start, 'call_deadline': self._get_call_deadline(start)})
        number = phone_tools.latin_digits(self.phone or self.phone_raw or '')
        local = fields.Datetime.context_timestamp(self.with_context(tz=user.tz), start)
        reader = self._for_reader(user)
        lead.with_context(mail_activity_quick_update=True).activity_schedule(
            'mail.mail_activity_data_call',
            user_id=user.id,
            summary=reader.env._("Call %(number)s", number=number),
            note=escape(reader.call_time_text or ''),
            date_deadline=local.date(),
        )
        title = reader.env._("A customer waits for your call")
        if self._is_call_later():
            title = reader.env._(
                "A call is planned for you: %(time)s", time=reader._format_call_time(user.tz)
            )
        user._bus_send('simple_notification', {
            'type': 'warning', 'sticky': True, 'title': title,
            'message': f'{self.contact_name or ""} {number}'.strip(),
        })  # fmt: skip
        reader._book_call(lead, start)
        self._confirm_call()

    def _is_call_later(self):
        """Tell whether the customer has to wait: for the shop to open, or for somebody to be free."""
        self.ensure_one()
        return bool(self.call_start and self.call_start > fields.Datetime.now() + SOON)

    def _format_call_time(self, tz=None):
        """Return when the call is planned, in the language of the environment and the shop's time."""
        self.ensure_one()
        tz = tz or self._get_opening_hours().tz or self.env.user.tz
        return format_datetime(self.env, self.call_start, tz=tz, dt_format="EEEE d MMMM, HH:mm")

    def _book_call(self, lead, start):
        """Put the call in the salesperson's diary, with the number and the way to the customer's file."""
        user = lead.user_id
        number = phone_tools.latin_digits(self.phone or self.phone_raw or '')
        link = Markup('<p><a href="%s">%s</a></p>')
        files = [link % (f'tel:{number}', number)]
        if self.partner_id:
            files.append(
                link % (f'/odoo/res.partner/{self.partner_id.id}', self.partner_id.display_name)
            )
        events = self.env['calendar.event'].with_user(user).sudo()
        events.with_context(no_mail_to_attendees=True, mail_create_nolog=True).create(
            {
                'name': self.display_name,
                'start': start,
                'stop': start + APPOINTMENT,
                'user_id': user.id,
                'partner_ids': [fields.Command.set(user.partner_id.ids)],
                'opportunity_id': lead.id,
                'description': Markup().join(files) + self._format_note(),
            }
        )

    def _confirm_call(self):
        """Tell the customer that he will be called, in his language: rows of the outboxes only."""
        lang = self._find_lang().code or self.env.lang
        row = self.with_context(lang=lang)
        if self.source_id.confirm_sms and self.phone:
            company = self.company_id.name
            body = row.env._("%(company)s: we have your request and call you.", company=company)
            if self._is_call_later():
                body = row.env._(
                    "%(company)s: we have your request and call you %(time)s.",
                    company=company, time=row._format_call_time(),
                )  # fmt: skip
            self.env['sms.sms'].sudo().create(
                {'number': self.phone, 'body': body, 'partner_id': self.partner_id.id}
            )
        if self.source_id.confirm_mail and self.email:
            self.env.ref('ecrm.mail_template_call_confirm').send_mail(self.id)

    def _escalate_call(self):
        """Ask somebody else, by an activity and on his screen."""
        lead, source = self.lead_id, self.source_id
        chain = (lead.team_id.user_id, source.fallback_user_id, self._get_alarm_user(source))
        user = next(
            (user for user in chain if self._may_take(user) and user != lead.user_id), chain[-1]
        )
        self.is_escalated = True
        reader = self._for_reader(user)
        lead.activity_schedule(
            'mail.mail_activity_data_call', user_id=user.id,
            summary=reader.env._("Not called in time: %(phone)s", phone=self.phone or self.phone_raw),
        )  # fmt: skip
        user._bus_send('simple_notification', {
            'type': 'danger', 'sticky': True, 'title': reader.env._("A customer was not called in time"),
            'message': f'{self.contact_name or ""} {self.phone or ""}'.strip(),
        })  # fmt: skip

    def _cancel_call(self):
        """Take calls that are not to be made out of diaries and lists."""
        leads = self.lead_id
        events = self.env['calendar.event'].sudo().search(
            [('opportunity_id', 'in', leads.ids), ('stop', '>', fields.Datetime.now())]
        )  # fmt: skip
        events.with_context(dont_notify=True).unlink()
        leads.sudo().activity_ids.unlink()
