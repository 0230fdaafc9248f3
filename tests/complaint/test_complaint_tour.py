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
