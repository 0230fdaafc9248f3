from datetime import datetime

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common_complaint import ComplaintCommon


@tagged('post_install', '-at_install')
class TestComplaintDeadline(ComplaintCommon):
    """Monday 2 March 2026 and the days after; open 10:00 to 18:00 UTC, Monday to Friday."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.calendar = cls._new_calendar("Shop", 10, 18)
        cls.team.calendar_id = cls.calendar
        cls.env['ecrm.complaint.sla'].search([]).active = False
        cls.policy = cls.env['ecrm.complaint.sla'].create(
            {'name': "Four hours", 'response_hours': 1, 'resolution_hours': 4}
        )

    def _at(self, hour, minute=0, day=2):
        return freeze_time(datetime(2026, 3, day, hour, minute))

    def _cron(self):
        with self.enter_registry_test_mode():
            self.env.ref('ecrm.ir_cron_complaint_deadlines').method_direct_trigger()

    def test_waiting_on_the_customer_moves_the_deadline(self):
        with self._at(12):
            complaint = self._new_complaint()
            self.assertEqual(complaint.resolution_due, datetime(2026, 3, 2, 16))
        with self._at(12, 30):
            self._answer(complaint)
            complaint.action_wait_customer()
            self.assertFalse(complaint.resolution_due)
        with self._at(13):
            complaint._post_from_customer("Here", [])
        self.assertEqual(complaint.resolution_due, datetime(2026, 3, 2, 16, 30))
        with self._at(13, 30):
            complaint.action_resolve()
        self.assertEqual(complaint.resolution_net_hours, 1)
        self.assertEqual(complaint.resolution_gross_hours, 1.5)
        self.assertEqual(complaint.sla_state, 'met')

    def test_late_answer_stays_late_though_the_solution_is_in_time(self):
        with self._at(10):
            complaint = self._new_complaint()
            self.assertEqual(complaint.response_due, datetime(2026, 3, 2, 11))
            complaint.action_wait_customer()
        with self._at(14, 30):
            self._answer(complaint)
            complaint.action_resolve()
        self.assertEqual(complaint.response_hours, 4.5)
        self.assertTrue(complaint.response_failed)
        self.assertFalse(complaint.resolution_failed)
        self.assertEqual(complaint.sla_state, 'failed')

    def test_breach_stays_when_policy_or_priority_changes(self):
        with self._at(10):
            complaint = self._new_complaint()
        with self._at(17):
            self._cron()
            self.assertTrue(complaint.resolution_failed)
            self.policy.resolution_hours = 100
            complaint.priority = '1'
        self.assertEqual(complaint.resolution_target, 100 * 3600)
        self.assertTrue(complaint.resolution_failed)
        self.assertEqual(complaint.sla_state, 'failed')

    def test_targets_are_copied(self):
        with self._at(10):
            complaint = self._new_complaint()
            self.policy.resolution_hours = 1
            self.assertEqual(complaint.resolution_due, datetime(2026, 3, 2, 14))
            self.assertEqual(self._new_complaint().resolution_due, datetime(2026, 3, 2, 11))

    def test_policy_of_priority_and_of_a_family_of_causes_come_first(self):
        family = self.env.ref('ecrm.complaint_cause_delivery')
        self.env['ecrm.complaint.sla'].create(
            [
                {'name': "U", 'sequence': 1, 'priority': '2', 'resolution_hours': 1},
                {'name': "D", 'sequence': 2, 'cause_ids': family.ids, 'resolution_hours': 2},
            ]
        )
        with self._at(10):
            late = self._new_complaint(cause_id=self.cause_late.id)
            self.assertEqual(late.sla_id.name, "D")
            late.priority = '2'
            self.assertEqual(late.sla_id.name, "U")
            self.assertEqual(self._new_complaint().sla_id, self.policy)

    def test_warning_comes_at_four_fifths_and_the_leader_is_told_once(self):
        with self._at(10):
            complaint = self._new_complaint()
            self._answer(complaint)
        self.assertEqual(complaint.warn_at, datetime(2026, 3, 2, 13, 12))
        with self._at(13, 10):
            self._cron()
            self.assertEqual(complaint.sla_state, 'ok')
        with self._at(13, 13):
            self._cron()
            self.assertEqual(complaint.sla_state, 'warning')
        for minute in (1, 20):
            with self._at(14, minute):
                self._cron()
        self.assertEqual(complaint.sla_state, 'failed')
        self.assertEqual(len(complaint.activity_ids), 1)
        self.assertEqual(complaint.activity_ids.user_id, self.user_manager)

    def test_night_leave_and_ramadan_do_not_count(self):
        self.env['resource.calendar.leaves'].create(
            {
                'name': "Holiday",
                'calendar_id': self.calendar.id,
                'date_from': '2026-03-03 00:00:00',
                'date_to': '2026-03-03 23:59:59',
            }
        )
        short = self._new_calendar("Ramadan", 10, 12)
        self.team.period_ids = [
            Command.create(
                {
                    'name': "Ramadan",
                    'date_from': '2026-03-05',
                    'date_to': '2026-03-31',
                    'calendar_id': short.id,
                }
            )
        ]
        with self._at(17):
            complaint = self._new_complaint()
        self.assertEqual(complaint.resolution_due, datetime(2026, 3, 4, 13), "the 3rd is a holiday")
        with self._at(16, day=4):
            complaint = self._new_complaint()
        self.assertEqual(complaint.resolution_due, datetime(2026, 3, 5, 12), "2 + 2 hours")

    def test_periods_of_a_team_share_no_day(self):
        values = {'calendar_id': self.calendar.id, 'date_to': '2026-03-20'}
        first = {**values, 'name': "A", 'date_from': '2026-03-01'}
        second = {**values, 'name': "B", 'date_from': '2026-03-20', 'date_to': '2026-03-25'}
        with self.assertRaises(ValidationError):
            self.team.period_ids = [Command.create(first), Command.create(second)]
        with self.assertRaises(ValidationError):
            self.team.period_ids = [Command.create({**first, 'date_to': '2026-02-01'})]

    def test_empty_calendar_gives_no_deadline_and_no_error(self):
        self.calendar.attendance_ids.unlink()
        with self._at(10):
            complaint = self._new_complaint()
        self.assertFalse(complaint.resolution_due)

    def test_policy_hours_have_bounds(self):
        for hours in (-1, 2001):
            with self.assertRaises(ValidationError):
                self.policy.resolution_hours = hours

    def test_resolved_then_closed_a_day_later_keeps_the_measures(self):
        with self._at(10):
            complaint = self._new_complaint()
        with self._at(12):
            complaint.action_resolve()
        with self._at(12, day=3):
            complaint.action_close()
        self.assertEqual(complaint.resolution_net_hours, 2)
        self.assertEqual(complaint.resolution_gross_hours, 2)
