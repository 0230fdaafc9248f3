from datetime import timedelta

from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, freeze_time, tagged
from odoo.tools import SQL

from .common_intake import IntakeCommon


@tagged('post_install', '-at_install')
class TestIntakePrivacy(IntakeCommon, HttpCase):
    def _newsletter(self, email='nora@example.com', **payload):
        return self._process(self._accept(kind='newsletter', email=email, **payload))

    def _status(self, identity='nora@example.com', purpose='newsletter'):
        return self.env['ecrm.consent']._get_status(self.company, identity, purpose)

    def _mails(self):
        return self.env['mail.mail'].search([('email_to', '=', 'nora@example.com')])

    # === NEWSLETTER === #

    def test_a_newsletter_is_asked_about_by_mail_and_is_no_lead(self):
        row = self._newsletter(consent_text="Yes please", consent_version='1')
        self.assertEqual((row.state, row.lead_id.id), ('processed', False))
        self.assertEqual(self._status(), 'asked')
        self.assertEqual(len(self._mails()), 1)
        self.assertIn('/ecrm/newsletter/', self._mails().body_html)
        self.assertFalse(self.env['mailing.contact'].search([('email', '=', 'nora@example.com')]))
        self._newsletter(message="again")
        self.assertEqual(len(self._mails()), 1)

    def test_a_letter_to_an_address_that_nobody_confirmed_carries_no_advertisement(self):
        self._newsletter(name="Win at https://evil.example/now")
        body = self._mails().body_html
        self.assertNotIn('evil', body)
        self.assertIn('/ecrm/newsletter/', body)
        self._newsletter(email='lina@example.com', name="Lina")
        mail = self.env['mail.mail'].search([('email_to', '=', 'lina@example.com')])
        self.assertIn("Hello Lina", mail.body_html)

    def test_a_link_that_ran_out_can_be_asked_for_again(self):
        row = self._newsletter()
        for hours, mails in ((71, 1), (73, 2)):
            with freeze_time(row.create_date + timedelta(hours=hours)):
                self._newsletter(message=f"after {hours} hours")
            self.assertEqual(len(self._mails()), mails, hours)

    def test_the_proof_of_a_confirmed_consent_has_text_version_page_and_day(self):
        row = self._accept(
            kind='newsletter', email='nora@example.com', consent_text="Yes please",
            consent_version='7',
        )  # fmt: skip
        row.page = 'https://shop.example.com/newsletter'
        self._process(row)._confirm_newsletter()
        given = self.env['ecrm.consent'].search([('status', '=', 'given')], limit=1)
        self.assertEqual(
            (given.identity, given.method, given.text, given.version, given.page, given.submission_id),
            ('nora@example.com', 'confirmed', "Yes please", '7', row.page, row),
        )  # fmt: skip
        self.assertTrue(given.create_date and given.page)

    def test_only_pressing_the_button_subscribes(self):
        row = self._newsletter()
        self.authenticate(None, None)
        path = '/' + row._get_confirm_url().split('/', 3)[3]
        self.assertEqual(self.url_open(path).status_code, 200)
        self.assertEqual(self._status(), 'asked')
        self.url_open(path, data={'csrf_token': http.Request.csrf_token(self)})
        self.assertEqual(self._status(), 'given')
        contact = self.env['mailing.contact'].search([('email', '=', 'nora@example.com')])
        self.assertEqual(contact.list_ids, self.env.ref('ecrm.mailing_list_newsletter'))
        self.url_open(path, data={'csrf_token': http.Request.csrf_token(self)})
        self.assertEqual(len(contact.list_ids), 1)

    def test_a_forged_or_old_link_subscribes_nobody(self):
        row = self._newsletter()
        token = row._get_confirm_url().rsplit('/', 1)[1]
        for forged in ('x', token[:-3] + 'AAA', 'é', 'A' * 500):
            self.assertFalse(self.env['ecrm.submission']._find_by_confirm_token(forged), forged)
        with freeze_time(row.create_date + timedelta(days=5)):
            self.assertFalse(self.env['ecrm.submission']._find_by_confirm_token(token))

    def test_who_left_is_not_asked_again(self):
        row = self._newsletter()
        row._confirm_newsletter()
        contact = self.env['mailing.contact'].search([('email', '=', 'nora@example.com')])
        contact.invalidate_recordset()
        contact.subscription_ids.opt_out = True
        self._mails().unlink()
        self._newsletter(message="again")
        self.assertFalse(self._mails())
        self.assertTrue(contact.subscription_ids.opt_out)

    def test_a_withdrawal_wins_over_an_older_link(self):
        row = self._newsletter()
        self.env['ecrm.consent']._record(
            self.company, 'nora@example.com', 'newsletter', 'withdrawn', 'staff'
        )
        self.assertFalse(row._confirm_newsletter())
        self.assertEqual(self._status(), 'withdrawn')

    def test_a_ticked_box_asks_too(self):
        row = self._process(
            self._accept(phone='0551234567', email='nora@example.com', newsletter='on')
        )
        self.assertTrue(row.lead_id)
        self.assertEqual(self._status(), 'asked')
        self.assertEqual(self._status(purpose='contact'), 'given')

    # === REGISTER === #

    def test_a_consent_is_never_changed_nor_deleted(self):
        self._newsletter()
        consent = self.env['ecrm.consent'].search([('identity', '=', 'nora@example.com')])
        with self.assertRaises(UserError):
            consent.status = 'given'
        with self.assertRaises(UserError):
            consent.unlink()
        for user in (self.user_sales, self.user_manager):
            with self.assertRaises(UserError):
                consent.with_user(user).write({'status': 'given'})

    # === MY DATA === #

    def test_a_customer_sees_takes_along_and_withdraws(self):
        self.partner.write(
            {'email': 'nora@example.com', 'phone': '0551234567', 'country_id': self.algeria.id}
        )
        self._process(self._accept(phone='0551234567', message="My secret wall"))
        self.env['ecrm.consent']._record(
            self.company, 'nora@example.com', 'newsletter', 'given', 'confirmed'
        )
        self.env['ecrm.submission']._accept(
            self.browser, 'contact', {'phone': '0661001471', 'message': "Somebody else's"}
        )
        self.assertIn('/web/login', self.url_open('/my/data').url)
        self.authenticate(self.user_portal.login, self.user_portal.login)
        page = self.url_open('/my/data').text
        self.assertIn("My secret wall", page)
        self.assertNotIn("Somebody else", page)
        data = self.url_open('/my/data/export').json()
        self.assertEqual(data['forms'][0]['content']['message'], "My secret wall")
        self.assertEqual(data['card']['email'], 'nora@example.com')
        self.assertEqual(self.url_open('/my/data/withdraw').status_code, 405)
        token = http.Request.csrf_token(self)
        self.url_open('/my/data/withdraw', data={'csrf_token': token, 'purpose': 'newsletter'})
        self.assertEqual(self._status(), 'withdrawn')
        self.url_open('/my/data/withdraw', data={'csrf_token': token, 'purpose': 'everything'})
        for _turn in range(2):
            self.url_open('/my/data/erase', data={'csrf_token': token})
        self.assertEqual(len(self.partner.activity_ids), 1)

    def test_erasure_blanks_the_person_and_leaves_the_figures(self):
        row = self._process(self._accept(phone='0663352542', message="My secret wall"))
        lead, count = row.lead_id, self.env['ecrm.submission'].search_count([])
        self.customer.with_user(self.user_manager).action_ecrm_erase()
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertFalse(row.phone or row.message or row.payload or row.partner_id.phone)
        self.assertFalse(lead.phone or lead.contact_name or lead.partner_id)
        self.assertFalse(self.customer.active or self.customer.email or self.customer.phone)
        self.assertEqual(self.env['ecrm.submission'].search_count([]), count)
        self.assertFalse(self.env['ecrm.consent'].search([('identity', '=', '+213663352542')]))

    def _rows_that_know(self, *words):
        """Names of the tables with a row that holds one of the words in any of its columns."""
        found = []
        for model in (
            'ecrm.submission', 'ecrm.submission.attempt', 'crm.lead', 'calendar.event', 'mail.activity', 'mail.message',
            'mail.mail', 'sms.sms', 'ecrm.consent', 'res.partner',
        ):  # fmt: skip
            table = SQL.identifier(self.env[model]._table)
            for word in words:
                query = SQL(
                    "SELECT count(*) FROM %s AS t WHERE t::text ILIKE %s", table, f'%{word}%'
                )
                if self.env.execute_query(query)[0][0]:
                    found.append((model, word))
        return found

    def test_no_table_knows_an_erased_person(self):
        self.customer.name = "Ferroudja Zzebdi"
        for source in self.env['ecrm.source'].search([]):
            source.confirm_sms = True
        row = self._accept(
            kind='callback', phone='0663352542', name="Ferroudja Zzebdi", message="My secret wall",
            email=self.customer.email, call_time='18:00', page='https://shop.example/secret?gclid=abc',
        )  # fmt: skip
        self._process(row)
        row.attempt_ids.create(
            {'submission_id': row.id, 'error': "Ferroudja Zzebdi cannot be reached"}
        )
        row.lead_id.activity_schedule(
            'mail.mail_activity_data_call', summary="Call Ferroudja Zzebdi"
        )
        self.env.flush_all()
        words = ("663352542", "Zzebdi", 'secret wall', self.customer.email)
        known = {model for model, _word in self._rows_that_know(*words)}
        self.assertLessEqual(
            {'ecrm.submission', 'crm.lead', 'calendar.event', 'mail.activity'}, known
        )
        self.customer.with_user(self.user_manager).action_ecrm_erase()
        self.env.flush_all()
        self.assertEqual(self._rows_that_know(*words), [])

    def test_only_administrators_erase(self):
        for user in (self.user_sales, self.user_marketing, self.user_portal, self.user_internal):
            with self.assertRaises(AccessError):
                self.customer.with_user(user).action_ecrm_erase()
