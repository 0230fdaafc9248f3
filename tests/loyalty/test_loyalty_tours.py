from odoo.tests import HttpCase, tagged

from odoo.addons.ecrm.tests.loyalty.common_loyalty import LoyaltyCommon


@tagged('post_install', '-at_install')
class TestLoyaltyTours(LoyaltyCommon, HttpCase):
    def test_a_marketer_filters_by_segment_and_opens_a_card(self):
        customer = self._customer("Tour Champion", user_id=self.user_sales.id)
        for _turn in range(6):
            self._order(customer, 0, 5000)
        for i in range(5):
            self._order(self._customer(f"Tour Other {i}"), 0, 10 + i)
        self.indicators._refresh_all()
        self.start_tour('/odoo/ecrm-customers', 'ecrm_loyalty_card', login='ecrm_marketing')
