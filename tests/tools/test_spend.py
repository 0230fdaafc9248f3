from random import Random
from unittest.mock import patch

from odoo.tests import BaseCase, tagged

from odoo.addons.ecrm.tools import spend
from odoo.addons.ecrm.tools.clv import ClvError
from odoo.addons.ecrm.tools.cohort import correlation
from odoo.addons.ecrm.tools.spend import SpendModel

from . import cdnow


@tagged('post_install', '-at_install')
class TestSpend(BaseCase):
    def test_the_published_fit_of_cdnow_is_found(self):
        self.assertEqual(len(cdnow.spends()), 946)
        fit = spend.fit_spend(cdnow.spends(), pull=0)
        self.assertTrue(fit.is_converged)
        self.assertAlmostEqual(fit.p, 6.25, delta=0.005)
        self.assertAlmostEqual(fit.q, 3.74, delta=0.005)
        self.assertAlmostEqual(fit.v, 15.44, delta=0.01)
        self.assertAlmostEqual(fit.log_likelihood, -4055.918, delta=0.002)

    def test_frequency_and_spend_are_nearly_independent(self):
        self.assertAlmostEqual(correlation(cdnow.spends()), 0.11, places=2)
        largest = max(cdnow.spends(), key=lambda pair: pair[1])
        without = [pair for pair in cdnow.spends() if pair != largest]
        self.assertAlmostEqual(correlation(without), 0.06, places=2)

    def test_expected_spend_lies_between_the_customer_and_the_crowd(self):
        model = SpendModel(6.25, 3.74, 15.44)
        crowd = model.expected(0, 0)
        self.assertAlmostEqual(crowd, 6.25 * 15.44 / 2.74)
        self.assertTrue(crowd < model.expected(1, 100) < model.expected(9, 100) < 100)

    def test_zero_spend_tells_nothing(self):
        self.assertEqual(SpendModel(6, 4, 15).expected(2, 0), SpendModel(6, 4, 15).expected(0, 0))
        with self.assertRaises(ClvError):
            spend.fit_spend([(1, 0.0), (0, 12.0)])

    def test_the_fit_does_not_depend_on_the_currency(self):
        dollars = spend.fit_spend(cdnow.spends())
        dinars = spend.fit_spend([(x, z * 134) for x, z in cdnow.spends()])
        self.assertAlmostEqual(dinars.v / dollars.v, 134, places=3)
        self.assertAlmostEqual(dinars.p, dollars.p, places=5)

    def test_every_customer_counts_however_many_they_are(self):
        many = list(cdnow.spends()) * 12
        fit = spend.fit_spend(many, pull=0)
        self.assertEqual(fit.size, 946 * 12)
        self.assertAlmostEqual(fit.p, 6.25, delta=0.005)
        self.assertAlmostEqual(fit.log_likelihood, -4055.918 * 12, delta=0.03)

    def test_slopes_are_those_of_the_value(self):
        function = spend._Likelihood([(1, 0.6), (2, 1.3), (2, 0.9), (5, 1.1)], 0.5)
        point = (0.7, 0.4, -0.3)
        for i, slope in enumerate(function(point)[1]):
            high, low = list(point), list(point)
            high[i] += 1e-6
            low[i] -= 1e-6
            self.assertAlmostEqual(slope, (function(high)[0] - function(low)[0]) / 2e-6, places=5)

    def test_digamma_is_the_slope_of_the_logarithm_of_gamma(self):
        self.assertAlmostEqual(spend.digamma(1), -0.5772156649015329, places=11)
        self.assertAlmostEqual(spend.digamma(0.5), -1.9635100260214235, places=11)
        self.assertAlmostEqual(spend.digamma(1e5 + 1) - spend.digamma(1e5), 1e-5, places=14)

    def test_customers_who_spend_alike_are_fitted_in_a_few_steps(self):
        """What differs is what one buys today and next month, not who buys: q is without bound."""
        draw = Random(7)
        alike = [
            (x, sum(draw.choice([2400, 3400, 5200, 9200]) for _order in range(x)) / x)
            for x in [1, 1, 1, 2, 2, 3, 5, 8] * 500
        ]
        with patch.object(spend, 'minimise', wraps=spend.minimise) as minimise:
            fit = spend.fit_spend(alike)
        self.assertTrue(fit.is_converged)
        found = spend.minimise(*minimise.call_args.args, **minimise.call_args.kwargs)
        self.assertLess(found.steps, 60)
        self.assertGreater(fit.q, 50)
        self.assertAlmostEqual(fit.expected(0, 0), 5050, delta=100)
        self.assertLess(abs(fit.expected(2, 9200) - fit.expected(2, 2400)), 600)

    def test_a_shop_with_one_price_expects_that_price(self):
        fit = spend.fit_spend([(x, 3500.0) for x in (1, 1, 2, 7)])
        self.assertTrue(fit.is_converged)
        self.assertAlmostEqual(fit.expected(0, 0), 3500, places=2)
        self.assertAlmostEqual(fit.expected(4, 3500), 3500, places=2)

    def test_months_end_at_the_horizon_and_discount_lowers_the_sum(self):
        ends = spend.month_ends(180)
        self.assertEqual(len(ends), 6)
        self.assertEqual(ends[-1], 180)
        orders = [end / 100 for end in ends]
        self.assertAlmostEqual(spend.discounted(orders, ends, 0), 1.8)
        self.assertLess(spend.discounted(orders, ends, 0.1), 1.8)
