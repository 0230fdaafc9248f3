import json
import re
from pathlib import Path

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_dimension import DimensionShopCommon

ROOM = Path(__file__).parents[2] / 'models' / 'dimension'


@tagged('post_install', '-at_install')
class TestDimensionTraps(DimensionShopCommon):
    """Traps that others fell into, by name; those of the pure functions stand in `tests/tools`."""

    def _linked(self, template, **values):
        return {
            'product_template_id': template.id, 'product_id': template.product_variant_id.id, 'quantity': 1,
            'parent_product_template_id': self.canvas.id, 'product_custom_attribute_values': [],
            'no_variant_attribute_value_ids': [], **values,
        }  # fmt: skip

    def test_trap_add_to_cart_passes_the_main_product_s_size_to_linked_products(self):
        other = self._new_product("Tableau M055", ecrm_size_profile_id=self.profile.id)
        order = self._add(
            '40/50*3', linked_products=[self._linked(self.hook), self._linked(other)]
        ).order_id
        sizes = {line.product_template_id: line.ecrm_size_label for line in order.order_line}
        self.assertEqual(sizes[self.canvas], "40 x 50 cm x 3 panels")
        self.assertFalse(sizes[self.hook])
        self.assertEqual(sizes[other], "50 x 50 cm")

    def test_trap_reorder_calls_the_base_cart_and_loses_the_size(self):
        order = self._new_order(
            {'ecrm_size_input': '40/50*3'}, {'product_id': self.hook.product_variant_id.id},
            website_id=self.website.id,
        )  # fmt: skip
        order.action_confirm()
        token = order._portal_ensure_token()
        self._post('/my/orders/reorder', order_id=order.id, access_token=token)
        cart = self.env['sale.order'].search([('website_id', '=', self.website.id)], limit=1)
        self.assertEqual(
            cart.order_line.sorted('price_unit').mapped('ecrm_size_input'), [False, '40x50x3']
        )

    def test_trap_price_unit_is_never_written_by_code(self):
        for path in ROOM.glob('*.py'):
            self.assertFalse(
                re.search(r"\.price_unit\s*=[^=]|['\"]price_unit['\"]\s*:", path.read_text()),
                path.name,
            )
        order = self._add('40/50*3').order_id
        self._post('/shop/cart/update', line_id=order.order_line.id, quantity=4)
        order.order_line.invalidate_recordset()
        self.assertEqual((order.order_line.price_unit, order.order_line.product_uom_qty), (9200, 4))

    @mute_logger("odoo.http")
    def test_trap_nan_and_infinity_pass_every_bound_and_json_reads_them(self):
        product = {
            'product_template_id': self.canvas.id, 'product_id': self.canvas.product_variant_id.id, 'quantity': 1,
        }  # fmt: skip
        for size in (float('nan'), float('inf'), float('-inf'), 'NaN', 'Infinity', '1e999'):
            body = json.dumps({'params': {**product, 'ecrm_size': size}})
            answer = self.url_open(
                '/shop/cart/add', data=body, headers={'Content-Type': 'application/json'}
            )
            self.assertIn('error', answer.json(), size)

    def test_trap_a_browser_sends_sizes_and_options_and_nothing_of_the_price(self):
        order = self._add(
            '40x60', price_unit=1, ecrm_area=0, ecrm_price=1, ecrm_size_profile_id=0, unit='mm'
        ).order_id
        self.assertEqual(order.order_line.price_unit, 2400)

    def test_trap_unrounded_unit_prices_show_another_total(self):
        self.profile.area_rate = 12.974 / 0.16
        line = self._new_order({'ecrm_size_input': '40x40', 'product_uom_qty': 3}).order_line
        self.assertEqual((line.price_unit, line.price_subtotal), (12.97, 38.91))

    def test_trap_free_product_rewards_count_the_list_price(self):
        program = self.env['loyalty.program'].create({
            'name': "Two and one free", 'program_type': 'buy_x_get_y', 'trigger': 'auto', 'applies_on': 'current',
            'rule_ids': [Command.create({
                'product_ids': self.canvas.product_variant_id.ids, 'reward_point_mode': 'unit', 'minimum_qty': 2,
            })],
            'reward_ids': [Command.create({
                'reward_type': 'product', 'reward_product_id': self.canvas.product_variant_id.id,
                'reward_product_qty': 1, 'required_points': 2,
            })],
        })  # fmt: skip
        order = self._new_order({'ecrm_size_input': '50x100', 'product_uom_qty': 2})
        order._update_programs_and_rewards()
        coupon = order.coupon_point_ids.coupon_id.filtered(lambda c: c.program_id == program)
        order._apply_program_reward(program.reward_ids, coupon)
        free = order.order_line.filtered('is_reward_line')
        self.assertEqual((free.ecrm_size_input, free.price_subtotal), ('50x100', 0))
        self.assertEqual(order.amount_untaxed, 10400)
        order.invalidate_recordset(['reward_amount'])
        self.assertEqual(order.reward_amount, -5200)
        order.action_confirm()
        self.assertEqual(len(order.order_line.ecrm_workshop_job_ids), 2)

    def test_trap_a_size_edited_after_delivery_rewrites_history(self):
        order = self._new_order({'ecrm_size_input': '50x50'})
        order.action_confirm()
        order.picking_ids.move_ids.quantity = 1
        order.picking_ids.button_validate()
        with self.assertRaisesRegex(Exception, "can no longer be changed"):
            order.order_line.ecrm_size_input = '50x100'
        self.assertEqual(order.picking_ids.move_ids.ecrm_size_label, "50 x 50 cm")

    def test_trap_the_history_of_orders_drops_duplicates_by_product_alone(self):
        self.user_portal.company_ids |= self.website.company_id
        order = self._new_order(
            {'ecrm_size_input': '50x50'}, {'ecrm_size_input': '40/50*3'}, website_id=self.website.id,
            company_id=self.website.company_id.id,
        )  # fmt: skip
        order.action_confirm()
        self.authenticate('ecrm_portal', 'ecrm_portal')
        page = self.url_open('/shop/cart').text
        self.assertEqual(page.count('data-ecrm-size="50x50"'), 1)
        self.assertEqual(page.count('data-ecrm-size="40x50x3"'), 1)

    def test_trap_a_range_of_floats_refuses_sizes_that_are_steps(self):
        self.profile.write({'min_width': 20.1, 'min_height': 20.1, 'step': 0.1})
        for tenths in range(201, 2000, 7):
            size = self.profile._read_size(f'{tenths / 10:.1f}x{tenths / 10:.1f}')
            self.assertEqual(size.width_mm, tenths)
        with self.assertRaisesRegex(UserError, "steps of 0.1"):
            self.profile._read_size('20.15x50')
