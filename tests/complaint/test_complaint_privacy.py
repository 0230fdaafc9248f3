from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common_complaint import ComplaintCommon, photo


@tagged('post_install', '-at_install')
class TestComplaintPrivacy(ComplaintCommon):
    def _closed(self):
        complaint = self._new_complaint(
            description="I live at 7, rue des Pins",
            founded='yes',
            line_ids=[Command.create({'sale_line_id': self.line.id})],
        )
        self._answer(complaint, attachments=[('a.jpg', photo())])
        complaint.action_resolve()
        complaint.action_close()
        return complaint

    def test_person_is_forgotten_and_the_figures_stay(self):
        complaint = self._closed()
        files = complaint.message_ids.attachment_ids
        date = complaint.order_date
        complaint.with_user(self.user_manager).action_anonymise()
        for field in ('partner_id', 'partner_name', 'email_from', 'partner_phone', 'description'):
            self.assertFalse(complaint[field], field)
        self.assertFalse(complaint.order_id)
        self.assertFalse(complaint.message_ids)
        self.assertFalse(files.exists())
        self.assertEqual(complaint.line_ids.product_id, self.product)
        self.assertEqual((complaint.founded, complaint.order_date), ('yes', date))
        self.assertTrue(complaint.resolved_at)

    def test_only_managers_forget_and_only_what_is_over(self):
        complaint = self._closed()
        with self.assertRaises(AccessError):
            complaint.with_user(self.user_agent).action_anonymise()
        with self.assertRaises(UserError):
            self._new_complaint().with_user(self.user_manager).action_anonymise()
        self.assertTrue(complaint.partner_id)

    def test_retention_differs_by_outcome(self):
        self.company.ecrm_complaint_retention_months = 12
        with freeze_time('2024-01-10'):
            old, spam = self._closed(), self._new_complaint()
            spam.action_spam()
        with freeze_time('2024-06-10'):
            recent, waiting = self._closed(), self._new_complaint()
        with freeze_time('2025-02-10'), self.enter_registry_test_mode():
            self.env.ref('ecrm.ir_cron_complaint_forget').method_direct_trigger()
        self.assertTrue(old.anonymised_at)
        self.assertTrue(spam.anonymised_at)
        self.assertFalse(recent.anonymised_at)
        self.assertFalse(waiting.anonymised_at)

    def test_zero_months_keep_for_ever(self):
        self.company.ecrm_complaint_retention_months = 0
        with freeze_time('2020-01-10'):
            complaint = self._closed()
        with freeze_time('2026-01-10'), self.enter_registry_test_mode():
            self.env.ref('ecrm.ir_cron_complaint_forget').method_direct_trigger()
        self.assertFalse(complaint.anonymised_at)
