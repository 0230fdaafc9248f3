from itertools import product

from odoo.tests import BaseCase, tagged

from odoo.addons.ecrm.tools import rfm
from odoo.addons.ecrm.tools.rfm import RfmError, Scores, SegmentRow


def score(recency, count, revenue, bounds, count_bounds=None):
    return rfm.score(
        recency,
        count,
        revenue,
        recency_bounds=bounds,
        revenue_bounds=bounds,
        count_bounds=count_bounds,
    )


@tagged('post_install', '-at_install')
class TestRfm(BaseCase):
    def test_quintiles_are_interpolated_and_raised_by_one(self):
        self.assertEqual(rfm.thresholds(range(1, 12)), (4, 6, 8, 10))
        self.assertEqual(rfm.percentile([10, 20], 0.25), 12.5)
        self.assertEqual(rfm.percentile([7], 0.8), 7)

    def test_bounds_are_read_from_a_text(self):
        self.assertEqual(rfm.parse_bounds('2, 3, 4, 6'), (2, 3, 4, 6))
        self.assertEqual(rfm.parse_bounds('2 3;4/10'), (2, 3, 4, 10))
        for text in ('', None, 'often', '2, 3, 4', '2, 3, 4, 6, 8', '2, 2, 3, 4', '6, 4, 3, 2'):
            self.assertEqual(rfm.parse_bounds(text), (), text)

    def test_nobody_has_no_quintiles(self):
        with self.assertRaises(RfmError) as caught:
            rfm.thresholds([])
        self.assertEqual(caught.exception.code, 'empty')

    def test_a_bound_belongs_to_the_higher_bucket(self):
        bounds = (10, 20, 30, 40)
        found = [rfm.bucket(value, bounds) for value in (9.99, 10, 19, 20, 40, 99)]
        self.assertEqual(found, [0, 1, 1, 2, 4, 4])

    def test_bounds_that_go_down_are_refused(self):
        with self.assertRaises(RfmError) as caught:
            rfm.bucket(5, (3, 2))
        self.assertEqual(caught.exception.code, 'unsorted')

    def test_equal_customers_score_equal(self):
        bounds = rfm.thresholds([100] * 50)
        found = {score(100, 1, 100, bounds).label for _customer in range(50)}
        self.assertEqual(found, {'5-1-1'})

    def test_frequency_is_absolute_by_default(self):
        bounds = (10, 20, 30, 40)
        found = [score(0, n, 0, bounds).frequency for n in (1, 2, 3, 4, 5, 6, 60)]
        self.assertEqual(found, [1, 2, 3, 4, 4, 5, 5])
        self.assertEqual(score(0, 9, 0, bounds, (10, 20, 30, 40)).frequency, 1)

    def test_recent_and_rich_score_five(self):
        bounds = (10, 20, 30, 40)
        self.assertEqual(score(0, 6, 99, bounds), Scores(5, 5, 5))
        self.assertEqual(score(99, 1, 0, bounds), Scores(1, 1, 1))

    def test_the_default_table_names_all_125_triples_and_wastes_no_row(self):
        self.assertEqual(rfm.uncovered(rfm.DEFAULT_SEGMENTS), ())
        self.assertEqual(rfm.shadowed(rfm.DEFAULT_SEGMENTS), ())

    def test_a_hole_in_the_table_is_named(self):
        rows = [row for row in rfm.DEFAULT_SEGMENTS if row.name != 'attention']
        self.assertEqual(rfm.uncovered(rows), tuple(Scores(3, 2, m) for m in range(1, 6)))

    def test_a_row_behind_a_wider_one_is_named(self):
        wide = SegmentRow('all', (1, 5), (1, 5), (1, 5))
        last = SegmentRow('last', (5, 5), (5, 5), (5, 5))
        self.assertEqual(rfm.shadowed([wide, last]), (last,))

    def test_segments_read_as_a_person_would(self):
        for triple, name in (
            ((5, 5, 5), 'champions'),
            ((1, 5, 5), 'cant_lose'),
            ((2, 3, 2), 'at_risk'),
            ((5, 1, 5), 'new'),
            ((3, 1, 1), 'promising'),
            ((1, 1, 5), 'lost'),
            ((2, 2, 2), 'sleep'),
        ):
            self.assertEqual(rfm.segment(Scores(*triple)).name, name)

    def test_the_first_row_wins(self):
        for triple in product(rfm.SCORES, repeat=3):
            scores = Scores(*triple)
            first = rfm.segment(scores)
            index = rfm.DEFAULT_SEGMENTS.index(first)
            self.assertFalse(any(row.holds(scores) for row in rfm.DEFAULT_SEGMENTS[:index]))
