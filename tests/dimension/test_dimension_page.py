from odoo.fields import Command
from odoo.tests import tagged

from .common_dimension import DimensionShopCommon


@tagged('post_install', '-at_install')
class TestDimensionPage(DimensionShopCommon):
    """What the product page offers by its profile, and what an answer carries."""

    def test_the_page_names_the_bounds_and_the_units(self):
        page = self.url_open(self.canvas.website_url).text
        self.assertIn('From 20 x 20 to 200 x 200 cm', page)
        for unit in ('mm', 'cm', 'm', 'in'):
            self.assertIn(f'<option value="{unit}"', page)

    def test_a_profile_of_presets_alone_has_no_fields(self):
        self.profile.allow_custom = False
        page = self.url_open(self.canvas.website_url).text
        self.assertIn('o_ecrm_size_tile', page)
        self.assertNotIn('name="ecrm_width"', page)
        self.assertTrue(self._ask('45x45')['error'])

    def test_a_product_sold_as_it_is_has_no_block(self):
        page = self.url_open(self.hook.website_url).text
        for word in ('class="o_ecrm_size', 'o_ecrm_size_quote', 'o_ecrm_size_reason'):
            self.assertNotIn(word, page)

    def test_an_answer_carries_lengths_price_and_its_own_address(self):
        self.profile.step = 0
        answer = self._ask('16x20in')
        self.assertEqual((answer['width_mm'], answer['height_mm']), (406.4, 508))
        answer = self._ask('40/50*3')
        self.assertEqual(answer['link'], {'w': '40', 'h': '50', 'n': 3})
        self.assertIn('9,200', answer['price'])
        self.assertEqual(answer['layout_mm'], [])
        answer = self._ask('30x60 + 40x80')
        self.assertEqual(answer['link'], {'size': '30x60+40x80'})
        self.assertEqual(answer['layout_mm'], [[300, 600], [400, 800]])
        self.assertFalse(answer['billed'], "no one size is billed for panels of several")

    def test_an_answer_says_the_billed_size_the_price_per_square_metre_and_the_next_cheaper_rate(
        self,
    ):
        self.profile.write({
            'price_model': 'tiers', 'wrap': 4, 'preset_ids': [Command.clear()],
            'tier_ids': [Command.create({'start': 0, 'rate': 9000}), Command.create({'start': 1, 'rate': 7500})],
        })  # fmt: skip
        answer = self._ask('72x92')
        self.assertEqual(answer['billed'], "Billed as 80 x 100 cm.")
        self.assertIn('10,869.57', answer['per_area'])  # 7,200 for 0.6624 m² that are seen
        self.assertEqual(
            answer['hint'],
            f"From 1 m² on, the rate falls to {self.profile.currency_id.format(7500)}.",
        )
        answer = self._ask('120x92')
        self.assertFalse(answer['hint'], "no tier is left")
        self.profile.wrap = 0
        self.assertFalse(self._ask('72x92')['billed'], "billed as typed")

    def test_the_breakdown_names_rates_in_the_money_that_is_shown_and_slices_as_slices(self):
        self.profile.write({
            'price_model': 'tiers', 'tier_slab': True, 'preset_ids': [Command.clear()], 'panel_fee': 50,
            'tier_ids': [Command.create({'start': 0, 'rate': 9000}), Command.create({'start': 1, 'rate': 7500})],
        })  # fmt: skip
        money = self.profile.currency_id.format
        rows = self._ask('100x120')['breakdown']
        self.assertEqual(
            [(row['label'], row['text']) for row in rows],
            [
                (f"1.2 m² by slices, the last at {money(7500)}", money(10500)),
                ("Fee for one panel", money(50)),
            ],
        )
        self.env['product.pricelist'].search([]).active = False
        self.env['product.pricelist'].create({
            'name': "Half", 'website_id': self.website.id, 'selectable': True, 'currency_id': self.profile.currency_id.id,
            'item_ids': [Command.create({'compute_price': 'percentage', 'percent_price': 50, 'applied_on': '3_global'})],
        })  # fmt: skip
        self.profile.write(
            {'price_model': 'area', 'area_rate': 0.5, 'rate_unit': 'cm', 'panel_fee': 0}
        )
        [row] = self._ask('100x120*2')['breakdown']
        self.assertEqual(row['label'], f"24000 cm² at 0.25 {self.profile.currency_id.symbol}")
        self.assertEqual(row['text'], money(6000))

    def test_a_refusal_names_the_field_it_is_about(self):
        for size, field in (('10x50', 'width'), ('50x500', 'height'), ('50x50*9', 'panels')):
            answer = self._ask(size)
            self.assertTrue(answer['error'], size)
            self.assertEqual(answer['field'], field)

    def test_a_refusal_speaks_arabic_down_to_its_unit(self):
        self.env['res.lang']._activate_lang('ar_001')
        sized = self.env['ecrm.sized.mixin'].with_context(lang='ar_001')
        self.assertEqual(sized._get_ecrm_unit_names()['cm'], 'سم')

    def test_every_place_where_a_size_is_typed_reads_it_alike(self):
        self.profile.step = 0
        variant = self.canvas.product_variant_id
        cart_line, order = self._add('30x60'), self._new_order({'ecrm_size_input': '30x60'})
        template = self.env['sale.order.template'].create({
            'name': "Sizes",
            'sale_order_template_line_ids': [Command.create({'product_id': variant.id, 'ecrm_size_input': '30x60'})],
        })  # fmt: skip
        preset = self.profile.preset_ids[0]
        (self.profile.preset_ids - preset).unlink()
        for text, code in (
            ('40/50*3', '40x50x3'), ('50x50cm', '50x50'), ('50×100', '50x100'), ('1m20 x 80', '120x80'),
            ('٥٠x٥٠', '50x50'), ('40,5/60', '40.5x60'), ('16x20in', '40.64x50.8'),
        ):  # fmt: skip
            self._call('/shop/cart/ecrm_size', line_id=cart_line.id, size=text)
            for record in (order.order_line, template.sale_order_template_line_ids, preset):
                record.ecrm_size_input = text
            [quote] = self.env['ecrm.size.quote']._quote(
                [{'product': self.canvas.id, 'size': text}]
            )
            read = {
                'page': self._ask(text)['code'],
                'address': self.profile._get_size_text(
                    self.canvas._read_ecrm_page_size(text=text)[0]
                ),
                'cart': cart_line._get_ecrm_size_code(),
                'order': order.order_line._get_ecrm_size_code(),
                'template': template.sale_order_template_line_ids.ecrm_size_input,
                'preset': self.profile._get_size_text(preset._get_ecrm_size()),
                'chat': quote['size'],
            }
            self.assertEqual(read, dict.fromkeys(read, code), text)

    def test_what_is_billed_and_at_what_rate_is_said_in_arabic_letters(self):
        self.env['res.lang']._activate_lang('ar_001')
        self.profile.write({'preset_ids': [Command.clear()], 'rate_unit': 'm'})
        profile = self.profile.with_context(lang='ar_001')
        [row] = profile._explain_price(profile._compute_size_price(profile._read_size('100x100')))
        self.assertIn('م²', row['label'])
        self.assertNotIn('m', row['label'])

    def test_a_size_off_the_step_is_refused_with_the_nearest_ones_to_take(self):
        answer = self._ask('16x20in*3')
        self.assertEqual(
            answer['error'],
            "Width and height go in steps of 0.5 cm. The nearest size is 15.94 x 20.08 in x 3 panels"
            " or 16.14 x 20.08 in x 3 panels.",
        )
        self.assertEqual(
            answer['offers'],
            [
                {'code': '40.5x51x3', 'text': "Take 40.5 x 51 cm x 3 panels"},
                {'code': '41x51x3', 'text': "Take 41 x 51 cm x 3 panels"},
            ],
        )
        for offer in answer['offers']:
            self.assertNotIn('error', self._ask(offer['code']))
        self.assertEqual(self._ask('500x50')['offers'], [], "another bound has no neighbour")
        self.assertEqual(self._ask('huge')['offers'], [])
        order = self._new_order({'ecrm_size_input': '40.3x50'})
        self.assertIn("40.5 x 50 cm or 40 x 50 cm", order.order_line.ecrm_size_problem)
        self.assertEqual(order.order_line.ecrm_width_mm, 403, "never changed unasked")
