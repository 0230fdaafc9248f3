from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common_dimension import DimensionCommon


@tagged('post_install', '-at_install')
class TestDimensionMeasures(DimensionCommon):
    def test_the_area_sold_is_analysed(self):
        order = self._new_order({'ecrm_size_input': '40/50*3', 'product_uom_qty': 2})
        self.assertEqual(order.order_line.ecrm_area, 1.2)
        self.env.flush_all()
        groups = self.env['sale.report']._read_group(
            [('order_reference', '=', f'sale.order,{order.id}')], [], ['ecrm_area:sum']
        )
        self.assertAlmostEqual(groups[0][0], 1.2)

    def test_weight_and_margin_are_analysed_by_size(self):
        self.canvas.weight, self.hook.weight = 4, 0.5
        self.canvas.product_variant_id.standard_price = 2000
        self.profile.write({'weight_per_area': True, 'cost_per_area': True})
        order = self._new_order(
            {'ecrm_size_input': '50x100', 'product_uom_qty': 3},
            {'product_id': self.hook.product_variant_id.id, 'product_uom_qty': 2},
        )
        self.env.flush_all()
        weight, margin = self.env['sale.report']._read_group(
            [('order_reference', '=', f'sale.order,{order.id}')],
            [],
            ['ecrm_weight:sum', 'margin:sum'],
        )[0]
        self.assertAlmostEqual(weight, 3 * 2 + 2 * 0.5)
        self.assertAlmostEqual(margin, 3 * (5200 - 1000) + 2 * 150)

    def _analyse(self, orders, measures):
        """What the sales analysis says of some orders, by size."""
        self.env.flush_all()
        references = [f'sale.order,{order.id}' for order in orders]
        rows = self.env['sale.report']._read_group(
            [('order_reference', 'in', references)], ['ecrm_size'], measures
        )
        return {size: tuple(round(figure, 4) for figure in figures) for size, *figures in rows}

    def test_the_analysis_groups_by_size_what_sql_counts_line_by_line(self):
        self.canvas.weight = 4
        self.canvas.product_variant_id.standard_price = 2000
        self.profile.write({'weight_per_area': True, 'cost_per_area': True})
        orders = self.env['sale.order']
        for sizes in (('40/50*3', '50x50', '30x60+40x80+30x60'), ('50x50', '40.5x60')):
            orders |= self._new_order(
                *({'ecrm_size_input': size, 'product_uom_qty': 2} for size in sizes),
                {'product_id': self.hook.product_variant_id.id},
            )
        found = self._analyse(
            orders,
            ['product_uom_qty:sum', 'ecrm_area:sum', 'price_subtotal:sum', 'margin:sum', 'ecrm_weight:sum'],
        )  # fmt: skip
        self.assertEqual(
            set(found),
            {'40x50x3 cm', '50x50 cm', '40.5x60 cm', '300x600+400x800+300x600 mm', False},
        )
        self.assertEqual(found['50x50 cm'][:3], (4, 1, 13600))
        for size, (width, height, panels) in {
            '40x50x3 cm': (400, 500, 3), '50x50 cm': (500, 500, 1), '40.5x60 cm': (405, 600, 1),
            '300x600+400x800+300x600 mm': (400, 800, 3),
        }.items():  # fmt: skip
            self.env.cr.execute(
                """SELECT SUM(product_uom_qty), SUM(ecrm_area), SUM(price_subtotal), SUM(margin), SUM(ecrm_area) * 4
                   FROM sale_order_line
                   WHERE order_id IN %s AND ecrm_width_mm = %s AND ecrm_height_mm = %s AND ecrm_panels = %s""",
                [tuple(orders.ids), width, height, panels],
            )
            counted = tuple(round(float(figure), 4) for figure in self.env.cr.fetchone())
            self.assertEqual(found[size], counted, size)

    def test_the_delivery_price_is_shared_over_sizes_by_their_price(self):
        fee = self._new_product("Fee of tests", type='service')
        carrier = self.env['delivery.carrier'].create({
            'name': "Home", 'delivery_type': 'fixed', 'fixed_price': 400, 'product_id': fee.product_variant_id.id,
        })  # fmt: skip
        order = self._new_order(
            {'ecrm_size_input': '40/50*3'}, {'ecrm_size_input': '50x50', 'product_uom_qty': 2}
        )
        order.set_delivery_line(carrier, 400)
        without = self._new_order({'ecrm_size_input': '50x50'})
        free = self._new_order({'ecrm_size_input': '50x50', 'price_unit': 0})
        free.set_delivery_line(carrier, 400)
        shares = self._analyse(order | without | free, ['ecrm_delivery:sum'])
        self.assertEqual(shares['40x50x3 cm'], (round(400 * 9200 / 16000, 4),))
        self.assertEqual(shares['50x50 cm'], (round(400 * 6800 / 16000, 4),))
        self.assertEqual(shares[False], (0,))

    def test_each_unit_of_a_profile_writes_its_own_sizes_in_the_analysis(self):
        order = self._new_order({'ecrm_size_input': '50x50'})
        for unit, size in (('mm', '500x500 mm'), ('m', '0.5x0.5 m'), ('in', '19.685x19.685 in')):
            self.profile.unit = unit
            self.assertEqual(list(self._analyse(order, ['ecrm_area:sum'])), [size])

    def test_cost_and_margin_scale_with_the_size(self):
        product = self.canvas.product_variant_id
        product.standard_price = 2000
        order = self._new_order({'ecrm_size_input': '50x100'})
        self.assertEqual(order.order_line.purchase_price, 2000)
        self.profile.cost_per_area = True
        order = self._new_order({'ecrm_size_input': '50x100'})
        self.assertEqual((order.order_line.purchase_price, order.order_line.margin), (1000, 4200))
        order.order_line.ecrm_size_input = '50x50'
        self.assertEqual((order.order_line.purchase_price, order.order_line.margin), (500, 2900))

    def test_weight_and_delivery_price_scale_with_the_size(self):
        self.canvas.weight = 4
        self.profile.weight_per_area = True
        order = self._new_order({'ecrm_size_input': '50x100', 'product_uom_qty': 3})
        self.assertEqual(order._get_estimated_weight(), 6)
        self.assertEqual(order.shipping_weight, 6)
        fee = self._new_product("Fee", type='service')
        carrier = self.env['delivery.carrier'].create({
            'name': "By weight", 'delivery_type': 'base_on_rule', 'product_id': fee.product_variant_id.id,
            'price_rule_ids': [(0, 0, {
                'variable': 'weight', 'operator': '>=', 'max_value': 0, 'variable_factor': 'weight', 'list_price': 10,
            })],
        })  # fmt: skip
        self.assertEqual(carrier.rate_shipment(order)['price'], 60)

    def test_a_carrier_is_not_offered_for_too_long_a_side(self):
        fee = self._new_product("Fee", type='service')
        carrier = self.env['delivery.carrier'].create({
            'name': "Small parcels", 'product_id': fee.product_variant_id.id, 'ecrm_max_side': 100,
        })  # fmt: skip
        fits, too_long = (
            self._new_order({'ecrm_size_input': '50x100'}),
            self._new_order({'ecrm_size_input': '50x101'}),
        )
        self.assertTrue(carrier._match(self.partner, fits))
        self.assertFalse(carrier._match(self.partner, too_long))

    def test_the_breakdown_explains_the_price(self):
        self.profile.write({'panel_fee': 100, 'price_step': 50})
        line = self._new_order({'ecrm_size_input': '41x50x2'}).order_line
        self.assertEqual(len(line.ecrm_breakdown['rows']), 2)
        self.assertEqual(line.price_unit, 4300)
        self.assertFalse(
            self._new_order(
                {'product_id': self.hook.product_variant_id.id}
            ).order_line.ecrm_breakdown
        )
        self.assertIn(
            'at most 200',
            self._new_order({'ecrm_size_input': '500x50'}).order_line.ecrm_breakdown['problem'],
        )

    def test_a_price_typed_by_hand_is_told_and_can_be_put_back(self):
        line = self._new_order({'ecrm_size_input': '50x50'}).order_line
        self.assertFalse(line.ecrm_manual_price)
        line.price_unit = 3000
        self.assertTrue(line.ecrm_manual_price)
        with self.assertRaises(AccessError):
            line.with_user(self.user_portal).action_ecrm_recompute_price()
        line.action_ecrm_recompute_price()
        self.assertEqual((line.price_unit, line.ecrm_manual_price), (3400, False))

    def test_an_extra_price_is_per_set_panel_area_or_percent(self):
        attribute = self.env['product.attribute'].create(
            {'name': "Frame", 'create_variant': 'no_variant'}
        )
        value = self.env['product.attribute.value'].create(
            {'name': "Gold", 'attribute_id': attribute.id}
        )
        self.canvas.attribute_line_ids = [
            (0, 0, {'attribute_id': attribute.id, 'value_ids': [(6, 0, value.ids)]})
        ]
        ptav = self.canvas.attribute_line_ids.product_template_value_ids
        ptav.price_extra = 100
        for mode, expected in (('set', 9300), ('panel', 9500), ('area', 9260), ('percent', 18400)):
            ptav.ecrm_price_mode = mode
            line = self._new_order({
                'ecrm_size_input': '40/50*3', 'product_no_variant_attribute_value_ids': [(6, 0, ptav.ids)],
            }).order_line  # fmt: skip
            self.assertEqual(line.price_unit, expected, mode)
