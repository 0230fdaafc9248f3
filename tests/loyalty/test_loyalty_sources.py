from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from odoo.addons.ecrm.tests.loyalty.common_loyalty import NOW, LoyaltyCommon

FIGURES = [
    'net_revenue:sum',
    'order_id:count_distinct',
    'average_basket:avg',
    'new_customer_id:count_distinct',
    'cart_id:count_distinct',
    'abandonment:avg',
]


@tagged('post_install', '-at_install')
@freeze_time(NOW)
class TestLoyaltySources(LoyaltyCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.facebook, cls.insta = cls.env['utm.source'].create(
            [{'name': "Facebook Ads of the test"}, {'name': "Instagram of the test"}]
        )
        cls.medium = cls.env['utm.medium'].create({'name': "Paid of the test"})
        cls.website = cls.env['website'].create({'name': "Shop", 'company_id': cls.shop.id})
        cls.lamp = cls.env['product.product'].create(
            {'name': "Lamp", 'type': 'service', 'taxes_id': False}
        )
        amina, badis = cls._customer("Amina"), cls._customer("Badis")
        paid = {'source_id': cls.facebook.id, 'medium_id': cls.medium.id}
        cls._order(amina, 40, 100, **paid)
        cls._order(amina, 30, 50, **paid)
        cls._order(badis, 20, 30)
        cls._cart(badis, cls.facebook, confirm=True, amount=20)
        for product in (cls.product, cls.product, cls.lamp):
            cls._cart(badis, cls.facebook, product=product)
        cls._cart(badis, cls.insta)
        cls.env.flush_all()

    @classmethod
    def _cart(cls, partner, source, *, product=None, confirm=False, amount=10):
        cart = cls.env['sale.order'].create(
            {
                'partner_id': partner.id,
                'website_id': cls.website.id,
                'company_id': cls.shop.id,
                'source_id': source.id,
                'order_line': [
                    Command.create(
                        {
                            'product_id': (product or cls.product).id,
                            'price_unit': amount,
                            'tax_ids': False,
                        }
                    )
                ],
            }
        )
        if confirm:
            cart.action_confirm()
        cart.date_order = NOW - timedelta(days=10)
        return cart

    def _by(self, groupby, *domain):
        rows = self.env['ecrm.report.source']._read_group(
            [('company_id', '=', self.shop.id), *domain], [groupby], FIGURES
        )
        return {row[0]: list(row[1:]) for row in rows}

    def test_a_source_shows_sales_baskets_new_customers_and_abandonment(self):
        rows = self._by('source_id')
        self.assertEqual(rows[self.facebook], [170, 3, 170 / 3, 1, 4, 75])
        self.assertEqual(rows[self.insta], [0, 0, False, 0, 1, 100])
        self.assertEqual(rows[self.env['utm.source']][:4], [30, 1, 30, 1])

    def test_networks_mediums_and_products_hold_too(self):
        networks = self._by('network')
        self.assertEqual(networks['facebook'][:2], [170, 3])
        self.assertEqual(networks['unknown'][:2], [30, 1])
        self.assertEqual(self._by('medium_id')[self.medium][:3], [150, 2, 75])
        lamp = self._by('network', ('product_tmpl_id', '=', self.lamp.product_tmpl_id.id))
        self.assertEqual(lamp, {'facebook': [0, 0, False, 0, 1, 100]})

    def test_a_period_narrows_both_sides(self):
        rows = self._by('source_id', ('date', '>=', NOW.date() - timedelta(days=25)))
        self.assertEqual(rows[self.facebook], [20, 1, 20, 0, 4, 75])

    def test_the_totals_are_those_of_the_two_reports(self):
        company = [('company_id', '=', self.shop.id)]
        [whole] = self.env['ecrm.report.source']._read_group(company, aggregates=FIGURES)
        [sales] = self.env['ecrm.report.sale']._read_group(
            company,
            aggregates=['net_revenue:sum', 'order_id:count_distinct'],
        )
        [carts] = self.env['ecrm.report.cart']._read_group(
            company, aggregates=['__count', 'abandonment:avg']
        )
        self.assertEqual(whole[:2], sales)
        self.assertEqual(whole[4:], carts)

    def test_a_row_opens_its_order_or_cart(self):
        for row in self.env['ecrm.report.source'].search([('company_id', '=', self.shop.id)]):
            self.assertEqual(row.action_open_order()['res_id'], row.order_id.id or row.cart_id.id)

    def test_a_salesperson_does_not_read_the_totals(self):
        with self.assertRaises(AccessError):
            self.env['ecrm.report.source'].with_user(self.user_sales).search([])

    def test_the_digest_tells_the_key_figures_to_marketing_only(self):
        digest = self.env['digest.digest'].create(
            {'name': "Weekly", 'company_id': self.shop.id, 'periodicity': 'monthly'}
        )
        self.indicators._refresh_all()
        told = digest.with_user(self.user_marketing).with_context(
            start_datetime=NOW - timedelta(days=31), end_datetime=NOW
        )
        self.assertEqual(told.kpi_ecrm_net_sales_value, 100)
        self.assertEqual(told.kpi_ecrm_new_customers_value, 1)
        self.assertEqual(told.kpi_ecrm_abandoned_carts_value, 4)
        with self.assertRaises(AccessError):
            digest.with_user(self.user_sales).read(['kpi_ecrm_net_sales_value'])
        actions = digest._compute_kpis_actions(self.shop, self.user_marketing)
        for name in ('net_sales', 'new_customers', 'abandoned_carts'):
            self.assertTrue(self.env.ref(actions[f'kpi_ecrm_{name}'].split('?')[0]))

    def test_the_digest_mail_carries_the_figures_to_who_may_read_them(self):
        digest = self.env['digest.digest'].create(
            {
                'name': "Weekly of the test",
                'company_id': self.shop.id,
                'periodicity': 'weekly',
                'user_ids': (self.user_marketing | self.user_sales).ids,
                'kpi_ecrm_net_sales': True,
                'kpi_ecrm_new_customers': True,
                'kpi_ecrm_abandoned_carts': True,
            }
        )
        for user in (self.user_marketing, self.user_sales):
            user.lang = 'en_US'
        digest.action_send_manual()
        mails = self.env['mail.mail'].search([('subject', 'ilike', "Weekly of the test")])
        told = {mail.email_to: mail.body_html for mail in mails}
        self.assertEqual(len(told), 2)
        for address, body in told.items():
            is_told = self.user_marketing.email in address
            for figure in ("Net Sales", "New Customers", "Abandoned Carts"):
                self.assertEqual(figure in body, is_told, (address, figure))
