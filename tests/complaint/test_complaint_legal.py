from datetime import date, datetime, timedelta

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import format_date

from .common_complaint import ComplaintCommon


@tagged('post_install', '-at_install')
class TestComplaintLegal(ComplaintCommon):
    """Goods come back within working days, money within days; an administrator may grant more."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.team.calendar_id = cls.env.ref('ecrm.calendar_complaint')
        cls.company.ecrm_complaint_return_days = 4

    def _complaint(
        self, delivered_on=date(2026, 3, 4), received_at=datetime(2026, 3, 9, 9), **more
    ):
        # A Wednesday: Thursday, Sunday, Monday and Tuesday the 10th are the four days
        complaint = self._new_complaint(
            received_at=received_at,
            line_ids=[Command.create({'sale_line_id': self.line.id, 'quantity': 1})],
            **more,
        )
        complaint.delivered_on = delivered_on
        return complaint

    def _return(self, complaint, user=None):
        return (
            self.env['ecrm.complaint.remedy']
            .with_user(user or self.user_agent)
            .create({'complaint_id': complaint.id, 'kind': 'return'})
        )

    def test_window_counts_working_days_from_the_delivery(self):
        complaint = self._complaint()
        self.assertEqual(complaint.return_until, date(2026, 3, 10))
        self.assertFalse(complaint.return_over)

    def test_last_day_is_still_in_time_by_the_clock_of_the_shop(self):
        # 22:30 UTC is 23:30 in Algiers, half an hour later it is the next day there
        in_time = self._complaint(received_at=datetime(2026, 3, 10, 22, 30))
        too_late = self._complaint(received_at=datetime(2026, 3, 10, 23, 30))
        self.assertEqual((in_time.return_over, too_late.return_over), (False, True))

    def test_without_limit_or_delivery_nothing_is_over(self):
        complaint = self._complaint(received_at=datetime(2026, 8, 1))
        self.assertTrue(complaint.return_over)
        complaint.delivered_on = False
        self.assertFalse(complaint.return_until or complaint.return_over)
        self.company.ecrm_complaint_return_days = 0
        complaint = self._complaint(received_at=datetime(2026, 8, 1))
        self.assertFalse(complaint.return_until or complaint.return_over)

    def test_window_that_stood_at_the_arrival_stays_when_the_settings_change(self):
        complaint = self._complaint()
        complaint.flush_recordset()
        self.company.ecrm_complaint_return_days = 30
        complaint.invalidate_recordset()
        self.assertEqual(complaint.return_until, date(2026, 3, 10))
        self.assertEqual(self._complaint().return_until, date(2026, 4, 15))

    def test_day_of_the_delivery_comes_from_the_order(self):
        done = self.order.picking_ids.filtered(lambda picking: picking.state == 'done')
        # At noon, for the day of a late hour is another where the team works
        done.date_done = datetime(2026, 3, 3, 12)
        self.assertEqual(self._new_complaint().delivered_on, date(2026, 3, 3))
        waiting = self._new_order(self.partner, 1)
        self.assertFalse(waiting._ecrm_delivered_on() or waiting._ecrm_return_until())

    def test_agent_approves_a_return_in_time_and_is_refused_after_it(self):
        self._return(self._complaint()).action_approve()
        late = self._return(self._complaint(received_at=datetime(2026, 3, 11, 9)))
        last_day = format_date(late.env, date(2026, 3, 10))
        for action in (late.action_approve, late.action_do):
            with self.assertRaisesRegex(AccessError, f"until {last_day}"):
                action()
        self.assertEqual(late.state, 'requested')

    def test_administrator_overrides_and_the_override_is_kept(self):
        complaint = self._complaint(received_at=datetime(2026, 3, 11, 9))
        remedy = self._return(complaint)
        remedy.with_user(self.user_manager).action_approve()
        self.assertEqual((remedy.state, remedy.outside_window), ('approved', True))
        self.assertIn("had passed", complaint.message_ids[0].body)
        with self.assertRaises(AccessError):
            remedy.with_user(self.user_agent).outside_window = False

    def test_agent_corrects_the_day_when_the_carrier_was_slow(self):
        complaint = self._complaint(received_at=datetime(2026, 3, 11, 9))
        complaint.with_user(self.user_agent).delivered_on = date(2026, 3, 8)
        self._return(complaint).action_approve()

    def test_other_remedies_do_not_ask_for_the_window(self):
        complaint = self._complaint(received_at=datetime(2026, 8, 1))
        remedy = self._return(complaint)
        remedy.kind = 'remake'
        remedy.action_approve()
        self.assertEqual(remedy.state, 'approved')

    @freeze_time('2026-03-20 08:00:00')
    def test_leader_is_told_once_of_money_that_is_soon_due(self):
        self.company.ecrm_complaint_refund_days = 15
        due = self._complaint(received_at=datetime(2026, 3, 8))
        later = self._complaint(received_at=datetime(2026, 3, 9))
        refused = self._complaint(received_at=datetime(2026, 3, 8))
        remedies = self.env['ecrm.complaint.remedy'].create(
            [{'complaint_id': each.id, 'kind': 'refund'} for each in (due, later, refused)]
        )
        remedies[2]._refuse("No")
        for _twice in range(2):
            remedies._cron_warn_refunds()
        activity = due.activity_ids.filtered(lambda a: 'paid back' in (a.summary or ''))
        self.assertEqual(len(activity), 1)
        self.assertEqual(activity.user_id, self.user_manager)
        self.assertEqual(activity.date_deadline, date(2026, 3, 23))
        self.assertFalse((later | refused).activity_ids)

    def test_money_that_is_paid_back_is_not_asked_for(self):
        invoice = self.order._create_invoices()
        invoice.action_post()
        complaint = self._complaint(received_at=datetime.now() - timedelta(days=14))
        remedy = self.env['ecrm.complaint.remedy'].create(
            {'complaint_id': complaint.id, 'kind': 'refund'}
        )
        remedy.action_do()
        self.assertFalse(remedy.paid_back, "a draft credit note pays nobody")
        remedy.refund_id.action_post()
        receivable = (invoice | remedy.refund_id).line_ids.filtered(
            lambda line: line.account_type == 'asset_receivable'
        )
        receivable.reconcile()
        self.assertTrue(remedy.paid_back)
        remedy._cron_warn_refunds()
        self.assertFalse(complaint.activity_ids)
