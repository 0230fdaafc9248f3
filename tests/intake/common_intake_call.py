import json
from datetime import datetime, timedelta

from odoo.fields import Command

from odoo.addons.bus.tests.common import BusCase
from odoo.addons.sms.tests.common import SMSCase

from .common_intake import IntakeCommon

# A Thursday; the shop is in Algiers, one hour ahead of these
EVENING, MORNING = '2026-03-05 21:00:00', '2026-03-05 09:00:00'


class CallCommon(IntakeCommon, SMSCase, BusCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hours = cls._new_hours(9, 17)
        cls.browser.write({'calendar_id': cls.hours.id, 'callback_minutes': 30})
        cls.colleague = cls._new_user('ecrm_sales_two', 'sales_team.group_sale_salesman')
        cls.team.member_ids += cls.colleague
        (cls.user_sales + cls.colleague + cls.user_manager).write(
            {'tz': 'Africa/Algiers', 'lang': 'en_US'}
        )

    @classmethod
    def _new_hours(cls, first, last):
        return cls.env['resource.calendar'].create({
            'name': "Hours", 'tz': 'Africa/Algiers', 'company_id': cls.company.id,
            'attendance_ids': [Command.clear()] + [
                Command.create({
                    'name': "Day", 'dayofweek': str(day), 'hour_from': first, 'hour_to': last,
                    'day_period': 'morning'})
                for day in (6, 0, 1, 2, 3)
            ],
        })  # fmt: skip

    def _call(self, phone='0551234567', **payload):
        payload = {'name': "A", 'phone': phone, **payload}
        return self._process(self._accept(kind='callback', **payload))

    def _employ(self, user, hours):
        return self.env['resource.resource'].create({
            'name': user.name, 'user_id': user.id, 'calendar_id': hours.id,
            'company_id': self.company.id, 'tz': 'Africa/Algiers',
        })  # fmt: skip

    def _meet(self, user, start, minutes=60, **values):
        start = datetime.fromisoformat(start)
        return self.env['calendar.event'].with_context(no_mail_to_attendees=True).create({
            'name': "Meeting", 'start': start, 'stop': start + timedelta(minutes=minutes),
            'partner_ids': [Command.set(user.partner_id.ids)], 'user_id': user.id, **values,
        })  # fmt: skip

    def _event(self, row):
        return self.env['calendar.event'].search([('opportunity_id', '=', row.lead_id.id)])

    def _notices(self, user):
        """Return the titles of what was shown on a user's screen."""
        self.env.cr.precommit.run()
        rows = self.env['bus.bus'].sudo().search([])
        return [
            json.loads(row.message)['payload'].get('title') for row in rows
            if json.loads(row.channel)[1:3] == ['res.partner', user.partner_id.id]
            and json.loads(row.message)['type'] == 'simple_notification'
        ]  # fmt: skip

    def _load(self, lang):
        self.env['res.lang']._activate_lang(lang)
        self.env['ir.module.module']._load_module_terms(['ecrm'], [lang])
