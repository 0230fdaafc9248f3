from odoo import fields
from odoo.tests import HttpCase, tagged

from .common_complaint import ComplaintCommon


class BoardCommon(ComplaintCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.guest = cls._new_complaint(
            partner_id=False,
            order_id=False,
            partner_name="Amine of Oran",
            email_from='amine@example.com',
        )


@tagged('post_install', '-at_install')
class TestComplaintBoard(BoardCommon):
    def test_who_has_no_card_is_named_on_the_board_and_in_the_list(self):
        self._new_complaint()
        self.start_tour('/odoo/complaints', 'ecrm_complaint_board_of_a_guest', login='ecrm_agent')


@tagged('post_install', '-at_install')
class TestComplaintBoardPhone(BoardCommon):
    browser_size = '390x844'
    touch_enabled = True

    def setUp(self):
        super().setUp()
        self.guest.response_due = self.guest.resolution_due = fields.Datetime.now()

    def test_agent_answers_from_todays_list_on_a_phone(self):
        self.start_tour(
            '/odoo/complaints-today', 'ecrm_complaint_agent_on_a_phone', login='ecrm_agent'
        )
        self.assertTrue(self.guest.first_response_at)
        self.assertEqual(self.guest.kind, 'open')
        self.assertIn("We look at it today", self.guest._customer_messages()[-1].body)
