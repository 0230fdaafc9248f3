from lxml import html

from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .common_dimension import DimensionCommon


@tagged('post_install', '-at_install')
class TestDimensionBlock(DimensionCommon, HttpCase):
    """The size block of the product page, as the server makes it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.profile.quote_over = True
        cls.hook.website_published = True
        cls.canvas.optional_product_ids = cls.hook

    def _page(self, query=''):
        return html.fromstring(self.url_open(f'{self.canvas.website_url}{query}').text)

    def _answer(self, text):
        params = {
            'product_template_id': self.canvas.id, 'product_id': self.canvas.product_variant_id.id,
            'combination': [], 'add_qty': 1, 'ecrm_size': text,
        }  # fmt: skip
        answer = self.url_open('/website_sale/get_combination_info', json={'params': params})
        return answer.json()['result']

    def _configure(self, size, template=None):
        params = {
            'product_template_id': self.canvas.id, 'quantity': 1, 'so_date': '2026-01-01', 'ptav_ids': [],
            'currency_id': self.currency.id, 'ecrm_size': size, 'ecrm_size_template_id': template,
        }  # fmt: skip
        answer = self.url_open(
            '/website_sale/product_configurator/get_values', json={'params': params}
        )
        return answer.json()['result']

    def test_the_page_opens_with_the_price_of_its_default_size_before_any_script_runs(self):
        page = self._page()
        [block] = page.xpath("//fieldset[contains(@class, 'o_ecrm_size')]")
        self.assertEqual(block.get('data-size'), '50x50')
        self.assertIn('3,400', page.xpath("string(//bdi[@class='o_ecrm_size_price'])"))
        self.assertEqual(len(page.xpath("//button[@role='radio']")), 6)
        self.assertEqual(len(page.xpath("//button[@role='radio'][@tabindex='0']")), 1)

    def test_the_room_is_drawn_once_and_has_a_place_to_go_to(self):
        page = self._page()
        self.assertEqual(len(page.xpath("//*[contains(@class, 'o_ecrm_room')]")), 1)
        self.assertEqual(len(page.xpath("//fieldset//div[@class='o_ecrm_size_place']")), 1)

    def test_every_tile_shows_the_price_that_the_page_answers(self):
        items = (
            [],
            [{'compute_price': 'percentage', 'percent_price': 12.5, 'applied_on': '3_global'}],
            [{'compute_price': 'fixed', 'fixed_price': 999, 'ecrm_fixed_per': 'area', 'applied_on': '3_global'}],
            [{
                'compute_price': 'percentage', 'percent_price': 50, 'applied_on': '0_product_variant',
                'product_id': self.canvas.product_variant_id.id,
            }],
        )  # fmt: skip
        self.env['product.pricelist'].search([]).active = False
        pricelist = self.env['product.pricelist'].create(
            {'name': "Test", 'currency_id': self.currency.id}
        )
        for rules in items:
            pricelist.item_ids = [Command.clear(), *map(Command.create, rules)]
            page = self._page()
            for code in ('30x60', '50x50', '40x50x3'):
                tile = page.xpath(
                    f"string(//button[@data-code='{code}']/bdi[@class='o_ecrm_size_tile_price'])"
                )
                self.assertEqual(tile, self._answer(code)['ecrm_size']['price'], (rules, code))

    def test_what_was_rendered_for_one_price_or_language_is_not_shown_for_another(self):
        self.assertIn('3,400', self._page().xpath("string(//button[@data-code='50x50'])"))
        self.profile.preset_ids.filtered(lambda preset: preset.price == 3400).price = 3500
        self.assertIn('3,500', self._page().xpath("string(//button[@data-code='50x50'])"))
        self.env['res.lang']._activate_lang('fr_FR')
        self.website.language_ids |= self.env.ref('base.lang_fr')
        french = html.fromstring(self.url_open(f'/fr{self.canvas.website_url}').text)
        self.assertIn('Largeur', french.xpath("string(//fieldset)"))
        self.opener.cookies.clear()
        self.assertIn('Width', self._page().xpath("string(//fieldset)"))

    def test_staff_who_may_edit_the_page_see_it_as_the_view_stands(self):
        self._page()
        view = self.env.ref('ecrm.size_block_custom')
        self.authenticate('ecrm_sales', 'ecrm_sales')
        view.with_context(lang=None).arch_db = view.arch_db.replace(
            'Your own size', 'Any size at all'
        )
        self.assertIn('Any size at all', self._page().xpath("string(//fieldset)"))
        self.authenticate(None, None)
        self.assertIn('Any size at all', self._page().xpath("string(//fieldset)"))

    def test_a_link_of_unequal_panels_opens_with_them(self):
        page = self._page('?size=30x60%2B40x80')
        self.assertTrue(page.xpath("//input[@name='ecrm_unequal'][@checked]"))
        self.assertEqual(page.xpath("//input[@name='ecrm_size_text']/@value"), ['30x60+40x80'])
        self.assertEqual(self._answer('30x60+40x80')['ecrm_size']['link'], {'size': '30x60+40x80'})

    def test_the_canonical_address_does_not_change_with_the_size(self):
        path = "//link[@rel='canonical']/@href"
        self.assertEqual(self._page('?w=60&h=90&n=1').xpath(path), self._page().xpath(path))

    def test_a_refused_link_says_why_and_opens_with_the_default(self):
        page = self._page('?w=900&h=90')
        self.assertIn('at most 200', page.xpath("string(//p[@id='o_ecrm_size_error'])"))
        self.assertEqual(page.xpath("//fieldset/@data-size"), ['50x50'])

    def test_a_refusal_names_its_field_and_whether_a_quote_can_be_asked(self):
        for text, field, quote in (
            ('300x50', 'width', True), ('50x300', 'height', True), ('5x50', 'width', False), ('50x50*9', 'panels', True),
        ):  # fmt: skip
            answer = self._answer(text)['ecrm_size']
            self.assertEqual((answer['field'], answer['quote']), (field, quote), text)

    def test_the_dialog_prices_the_main_product_at_its_size_and_no_other(self):
        values = self._configure('50x100', self.canvas.id)
        self.assertEqual(values['products'][0]['price'], 5200)
        self.assertEqual(values['optional_products'][0]['price'], 150)

    def test_the_dialog_prices_an_optional_product_at_the_size_in_which_the_cart_takes_it(self):
        option = self._new_product(
            "Sized option", ecrm_size_profile_id=self.profile.id, website_published=True
        )
        self.canvas.optional_product_ids = option
        shown = self._configure('40x50x3', self.canvas.id)['optional_products'][0]
        self.assertEqual(shown['price'], 3400)  # the "from" price would be 3000
        self.assertIn("Size: 50 x 50 cm", shown['description_sale'])
        params = {'product_template_id': option.id, 'product_id': option.product_variant_id.id}
        self.url_open('/shop/cart/add', json={'params': {**params, 'quantity': 1}})
        line = self.env['sale.order.line'].search([('product_id', '=', params['product_id'])])
        self.assertEqual(line.price_unit, shown['price'])
        self.assertEqual(line.ecrm_size_label, "50 x 50 cm")

    def test_the_dialog_takes_no_size_for_a_foreign_or_senseless_product(self):
        for size, template in (
            ('50x100', self.hook.id), ('900x900', self.canvas.id), ('50x100', 'x'), (None, self.canvas.id), (['5'], None),
        ):  # fmt: skip
            values = self._configure(size, template)
            self.assertNotEqual(values['products'][0]['price'], 5200, (size, template))
            self.assertEqual(values['optional_products'][0]['price'], 150)

    def test_script_in_a_size_is_text(self):
        page = self.url_open(f'{self.canvas.website_url}?size=<script>alert(1)</script>').text
        self.assertNotIn('<script>alert(1)', page)
