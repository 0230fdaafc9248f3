from datetime import timedelta

from odoo import fields, http
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .common_intake import IntakeCommon


@tagged('post_install', '-at_install')
class TestIntakeCart(IntakeCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product = cls.env['product.product'].create(
            {'name': "Hook", 'list_price': 150, 'type': 'service'}
        )
        cls.site = cls.env['website'].search([('company_id', '=', cls.company.id)], limit=1)

    def _cart(self, partner=None, hours=48):
        cart = self.env['sale.order'].create({
            'partner_id': (partner or self.customer).id, 'website_id': self.site.id,
            'company_id': self.company.id,
            'order_line': [Command.create({'product_id': self.product.id, 'tax_ids': [Command.clear()]})],
        })  # fmt: skip
        cart.date_order = fields.Datetime.now() - timedelta(hours=hours)
        return cart

    def _run(self, cart):
        self.env['sale.order']._cron_ecrm_abandoned_carts()
        rows = cart.ecrm_submission_ids
        for row in rows:
            row._process_locked()
        return rows

    def test_a_cart_that_was_left_is_one_lead_of_its_owner(self):
        cart = self._cart()
        before = self.customer.read(['name', 'phone', 'email'])
        row = self._run(cart)
        self.assertEqual((row.match, row.partner_id), ('identity', self.customer))
        self.assertEqual(row.lead_id.partner_id, self.customer)
        self.assertEqual(row.lead_id.expected_revenue, cart.amount_total)
        self.assertEqual(cart.opportunity_id, row.lead_id)
        self.assertEqual(self._run(cart), row)
        self.assertEqual(self.customer.read(['name', 'phone', 'email']), before)

    def test_a_fresh_an_old_or_a_nameless_cart_is_left_alone(self):
        nobody = self.env['res.partner'].create({'name': "Nobody"})
        for cart in (self._cart(hours=0), self._cart(hours=24 * 60), self._cart(partner=nobody)):
            self.assertFalse(self._run(cart))

    def test_the_lead_closes_when_the_order_is_confirmed(self):
        cart = self._cart()
        lead = self._run(cart).lead_id
        cart.action_confirm()
        self.assertEqual(lead.won_status, 'won')

    def test_the_reason_takes_one_click_and_no_link_follower(self):
        cart = self._cart()
        lead = self._run(cart).lead_id
        path = '/' + cart._ecrm_get_reason_url('price').split('/', 3)[3]
        self.authenticate(None, None)
        self.assertIn('ecrm_cart_reason', self.url_open(path).text)
        self.assertFalse(cart.ecrm_abandon_reason)
        token = http.Request.csrf_token(self)
        self.url_open(path.split('?')[0], data={'csrf_token': token, 'reason': 'nonsense'})
        self.assertFalse(cart.ecrm_abandon_reason)
        for _turn in range(2):
            self.url_open(path.split('?')[0], data={'csrf_token': token, 'reason': 'delivery'})
        self.assertEqual(cart.ecrm_abandon_reason, 'delivery')
        bodies = ' '.join(lead.message_ids.mapped('body'))
        self.assertEqual(bodies.count('cart:'), 1)

    def test_another_token_opens_nothing(self):
        cart = self._cart()
        cart._portal_ensure_token()
        for token in ('x', self._cart()._portal_ensure_token()):
            self.assertEqual(self.url_open(f'/ecrm/cart/{cart.id}/{token}').status_code, 404)

    def test_the_reminder_asks_why(self):
        cart = self._cart()
        template = cart._get_cart_recovery_template()
        self.assertEqual(template, self.env.ref('ecrm.mail_template_cart_reminder'))
        body = template._render_field('body_html', cart.ids)[cart.id]
        self.assertEqual(body.count('/ecrm/cart/'), 5)
