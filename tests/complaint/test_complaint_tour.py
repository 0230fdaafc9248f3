from datetime import timedelta

from odoo import Command, fields
from odoo.tests import HttpCase, tagged

from .common_complaint import ComplaintCommon


@tagged('post_install', '-at_install')
class TestComplaintTour(ComplaintCommon, HttpCase):
    def test_from_the_customers_photo_to_the_agents_answer_and_back(self):
        self.start_tour(
            f'/my/orders/{self.order.id}', 'ecrm_complaint_customer_complains', login='ecrm_portal'
        )
        complaint = self.env['ecrm.complaint'].search([('order_id', '=', self.order.id)])
        self.assertEqual(complaint.user_id, self.user_agent)
        self.assertEqual(complaint.wish, 'remake')
        self.assertEqual(complaint.line_ids.sale_line_id, self.line)

        self.start_tour('/odoo/complaints', 'ecrm_complaint_agent_answers', login='ecrm_agent')
        self.assertEqual(complaint.kind, 'resolved')
        self.assertTrue(complaint.first_response_at)

        self.start_tour('/my/complaints', 'ecrm_complaint_customer_reads', login='ecrm_portal')
        self.assertEqual(complaint.kind, 'open', "an answer after the solution opens it again")

    def test_agent_offers_a_voucher_and_says_so_in_one_step(self):
        complaint = self._new_complaint()
        self.start_tour(
            f'/odoo/complaints/{complaint.id}',
            'ecrm_complaint_agent_offers_voucher',
            login='ecrm_agent',
        )
        remedy = complaint.remedy_ids
        self.assertEqual((remedy.kind, remedy.state, remedy.amount), ('coupon', 'done', 1500))
        self.assertEqual(remedy.card_id.partner_id, self.partner)
        self.assertEqual(complaint.kind, 'resolved')

    def test_agent_who_may_not_read_orders_takes_a_call(self):
        self.order.name = 'S98765'
        self.assertFalse(self.order.with_user(self.user_agent).has_access('read'))
        self.start_tour('/odoo/complaints', 'ecrm_complaint_agent_takes_a_call', login='ecrm_agent')
        complaint = self.env['ecrm.complaint'].search([('order_id', '=', self.order.id)])
        self.assertEqual((complaint.channel, complaint.partner_id), ('staff', self.partner))
        self.assertEqual(complaint.line_ids.quantity, 2)
        self.env.ref('ecrm.ir_cron_complaint_calls').method_direct_trigger()
        self.env.invalidate_all()
        self.assertIn(complaint.reference, complaint.sudo()._customer_messages().body)

    def test_agent_splits_what_is_two_things(self):
        complaint = self._new_complaint()
        complaint._post_from_customer("Lines on the print", [])
        complaint._post_from_customer("And the other parcel is late", [])
        self.start_tour(
            f'/odoo/complaints/{complaint.id}', 'ecrm_complaint_agent_splits', login='ecrm_agent'
        )
        split = self.env['ecrm.complaint'].search([('split_from_id', '=', complaint.id)])
        self.assertEqual(split.name, "The second parcel")

    def test_manager_goes_from_a_rate_to_its_complaints_and_from_a_cause_to_what_is_done(self):
        earlier = self._new_order(self.partner, 4, delivered=4)
        earlier.date_order = fields.Datetime.now() - timedelta(days=20)
        for order in (self.order, earlier):
            line = Command.create({'sale_line_id': order.order_line.id, 'quantity': 1})
            self._new_complaint(order_id=order.id, line_ids=[line], founded='yes')
        self.env['ecrm.complaint.action'].create(
            {
                'name': "Dry for twelve hours",
                'cause_id': self.cause.id,
                'company_id': self.company.id,
                'state': 'done',
                'date_done': fields.Date.today() - timedelta(days=10),
            }
        )
        self.start_tour('/odoo/complaint-cohorts', 'ecrm_complaint_lesson', login='ecrm_manager')
        self.start_tour('/odoo/top-causes', 'ecrm_complaint_top_causes', login='ecrm_manager')


@tagged('post_install', '-at_install')
class TestComplaintPhone(ComplaintCommon, HttpCase):
    browser_size = '390x844'
    touch_enabled = True

    def test_guest_complains_with_pictures_and_camera_and_follows(self):
        self.start_tour('/complaint', 'ecrm_complaint_guest_on_a_phone')
        complaint = self.env['ecrm.complaint'].search([], order='id desc', limit=1)
        self.assertEqual((complaint.channel, complaint.wish), ('form', 'replacement'))
        self.assertEqual(complaint.cause_id, self.env.ref('ecrm.complaint_cause_broken'))
        files = complaint._customer_messages().attachment_ids
        self.assertEqual(files.mapped('name'), ['corner.jpg'])

    def test_customer_rates_and_reopens_by_the_link_of_his_mail(self):
        complaint = self._new_complaint()
        complaint.action_resolve()
        self.start_tour(complaint.get_portal_url(), 'ecrm_complaint_rates_on_a_phone')
        self.assertEqual((complaint.score, complaint.score_comment), (4, "Quick and kind"))
        self.assertEqual((complaint.kind, complaint.reopen_count), ('open', 1))
