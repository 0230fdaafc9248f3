from itertools import pairwise

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common_complaint import ComplaintCommon, photo


@tagged('post_install', '-at_install')
class TestComplaintMerge(ComplaintCommon):
    def test_chain_of_merges_ends_at_the_last(self):
        complaints = [self._new_complaint() for _index in range(5)]
        for source, target in pairwise(complaints):
            source._merge_into(target)
        for complaint in complaints:
            self.assertEqual(complaint._follow_merges(), complaints[-1])
        reply = complaints[0]._reply_from_customer("Still there?", [])
        self.assertEqual(reply, complaints[-1])

    def test_corrupt_cycle_ends_where_one_stands(self):
        one, two = self._new_complaint(), self._new_complaint()
        one.merged_into_id = two
        two.merged_into_id = one
        self.assertEqual(one._follow_merges(), one)
        self.assertEqual(two._reply_from_customer("Hello?", []), two)

    def test_words_files_lines_and_activities_move(self):
        line = Command.create({'sale_line_id': self.line.id, 'quantity': 1})
        source, target = self._new_complaint(line_ids=[line]), self._new_complaint()
        message = self._answer(source, attachments=[('a.jpg', photo())])
        activity = source.activity_schedule('mail.mail_activity_data_todo')
        source.with_user(self.user_agent)._merge_into(target.with_user(self.user_agent))
        self.assertIn(message, target.message_ids)
        self.assertEqual(message.attachment_ids.res_id, target.id)
        self.assertEqual(target.line_ids.sale_line_id, self.line)
        self.assertIn(activity, target.activity_ids)
        self.assertEqual((source.kind, source.merged_into_id), ('cancelled', target))

    def test_customers_and_companies_are_not_mixed(self):
        own = self._new_complaint()
        foreign = self._new_complaint(partner_id=self.stranger.id, order_id=self.order_stranger.id)
        with self.assertRaises(UserError):
            foreign._merge_into(own)
        company = self.env['res.company'].create({'name': "Other"})
        elsewhere = self.env['ecrm.complaint'].create({'name': "x", 'company_id': company.id})
        with self.assertRaises(UserError):
            elsewhere._merge_into(own)
        with self.assertRaises(UserError):
            own._merge_into(own)

    def test_complaint_with_a_promise_is_not_merged_away(self):
        source, target = self._new_complaint(), self._new_complaint()
        self.env['ecrm.complaint.remedy'].create(
            {'complaint_id': source.id, 'kind': 'coupon', 'amount': 10}
        ).action_approve()
        with self.assertRaises(UserError):
            source._merge_into(target)

    def test_wizard_keeps_the_oldest_and_asks_for_access(self):
        one, two = self._new_complaint(), self._new_complaint()
        wizard = self.env['ecrm.complaint.merge'].with_context(
            active_model='ecrm.complaint', active_ids=(two | one).ids
        )
        self.assertEqual(wizard.create({}).target_id, one)
        for user in (self.user_agent, self.user_agent2, self.user_all):
            with self.assertRaises(AccessError):
                wizard.with_user(user).create({}).action_merge()
        wizard.create({}).action_merge()
        self.assertEqual(two.merged_into_id, one)

    def test_duplicates_are_proposed_by_order_or_mailbox(self):
        one, two = self._new_complaint(), self._new_complaint()
        self.assertEqual(one.duplicate_ids, two)
        two.action_resolve()
        one.invalidate_recordset(['duplicate_ids'])
        self.assertFalse(one.duplicate_ids)
        mail = {'partner_id': False, 'order_id': False, 'email_from': 'X <x@example.com>'}
        three = self._new_complaint(**mail)
        four = self._new_complaint(**{**mail, 'email_from': 'x@EXAMPLE.com'})
        self.assertEqual(three.duplicate_ids, four)
