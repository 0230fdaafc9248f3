from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common_intake_call import EVENING, MORNING, CallCommon


@tagged('post_install', '-at_install')
class TestIntakeCall(CallCommon):
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
