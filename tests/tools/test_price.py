from dataclasses import replace
from decimal import Decimal as D

from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ...tools.dimension import make_size, parse_size
from ...tools.price import (
    Bounds,
    Option,
    PriceError,
    Rules,
    compute_price,
    nearest_sizes,
    round_price,
)
from ...tools.price_grid import Grid, Tier

FREE = Bounds(max_panels=20)


def settings(**values):
    """How long a busy machine takes to draw an example says nothing of the price."""
    quiet = [HealthCheck.too_slow]
    return hypothesis_settings(deadline=None, database=None, suppress_health_check=quiet, **values)


def rules(**values):
    return Rules(**{'bounds': FREE, **values})


def price(profile, text, *options):
    return compute_price(profile, parse_size(text), options).amount


@tagged('post_install', '-at_install')
class TestPriceSteps(BaseCase):
    def assertRefused(self, profile, text, code, quote=False):
        with self.assertRaises(PriceError, msg=text) as caught:
            price(profile, text)
        self.assertEqual((caught.exception.code, caught.exception.quote), (code, quote))
        return caught.exception

    def test_each_bound_refuses_by_its_name(self):
        bounds = Bounds(
            min_width=D(200), max_width=D(2000), min_height=D(300), max_height=D(1500), step=D(5),
            min_area=D('0.08'), max_area=D(2), max_perimeter=D(6400), max_ratio=D(4), max_panels=3,
        )  # fmt: skip
        profile = rules(bounds=bounds)
        for text, code in (
            ('19x40', 'width_min'), ('201x100', 'width_max'), ('30x29', 'height_min'), ('30x151', 'height_max'),
            ('40.2x50', 'step'), ('20x35', 'area_min'), ('160x140', 'area_max'), ('200x30', 'ratio_max'),
            ('40x50x4', 'panels_max'),
        ):  # fmt: skip
            self.assertRefused(profile, text, code)
        self.assertRefused(
            rules(bounds=Bounds(max_perimeter=D(3000), max_panels=1)), '90x80', 'perimeter_max'
        )
        self.assertEqual(
            self.assertRefused(profile, '19x40', 'width_min').values, {'value': 190, 'bound': 200}
        )

    def test_steps_are_tested_on_integers(self):
        profile = rules(bounds=Bounds(step=D('0.1'), max_panels=1), area_rate=D(1))
        for tenths in range(4000, 4100):
            compute_price(profile, make_size(D(tenths) / 10, 400))

    def test_a_step_of_a_quarter_of_an_inch_takes_every_quarter(self):
        profile = rules(bounds=Bounds(step=D('6.35'), max_panels=1), area_rate=D(1))
        for quarters in range(1, 400):
            compute_price(profile, make_size(D(quarters) / 4, 16, unit='in'))
        self.assertRefused(profile, '16.1x20in', 'step')
        self.assertRefused(profile, '16x20', 'step')

    def nearest(self, profile, text):
        size = parse_size(text)
        self.assertRefused(profile, text, 'step')
        return [near.key for near in nearest_sizes(profile, size)]

    def test_a_size_off_the_step_has_the_nearest_ones_that_are_sold(self):
        bounds = Bounds(step=D(5), min_width=D(200), max_width=D(410), max_panels=5)
        profile = rules(bounds=bounds)
        self.assertEqual(self.nearest(profile, '16x20in*3'), [(405, 510, 3, ()), (410, 510, 3, ())])
        # Beyond the bounds nothing is offered: 41.2 would be 41.5
        self.assertEqual(self.nearest(profile, '40.9x50'), [(410, 500, 1, ()), (405, 500, 1, ())])
        self.assertEqual(
            self.nearest(profile, '30x60.2+40x80'),
            [
                (400, 800, 2, ((300, 600), (400, 800))),
                (400, 800, 2, ((300, 605), (400, 800))),
            ],
        )
        # Two panels that become one size are two of that size
        self.assertEqual(self.nearest(profile, '30.1x60+30x60')[0], (300, 600, 2, ()))
        self.assertEqual(nearest_sizes(rules(bounds=Bounds()), parse_size('40.3x50')), ())
        lone = replace(profile, bounds=replace(bounds, min_width=D(201), max_width=D(204)))
        self.assertEqual(self.nearest(lone, '20.2x50'), [])

    def test_the_roll_limits_the_shorter_billed_side(self):
        profile = rules(bounds=Bounds(roll_width=D(1000), max_panels=1), wrap=D(50))
        self.assertEqual(price(profile, '90x200'), 0)
        self.assertRefused(profile, '90.1x200', 'roll_width')

    def test_above_the_limit_a_quote_may_be_asked_for_below_it_not(self):
        profile = rules(
            bounds=Bounds(min_width=D(200), max_width=D(1000), max_panels=1), quote_over=True
        )
        self.assertRefused(profile, '101x50', 'width_max', quote=True)
        self.assertRefused(profile, '10x50', 'width_min')

    def test_an_orientation_free_profile_takes_a_size_that_fits_when_turned(self):
        bounds = Bounds(max_width=D(1000), max_height=D(2000), max_panels=1)
        self.assertRefused(rules(bounds=bounds), '150x80', 'width_max')
        self.assertEqual(
            price(rules(bounds=replace(bounds, rotate=True), area_rate=D(10)), '150x80'), 12
        )

    def test_a_preset_keeps_its_own_price_whatever_the_rules(self):
        profile = rules(
            presets={parse_size('40x50x3').key: D(9200)},
            bounds=Bounds(max_panels=1),
            panel_fee=D(100),
            custom=False,
        )
        self.assertEqual(price(profile, '40/50*3'), 9200)
        self.assertRefused(profile, '40x51', 'presets_only')

    def test_billed_sides_are_rounded_as_asked(self):
        for mode, expected in (('none', 413), ('nearest', 410), ('up', 420)):
            profile = rules(side_mode=mode, side_step=D(10))
            sides = compute_price(profile, parse_size('41.3x50')).measures.sides
            self.assertEqual(sides[0][0], expected)

    def test_the_wrap_is_added_before_the_side_is_rounded(self):
        profile = rules(wrap=D(21), side_mode='up', side_step=D(10))
        answer = compute_price(profile, parse_size('40x50'))
        self.assertEqual(answer.measures.sides, ((450, 550),))

    def test_a_least_billed_area_counts_for_each_panel_or_for_the_set(self):
        self.assertEqual(price(rules(area_rate=D(6), min_area_panel=D('0.5')), '30x30*3'), 9)
        self.assertEqual(price(rules(area_rate=D(6), min_area_set=D('0.5')), '30x30*3'), 3)
        layout = rules(area_rate=D(6), min_area_panel=D('0.5'))
        self.assertEqual(price(layout, '30x30+100x100'), 9)

    def test_the_outline_of_every_panel_is_charged(self):
        profile = rules(model='perimeter', length_rate=D(500))
        self.assertEqual(price(profile, '50x100'), 1500)
        self.assertEqual(price(profile, '50x100*2'), 3000)

    def test_one_price_is_that_of_a_set_whatever_its_size(self):
        profile = rules(model='fixed', fixed_price=D(3000))
        self.assertEqual({price(profile, text) for text in ('20x20', '200x200', '40x50*3')}, {3000})

    def test_fees_come_after_the_base(self):
        profile = rules(
            area_rate=D(1000),
            panel_fee=D(150),
            setup_fee=D(300),
            oversize_from=D(900),
            oversize_percent=D(10),
        )
        self.assertEqual(price(profile, '100x50x2'), 1000 + 300 + 300 + 100)
        self.assertEqual(price(profile, '90x50x2'), 900 + 300 + 300)

    def test_waste_is_added_to_the_area(self):
        self.assertEqual(price(rules(area_rate=D(100), waste=D(10)), '100x100'), 110)

    def test_united_sides_price_width_plus_height(self):
        self.assertEqual(
            price(rules(model='united', length_rate=D(10), rate_unit='in'), '16x20in'), 360
        )

    def test_slab_tiers_price_each_slice(self):
        tiers = (Tier(D(0), D(10)), Tier(D(1), D(8)))
        self.assertEqual(price(rules(model='tiers', tiers=tiers, slab=True), '100x150'), D(14))
        answer = compute_price(rules(model='tiers', tiers=tiers), parse_size('50x50'))
        self.assertEqual(answer.next_tier.start, 1)

    @settings(max_examples=100)
    @given(
        st.lists(st.integers(0, 900), min_size=1, max_size=5, unique=True),
        st.integers(1, 1000),
        st.booleans(),
    )
    def test_tiers_leave_no_gap_whatever_their_lower_bounds(self, starts, tenths, slab):
        tiers = tuple(Tier(D(start) / 10, D(start + 1)) for start in starts)
        area = D(tenths) / 10
        profile = rules(model='tiers', tiers=tiers, slab=slab)
        amount = price(profile, f'1x{area} m')
        rates = sorted(starts)
        reached = max([start for start in rates if start <= tenths], default=rates[0]) + 1
        if slab:
            bounds = [0, *(start for start in rates[1:] if start < tenths), tenths]
            slices = zip(bounds, bounds[1:], rates, strict=False)
            expected = sum((D(high - low) / 10 * (rate + 1) for low, high, rate in slices), D(0))
            self.assertEqual(amount, expected)
        else:
            self.assertEqual(amount, area * reached)

    def test_options_are_priced_in_every_mode(self):
        profile = rules(area_rate=D(1000))
        for mode, expected in (
            ('set', 10),
            ('panel', 20),
            ('area', 10),
            ('length', 60),
            ('percent', 100),
        ):
            self.assertEqual(
                price(profile, '100x50x2', Option('Frame', mode, D(10))), 1000 + expected, mode
            )

    def test_rounding_gives_the_prices_a_shop_writes(self):
        self.assertEqual(round_price(D(3024), D(50)), 3000)
        self.assertEqual(round_price(D(3025), D(50)), 3050)
        self.assertEqual(round_price(D(3001), D(50), 'up'), 3050)
        self.assertEqual(round_price(D('12.40'), D(1), 'up', D('0.99')), D('12.99'))
        self.assertEqual(round_price(D('1130'), D(100), 'nearest', D(90)), 1090)

    def test_rounding_never_goes_under_the_minimum(self):
        profile = rules(area_rate=D(1), minimum=D(1020), price_step=D(50))
        self.assertEqual(price(profile, '50x50'), 1050)

    def test_the_next_set_of_unequal_panels_is_measured_panel_by_panel(self):
        self.assertEqual(price(rules(area_rate=D(100)), '30x60+40x80+30x60'), 18 + 32 + 18)


