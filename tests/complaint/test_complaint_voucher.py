from odoo import Command, http
from odoo.tests import HttpCase, tagged

from .common_complaint import ComplaintCommon


@tagged('post_install', '-at_install')
class TestComplaintVoucher(ComplaintCommon, HttpCase):
    """The voucher of a complaint in the cart of the shop."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Prices of the test are the website's own, without a pricelist or a promotion of the demo shop
        cls.env['product.pricelist'].search([]).active = False
        cls.env['loyalty.program'].search([]).active = False
        cls.product.write({'is_published': True, 'sale_ok': True, 'website_id': cls.website.id})
        complaint = cls._new_complaint(
            line_ids=[Command.create({'sale_line_id': cls.line.id, 'quantity': 1})]
        )
        cls.remedy = cls.env['ecrm.complaint.remedy'].create(
            {'complaint_id': complaint.id, 'kind': 'coupon', 'amount': 1500}
        )
        cls.remedy.action_do()
        cls.card = cls.remedy.card_id
        cls.address = f'{cls.product.website_url}?voucher={cls.card.code}'

    def _cart(self, partner):
        return self.env['sale.order'].search(
            [
                ('partner_id', '=', partner.id),
                ('website_id', '=', self.website.id),
                ('state', '=', 'draft'),
            ],
            order='id desc',
            limit=1,
        )

    def test_customer_types_his_code_in_the_cart_and_the_total_falls_once(self):
        self.start_tour(self.address, 'ecrm_complaint_voucher_own', login='ecrm_portal')
        cart = self._cart(self.partner)
        self.assertEqual(cart.amount_total, 1900)
        self.assertEqual(cart.applied_coupon_ids | cart.order_line.coupon_id, self.card)
        cart.action_confirm()
        self.assertEqual(self.card.points, 0)
        again = self._new_order(self.partner, 1)
        self.assertIn('error', again._try_apply_code(self.card.code))

    def test_another_customer_is_told_that_the_code_is_not_his(self):
        self.start_tour(self.address, 'ecrm_complaint_voucher_foreign', login='ecrm_portal2')
        cart = self._cart(self.stranger)
        self.assertEqual(cart.amount_total, 3400)
        self.assertFalse(cart.applied_coupon_ids | cart.order_line.coupon_id)

    def test_visitor_who_is_not_signed_in_is_told_to_sign_in(self):
        self.start_tour(self.address, 'ecrm_complaint_voucher_foreign')
        cart = self._cart(self.website.partner_id | self.website.user_id.partner_id)
        self.assertEqual(cart.amount_total, 3400)
        self.assertEqual(self.card.points, 1500)

    def test_link_with_the_code_gives_nothing_to_another_customer(self):
        self.authenticate('ecrm_portal2', 'ecrm_portal2')
        self.make_jsonrpc_request(
            '/shop/cart/add',
            {
                'product_template_id': self.product.product_tmpl_id.id,
                'product_id': self.product.id,
                'quantity': 1,
            },
        )
        answer = self.url_open(f'/coupon/{self.card.code}?r=/shop/cart')
        self.assertEqual(answer.status_code, 200)
        self.assertIn('coupon_error', answer.url)
        self.assertEqual(self._cart(self.stranger).amount_total, 3400)

    def test_order_that_goes_to_somebody_else_loses_the_voucher(self):
        order = self._draft(self.partner)
        self.assertEqual(self._apply(order), 3400 - 1500)
        order.partner_id = self.stranger
        order._update_programs_and_rewards()
        self.assertEqual(order.amount_total, 3400)
        self.assertFalse(order.applied_coupon_ids | order.order_line.coupon_id)

    def test_colleagues_of_the_customer_share_his_voucher(self):
        firm = self.env['res.partner'].create({'name': "Firm", 'is_company': True})
        (self.partner | self.stranger).parent_id = firm
        self.assertEqual(self._apply(self._draft(self.stranger)), 3400 - 1500)

    def test_customer_without_an_account_is_known_by_his_telephone_or_address(self):
        self.partner.phone = '0550 12 34 56'
        guests = self.env['res.partner'].create(
            [
                {'name': "Nora", 'phone': '+213 550 12 34 56'},
                {'name': "Nora", 'email': 'ECRM_portal@example.com'},
                {'name': "Other", 'phone': '0550 12 34 57', 'email': 'other@example.com'},
                {'name': "Nobody"},
            ]
        )
        for guest in guests[:2]:
            self.assertFalse(self.card._ecrm_is_foreign_to(guest))
        for guest in guests[2:]:
            self.assertTrue(self.card._ecrm_is_foreign_to(guest))
        # Whoever has an account writes his telephone himself: he signs in as the customer or not at all
        self.stranger.phone = self.partner.phone
        self.assertTrue(self.card._ecrm_is_foreign_to(self.stranger))
        self.assertEqual(self._apply(self._draft(guests[0])), 3400 - 1500)

    def test_guest_types_his_code_once_his_address_is_known(self):
        self.partner.phone = '0550 12 34 56'
        self.authenticate(None, None)
        self.make_jsonrpc_request(
            '/shop/cart/add',
            {
                'product_template_id': self.product.product_tmpl_id.id,
                'product_id': self.product.id,
                'quantity': 1,
            },
        )
        cart = self._cart(self.website.user_id.partner_id)
        cart.partner_id = self.env['res.partner'].create(
            {'name': "Nora", 'phone': '+213550123456', 'email': 'nora@example.com'}
        )
        answer = self.opener.post(
            f'{self.base_url()}/shop/pricelist',
            data={'promo': self.card.code, 'csrf_token': http.Request.csrf_token(self)},
            timeout=30,
        )
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(cart.amount_total, 3400 - 1500)
        cart.action_confirm()
        self.assertEqual(self.card.points, 0)

    def _draft(self, partner):
        return self.env['sale.order'].create(
            {
                'partner_id': partner.id,
                'company_id': self.company.id,
                'order_line': [Command.create({'product_id': self.product.id})],
            }
        )

    def _apply(self, order):
        [(card, rewards)] = order._try_apply_code(self.card.code).items()
        order._apply_program_reward(rewards, card)
        return order.amount_total
