from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common_complaint import ComplaintCommon


@tagged('post_install', '-at_install')
class TestComplaintOverdue(ComplaintCommon):
    """The deadline cron writes sets of rows: what it writes is what the model says record by record."""

    def _late(self, **values):
        """A complaint whose clock says what the values say, whatever the policy promised."""
        complaint = self._new_complaint()
        past, coming = (fields.Datetime.now() + timedelta(hours=hours) for hours in (-2, 2))
        moments = {'past': past, 'coming': coming, 'none': False}
        complaint.write(
            {
                'response_due': coming,
                'resolution_due': coming,
                'warn_at': False,
                **{name: moments.get(value, value) for name, value in values.items()},
            }
        )
        return complaint

    def _cron(self):
        with self.enter_registry_test_mode():
            self.env.ref('ecrm.ir_cron_complaint_deadlines').method_direct_trigger()

    def _activities(self, complaint):
        return self.env['mail.activity'].search(
            [('res_model', '=', complaint._name), ('res_id', 'in', complaint.ids)]
        )

    def test_states_are_those_the_model_computes(self):
        complaints = (
            self._late(response_due='past')
            | self._late(resolution_due='past')
            | self._late(warn_at='past')
            | self._late(response_due='past', first_response_at='past')
            | self._late(resolution_due='past', sla_id=False)
            | self._late()
        )
        answered_late = self._late(response_failed=True, warn_at='past')
        over = self._late(resolution_due='past')
        over.action_cancel()
        complaints |= answered_late | over
        self._cron()
        written = {complaint: complaint.sla_state for complaint in complaints}
        complaints._compute_sla_state()
        self.assertEqual(written, {complaint: complaint.sla_state for complaint in complaints})
        self.assertEqual(
            complaints.mapped('sla_state'),
            ['failed', 'failed', 'warning', 'ok', 'none', 'ok', 'failed', 'none'],
        )
        self.assertEqual(complaints.mapped('response_failed').count(True), 2)
        self.assertFalse(over.resolution_failed)

    def test_archived_complaint_is_left_alone(self):
        complaint = self._late(resolution_due='past')
        complaint.active = False
        self._cron()
        self.assertFalse(complaint.resolution_failed or self._activities(complaint))

    def test_leader_gets_one_activity_in_his_language_and_no_mail(self):
        self.env['res.lang']._activate_lang('fr_FR')
        self.user_manager.lang = 'fr_FR'
        complaint = self._late(resolution_due='past')
        mails = self.env['mail.mail'].search_count([])
        for _run in range(3):
            self._cron()
        activity = self._activities(complaint)
        self.assertEqual(len(activity), 1)
        self.assertEqual(activity.user_id, self.user_manager)
        self.assertEqual(activity.summary, "L'échéance de cette réclamation est dépassée")
        self.assertEqual(activity.res_name, complaint.display_name)
        self.assertEqual(activity.with_user(self.user_manager).state, 'today')
        self.assertEqual(complaint.with_user(self.user_manager).activity_state, 'today')
        self.assertNotIn(self.user_manager.partner_id, complaint.message_partner_ids)
        self.assertEqual(self.env['mail.mail'].search_count([]), mails)

    def test_team_without_a_leader_is_flagged_and_nobody_is_told(self):
        self.team.user_id = False
        complaint = self._late(resolution_due='past')
        self._cron()
        self.assertEqual(complaint.sla_state, 'failed')
        self.assertFalse(self._activities(complaint))

    def test_queries_do_not_grow_with_what_is_late(self):
        cron = self.env['ecrm.complaint']

        def count(number):
            for _index in range(number):
                self._late(response_due='past', resolution_due='past', warn_at='past')
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            cron._flag_overdue(10000)
            return self.env.cr.sql_log_count - before

        count(1)  # and what the demo shop has
        self.assertEqual(count(1), count(7))

    def test_what_one_run_leaves_the_next_takes(self):
        self.env['ecrm.complaint']._flag_overdue(10000)  # what the demo shop has
        complaints = self._late(resolution_due='past') | self._late(resolution_due='past')
        self.env.flush_all()
        self.assertEqual(self.env['ecrm.complaint']._flag_overdue(1), 1)
        self.assertEqual(sorted(complaints.mapped('sla_state')), ['failed', 'ok'])
        self.assertEqual(self.env['ecrm.complaint']._flag_overdue(1), 1)
        self.assertEqual(set(complaints.mapped('sla_state')), {'failed'})
