from datetime import timedelta

from markupsafe import Markup

from odoo import fields
from odoo.tests import tagged

from .common_intake import IntakeCommon


@tagged('post_install', '-at_install')
class TestIntakeContact(IntakeCommon):
    def _lead(self, phone='0551234567', hours=4, **payload):
        """Return a lead whose person wrote so many hours ago."""
        row = self._process(self._accept(name="A", phone=phone, **payload))
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE ecrm_submission SET create_date = %s WHERE id = %s",
            [fields.Datetime.now() - timedelta(hours=hours), row.id],
        )
        self.env.invalidate_all()
        return row.lead_id

    def _do(self, lead, kind, user=None):
        lead.activity_schedule(f'mail.mail_activity_data_{kind}', user_id=self.user_sales.id)
        lead.activity_ids.with_user(user or self.user_sales).action_done()

    # === WHAT IS A CONTACT === #

    def test_a_call_a_meeting_or_a_letter_of_a_person_is_the_first_contact(self):
        for number, kind in enumerate(('call', 'meeting', 'email')):
            lead = self._lead(f'055123450{number}')
            self._do(lead, kind)
            self.assertTrue(lead.ecrm_first_contact_date, kind)
            self.assertAlmostEqual(lead.ecrm_contact_hours, 4, places=1)
            self.assertAlmostEqual(lead.ecrm_submission_ids.contact_hours, 4, places=1)

    def test_a_reminder_or_a_robot_is_no_contact(self):
        lead = self._lead()
        self._do(lead, 'todo')
        self._do(lead, 'call', self.env.ref('base.user_root'))
        self.assertFalse(lead.ecrm_first_contact_date)
        self.assertFalse(lead.ecrm_submission_ids.first_contact_date)

    def test_a_call_to_somebody_else_is_none(self):
        lead = self._lead()
        self.customer.activity_schedule('mail.mail_activity_data_call', user_id=self.user_sales.id)
        self.customer.activity_ids.with_user(self.user_sales).action_done()
        self.assertFalse(lead.ecrm_first_contact_date)

    def test_a_letter_to_the_customer_counts_and_a_note_does_not(self):
        lead = self._lead('0663352542').with_user(self.user_sales)
        post = {'body': Markup("Hello"), 'message_type': 'comment'}
        lead.message_post(**post, subtype_xmlid='mail.mt_note')
        lead.message_post(
            **post, subtype_xmlid='mail.mt_comment', partner_ids=self.user_manager.partner_id.ids
        )
        self.assertFalse(lead.ecrm_first_contact_date)
        lead.message_post(**post, subtype_xmlid='mail.mt_comment', partner_ids=self.customer.ids)
        self.assertTrue(lead.ecrm_first_contact_date)

    def test_the_second_call_changes_nothing(self):
        lead = self._lead()
        self._do(lead, 'call')
        first = lead.ecrm_first_contact_date = fields.Datetime.now() - timedelta(hours=2)
        self._do(lead, 'call')
        self.assertEqual(lead.ecrm_first_contact_date, first)
        self.assertAlmostEqual(lead.ecrm_contact_hours, 2, places=1)

    def test_a_merge_keeps_the_first_of_all_contacts(self):
        one, two = self._lead(), self._lead('0551234568')
        dates = [fields.Datetime.now() - timedelta(hours=hours) for hours in (1, 3)]
        one.ecrm_first_contact_date, two.ecrm_first_contact_date = dates
        merged = (one + two).merge_opportunity(auto_unlink=True)
        self.assertEqual(merged.ecrm_first_contact_date, dates[1])

    # === AVERAGES === #

    def test_who_was_never_contacted_does_not_count_in_the_average(self):
        leads = self._lead() + self._lead('0551234568', hours=2) + self._lead('0551234569')
        self._do(leads[0], 'call')
        self._do(leads[1], 'call')
        for records, name in (
            (leads, 'ecrm_contact_hours'), (leads.ecrm_submission_ids, 'contact_hours'),
        ):  # fmt: skip
            domain = [('id', 'in', records.ids)]
            ((average, smallest),) = records._read_group(domain, [], [f'{name}:avg', f'{name}:min'])
            self.assertAlmostEqual(average, 3, places=1)
            self.assertAlmostEqual(smallest, 2, places=1)
            ((nothing,),) = records._read_group([('id', '=', records[2].id)], [], [f'{name}:avg'])
            self.assertFalse(nothing)
            row = records.formatted_read_group(domain, [], [f'{name}:avg'])[0]
            self.assertAlmostEqual(row[f'{name}:avg'], 3, places=1)

    # === CONSENT === #

    def test_a_lead_shows_the_last_word_of_its_person(self):
        lead = self._lead(email='nora@example.com')
        other = self._lead('0551234568', email='sara@example.com')
        self.assertFalse(lead.ecrm_consent)
        consents = self.env['ecrm.consent']
        for status in ('asked', 'given'):
            consents._record(self.company, 'nora@example.com', 'newsletter', status, 'form')
        self.assertEqual((lead.ecrm_consent, other.ecrm_consent), ('given', False))
        self.assertIn("Newsletter by e-mail: Given", lead.ecrm_consent_text)
        consents._record(self.company, lead.phone_sanitized, 'sms', 'withdrawn', 'staff')
        self.assertEqual(lead.ecrm_consent, 'withdrawn')
        self.assertIn("Offers by SMS: Withdrawn", lead.ecrm_consent_text)
        domain = [('ecrm_consent', '=', 'withdrawn')]
        self.assertIn(lead, self.env['crm.lead'].search(domain))

    def test_another_companys_consent_is_not_shown(self):
        lead = self._lead(email='nora@example.com')
        elsewhere = self.env['res.company'].create({'name': "Elsewhere"})
        self.env['ecrm.consent']._record(
            elsewhere, 'nora@example.com', 'newsletter', 'given', 'form'
        )
        self.assertFalse(lead.ecrm_consent)

    def test_a_lead_of_a_known_consent_shows_it_from_the_start(self):
        self.env['ecrm.consent']._record(
            self.company, 'nora@example.com', 'newsletter', 'given', 'form'
        )
        self.assertEqual(self._lead(email='nora@example.com').ecrm_consent, 'given')

    def test_a_salesperson_reads_it_all_in_list_pivot_and_form(self):
        lead = self._lead(email='nora@example.com')
        self._do(lead, 'call')
        leads = self.env['crm.lead'].with_user(self.user_sales)
        names = ['ecrm_source_id', 'ecrm_first_touch', 'ecrm_last_touch', 'ecrm_consent', 'ecrm_consent_text',
                 'ecrm_contact_hours', 'ecrm_first_contact_date']  # fmt: skip
        self.assertTrue(leads.browse(lead.id).read(names)[0]['ecrm_contact_hours'])
        action = self.env['ir.actions.act_window']._for_xml_id('ecrm.action_ecrm_lead_origin')
        archs = leads.get_views(action['views'])['views']
        self.assertIn('ecrm_contact_hours', archs['pivot']['arch'])
        for name in ('ecrm_source_id', 'ecrm_first_touch', 'ecrm_last_touch', 'ecrm_consent'):
            self.assertIn(name, archs['list']['arch'])
            self.assertIn(name, leads.get_views([(False, 'form')])['views']['form']['arch'])
