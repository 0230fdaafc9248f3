from unittest.mock import patch

from odoo.tests import freeze_time, tagged
from odoo.tools.translate import code_translations

from .common_intake_call import MORNING, CallCommon


@tagged('post_install', '-at_install')
class TestIntakeCallWish(CallCommon):
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
