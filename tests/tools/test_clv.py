import ast
import sys
from collections import Counter
from pathlib import Path
from random import Random

from odoo.tests import BaseCase, tagged

from odoo.addons.ecrm.tools import clv
from odoo.addons.ecrm.tools.clv import ClvError, History, OrderModel

from . import cdnow

PUBLISHED = OrderModel(r=0.243, alpha=4.414, a=0.793, b=2.426, is_modified=False)


def auc(scores_of_buyers, scores_of_others):
    """Chance that a buyer's score is above another's, ties counting half."""
    ordered = sorted({*scores_of_buyers, *scores_of_others})
    rank = {score: i for i, score in enumerate(ordered)}
    buyers, others = (
        Counter(rank[s] for s in scores_of_buyers),
        Counter(rank[s] for s in scores_of_others),
    )
    wins = below = 0
    for i in range(len(ordered)):
        wins += buyers[i] * (below + others[i] / 2)
        below += others[i]
    return wins / (len(scores_of_buyers) * len(scores_of_others))


@tagged('post_install', '-at_install')
class TestClv(BaseCase):
    def test_the_published_fit_of_cdnow_is_found(self):
        fit = clv.fit_orders(cdnow.histories(), is_modified=False, pull=0)
        self.assertTrue(fit.is_converged)
        self.assertEqual(fit.size, 2357)
        for value, expected in ((fit.r, 0.243), (fit.alpha, 4.414), (fit.a, 0.793), (fit.b, 2.426)):
            self.assertAlmostEqual(value, expected, places=3)
        self.assertAlmostEqual(fit.log_likelihood, -9582.429, delta=0.001)

    def test_a_new_customer_orders_as_published(self):
        fit = clv.fit_orders(cdnow.histories(), is_modified=False, pull=0)
        for weeks, expected in ((1, 0.0532), (3, 0.1506), (32, 1.0437), (78, 1.8576)):
            self.assertAlmostEqual(fit.expected_new(weeks * 7), expected, delta=0.0005)

    def test_a_known_customer_orders_as_published(self):
        history = next(
            h for h in cdnow.histories() if h.repeats == 2 and h.last == 213 and h.age == 272
        )
        self.assertAlmostEqual(history.last / 7, 30.43, places=2)
        self.assertAlmostEqual(history.age / 7, 38.86, places=2)
        self.assertAlmostEqual(PUBLISHED.expected_orders(history, 39 * 7), 1.226, places=3)

    def test_no_order_in_39_weeks_as_published(self):
        self.assertAlmostEqual(PUBLISHED.none_new(39 * 7), 0.5737864, delta=2e-5)

    def test_modified_model_ranks_future_buyers_where_the_other_is_worse_than_chance(self):
        came_back = [
            any(cdnow.CALIBRATION_END < day <= cdnow.HOLDOUT_END for day in days)
            for days in cdnow.customers()
        ]
        for is_modified, expected in ((False, 0.316), (True, 0.687)):
            model = clv.fit_orders(cdnow.histories(), is_modified=is_modified, pull=0)
            scores = [model.alive(history) for history in cdnow.histories()]
            found = auc(
                [s for s, back in zip(scores, came_back, strict=True) if back],
                [s for s, back in zip(scores, came_back, strict=True) if not back],
            )
            self.assertAlmostEqual(found, expected, places=3)

    def test_modified_model_stays_within_a_fifth_of_the_holdout_total(self):
        actual = sum(
            sum(cdnow.CALIBRATION_END < day <= cdnow.HOLDOUT_END for day in days)
            for days in cdnow.customers()
        )
        model = clv.fit_orders(cdnow.histories())
        expected = sum(model.expected_orders(h, 39 * 7) for h in cdnow.histories())
        self.assertAlmostEqual(expected / actual, 1, delta=0.2)

    def test_one_order_customer_is_immortal_only_without_the_modification(self):
        once = History(0, 0, 300)
        self.assertEqual(PUBLISHED.alive(once), 1)
        modified = OrderModel(0.5, 6, 0.8, 2.4)
        self.assertLess(modified.alive(once), modified.alive(History(0, 0, 10)))

    def test_order_within_grows_with_the_horizon_up_to_alive(self):
        model, history = OrderModel(0.5, 6, 0.8, 2.4), History(3, 120, 150)
        chances = [model.order_within(history, days) for days in (0, 30, 90, 365, 10**9)]
        self.assertEqual(chances, sorted(chances))
        self.assertEqual(chances[0], 0)
        self.assertAlmostEqual(chances[-1], model.alive(history), places=4)

    def test_the_pole_of_the_published_formula_is_gone(self):
        for history in (History(0, 0, 10), History(4, 200, 260), History(60, 700, 720)):
            near = [
                OrderModel(0.4, 5, 1 + shift, 2.2).expected_orders(history, 365)
                for shift in (-1e-6, 0, 1e-6)
            ]
            self.assertAlmostEqual(near[0], near[1], places=4)
            self.assertAlmostEqual(near[2], near[1], places=4)

    def test_simulated_customers_are_counted_by_the_formula(self):
        random = Random(19)
        model, days, total = OrderModel(0.8, 5, 0.9, 2.5), 200, 0
        runs = 40000
        for _run in range(runs):
            rate, leave = random.gammavariate(0.8, 1 / 5), random.betavariate(0.9, 2.5)
            clock = 0.0
            while random.random() >= leave:
                clock += random.expovariate(rate)
                if clock > days / 7:
                    break
                total += 1
        self.assertAlmostEqual(total / runs, model.expected_new(days), delta=0.03)

    def test_the_pull_keeps_a_handful_of_customers_from_running_away(self):
        few = [History(0, 0, 40)] * 9 + [History(1, 20, 50)]
        fit = clv.fit_orders(few)
        self.assertTrue(fit.is_converged)
        self.assertTrue(all(0.01 < value < 100 for value in (fit.r, fit.alpha, fit.a, fit.b)))

    def test_grouped_and_single_histories_give_one_fit(self):
        single = clv.fit_orders(cdnow.histories())
        grouped = clv.fit_orders(dict(Counter(cdnow.histories())))
        self.assertAlmostEqual(single.log_likelihood, grouped.log_likelihood, places=6)

    def test_a_rough_start_changes_the_way_but_not_where_it_ends(self):
        straight = clv.fit_orders(cdnow.histories())
        self.patch(clv, 'ROUGH', 200)
        short = clv.fit_orders(cdnow.histories())
        self.assertTrue(short.is_converged)
        self.assertLess(short.steps, straight.steps)
        self.assertAlmostEqual(short.log_likelihood, straight.log_likelihood, places=3)
        for name in ('r', 'alpha', 'a', 'b'):
            found, expected = getattr(short, name), getattr(straight, name)
            self.assertAlmostEqual(found / expected, 1, delta=0.001)

    def test_a_fit_that_starts_at_the_last_one_has_nothing_to_do(self):
        fit = clv.fit_orders(cdnow.histories())
        again = clv.fit_orders(cdnow.histories(), start=fit)
        self.assertEqual(again.steps, 0)
        self.assertAlmostEqual(again.alpha, fit.alpha)

    def test_chance_and_next_order_part_into_alive_and_what_age_tells(self):
        model, history = OrderModel(0.5, 6, 0.8, 2.4), History(3, 120, 150)
        self.assertEqual(
            model.order_within(history, 90),
            model.alive(history) * model.order_if_alive(3, 150, 90),
        )
        self.assertEqual(model.days_to_next(history), model.days_if_alive(3, 150))

    def test_contradictory_histories_are_refused(self):
        for bad in (
            History(1, 50, 40),
            History(0, 5, 40),
            History(2, 0, 40),
            History(-1, 0, 1),
        ):
            with self.assertRaises(ClvError) as caught:
                clv.fit_orders([bad])
            self.assertEqual(caught.exception.code, 'order')
        with self.assertRaises(ClvError) as caught:
            clv.fit_orders([])
        self.assertEqual(caught.exception.code, 'empty')

    def test_the_model_needs_the_standard_library_alone(self):
        folder = Path(clv.__file__).parent
        for stem in ('clv', 'spend', 'optimise', 'rfm', 'cohort', 'survey', 'effect'):
            for node in ast.walk(ast.parse((folder / f'{stem}.py').read_text('utf-8'))):
                if isinstance(node, ast.Import):
                    names = [alias.name for alias in node.names]
                elif isinstance(node, ast.ImportFrom) and not node.level:
                    names = [node.module]
                else:
                    continue
                for name in names:
                    self.assertIn(name.partition('.')[0], sys.stdlib_module_names, stem)

    def test_next_order_is_capped(self):
        model = OrderModel(0.2, 5, 0.8, 2.4)
        self.assertEqual(model.days_to_next(History(0, 0, 900)), 3 * 365)
        self.assertLess(model.days_to_next(History(9, 270, 280)), 40)
