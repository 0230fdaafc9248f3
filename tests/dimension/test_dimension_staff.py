from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.website_sale.tests.common import MockRequest

from .common_dimension import DimensionCommon


@tagged('post_install', '-at_install')
class TestDimensionStaff(DimensionCommon):
    """Whatever else the Sales form does goes on with sized lines in it."""

    # === CATALOGUE === #

    def _take_from_catalogue(self, order, quantity):
        with MockRequest(order.env, website=self.website):
            return order._update_order_line_info(self.canvas.product_variant_id.id, quantity)

    def test_the_catalogue_changes_the_quantity_and_keeps_size_and_price(self):
        order = self._new_order({'ecrm_size_input': '40/50*3'})
        self.assertEqual(self._take_from_catalogue(order, 4), 9200)
        self.assertEqual(order.order_line.product_uom_qty, 4)
        self.assertEqual(order.order_line.ecrm_size_label, "40 x 50 cm x 3 panels")

    def test_what_comes_from_the_catalogue_asks_for_its_size_before_it_is_confirmed(self):
        order = self.env['sale.order'].create({'partner_id': self.partner.id})
        self._take_from_catalogue(order, 2)
        self.assertIn("Type the size", order.order_line.ecrm_size_problem)
        with self.assertRaisesRegex(UserError, "Tableau M054"):
            order.action_confirm()
        order.order_line.ecrm_size_input = '50x100'
        self.assertEqual((order.order_line.price_unit, order.amount_untaxed), (5200, 10400))

    def test_the_catalogue_locks_a_product_that_stands_in_two_sizes(self):
        order = self._new_order({'ecrm_size_input': '50x50'}, {'ecrm_size_input': '50x100'})
        data = order.order_line._get_product_catalog_lines_data()
        self.assertTrue(data['readOnly'])
        self.assertEqual(data['quantity'], 2)

    # === QUOTATION TEMPLATES === #

    def test_a_quotation_template_brings_its_sizes_at_today_s_price(self):
        template = self.env['sale.order.template'].create({
            'name': "Living room",
            'sale_order_template_line_ids': [
                Command.create({'display_type': 'line_section', 'name': "Walls"}),
                Command.create({'product_id': self.canvas.product_variant_id.id, 'ecrm_size_input': '40/50*3'}),
                Command.create({'product_id': self.hook.product_variant_id.id, 'product_uom_qty': 3}),
            ],
        })  # fmt: skip
        self.profile.preset_ids.filtered(lambda preset: preset.price == 9200).price = 9500
        order = self.env['sale.order'].new({'partner_id': self.partner.id})
        order.sale_order_template_id = template
        order._onchange_sale_order_template_id()
        order = self.env['sale.order'].create(order._convert_to_write(order._cache))
        section, canvas, hook = order.order_line
        self.assertEqual(section.display_type, 'line_section')
        self.assertEqual((canvas.price_unit, canvas.ecrm_panels), (9500, 3))
        self.assertIn("40 x 50 cm x 3 panels", canvas.name)
        self.assertEqual((hook.price_unit, hook.ecrm_width_mm), (150, 0))

    def test_a_template_refuses_a_size_that_cannot_be_read(self):
        with self.assertRaises(UserError):
            self.env['sale.order.template'].create({
                'name': "Wrong",
                'sale_order_template_line_ids': [
                    Command.create({'product_id': self.canvas.product_variant_id.id, 'ecrm_size_input': 'huge'}),
                ],
            })  # fmt: skip

    # === SECTIONS, NOTES, DUPLICATES === #

    def test_sections_and_notes_have_no_size_and_stop_nothing(self):
        order = self._new_order(
            {'ecrm_size_input': '50x50'},
            {'product_id': False, 'display_type': 'line_section', 'name': "Bedroom"},
            {'product_id': False, 'display_type': 'line_note', 'name': "Call before"},
        )
        canvas, section, note = order.order_line
        self.assertFalse(section.ecrm_size_problem or note.ecrm_size_problem)
        self.assertFalse(section.ecrm_breakdown or note.ecrm_promised_date)
        order.action_confirm()
        self.assertEqual(order.order_line.ecrm_workshop_job_ids.sale_line_id, canvas)

    def test_a_duplicate_is_priced_and_promised_anew(self):
        order = self._new_order({'ecrm_size_input': '50x50'})
        order.action_confirm()
        self.profile.preset_ids.filtered(lambda preset: preset.price == 3400).price = 3600
        copy = order.copy()
        self.assertFalse(copy.order_line.ecrm_workshop_job_ids)
        copy._recompute_prices()
        self.assertEqual(copy.order_line.price_unit, 3600)
        self.assertEqual(order.order_line.price_unit, 3400)

    # === DOWN PAYMENTS === #

    def test_a_down_payment_leaves_the_sizes_on_the_final_invoice(self):
        self.canvas.invoice_policy = 'order'
        order = self._new_order({'ecrm_size_input': '40/50*3'})
        order.action_confirm()
        self.env['sale.advance.payment.inv'].with_context(
            active_model='sale.order', active_ids=order.ids
        ).create({'advance_payment_method': 'percentage', 'amount': 25}).create_invoices()
        advance = order.invoice_ids
        self.assertEqual(advance.amount_untaxed, 2300)
        self.assertFalse(any(advance.invoice_line_ids.mapped('ecrm_width_mm')))
        advance.action_post()
        final = order._create_invoices(final=True)
        self.assertEqual(final.amount_untaxed, 6900)
        sized = final.invoice_line_ids.filtered('ecrm_width_mm')
        self.assertEqual(sized.ecrm_size_label, "40 x 50 cm x 3 panels")

    # === OPTIONAL PRODUCTS === #

    def test_an_optional_line_keeps_its_own_size_beside_the_main_one(self):
        order = self._new_order({'ecrm_size_input': '50x50'})
        main = order.order_line
        option = main.create({
            'order_id': order.id, 'linked_line_id': main.id, 'product_id': main.product_id.id,
            'ecrm_size_input': '30x60',
        })  # fmt: skip
        self.assertEqual((main.price_unit, option.price_unit), (3400, 3000))

    # === COMBOS === #

    def test_a_combo_keeps_its_price_whatever_the_size_of_its_item(self):
        combo = self.env['product.combo'].create({
            'name': "Wall", 'combo_item_ids': [Command.create({'product_id': self.canvas.product_variant_id.id})],
        })  # fmt: skip
        bundle = self._new_product("Wall set", type='combo', list_price=5000, combo_ids=combo.ids)
        order = self._new_order({'product_id': bundle.product_variant_id.id})
        item = self.env['sale.order.line'].create({
            'order_id': order.id, 'product_id': self.canvas.product_variant_id.id,
            'combo_item_id': combo.combo_item_ids.id, 'linked_line_id': order.order_line.id,
            'ecrm_size_input': '40/50*3',
        })  # fmt: skip
        self.assertEqual((order.amount_untaxed, item.price_unit), (5000, 5000))
        item.ecrm_size_input = '50x50'
        self.assertEqual(order.amount_untaxed, 5000)
        order.action_confirm()
        self.assertEqual(item.ecrm_workshop_job_ids.ecrm_size_label, "50 x 50 cm")

    # === A PRICE TYPED BY HAND === #

    def test_the_recompute_button_puts_the_size_price_back(self):
        line = self._new_order({'ecrm_size_input': '50x50'}, user_id=self.user_sales.id).order_line
        self.assertFalse(line.ecrm_manual_price)
        line.price_unit = 3000
        self.assertTrue(line.ecrm_manual_price)
        line.with_user(self.user_sales).action_ecrm_recompute_price()
        self.assertEqual((line.price_unit, line.ecrm_manual_price), (3400, False))

    def test_the_breakdown_says_every_step_and_the_total(self):
        breakdown = self._new_order({'ecrm_size_input': '40x40'}).order_line.ecrm_breakdown
        self.assertEqual(breakdown['label'], "40 x 40 cm")
        self.assertIn('0.16', breakdown['rows'][0]['label'])
        self.assertIn('1,600', breakdown['total'])