@tagged('post_install', '-at_install')
class TestPriceGrid(BaseCase):
    def grid(self, lookup, **values):
        rows = ((D(10), D(20), D(30)), (D(20), D(40), None))
        return rules(
            model='grid',
            grid=Grid((D(300), D(500), D(900)), (D(300), D(600)), rows, lookup, **values),
        )

    def test_lookup_up_down_and_nearest(self):
        self.assertEqual(price(self.grid('up'), '31x30'), 20)
        self.assertEqual(price(self.grid('down'), '49x59'), 10)
        self.assertEqual(price(self.grid('nearest'), '41x40'), 20)
        self.assertEqual(price(self.grid('up'), '20x20'), 10)

    def test_interpolation_is_between_the_four_neighbours(self):
        self.assertEqual(price(self.grid('interpolate'), '40x45'), D('22.5'))
        self.assertEqual(price(self.grid('interpolate'), '90x30'), 30)

    def test_an_empty_cell_and_the_outside_are_refused(self):
        for lookup, text, code in (
            ('up', '60x60', 'grid_empty'), ('up', '91x30', 'grid_outside'), ('down', '20x30', 'grid_outside'),
            ('interpolate', '20x30', 'grid_outside'), ('interpolate', '60x50', 'grid_empty'),
            ('nearest', '10x30', 'grid_outside'),
        ):  # fmt: skip
            with self.assertRaises(PriceError) as caught:
                price(self.grid(lookup), text)
            self.assertEqual(caught.exception.code, code, (lookup, text))

    def test_a_quote_is_offered_beyond_the_table_and_not_below_it(self):
        for lookup in ('down', 'nearest', 'interpolate'):
            profile = replace(self.grid(lookup), quote_over=True)
            for text, quote in (
                ('20x30', False),
                ('30x20', False),
                ('20x50', False),
                ('91x30', True),
                ('30x61', True),
            ):
                if lookup == 'down' and quote:
                    continue  # sold at the last price
                with self.assertRaises(PriceError) as caught:
                    price(profile, text)
                self.assertEqual(
                    (caught.exception.code, caught.exception.quote),
                    ('grid_outside', quote),
                    (lookup, text),
                )

    def test_a_symmetric_grid_prices_a_turned_size_alike(self):
        profile = self.grid('up', symmetric=True)
        self.assertEqual(price(profile, '25x55'), price(profile, '55x25'))
        self.assertEqual(price(profile, '30x90'), 30)


