import json
from datetime import datetime, timedelta
from unittest.mock import patch

from odoo import fields
from odoo.fields import Command
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger
from odoo.tools.translate import code_translations

from odoo.addons.bus.tests.common import BusCase
from odoo.addons.sms.tests.common import SMSCase

from .common_intake import IntakeCommon

# A Thursday; the shop is in Algiers, one hour ahead of these
EVENING, MORNING = '2026-03-05 21:00:00', '2026-03-05 09:00:00'


@tagged('post_install', '-at_install')
class TestIntakeCall(IntakeCommon, SMSCase, BusCase):
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

    # === OPENING HOURS === #

    def test_a_call_asked_for_at_night_is_due_in_the_morning(self):
        with freeze_time(EVENING):
            row = self._call()
        self.assertEqual(str(row.call_deadline), '2026-03-08 08:30:00')
        self.assertEqual(str(row.call_start), '2026-03-08 08:00:00')
        event = self._event(row)
        self.assertEqual((event.user_id, str(event.start)), (row.user_id, '2026-03-08 08:00:00'))
        self.assertEqual(str(row.lead_id.activity_ids.date_deadline), '2026-03-08')

    def test_nobody_calls_on_a_holiday(self):
        self.env['resource.calendar.leaves'].create({
            'name': "Holiday", 'calendar_id': self.hours.id, 'company_id': self.company.id,
            'date_from': '2026-03-07 23:00:00', 'date_to': '2026-03-08 22:59:59',
        })  # fmt: skip
        with freeze_time(EVENING):
            row = self._call()
        self.assertEqual(str(row.call_start), '2026-03-09 08:00:00')
        self.assertEqual(str(row.call_deadline), '2026-03-09 08:30:00')

    def test_a_holiday_of_the_company_counts_for_each_calendar(self):
        self.env['resource.calendar.leaves'].create({
            'name': "Holiday", 'calendar_id': False, 'company_id': self.company.id,
            'date_from': '2026-03-07 23:00:00', 'date_to': '2026-03-08 22:59:59',
        })  # fmt: skip
        with freeze_time(EVENING):
            self.assertEqual(str(self._call().call_start), '2026-03-09 08:00:00')

    # === WHO IS FREE === #

    def test_who_sits_in_a_meeting_is_not_asked(self):
        self._meet(self.user_sales, '2026-03-05 08:30:00')
        with freeze_time(MORNING):
            users = [self._call(f'055123450{n}').user_id for n in range(2)]
        self.assertEqual(set(users), {self.colleague})

    def test_a_meeting_that_was_declined_or_takes_no_time_does_not_count(self):
        self._meet(self.colleague, '2026-03-05 08:30:00')
        declined = self._meet(self.user_sales, '2026-03-05 08:30:00')
        declined.attendee_ids.state = 'declined'
        self._meet(self.user_sales, '2026-03-05 08:30:00', show_as='free')
        with freeze_time(MORNING):
            row = self._call()
        self.assertEqual(row.user_id, self.user_sales)
        self.assertEqual(str(row.call_start), MORNING)

    def test_a_day_off_in_the_diary_takes_the_whole_day(self):
        day = {'allday': True, 'start_date': '2026-03-05', 'stop_date': '2026-03-05'}
        self._meet(self.user_sales, '2026-03-05 08:00:00', **day)
        with freeze_time('2026-03-05 08:10:00'):
            self.assertEqual(self._call().user_id, self.colleague)

    def test_own_hours_and_absences_count(self):
        self._employ(self.user_sales, self._new_hours(13, 17))
        with freeze_time(MORNING):
            self.assertEqual(self._call().user_id, self.colleague)
        absent = self._employ(self.colleague, self.hours)
        self.env['resource.calendar.leaves'].create({
            'name': "Ill", 'resource_id': absent.id, 'calendar_id': self.hours.id,
            'date_from': '2026-03-05 00:00:00', 'date_to': '2026-03-05 23:00:00',
        })  # fmt: skip
        with freeze_time(MORNING):
            self.assertEqual(self._call('0551234568').user_id, self.user_manager)
            self._meet(self.user_manager, MORNING, minutes=300)
            row = self._call('0551234569')
        # Nobody is free in time: who is free first gets it
        self.assertEqual(
            (row.user_id, str(row.call_start)), (self.user_sales, '2026-03-05 12:00:00')
        )
        self.assertEqual(str(row.call_deadline), '2026-03-05 09:30:00')

    def test_appointments_do_not_overlap(self):
        with freeze_time(MORNING):
            rows = [self._call(f'055123450{n}') for n in range(4)]
        taken = [(row.user_id, row.call_start) for row in rows]
        self.assertEqual(len(set(taken)), 4)
        self.assertEqual({user for user, _start in taken[:2]}, {self.user_sales, self.colleague})
        for user in (self.user_sales, self.colleague):
            starts = sorted(start for owner, start in taken if owner == user)
            self.assertEqual(starts[1] - starts[0], timedelta(minutes=15))

    def test_the_customers_own_salesperson_calls_if_he_is_free_in_time(self):
        self.customer.user_id = self.colleague
        self.env['crm.lead'].create(
            {'name': "Last one", 'user_id': self.colleague.id, 'team_id': self.team.id}
        )
        self._meet(self.colleague, '2026-03-05 08:30:00', minutes=45)
        with freeze_time(MORNING):
            row = self._call('0663352542')
            self.assertEqual(row.user_id, self.colleague)
            row.lead_id.action_set_lost()
        self._meet(self.colleague, '2026-03-05 08:30:00', minutes=180)
        with freeze_time('2026-03-05 09:20:00'):
            self.assertEqual(self._call('0663352542').user_id, self.user_sales)

    # === THE WISHED TIME === #

    def test_the_appointment_stands_at_the_wished_time(self):
        for number, (wish, start) in enumerate((
            ("à 14h30", '2026-03-05 13:30:00'), ("In the afternoon", '2026-03-05 12:00:00'),
            ("dimanche à 10h", '2026-03-08 09:00:00'), ("غدا", '2026-03-08 08:00:00'),
            ("dès que possible", MORNING), ("In the morning", MORNING),
        )):  # fmt: skip
            with self.subTest(wish=wish), freeze_time(MORNING):
                row = self._call(f'055123450{number}', call_time=wish)
                self.assertEqual((row.state, str(row.call_start)), ('processed', start))
                self.assertEqual(str(self._event(row).start), start)
                self.assertEqual(
                    str(row.lead_id.activity_ids.date_deadline), start.split(maxsplit=1)[0]
                )

    def test_a_wished_time_when_the_shop_is_shut_is_the_next_opening(self):
        with freeze_time(MORNING):
            row = self._call(call_time="20:00", email='nora@example.com')
        self.assertEqual(str(row.call_start), '2026-03-08 08:00:00')
        self.assertEqual(str(row.call_deadline), '2026-03-08 08:30:00')
        mail = self.env['mail.mail'].search([('email_to', '=', 'nora@example.com')])
        self.assertIn('09:00', mail.body_html)
        self.assertNotIn('20:00', mail.body_html)

    def test_who_is_free_at_the_wished_time_calls(self):
        self._meet(self.user_sales, '2026-03-05 13:00:00')
        with freeze_time(MORNING):
            rows = [self._call(f'055123450{n}', call_time="14h30") for n in range(2)]
        self.assertEqual(rows[0].user_id, self.colleague)
        self.assertEqual(
            [str(row.call_start) for row in rows], ['2026-03-05 13:30:00', '2026-03-05 13:45:00']
        )

    def test_when_nobody_is_free_at_the_wished_time_the_customer_is_told_the_real_one(self):
        self._load('fr_FR')
        self.browser.confirm_sms = True
        for user in self.user_sales + self.colleague + self.user_manager:
            self._meet(user, '2026-03-05 13:00:00')
        with freeze_time(MORNING):
            row = self._call(call_time="14h30", email='nora@example.com', lang='fr')
        self.assertEqual(str(row.call_start), '2026-03-05 14:00:00')
        mail = self.env['mail.mail'].search([('email_to', '=', 'nora@example.com')])
        sms = self.env['sms.sms'].search([('number', '=', row.phone)])
        for text in (mail.body_html, sms.body):
            self.assertIn("jeudi 5 mars", text)
            self.assertIn('15:00', text)
            self.assertNotIn('14:30', text)

    def test_the_customers_own_salesperson_calls_within_the_wished_part_of_the_day(self):
        self.customer.user_id = self.colleague
        self._meet(self.colleague, '2026-03-05 12:00:00', minutes=120)
        with freeze_time(MORNING):
            row = self._call('0663352542', call_time="In the afternoon")
        self.assertEqual(
            (row.user_id, str(row.call_start)), (self.colleague, '2026-03-05 14:00:00')
        )
        # He has his minutes from the appointment on, which the customer was told
        self.assertEqual(str(row.call_deadline), '2026-03-05 14:30:00')

    def test_a_call_for_later_is_not_passed_on_before_the_wished_time(self):
        with freeze_time(MORNING):
            row = self._call(call_time="à 14h30")
        self.assertEqual(str(row.call_deadline), '2026-03-05 14:00:00')
        for moment, expected in (('2026-03-05 13:59:00', False), ('2026-03-05 14:01:00', True)):
            with freeze_time(moment):
                self.env['ecrm.submission']._cron_escalate_calls()
            self.assertEqual(row.is_escalated, expected)

    def test_tomorrow_is_the_day_after_the_request_however_late_it_is_processed(self):
        with freeze_time('2026-03-04 09:00:00'):
            row = self._accept(
                kind='callback', name="A", phone='0551234567', call_time="demain 14h"
            )
        self.env.cr.execute(
            "UPDATE ecrm_submission SET create_date = '2026-03-04 09:00:00' WHERE id = %s", [row.id]
        )
        row.invalidate_recordset(['create_date'])
        with freeze_time(MORNING):
            self._process(row)
        self.assertEqual(str(row.call_start), '2026-03-05 13:00:00')

    def test_what_the_shops_form_offers_is_read_in_the_salespersons_language(self):
        self.env['res.lang']._activate_lang('fr_FR')
        (self.user_sales + self.colleague + self.user_manager).lang = 'fr_FR'
        french = {"In the evening": "Le soir"}
        with patch.object(type(code_translations), 'get_python_translations', lambda *args: french):
            row = self._call(call_time="In the evening")
        self.assertEqual(row.call_time, "In the evening")
        self.assertIn("Le soir", row.lead_id.activity_ids.note)
        self.assertIn("Le soir", row.lead_id.description)
        self.assertNotIn("In the evening", row.lead_id.description)

    def test_hostile_wishes_are_text(self):
        for number, wish in enumerate(
            ("<script>14h</script>", "9" * 5000, "2099-01-01", "à 99h\x00")
        ):
            row = self._call(f'055123450{number}', call_time=wish)
            self.assertEqual(row.state, 'processed', wish)
            self.assertNotIn('<script>', row.lead_id.activity_ids.note or '')

    # === ACTIVITY, NOTICE, DIARY === #

    def test_the_salesperson_has_an_activity_a_notice_and_the_customers_file(self):
        self.browser.user_id = self.colleague
        self._reset_bus()
        with freeze_time(MORNING):
            row = self._call('0663352542')
            self.assertEqual(self._notices(self.colleague), ["A customer waits for your call"])
        self.assertFalse(self._notices(self.user_sales))
        activity = row.lead_id.activity_ids
        self.assertEqual(activity.activity_type_id.category, 'phonecall')
        self.assertEqual(activity.user_id, self.colleague)
        event = self._event(row)
        self.assertEqual(event.partner_ids, self.colleague.partner_id)
        self.assertIn('tel:+213663352542', event.description)
        self.assertIn(f'/odoo/res.partner/{self.customer.id}', event.description)

    def test_a_call_for_later_says_when_on_the_screen(self):
        self._reset_bus()
        with freeze_time(EVENING):
            row = self._call()
            (title,) = self._notices(row.user_id)
        self.assertIn('09:00', title)

    def test_a_salesperson_reads_in_his_own_language_what_a_scheduled_action_writes(self):
        self.env['res.lang']._activate_lang('fr_FR')
        (self.user_sales + self.colleague + self.user_manager).lang = 'fr_FR'
        self._reset_bus()
        with freeze_time(EVENING):
            row = self._call(call_time="demain")
            (title,) = self._notices(row.user_id)
        self.assertRegex(title, r"^Un appel est prévu pour vous : .* 09:00$")
        self.assertEqual(row.lead_id.activity_ids.summary, "Appeler le +213551234567")
        self.assertIn("demain", row.lead_id.description)
        self.assertNotIn("Wants to be called", row.lead_id.description)

    def test_asking_twice_is_one_call(self):
        rows = [self._call(message=text) for text in ("one", "two")]
        self.assertEqual(rows[0].lead_id, rows[1].lead_id)
        self.assertEqual(len(rows[0].lead_id.activity_ids), 1)
        self.assertEqual(len(self._event(rows[0])), 1)

    def test_spam_leaves_diary_and_list(self):
        row = self._call()
        row.with_user(self.user_manager).action_mark_spam()
        self.assertFalse(self._event(row))
        self.assertFalse(row.lead_id.activity_ids)

    # === WORDS TO THE CUSTOMER === #

    def _load(self, lang):
        self.env['res.lang']._activate_lang(lang)
        self.env['ir.module.module']._load_module_terms(['ecrm'], [lang])

    def test_the_customer_is_told_by_sms_in_his_language(self):
        self._load('ar_001')
        self.browser.confirm_sms = True
        with freeze_time(MORNING), self.mockSMSGateway():
            row = self._call(lang='ar')
            self.env['sms.sms'].search([('number', '=', row.phone)]).send()
        self.assertSMSIapSent([row.phone])
        (sent,) = self._sms
        self.assertIn(self.company.name, sent['body'])
        self.assertTrue(any('\u0600' <= char <= '\u06ff' for char in sent['body']), sent['body'])

    def test_a_refused_sms_costs_neither_lead_nor_call(self):
        self.browser.confirm_sms = True
        with self.mockSMSGateway(sim_error='wrong_number_format'):
            row = self._call()
            sms = self.env['sms.sms'].search([('number', '=', row.phone)])
            sms.send()
        self.assertEqual((sms.state, sms.failure_type), ('error', 'sms_number_format'))
        self.assertEqual((row.state, len(row.lead_id.activity_ids)), ('processed', 1))

    def test_no_sms_goes_out_unless_the_source_says_so(self):
        row = self._call()
        self.assertFalse(self.env['sms.sms'].search([('number', '=', row.phone)]))

    def test_the_customer_is_told_by_mail_in_his_language(self):
        self._load('fr_FR')
        template = self.env.ref('ecrm.mail_template_call_confirm')
        french = template.with_context(lang='fr_FR').subject.split('}}')[1]
        self.assertNotEqual(french, template.with_context(lang='en_US').subject.split('}}')[1])
        for number, lang in enumerate(('fr', 'fr-FR', 'xx', '')):
            email = f'nora{number}@example.com'
            row = self._call(f'055123450{number}', email=email, lang=lang)
            self.assertEqual(row.state, 'processed', lang)
            mail = self.env['mail.mail'].search([('email_to', '=', email)])
            self.assertEqual(french in mail.subject, lang.startswith('fr'), lang)

    def test_who_has_to_wait_is_told_when(self):
        with freeze_time(EVENING):
            self._call(email='nora@example.com')
            self._call('0551234568', email='late@example.com')
        mail = self.env['mail.mail'].search([('email_to', '=', 'nora@example.com')])
        self.assertIn('09:00', mail.body_html)
        with freeze_time('2026-03-04 09:00:00'):
            self._call('0551234569', email='soon@example.com')
        mail = self.env['mail.mail'].search([('email_to', '=', 'soon@example.com')])
        self.assertNotIn('10:00', mail.body_html)

    # === NOT CALLED IN TIME === #

    def _let_pass(self, row):
        row.call_deadline = fields.Datetime.now() - timedelta(minutes=1)

    def test_a_call_not_made_in_time_is_passed_on_once(self):
        row = self._call()
        self._let_pass(row)
        self._reset_bus()
        for _turn in range(3):
            self.env['ecrm.submission']._cron_escalate_calls()
        late = row.lead_id.activity_ids.filtered(
            lambda activity: activity.user_id == self.user_manager
        )
        self.assertEqual(len(late), 1)
        self.assertEqual(self._notices(self.user_manager), ["A customer was not called in time"])
        self.assertTrue(row.is_escalated)

    def test_a_call_that_cannot_be_passed_on_does_not_hold_up_the_next(self):
        bad, good = self._call(), self._call('0551234568')
        self._let_pass(bad + good)
        escalate = type(bad)._escalate_call

        def _escalate_call(record):
            if record == bad:
                raise ValueError("boom")
            return escalate(record)

        with (
            patch.object(type(bad), '_escalate_call', _escalate_call),
            mute_logger('odoo.addons.ecrm.models.intake.ecrm_submission_call'),
        ):
            self.env['ecrm.submission']._cron_escalate_calls()
        self.assertEqual((bad.is_escalated, good.is_escalated), (False, True))

    def test_a_call_that_was_made_is_not_passed_on(self):
        row = self._call()
        row.lead_id.activity_ids.with_user(row.user_id).action_done()
        self.assertTrue(row.first_contact_date)
        self._let_pass(row)
        self.env['ecrm.submission']._cron_escalate_calls()
        self.assertFalse(row.is_escalated)
