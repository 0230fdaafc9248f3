from datetime import date, datetime, timedelta

from lxml import html

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_dimension import DimensionCommon


@tagged('post_install', '-at_install')
class TestDimensionWorkshop(DimensionCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.profile.write({'wrap': 4, 'lead_days': 3})
        cls.order = cls._new_confirmed()
        cls.jobs = cls.order.order_line.ecrm_workshop_job_ids

    @classmethod
    def _new_confirmed(cls):
        order = cls._new_order(
            cls, {'ecrm_size_input': '40/50*3'}, {'ecrm_size_input': '50x50', 'product_uom_qty': 2}
        )
        order.action_confirm()
        return order

    def test_a_confirmed_line_becomes_a_job_with_its_size_and_day(self):
        self.assertEqual(
            self.jobs.mapped('ecrm_size_label'), ["40 x 50 cm x 3 panels", "50 x 50 cm"]
        )
        self.assertEqual(self.jobs.mapped('quantity'), [1, 2])
        self.assertEqual(self.jobs.mapped('area'), [0.6, 0.5])
        self.assertTrue(all(job.due_date > fields.Date.today() for job in self.jobs))

    def test_a_changed_size_changes_the_job(self):
        self.order.order_line[1].ecrm_size_input = '50x100'
        self.assertEqual(self.jobs[1].ecrm_size_label, "50 x 100 cm")

    def test_a_cancelled_order_leaves_the_workshop_and_comes_back(self):
        self.order._action_cancel()
        self.assertFalse(any(self.jobs.mapped('active')))
        self.order.action_draft()
        self.order.action_confirm()
        self.assertTrue(all(self.jobs.mapped('active')))
        self.assertEqual(len(self.order.order_line.ecrm_workshop_job_ids), 2)

    def test_the_workshop_moves_jobs_and_nothing_else(self):
        jobs = self.jobs.with_user(self.user_workshop)
        jobs.action_next_state()
        self.assertEqual(set(jobs.mapped('state')), {'printed'})
        for values in (
            {'sequence': 1, 'active': False},
            {'sale_line_id': 1},
            {'due_date': '2030-01-01'},
        ):
            with self.assertRaises(AccessError):
                jobs.write(values)
        with self.assertRaises(AccessError):
            jobs.read(['sale_line_id'])
        with self.assertRaises(AccessError):
            self.order.with_user(self.user_workshop).read(['amount_total'])

    def test_nobody_else_sees_jobs(self):
        for user in (self.user_portal, self.user_internal):
            with self.assertRaises(AccessError):
                self.jobs.with_user(user).read(['state'])
        with self.assertRaises(AccessError):
            self.jobs.with_user(self.user_sales).state = 'packed'

    def test_the_promised_day_is_compared_with_the_packed_one(self):
        job = self.jobs[0]
        job.sale_line_id.ecrm_promised_date = fields.Date.today() - timedelta(days=2)
        self.assertTrue(job.is_late)
        self.assertIn(job, self.env['ecrm.workshop.job'].search([('is_late', '=', True)]))
        job.state = 'packed'
        self.assertFalse(job.is_late)
        self.assertNotIn(job, self.env['ecrm.workshop.job'].search([('is_late', '=', True)]))
        self.assertEqual((job.done_date, job.delay_days), (fields.Date.today(), 2))
        job.state = 'mounted'
        self.assertFalse(job.done_date)

    def test_a_late_job_stands_out_in_the_calendar_by_colour_and_by_word(self):
        job, other = self.jobs.with_context(ecrm_mark_late=True)
        self.assertNotIn("LATE", job.display_name)
        job.sale_line_id.ecrm_promised_date = fields.Date.today() - timedelta(days=2)
        self.assertIn("LATE", job.display_name)
        self.assertIn("Tableau M054", job.display_name)
        self.assertNotIn("LATE", other.display_name)
        self.assertNotIn("LATE", job.with_context(ecrm_mark_late=False).display_name)
        self.assertNotEqual(job.calendar_color, other.calendar_color)
        job.state = 'packed'
        self.assertNotIn("LATE", job.display_name)
        other.state = 'packed'
        self.assertEqual(job.calendar_color, other.calendar_color)
        arch = self.env.ref('ecrm.workshop_job_view_calendar').arch
        self.assertIn('color="calendar_color"', arch)

    def test_the_promised_day_skips_days_off(self):
        size = self.profile._get_default_size()
        promised = self.profile._get_promised_date(size, 1, datetime(2026, 1, 8, 10))  # a Thursday
        worked = self.company.resource_calendar_id.plan_days(
            3, datetime(2026, 1, 9), compute_leaves=True
        )
        self.assertEqual(promised, worked.date())
        self.assertGreater(promised, date(2026, 1, 10))

    def test_a_large_order_takes_more_days(self):
        size, start = self.profile._get_default_size(), datetime(2026, 1, 8, 10)
        self.profile.daily_area = 1
        self.assertGreater(
            self.profile._get_promised_date(size, 40, start),
            self.profile._get_promised_date(size, 1, start),
        )

    def test_the_promise_is_kept_once_confirmed(self):
        promised = self.order.order_line[0].ecrm_promised_date
        self.profile.lead_days = 30
        self.order.order_line[0].product_uom_qty = 2
        self.assertEqual(self.order.order_line[0].ecrm_promised_date, promised)

    def _print(self, report, lang='en_US'):
        """The sheet as parsed HTML."""
        reports = self.env['ir.actions.report'].with_context(lang=lang)
        return html.fromstring(reports._render_qweb_html(report, self.jobs.ids)[0])

    def _read(self, report, lang='en_US'):
        """What is read on the sheet, one space between words."""
        return ' '.join(self._print(report, lang).text_content().split())

    def test_the_sheets_print_the_cutting_sizes(self):
        for report in ('ecrm.workshop_sheet_report', 'ecrm.workshop_day_report'):
            text = self._read(report)
            self.assertIn('48 x 58 cm', text)
            self.assertIn('58 x 58 cm', text)

    def test_every_word_of_an_arabic_line_with_figures_is_a_box_of_its_own(self):
        """The printer lays Arabic words over figures, and cuts lines that are wider than it reckons."""
        self.env['res.lang']._activate_lang('ar_001')
        self.jobs[0].note = "لا تطو الحافة 3 سم"
        for report in ('ecrm.workshop_sheet_report', 'ecrm.workshop_day_report'):
            page = self._print(report, 'ar_001')
            loose = [
                text
                for text in page.xpath(
                    "//div[contains(@class, 'o_ecrm_workshop')]//text()[normalize-space()]"
                    "[not(ancestor::*[contains(@class, 'o_ecrm_word')])]"
                    "[not(ancestor::th) and not(ancestor::style)]"
                )
                if ' ' in text.strip() and any(char.isdigit() for char in text)
            ]
            self.assertFalse(loose, report)

    def test_a_size_is_one_box_read_in_the_order_of_the_screen(self):
        self.env['res.lang']._activate_lang('ar_001')
        job = self.jobs[0].with_context(lang='ar_001')
        [words] = job._split_ecrm_lines(f"نص {job.ecrm_size_label}")
        self.assertEqual(len(words), 6)
        self.assertEqual(words[1][0].text.strip('\u200e'), "40 × 50")
        [words] = job._split_ecrm_lines(job._get_cutting_sides()[0][1])
        self.assertIn("48 × 58", [word[0].text.strip('\u200e') for word in words])
        page = self._print('ecrm.workshop_sheet_report', 'ar_001')
        texts = page.xpath("//span[contains(@class, 'o_ecrm_word')][@dir='ltr']/text()")
        self.assertIn("40 × 50", [text.strip('\u200e') for text in texts])
        self.assertEqual(job._split_ecrm_lines(False), [])

    def test_equal_pieces_of_a_set_are_counted_together(self):
        self.assertEqual(self.jobs[0]._get_cutting_counts(), [('48 x 58 cm', 3)])
        self.order.order_line[1].ecrm_size_input = '30x60+40x80+30x60'
        self.assertEqual(self.jobs[1]._get_cutting_counts(), [('38 x 68 cm', 2), ('48 x 88 cm', 1)])

    def test_a_late_job_stands_out_on_its_sheet_and_its_day(self):
        render = self.env['ir.actions.report']._render_qweb_html
        for report in ('ecrm.workshop_sheet_report', 'ecrm.workshop_day_report'):
            self.assertNotIn('class="o_ecrm_late"', render(report, self.jobs.ids)[0].decode())
        self.jobs[0].sale_line_id.ecrm_promised_date = fields.Date.today() - timedelta(days=2)
        for report in ('ecrm.workshop_sheet_report', 'ecrm.workshop_day_report'):
            self.assertIn('class="o_ecrm_late"', render(report, self.jobs.ids)[0].decode())

    def test_a_job_without_a_promised_day_is_printed_last(self):
        self.jobs[0].sale_line_id.ecrm_promised_date = False
        text = self._read('ecrm.workshop_day_report')
        self.assertLess(text.index('58 x 58 cm'), text.index('48 x 58 cm'))

    @mute_logger('odoo.addons.base.models.ir_actions_report')
    def test_the_sheet_is_a_real_pdf(self):
        with self.allow_pdf_render():
            pdf, _kind = (
                self.env['ir.actions.report']
                .with_context(force_report_rendering=True)
                ._render_qweb_pdf('ecrm.workshop_sheet_report', self.jobs.ids)
            )
        self.assertTrue(pdf.startswith(b'%PDF'))