@tagged('post_install', '-at_install')
class TestPriceProperties(BaseCase):
    SIZES = st.builds(
        make_size, st.integers(1, 30_000).map(lambda t: D(t) / 10), st.integers(1, 30_000).map(lambda t: D(t) / 10),
        st.integers(1, 6),
    )  # fmt: skip
    MONEY = st.integers(0, 500_000).map(lambda cents: D(cents) / 100)
    RULES = st.builds(
        rules,
        model=st.sampled_from(['fixed', 'area', 'perimeter', 'united', 'area_perimeter']),
        fixed_price=MONEY, area_rate=MONEY, length_rate=MONEY, panel_fee=MONEY, setup_fee=MONEY, minimum=MONEY,
        wrap=st.integers(0, 50).map(D), waste=st.integers(0, 30).map(D), min_area_panel=st.integers(0, 9).map(lambda t: D(t) / 10),
        side_mode=st.sampled_from(['none', 'nearest', 'up']), side_step=st.sampled_from([D(0), D(5), D(10)]),
        price_step=st.sampled_from([D(0), D(1), D(10), D(50), D(100)]), price_mode=st.sampled_from(['nearest', 'up']),
        price_ending=st.sampled_from([D(0), D('0.99')]),
        oversize_from=st.integers(0, 2000).map(D), oversize_percent=st.integers(0, 30).map(D),
        rate_unit=st.sampled_from(['m', 'cm', 'in', 'ft']),
    )  # fmt: skip
    OPTIONS = st.lists(
        st.builds(Option, st.text('ab', max_size=2), st.sampled_from(['set', 'panel', 'area', 'length', 'percent']), MONEY),
        max_size=4,
    )  # fmt: skip

    @settings(max_examples=200)
    @given(RULES, SIZES, OPTIONS, st.randoms())
    def test_a_price_is_deterministic_never_negative_and_explains_itself(
        self, profile, size, options, random
    ):
        answer = compute_price(profile, size, options)
        self.assertGreaterEqual(answer.amount, 0)
        self.assertGreaterEqual(answer.amount, profile.minimum.quantize(profile.digits))
        self.assertEqual(sum(step.amount for step in answer.steps), answer.amount)
        shuffled = list(options)
        random.shuffle(shuffled)
        self.assertEqual(compute_price(profile, size, shuffled), answer)

    @settings(max_examples=200)
    @given(RULES, SIZES, st.integers(0, 500), st.integers(0, 500), st.integers(0, 3))
    def test_a_price_never_falls_as_the_size_grows(self, profile, size, wider, higher, more):
        larger = make_size(size.width_mm + wider, size.height_mm + higher, size.panels + more)
        self.assertLessEqual(
            compute_price(profile, size).amount, compute_price(profile, larger).amount
        )

    @settings(max_examples=100)
    @given(RULES, st.integers(1, 300), st.integers(1, 300))
    def test_a_price_does_not_know_the_unit_it_was_typed_in(self, profile, width, height):
        centimetres = parse_size(f'{width}x{height} cm')
        for text in (
            f'{width * 10}x{height * 10} mm',
            f'{width}/{height}',
            f'{width}.0 × {height},0',
        ):
            self.assertEqual(
                compute_price(profile, parse_size(text)), compute_price(profile, centimetres)
            )
