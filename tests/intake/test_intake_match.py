from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import SQL

from .common_intake import IntakeCommon


@tagged('post_install', '-at_install')
class TestIntakeMatch(IntakeCommon):
    # === WHY IT MATCHED === #

    def _text(self, **payload):
        return self._process(self._accept(**payload)).with_user(self.user_sales).match_text

    def test_it_says_why_it_is_this_customer(self):
        by_phone = self._text(phone='0663352542')
        for part in ("Same phone number", '+213663352542', "Amina Kaci", "customer since"):
            self.assertIn(part, by_phone)
        by_mail = self._text(email='amina@example.com', message="x")
        for part in ("Same e-mail address", 'amina@example.com', "Amina Kaci"):
            self.assertIn(part, by_mail)

    def test_it_says_why_nobody_was_linked(self):
        other_mail = self._text(phone='0663352542', email='other@example.com')
        self.assertIn("but another e-mail address, other@example.com", other_mail)
        self.customer.phone = '0551000000'
        other_phone = self._text(phone='0551234567', email='amina@example.com')
        self.assertIn("but another phone number, +213551234567", other_phone)
        self.assertIn("No customer has", self._text(phone='0770123456'))
        self.customer.copy({'name': "Amina K.", 'phone': '0551000000', 'email': False})
        several = self._text(phone='0551000000')
        for part in ("2 customers", "Amina Kaci", "Amina K."):
            self.assertIn(part, several)

    def test_a_percent_sign_in_a_name_is_a_percent_sign(self):
        self.customer.name = "100% Art %(date)s"
        self.assertIn("100% Art %(date)s", self._text(phone='0663352542'))

    def test_what_was_cleaned_is_said_in_words(self):
        row = self._process(self._accept(phone='0663352542 / 0551234567', email='a@b@c'))
        self.assertIn("Several phone numbers", row.remarks)
        self.assertIn("cannot be used", row.remarks)
        self.assertFalse(self._process(self._accept(phone='0551234567')).remarks)

    # === LINK TO ANY CUSTOMER === #

    def test_staff_link_whom_they_know(self):
        row = self._process(self._accept(phone='0551234567'))
        action = row.with_user(self.user_sales).action_open_link()
        wizard = (
            self.env[action['res_model']].with_user(self.user_sales)
            .with_context(**action['context']).create({'partner_id': self.customer.id})
        )  # fmt: skip
        wizard.action_link()
        self.env.flush_all()
        self.assertEqual((row.partner_id, row.match), (self.customer, 'manual'))
        self.assertEqual(row.lead_id.partner_id, self.customer)
        self.assertEqual(self.customer.phone_sanitized, '+213663352542')
        self.assertIn("A colleague linked it to Amina Kaci", row.match_text)

    def test_who_may_not_see_a_submission_may_not_link_it(self):
        row = self._process(self._accept(phone='0551234567'))
        other = self._new_user('ecrm_sales_other', 'sales_team.group_sale_salesman')
        wizards = self.env['ecrm.submission.link']
        values = {'submission_id': row.id, 'partner_id': self.customer.id}
        for user in (other, self.user_portal, self.user_internal):
            with self.assertRaises(AccessError):
                wizards.with_user(user).create(values).action_link()
        wizard = wizards.with_user(self.user_sales).create(values)
        self.customer.unlink()
        with self.assertRaises(UserError):
            row.with_user(self.user_sales).action_link_partner(self.customer.id)
        self.assertFalse(wizard.exists())

    # === HOW IT IS LOOKED UP === #

    def test_a_sender_is_looked_up_by_one_statement_and_both_indexes(self):
        row = self._accept(phone='0551234567', email='nobody@example.com')
        row.read(['phone', 'email', 'company_id'])
        with self.assertQueryCount(1):
            self.assertFalse(row._find_partners())
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        plan = self.env.execute_query(SQL("EXPLAIN %s", row._prepare_match_query()))
        text = ' '.join(line for (line,) in plan)
        for index in ('res_partner_ecrm_phone_idx', 'res_partner_ecrm_email_idx'):
            self.assertIn(f'Index Scan using {index}', text)

    def test_a_phone_wins_over_an_address(self):
        other = self.env['res.partner'].create({'name': "B", 'email': 'b@example.com'})
        row = self._accept(phone='0663352542', email='b@example.com')
        self.assertEqual(row._find_partners(), self.customer)
        self.assertEqual(self._accept(email='b@example.com')._find_partners(), other)

    def test_archived_customers_are_not_found(self):
        self.customer.active = False
        self.assertFalse(self._accept(phone='0663352542')._find_partners())

    def test_a_customer_written_a_moment_ago_is_found(self):
        row = self._accept(phone='0551999999')
        self.customer.phone = '0551999999'
        self.assertEqual(row._find_partners(), self.customer)
