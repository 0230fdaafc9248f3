from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.website_sale.tests.common import MockRequest

from .common_dimension import DimensionCommon


@tagged('post_install', '-at_install')
class TestDimensionCart(DimensionCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cart = cls.env['sale.order'].create(
            {'partner_id': cls.partner.id, 'website_id': cls.website.id}
        )

    def _add(self, product=None, quantity=1, **values):
        product = (product or self.canvas).product_variant_id
        with MockRequest(self.env, website=self.website):
            result = self.cart._cart_add(product.id, quantity, **values)
        return self.env['sale.order.line'].browse(result['line_id'])

    def test_two_sizes_of_one_product_stay_two_lines(self):
        self._add(ecrm_size='50x50')
        self._add(ecrm_size='40/50*3')
        self.assertEqual(self.cart.order_line.mapped('price_unit'), [3400, 9200])
        self.assertEqual(self.cart.amount_untaxed, 12600)

    def test_the_same_size_twice_is_one_line_of_quantity_two(self):
        self._add(ecrm_size='50x50')
        self._add(ecrm_size='500 x 500 mm')
        self.assertEqual(self.cart.order_line.product_uom_qty, 2)
        self.assertEqual(self.cart.amount_untaxed, 6800)

    def test_a_turned_size_is_another_line_unless_the_profile_is_free(self):
        upright = self._add(ecrm_size='40x50')
        lying = self._add(ecrm_size='50x40')
        self.assertEqual(self.cart.order_line, upright | lying)
        lying.unlink()
        self.profile.orientation_free = True
        self.assertEqual(self._add(ecrm_size='50x40'), upright)
        self.assertEqual((upright.product_uom_qty, upright.ecrm_width_mm), (2, 400))
        self.assertNotEqual(self._add(ecrm_size='50x40*2'), upright)

    def test_a_hostile_size_is_refused_and_the_cart_unchanged(self):
        for size in (
            '500x500',
            'NaN',
            float('nan'),
            float('inf'),
            '-40x50',
            '40x50*999',
            {'w': 1},
            [1],
            7,
            '<b>',
            '',
        ):
            with self.assertRaises(UserError, msg=repr(size)):
                self._add(ecrm_size=size)
        self.assertFalse(self.cart.order_line)

    def test_a_sent_price_changes_nothing(self):
        line = self._add(
            ecrm_size='50x50', price_unit=1, ecrm_price=1, ecrm_width_mm=10, area=0.001, discount=99
        )
        self.assertEqual((line.price_unit, line.discount, line.ecrm_width_mm), (3400, 0, 500))

    def test_a_canvas_size_does_not_land_on_its_hook(self):
        canvas = self._add(ecrm_size='50x50')
        hook = self._add(self.hook, linked_line_id=canvas.id, ecrm_size='50x50')
        self.assertFalse(hook.ecrm_size_label)
        self.assertEqual(hook.price_unit, 150)

    def test_a_linked_canvas_takes_its_own_size_not_the_main_one_s(self):
        canvas = self._add(ecrm_size='50x100')
        other = self._new_product("Other canvas", ecrm_size_profile_id=self.profile.id)
        linked = self._add(other, linked_line_id=canvas.id, ecrm_size='50x100')
        self.assertEqual(linked.ecrm_size_label, "50 x 50 cm")

    def test_a_product_added_without_a_size_takes_the_default_or_is_refused(self):
        self.assertEqual(self._add().ecrm_size_label, "50 x 50 cm")
        self.profile.preset_ids.unlink()
        with self.assertRaisesRegex(UserError, "Choose a size"):
            self._add()

    def test_a_quantity_change_keeps_size_and_price(self):
        line = self._add(ecrm_size='40/50*3')
        with MockRequest(self.env, website=self.website):
            self.cart._cart_update_line_quantity(line.id, 4)
        self.assertEqual((line.product_uom_qty, line.price_unit, line.ecrm_panels), (4, 9200, 3))

    def test_the_page_offers_the_prices_the_cart_charges(self):
        tiles = self.profile._get_block()['tiles']
        self.assertTrue(tiles)
        with MockRequest(self.env, website=self.website):
            prices = self.canvas._get_ecrm_shown_prices(
                self.canvas, tiles, self.env['product.template.attribute.value']
            )
            for tile in tiles:
                template = self.canvas.with_context(**self.canvas._get_ecrm_context(tile['size']))
                self.assertEqual(
                    template._get_combination_info()['price'], prices[tile['size'].key]
                )
        for tile in tiles:
            line = self._add(ecrm_size=tile['code'])
            self.assertEqual(line.price_unit, prices[tile['size'].key])
