from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from odoo.addons.ecrm.tests.loyalty.common_loyalty import NOW, LoyaltyCommon


@tagged('post_install', '-at_install')
@freeze_time(NOW)
class TestLoyaltyAccess(LoyaltyCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mine = cls._customer("Mine", user_id=cls.user_sales.id)
        cls.others = cls._customer("Somebody's", user_id=cls.user_manager.id)
        cls._order(cls.mine, 2, 70)
        cls._order(cls.others, 2, 900)
        cls.indicators._refresh_all()

    def _rows(self, user):
        return self.indicators.with_user(user).search([('company_id', '=', self.shop.id)])

    def test_a_salesperson_sees_any_card_but_adds_up_only_his_customers(self):
        card = self.others.with_user(self.user_sales)
        self.assertAlmostEqual(card.ecrm_net_revenue, 900)
        rows = self._rows(self.user_sales)
        self.assertEqual(rows.partner_id, self.mine)
        [(total,)] = self.indicators.with_user(self.user_sales)._read_group(
            [], aggregates=['net_revenue:sum']
        )
        self.assertAlmostEqual(total, 70)

    def test_marketing_and_managers_see_the_shop(self):
        for user in (self.user_marketing, self.user_manager):
            self.assertEqual(len(self._rows(user)), 2)
            self.env['ecrm.report.cohort'].with_user(user).search([], limit=1)
            self.env['ecrm.report.cart'].with_user(user).search([], limit=1)

    def test_reports_and_history_are_not_the_salespersons(self):
        for model in (
            'ecrm.report.cohort',
            'ecrm.report.cart',
            'ecrm.customer.segment.history',
            'ecrm.customer.threshold',
            'ecrm.customer.dirty',
            'ecrm.customer.link',
            'ecrm.customer.fit',
            'ecrm.report.sale',
            'ecrm.report.source',
            'ecrm.report.nps',
            'ecrm.segment.automation.run',
            'ecrm.loyalty.preview',
        ):
            with self.subTest(model), self.assertRaises(AccessError):
                self.env[model].with_user(self.user_sales).search([])

    def test_segment_figures_are_not_the_salespersons(self):
        segment = self.env.ref('ecrm.customer_segment_new').with_user(self.user_sales)
        self.assertTrue(segment.name)
        with self.assertRaises(AccessError):
            segment.read(['net_revenue'])

    def test_portal_and_plain_users_see_nothing(self):
        for user in (self.user_portal, self.user_internal, self.user_workshop):
            with self.assertRaises(AccessError):
                self.indicators.with_user(user).search([])
            with self.assertRaises(AccessError):
                user.partner_id.with_user(user).read(['ecrm_net_revenue'])

    def test_nobody_writes_indicators_by_hand(self):
        row = self._rows(self.user_manager)[0]
        for operation in ('write', 'unlink', 'create'):
            self.assertFalse(row.has_access(operation))

    def test_only_managers_change_the_table(self):
        segment = self.env.ref('ecrm.customer_segment_new')
        with self.assertRaises(AccessError):
            segment.with_user(self.user_marketing).name = "Mine"
        segment.with_user(self.user_manager).name = "Newcomers"

    def test_another_companys_rows_stay_there(self):
        other = self.env['res.company'].create({'name': "Other", 'currency_id': self.eur.id})
        marketer = self._new_user('ecrm_other', 'ecrm.group_marketing')
        marketer.write({'company_ids': other.ids, 'company_id': other.id})
        there = self.indicators.with_user(marketer).with_context(allowed_company_ids=other.ids)
        self.assertFalse(there.search([('partner_id', '=', self.mine.id)]))
        self.assertEqual(
            self.mine.with_user(marketer)
            .with_context(allowed_company_ids=other.ids)
            .ecrm_order_count,
            0,
        )
