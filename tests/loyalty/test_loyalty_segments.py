from datetime import date, timedelta

from psycopg2 import IntegrityError

from odoo.exceptions import ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.ecrm.tests.loyalty.common_loyalty import NOW, LoyaltyCommon
from odoo.addons.ecrm.tools import rfm


@tagged('post_install', '-at_install')
@freeze_time(NOW)
class TestLoyaltySegments(LoyaltyCommon):
    def _table(self):
        return self.env['ecrm.customer.segment']

    def test_the_shipped_table_is_the_one_of_the_tools(self):
        rows = tuple(
            rfm.SegmentRow(
                row.code, (row.r_min, row.r_max), (row.f_min, row.f_max), (row.m_min, row.m_max)
            )
            for row in self._table().search([('is_prospect', '=', False), ('code', '!=', False)])
        )
        self.assertEqual(rows, rfm.DEFAULT_SEGMENTS)

    def test_sql_scores_as_the_tools_do(self):
        customers = [self._customer(f"C{i}") for i in range(11)]
        for i, customer in enumerate(customers):
            for k in range(i % 7 + 1):
                self._order(customer, 13 * i + 30 * k, 10 * (i + 1) + k)
        self.indicators._refresh_all()
        bounds = self.env['ecrm.customer.threshold']._current(self.shop)._bounds()
        rows = self.indicators.search([('company_id', '=', self.shop.id)])
        self.assertEqual(len(rows), 11)
        self.assertEqual(bounds['recency'], rfm.thresholds(rows.mapped('recency_days')))
        self.assertEqual(bounds['frequency'], (2, 3, 4, 6))
        for row in rows:
            scores = rfm.score(
                row.recency_days,
                row.order_count,
                row.net_revenue,
                recency_bounds=bounds['recency'],
                revenue_bounds=bounds['monetary'],
            )
            self.assertEqual(row.rfm_label, scores.label)
            self.assertEqual(row.segment_id.code, rfm.segment(scores).name)

    def test_frequency_by_quintiles_is_an_option(self):
        self.shop.ecrm_frequency_rule = 'quintile'
        for i in range(6):
            customer = self._customer(f"C{i}")
            for k in range(i + 1):
                self._order(customer, k)
        self.indicators._refresh_all()
        bounds = self.env['ecrm.customer.threshold']._current(self.shop)._bounds()
        self.assertEqual(bounds['frequency'], rfm.thresholds(range(1, 7)))

    def test_moving_to_another_segment_is_history(self):
        customer = self._customer("Amina")
        self._order(customer, 1)
        for i in range(20):
            self._order(self._customer(f"C{i}"), 4 * i)
        row = self._row(customer)
        self.assertEqual(row.segment_id.code, 'new')
        with freeze_time(NOW + timedelta(days=60)):
            self._order(self._customer("Fresh"), -60)
            self._order(customer, -59)
            row = self._row(customer)
            self.assertEqual(row.segment_id.code, 'potential')
            self.assertEqual(row.segment_date, date(2026, 5, 14))
        past = self.env['ecrm.customer.segment.history'].search([('partner_id', '=', customer.id)])
        self.assertEqual(past.mapped('segment_id.code'), ['potential', 'new'])
        self.assertEqual(past[1].date_out, past[0].date_in)
        self.assertEqual(past[0].previous_id.code, 'new')
        self.assertFalse(past[0].date_out)
        with freeze_time(NOW + timedelta(days=63)):
            self.env.invalidate_all()
            left, entered = past[1].segment_id, past[0].segment_id
            for segment, figure, column in (
                (left, 'left_count', 'date_out'),
                (entered, 'entered_count', 'date_in'),
            ):
                moved = past.search_count(
                    [
                        ('company_id', '=', self.shop.id),
                        ('segment_id', '=', segment.id),
                        (column, ">=", "2026-05-11"),
                    ]
                )
                self.assertTrue(segment[figure] == moved > 0, figure)
        with freeze_time(NOW + timedelta(days=90)):
            self.env.invalidate_all()
            self.assertEqual((left.left_count, entered.entered_count), (0, 0))

    def test_figures_of_a_segment(self):
        for i in range(3):
            self._order(self._customer(f"C{i}"), i, 50)
        self.indicators._refresh_all()
        new = self.env.ref('ecrm.customer_segment_new')
        others = self._table().search([]) - new
        found = new | others
        self.assertEqual(sum(found.mapped('customer_count')), 3)
        self.assertAlmostEqual(sum(found.mapped('net_revenue')), 150)
        self.assertEqual(sum(found.mapped('entered_count')), 3)

    def test_a_table_with_a_hole_is_refused(self):
        with self.assertRaisesRegex(ValidationError, '3-2-1'):
            self.env.ref('ecrm.customer_segment_attention').r_max = 3
            self.env.ref('ecrm.customer_segment_attention').f_min = 2
            self.env.ref('ecrm.customer_segment_attention').active = False

    def test_deleting_the_only_row_for_some_scores_is_refused(self):
        with self.assertRaises(ValidationError):
            self.env.ref('ecrm.customer_segment_lost').unlink()
        self._table().create({'name': "All the others", 'sequence': 999})
        self.env.ref('ecrm.customer_segment_lost').unlink()

    def test_the_prospects_are_not_deleted(self):
        with self.assertRaises(ValidationError):
            self.env.ref('ecrm.customer_segment_prospect').unlink()

    def test_scores_outside_one_to_five_are_refused(self):
        for values in ({'r_min': 0}, {'f_max': 6}, {'m_min': 4, 'm_max': 3}):
            with (
                self.assertRaises(IntegrityError),
                mute_logger('odoo.sql_db'),
                self.env.cr.savepoint(),
            ):
                self._table().create({'name': "Wrong", **values})

    def test_frequency_thresholds_must_grow(self):
        for text in ('2, 3, 4', '2, 3, 3, 6', 'often', False):
            with self.assertRaises(ValidationError):
                self.shop.ecrm_frequency_bounds = text
