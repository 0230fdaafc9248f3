import json

from lxml import html

from odoo.fields import Command
from odoo.tests import Form, HttpCase, tagged

from odoo.addons.website_sale.tests.common import MockRequest

from .common_dimension import DimensionCommon


@tagged('post_install', '-at_install')
class TestDimensionPricelist(DimensionCommon, HttpCase):
    """Rules that ask for square metres, and the "from" price that machines are told."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.website.company_id.currency_id = cls.currency
        # 10 % off from two billed square metres on; a custom size costs 10 000 the square metre
        cls.pricelist = cls.env['product.pricelist'].create({
            'name': "Large walls", 'currency_id': cls.currency.id, 'company_id': False,
            'item_ids': [Command.create({
                'compute_price': 'percentage', 'percent_price': 10, 'min_quantity': 2, 'ecrm_minimum_in': 'area',
            })],
        })  # fmt: skip

    def _line(self, size, quantity=1, **values):
        line = {'ecrm_size_input': size, 'product_uom_qty': quantity}
        return self._new_order(line, pricelist_id=self.pricelist.id, **values).order_line

    def test_a_minimum_in_square_metres_counts_all_sets_of_the_line(self):
        for size, quantity, total in (
            ('100x100', 1, 10000), ('100x100', 2, 18000), ('100x200', 1, 18000), ('100x100*2', 1, 18000),
            ('70x70', 4, 19600), ('70x70', 5, 22050),
        ):  # fmt: skip
            self.assertEqual(self._line(size, quantity).price_subtotal, total, (size, quantity))

    def test_the_rule_follows_a_size_and_a_quantity_that_change(self):
        line = self._line('100x100')
        line.ecrm_size_input = '100x200'
        self.assertEqual(line.price_subtotal, 18000)
        line.ecrm_size_input = '100x90'
        self.assertEqual(line.price_subtotal, 9000)
        line.product_uom_qty = 3
        self.assertEqual(line.price_subtotal, 24300)

    def test_the_form_of_an_order_asks_the_rule_while_one_types(self):
        with (
            Form(self._line('100x100').order_id) as order,
            order.order_line.edit(0) as line,
        ):
            line.ecrm_size_input = '100x200'
            self.assertEqual(line.price_subtotal, 18000)

    def test_a_plain_product_counts_pieces_whatever_the_rule_says(self):
        order = self._new_order(
            {'product_id': self.hook.product_variant_id.id, 'product_uom_qty': 2},
            pricelist_id=self.pricelist.id,
        )
        self.assertEqual(order.order_line.price_subtotal, 270)

    def test_a_quote_and_an_order_find_the_same_rule(self):
        quotes = [
            {'product': self.canvas.id, 'size': size, 'quantity': quantity}
            for size, quantity in (('100x100', 1), ('100x200', 1), ('100x100', 2), ('70x70', 5))
        ]
        answers = self.env['ecrm.size.quote']._quote(quotes, self.pricelist.id)
        self.assertEqual([answer['total'] for answer in answers], [10000, 18000, 18000, 22050])

    def test_a_fixed_price_per_square_metre_says_from_at_the_least_size(self):
        self.pricelist.item_ids.write(
            {
                'compute_price': 'fixed',
                'fixed_price': 9000,
                'ecrm_fixed_per': 'area',
                'min_quantity': 0,
            }
        )
        self.assertEqual(self._line('100x50').price_unit, 4500)
        # The least preset is 30 x 60 cm
        price = self.pricelist._get_product_price(self.canvas, 1.0)
        self.assertAlmostEqual(price, 9000 * 0.18)

    def _structured_product(self, address):
        page = html.fromstring(self.url_open(address).text)
        scripts = [
            json.loads(text) for text in page.xpath("//script[@type='application/ld+json']/text()")
        ]
        flat = [item for data in scripts for item in (data if isinstance(data, list) else [data])]
        [product] = [item for item in flat if item['@type'] == 'Product']
        return product['offers']

    def test_search_engines_are_told_the_least_price_whatever_size_the_page_shows(self):
        for query in ('', '?w=50&h=100'):
            self.assertEqual(self._structured_product(self.canvas.website_url + query), {
                '@type': 'AggregateOffer', 'lowPrice': 3000, 'priceCurrency': self.currency.name, 'offerCount': 6,
            })  # fmt: skip

    def test_a_feed_carries_the_price_that_the_shop_s_tile_shows(self):
        feed = self.env['product.feed'].create({'name': "Feed", 'website_id': self.website.id})
        with MockRequest(self.env, website=self.website):
            info = feed._prepare_gmc_price_info(self.canvas.product_variant_id)
            tile = self.canvas._get_sales_prices(self.website)[self.canvas.id]['price_reduce']
        self.assertEqual(tile, 3000)
        self.assertIn('3000', info['price'].replace(',', ''))

    def test_a_plain_product_keeps_its_own_structured_data(self):
        offers = self._structured_product(self.hook.website_url)
        self.assertEqual((offers['@type'], offers['price']), ('Offer', 150))
