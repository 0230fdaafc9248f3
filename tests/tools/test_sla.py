from datetime import datetime, timedelta

from odoo.tests import BaseCase, tagged

from ...tools import sla

DAY = datetime(2026, 3, 1)


def at(hour, minute=0, second=0, day=0):
    return DAY + timedelta(days=day, hours=hour, minutes=minute, seconds=second)


# Open 10:00 to 18:00 on five days, closed on the sixth, open on the seventh
OPENING = [(at(10, day=day), at(18, day=day)) for day in (0, 1, 2, 3, 4, 6)]
HOUR = 3600


@tagged('post_install', '-at_install')
class TestSla(BaseCase):
    def test_waiting_on_the_customer_moves_the_deadline(self):
        clock = sla.Clock(4 * HOUR, since=at(12)).pause(OPENING, at(12, 30)).resume(at(13))
        self.assertEqual(clock.due(OPENING), at(16, 30))
        self.assertEqual(clock.spent(OPENING, at(13, 30)), HOUR)

    def test_promise_ending_at_closing_stays_that_day(self):
        clock = sla.Clock(2 * HOUR, since=at(15)).pause(OPENING, at(15, 30)).resume(at(16, 30))
        self.assertEqual(clock.due(OPENING), at(18))

    def test_one_second_more_is_due_after_the_next_opening(self):
        clock = sla.Clock(2 * HOUR, since=at(15)).pause(OPENING, at(15, 30)).resume(at(16, 30, 1))
        self.assertEqual(clock.due(OPENING), at(10, 0, 1, day=1))

    def test_night_and_day_off_do_not_count(self):
        self.assertEqual(sla.elapsed(OPENING, at(17), at(11, day=1)), 2 * HOUR)
        self.assertEqual(sla.due(OPENING, at(17, 30, day=4), HOUR), at(10, 30, day=6))

    def test_starting_before_opening_counts_from_opening(self):
        self.assertEqual(sla.due(OPENING, at(6), HOUR), at(11))

    def test_nothing_elapses_backwards(self):
        self.assertEqual(sla.elapsed(OPENING, at(15), at(11)), 0)

    def test_pausing_or_resuming_twice_changes_nothing(self):
        clock = sla.Clock(HOUR, since=at(10)).pause(OPENING, at(10, 10))
        self.assertEqual(clock.pause(OPENING, at(17)), clock)
        running = clock.resume(at(11))
        self.assertEqual(running.resume(at(12)), running)

    def test_paused_or_unpromised_clock_has_no_deadline(self):
        self.assertIsNone(sla.Clock(HOUR).due(OPENING))
        self.assertIsNone(sla.Clock(0, since=at(10)).due(OPENING))

    def test_used_up_clock_is_due_at_once(self):
        self.assertEqual(sla.Clock(HOUR, used=2 * HOUR, since=at(12)).due(OPENING), at(12))

    def test_calendar_without_enough_time_is_named(self):
        with self.assertRaises(sla.SlaError) as caught:
            sla.Clock(HOUR, since=at(10)).due([])
        self.assertEqual(caught.exception.code, 'no_working_time')

    def test_merge_joins_overlaps_and_drops_empty(self):
        series = [(at(14), at(18)), (at(10), at(12))], [(at(11), at(13)), (at(9), at(9))]
        self.assertEqual(sla.merge(*series), [(at(10), at(13)), (at(14), at(18))])

    def test_percentile_is_one_of_the_values(self):
        self.assertEqual(sla.percentile([5, 1, 3, 2, 4], 0.5), 3)
        self.assertEqual(sla.percentile(range(1, 11), 0.9), 9)
        self.assertEqual(sla.percentile([7], 0.9), 7)
        self.assertIsNone(sla.percentile([], 0.5))
