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
