from datetime import datetime, timedelta

from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from odoo.addons.ecrm.tests.loyalty.common_loyalty import NOW, LoyaltyCommon
from odoo.addons.ecrm.tools import cohort


@tagged('post_install', '-at_install')
@freeze_time(NOW)
class TestLoyaltyReports(LoyaltyCommon):
    def test_cohorts_are_those_of_the_tools(self):
        dates = {
            'A': [datetime(2026, 1, 5), datetime(2026, 2, 10), datetime(2026, 3, 1)],
            'B': [datetime(2026, 1, 20), datetime(2026, 3, 15)],
            'C': [datetime(2026, 2, 2), datetime(2026, 2, 20)],
            'D': [datetime(2026, 3, 10)],
        }
        for name, days in dates.items():
            customer = self._customer(name)
            for day in days:
                self._order(customer).date_order = day
        self.env.flush_all()
        rows = self.env['ecrm.report.cohort'].search([('company_id', '=', self.shop.id)])
        found = {}
        for row in rows:
            key = (row.cohort_date.year, row.cohort_date.month)
            found.setdefault(key, {})[row.month_offset] = row.customer_count
        expected = cohort.retention(dates, NOW)
        self.assertEqual(
            {key: [cells.get(k) for k in range(3)] for key, cells in found.items()}, expected
        )
        january = rows.filtered(lambda row: row.cohort_date.month == 1)
        self.assertEqual(january.mapped('retention'), [100, 50, 100])

    def test_carts_are_counted_by_what_became_of_them(self):
        website = self.env['website'].create(
            {'name': "Shop", 'company_id': self.shop.id, 'cart_abandoned_delay': 10}
        )
        visitor, customer = website.user_id.partner_id, self._customer("Amina")
        old = NOW - timedelta(days=2)
        carts = {
            'anonymous': self._cart(website, visitor, old),
            'delivery': self._cart(website, customer, old),
            'cancelled': self._cart(website, customer, old),
            'confirmed': self._cart(website, customer, old),
        }
        fresh = self._cart(website, customer, NOW - timedelta(hours=1))
        empty = self.env['sale.order'].create({'partner_id': customer.id, 'website_id': website.id})
        carts['cancelled']._action_cancel()
        carts['confirmed'].action_confirm()
        self.env.flush_all()
        rows = self.env['ecrm.report.cart'].search([('website_id', '=', website.id)])
        self.assertEqual({row.outcome: row.order_id for row in rows}, carts)
        self.assertNotIn(fresh, rows.order_id)
        self.assertNotIn(empty, rows.order_id)
        self.assertEqual(
            sum(rows.mapped('abandonment')) / len(rows), 100 * cohort.abandonment(4, 1)
        )
        self.assertFalse(rows.filtered(lambda row: row.outcome == 'anonymous').partner_id)
        self.assertAlmostEqual(sum(rows.mapped('abandoned_amount')), 300)

    def test_net_sales_by_source_add_up_to_the_indicators(self):
        facebook = self.env['utm.source'].create({'name': "Facebook Ads Spring"})
        amina, badis = self._customer("Amina"), self._customer("Badis")
        self._order(amina, 9, 100, source_id=facebook.id)
        self._order(amina, 5, 40)
        self._order(badis, 4, 10)
        self.indicators._refresh_all()
        self.env.flush_all()
        rows = {
            network: figures
            for network, *figures in self.env['ecrm.report.sale']._read_group(
                [('company_id', '=', self.shop.id)],
                ['network'],
                [
                    'net_revenue:sum',
                    'order_id:count_distinct',
                    'customer_id:count_distinct',
                    'new_customer_id:count_distinct',
                ],
            )
        }
        self.assertEqual(rows, {'facebook': [100, 1, 1, 1], 'unknown': [50, 2, 2, 1]})
        indicators = self.indicators.search([('company_id', '=', self.shop.id)])
        self.assertAlmostEqual(sum(indicators.mapped('net_revenue')), 150)

    def _cart(self, website, partner, date):
        order = self.env['sale.order'].create(
            {
                'partner_id': partner.id,
                'website_id': website.id,
                'company_id': self.shop.id,
                'order_line': [
                    Command.create(
                        {'product_id': self.product.id, 'price_unit': 100, 'tax_ids': False}
                    )
                ],
            }
        )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE sale_order SET create_date = %s WHERE id = %s", [date, order.id]
        )
        order.invalidate_recordset()
        return order
