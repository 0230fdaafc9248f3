from datetime import date

from odoo.tests import BaseCase, tagged

from odoo.addons.ecrm.tools import cohort

from . import cdnow


@tagged('post_install', '-at_install')
class TestCohort(BaseCase):
    def test_unobserved_months_are_empty_and_silent_ones_zero(self):
        purchases = {
            'A': [date(1998, 1, 5), date(1998, 2, 10), date(1998, 3, 1)],
            'B': [date(1998, 1, 20), date(1998, 3, 15)],
            'C': [date(1998, 2, 2), date(1998, 2, 20)],
            'D': [date(1998, 3, 10)],
        }
        self.assertEqual(
            cohort.retention(purchases, date(1998, 3, 31)),
            {(1998, 1): [2, 1, 2], (1998, 2): [1, 0, None], (1998, 3): [1, None, None]},
        )

    def test_cohorts_cross_the_turn_of_the_year(self):
        found = cohort.retention({'A': [date(2025, 12, 31), date(2026, 1, 1)]}, date(2026, 1, 2))
        self.assertEqual(found, {(2025, 12): [1, 1]})

    def test_nobody_gives_no_cohort(self):
        self.assertEqual(cohort.retention({}, date(2026, 1, 2)), {})

    def test_cdnow_customers_who_came_back_in_39_weeks(self):
        counts = [history.repeats + 1 for history in cdnow.histories()]
        self.assertAlmostEqual(cohort.repurchase_rate(counts), 946 / 2357)
        self.assertIsNone(cohort.repurchase_rate([0, 0]))

    def test_carts_left_behind(self):
        self.assertAlmostEqual(cohort.abandonment(200, 45), 0.775)
        self.assertIsNone(cohort.abandonment(0, 0))

    def test_correlation_needs_both_to_vary(self):
        self.assertIsNone(cohort.correlation([(1, 2)]))
        self.assertIsNone(cohort.correlation([(1, 2), (1, 3)]))
        self.assertAlmostEqual(cohort.correlation([(1, 2), (2, 4), (3, 6)]), 1)
