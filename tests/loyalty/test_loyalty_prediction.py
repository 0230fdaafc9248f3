from datetime import timedelta
from random import Random

from psycopg2 import IntegrityError

from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.ecrm.tests.loyalty.common_loyalty import NOW, LoyaltyCommon
from odoo.addons.ecrm.tools import clv


@tagged('post_install', '-at_install')
@freeze_time(NOW)
class TestLoyaltyPrediction(LoyaltyCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.fits = cls.env['ecrm.customer.fit']
        cls.shop.write({'ecrm_gate_customers': 30})

    def _crowd(self, size=60):
        """Customers with random rhythms, written as orders straight to the table."""
        random = Random(6)
        pattern = self._order(self._customer("Pattern"), 300)
        partners = self.env['res.partner'].create([{'name': f"P{i}"} for i in range(size)])
        self.env.flush_all()
        rows = []
        for partner in partners:
            day = random.randint(20, 400)
            while day > 0:
                rows.append((partner.id, NOW - timedelta(days=day), random.randint(20, 200)))
                if random.random() < 0.4:
                    break
                day -= random.randint(5, 80)
        self.env.cr.execute(
            """
            INSERT INTO sale_order (name, company_id, partner_id, partner_invoice_id,
                   partner_shipping_id, state, date_order, amount_untaxed, currency_rate,
                   currency_id, create_date, picking_policy)
            SELECT 'T' || row_number() OVER (), %s, partner, partner, partner, 'sale', date,
                   amount, 1, %s, date, 'direct'
              FROM unnest(%s, %s, %s) AS row(partner, date, amount)
            """,
            [self.shop.id, self.eur.id, *(list(column) for column in zip(*rows, strict=True))],
        )
        self.env.invalidate_all()
        return pattern.partner_id

    def test_too_few_customers_get_a_reason_instead_of_a_prediction(self):
        self.shop.ecrm_gate_customers = 500
        customer = self._customer("Amina")
        for days_ago in (60, 40, 20):
            self._order(customer, days_ago)
        self._row(customer)
        self.assertEqual(self.fits._last(self.shop).reason, 'customers')
        self.assertFalse(customer.ecrm_has_prediction)
        self.assertIn('500', customer.ecrm_prediction_note)
        # The rhythm alone still says when the next order would come
        self.assertEqual(customer.ecrm_next_order_date, (NOW - timedelta(days=0)).date())

    def test_every_gate_names_itself(self):
        self._crowd()
        self.indicators._refresh_all()
        for field, value, reason in (
            ('ecrm_gate_customers', 9999, 'customers'),
            ('ecrm_gate_days', 9999, 'days'),
            ('ecrm_gate_orders', 99, 'repeat'),
        ):
            before = self.shop[field]
            self.shop[field] = value
            fit = self.fits._attempt(self.shop)
            self.assertEqual((fit.state, fit.reason), ('gated', reason))
            self.assertTrue(fit.message)
            self.shop[field] = before
        with freeze_time(NOW + timedelta(days=90)):
            self.assertEqual(self.fits._attempt(self.shop).reason, 'recent')

    def test_the_fit_and_what_is_written_are_those_of_the_tools(self):
        customer = self._crowd()
        row = self._row(customer)
        fit = self.fits._last_good(self.shop)
        self.assertEqual((fit.state, fit.size, fit.date), ('good', 61, NOW.date()))
        rows = self.indicators.search([('company_id', '=', self.shop.id)])
        histories = [
            clv.History(
                r.purchase_days - 1,
                (r.last_order_date - r.first_order_date).days,
                (NOW.date() - r.first_order_date).days,
            )
            for r in rows
        ]
        model = clv.fit_orders(histories)
        self.assertAlmostEqual(fit.log_likelihood, model.log_likelihood, places=2)
        self.assertAlmostEqual(fit.r, model.r, places=3)
        orders, money = fit._models()
        for r, history in zip(rows, histories, strict=True):
            self.assertAlmostEqual(r.p_alive, orders.alive(history), places=6)
            self.assertAlmostEqual(r.p_order, orders.order_within(history, 180), places=6)
            self.assertAlmostEqual(
                r.expected_orders, orders.expected_orders(history, 180), places=6
            )
            repeats = history.repeats
            mean = (r.net_revenue - r.first_day_revenue) / repeats if repeats else 0
            self.assertAlmostEqual(r.expected_spend, money.expected(repeats, mean), places=1)
            self.assertLess(r.predicted_value, r.expected_orders * r.expected_spend + 0.01)
        self.assertTrue(row.has_prediction)

    def test_calibration_sets_what_came_against_what_was_predicted(self):
        self._crowd()
        self.indicators._refresh_all()
        lines = self.fits._last_good(self.shop).line_ids
        self.assertTrue(lines)
        self.env.cr.execute(
            "SELECT COUNT(DISTINCT partner_id), COUNT(*) FILTER (WHERE date_order::date > %s)"
            "  FROM sale_order WHERE company_id = %s AND partner_id IN ("
            "SELECT partner_id FROM sale_order WHERE date_order::date <= %s)",
            [NOW.date() - timedelta(days=180), self.shop.id, NOW.date() - timedelta(days=180)],
        )
        customers, later = self.env.cr.fetchone()
        self.assertEqual(sum(lines.mapped('customer_count')), customers)
        self.assertEqual(sum(lines.mapped('actual')), later)

    def test_a_failed_night_keeps_the_last_good_model(self):
        customer = self._crowd()
        self.indicators._refresh_all()
        good = self.fits._last_good(self.shop)
        with freeze_time(NOW + timedelta(days=1)):
            self.patch(clv, 'fit_orders', _raise)
            failed = self.fits._attempt(self.shop)
            self.indicators._predict(self.shop)
        self.assertEqual(failed.state, 'failed')
        self.assertEqual(self.fits._last_good(self.shop), good)
        self.assertTrue(customer.ecrm_has_prediction)

    def test_value_is_expected_orders_by_basket_by_margin_discounted(self):
        self._crowd()
        self.shop.write({'ecrm_margin': 100, 'ecrm_discount_rate': 0})
        self.indicators._refresh_all()
        row = self.indicators.search(
            [('company_id', '=', self.shop.id), ('predicted_value', '>', 10)], limit=1
        )
        whole = row.predicted_value
        self.assertAlmostEqual(whole, row.expected_orders * row.expected_spend, delta=0.02)
        self.shop.ecrm_margin = 50
        self.indicators._predict(self.shop)
        self.assertAlmostEqual(row.predicted_value, whole / 2, delta=0.01)
        self.shop.write({'ecrm_margin': 100, 'ecrm_discount_rate': 12})
        self.indicators._predict(self.shop)
        # Within half a year of orders not more than half a year's rate is lost
        self.assertTrue(whole / 1.12**0.5 < row.predicted_value < whole)

    def test_churn_bands_follow_the_settings(self):
        self._crowd()
        self.indicators._refresh_all()
        rows = self.indicators.search([('company_id', '=', self.shop.id)])
        for band in ('low', 'medium', 'high'):
            found = self.indicators.search(
                [('company_id', '=', self.shop.id), ('churn_band', '=', band)]
            )
            self.assertEqual(found, rows.filtered(lambda r, band=band: r.churn_band == band))
        self.shop.write({'ecrm_churn_medium': 0.0001, 'ecrm_churn_high': 0.0002})
        self.env.invalidate_all()
        self.assertEqual(set(rows.mapped('churn_band')), {'high'})
        self.assertTrue(self.env['res.partner'].search_count([('ecrm_churn_band', '=', 'high')]))

    def test_each_row_is_searched_by_its_own_company(self):
        self._crowd()
        self.indicators._refresh_all()
        other = self.env['res.company'].create({'name': "Elsewhere"})
        self.shop.write({'ecrm_churn_medium': 0.0001, 'ecrm_churn_high': 0.0002})
        ours = [('company_id', '=', self.shop.id)]
        for company in (self.shop, other):
            rows = self.indicators.with_company(company).sudo()
            high = rows.search([*ours, ('churn_band', '=', 'high')])
            self.assertTrue(high)
            self.assertEqual(high, rows.search([*ours, ('expected_spend', '>', 0)]))
            self.assertFalse(rows.search([*ours, ('churn_band', 'in', ['low', 'medium'])]))
            none = rows.search([*ours, ('churn_band', '=', False)])
            self.assertEqual(none, rows.search(ours) - high)

    def test_days_since_the_last_order_are_counted_in_the_company_s_time_zone(self):
        """At this hour it is tomorrow in Kiribati and still today in Samoa."""
        customer = self._crowd()
        self.indicators._refresh_all()
        row = self.indicators.search(
            [('company_id', '=', self.shop.id), ('partner_id', '=', customer.id)]
        )
        with freeze_time(f'{NOW:%Y-%m-%d} 10:30:00'):
            for zone in ('Pacific/Kiritimati', 'Pacific/Pago_Pago'):
                self.shop.ecrm_loyalty_tz = zone
                row.invalidate_recordset()
                days = row.recency_days
                found = [('id', '=', row.id), ('recency_days', '=', days)]
                self.assertTrue(self.indicators.search_count(found), zone)
                found[1] = ('recency_days', '>', days)
                self.assertFalse(self.indicators.search_count(found), zone)

    def test_settings_out_of_bounds_are_refused(self):
        for values in (
            {'ecrm_horizon_days': 0},
            {'ecrm_margin': 101},
            {'ecrm_churn_medium': 0.9},
            {'ecrm_gate_customers': 3},
        ):
            with (
                self.assertRaises(IntegrityError),
                mute_logger('odoo.sql_db'),
                self.env.cr.savepoint(),
            ):
                self.shop.write(values)


def _raise(*_args, **_options):
    raise clv.ClvError('empty')
