from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common_complaint import ComplaintCommon


@tagged('post_install', '-at_install')
class TestComplaintSurvey(ComplaintCommon):
    def _resolved(self):
        complaint = self._new_complaint()
        complaint.action_resolve()
        return complaint

    def _ratings(self, complaint):
        return self.env['rating.rating'].search(
            [('res_model', '=', 'ecrm.complaint'), ('res_id', '=', complaint.id)]
        )

    def test_second_rating_of_one_resolution_replaces_the_first(self):
        complaint = self._resolved()
        complaint._rate_from_customer(4, "Good")
        complaint._rate_from_customer(2, "On second thought")
        self.assertEqual(self._ratings(complaint).mapped('rating'), [2])
        self.assertEqual((complaint.score, complaint.score_comment), (2, "On second thought"))

    def test_each_resolution_is_rated_on_its_own(self):
        with freeze_time('2026-03-02 10:00:00'):
            complaint = self._resolved()
            complaint._rate_from_customer(2)
        with freeze_time('2026-03-03 10:00:00'):
            complaint.action_reopen()
            with self.assertRaises(UserError):
                complaint._rate_from_customer(5)
            complaint.action_resolve()
        with freeze_time('2026-03-04 10:00:00'):
            complaint._rate_from_customer(5)
        self.assertEqual(sorted(self._ratings(complaint).mapped('rating')), [2, 5])

    def test_rating_is_locked_after_fourteen_days(self):
        with freeze_time('2026-03-02 10:00:00'):
            complaint = self._resolved()
        with freeze_time('2026-03-16 10:00:00'):
            complaint._rate_from_customer(3)
        with freeze_time('2026-03-16 10:00:01'), self.assertRaises(UserError):
            complaint._rate_from_customer(5)

    def test_score_has_bounds(self):
        complaint = self._resolved()
        for score in (0, 6, -1, 2.5):
            with self.assertRaises(UserError):
                complaint._rate_from_customer(score)

    def test_open_cancelled_spam_and_merged_are_not_rated(self):
        for action in (None, 'action_cancel', 'action_spam'):
            complaint = self._new_complaint()
            if action:
                getattr(complaint, action)()
            self.assertFalse(complaint._can_rate(), action)
        merged, target = self._resolved(), self._new_complaint()
        merged._merge_into(target)
        self.assertFalse(merged._can_rate())

    def test_low_score_calls_for_a_call_once(self):
        complaint = self._resolved()
        complaint._rate_from_customer(1)
        complaint._rate_from_customer(2)
        self.assertEqual(complaint.activity_ids.user_id, self.user_agent)
        self.assertEqual(len(complaint.activity_ids), 1)
        content = self._resolved()
        content._rate_from_customer(3)
        self.assertFalse(content.activity_ids)

    def test_customer_is_told_of_the_resolution_once_each_time(self):
        complaint = self._resolved()
        complaint.action_close()

        def told():
            return len(
                complaint.message_ids.filtered(
                    lambda m: m.message_type == 'auto_comment' and '/rate' not in (m.subject or '')
                )
            )

        self.assertEqual(told(), 1)
        complaint.action_reopen()
        complaint.action_resolve()
        self.assertEqual(told(), 2)

    def _close_silent(self):
        with self.enter_registry_test_mode():
            self.env.ref('ecrm.ir_cron_complaint_silence').method_direct_trigger()

    def test_silence_is_warned_of_then_closed_in_working_days_for_every_team(self):
        self.team.calendar_id = self.env.ref('ecrm.calendar_complaint')
        self.company.ecrm_complaint_silence_days = 5
        other = self.team.copy({'name': "Second", 'alias_name': False})
        start = datetime(2026, 3, 1, 10)  # a Sunday, the first working day of the week
        with freeze_time(start):
            complaints = self._new_complaint() | self._new_complaint(team_id=other.id)
            untouched = self._new_complaint()
            for complaint in complaints:
                self._answer(complaint)
                complaint.action_wait_customer()
        expected = {3: 'waiting_customer', 6: 'waiting_customer', 7: 'closed'}
        for days, kind in expected.items():
            with freeze_time(start + timedelta(days=days)):
                self._close_silent()
            self.assertEqual(set(complaints.mapped('kind')), {kind}, days)
            self.assertTrue(all(complaints.mapped('reminded_at')))
        self.assertEqual(untouched.kind, 'new')
        self.assertFalse(any(complaint._can_rate() for complaint in complaints))

    def _waiting(self, **values):
        complaint = self._new_complaint(**values)
        self._answer(complaint)
        complaint.action_wait_customer()
        return complaint

    def test_a_cron_that_was_off_closes_nothing_the_customer_answered(self):
        self.company.ecrm_complaint_silence_days = 5
        with freeze_time('2026-03-01 10:00:00'):
            silent, answered, phoned = (self._waiting() for _index in range(3))
        with freeze_time('2026-03-20 10:00:00'):
            answered._post_from_customer("Here is the photo", [])
            # Words that came while it stood elsewhere count too: an agent put it back to waiting
            phoned._post_from_customer("Did you get it?", [])
            phoned.action_wait_customer()
        with freeze_time('2026-04-01 10:00:00'):
            self._close_silent()
        self.assertEqual(answered.kind, 'open')
        self.assertFalse(answered.reminded_at or phoned.reminded_at)
        self.assertTrue(silent.reminded_at)
        with freeze_time('2026-04-02 10:00:00'):
            self._close_silent()
        self.assertEqual(
            (silent.kind, phoned.kind),
            ('waiting_customer', 'waiting_customer'),
            "reminded yesterday",
        )
        with freeze_time('2026-04-04 10:00:00'):
            self._close_silent()
        self.assertEqual((silent.kind, phoned.kind), ('closed', 'waiting_customer'))

    def test_new_words_of_ours_start_the_count_anew(self):
        self.company.ecrm_complaint_silence_days = 5
        with freeze_time('2026-03-01 10:00:00'):
            complaint = self._new_complaint()
            self._answer(complaint)
            complaint.action_wait_customer()
        with freeze_time('2026-03-06 10:00:00'):
            self._close_silent()
            self.assertTrue(complaint.reminded_at)
            self._answer(complaint)
            self.assertFalse(complaint.reminded_at)
        with freeze_time('2026-03-09 10:00:00'):
            self._close_silent()
        self.assertEqual(complaint.kind, 'waiting_customer')
