from datetime import date, datetime, timedelta

from odoo.tests import BaseCase, tagged

from ...tools.legal import days_of, last_working_day

WEDNESDAY = date(2026, 3, 4)
# Sunday to Thursday: 6 and 7 March 2026 are a Friday and a Saturday
WEEKS = [
    day
    for day in (WEDNESDAY + timedelta(days=number) for number in range(-7, 21))
    if day.weekday() not in (4, 5)
]


@tagged('post_install', '-at_install')
class TestLegal(BaseCase):
    def test_the_day_of_the_event_does_not_count_and_the_weekend_is_stepped_over(self):
        self.assertEqual(last_working_day(WEDNESDAY, WEEKS, 1), date(2026, 3, 5))
        self.assertEqual(last_working_day(WEDNESDAY, WEEKS, 4), date(2026, 3, 10))

    def test_an_event_on_a_free_day_counts_from_the_next_working_day(self):
        self.assertEqual(last_working_day(date(2026, 3, 6), WEEKS, 4), date(2026, 3, 11))

    def test_order_and_repetition_of_the_days_do_not_matter(self):
        self.assertEqual(
            last_working_day(WEDNESDAY, list(reversed(WEEKS)) * 2, 4), date(2026, 3, 10)
        )

    def test_no_period_or_unknown_days_give_nothing(self):
        self.assertIsNone(last_working_day(WEDNESDAY, WEEKS, 0))
        self.assertIsNone(last_working_day(WEDNESDAY, WEEKS, -1))
        self.assertIsNone(last_working_day(WEDNESDAY, WEEKS[:8], 4))
        self.assertIsNone(last_working_day(WEDNESDAY, [], 1))

    def test_hours_that_run_on_through_the_night_touch_each_of_their_days(self):
        night = (datetime(2026, 3, 4, 20), datetime(2026, 3, 6, 2))
        day = (datetime(2026, 3, 8, 8), datetime(2026, 3, 8, 12))
        self.assertEqual(
            list(days_of([night, day])),
            [WEDNESDAY, date(2026, 3, 5), date(2026, 3, 6), date(2026, 3, 8)],
        )

    def test_hours_that_end_at_midnight_do_not_touch_the_next_day(self):
        self.assertEqual(
            list(days_of([(datetime(2026, 3, 4, 20), datetime(2026, 3, 5))])), [WEDNESDAY]
        )
