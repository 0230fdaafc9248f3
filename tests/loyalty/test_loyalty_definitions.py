from datetime import date, datetime, timedelta
from itertools import product

from odoo.tests import freeze_time, tagged

from odoo.addons.ecrm.tests.loyalty.common_loyalty import NOW, LoyaltyCommon
from odoo.addons.ecrm.tools import cohort, spend


@tagged('post_install', '-at_install')
@freeze_time(NOW)
class TestLoyaltyDefinitions(LoyaltyCommon):
    """Each indicator by its definition and at its edge, a test a row, in the order of the table.

    Refunds, currencies and companies are in test_loyalty_base and test_loyalty_refresh.
    """

    def _of(self, *days_and_amounts, name="Amina"):
        """The row of a new customer with these orders."""
        customer = self._customer(name)
        for days_ago, amount in days_and_amounts:
            self._order(customer, days_ago, amount)
        return self._row(customer)

    def _stored(self, row, *columns):
        """What the database holds, where empty and 0 differ."""
        self.env.cr.execute(
            f'SELECT {", ".join(columns)} FROM ecrm_customer_indicator WHERE id = %s', [row.id]
        )
        return self.env.cr.fetchone()

    def test_order_count_net_revenue_average_basket(self):
        row = self._of((30, 50), (30, 70), (10, 30))
        self.assertEqual((row.order_count, row.net_revenue, row.average_basket), (3, 150, 50))
        self._order(empty := self._customer("Badis")).state = 'draft'
        columns = ('order_count', 'net_revenue', 'average_basket')
        self.assertEqual(self._stored(self._row(empty), *columns), (0, 0, None))

    def test_first_and_last_order_recency_and_gaps(self):
        row = self._of((100, 10), (100, 10), (70, 10), (20, 10))
        self.assertEqual(row.first_order_date, date(2025, 12, 5))
        self.assertEqual(row.last_order_date, date(2026, 2, 23))
        self.assertEqual((row.mean_gap, row.median_gap, row.purchase_days), (40, 40, 3))
        with freeze_time(NOW + timedelta(days=3)):
            row.invalidate_recordset()
            self.assertEqual(row.recency_days, 23)
        once = self._of((5, 10), (5, 20), name="Badis")
        self.assertEqual(self._stored(once, 'mean_gap', 'median_gap'), (None, None))

    def test_orders_around_midnight_are_gathered_in_the_shops_day(self):
        customer = self._customer("Amina")
        for moment in (datetime(2026, 1, 31, 22, 30), datetime(2026, 1, 31, 23, 30)):
            self._order(customer).date_order = moment
        self.assertEqual(self._row(customer).purchase_days, 1)
        self.shop.ecrm_loyalty_tz = 'Africa/Algiers'
        row = self._row(customer)
        self.assertEqual((row.order_count, row.purchase_days, row.median_gap), (2, 2, 1))

    def test_equal_customers_get_equal_scores(self):
        """A rank cut in five parts, as NTILE does, would split them."""
        customers = [self._customer(f"C{i}") for i in range(12)]
        for customer in customers:
            self._order(customer, 10, 50)
        self.indicators._refresh_all()
        rows = self.indicators.search([('partner_id', 'in', [c.id for c in customers])])
        self.assertEqual(len(rows), 12)
        self.assertEqual(len(set(rows.mapped('rfm_label'))), 1)

    def test_a_value_on_a_threshold_is_in_the_higher_bucket(self):
        row = self._of((10, 50))
        threshold = self.env['ecrm.customer.threshold']._current(self.shop)
        threshold.write(
            {f'monetary_{rank}': bound for rank, bound in enumerate((49, 50, 51, 52), start=1)}
            | {f'recency_{rank}': bound for rank, bound in enumerate((9, 10, 11, 12), start=1)}
        )
        self.indicators._score(self.shop)
        self.assertEqual((row.r_score, row.m_score), (3, 3))

    def test_frequency_is_one_and_the_bounds_passed(self):
        for count, score in ((1, 1), (2, 2), (3, 3), (4, 4), (5, 4), (6, 5), (7, 5)):
            row = self._of(*((day, 10) for day in range(count)), name=f"C{count}")
            self.assertEqual((row.order_count, row.f_score), (count, score))

    def test_who_has_no_order_is_a_prospect_without_scores(self):
        self._order(customer := self._customer("Amina")).state = 'draft'
        row = self._row(customer)
        self.assertEqual(row.segment_id.code, 'prospect')
        self.assertEqual(self._stored(row, 'r_score', 'f_score', 'm_score'), (None, None, None))

    def test_every_triple_of_scores_has_a_segment(self):
        row = self._of((10, 50))
        table = self.env['ecrm.customer.segment'].search([('is_prospect', '=', False)])
        for triple in product(range(1, 6), repeat=3):
            matching = table.filtered(
                lambda s, t=triple: (
                    s.r_min <= t[0] <= s.r_max
                    and s.f_min <= t[1] <= s.f_max
                    and s.m_min <= t[2] <= s.m_max
                )
            )
            self.assertTrue(matching, triple)
        codes = set(table.mapped('code'))
        self.assertEqual(len(codes), 10)
        self.assertIn(row.segment_id, table)

    def test_repurchase_rate_is_of_customers_with_two_orders_or_more(self):
        counts = (1, 1, 2, 3)
        for i, count in enumerate(counts):
            self._of(*((10 * k, 10) for k in range(count)), name=f"C{i}")
        shop = [('company_id', '=', self.shop.id)]
        again = self.indicators.search_count([*shop, ('order_count', '>', 1)])
        buyers = self.indicators.search_count([*shop, ('order_count', '>', 0)])
        self.assertEqual(again / buyers, cohort.repurchase_rate(counts))

    def test_a_month_not_observed_is_absent_and_an_observed_silent_one_is_0(self):
        self._of((60, 10))
        rows = self.env['ecrm.report.cohort'].search([('company_id', '=', self.shop.id)])
        self.assertEqual(
            {row.month_date: row.customer_count for row in rows},
            {date(2026, 1, 1): 1, date(2026, 2, 1): 0, date(2026, 3, 1): 0},
        )

    def _fit(self, row, **values):
        """A good fit of known parameters, and what it makes of the customer."""
        self.env['ecrm.customer.fit'].sudo().create(
            {
                'company_id': self.shop.id,
                'date': NOW.date(),
                'state': 'good',
                'is_modified': True,
                'r': 0.5,
                'alpha': 6,
                'a': 0.8,
                'b': 2.4,
                'spend_p': 6.25,
                'spend_q': 3.74,
                'spend_v': 15.44,
                **values,
            }
        )
        self.indicators._predict(self.shop)
        self.env.invalidate_all()
        return row

    def test_chance_of_an_order_and_churn_follow_from_p_alive(self):
        row = self._fit(self._of((120, 40), (60, 50), (20, 60)))
        alpha, age, horizon = 6, 120 / 7, self.shop.ecrm_horizon_days / 7
        expected = row.p_alive * (1 - ((alpha + age) / (alpha + age + horizon)) ** (0.5 + 2))
        self.assertTrue(0 < expected < row.p_alive < 1)
        self.assertAlmostEqual(row.p_order, expected, places=6)
        self.assertAlmostEqual(row.churn_risk, 1 - expected, places=6)

    def test_the_flag_takes_the_same_likelihood_without_the_modification(self):
        row = self._of((120, 40))
        self.assertLess(self._fit(row).p_alive, 1)
        self.env['ecrm.customer.fit'].search([('company_id', '=', self.shop.id)]).unlink()
        # Without it who ordered once is immortal
        self.assertEqual(self._fit(row, is_modified=False).p_alive, 1)

    def test_expected_spend_is_the_posterior_mean_of_the_repeat_orders(self):
        row = self._fit(self._of((120, 40), (60, 50), (20, 60)))
        p, q, v, x, mean = 6.25, 3.74, 15.44, 2, 55
        self.assertAlmostEqual(row.expected_spend, p * (v + x * mean) / (p * x + q - 1), places=2)
        self.assertTrue(0 < row.predicted_value < row.expected_orders * row.expected_spend)

    def test_a_correlation_of_frequency_and_spend_is_warned_of_above_three_tenths(self):
        self.assertEqual(spend.CORRELATION_WARNING, 0.3)
        fits = self.env['ecrm.customer.fit']
        for value, is_warned in ((0.3, False), (0.31, True), (-0.31, True), (-0.2, False)):
            self.assertEqual(fits.new({'spend_correlation': value}).is_correlated, is_warned)

    def test_the_next_order_is_the_median_gap_without_a_fit_and_three_years_at_most(self):
        soon = self._of((50, 10), (30, 10))
        self.assertEqual(soon.next_order_date, NOW.date() - timedelta(days=10))
        once = self._of((50, 10), name="Badis")
        self.assertFalse(once.next_order_date)
        rare = self._of((3000, 10), (10, 10), name="Chahra")
        self.assertEqual(rare.next_order_date, NOW.date() + timedelta(days=3 * 365 - 10))
        self._fit(rare, r=0.01, alpha=500)
        self.assertEqual(rare.next_order_date, NOW.date() + timedelta(days=3 * 365))

    def test_complaints_are_told_with_the_open_ones_and_per_100_orders(self):
        row = self._of((30, 10), (20, 10), (10, 10), (5, 10))
        self.env['ecrm.complaint'].create(
            {'name': "Torn", 'company_id': self.shop.id, 'partner_id': row.partner_id.id}
        )
        told = ' '.join(row.partner_id._ecrm_voice_sentences())
        self.assertIn("Complaints: 1, of which open: 1; 25 per 100 orders.", told)

    def test_visits_are_of_identified_visitors_only(self):
        customer = self._customer("Amina")
        visitors = self.env['website.visitor'].create(
            [
                {'access_token': f'{7:032x}', 'partner_id': False},
                {'access_token': str(customer.id), 'partner_id': customer.id},
            ]
        )
        self.env['website.track'].create(
            [{'visitor_id': visitor.id, 'url': '/shop'} for visitor in visitors]
        )
        self.env.flush_all()
        visits = self.env['ecrm.timeline'].search(
            [('kind', '=', 'visit'), ('res_id', 'in', visitors.ids)]
        )
        self.assertEqual(visits.mapped('res_id'), visitors[1].ids)

    def test_what_has_no_source_stands_under_unknown(self):
        facebook = self.env['utm.source'].create({'name': "Facebook of the test"})
        customer = self._customer("Amina")
        self._order(customer, 9, 100, source_id=facebook.id)
        self._order(customer, 5, 40)
        self.env.flush_all()
        for model in ('ecrm.report.sale', 'ecrm.report.source'):
            rows = self.env[model]._read_group(
                [('company_id', '=', self.shop.id)], ['network'], ['net_revenue:sum']
            )
            self.assertEqual(dict(rows), {'facebook': 100, 'unknown': 40}, model)
