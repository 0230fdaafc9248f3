from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common_intake import IntakeCommon


@tagged('post_install', '-at_install')
class TestIntakeQuote(IntakeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.profile = cls.env['ecrm.size.profile'].create({
            'name': "Quote canvas",
            'company_id': False,
            'currency_id': cls.company.currency_id.id,
            'min_width': 20, 'max_width': 200, 'min_height': 20, 'max_height': 200, 'step': 0.5,
            'max_panels': 5,
            'price_model': 'area',
            'area_rate': 10000,
            'preset_ids': [Command.create({'ecrm_size_input': '40x50x3', 'price': 9200})],
        })  # fmt: skip
        cls.canvas = cls.env['product.template'].create({
            'name': "Tableau Q054", 'default_code': 'Q054', 'type': 'consu', 'taxes_id': False,
            'ecrm_size_profile_id': cls.profile.id,
        })  # fmt: skip

    def _quote(self, **payload):
        values = {'name': "Amina", 'phone': '0551234567', 'product': 'q054', 'size': '40/50*3'}
        return self._process(self._accept(kind='quote', **{**values, **payload}))

    def test_article_size_and_price_are_understood(self):
        row = self._quote(quantity='2')
        self.assertEqual(row.product_id.product_tmpl_id, self.canvas)
        self.assertEqual((row.ecrm_width_mm, row.ecrm_height_mm, row.ecrm_panels), (400, 500, 3))
        self.assertEqual((row.price_hint, row.quantity), (9200, 2))
        self.assertEqual(row.size_text, '40/50*3')

    def test_what_cannot_be_read_stays_text_and_is_a_lead(self):
        row = self._quote(size='0/60', product='Q%', quantity='many')
        self.assertFalse(row.product_id or row.ecrm_width_mm or row.price_hint)
        self.assertEqual((row.state, row.quantity), ('processed', 1))
        self.assertIn('0/60', row.lead_id.description)

    def test_a_size_that_is_not_sold_has_no_price(self):
        row = self._quote(size='900x900')
        self.assertFalse(row.price_hint)
        self.assertEqual((row.ecrm_width_mm, row.lead_id.type), (9000, 'opportunity'))
        self.assertIn('900x900', row.lead_id.description)

    def test_one_click_makes_one_draft_quotation(self):
        row = self._quote(quantity='2', message="For a wall").with_user(self.user_sales)
        action = row.action_create_quotation()
        order = row.order_id
        self.assertEqual(action['res_id'], order.id)
        self.assertEqual((order.state, order.opportunity_id), ('draft', row.lead_id))
        line = order.order_line.filtered('product_id')
        self.assertEqual((line.product_uom_qty, line.price_unit), (2, 9200))
        self.assertEqual(line.ecrm_panels, 3)
        self.assertEqual(order.partner_id.name, "Amina")
        self.assertEqual(row.action_create_quotation()['res_id'], order.id)

    def test_the_revenue_of_its_order_is_counted_where_the_visitor_came_from(self):
        names = ("Spring flyer", "Ramadan", "Paper")
        source, campaign, medium = (
            self.env[f'utm.{model}'].create({'name': name})
            for model, name in zip(('source', 'campaign', 'medium'), names, strict=True)
        )
        last = {'utm_source': "spring FLYER", 'utm_campaign': "Ramadan", 'utm_medium': "Paper"}
        row = self.env['ecrm.submission']._accept(
            self.browser, 'quote', {'name': "A", 'phone': '0551234567', 'product': 'Q054', 'size': '40/50*3'},
            touches={'first': {'referrer': 'https://example.com'}, 'last': last},
        )  # fmt: skip
        self._process(row)
        row.with_user(self.user_sales).action_create_quotation()
        order = row.order_id
        self.assertEqual(
            (order.source_id, order.campaign_id, order.medium_id), (source, campaign, medium)
        )
        order.action_confirm()
        (revenue,) = self.env['sale.report']._read_group(
            [('source_id', '=', source.id)], [], ['price_subtotal:sum']
        )[0]
        self.assertEqual((revenue, row.lead_id.sale_amount_total), (9200, 9200))

    def test_a_known_customer_gets_the_quotation(self):
        row = self._quote(phone='0663352542').with_user(self.user_sales)
        row.action_create_quotation()
        self.assertEqual(row.order_id.partner_id, self.customer)

    def test_a_suggested_customer_is_asked_about_first(self):
        row = self._quote(phone='0663352542', email='other@example.com').with_user(self.user_sales)
        with self.assertRaises(UserError):
            row.action_create_quotation()
        row.action_link_partner(self.customer.id)
        row.action_create_quotation()
        self.assertEqual(row.order_id.partner_id, self.customer)

    def test_who_may_not_see_it_cannot_quote_it(self):
        row = self._quote()
        for user in (self.user_portal, self.user_workshop, self.user_internal):
            with self.assertRaises(AccessError):
                row.with_user(user).action_create_quotation()
