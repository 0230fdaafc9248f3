from dataclasses import replace
from decimal import Decimal as D

from odoo.tests import BaseCase, tagged

from ...tools.dimension import parse_size
from ...tools.price import Bounds, Rules, compute_price
from ...tools.price_grid import Tier
from ...tools.price_rules import ProfileFacts


def rules(**values):
    return Rules(**{'bounds': Bounds(max_panels=20), **values})


@tagged('post_install', '-at_install')
class TestPriceWorkedCases(BaseCase):
    """Cases that other makers publish: each with its source, its rule and the figure it gives there."""

    def assertPrice(self, profile, text, expected):
        self.assertEqual(compute_price(profile, parse_size(text)).amount, D(expected), text)

    def test_themology_area_rate_in_feet(self):
        # Themology docs: length x width x rate, 4.50 a square foot
        self.assertPrice(rules(area_rate=D('4.5'), rate_unit='ft'), '12x15 ft', '810.00')

    def test_themology_tiers_price_the_whole_quantity(self):
        # Themology docs: from 1 ft2 at 5, from 100 at 4.25, from 500 at 3.75, from 1000 at 3; 180 ft2 and 99.5 ft2
        tiers = tuple(
            Tier(D(start), D(rate))
            for start, rate in ((1, '5'), (100, '4.25'), (500, '3.75'), (1000, '3'))
        )
        profile = rules(model='tiers', tiers=tiers, rate_unit='ft')
        self.assertPrice(profile, '12x15 ft', '765.00')
        self.assertPrice(profile, '1x99.5 ft', '497.50')

    def test_nopcommerce_area_plus_border(self):
        # nopCommerce PriceForSize, wiki: 6 a square metre and 2 a metre of border, 1 x 2 m
        profile = rules(model='area_perimeter', area_rate=D(6), length_rate=D(2))
        self.assertPrice(profile, '1x2 m', 24)

    def test_nopcommerce_minimum_billable_area(self):
        # nopCommerce PriceForSize, code: at least 0.5 m2 is billed at 6, 0.3 x 0.3 m
        self.assertPrice(rules(area_rate=D(6), min_area_panel=D('0.5')), '0.3x0.3 m', '3.00')

    def test_colaizzi_square_inches(self):
        # Colaizzi Design fees: 0.14 a square inch
        profile = rules(area_rate=D('0.14'), rate_unit='in')
        self.assertPrice(profile, '8x10 in', '11.20')
        self.assertPrice(profile, '16x20 in', '44.80')
        self.assertPrice(profile, '24x36 in', '120.96')
        self.assertPrice(profile, '30x40 in', '168.00')

    def test_colaizzi_circumference(self):
        # Colaizzi Design fees: and 0.50 an inch of circumference
        profile = rules(
            model='area_perimeter', area_rate=D('0.14'), length_rate=D('0.5'), rate_unit='in'
        )
        self.assertPrice(profile, '16x20in', '80.80')

    def test_prestalife_rounding_and_minimums(self):
        # PrestaLife docs: 10 a square metre, 50 x 50 cm: as it is; rounded up to 1 m2; at least 1 m2; at least 50
        profile = rules(area_rate=D(10))
        self.assertPrice(profile, '50x50', '2.50')
        self.assertPrice(replace(profile, area_step=D(1)), '50x50', 10)
        self.assertPrice(replace(profile, min_area_set=D(1)), '50x50', 10)
        self.assertPrice(replace(profile, minimum=D(50)), '50x50', 50)

    def test_mybigpics_wrap_is_billed_on_both_ends(self):
        # mybigpics: 2 in of wrap a side, 24 x 18 in is billed as 28 x 22 in
        answer = compute_price(rules(area_rate=D(1), wrap=D('50.8')), parse_size('24x18 in'))
        self.assertEqual(answer.measures.sides, ((28 * D('25.4'), 22 * D('25.4')),))

    def test_woocommerce_29657_the_unit_price_is_rounded_first(self):
        # WooCommerce issue 29657: 12.974 three times is 38.91
        profile = rules(model='fixed', fixed_price=D('12.974'))
        self.assertEqual(compute_price(profile, parse_size('40x50')).amount * 3, D('38.91'))

    def test_rightpress_a_setup_is_never_amortised(self):
        # RightPress: a set-up of 7700 for 19 pieces is a line of 7700, not 19 times 405.26
        facts = ProfileFacts(rules(model='fixed', fixed_price=D(100)), 'cm', 1, setup_id=7)
        answer = compute_price(facts.rules, parse_size('40x50'))
        self.assertEqual([step.code for step in answer.steps], ['base'])
        self.assertEqual(19 * answer.amount + 7700, D('9600.00'))
        self.assertNotEqual(round(D(7700) / 19, 2) * 19, 7700)
