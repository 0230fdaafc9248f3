from odoo import Command, fields
from odoo.tests import HttpCase, tagged

FORMS = ('contact', 'callback')


@tagged('post_install', '-at_install')
class TestThread(HttpCase):
    """One walk through the four rooms in a browser, on the demo shop, in its own language."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shop = cls.env.ref('ecrm.demo_website', raise_if_not_found=False)
        if not cls.shop:
            cls.skipTest(cls, "The demo shop is not installed.")
        cls.company = cls.shop.company_id
        cls.env = cls.env(context=dict(cls.env.context, allowed_company_ids=cls.company.ids))
        cls.sales = cls.env.ref('ecrm.demo_user_sales')
        cls.customer = cls.env.ref('ecrm.demo_user_portal').partner_id

    # === DIMENSION === #

    def test_a_visitor_buys_two_sizes_and_every_paper_says_them(self):
        product = self.env.ref('ecrm.demo_product_m054')
        self.start_tour(product.website_url, 'ecrm_dimension_shop')
        order = self.env['sale.order'].search(
            [('website_id', '=', self.shop.id)], order='id desc', limit=1
        )
        self.assertEqual(order.state, 'sale')
        self.assertEqual(order.currency_id, self.env.ref('base.DZD'))
        sized = order.order_line.filtered('ecrm_width_mm')
        self.assertEqual(
            [(line.ecrm_size_input, line.product_uom_qty, line.price_unit) for line in sized],
            [('50x50', 2, 3400), ('40x50x3', 1, 9200)],
        )
        self.assertEqual(order.amount_total, 9200 + 2 * 3400 + 400)

        mail = order.message_ids.filtered(lambda message: message.partner_ids)
        self.assertIn('40 x 50 cm', mail.body, "the confirmation mail")
        html = self.env['ir.actions.report']._render_qweb_html('sale.report_saleorder', order.ids)
        self.assertIn('40 x 50 cm', html[0].decode())
        pdf, kind = (
            self.env['ir.actions.report']
            .with_context(force_report_rendering=True)
            ._render_qweb_pdf('sale.report_saleorder', order.ids)
        )
        self.assertEqual((kind, pdf[:4]), ('pdf', b'%PDF'))
        slip = self.env['ir.actions.report']._render_qweb_html(
            'stock.report_deliveryslip', order.picking_ids.ids
        )
        self.assertIn('40 x 50 cm', slip[0].decode())

    def test_staff_type_a_size_in_one_field(self):
        order = self.env['sale.order'].create(
            {
                'partner_id': self.customer.id,
                'company_id': self.company.id,
                'user_id': self.sales.id,
            }
        )
        self.start_tour(
            f'/odoo/action-sale.action_quotations/{order.id}',
            'ecrm_thread_order_form',
            login='sales',
        )
        self.assertEqual((order.order_line.ecrm_panels, order.order_line.price_unit), (3, 9200))

    # === INTAKE === #

    def test_both_forms_are_stored_at_once_and_leads_a_moment_later(self):
        card = self.customer.read(['name', 'email', 'phone', 'street', 'comment'])
        newest = self.env['ecrm.submission'].search([], order='id desc', limit=1).id or 0
        self.start_tour(
            '/contactus?utm_source=Instagram&utm_campaign=ramadan', 'ecrm_intake_contact'
        )
        self.start_tour('/callback', 'ecrm_intake_callback')
        rows = self.env['ecrm.submission'].search([('id', '>', newest)], order='id')
        self.assertEqual(tuple(rows.mapped('kind')), FORMS)
        self.assertEqual(set(rows.mapped('state')), {'new'}, "stored, nothing else yet")
        self.assertEqual(rows.company_id, self.company)
        self.assertFalse(rows.lead_id)

        self.env.ref('ecrm.ir_cron_process_submissions').method_direct_trigger()
        rows.invalidate_recordset()
        self.assertEqual(set(rows.mapped('state')), {'processed'})
        contact, callback = rows.lead_id.sorted('id')
        self.assertEqual(contact.phone, '+213551234567')
        self.assertEqual(callback.phone, '+213663352599')
        self.assertEqual(contact.source_id.name, 'Instagram')
        self.assertTrue(contact.user_id and callback.user_id)
        call = self.env.ref('mail.mail_activity_data_call')
        self.assertEqual(callback.activity_ids.activity_type_id, call)
        self.assertEqual(self.customer.read(['name', 'email', 'phone', 'street', 'comment']), card)

    # === COMPLAINT === #

    def test_a_complaint_goes_from_the_photo_to_the_answer_and_nobody_else_reads_it(self):
        order = self.env.ref('ecrm.demo_order_0001')
        before = self.env['ecrm.complaint'].search([])
        self.start_tour(f'/my/orders/{order.id}', 'ecrm_thread_complain', login='portal')
        complaint = self.env['ecrm.complaint'].search([]) - before
        self.assertEqual(len(complaint), 1)
        self.assertEqual(complaint.order_id, order)
        self.assertEqual(complaint.line_ids.size_label, "50 x 50 cm")
        self.assertEqual(complaint.wish, 'remake')

        self.start_tour('/odoo/complaints', 'ecrm_thread_answer', login='manager')
        self.assertEqual(complaint.kind, 'resolved')
        self.start_tour('/my/complaints', 'ecrm_thread_read_answer', login='portal')

        self.env['res.users'].create(
            {
                'name': "Somebody Else",
                'login': 'thread_other',
                'password': 'thread_other',
                'group_ids': [Command.set(self.env.ref('base.group_portal').ids)],
                'company_ids': [Command.set(self.company.ids)],
                'company_id': self.company.id,
            }
        )
        self.authenticate('thread_other', 'thread_other')
        page = self.url_open(f'/my/complaints/{complaint.id}')
        self.assertEqual(page.status_code, 404)
        self.assertNotIn(complaint.reference, self.url_open('/my/complaints').text)

    # === LOYALTY === #

    def test_the_card_tells_what_the_orders_say(self):
        orders = self.env['sale.order'].search(
            [('partner_id', '=', self.customer.id), ('state', '=', 'sale')]
        )
        partner = self.customer.with_company(self.company)
        self.assertEqual(partner.ecrm_order_count, len(orders))
        self.assertAlmostEqual(partner.ecrm_net_revenue, sum(orders.mapped('amount_untaxed')), 2)
        self.assertAlmostEqual(
            partner.ecrm_average_basket, partner.ecrm_net_revenue / len(orders), 2
        )
        last = max(orders.mapped('date_order'))
        self.assertAlmostEqual(
            partner.ecrm_recency_days, (fields.Datetime.now() - last).days, delta=1
        )
        for score in (partner.ecrm_r_score, partner.ecrm_f_score, partner.ecrm_m_score):
            self.assertIn(score, range(1, 6))
        mailing = [('ecrm_segment_id', '=', partner.ecrm_segment_id.id)]
        self.assertIn(self.customer, self.env['res.partner'].search(mailing))
        self.start_tour(
            f'/odoo/action-contacts.action_contacts/{self.customer.id}',
            'ecrm_thread_card',
            login='manager',
        )
