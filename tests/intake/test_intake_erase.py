import base64
import json

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import SQL

from .common_intake import IntakeCommon

NAME, EMAIL, PHONE, WALL = (
    "Ferroudja Zzebdi",
    'f.zzebdi@example.com',
    '+213551239876',
    "my secret wall",
)
WORDS = ('zzebdi', '551239876', '0551 23 98 76', WALL)


@tagged('post_install', '-at_install')
class TestIntakeErase(IntakeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.country_id = cls.algeria

    def _search(self, identity, user=None):
        wizard = self.env['ecrm.erase.person'].with_user(user or self.user_manager)
        wizard = wizard.with_context(lang='en_US').create({'identity': identity})
        wizard.action_search()
        return wizard

    def _tables_that_know(self, *words):
        """Names of all tables of all rooms and of Odoo with a row that holds one of the words."""
        self.env.flush_all()
        known = set()
        for model in self.env.registry.values():
            if not model._auto or model._abstract or model._table_query:
                continue
            table = SQL.identifier(model._table)
            pattern = '|'.join(words)
            query = SQL("SELECT 1 FROM %s AS t WHERE t::text ~* %s LIMIT 1", table, pattern)
            if self.env.execute_query(query):
                known.add(model._table)
        return known

    def _leave_traces(self):
        """What a visitor leaves who never buys: forms, a lead, a cart, letters, a complaint, a newsletter."""
        for source in self.env['ecrm.source'].search([]):
            source.confirm_sms = True
        row = self._accept(
            kind='callback', phone='0551 23 98 76', email=EMAIL, name=NAME, message=WALL, call_time='18:00',
            page=f'https://shop.example/?mail={EMAIL}', newsletter='on',
        )  # fmt: skip
        self._process(row)
        unread = self._accept(phone='0661001471', message=f"call {NAME} on 0551.23.98.76")
        unread.write({'state': 'refused', 'phone': False, 'message': False})
        guest = self.env['res.partner'].create(
            {'name': NAME, 'email': EMAIL.upper(), 'country_id': self.algeria.id}
        )
        address = self.env['res.partner'].create(
            {'name': NAME, 'parent_id': guest.id, 'type': 'delivery', 'street': WALL}
        )
        product = self.env['product.product'].create({'name': "Bay", 'list_price': 100})
        cart = self.env['sale.order'].create(
            {
                'partner_id': guest.id,
                'partner_shipping_id': address.id,
                'note': WALL,
                'order_line': [Command.create({'product_id': product.id})],
            }
        )
        cart.message_post(body=WALL, author_id=guest.id, message_type='comment')
        complaint = self.env['ecrm.complaint'].create(
            {'name': WALL, 'email_from': f'"{NAME}" <{EMAIL}>', 'partner_phone': '0551/239876'}
        )
        complaint._post_from_customer(WALL, [])
        complaint.action_resolve()
        contact = self.env['mailing.contact'].create({'name': NAME, 'email': EMAIL})
        self.env['mail.blacklist'].create({'email': EMAIL})
        self.env['phone.blacklist'].create({'number': PHONE})
        self.env['mail.mail'].create({'email_to': f'"{NAME}" <{EMAIL}>', 'body_html': WALL})
        self.env['mailing.trace'].create(
            {'model': 'mailing.contact', 'res_id': contact.id, 'email': EMAIL, 'trace_type': 'mail'}
        )
        sheet = self.env['ecrm.import'].create({'pasted': f"{NAME};0551239876", 'state': 'done'})
        self.env['ecrm.import.row'].create(
            {
                'import_id': sheet.id,
                'state': 'done',
                'cells': [NAME, '0551239876'],
                'name': NAME,
                'phone': PHONE,
            }
        )
        return row, cart, complaint

    def _figures(self):
        self.env.flush_all()
        counted = ('ecrm.submission', 'crm.lead', 'ecrm.complaint', 'sale.order', 'mailing.trace')
        report = self.env['ecrm.complaint.report']._read_group([], ['channel'], ['complaints:sum'])
        every = [
            self.env[model].with_context(active_test=False).search_count([]) for model in counted
        ]
        return every, report, self.env['ecrm.submission']._read_group([], ['kind'], ['__count'])

    def test_no_table_of_all_knows_a_visitor_erased_by_e_mail_and_figures_stay(self):
        row, cart, _complaint = self._leave_traces()
        figures, amount = self._figures(), cart.amount_total
        known = self._tables_that_know(*WORDS)
        self.assertLessEqual(
            {
                'ecrm_submission', 'crm_lead', 'calendar_event', 'sale_order', 'res_partner', 'mail_message', 'mail_mail',
                'ecrm_complaint', 'ecrm_consent', 'mailing_contact', 'mailing_trace', 'mail_blacklist', 'phone_blacklist',
                'ecrm_import', 'ecrm_import_row',
            },
            known,
        )  # fmt: skip
        wizard = self._search(f' {EMAIL.title()} ')
        self.assertEqual(wizard.others, PHONE)
        self.assertIn(NAME, wizard.names)
        wizard.action_erase()
        by_phone = self._search('0551 23 98 76')
        self.assertTrue(by_phone.count)
        by_phone.action_erase()
        self.env.invalidate_all()
        self.assertEqual(self._tables_that_know(*WORDS), set())
        self.assertEqual(self._figures(), figures)
        self.assertEqual((cart.amount_total, row.state), (amount, 'processed'))
        self.assertFalse(self._search(EMAIL).count)

    def test_pictures_of_a_lead_and_reports_of_a_sheet_go_with_their_person(self):
        row = self._accept(phone='0551239876', message=WALL)
        files = self.env['ir.attachment']
        row.attachment_ids = files.create(
            {'name': "room.txt", 'raw': b'room', 'res_model': row._name, 'res_id': row.id}
        )
        lead = self._process(row).lead_id
        sheet = self.env['ecrm.import'].create({'pasted': "x", 'state': 'done'})
        self.env['ecrm.import.row'].create(
            {'import_id': sheet.id, 'state': 'done', 'cells': ['0551239876'], 'phone': PHONE}
        )
        sheet.action_report()
        his = [
            '|', '&', ('res_model', '=', 'crm.lead'), ('res_id', '=', lead.id),
            '&', ('res_model', '=', 'ecrm.import'), ('res_id', '=', sheet.id),
        ]  # fmt: skip
        self.assertEqual(files.search_count(his), 2)
        self._search('0551239876').action_erase()
        self.assertFalse(files.search_count(his))
        self.assertFalse(row.attachment_ids)

    def test_a_number_in_any_notation_finds_the_same_and_shows_it_by_kind(self):
        self._process(self._accept(phone='0551239876', message=WALL))
        expected = None
        for notation in (
            '0551 23 98 76',
            '+213 551 239 876',
            '00213551239876',
            '٠٥٥١٢٣٩٨٧٦',
            '551239876',
        ):
            wizard = self._search(notation)
            self.assertEqual((wizard.phone, wizard.count > 1), (PHONE, True), notation)
            self.assertIn("Form submissions", wizard.found)
            self.assertNotIn(WALL, wizard.found)
            self.assertEqual(wizard.found, expected or wizard.found)
            expected = wizard.found

    def test_what_is_neither_address_nor_number_is_refused(self):
        for text in ('', 'nora', 'a@', '12', '0551239876 / 0661001471', 'a@b.com, c@d.com'):
            with self.assertRaises(UserError):
                self._search(text)

    def test_the_log_keeps_a_fingerprint_and_no_name(self):
        self._process(self._accept(phone='0551239876', name=NAME))
        wizard = self._search(PHONE)
        wizard.action_erase()
        self.assertFalse(
            wizard.identity or wizard.phone or wizard.email or wizard.others or wizard.names
        )
        erasure = self.env['ecrm.erasure'].with_context(lang='en_US').search([], limit=1)
        self.assertEqual((erasure.kind, len(erasure.digest)), ('phone', 64))
        self.assertEqual(erasure.create_uid, self.user_manager)
        self.assertIn("Form submissions: 1", erasure.detail_text)
        self.assertTrue(self._search('0551 239 876').erased_before)
        self.assertFalse(self._search('0661001471').erased_before)
        with self.assertRaises(UserError):
            erasure.count = 0

    def test_a_neighbour_with_a_longer_address_keeps_everything(self):
        for email in ('ina@example.com', 'amina@example.com'):
            self.env['mail.mail'].create({'email_to': f'"X" <{email}>', 'body_html': "x"})
        row = self._process(self._accept(email='amina@example.com', phone='0663352542'))
        self._search('ina@example.com').action_erase()
        self.assertTrue(row.email and row.partner_id.email)
        self.assertEqual(
            self.env['mail.mail'].search([('email_to', 'like', 'ina@example.com')]).mapped('email_to'),
            ['"X" <amina@example.com>'],
        )  # fmt: skip

    def test_the_shop_and_its_people_are_not_erased(self):
        self.company.partner_id.email = 'shop@example.com'
        for email in ('shop@example.com', self.user_sales.email):
            wizard = self.env['ecrm.erase.person'].with_user(self.user_manager)
            with self.assertRaises(UserError):
                wizard.create({'identity': email}).action_search()
        self.assertEqual(self.company.partner_id.email, 'shop@example.com')

    def test_whose_complaint_is_being_handled_is_erased_when_it_is_over(self):
        complaint = self.env['ecrm.complaint'].create({'name': "Torn", 'email_from': EMAIL})
        wizard = self._search(EMAIL)
        with self.assertRaises(UserError) as refused:
            wizard.action_erase()
        self.assertIn("complaints being handled: 1", str(refused.exception))
        self.assertEqual(complaint.email_from, EMAIL)
        complaint.action_resolve()
        wizard.action_erase()
        self.assertFalse(complaint.email_from)

    def test_data_of_a_foreign_company_asks_for_its_administrator(self):
        other = self.env['res.company'].create({'name': "Second shop"})
        self.env['ecrm.consent']._record(other, EMAIL, 'newsletter', 'given', 'staff')
        with self.assertRaises(UserError):
            self._search(EMAIL).action_erase()
        self.user_manager.company_ids += other
        self._search(EMAIL).action_erase()
        self.assertFalse(self.env['ecrm.consent'].search([('identity', '=', EMAIL)]))

    def test_a_customer_with_a_login_cannot_enter_any_more(self):
        login = self.user_portal.login
        wizard = self.env['ecrm.erase.person'].with_user(self.user_manager)
        wizard = wizard.create({'partner_id': self.partner.id})
        wizard.action_search()
        wizard.action_erase()
        self.assertFalse(self.user_portal.active or self.partner.active)
        self.assertNotIn(login, self.user_portal.login)

    def test_only_administrators_search_erase_and_read_the_log(self):
        self._process(self._accept(email=EMAIL))
        mine = self._search(EMAIL)
        for user in (
            self.user_sales, self.user_marketing, self.user_agent, self.user_internal, self.user_portal,
            self.env.ref('base.public_user'),
        ):  # fmt: skip
            for act in (
                lambda user=user: self._search(EMAIL, user),
                lambda user=user: mine.with_user(user).action_erase(),
                lambda user=user: mine.with_user(user).action_search(),
                lambda user=user: mine.with_user(user).action_export(),
                lambda user=user: mine.with_user(user).read(['file']),
                lambda user=user: self.env['ecrm.erasure'].with_user(user).search([]),
            ):
                with self.assertRaises(AccessError):
                    act()
        with self.assertRaises(AccessError):
            self.env['ecrm.erasure'].with_user(self.user_manager).create({'kind': 'card'})
        self.assertTrue(self.env['ecrm.consent'].search([('identity', '=', EMAIL)]))

    def test_nothing_is_erased_or_given_before_it_was_shown(self):
        wizard = self.env['ecrm.erase.person'].with_user(self.user_manager)
        for act in ('action_erase', 'action_export'):
            with self.assertRaises(UserError):
                getattr(wizard.create({'identity': EMAIL, 'email': EMAIL}), act)()

    def test_staff_give_a_visitor_his_data_and_nobody_elses(self):
        self._process(self._accept(phone='0551239876', message=WALL))
        self._process(self._accept(phone='0663352542', message="Somebody else's wall"))
        wizard = self._search('0551 23 98 76')
        url = wizard.action_export()['url']
        self.assertIn(f'/{wizard.id}/file', url)
        text = base64.b64decode(wizard.file).decode()
        data = json.loads(text)
        self.assertEqual([form['content']['message'] for form in data['forms']], [WALL])
        self.assertEqual((len(data['leads']), data['card']['email']), (1, ''))
        self.assertNotIn("Somebody else", text)
        wizard.action_erase()
        self.assertFalse(wizard.file)
