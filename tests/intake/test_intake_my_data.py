import base64
import json
import re

from markupsafe import Markup

from odoo import Command
from odoo.http import Request
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common_intake import IntakeCommon

PIXEL = base64.b64decode(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
)


@tagged('post_install', '-at_install')
class TestIntakeMyData(IntakeCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partner.write(
            {'email': 'nora@example.com', 'phone': '0551234567', 'country_id': cls.algeria.id}
        )
        cls.other = cls._new_user('ecrm_portal_other', 'base.group_portal')

    def _enter(self, user=None):
        user = user or self.user_portal
        self.authenticate(user.login, user.login)
        return Request.csrf_token(self)

    def _complaint(self, partner, text):
        complaint = self.env['ecrm.complaint'].create(
            {'name': text, 'partner_id': partner.id, 'description': text, 'corrective_action': "Fire Karim"}
        )  # fmt: skip
        complaint.message_post(
            body=text, author_id=partner.id, message_type='comment', subtype_xmlid='mail.mt_comment',
            attachments=[('wall.png', PIXEL)],
        )  # fmt: skip
        complaint.with_user(self.user_agent).sudo().message_post(
            body=Markup("We make it again"), message_type='comment', subtype_xmlid='mail.mt_comment'
        )
        complaint.message_post(
            body=Markup("He complains every week"), attachments=[('note.txt', b'internal list')]
        )
        return complaint

    def _fill(self):
        row = self._process(
            self._accept(kind='callback', phone='0551234567', email='nora@example.com', message="My wall")
        )  # fmt: skip
        row.attachment_ids = self.env['ir.attachment'].create(
            {'name': 'room.png', 'raw': PIXEL, 'res_model': row._name, 'res_id': row.id}
        )
        row.lead_id.description = "Haggles, offer nothing"
        row.touches = {'first': {'utm_source': 'leaflet'}}
        self._complaint(self.partner, "Torn at the corner")
        product = self.env['product.product'].create({'name': "Bay", 'list_price': 100})
        self.env['sale.order'].create(
            {
                'partner_id': self.partner.id,
                'order_line': [Command.create({'product_id': product.id})],
            }
        )
        self._complaint(self.other.partner_id, "Foreign complaint")
        return row

    def test_the_export_is_whole_and_has_the_files_in_it(self):
        self._fill()
        self._enter()
        data = self.url_open('/my/data/export').json()
        self.assertEqual(data['card']['email'], 'nora@example.com')
        [form], [lead], [complaint], [order] = (
            data[key] for key in ('forms', 'leads', 'complaints', 'orders')
        )
        self.assertEqual(form['content']['message'], "My wall")
        self.assertEqual(form['visits'], {'first': {'utm_source': 'leaflet'}})
        self.assertEqual(base64.b64decode(form['files'][0]['content']), PIXEL)
        self.assertTrue(re.sub(r'[^0-9]', '', lead['phone']).endswith('551234567'))
        self.assertTrue(data['appointments'][0]['start'])
        self.assertEqual(order['lines'][0]['quantity'], 1)
        self.assertEqual(complaint['text'], "Torn at the corner")
        words = [(message['by'], message['text']) for message in complaint['messages']]
        self.assertIn(('customer', "Torn at the corner"), words)
        self.assertIn(('shop', "We make it again"), words)
        [photo] = [file for message in complaint['messages'] for file in message['files']]
        self.assertEqual((photo['name'], photo['bytes']), ('wall.png', len(PIXEL)))
        self.assertTrue(photo['content'])

    def test_the_page_shows_it_and_leads_to_where_it_is_corrected(self):
        self._fill()
        self._enter()
        page = self.url_open('/my/data').text
        for shown in ('nora@example.com', "My wall", 'room.png', "Torn at the corner"):
            self.assertIn(shown, page)
        self.assertIn('/my/account"', page)
        self.assertIn('nora@example.com', self.url_open('/my/account').text)

    def test_what_he_corrects_is_what_the_shop_knows_from_then_on(self):
        row = self._fill()
        token = self._enter()
        answer = self.url_open('/my/address/submit', data={
            'csrf_token': token, 'partner_id': self.partner.id, 'address_type': 'billing',
            'use_delivery_as_billing': 'true', 'name': "Nora Kaci", 'email': 'nora.kaci@example.com',
            'phone': '0770112233', 'street': "7 rue Khemisti", 'city': "Oran", 'zip': '31000',
            'country_id': self.algeria.id, 'state_id': self.algeria.state_ids[:1].id,
        })  # fmt: skip
        self.assertIn('redirectUrl', answer.json())
        page = self.url_open('/my/data').text
        for shown in ("Nora Kaci", 'nora.kaci@example.com', "7 rue Khemisti, Oran", "My wall"):
            self.assertIn(shown, page)
        self.assertEqual(self.url_open('/my/data/export').json()['card']['name'], "Nora Kaci")
        # What he once sent stays as he sent it
        self.assertEqual(row.email, 'nora@example.com')

    def test_the_export_has_no_note_of_ours_and_nobody_else(self):
        self._fill()
        self._enter()
        text = self.url_open('/my/data/export').text
        for secret in (
            "every week", 'internal list', 'note.txt', "Haggles", "Fire Karim", "Foreign complaint",
            self.user_agent.name, self.other.name, 'access_token', self.customer.name,
        ):  # fmt: skip
            self.assertNotIn(secret, text)

    def test_a_colleagues_words_on_my_complaint_are_not_mine_to_take(self):
        complaint = self._complaint(self.partner, "Torn at the corner")
        complaint.message_post(
            body=Markup("Colleague's words"), author_id=self.other.partner_id.id, message_type='comment',
            subtype_xmlid='mail.mt_comment',
        )  # fmt: skip
        self._enter()
        self.assertNotIn("Colleague", self.url_open('/my/data/export').text)

    def test_typing_another_persons_number_on_my_card_opens_nothing_of_his(self):
        stolen = self._process(self._accept(phone='0561 23 49 87', message="Not yours"))
        self.assertFalse(stolen.partner_id)
        self.partner.write({'phone': '0561 23 49 87', 'email': 'amina@example.com'})
        self._process(self._accept(email='amina@example.com', message="Hers", phone='0663352542'))
        self._enter()
        for path in ('/my/data', '/my/data/export'):
            text = self.url_open(path).text
            self.assertNotIn("Not yours", text)
            self.assertNotIn("Hers", text)

    def test_large_files_are_named_without_their_content(self):
        row = self._fill()
        person = self.env['ecrm.person']
        found = person._find_own(self.partner)
        size = row.attachment_ids.file_size
        data = json.loads(json.dumps(person._export(found, file_bytes=size)))
        self.assertTrue(data['forms'][0]['files'][0]['content'])
        [photo] = [f for m in data['complaints'][0]['messages'] for f in m['files']]
        self.assertEqual((photo['name'], photo['content']), ('wall.png', None))

    def test_a_withdrawal_reaches_every_company_and_is_kept_as_proof(self):
        other = self.env['res.company'].create({'name': "Second shop"})
        consents = self.env['ecrm.consent']
        for company in (self.company, other):
            consents._record(
                company, 'nora@example.com', 'newsletter', 'given', 'confirmed', text="Yes", version='3'
            )  # fmt: skip
            consents._record(company, '+213551234567', 'sms', 'given', 'form')
        token = self._enter()
        page = self.url_open('/my/data').text
        self.assertEqual(page.count("<bdi>Second shop</bdi>"), 2)
        self.url_open('/my/data/withdraw', data={'csrf_token': token, 'purpose': 'newsletter'})
        for company in (self.company, other):
            status = consents._get_status(company, 'nora@example.com', 'newsletter')
            self.assertEqual(status, 'withdrawn', company.name)
            self.assertEqual(consents._get_status(company, '+213551234567', 'sms'), 'given')
            self.assertIn(
                'nora@example.com', self.env['res.partner']._ecrm_unwilling(company, 'newsletter')
            )
        given = consents.search([('identity', '=', 'nora@example.com'), ('status', '=', 'given')])
        self.assertEqual(set(given.mapped('version')), {'3'})
        last = consents.search([('status', '=', 'withdrawn')], limit=1)
        self.assertEqual((last.method, last.page), ('portal', '/my/data'))
        self.url_open('/my/data/withdraw', data={'csrf_token': token, 'purpose': 'sms'})
        self.assertEqual(consents._get_status(other, '+213551234567', 'sms'), 'withdrawn')

    @mute_logger('odoo.http')
    def test_guests_others_and_links_change_and_read_nothing(self):
        self._fill()
        consents = self.env['ecrm.consent']
        consents._record(self.company, 'nora@example.com', 'newsletter', 'given', 'confirmed')
        self.authenticate(None, None)
        for path in ('/my/data', '/my/data/export'):
            self.assertIn('/web/login', self.url_open(path).url)
        token = Request.csrf_token(self)
        for path in ('/my/data/withdraw', '/my/data/erase'):
            data = {'csrf_token': token, 'purpose': 'newsletter'}
            self.assertIn('/web/login', self.url_open(path, data=data).url)
        token = self._enter(self.other)
        self.assertNotIn("My wall", self.url_open('/my/data').text)
        self.assertNotIn("nora@example.com", self.url_open('/my/data/export').text)
        data = {'csrf_token': token, 'purpose': 'newsletter', 'partner_id': self.partner.id}
        for path in ('/my/data/withdraw', '/my/data/erase'):
            self.url_open(path, data=data)
        self.assertFalse(self.partner.activity_ids)
        self._enter()
        for path in ('/my/data/withdraw?purpose=newsletter', '/my/data/erase'):
            self.assertEqual(self.url_open(path).status_code, 405)
        for path in ('/my/data/withdraw', '/my/data/erase'):
            answer = self.url_open(path, data={'purpose': 'newsletter'})
            self.assertEqual(answer.status_code, 400, "without a token")
        status = consents._get_status(self.company, 'nora@example.com', 'newsletter')
        self.assertEqual(status, 'given')
