from odoo.fields import Command
from odoo.tests import freeze_time, tagged
from odoo.tools import SQL, mute_logger

from odoo.addons.account.tests.common import AccountTestInvoicingCommon
from odoo.addons.ecrm.tests.loyalty.common_loyalty import NOW, LoyaltyCommon


@tagged('post_install', '-at_install')
@freeze_time(NOW)
class TestLoyaltyRefresh(LoyaltyCommon):
    def _drain(self):
        self.env.flush_all()
        partner_ids = self.env['ecrm.customer.dirty']._take(100000)
        self.indicators._refresh_partners(partner_ids)
        self.env.invalidate_all()
        return partner_ids

    def test_a_confirmed_order_shows_after_the_small_refresh(self):
        customer = self._customer("Amina")
        self._drain()
        self._order(customer, 2, 80)
        self.assertEqual(self._drain(), customer.ids)
        self.assertAlmostEqual(customer.ecrm_net_revenue, 80)
        self.assertTrue(customer.ecrm_segment_id)

    def test_changed_cancelled_and_moved_orders_show(self):
        amina, badis = self._customer("Amina"), self._customer("Badis")
        order = self._order(amina, 2, 80)
        self._drain()
        order.order_line.price_unit = 50
        self._drain()
        self.assertAlmostEqual(amina.ecrm_net_revenue, 50)
        order.partner_id = badis
        self._drain()
        self.assertAlmostEqual(badis.ecrm_net_revenue, 50)
        self.assertFalse(amina.ecrm_order_count)
        order._action_cancel()
        self._drain()
        self.assertEqual(badis.ecrm_order_count, 0)

    def test_a_cart_being_filled_marks_nobody(self):
        customer = self._customer("Amina")
        order = self.env['sale.order'].create({'partner_id': customer.id})
        self._drain()
        order.order_line = [Command.create({'product_id': self.product.id})]
        self.assertFalse(self._drain())

    def test_a_second_refresh_writes_nothing(self):
        customer, prospect = self._customer("Amina"), self._customer("Badis")
        self._order(customer, 2, 80)
        self.env['sale.order'].create({'partner_id': prospect.id})
        self.indicators._refresh_all()
        # Where a row stands on its page: one that is written again moves
        places = SQL(
            "SELECT partner_id, ctid::text FROM ecrm_customer_indicator WHERE partner_id = ANY(%s)",
            (customer + prospect).ids,
        )
        before = sorted(self.env.execute_query(places))
        self.assertEqual(len(before), 2)
        self.indicators._refresh_all()
        self.assertEqual(sorted(self.env.execute_query(places)), before)
        self._order(customer, 1, 20)
        self.indicators._refresh_all()
        moved = {row[0] for row in set(self.env.execute_query(places)) - set(before)}
        self.assertEqual(moved, {customer.id})

    def test_who_bought_and_asks_for_a_quotation_keeps_one_row(self):
        customer = self._customer("Amina")
        self._order(customer, 2, 80)
        self.env['sale.order'].create({'partner_id': customer.id})
        self.indicators._refresh_all()
        self.assertEqual(self._row(customer).order_count, 1)
        self.assertAlmostEqual(self._row(customer).net_revenue, 80)

    def test_small_and_large_refresh_agree(self):
        customers = [self._customer(f"C{i}") for i in range(4)]
        for i, customer in enumerate(customers):
            for k in range(i + 1):
                self._order(customer, 10 * k + i, 10 + k)
        columns = ['order_count', 'net_revenue', 'median_gap', 'r_score', 'f_score', 'm_score']
        self.indicators._refresh_all()
        rows = self.indicators.search([('partner_id', 'in', [c.id for c in customers])])
        large = {row['id']: row for row in rows.read(columns)}
        self.env.cr.execute("UPDATE ecrm_customer_indicator SET order_count = 99, net_revenue = 1")
        self.indicators._refresh_partners([c.id for c in customers])
        self.assertEqual({row['id']: row for row in rows.read(columns)}, large)

    def test_the_number_of_queries_does_not_grow_with_the_customers(self):
        customers = [self._customer(f"C{i}") for i in range(12)]
        for customer in customers:
            self._order(customer)
        self.indicators._refresh_all()
        with self.assertQueryCount(26):
            self.indicators._refresh_partners([c.id for c in customers])
        with self.assertQueryCount(26):
            self.indicators._refresh_partners([customers[0].id])

    def test_the_crons_run_and_empty_the_list(self):
        customer = self._customer("Amina")
        self._order(customer, 2, 80)
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref('ecrm.ir_cron_loyalty_dirty').method_direct_trigger()
            self.assertFalse(self.env['ecrm.customer.dirty'].search_count([]))
            self.env.invalidate_all()
            self.assertEqual(customer.ecrm_order_count, 1)
            self.env.ref('ecrm.ir_cron_loyalty_nightly').method_direct_trigger()
        self.assertEqual(self._row(customer).r_score, 5)

    @mute_logger('odoo.addons.base.models.ir_cron')
    def test_a_second_worker_leaves_the_work_to_the_first(self):
        customer = self._customer("Amina")
        self._drain()
        self._order(customer, 2, 80)
        self.env.flush_all()
        waiting = self.env['ecrm.customer.dirty'].search_count([])
        with self.registry.cursor() as first:
            first.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", ['ecrm.customer.indicator'])
            self.assertFalse(self.indicators._refresh_all())
            with self.enter_registry_test_mode():
                for cron in ('dirty', 'nightly'):
                    self.env.ref(f'ecrm.ir_cron_loyalty_{cron}').method_direct_trigger()
            self.assertEqual(self.env['ecrm.customer.dirty'].search_count([]), waiting)
            self.env.invalidate_all()
            self.assertFalse(customer.ecrm_order_count)
        self.assertTrue(self.indicators._refresh_all())
        self.env.invalidate_all()
        self.assertEqual(customer.ecrm_order_count, 1)

    def test_a_deleted_customer_takes_his_rows_along(self):
        customer = self._customer("Amina")
        order = self.env['sale.order'].create({'partner_id': customer.id})
        self._drain()
        self.assertEqual(customer.ecrm_segment_id.code, 'prospect')
        order.unlink()
        self._drain()
        self.assertFalse(customer.ecrm_segment_id)


