from lxml import html

from odoo.tests import tagged

from .common_dimension import DimensionShopCommon


@tagged('post_install', '-at_install')
class TestDimensionOffers(DimensionShopCommon):
    """Where a sized product is offered without a size: from its least price, and to its own page."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env['product.pricelist'].search([]).active = False
        cls.hook.accessory_product_ids = cls.canvas.product_variant_id

    def test_the_comparison_says_from_and_leads_a_sized_product_to_its_page(self):
        variants = (self.canvas | self.hook).product_variant_id
        page = self._page(f"/shop/compare?products={','.join(map(str, variants.ids))}")
        names = page.xpath("//div[@id='o_comparelist_product_name']")
        sized = next(name for name in names if 'M054' in name.text_content())
        plain = next(name for name in names if 'Hook' in name.text_content())
        self.assertIn('From', sized.text_content())
        self.assertIn('3,000', sized.text_content())
        self.assertFalse(sized.xpath(".//button[@name='comparison_add_to_cart']"))
        self.assertEqual(
            sized.xpath(".//a[contains(@class, 'o_ecrm_choose_size')]/@href"),
            [self.canvas.website_url],
        )
        self.assertNotIn('From', plain.text_content())
        self.assertTrue(plain.xpath(".//button[@name='comparison_add_to_cart']"))
        self.assertFalse(plain.xpath(".//a[contains(@class, 'o_ecrm_choose_size')]"))

    def test_the_bar_of_compared_products_shows_the_from_price(self):
        [data] = self._call(
            '/shop/compare/get_product_data', product_ids=self.canvas.product_variant_id.ids
        )
        self.assertEqual(data['price'], 3000)

    def test_the_cart_suggests_a_sized_product_from_its_least_price(self):
        self._add(template=self.hook)
        [offer] = self._page('/shop/cart').xpath("//div[@name='suggested_product']")
        self.assertIn('From', offer.text_content())
        self.assertIn('3,000', offer.text_content())
        self.assertFalse(offer.xpath(".//button[contains(@class, 'js_add_suggested_products')]"))
        self.assertEqual(
            offer.xpath(".//a[contains(@class, 'o_ecrm_choose_size')]/@href"),
            [self.canvas.website_url],
        )

    def test_the_cart_of_a_sized_product_suggests_plain_ones_as_before(self):
        self.canvas.accessory_product_ids = self.hook.product_variant_id
        self._add('50x50')
        [offer] = self._page('/shop/cart').xpath("//div[@name='suggested_product']")
        self.assertNotIn('From', offer.text_content())
        self.assertTrue(offer.xpath(".//button[contains(@class, 'js_add_suggested_products')]"))

    def test_a_snippet_of_products_says_from(self):
        snippet_filter = self.env.ref('website_sale.dynamic_filter_newest_products')
        answer = self._call(
            '/website/snippet/filters', filter_id=snippet_filter.id, limit=16,
            template_key='website_sale.dynamic_filter_template_product_product_products_item',
            search_domain=[('product_tmpl_id', 'in', (self.canvas | self.hook).ids)],
        )  # fmt: skip
        cards = [html.fromstring(card) for card in answer]
        [sized] = [card for card in cards if 'M054' in card.text_content()]
        [plain] = [card for card in cards if 'Hook' in card.text_content()]
        self.assertIn('From', sized.text_content())
        self.assertIn('3,000', sized.text_content())
        self.assertFalse(sized.xpath(".//button[contains(@class, 'js_add_cart')]"))
        self.assertNotIn('From', plain.text_content())

    def test_the_search_field_says_from(self):
        self.canvas.name, self.hook.name = "Zebradella one", "Zebradella two"
        answer = self._call(
            '/website/snippet/autocomplete', search_type='products', term='Zebradella', max_nb_chars=50,
            options={'displayDetail': True, 'displayImage': False, 'displayDescription': False, 'displayExtraLink': False},
        )  # fmt: skip
        prices = {row['name']: row['detail'] for row in answer['results']}
        [sized] = [price for name, price in prices.items() if 'one' in name]
        [plain] = [price for name, price in prices.items() if 'two' in name]
        self.assertIn('From', sized)
        self.assertIn('3,000', sized)
        self.assertNotIn('From', plain)
