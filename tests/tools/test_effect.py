from decimal import Decimal

from odoo.tests import BaseCase, tagged

from odoo.addons.ecrm.tools.effect import Side, gain, rate_interval, verdict


@tagged('post_install', '-at_install')
class TestEffect(BaseCase):
    def test_the_interval_of_ten_in_a_hundred(self):
        # (0.1 + 3.8415 / 200) / 1.038415 = 0.11480 -/+ 1.96 / 1.038415 * 0.0315559 = 0.05956
        low, high = rate_interval(10, 100)
        self.assertAlmostEqual(low, 0.05523, places=4)
        self.assertAlmostEqual(high, 0.17437, places=4)

    def test_the_interval_stays_a_share(self):
        self.assertEqual(rate_interval(0, 0), (0.0, 1.0))
        self.assertEqual(rate_interval(0, 10)[0], 0.0)
        self.assertAlmostEqual(rate_interval(10, 10)[1], 1.0)
        self.assertLessEqual(rate_interval(10, 10)[1], 1.0)
        self.assertGreater(rate_interval(0, 10)[1], 0.2)

    def test_hits_off_the_size_are_refused(self):
        for hits, size in ((3, 2), (-1, 2)):
            with self.assertRaises(ValueError) as refusal:
                rate_interval(hits, size)
            self.assertEqual(refusal.exception.args, ('hits_off_size', hits, size))

    def test_the_gain_is_the_difference_times_the_treated(self):
        treated = Side(size=90, revenue=Decimal(1800))
        held = Side(size=10, revenue=Decimal(150))
        self.assertEqual(gain(treated, held), 450)
        self.assertEqual(gain(held, treated), -50)
        self.assertIsNone(gain(treated, Side()))
        self.assertIsNone(gain(Side(), held))

    def test_each_is_by_all_customers_not_by_buyers(self):
        side = Side(size=4, buyers=1, orders=2, revenue=Decimal(200))
        self.assertEqual((side.rate, side.orders_each, side.revenue_each), (0.25, 0.5, 50))
        self.assertEqual((Side().rate, Side().orders_each, Side().revenue_each), (0, 0, 0))

    def test_fewer_than_thirty_on_a_side_tell_nothing(self):
        thirty, fewer = Side(size=30, buyers=30), Side(size=29)
        self.assertEqual(verdict(thirty, fewer), 'few')
        self.assertEqual(verdict(fewer, thirty), 'few')
        self.assertEqual(verdict(thirty, Side(size=30)), 'more')
        self.assertEqual(verdict(Side(size=30), thirty), 'less')

    def test_open_customers_do_not_make_the_thirty(self):
        self.assertEqual(verdict(Side(size=500), Side(size=29, open_size=400)), 'few')

    def test_overlapping_intervals_tell_nothing_until_they_are_narrow(self):
        self.assertEqual(verdict(Side(size=100, buyers=20), Side(size=100, buyers=10)), 'unclear')
        self.assertEqual(verdict(Side(size=5000, buyers=500), Side(size=5000, buyers=500)), 'same')
