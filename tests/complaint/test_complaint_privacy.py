from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
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
        complaint.invalidate_recordset()
        self.assertEqual(complaint.line_ids.claimable_quantity, 0, "its page still opens")
        self.assertEqual((complaint.founded, complaint.order_date), ('yes', date))
        self.assertTrue(complaint.resolved_at)

    def test_every_rate_is_the_same_before_and_after(self):
        profile = self.env['ecrm.size.profile'].create({
            'name': "Bay canvas", 'company_id': False, 'currency_id': self.company.currency_id.id,
            'min_width': 20, 'max_width': 200, 'min_height': 20, 'max_height': 200, 'step': 0.5,
            'max_panels': 5, 'price_model': 'area', 'area_rate': 10000,
            'preset_ids': [Command.create({'ecrm_size_input': '50x50', 'price': 9})],
        })  # fmt: skip
        self.product.product_tmpl_id.ecrm_size_profile_id = profile
        size = {'ecrm_width_mm': 400, 'ecrm_height_mm': 500, 'ecrm_panels': 3}
        sized = self.env['sale.order'].create({
            'partner_id': self.partner.id,
            'order_line': [Command.create({'product_id': self.product.id, 'product_uom_qty': 2, **size})],
        })  # fmt: skip
        sized.action_confirm()
        sized.order_line.qty_delivered = 2
        complaint = self._new_complaint(
            order_id=sized.id, founded='yes',
            line_ids=[Command.create({'sale_line_id': sized.order_line.id})],
        )  # fmt: skip
        remedy = self.env['ecrm.complaint.remedy'].create(
            {'complaint_id': complaint.id, 'kind': 'remake', 'note': "For Nora"}
        )
        remedy.action_do()
        complaint.action_resolve()

        def figures():
            self.env.flush_all()
            self.env.invalidate_all()
            return [
                self.env['ecrm.complaint.report']._read_group(
                    [('product_id', '=', self.product.id)],
                    [*groups],
                    [
                        'delivered:sum',
                        'founded:sum',
                        'rate:avg',
                        'quality_cost:sum',
                        'net_median:avg',
                    ],
                )
                for groups in (['size'], ['product_id'], ['cause_id'], ['area'], ['date:month'])
            ]

        before, amounts = figures(), (remedy.amount, remedy.cost, remedy.kind, remedy.state)
        self.assertIn(('400 x 500 x 3', 2, 1, 50), [row[:4] for row in before[0]])
        label = complaint.size_label
        complaint.action_anonymise()
        self.assertEqual(figures(), before)
        self.assertEqual((remedy.amount, remedy.cost, remedy.kind, remedy.state), amounts)
        self.assertFalse(remedy.note or remedy.new_order_id or complaint.line_ids.sale_line_id)
        self.assertEqual(complaint.size_label, label)

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

    def _forget_on(self, day):
        with freeze_time(day), self.enter_registry_test_mode():
            self.env.ref('ecrm.ir_cron_complaint_forget').method_direct_trigger()

    def test_what_nobody_closes_is_forgotten_from_its_resolution_on(self):
        self.company.ecrm_complaint_retention_months = 12
        with freeze_time('2024-01-10 09:00:00'):
            resolved, reopened = self._new_complaint(), self._new_complaint()
            (resolved | reopened).action_resolve()
        with freeze_time('2024-03-10 09:00:00'):
            reopened.action_reopen()
            reopened.action_resolve()
        self._forget_on('2025-01-10 09:00:00')
        self.assertFalse(resolved.anonymised_at)
        self._forget_on('2025-01-10 09:00:01')
        self.assertTrue(resolved.anonymised_at)
        self.assertEqual(resolved.kind, 'resolved')
        self.assertFalse(reopened.anonymised_at)
        self._forget_on('2025-03-10 09:00:01')
        self.assertTrue(reopened.anonymised_at)

    def test_each_outcome_has_its_own_time(self):
        self.company.write(
            {
                'ecrm_complaint_retention_months': 24,
                'ecrm_complaint_cancelled_months': 6,
                'ecrm_complaint_spam_days': 10,
            }
        )
        with freeze_time('2024-01-10 09:00:00'):
            spam, cancelled, closed = (self._new_complaint() for _index in range(3))
            spam.action_spam()
            cancelled.action_cancel()
            closed.action_resolve()
            closed.action_close()
        for complaint, last, first in (
            (spam, '2024-01-20 09:00:00', '2024-01-20 09:00:01'),
            (cancelled, '2024-07-10 09:00:00', '2024-07-10 09:00:01'),
            (closed, '2026-01-10 09:00:00', '2026-01-10 09:00:01'),
        ):
            self._forget_on(last)
            self.assertFalse(complaint.anonymised_at, last)
            self._forget_on(first)
            self.assertTrue(complaint.anonymised_at, first)

    def test_settings_name_the_bound_they_refuse(self):
        for field, value, bound in (
            ('ecrm_complaint_retention_months', -1, "0 to 240"),
            ('ecrm_complaint_spam_days', 366, "0 to 365"),
            ('ecrm_complaint_ack_limit', 0, "1 to 100"),
            ('ecrm_complaint_file_mb', 0, "1 to 100"),
        ):
            with self.assertRaises(ValidationError) as refused:
                self.company.with_context(lang='en_US')[field] = value
            self.assertIn(bound, str(refused.exception))
        with self.assertRaises(AccessError):
            self.company.with_user(self.user_manager).ecrm_complaint_spam_days = 5

    def test_a_mailbox_is_acknowledged_as_often_as_the_settings_say(self):
        self.company.write({'ecrm_complaint_ack_limit': 2, 'ecrm_complaint_ack_hours': 1})
        with freeze_time('2026-03-02 10:00:00') as clock:
            complaints = [self._new_complaint() for _index in range(4)]
            for complaint in complaints[:3]:
                complaint._acknowledge()
            clock.tick(3601)
            complaints[3]._acknowledge()
        told = [bool(complaint.message_ids.filtered('subject')) for complaint in complaints]
        self.assertEqual(told, [True, True, False, True])

    def test_zero_months_keep_for_ever(self):
        self.company.ecrm_complaint_retention_months = 0
        with freeze_time('2020-01-10'):
            complaint = self._closed()
        with freeze_time('2026-01-10'), self.enter_registry_test_mode():
            self.env.ref('ecrm.ir_cron_complaint_forget').method_direct_trigger()
        self.assertFalse(complaint.anonymised_at)
