from datetime import timedelta

from lxml import etree

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common_intake import IntakeCommon


@tagged('post_install', '-at_install')
class TestIntakePhone(IntakeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.staff_source = cls._new_source(kind='staff', default_kind='phone')
        cls.colleague = cls._new_user('ecrm_sales_two', 'sales_team.group_sale_salesman')
        cls.team.member_ids += cls.colleague
        (cls.user_sales + cls.colleague + cls.user_manager).tz = 'Africa/Algiers'
        cls.staff_source.calendar_id = cls.env['resource.calendar'].create({
            'name': "Always", 'tz': 'Africa/Algiers', 'company_id': cls.company.id,
            'attendance_ids': [Command.clear()] + [
                Command.create({
                    'name': "Day", 'dayofweek': str(day), 'hour_from': 0, 'hour_to': 24, 'day_period': 'morning'})
                for day in range(7)
            ],
        })  # fmt: skip

    def _note(self, user=None, **values):
        wizard = self.env['ecrm.submission.phone'].with_user(user or self.colleague)
        return wizard.with_company(self.company).create({'phone': '0551 23 45 67', **values})

    def _last(self):
        return self.env['ecrm.submission'].search(
            [('source_id', '=', self.staff_source.id)], limit=1
        )

    def test_a_call_typed_in_is_a_lead_of_who_typed_it(self):
        wizard = self._note(
            name="Nora", message="Un cadre ?", product_text="M054", size_text="40/50*3"
        )
        action = wizard.action_note()
        row = self._last()
        self.assertEqual((row.kind, row.state, row.user_id), ('phone', 'processed', self.colleague))
        self.assertEqual((row.phone, row.ecrm_panels), ('+213551234567', 3))
        self.assertEqual((action['res_model'], action['res_id']), ('crm.lead', row.lead_id.id))
        self.assertIn("Un cadre ?", row.lead_id.description)
        # He is on the line: nobody has to call him, and he has been spoken with
        self.assertFalse(row.lead_id.activity_ids or row.call_start)
        self.assertTrue(row.lead_id.ecrm_first_contact_date)
        consent = self.env['ecrm.consent'].search([('submission_id', '=', row.id)])
        self.assertEqual((consent.purpose, consent.method), ('contact', 'staff'))

    def test_a_known_number_is_its_customer_and_the_card_stays(self):
        before = self.customer.read(['name', 'phone', 'email'])
        self._note(name="Mme Kaci", phone='0663352542').action_note()
        self.assertEqual(self._last().partner_id, self.customer)
        self.assertEqual(self.customer.read(['name', 'phone', 'email']), before)

    def test_pressed_twice_it_is_one_call(self):
        wizard = self._note(name="Nora")
        wizard.action_note()
        row = self._last()
        wizard.action_note()
        self.assertEqual(self._last(), row)

    def test_who_has_to_be_called_back_stands_in_the_diary_at_the_time_he_said(self):
        with freeze_time('2026-03-05 09:00:00'):
            self._note(is_called_back=True, call_time="demain à 14h30").action_note()
        row = self._last()
        self.assertEqual((row.kind, row.user_id), ('callback', self.colleague))
        self.assertEqual(str(row.call_start), '2026-03-06 13:30:00')
        event = self.env['calendar.event'].search([('opportunity_id', '=', row.lead_id.id)])
        self.assertEqual(event.user_id, self.colleague)
        self.assertFalse(row.first_contact_date)

    def test_who_keeps_a_call_has_it_when_he_is_free_though_a_colleague_is_sooner(self):
        self.env['calendar.event'].with_context(no_mail_to_attendees=True).create({
            'name': "Meeting", 'start': '2026-03-05 08:00:00', 'stop': '2026-03-05 15:00:00',
            'user_id': self.colleague.id,
            'partner_ids': [Command.set(self.colleague.partner_id.ids)],
        })  # fmt: skip
        with freeze_time('2026-03-05 09:00:00'):
            self._note(is_called_back=True).action_note()
        row = self._last()
        self.assertEqual(
            (row.user_id, str(row.call_start)), (self.colleague, '2026-03-05 15:00:00')
        )

    def test_what_is_not_kept_goes_to_the_next_in_turn(self):
        self._note(is_kept=False).action_note()
        first = self._last()
        self.assertNotEqual(first.lead_id.user_id, self.env['res.users'])
        self._note(is_kept=False, phone='0551234568').action_note()
        self.assertEqual(first.user_id + self._last().user_id, self.user_sales + self.colleague)

    def test_what_cannot_be_read_is_put_right_while_he_is_on_the_line(self):
        for values, word in (
            ({'phone': '66335'}, "phone number"), ({'phone': False}, "phone number"),
            ({'phone': False, 'email': 'a@b, c@d'}, "e-mail"), ({'email': 'nobody'}, "e-mail"),
        ):  # fmt: skip
            wizard = self._note(message="Long story", **values)
            with self.subTest(values=values), self.assertRaisesRegex(UserError, word):
                wizard.action_note()
            self.assertEqual(wizard.message, "Long story")
        self.assertFalse(self._last())

    def test_a_taker_who_may_not_take_it_does_not_get_it(self):
        row = self.env['ecrm.submission']._accept(
            self.browser, 'contact', {'phone': '0551234567', 'ecrm_taker': self.user_portal.id}
        )
        row.with_context(ecrm_taker=self.user_portal.id)._process_locked()
        self.assertEqual(row.user_id, self.user_sales)
        self.assertIn('ecrm_taker', row.ignored)

    def test_a_missed_call_that_a_program_reports_is_still_a_call_to_make(self):
        row = self._process(self._accept(self.signed, kind='phone', phone='0551234567'))
        self.assertTrue(row.lead_id.activity_ids)
        self.assertLess(row.call_deadline, fields.Datetime.now() + timedelta(days=7))

    def test_without_a_source_of_staff_one_is_made(self):
        self.env['ecrm.source'].search([('kind', '=', 'staff')]).active = False
        self._note().action_note()
        source = self.env['ecrm.source'].search([('kind', '=', 'staff')])
        self.assertEqual((len(source), source.submission_count), (1, 1))

    def test_only_users_of_the_ecrm_note_calls(self):
        for user in (self.user_portal, self.user_internal, self.user_workshop):
            with self.assertRaises(AccessError):
                self._note(user=user)

    def test_on_a_telephone_each_label_is_drawn_alike(self):
        view = self.env['ecrm.submission.phone'].get_view(view_type='form')
        form = etree.fromstring(view['arch'])
        fields_of_groups = form.xpath('//group//field')
        self.assertGreater(len(fields_of_groups), 7)
        # Odoo draws labels small there within a group of groups, and as titles elsewhere
        self.assertEqual(form.xpath('//group/group/field'), fields_of_groups)
