from datetime import date, datetime

from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from odoo.addons.ecrm.tests.loyalty.common_loyalty import NOW, LoyaltyCommon


@tagged('post_install', '-at_install')
@freeze_time(NOW)
class TestLoyaltyBase(LoyaltyCommon):
    def test_orders_are_counted_summed_and_dated(self):
        customer = self._customer("Amina")
        for days_ago, amount in ((100, 50), (70, 100), (20, 30)):
            self._order(customer, days_ago, amount)
        row = self._row(customer)
        self.assertEqual(row.order_count, 3)
        self.assertAlmostEqual(row.net_revenue, 180)
        self.assertAlmostEqual(row.average_basket, 60)
        self.assertEqual(row.first_order_date, date(2025, 12, 5))
        self.assertEqual(row.last_order_date, date(2026, 2, 23))
        self.assertEqual(row.recency_days, 20)
        self.assertEqual((row.mean_gap, row.median_gap), (40, 40))
        self.assertAlmostEqual(row.first_day_revenue, 50)

    def test_orders_of_one_day_are_one_purchase_but_two_orders(self):
        customer = self._customer("Amina")
        self._order(customer, 30, 50)
        self._order(customer, 30, 70)
        self._order(customer, 10, 10)
        row = self._row(customer)
        self.assertEqual((row.order_count, row.purchase_days, row.median_gap), (3, 2, 20))
        self.assertAlmostEqual(row.first_day_revenue, 120)

    def test_quotations_cancelled_and_free_orders_do_not_count(self):
        customer = self._customer("Amina")
        self._order(customer, 5, 0)
        self._order(customer, 5)._action_cancel()
        self._order(customer, 3).state = 'sent'
        row = self._row(customer)
        self.assertEqual((row.order_count, row.net_revenue), (0, 0))
        self.assertFalse(row.last_order_date)
        self.assertEqual(row.segment_id.code, 'prospect')
        self.assertFalse(row.rfm_label)

    def test_average_of_nothing_is_empty_rather_than_zero(self):
        customer = self._customer("Amina")
        self._order(customer).state = 'draft'
        row = self._row(customer)
        self.env.cr.execute(
            "SELECT average_basket, mean_gap FROM ecrm_customer_indicator WHERE id = %s", [row.id]
        )
        self.assertEqual(self.env.cr.fetchone(), (None, None))

    def test_the_day_is_the_shops(self):
        customer = self._customer("Amina")
        self._order(customer).date_order = datetime(2026, 1, 31, 23, 30)
        self.assertEqual(self._row(customer).last_order_date, date(2026, 1, 31))
        self.shop.ecrm_loyalty_tz = 'Africa/Algiers'
        self.assertEqual(self._row(customer).last_order_date, date(2026, 2, 1))

    def test_contacts_count_for_their_company_and_archived_cards_count(self):
        firm = self._customer("Hotel", is_company=True)
        contact = self._customer("Buyer", parent_id=firm.id)
        self._order(contact, 9, 40)
        self._order(firm, 8, 60)
        firm.action_archive()
        self.assertAlmostEqual(self._row(firm).net_revenue, 100)
        self.assertFalse(self._row(contact))

    def test_another_currency_is_converted_at_the_orders_rate(self):
        usd = self.env.ref('base.USD')
        usd.active = True
        self.env['res.currency.rate'].create(
            {
                'currency_id': usd.id,
                'company_id': self.shop.id,
                'name': '2026-01-01',
                'rate': 2,
            }
        )
        dollars = self.env['product.pricelist'].create(
            {'name': "Dollars", 'currency_id': usd.id, 'company_id': self.shop.id}
        )
        customer = self._customer("Amina")
        self._order(customer, 0, 100, pricelist_id=dollars.id)
        self._order(customer, 0, 100)
        self.assertAlmostEqual(self._row(customer).net_revenue, 150)

    def test_each_company_has_its_own_row(self):
        other = self.env['res.company'].create({'name': "Other", 'currency_id': self.eur.id})
        self.env.user.company_ids |= other
        customer = self._customer("Amina")
        self._order(customer, 5, 40)
        order = (
            self.env['sale.order']
            .with_company(other)
            .create(
                {
                    'partner_id': customer.id,
                    'company_id': other.id,
                    'order_line': [
                        Command.create({'product_id': self.product.id, 'price_unit': 7})
                    ],
                }
            )
        )
        order.action_confirm()
        self.assertAlmostEqual(self._row(customer).net_revenue, 40)
        self.assertEqual(self._row(customer, other).order_count, 1)
        self.env.invalidate_all()
        self.assertAlmostEqual(customer.ecrm_net_revenue, 40)
        in_other = customer.with_context(allowed_company_ids=other.ids)
        self.assertAlmostEqual(in_other.ecrm_net_revenue, order.amount_untaxed)

    def test_the_anonymous_visitor_is_nobody(self):
        website = self.env['website'].create({'name': "Shop", 'company_id': self.shop.id})
        visitor = website.user_id.partner_id
        self.env['sale.order'].create({'partner_id': visitor.id, 'website_id': website.id})
        self.assertFalse(self._row(visitor))

    def test_a_person_with_a_lead_is_a_prospect(self):
        person = self._customer("Lead")
        self.env['crm.lead'].create(
            {'name': "A large canvas", 'partner_id': person.id, 'company_id': self.shop.id}
        )
        self.assertEqual(self._row(person).segment_id.code, 'prospect')
