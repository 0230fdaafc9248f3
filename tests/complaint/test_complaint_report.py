from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common_complaint import ComplaintCommon


@tagged('post_install', '-at_install')
class TestComplaintReport(ComplaintCommon):
    def _figures(self, *aggregates, domain=()):
        self.env.flush_all()
        report = self.env['ecrm.complaint.report'].with_user(self.user_marketing)
        return report._read_group(
            [('product_id', '=', self.product.id), *domain], [], list(aggregates)
        )[0]

    def _claim(self, quantity, **values):
        line = Command.create({'sale_line_id': self.line.id, 'quantity': quantity})
        return self._new_complaint(line_ids=[line], **values)

    def test_rate_is_founded_per_hundred_delivered(self):
        self._claim(1, founded='yes')
        self._claim(1, founded='no')
        delivered, founded, complaints, rate = self._figures(
            'delivered:sum', 'founded:sum', 'complaints:sum', 'rate:avg'
        )
        self.assertEqual((delivered, founded, complaints), (4, 1, 2))
        self.assertEqual(rate, 25)

    def test_spam_cancelled_and_merged_do_not_count(self):
        self._claim(1, founded='yes').action_spam()
        self._claim(1, founded='yes').action_cancel()
        self._claim(1, founded='yes')._merge_into(self._new_complaint(order_id=False))
        self.assertEqual(self._figures('founded:sum'), (0,))

    def test_times_are_median_and_ninetieth_percentile_of_complaints_not_of_lines(self):
        for index, hours in enumerate((1, 2, 3, 4, 100)):
            complaint = self._claim(1)
            if index == 4:
                complaint.line_ids = [Command.create({'sale_line_id': self.line.id})]
            complaint.action_resolve()
            complaint.write(
                {'resolution_net_hours': hours, 'first_response_at': complaint.resolved_at}
            )
            complaint.write({'response_hours': hours})
        figures = self._figures('net_median:avg', 'net_p90:avg', 'response_median:avg')
        self.assertEqual(figures, (3, 100, 3))

    def test_times_are_filed_under_the_day_a_complaint_came(self):
        self.order.date_order = '2025-11-20 09:00:00'
        with freeze_time('2026-02-03 09:00:00'):
            complaint = self._claim(1, founded='yes')
        with freeze_time('2026-02-03 12:00:00'):
            complaint.action_resolve()
        complaint.resolution_net_hours = 3
        february = [('received', '>=', '2026-02-01'), ('received', '<', '2026-03-01')]
        self.assertEqual(self._figures('net_median:avg', 'complaints:sum', domain=february), (3, 1))
        november = [('date', '>=', '2025-11-01'), ('date', '<', '2025-12-01')]
        self.assertEqual(self._figures('founded:sum', domain=november), (1,))
        action = self.env['ir.actions.act_window']._for_xml_id('ecrm.action_ecrm_complaint_times')
        self.assertEqual(action['domain'], "[('received', '!=', False)]")

    def test_satisfaction_comes_with_its_response_rate(self):
        for score in (5, 2, 0, 0):
            complaint = self._claim(1)
            complaint.action_resolve()
            if score:
                complaint._rate_from_customer(score)
        satisfaction, satisfied, rate, reopen = self._figures(
            'satisfaction:avg', 'csat:avg', 'survey_rate:avg', 'reopen_rate:avg'
        )
        self.assertEqual((float(satisfaction), satisfied, rate, reopen), (3.5, 50, 50, 0))

    def test_volume_is_counted_by_channel_cause_and_product_and_reopened_ones_are_a_share(self):
        again = self._claim(1, channel='email')
        self._claim(1, channel='email')
        self._claim(1, channel='staff', cause_id=self.cause_late.id)
        again.action_resolve()
        again.action_reopen()
        self._claim(1, channel='order').action_resolve()
        self.env.flush_all()
        report = self.env['ecrm.complaint.report'].with_user(self.user_marketing)
        domain = [('product_id', '=', self.product.id), ('complaints', '>', 0)]
        for group, volumes in (
            ('channel', {'email': 2, 'staff': 1, 'order': 1}),
            ('cause_id', {self.cause: 3, self.cause_late: 1}),
            ('product_id', {self.product: 4}),
        ):
            rows = report._read_group(domain, [group], ['complaints:sum'])
            self.assertEqual(dict(rows), volumes, group)
        # Of two that were resolved one came back
        self.assertEqual(self._figures('reopen_rate:avg'), (50,))

    def test_product_shows_its_rate(self):
        self._claim(1, founded='yes')
        self.env.flush_all()
        template = self.product.product_tmpl_id.with_user(self.user_manager)
        self.assertEqual(template.ecrm_complaint_rate, 25)

    def test_report_names_no_person_and_is_closed_to_others(self):
        report = self.env['ecrm.complaint.report']
        for field in report._fields.values():
            self.assertNotIn(field.comodel_name, ('res.partner', 'res.users', 'sale.order'))
        for user in (self.user_portal, self.user_internal, self.user_production):
            with self.assertRaises(AccessError):
                report.with_user(user)._read_group([], [], ['__count'])
