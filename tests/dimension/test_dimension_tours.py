import json

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_dimension import DimensionShopCommon


@tagged('post_install', '-at_install')
class TestDimensionTours(DimensionShopCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        company = cls.website.company_id
        cls.canvas.name = "Tableau M054 of tests"
        carriers = cls.env['delivery.carrier'].search([])
        carriers.is_published = False
        fee = cls._new_product("Delivery of tests", type='service', list_price=400)
        cls.env['delivery.carrier'].create({
            'name': "Delivery of tests", 'delivery_type': 'fixed', 'fixed_price': 400, 'is_published': True,
            'product_id': fee.product_variant_id.id, 'allow_cash_on_delivery': True, 'company_id': False,
        })  # fmt: skip
        providers = cls.env['payment.provider'].search([('company_id', '=', company.id)])
        cash = providers.filtered(lambda provider: provider.custom_mode == 'cash_on_delivery')
        if not cash:
            cash = cls.env['payment.provider'].search([('custom_mode', '=', 'cash_on_delivery')], limit=1).copy({
                'company_id': company.id,
            })  # fmt: skip
        (providers - cash).state = 'disabled'
        cash.write({'state': 'enabled', 'is_published': True})
        cash.with_context(active_test=False).payment_method_ids.active = True

    def test_a_guest_buys_two_sizes_and_pays_on_delivery(self):
        self.start_tour(self.canvas.website_url, 'ecrm_dimension_shop')
        order = self.env['sale.order'].search(
            [('website_id', '=', self.website.id)], order='id desc', limit=1
        )
        self.assertEqual(order.state, 'sale')
        self.assertEqual(order.amount_total, 9200 + 2 * 3400 + 400)
        lines = order.order_line.filtered('ecrm_width_mm')
        self.assertEqual(lines.mapped('ecrm_panels'), [1, 3])
        self.assertEqual(lines.mapped('product_uom_qty'), [2, 1])
        mail = order.message_ids.filtered(
            lambda message: 'ecrm' not in message.body and '40 x 50 cm' in message.body
        )
        self.assertTrue(mail, "The confirmation mail says the size")

    def test_staff_add_a_line_by_typing_its_size(self):
        order = self.env['sale.order'].create(
            {'partner_id': self.partner.id, 'user_id': self.user_sales.id}
        )
        self.start_tour(
            f'/odoo/action-sale.action_quotations/{order.id}',
            'ecrm_dimension_staff',
            login='ecrm_sales',
        )
        self.assertEqual(order.order_line.ecrm_size_label, "40 x 50 cm x 3 panels")
        self.assertEqual(order.order_line.price_unit, 9200)

    # === HOSTILE REQUESTS === #

    @mute_logger('odoo.http')
    def test_a_hostile_payload_changes_nothing_and_is_told_why(self):
        for size in ('500x500', 'NaN', '0x50', '40x50*99', {'w': 1}, 12):
            answer = self._post('/shop/cart/add', quantity=1, ecrm_size=size, **self.product)
            self.assertIn('error', answer, size)
            self.assertEqual(answer['error']['data']['name'], 'odoo.exceptions.UserError', size)
        # NaN is no JSON, yet Python reads it
        body = json.dumps({'params': {**self.product, 'ecrm_size': float('nan')}})
        answer = self.url_open(
            '/shop/cart/add', data=body, headers={'Content-Type': 'application/json'}
        ).json()
        self.assertIn('40/50', answer['error']['data']['message'])
        answer = self._post(
            '/shop/cart/add',
            quantity=1,
            ecrm_size='50x50',
            price_unit=1,
            discount=99,
            **self.product,
        )
        line = self.env['sale.order.line'].browse(
            answer['result']['notification_info']['lines'][0]['id']
        )
        self.assertEqual((line.price_unit, line.discount), (3400, 0))
        self.assertEqual(len(line.order_id.order_line), 1)

    def test_a_price_asked_for_a_wrong_size_names_the_bound(self):
        params = {**self.product, 'combination': [], 'add_qty': 1}
        answer = self._post('/website_sale/get_combination_info', ecrm_size='40/50*3', **params)[
            'result'
        ]
        self.assertEqual((answer['price'], answer['ecrm_size']['code']), (9200, '40x50x3'))
        answer = self._post('/website_sale/get_combination_info', ecrm_size='40x500', **params)[
            'result'
        ]
        self.assertIn('200', answer['ecrm_size']['error'])
        answer = self._post('/website_sale/get_combination_info', ecrm_size=[1], **params)['result']
        self.assertTrue(answer['ecrm_size']['error'])

    def test_a_deep_link_opens_at_its_size_with_the_same_canonical_address(self):
        page = self.url_open(f'{self.canvas.website_url}?w=40&h=50&n=3').text
        self.assertIn('data-size="40x50x3"', page)
        canonical = page.split('rel="canonical" href="')[1].split('"')[0]
        self.assertNotIn('w=', canonical)
        self.assertTrue(canonical.endswith(self.canvas.website_url))
        page = self.url_open(f'{self.canvas.website_url}?w=4000&h=50').text
        self.assertIn('data-size="50x50"', page)
        self.assertEqual(
            self.url_open(f'{self.canvas.website_url}?w=<script>&h=1&n=NaN').status_code, 200
        )


@tagged('post_install', '-at_install')
class TestDimensionPhone(DimensionShopCommon):
    browser_size = '390x844'
    touch_enabled = True

    def test_on_a_phone_in_arabic_a_shopper_sizes_chooses_options_and_changes_his_mind_in_the_cart(
        self,
    ):
        self._add_options("Finish", 'no_variant', ("Matt", 0, 'set'), ("Gloss", 1200, 'area'))
        self.hook.name = "Hook of tests"
        self.canvas.optional_product_ids = self.hook
        self.env['res.lang']._activate_lang('ar_001')
        self.website.language_ids |= self.env.ref('base.lang_ar')
        arabic = self.env['res.lang']._get_data(code='ar_001').url_code
        self.start_tour(f'/{arabic}{self.canvas.website_url}', 'ecrm_dimension_phone')
        order = self.env['sale.order'].search(
            [('website_id', '=', self.website.id)], order='id desc', limit=1
        )
        canvas, hook = order.order_line.sorted('ecrm_width_mm', reverse=True)
        self.assertEqual(canvas.with_context(lang='en_US').ecrm_size_label, "40.5 x 51 cm")
        # 40.5 x 51 cm at 10,000 and gloss at 1,200 the square metre
        self.assertAlmostEqual(canvas.price_unit, 2313.36)
        self.assertEqual((hook.price_unit, hook.ecrm_width_mm), (150, 0))
