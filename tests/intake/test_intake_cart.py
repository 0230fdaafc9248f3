from ast import literal_eval
from datetime import timedelta
from unittest.mock import patch

from odoo import fields, http
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

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

    def test_a_cart_that_cannot_be_brought_in_does_not_hold_up_the_others(self):
        bad, good = self._cart(), self._cart(partner=self.user_portal.partner_id)
        self.user_portal.partner_id.phone = '0551234567'
        submit = type(bad)._ecrm_submit_cart

        def _ecrm_submit_cart(record):
            if record == bad:
                raise ValueError("boom")
            return submit(record)

        with (
            patch.object(type(bad), '_ecrm_submit_cart', _ecrm_submit_cart),
            mute_logger('odoo.addons.ecrm.models.intake.sale_order'),
        ):
            self.env['sale.order']._cron_ecrm_abandoned_carts()
        self.assertTrue(good.ecrm_submission_ids)
        self.assertFalse(bad.ecrm_submission_ids)
        # and is tried again
        self.assertTrue(self._run(bad))

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

    def _remind(self):
        self.site.send_abandoned_cart_email = True
        self.site.send_abandoned_cart_email_activation_time = '2020-01-01'
        others = self.env['website'].search([('id', '!=', self.site.id)])
        others.send_abandoned_cart_email = False
        self.env['website']._send_abandoned_cart_email()

    def _letters(self, cart):
        return (
            self.env['mail.mail']
            .sudo()
            .search([('model', '=', 'sale.order'), ('res_id', '=', cart.id)])
        )

    def test_the_scheduled_reminder_asks_why_once(self):
        cart = self._cart()
        for _turn in range(2):
            self._remind()
        letter = self._letters(cart)
        self.assertEqual(len(letter), 1)
        self.assertEqual(letter.body_html.count(f'/ecrm/cart/{cart.id}/'), 5)
        self.assertTrue(cart.ecrm_reminded_date)

    def test_a_website_with_a_letter_of_its_own_sends_that(self):
        own = self.env.ref('website_sale.mail_template_sale_cart_recovery').copy(
            {'subject': "Ours alone"}
        )
        self.site.cart_recovery_mail_template_id = own
        cart = self._cart()
        self._remind()
        self.assertEqual(self._letters(cart).subject, "Ours alone")

    def test_who_got_no_letter_is_not_shown_as_reminded(self):
        nobody = self.env['res.partner'].create({'name': "Nobody", 'phone': '0551234567'})
        cart, told = self._cart(partner=nobody), self._cart()
        self._remind()
        self.assertFalse(self._letters(cart))
        self.assertTrue(cart.cart_recovery_email_sent)
        self.env.flush_all()
        rows = self.env['ecrm.report.cart'].search([('order_id', 'in', (cart + told).ids)])
        self.assertEqual({row.order_id: row.is_reminded for row in rows}, {cart: False, told: True})

    def test_a_letter_that_cannot_be_made_does_not_hold_up_the_others(self):
        bad, good = self._cart(), self._cart(partner=self.user_portal.partner_id)
        self.user_portal.partner_id.email = 'portal@example.com'
        send = type(bad)._cart_recovery_email_send

        def _cart_recovery_email_send(record):
            if record == bad:
                raise ValueError("boom")
            return send(record)

        with (
            patch.object(type(bad), '_cart_recovery_email_send', _cart_recovery_email_send),
            mute_logger('odoo.addons.ecrm.models.intake.sale_order'),
        ):
            self._remind()
        self.assertTrue(self._letters(good))
        self.assertFalse(self._letters(bad) or bad.cart_recovery_email_sent)

    # === THE VIEW === #

    def test_carts_are_seen_by_value_age_and_reason(self):
        young, old = self._cart(hours=30), self._cart(hours=24 * 10)
        old.ecrm_abandon_reason = 'delivery'
        lead = self._run(young).lead_id
        self.env.flush_all()
        carts = self.env['ecrm.report.cart'].with_user(self.user_manager)
        rows = carts.search([('order_id', 'in', (young + old).ids)]).grouped('order_id')
        self.assertEqual((rows[young].age, rows[old].age), ('2', '4'))
        self.assertAlmostEqual(rows[old].age_days, 10, places=1)
        self.assertEqual((rows[young].lead_id, rows[young].user_id), (lead, lead.user_id))
        self.assertEqual((rows[young].reached_by, rows[old].reason), ('phone', 'delivery'))
        groups = carts._read_group(
            [('order_id', 'in', (young + old).ids)], ['age', 'reason'],
            ['abandoned_count:sum', 'abandoned_amount:sum'],
        )  # fmt: skip
        self.assertEqual(
            sorted((age, reason or '', count) for age, reason, count, _amount in groups),
            [('2', '', 1), ('4', 'delivery', 1)],
        )
        self.assertEqual(sum(group[3] for group in groups), young.amount_untaxed * 2)

    def test_the_view_of_carts_opens_in_list_cards_pivot_and_graph(self):
        action = self.env['ir.actions.act_window']._for_xml_id('ecrm.action_ecrm_abandoned_cart')
        carts = self.env['ecrm.report.cart'].with_user(self.user_manager)
        views = carts.get_views(action['views'])['views']
        self.assertEqual(set(views), {'list', 'kanban', 'pivot', 'graph'})
        for name in ('abandoned_amount', 'age', 'reason'):
            for kind, view in views.items():
                self.assertIn(f'name="{name}"', view['arch'], kind)
        with self.assertRaises(AccessError):
            carts.with_user(self.user_portal).search([], limit=1)

    def test_a_confirmed_cart_is_in_no_list_of_abandoned_ones(self):
        cart = self._cart()
        cart.action_confirm()
        self.env.flush_all()
        action = self.env['ir.actions.act_window']._for_xml_id('ecrm.action_ecrm_abandoned_cart')
        domain = [*literal_eval(action['domain']), ('order_id', '=', cart.id)]
        self.assertFalse(self.env['ecrm.report.cart'].search(domain))

    # === BOUGHT ALL THE SAME === #

    def test_who_bought_otherwise_is_not_called_about_his_cart(self):
        lead = self._run(self._cart()).lead_id
        later = self._cart(hours=0)
        later.action_confirm()
        self.assertEqual((lead.active, lead.won_status), (False, 'lost'))
        self.assertIn(later.name, lead.message_ids[:1].body)
        self.assertFalse(self._run(self._cart()))

    def test_a_purchase_of_somebody_else_closes_nothing(self):
        lead = self._run(self._cart()).lead_id
        somebody = self.env['res.partner'].create({'name': "B", 'phone': '0551234567'})
        self._cart(partner=somebody, hours=0).action_confirm()
        self.assertEqual(lead.won_status, 'pending')
