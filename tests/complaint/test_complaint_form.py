import re

from odoo import http
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common_complaint import ComplaintCommon, photo


@tagged('post_install', '-at_install')
class TestComplaintForm(ComplaintCommon, HttpCase):
    def setUp(self):
        super().setUp()
        self.authenticate(None, None)
        self.opener.cookies['frontend_lang'] = 'en_US'

    def _send(self, csrf=True, files=None, **values):
        data = {
            'name': "Amine",
            'email': 'amine@example.com',
            'text': "The frame is broken",
            'cause_id': self.cause.id,
            **values,
        }
        if csrf:
            data['csrf_token'] = http.Request.csrf_token(self)
        before = self.env['ecrm.complaint'].search([])
        url = self.base_url() + '/complaint/send'
        self.answer = self.opener.post(
            url, data=data, files=files, timeout=30, allow_redirects=False
        )
        return self.env['ecrm.complaint'].search([]) - before

    def test_stranger_gets_a_reference(self):
        complaint = self._send(files=[('files', ('a.jpg', photo()))])
        self.assertEqual((complaint.channel, complaint.partner_id.id), ('form', False))
        self.assertEqual(complaint.email_normalized, 'amine@example.com')
        self.assertTrue(complaint._customer_messages().attachment_ids)
        page = self.url_open('/complaint/sent')
        self.assertIn(complaint.reference, page.text)
        self.assertNotIn(complaint.reference, self.url_open('/complaint/sent').text)

    def test_order_is_tied_by_its_own_address_only_and_the_answer_is_alike(self):
        known = self._send(order=self.order.name.lower(), email=self.partner.email.upper())
        first = (self.answer.status_code, self.answer.headers['Location'])
        self.assertEqual((known.order_id, known.partner_id), (self.order, self.partner))
        foreign = self._send(order=self.order.name, email='other@example.com')
        self.assertFalse(foreign.order_id)
        self.assertFalse(foreign.partner_id)
        self.assertEqual(foreign.order_typed, self.order.name)
        self.assertEqual((self.answer.status_code, self.answer.headers['Location']), first)

    def _follow(self):
        """The page that the visitor is led to after sending."""
        page = self.url_open('/complaint/sent').text
        return self.url_open(re.search(r'href="(/my/complaints/[^"]+)"', page)[1])

    def test_visitor_without_an_account_follows_and_answers_by_the_page_he_is_led_to(self):
        complaint = self._send(wish='remake')
        self.assertEqual(complaint.wish, 'remake')
        page = self._follow()
        self.assertEqual(page.status_code, 200)
        self.assertIn('o_ecrm_next', page.text)
        self.assertIn('id="reply"', page.text)

    def test_page_he_is_led_to_looks_alike_whether_the_order_was_recognised_or_not(self):
        self.partner.write({'phone': '0550 12 34 56', 'lang': 'en_US'})
        pages = []
        for order in (self.order.name, 'S99999999'):
            complaint = self._send(order=order, email='', phone='0550123456', name="Amine")
            text = self._follow().text
            self.assertNotIn(self.partner.name, text)
            main = text[text.index('<main') : text.index('</main')]
            for secret in (complaint.reference, complaint.access_token):
                main = main.replace(secret, '')
            main = re.sub(r'csrf_token" value="\w+"|/my/complaints/\d+', '', main)
            pages.append(re.sub(r'\d{1,2}:\d{2}', '', main))
        self.assertEqual(*pages)

    def test_unknown_wish_is_refused(self):
        self.assertFalse(self._send(wish='gold'))
        self.assertIn("Choose one of the wishes", self.answer.text)

    def test_order_is_tied_by_its_telephone(self):
        self.partner.phone = '0550 12 34 56'
        complaint = self._send(order=self.order.name, email='', phone='+213 550-12-34-56')
        self.assertEqual(complaint.order_id, self.order)

    def test_form_names_what_is_missing_and_loses_nothing(self):
        cases = [
            ({'name': ''}, "Tell us your name"),
            ({'email': 'x', 'phone': ''}, "cannot be read"),
            ({'email': '', 'phone': '12'}, "cannot be read"),
            ({'email': '', 'phone': ''}, "Give an e-mail address"),
            ({'text': ''}, "Tell us in a few words"),
            ({'text': 'x' * 5001}, "at most 5000"),
        ]
        for change, message in cases:
            self.assertFalse(self._send(order='S12345', **change))
            self.assertIn(message, self.answer.text)
            self.assertIn('S12345', self.answer.text)
        self.assertFalse(self._send(files=[('files', ('a.jpg', b'MZ' * 50))]))

    def test_machine_that_fills_every_field_makes_nothing(self):
        self.assertFalse(self._send(nickname="bot"))
        self.assertEqual(self.answer.status_code, 303)

    def test_limits_by_mailbox_and_by_address(self):
        self.company.ecrm_complaint_daily = 3
        self.company.ecrm_complaint_hourly = 5
        for _index in range(3):
            self.assertTrue(self._send())
        self.assertFalse(self._send(email='AMINE@example.com'))
        self.assertEqual(self.answer.status_code, 429)
        self.assertIn("The frame is broken", self.answer.text)
        self.assertTrue(self._send(email='b@example.com'))
        self.assertFalse(self._send(email='c@example.com'))
        self.assertEqual(self.answer.status_code, 429)

    def test_limiter_keeps_no_address(self):
        self._send()
        keys = self.env['ecrm.complaint.hit'].search([]).mapped('key')
        self.assertTrue(keys)
        self.assertFalse([key for key in keys if 'example' in key or '127.' in key])

    @mute_logger('odoo.http')
    def test_post_without_csrf_token_and_get_are_refused(self):
        self.assertFalse(self._send(csrf=False))
        self.assertEqual(self.answer.status_code, 400)
        self.assertIn(self.url_open('/complaint/send?text=x').status_code, (404, 405))

    def test_values_are_escaped_where_they_come_back(self):
        self._send(name='', order='"><script>alert(1)</script>')
        self.assertNotIn('<script>alert(1)', self.answer.text)
