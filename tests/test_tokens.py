"""Links with a token, as strangers bend them: each door answers as to a wrong token, never with an error of its own."""

from odoo.fields import Command
from odoo.http import Request
from odoo.tests import HttpCase, tagged

from odoo.addons.ecrm.tests.common import EcrmCommon

BENT = ('%C3%A9', '%E9', '%D9%A3%D9%A5', '%E2%80%AE', '%F0%9F%98%80', 'x' * 5000, 'wrong', '%25s')


@tagged('post_install', '-at_install')
class TestTokens(EcrmCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        product = cls.env['product.product'].create({'name': "Hook", 'type': 'service'})
        cls.order = cls.env['sale.order'].create(
            {
                'partner_id': cls.partner.id,
                'website_id': cls.website.id,
                'order_line': [Command.create({'product_id': product.id})],
            }
        )
        cls.order.action_confirm()
        cls.order._portal_ensure_token()
        cls.complaint = cls.env['ecrm.complaint'].create(
            {'name': "Torn", 'partner_id': cls.partner.id}
        )
        cls.complaint._portal_ensure_token()
        cls.feedback = cls.env['ecrm.feedback'].create(
            {'order_id': cls.order.id, 'partner_id': cls.partner.id, 'company_id': cls.company.id}
        )

    def _read(self, path):
        return self.url_open(path).status_code

    def test_a_bent_token_in_the_path_finds_nothing(self):
        for door in (f'/ecrm/feedback/{self.feedback.id}', f'/ecrm/cart/{self.order.id}'):
            for token in BENT:
                with self.subTest(door=door, token=token):
                    self.assertEqual(self._read(f'{door}/{token}'), 404)

    def test_a_bent_newsletter_link_says_that_it_is_over(self):
        for token in BENT:
            with self.subTest(token=token):
                self.assertEqual(self._read(f'/ecrm/newsletter/{token}'), 200)

    def test_a_bent_token_opens_no_complaint_and_no_order(self):
        complaint = f'/my/complaints/{self.complaint.id}'
        doors = (complaint, f'{complaint}/file/1', f'/my/orders/{self.order.id}/complaint')
        for door in doors:
            for token in BENT:
                with self.subTest(door=door, token=token):
                    self.assertEqual(self._read(f'{door}?access_token={token}'), 404)

    def test_a_bent_token_moves_nothing(self):
        self.authenticate(None, None)
        complaint = f'/my/complaints/{self.complaint.id}'
        for action in ('reply', 'close', 'rate'):
            for token in ('é', '٣', 'x' * 5000):
                data = {
                    'csrf_token': Request.csrf_token(self), 'access_token': token,
                    'text': "Hello", 'score': '5',
                }  # fmt: skip
                with self.subTest(action=action, token=token):
                    self.assertEqual(
                        self.url_open(f'{complaint}/{action}', data=data).status_code, 404
                    )

    def test_who_is_signed_in_reads_his_own_whatever_the_link_says(self):
        self.authenticate('ecrm_portal', 'ecrm_portal')
        for door in (f'/my/complaints/{self.complaint.id}', f'/my/orders/{self.order.id}'):
            with self.subTest(door=door):
                self.assertEqual(self._read(f'{door}?access_token=%C3%A9'), 200)

    def test_the_right_token_still_opens(self):
        for path in (
            f'/ecrm/feedback/{self.feedback.id}/{self.feedback.access_token}',
            f'/ecrm/cart/{self.order.id}/{self.order.access_token}',
            f'/my/complaints/{self.complaint.id}?access_token={self.complaint.access_token}',
            f'/my/orders/{self.order.id}/complaint?access_token={self.order.access_token}',
        ):
            with self.subTest(path=path):
                self.assertEqual(self._read(path), 200)
