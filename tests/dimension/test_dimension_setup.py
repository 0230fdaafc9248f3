from lxml import html

from odoo.exceptions import ValidationError
from odoo.tests import HttpCase, tagged

from odoo.addons.website_sale.tests.common import MockRequest

from .common_dimension import DimensionCommon


@tagged('post_install', '-at_install')
class TestDimensionSetup(DimensionCommon, HttpCase):
    """A set-up is charged once an order, on a line of its own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.setup = cls._new_product("Set-up", type='service', list_price=7700).product_variant_id
        cls.profile.setup_product_id = cls.setup

    def test_trap_a_setup_is_never_amortised(self):
        order = self._new_order({'ecrm_size_input': '50x50', 'product_uom_qty': 19})
        sized, setup = order.order_line.sorted('ecrm_is_setup')
        self.assertEqual((sized.price_unit, sized.product_uom_qty), (3400, 19))
        self.assertEqual((setup.price_unit, setup.product_uom_qty), (7700, 1))
        self.assertEqual((setup.product_id, setup.linked_line_id), (self.setup, sized))
        self.assertEqual(order.amount_untaxed, 19 * 3400 + 7700)

    def test_two_sizes_share_one_setup_and_the_last_takes_it_along(self):
        order = self._new_order({'ecrm_size_input': '50x50'}, {'ecrm_size_input': '50x100'})
        first, second = order.order_line.filtered('ecrm_width_mm')
        self.assertEqual(len(order.order_line), 3)
        first.unlink()
        self.assertEqual(order.order_line.filtered('ecrm_is_setup').linked_line_id, second)
        second.unlink()
        self.assertFalse(order.order_line)

    def test_a_duplicated_order_has_one_setup(self):
        copy = self._new_order({'ecrm_size_input': '50x50'}).copy()
        setup = copy.order_line.filtered('ecrm_is_setup')
        self.assertEqual(len(copy.order_line), 2)
        self.assertEqual(setup.linked_line_id, copy.order_line - setup)

    def test_a_shopper_neither_removes_nor_multiplies_it_but_staff_may_waive_it(self):
        cart = self.env['sale.order'].create(
            {'partner_id': self.partner.id, 'website_id': self.website.id}
        )
        with MockRequest(self.env, website=self.website):
            cart._cart_add(self.canvas.product_variant_id.id, 1, ecrm_size='50x50')
            setup = cart.order_line.filtered('ecrm_is_setup')
            cart._cart_update_line_quantity(setup.id, 5)
            self.assertEqual(setup.product_uom_qty, 1)
            cart._cart_update_line_quantity(setup.id, 0)
            self.assertEqual(cart.amount_untaxed, 11100)
            self.assertFalse(cart.order_line.filtered('ecrm_is_setup')._is_sellable())
        order = self._new_order({'ecrm_size_input': '50x50'})
        order.order_line.filtered('ecrm_is_setup').unlink()
        self.assertEqual(order.amount_untaxed, 3400)

    def test_another_product_on_the_line_takes_the_setup_away(self):
        order = self._new_order({'ecrm_size_input': '50x50'})
        line = order.order_line.filtered('ecrm_width_mm')
        line.ecrm_size_input = False
        line.product_id = self.hook.product_variant_id
        self.assertEqual(order.order_line.product_id, self.hook.product_variant_id)

    def test_a_setup_is_not_sold_by_size_itself(self):
        with self.assertRaises(ValidationError):
            self.profile.setup_product_id = self.canvas.product_variant_id

    def test_the_page_announces_it_with_the_visitors_price(self):
        self.canvas.is_published = True
        page = html.fromstring(self.url_open(self.canvas.website_url).text)
        [said] = page.xpath("//p[hasclass('o_ecrm_size_setup')]")
        self.assertIn('Set-up', said.text_content())
        self.assertIn('7', said.text_content())
        self.assertIn('700', said.text_content())
        self.profile.setup_product_id = False
        page = html.fromstring(self.url_open(self.canvas.website_url).text)
        self.assertFalse(page.xpath("//p[hasclass('o_ecrm_size_setup')]"))

    def test_a_quote_names_it_beside_the_price_of_the_size(self):
        ask = [{'product': self.canvas.id, 'size': '50x50'}]
        [answer] = self.env['ecrm.size.quote']._quote(ask)
        self.assertEqual(answer['price'], 3400)
        self.assertEqual(
            answer['setup'],
            {'label': "Set-up", 'price': 7700, 'currency': self.env.company.currency_id.name},
        )
        self.profile.setup_product_id = False
        self.assertNotIn('setup', self.env['ecrm.size.quote']._quote(ask)[0])
