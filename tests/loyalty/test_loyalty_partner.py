from odoo.tests import freeze_time, tagged
from odoo.tests.common import users

from odoo.addons.ecrm.models.loyalty.res_partner import COLUMNS
from odoo.addons.ecrm.tests.loyalty.common_loyalty import NOW, LoyaltyCommon


@tagged('post_install', '-at_install')
@freeze_time(NOW)
class TestLoyaltyPartner(LoyaltyCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rich, cls.poor, cls.never = (cls._customer(name) for name in ("Rich", "Poor", "Never"))
        cls.guest = cls._customer("Rich again", email='rich@example.com')
        cls.rich.email = 'rich@example.com'
        for days_ago in (100, 60, 20):
            cls._order(cls.rich, days_ago, 500)
        cls._order(cls.guest, 5, 500)
        cls._order(cls.poor, 200, 20)
        cls.indicators._refresh_all()
        cls.everybody = cls.rich | cls.poor | cls.never | cls.guest

    def _found(self, *condition):
        return self.env['res.partner'].search([condition, ('id', 'in', self.everybody.ids)])

    def test_indicators_read_on_the_card(self):
        self.assertEqual(self.rich.ecrm_order_count, 4)
        self.assertAlmostEqual(self.rich.ecrm_net_revenue, 2000)
        self.assertAlmostEqual(self.rich.ecrm_average_basket, 500)
        self.assertEqual(self.rich.ecrm_recency_days, 5)
        self.assertEqual(self.rich.ecrm_rfm_label, '5-4-5')
        self.assertEqual(self.guest.ecrm_order_count, 4)
        self.assertEqual(self.never.ecrm_order_count, 0)
        self.assertFalse(self.never.ecrm_segment_id)

    def test_search_by_every_indicator(self):
        self.assertEqual(self._found('ecrm_order_count', '>', 1), self.rich | self.guest)
        self.assertEqual(self._found('ecrm_order_count', '=', 0), self.never)
        self.assertEqual(self._found('ecrm_order_count', '<', 2), self.poor | self.never)
        self.assertEqual(self._found('ecrm_order_count', '!=', 4), self.poor | self.never)
        self.assertEqual(self._found('ecrm_net_revenue', '>=', 2000), self.rich | self.guest)
        self.assertEqual(self._found('ecrm_recency_days', '>', 100), self.poor)
        self.assertEqual(self._found('ecrm_recency_days', '<=', 5), self.rich | self.guest)
        self.assertEqual(self._found('ecrm_last_order_date', '=', False), self.never)
        self.assertEqual(self._found('ecrm_last_order_date', '<', '2026-01-01'), self.poor)
        self.assertEqual(self._found('ecrm_f_score', '=', 4), self.rich | self.guest)

    def test_search_by_segment(self):
        champions = self.env.ref('ecrm.customer_segment_champions')
        self.assertEqual(self.rich.ecrm_segment_id, champions)
        self.assertEqual(self._found('ecrm_segment_id', '=', champions.id), self.rich | self.guest)
        self.assertEqual(
            self._found('ecrm_segment_id.code', '=', 'champions'), self.rich | self.guest
        )
        self.assertEqual(self._found('ecrm_segment_id', 'ilike', 'Champ'), self.rich | self.guest)
        self.assertFalse(self._found('ecrm_segment_id.code', '=', 'no such code'))
        self.assertEqual(self._found('ecrm_segment_id', '=', False), self.never)
        self.assertEqual(self._found('ecrm_segment_id', '!=', champions.id), self.poor | self.never)

    def test_search_by_rows_names_the_company(self):
        rows = [('company_id', '=', self.shop.id), ('order_count', '>', 1)]
        self.assertEqual(self._found('ecrm_indicator_ids', 'any', rows), self.rich | self.guest)

    def test_rhythm_has_a_bar_for_each_of_24_months(self):
        months = self.rich.ecrm_rhythm
        self.assertEqual(len(months), 24)
        self.assertEqual(months[-1]['month'], '2026-03-01')
        self.assertEqual(sum(month['orders'] for month in months), 4)
        self.assertFalse(self.never.ecrm_rhythm)

    def test_the_button_opens_the_orders_of_all_his_cards(self):
        action = self.guest.action_ecrm_open_orders()
        self.assertEqual(len(self.env['sale.order'].search(action['domain'])), 4)

    def test_a_list_of_cards_costs_the_same_queries_as_one(self):
        names = ['ecrm_order_count', 'ecrm_net_revenue', 'ecrm_segment_id', 'ecrm_rfm_label']
        self.everybody.with_user(self.user_sales).read(names)
        self.env.invalidate_all()
        with self.assertQueryCount(14):
            self.everybody.with_user(self.user_sales).read(names)

    @users('ecrm_sales')
    def test_a_new_card_has_no_indicators(self):
        card = self.env['res.partner'].new({'name': "Draft"})
        self.assertFalse(card.ecrm_order_count)
        self.assertFalse(card.ecrm_rhythm)

    def test_nothing_of_it_is_stored_on_the_card_nor_depends_on_the_company(self):
        fields = self.env['res.partner']._fields
        shown = [fields[f'ecrm_{column}'] for column in COLUMNS]
        for field in shown:
            self.assertFalse(field.store or field.company_dependent, field.name)
            self.assertEqual(field.groups, 'ecrm.group_user', field.name)
        days = self.indicators._fields['recency_days']
        self.assertFalse(days.store, "a stored number of days is wrong the day after")

    def test_the_smart_buttons_lead_to_orders_complaints_forms_and_mailings(self):
        arch = (
            self.env['res.partner']
            .with_user(self.user_manager)
            .get_view(self.env.ref('base.view_partner_form').id, 'form')['arch']
        )
        for method in (
            'action_ecrm_open_orders',
            'action_ecrm_view_complaints',
            'action_view_ecrm_submissions',
            'action_ecrm_open_mailings',
        ):
            self.assertRegex(arch, rf'<button[^>]*name="{method}"[^>]*oe_stat_button')
        self.assertIn("those of identified visitors only", arch)
