from lxml import etree, html

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, HttpCase, tagged

from .common_dimension import DimensionCommon


@tagged('post_install', '-at_install')
class TestDimensionOrder(DimensionCommon, HttpCase):
    def test_a_typed_size_gives_fields_price_and_text(self):
        line = self._new_order({'ecrm_size_input': '40/50*3'}).order_line
        self.assertEqual((line.ecrm_width_mm, line.ecrm_height_mm, line.ecrm_panels), (400, 500, 3))
        self.assertEqual(line.price_unit, 9200)
        self.assertEqual(line.ecrm_size_label, "40 x 50 cm x 3 panels")
        self.assertIn("Size: 40 x 50 cm x 3 panels", line.name)

    def test_staff_type_the_size_in_one_field_of_the_form(self):
        with Form(self.env['sale.order'].with_user(self.user_sales)) as form:
            form.partner_id = self.partner
            with form.order_line.new() as line:
                line.product_id = self.canvas.product_variant_id
                line.ecrm_size_input = '50x50cm'
                self.assertEqual(line.price_unit, 3400)
                line.product_uom_qty = 2
                self.assertEqual(line.price_unit, 3400)
                line.ecrm_size_input = '٤٠/٥٠*٣'
                self.assertEqual(line.price_unit, 9200)
        self.assertEqual(form.record.amount_untaxed, 18400)

    def test_a_wrong_size_in_the_form_is_told_and_not_saved(self):
        order = self._new_order({'ecrm_size_input': '50x50'})
        with self.assertRaises(UserError):
            order.order_line.ecrm_size_input = 'huge'
        with self.assertRaises(UserError):
            self._new_order({'ecrm_size_input': 'huge'})

    def test_a_changed_size_changes_price_and_text(self):
        line = self._new_order({'ecrm_size_input': '50x50'}).order_line
        line.ecrm_size_input = '50x100'
        self.assertEqual(line.price_unit, 5200)
        self.assertIn('50 x 100 cm', line.name)

    def test_a_pricelist_percentage_acts_on_the_size_price(self):
        pricelist = self.env['product.pricelist'].create({
            'name': "Ten percent", 'currency_id': self.currency.id,
            'item_ids': [Command.create({'compute_price': 'formula', 'price_discount': 10, 'applied_on': '3_global'})],
        })  # fmt: skip
        order = self._new_order({'ecrm_size_input': '40/50*3'}, pricelist_id=pricelist.id)
        self.assertEqual(order.order_line.price_unit, 8280)
        order.order_line.product_uom_qty = 3
        self.assertEqual(order.order_line.price_subtotal, 24840)

    def test_price_before_discount_and_discount_are_those_of_the_size(self):
        self.env.user.group_ids |= self.env.ref('sale.group_discount_per_so_line')
        pricelist = self.env['product.pricelist'].create({
            'name': "Ten percent", 'currency_id': self.currency.id,
            'item_ids': [Command.create({'compute_price': 'percentage', 'percent_price': 10, 'applied_on': '3_global'})],
        })  # fmt: skip
        order = self._new_order({'ecrm_size_input': '40/50*3'}, pricelist_id=pricelist.id)
        line = order.order_line
        self.assertEqual((line.price_unit, line.discount, line.price_subtotal), (9200, 10, 8280))
        line.ecrm_size_input = '50x100'
        self.assertEqual((line.price_unit, line.discount, line.price_subtotal), (5200, 10, 4680))

    def test_product_and_template_are_priced_at_a_size_and_no_other_in_the_same_environment(self):
        other = self._new_product("Other canvas", ecrm_size_profile_id=self.profile.id)
        sizes = self.canvas._get_ecrm_context(self.profile._read_size('40/50*3'))
        for records in (
            self.canvas | other | self.hook,
            (self.canvas | other | self.hook).product_variant_id,
        ):
            prices = records.with_context(**sizes)._price_compute('list_price')
            self.assertEqual([prices[record.id] for record in records], [9200, 3000, 150])

    def test_the_portal_s_quotation_says_the_size(self):
        order = self._new_order({'ecrm_size_input': '40/50*3'}, state='sent')
        page = html.fromstring(self.url_open(order.get_portal_url()).text)
        [line] = page.xpath("//*[@id='sales_order_table']//tr[.//*[contains(., 'Size: ')]]")
        self.assertIn("Size: 40 x 50 cm x 3 panels", line.text_content())
        self.assertIn('9,200', line.text_content())

    def test_recomputed_prices_are_the_size_prices(self):
        order = self._new_order({'ecrm_size_input': '50x50'}, {'ecrm_size_input': '50x100'})
        order._recompute_prices()
        self.assertEqual(order.order_line.mapped('price_unit'), [3400, 5200])

    def test_the_unit_price_is_rounded_before_the_quantity(self):
        self.profile.write({'price_model': 'fixed', 'fixed_price': 12.974})
        line = self._new_order({'ecrm_size_input': '40x40', 'product_uom_qty': 3}).order_line
        self.assertEqual(line.price_subtotal, 38.91)

    def test_a_fixed_rule_is_per_piece_or_per_square_metre(self):
        pricelist = self.env['product.pricelist'].create(
            {'name': "Fixed", 'currency_id': self.currency.id}
        )
        item = self.env['product.pricelist.item'].create({
            'pricelist_id': pricelist.id, 'compute_price': 'fixed', 'fixed_price': 1000, 'applied_on': '3_global',
        })  # fmt: skip
        values = {'ecrm_size_input': '100x50x2'}
        self.assertEqual(
            self._new_order(values, pricelist_id=pricelist.id).order_line.price_unit, 1000
        )
        item.ecrm_fixed_per = 'area'
        item.fixed_price = 3000
        self.assertEqual(
            self._new_order(values, pricelist_id=pricelist.id).order_line.price_unit, 3000
        )

    def test_a_price_typed_by_hand_stays(self):
        order = self._new_order({'ecrm_size_input': '50x50'})
        order.order_line.price_unit = 3000
        order.order_line.product_uom_qty = 4
        self.assertEqual(order.order_line.price_unit, 3000)

    def test_a_size_over_the_limits_has_no_price_of_its_own(self):
        line = self._new_order({'ecrm_size_input': '300x100'}).order_line
        self.assertEqual(line.price_unit, 0)
        self.assertIn('at most 200 cm', line.ecrm_size_problem)
        line.price_unit = 45000
        line.product_uom_qty = 2
        self.assertEqual(line.price_unit, 45000)

    def test_nothing_is_confirmed_without_its_size(self):
        order = self._new_order({})
        with self.assertRaisesRegex(UserError, "Tableau M054"):
            order.action_confirm()
        order.order_line.ecrm_size_input = '50x50'
        order.action_confirm()
        self.assertEqual(order.state, 'sale')

    def test_a_size_is_refused_on_a_product_that_has_none(self):
        with self.assertRaises(ValidationError):
            self._new_order(
                {'product_id': self.hook.product_variant_id.id, 'ecrm_size_input': '50x50'}
            )

    def test_a_duplicated_order_keeps_its_sizes(self):
        copy = self._new_order({'ecrm_size_input': '40/50*3'}).copy()
        self.assertEqual(copy.order_line.ecrm_size_label, "40 x 50 cm x 3 panels")
        self.assertEqual(copy.order_line.price_unit, 9200)

    def test_slip_and_invoice_bear_the_size_as_fields_and_text(self):
        self.canvas.is_storable = False
        order = self._new_order({'ecrm_size_input': '40/50*3'}, {'ecrm_size_input': '50x50'})
        order.action_confirm()
        moves = order.picking_ids.move_ids
        self.assertEqual(sorted(moves.mapped('ecrm_width_mm')), [400, 500])
        self.assertTrue(all('Size:' in move.description_picking for move in moves))
        self.canvas.invoice_policy = 'order'
        invoice = order._create_invoices()
        sized = invoice.invoice_line_ids.filtered(lambda line: line.ecrm_panels == 3)
        self.assertEqual(sized.ecrm_size_label, "40 x 50 cm x 3 panels")
        self.assertIn("40 x 50 cm x 3 panels", sized.name)

    def _print(self, report, record):
        """A document as parsed HTML, in the language of its customer."""
        return html.fromstring(
            self.env['ir.actions.report']._render_qweb_html(report, record.ids)[0]
        )

    def test_on_paper_an_arabic_line_is_boxes_and_its_size_is_one_of_them(self):
        self.env['res.lang']._activate_lang('ar_001')
        self.canvas.invoice_policy = 'order'
        for lang, boxed in (('ar_001', True), ('en_US', False)):
            self.partner.lang = lang
            order = self._new_order({'ecrm_size_input': '40/50*3'})
            order.action_confirm()
            slip, invoice = order.picking_ids, order._create_invoices()
            documents = [
                ('sale.action_report_saleorder', order), ('account.account_invoices', invoice),
                ('stock.action_report_delivery', slip),
            ]  # fmt: skip
            for report, record in documents:
                self._check_boxes(self._print(report, record), boxed, report)
            slip.move_ids.quantity = 1
            slip.button_validate()
            self._check_boxes(self._print('stock.action_report_delivery', slip), boxed, "delivered")

    def _check_boxes(self, page, boxed, document):
        boxes = [
            box.text_content().strip('\u200e') for box in page.xpath("//span[@class='o_ecrm_word']")
        ]
        self.assertEqual(boxes.count("40 × 50"), int(boxed), document)
        text = ' '.join(page.text_content().replace('\u200e', '').split())
        self.assertEqual(text.count("40 × 50" if boxed else "40 x 50 cm x 3 panels"), 1, document)
        self.assertEqual(bool(boxes), boxed, document)
        self.assertNotIn('المقاس:', boxes, "a colon would push its word over the edge")

    def test_the_electronic_invoice_says_the_size_of_each_line(self):
        order = self._new_order({'ecrm_size_input': '50x100'}, {'ecrm_size_input': '40/50*3'})
        order.action_confirm()
        order.order_line.qty_delivered = 1
        invoice = order._create_invoices()
        invoice.action_post()
        content, _errors = self.env['account.edi.xml.ubl_bis3']._export_invoice(invoice)
        lines = etree.fromstring(content).findall('.//{*}InvoiceLine')
        told = [line.find('.//{*}Item/{*}Description').text for line in lines]
        self.assertIn("Size: 50 x 100 cm", told[0])
        self.assertIn("Size: 40 x 50 cm x 3 panels", told[1])

    def _export_ubl(self, builder, *lines):
        """The items of the electronic invoice of an order, as `{name: value}` of their properties."""
        order = self._new_order(*lines)
        order.action_confirm()
        order.order_line.qty_delivered = 1
        invoice = order._create_invoices()
        invoice.action_post()
        content, _errors = self.env[builder]._export_invoice(invoice)
        return [
            {
                node.findtext('{*}Name'): node.findtext('{*}Value')
                for node in line.findall('{*}Item/{*}AdditionalItemProperty')
            }
            for line in etree.fromstring(content).findall('.//{*}InvoiceLine')
        ]

    def test_the_electronic_invoice_has_the_measures_as_properties_of_their_item(self):
        for builder in ('account.edi.xml.ubl_bis3', 'account.edi.xml.ubl_21'):
            with self.subTest(builder):
                plain, layout, hook = self._export_ubl(
                    builder,
                    {'ecrm_size_input': '40.5/50*3'},
                    {'ecrm_size_input': '30x60+40x80+30x60'},
                    {'product_id': self.hook.product_variant_id.id},
                )
                self.assertEqual(
                    plain,
                    {
                        'Size': "40.5 x 50 cm x 3 panels",
                        'Width (mm)': '405',
                        'Height (mm)': '500',
                        'Panels': '3',
                    },
                )
                self.assertEqual(layout, {'Size': "30 x 60 + 40 x 80 + 30 x 60 cm", 'Panels': '3'})
                self.assertFalse(hook)

    def test_the_size_of_what_is_delivered_is_locked(self):
        order = self._new_order({'ecrm_size_input': '50x50'})
        order.action_confirm()
        picking = order.picking_ids
        picking.move_ids.write({'quantity': 1, 'picked': True})
        picking.button_validate()
        self.assertEqual(order.order_line.qty_delivered, 1)
        with self.assertRaisesRegex(UserError, "no longer be changed"):
            order.order_line.ecrm_size_input = '50x100'

    def test_the_confirmation_mail_prints_the_size_once(self):
        template = self.env.ref('sale.mail_template_sale_confirmation')
        self.env['mail.template']._add_ecrm_size_to_confirmation()
        self.assertEqual(str(template.body_html).count('out="line.ecrm_size_label"'), 1)
        website = self.website
        order = self._new_order({'ecrm_size_input': '40/50*3'}, website_id=website.id)
        body = template._render_field('body_html', order.ids)[order.id]
        self.assertIn("40 x 50 cm x 3 panels", body)

    def test_the_confirmation_mail_is_given_back_as_it_was_in_every_language(self):
        template = self.env.ref('sale.mail_template_sale_confirmation')
        templates = self.env['mail.template']

        def stored():
            self.env.cr.execute('SELECT body_html FROM mail_template WHERE id = %s', [template.id])
            return self.env.cr.fetchone()[0]

        templates._remove_ecrm_size_from_confirmation()
        original = stored()
        self.assertNotIn('ecrm', str(original))
        templates._add_ecrm_size_to_confirmation()
        for language, body in stored().items():
            self.assertIn('ecrm_size_label', body, language)
        templates._remove_ecrm_size_from_confirmation()
        self.assertEqual(stored(), original)

    def test_the_label_speaks_the_reader_s_language(self):
        self.env['res.lang']._activate_lang('fr_FR')
        line = self._new_order({'ecrm_size_input': '40.5x50'}).order_line
        self.assertIn('40,5', line.with_context(lang='fr_FR').ecrm_size_label)
        self.assertIn('40.5', line.with_context(lang='en_US').ecrm_size_label)