@tagged('post_install', '-at_install')
class TestLoyaltyRefunds(AccountTestInvoicingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.user.group_ids += cls.env.ref('sales_team.group_sale_manager')
        cls.customer = cls.env['res.partner'].create({'name': "Amina"})
        cls.product_a.invoice_policy = 'order'
        cls.orders = [cls._invoiced_order(amount) for amount in (100, 40)]

    @classmethod
    def _invoiced_order(cls, amount):
        order = cls.env['sale.order'].create(
            {
                'partner_id': cls.customer.id,
                'order_line': [
                    Command.create(
                        {
                            'product_id': cls.product_a.id,
                            'product_uom_qty': 2,
                            'price_unit': amount / 2,
                            'tax_ids': False,
                        }
                    )
                ],
            }
        )
        order.action_confirm()
        order._create_invoices().action_post()
        return order

    def _refund(self, order, quantity):
        wizard = (
            self.env['account.move.reversal']
            .with_context(active_model='account.move', active_ids=order.invoice_ids.ids)
            .create({'journal_id': order.invoice_ids.journal_id.id})
        )
        refund = self.env['account.move'].browse(wizard.refund_moves()['res_id'])
        refund.invoice_line_ids.quantity = quantity
        refund.action_post()
        return refund

    def _row(self):
        indicators = self.env['ecrm.customer.indicator']
        self.env.flush_all()
        indicators._refresh_partners(self.env['ecrm.customer.dirty']._take(100000))
        return indicators.search(
            [('partner_id', '=', self.customer.id), ('company_id', '=', self.env.company.id)]
        )

    def test_a_linked_refund_lowers_its_order(self):
        self._refund(self.orders[0], 1)
        row = self._row()
        self.assertEqual(row.order_count, 2)
        self.assertAlmostEqual(row.net_revenue, 90)

    def test_an_order_refunded_whole_is_no_order(self):
        refund = self._refund(self.orders[0], 2)
        row = self._row()
        self.assertEqual(row.order_count, 1)
        self.assertAlmostEqual(row.net_revenue, 40)
        refund.button_draft()
        self.assertAlmostEqual(self._row().net_revenue, 140)

    def test_a_refund_by_hand_lowers_the_customer(self):
        refund = self.env['account.move'].create(
            {
                'move_type': 'out_refund',
                'partner_id': self.customer.id,
                'invoice_line_ids': [
                    Command.create({'name': "Goodwill", 'price_unit': 15, 'tax_ids': False})
                ],
            }
        )
        self.assertAlmostEqual(self._row().net_revenue, 140)
        refund.action_post()
        row = self._row()
        self.assertEqual(row.order_count, 2)
        self.assertAlmostEqual(row.net_revenue, 125)
        self.assertAlmostEqual(row.average_basket, 62.5)
