import io
from datetime import timedelta

import xlsxwriter

from odoo import fields
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .common_dimension import DimensionCommon


class OfficeCommon(DimensionCommon):
    """A canvas in three finishes, gloss at 500 more and varnish at 10 %, and a hook that goes with it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.profile.currency_id = cls.website.company_id.currency_id
        cls.canvas.name = "Tableau M054 of tests"

    @classmethod
    def _add_options(cls):
        attribute = cls.env['product.attribute'].create({
            'name': "Finish of tests", 'create_variant': 'no_variant', 'display_type': 'radio',
            'value_ids': [Command.create({'name': name}) for name in ("Matt", "Gloss", "Varnish")],
        })  # fmt: skip
        cls.hook.name = "Hook of tests"
        cls.canvas.write({
            'attribute_line_ids': [
                Command.create({'attribute_id': attribute.id, 'value_ids': attribute.value_ids.ids})
            ],
            'optional_product_ids': cls.hook.ids,
        })  # fmt: skip
        _matt, cls.gloss, varnish = cls.canvas.attribute_line_ids.product_template_value_ids
        cls.gloss.price_extra = 500
        varnish.write({'price_extra': 10, 'ecrm_price_mode': 'percent'})

    def _walk_order(self, order, tour):
        self.start_tour(f'/odoo/action-sale.action_quotations/{order.id}', tour, login='ecrm_sales')


@tagged('post_install', '-at_install')
class TestDimensionOffice(OfficeCommon, HttpCase):
    """What salespeople and owners do with sizes, done in a browser."""

    def test_a_salesperson_configures_a_sized_line_and_changes_his_mind(self):
        self._add_options()
        order = self._new_order(user_id=self.user_sales.id)
        self._walk_order(order, 'ecrm_dimension_configure')
        line, hook = order.order_line.sorted(
            lambda line: line.product_id != self.canvas.product_variant_id
        )
        self.assertEqual(line.product_no_variant_attribute_value_ids, self.gloss)
        self.assertEqual(line.ecrm_size_label, "40 x 50 cm x 3 panels")
        self.assertEqual((line.price_unit, line.ecrm_manual_price), (9700, False))
        self.assertIn("Finish of tests: Gloss", line.name)
        self.assertIn("Size: 40 x 50 cm x 3 panels", line.name)
        self.assertEqual((hook.product_id, hook.price_unit), (self.hook.product_variant_id, 150))
        self.assertFalse(hook.ecrm_width_mm)

    def test_a_price_typed_by_hand_warns_and_goes_back(self):
        order = self._new_order({'ecrm_size_input': '50x50'}, user_id=self.user_sales.id)
        self._walk_order(order, 'ecrm_dimension_hand_price')
        self.assertEqual((order.order_line.price_unit, order.order_line.ecrm_width_mm), (4900, 600))
        self.assertFalse(order.order_line.ecrm_manual_price)

    def test_an_owner_brings_price_tables_and_sees_first_what_changes(self):
        self.profile.write({
            'price_model': 'grid',
            'grid': {'widths': [40, 60], 'heights': [50, 90], 'rows': [[3000, 4000], [4000, 5000]]},
        })  # fmt: skip
        out = io.BytesIO()
        with xlsxwriter.Workbook(out) as workbook:
            sheet = workbook.add_worksheet()
            for number, row in enumerate((['', 40, 60], [50, 3333, 4000], [90, 4000, None])):
                sheet.write_row(number, 0, row)
        self.env['ir.attachment'].create({
            'name': 'supplier.xlsx', 'url': '/ecrm_tour/supplier.xlsx', 'public': True, 'raw': out.getvalue(),
            'mimetype': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        })  # fmt: skip
        self.start_tour(
            f'/odoo/size-profiles/{self.profile.id}', 'ecrm_dimension_grid', login='ecrm_manager'
        )
        self.assertEqual(
            self.profile.grid,
            {'widths': [40, 60], 'heights': [50, 90], 'rows': [[3333, 4000], [4000, None]]},
        )

    def test_an_owner_gives_a_profile_to_products_of_the_list(self):
        posters = self._new_product("Poster of tests A") | self._new_product("Poster of tests B")
        self.start_tour(
            '/odoo/action-sale.product_template_action',
            'ecrm_dimension_assign',
            login='ecrm_manager',
        )
        self.assertEqual(posters.ecrm_size_profile_id, self.profile)
        self.assertEqual(posters.mapped('list_price'), [3000, 3000])

    def test_a_worker_sees_what_is_late_and_packs_it(self):
        later = self._new_order({'ecrm_size_input': '50x50', 'product_uom_qty': 2})
        late = self._new_order({'ecrm_size_input': '40/50*3'})
        (later | late).action_confirm()
        late.order_line.ecrm_promised_date = fields.Date.today() - timedelta(days=2)
        self.start_tour('/odoo/workshop', 'ecrm_dimension_workshop', login='ecrm_workshop')
        job = late.order_line.ecrm_workshop_job_ids
        self.assertEqual((job.state, job.delay_days), ('packed', 2))
        self.assertEqual((job.done_date, job.note), (fields.Date.today(), "Black edges"))
        self.assertEqual(later.order_line.ecrm_workshop_job_ids.state, 'to_print')


@tagged('post_install', '-at_install')
class TestDimensionOfficePhone(OfficeCommon, HttpCase):
    browser_size = '390x844'
    touch_enabled = True

    def test_on_a_phone_a_line_is_sized_explained_and_put_right(self):
        order = self._new_order({'ecrm_size_input': '50x50'}, user_id=self.user_sales.id)
        self._walk_order(order, 'ecrm_dimension_phone_order')
        self.assertEqual((order.order_line.price_unit, order.order_line.ecrm_panels), (9200, 3))
        self.assertFalse(order.order_line.ecrm_manual_price)

    def test_on_a_phone_an_owner_adds_a_size_with_its_price(self):
        self.start_tour(
            f'/odoo/size-profiles/{self.profile.id}',
            'ecrm_dimension_phone_preset',
            login='ecrm_manager',
        )
        preset = self.profile.preset_ids.filtered(lambda preset: preset.ecrm_width_mm == 700)
        self.assertEqual((preset.ecrm_height_mm, preset.price), (1000, 6500))
