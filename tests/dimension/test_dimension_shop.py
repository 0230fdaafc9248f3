from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_dimension import DimensionShopCommon


@tagged('post_install', '-at_install')
class TestDimensionShop(DimensionShopCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_portal.company_ids |= cls.website.company_id
        cls.user_portal.company_id = cls.website.company_id

    def test_the_size_of_a_cart_line_can_be_changed(self):
        line = self._add('50x50')
        self.assertNotIn(
            'error', self._post('/shop/cart/ecrm_size', line_id=line.id, size='50x100')['result']
        )
        line.invalidate_recordset()
        self.assertEqual((line.ecrm_size_label, line.price_unit), ("50 x 100 cm", 5200))

    def test_twins_merge_when_a_size_is_changed(self):
        line, other = self._add('50x50', 2), self._add('50x100', 3)
        self._post('/shop/cart/ecrm_size', line_id=line.id, size='50/100')
        self.assertFalse(line.exists())
        self.assertEqual(other.product_uom_qty, 5)

    def test_the_cart_says_the_size_that_was_added(self):
        answer = self._call('/shop/cart/add', quantity=1, ecrm_size='40/50*3', **self.product)
        [line] = answer['notification_info']['lines']
        self.assertIn("Size: 40 x 50 cm x 3 panels", line['description'])

    def test_a_size_off_the_step_is_refused_in_the_cart_with_the_nearest_ones(self):
        line = self._add('50x50')
        answer = self._call('/shop/cart/ecrm_size', line_id=line.id, size='16x20in')
        self.assertIn("15.94 x 20.08 in", answer['error'])
        self.assertEqual([offer['code'] for offer in answer['offers']], ['40.5x51', '41x51'])
        self.assertEqual(line.ecrm_width_mm, 500)
        answer = self._call('/shop/cart/ecrm_size', line_id=line.id, size='500x50')
        self.assertEqual(answer['offers'], [])

    def test_a_wrong_size_or_another_s_line_changes_nothing(self):
        line = self._add('50x50')
        foreign = self._new_order({'ecrm_size_input': '50x50'}).order_line
        for line_id, size in (
            (line.id, '500x500'),
            (line.id, None),
            (foreign.id, '50x100'),
            (0, '50x50'),
            ('x', '5'),
        ):
            self.assertTrue(
                self._post('/shop/cart/ecrm_size', line_id=line_id, size=size)['result']['error']
            )
        self.assertEqual((line.ecrm_width_mm, foreign.ecrm_height_mm), (500, 500))

    def test_the_cart_offers_the_change_and_refuses_what_is_sold_no_more(self):
        line = self._add('150x150')
        self.assertIn('o_ecrm_cart_size', self.url_open('/shop/cart').text)
        self.assertTrue(line.order_id._is_cart_ready())
        self.profile.max_width = 100
        self.assertFalse(line.order_id._is_cart_ready())
        self.assertIn('at most 100', self.url_open('/shop/cart').text)

    def _confirmed(self, *texts):
        order = self.env['sale.order'].create({
            'partner_id': self.partner.id, 'website_id': self.website.id, 'company_id': self.website.company_id.id,
            'order_line': [
                (0, 0, {'product_id': self.product['product_id'], 'ecrm_size_input': text}) for text in texts
            ],
        })  # fmt: skip
        order.action_confirm()
        return order

    def _reprice(self, old, new):
        self.profile.preset_ids.filtered(lambda preset: preset.price == old).price = new

    def test_a_reorder_keeps_each_size_at_today_s_price(self):
        order = self._confirmed('50x50', '40/50*3')
        self._reprice(3400, 3600)
        self.authenticate('ecrm_portal', 'ecrm_portal')
        answer = self._post('/my/orders/reorder', order_id=order.id)
        self.assertEqual(answer['result']['cart_quantity'], 2)
        cart = self.env['sale.order'].search(
            [('partner_id', '=', self.partner.id), ('state', '=', 'draft')],
            order='id desc',
            limit=1,
        )
        self.assertEqual(sorted(cart.order_line.mapped('price_unit')), [3600, 9200])
        self.assertEqual(cart.order_line.mapped('ecrm_panels'), [1, 3])

    @mute_logger('odoo.http')
    def test_a_reorder_of_what_is_sold_no_more_says_so(self):
        order = self._confirmed('150x150')
        self.profile.max_width = 100
        self.authenticate('ecrm_portal', 'ecrm_portal')
        self.assertIn(
            'at most 100',
            self._post('/my/orders/reorder', order_id=order.id)['error']['data']['message'],
        )

    def test_nobody_reorders_another_s_order(self):
        order = self._new_order(
            {'ecrm_size_input': '50x50'}, partner_id=self.user_sales.partner_id.id
        )
        order.action_confirm()
        self.authenticate('ecrm_portal', 'ecrm_portal')
        self._post('/my/orders/reorder', order_id=order.id)
        self.assertFalse(
            self.env['sale.order'].search(
                [('partner_id', '=', self.partner.id), ('state', '=', 'draft')]
            )
        )

    def test_quick_reorder_offers_each_size_once(self):
        self._confirmed('50x50', '40/50*3')
        self._confirmed('50x50')
        self.authenticate('ecrm_portal', 'ecrm_portal')
        page = self.url_open('/shop/cart').text
        self.assertEqual(page.count('data-ecrm-size="50x50"'), 1)
        self.assertEqual(page.count('data-ecrm-size="40x50x3"'), 1)
        self._post('/shop/cart/quick_add', quantity=1, ecrm_size='40x50x3', **self.product)
        self.assertNotIn('data-ecrm-size="40x50x3"', self.url_open('/shop/cart').text)

    def test_quick_reorder_costs_what_the_size_costs_today(self):
        self._confirmed('50x50')
        self._reprice(3400, 3600)
        self.authenticate('ecrm_portal', 'ecrm_portal')
        [button] = self._page('/shop/cart').xpath("//button[@data-ecrm-size='50x50']")
        offer = button.xpath("ancestor::*[.//h6][1]")[0].text_content()
        self.assertIn('3,600', offer)
        self.assertIn("50 x 50 cm", offer)
        self._call('/shop/cart/quick_add', quantity=1, ecrm_size='50x50', **self.product)
        self.assertEqual(
            self.partner.sale_order_ids.filtered(
                lambda o: o.state == 'draft'
            ).order_line.price_unit,
            3600,
        )

    def test_a_wish_keeps_its_size_into_the_cart(self):
        self.authenticate('ecrm_portal', 'ecrm_portal')
        self._post('/shop/wishlist/add', product_id=self.product['product_id'])
        keep = '/shop/wishlist/ecrm_size'
        self.assertFalse(
            self._post(keep, product_id=self.product['product_id'], size='900x900')['result']
        )
        self.assertFalse(self._post(keep, product_id=0, size='40x50x3')['result'])
        self.assertTrue(
            self._post(keep, product_id=self.product['product_id'], size='40/50*3')['result']
        )
        self._reprice(9200, 9500)
        page = self.url_open('/shop/wishlist').text
        self.assertIn('40 x 50 cm x 3 panels', page)
        self.assertIn('9,500', page)
        answer = self._post('/shop/cart/add', quantity=1, **self.product)['result']
        line = self.env['sale.order.line'].browse(answer['notification_info']['lines'][0]['id'])
        self.assertEqual((line.ecrm_size_label, line.price_unit), ("40 x 50 cm x 3 panels", 9500))

    def _get_tiles(self, query):
        """The shop's tiles of this test's products, by name."""
        tiles = self._page(f'/shop?search=Zebradella&{query}').xpath("//*[hasclass('oe_product')]")
        return {
            next(name for name in ('one', 'two', 'three') if f'Zebradella {name}' in tile.text_content()): tile
            for tile in tiles
        }  # fmt: skip

    def test_the_shop_says_from_and_adds_no_size_that_was_not_chosen(self):
        self.canvas.name, self.hook.name = "Zebradella one", "Zebradella two"
        tiles = self._get_tiles('')
        for name, sized, price in (('one', True, '3,000'), ('two', False, '150')):
            tile = tiles[name]
            self.assertEqual(bool(tile.xpath(".//*[hasclass('o_ecrm_from')]")), sized, name)
            self.assertEqual(not tile.xpath(".//*[hasclass('o_wsale_product_btn_primary')]"), sized)
            self.assertIn(price, tile.xpath("string(.//*[hasclass('product_price')])"))

    def test_the_shop_sorts_and_filters_by_the_from_price(self):
        self.website.viewref('website_sale.filter_products_price').active = True
        self.canvas.name, self.hook.name = "Zebradella one", "Zebradella two"
        self._new_product("Zebradella three", list_price=2900)
        self.assertEqual(list(self._get_tiles('order=list_price asc')), ['two', 'three', 'one'])
        self.assertEqual(list(self._get_tiles('order=list_price desc')), ['one', 'three', 'two'])
        self.assertEqual(list(self._get_tiles('min_price=2950&max_price=3050')), ['one'])
        self._reprice(3000, 2000)
        self.assertEqual(list(self._get_tiles('order=list_price asc')), ['two', 'one', 'three'])
        self.assertEqual(list(self._get_tiles('min_price=2500&max_price=2950')), ['three'])

    def test_an_optional_sized_line_taken_on_the_portal_costs_its_size(self):
        section = {
            'product_id': False,
            'display_type': 'line_section',
            'name': "Would go well",
            'is_optional': True,
        }
        order = self._new_order(
            {'ecrm_size_input': '50x50'},
            {**section, 'sequence': 20},
            {'ecrm_size_input': '40/50*3', 'product_uom_qty': 0, 'sequence': 21},
            state='sent',
        )
        option = order.order_line[-1]
        self.assertEqual(order.amount_untaxed, 3400)
        self._post(
            f'/my/orders/{order.id}/update_line_dict',
            line_id=option.id, access_token=order._portal_ensure_token(), input_quantity=2,
        )  # fmt: skip
        self.assertEqual((option.product_uom_qty, option.price_unit), (2, 9200))
        self.assertEqual(option.ecrm_size_label, "40 x 50 cm x 3 panels")
        self.assertEqual(order.amount_untaxed, 3400 + 2 * 9200)

    def test_too_large_for_the_page_offers_a_quote(self):
        params = {**self.product, 'combination': [], 'add_qty': 1, 'ecrm_size': '300x100'}
        answer = self._post('/website_sale/get_combination_info', **params)['result']['ecrm_size']
        self.assertFalse(answer['quote'])
        self.profile.quote_over = True
        answer = self._post('/website_sale/get_combination_info', **params)['result']['ecrm_size']
        self.assertTrue(answer['quote'])
        self.assertIn('o_ecrm_size_quote', self.url_open(self.canvas.website_url).text)

    def test_a_sized_page_asks_the_database_at_most_three_times_more(self):
        plain = self._new_product("Poster", list_price=3000)
        (plain | self.canvas).image_1920 = self.website.company_id.logo

        def count(url):
            self.url_open(url)
            before = self.cr.sql_log_count
            self.assertEqual(self.url_open(url).status_code, 200)
            return self.cr.sql_log_count - before

        self.assertLessEqual(count(self.canvas.website_url), count(plain.website_url) + 3)

    def test_a_new_note_label_or_translation_is_on_the_page_at_once(self):
        def page():
            return self.url_open(self.canvas.website_url).text

        self.assertNotIn("Printed in Algiers", page())
        self.profile.note = "Printed in Algiers"
        self.profile.preset_ids[1].label = "Loved most"
        self.assertIn("Printed in Algiers", page())
        self.assertIn("Loved most", page())
        self.profile.update_field_translations('note', {'en_US': "Printed in Oran"})
        self.profile.preset_ids[1].update_field_translations('label', {'en_US': "Loved least"})
        self.assertIn("Printed in Oran", page())
        self.assertIn("Loved least", page())
