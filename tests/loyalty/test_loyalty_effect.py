from datetime import timedelta

from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged

from odoo.addons.ecrm.tests.loyalty.common_automation import AutomationCommon
from odoo.addons.ecrm.tests.loyalty.common_loyalty import NOW


@tagged('post_install', '-at_install')
@freeze_time(NOW)
class TestLoyaltyEffect(AutomationCommon):
    """What an automation brought, against who was held out."""

    def test_what_it_brought_is_counted_by_hand(self):
        """4 treated bring 300 + 60 net of a refund, 2 held out bring 50."""
        automation = self._automation()
        one, two, _three, _four = self._turns(automation, "ABCD")
        held, _other = self._turns(automation, "EF", is_held_out=True)
        self._order(one, 39, 100)
        self._order(one, 11, 200)
        refunded = self._order(two, 20, 90)
        self._refund(refunded, 30)
        self._order(held, 15, 50)
        # Before and after the window of 30 days
        self._order(two, 41, 1000)
        self._order(held, 9, 1000)
        self.assertEqual((automation.treated_count, automation.held_count), (4, 2))
        self.assertEqual((automation.treated_rate, automation.held_rate), (0.5, 0.5))
        self.assertEqual((automation.treated_orders, automation.held_orders), (0.75, 0.5))
        self.assertEqual((automation.treated_revenue, automation.held_revenue), (90, 25))
        self.assertEqual(automation.gain, 4 * (90 - 25))
        self.assertEqual(automation.currency_id, self.eur)

    def _refund(self, order, amount):
        """A posted credit note of part of a confirmed order."""
        income, _receivable = self.env['account.account'].create(
            [
                {'name': kind, 'code': f'AU{i}', 'account_type': kind}
                for i, kind in enumerate(('income', 'asset_receivable'))
            ]
        )
        journal = self.env['account.journal'].create(
            {'name': "Sales", 'code': 'AU', 'type': 'sale', 'default_account_id': income.id}
        )
        self.env['account.move'].create(
            {
                'move_type': 'out_refund',
                'partner_id': order.partner_id.id,
                'journal_id': journal.id,
                'invoice_date': NOW.date(),
                'invoice_line_ids': [
                    Command.create(
                        {
                            'product_id': self.product.id,
                            'price_unit': amount,
                            'tax_ids': False,
                            'sale_line_ids': order.order_line.ids,
                        }
                    )
                ],
            }
        ).action_post()

    def test_an_open_window_is_counted_as_open_only(self):
        automation = self._automation()
        self._turns(automation, "AB")
        self._turns(automation, "C", is_held_out=True)
        [early] = self._turns(automation, "D", days_ago=29)
        [waiting, _other] = self._turns(automation, "EF", days_ago=2, is_held_out=True)
        self._order(early, 1)
        self._order(waiting, 1)
        self.assertEqual((automation.treated_count, automation.treated_open_count), (2, 1))
        self.assertEqual((automation.held_count, automation.held_open_count), (1, 2))
        self.assertEqual((automation.treated_rate, automation.held_rate), (0, 0))
        with freeze_time(NOW + timedelta(days=1)):
            automation.invalidate_recordset()
            self.assertEqual((automation.treated_count, automation.treated_open_count), (3, 0))
            self.assertAlmostEqual(automation.treated_rate, 1 / 3)
            self.assertEqual(automation.held_open_count, 2)

    def test_the_skipped_and_the_failed_are_on_neither_side(self):
        automation = self._automation()
        self._turns(automation, "A")
        for state in ('skipped', 'failed'):
            [customer] = self._turns(automation, [state], state=state)
            self._order(customer, 20)
        self.assertEqual((automation.treated_count, automation.treated_revenue), (1, 0))

    def test_orders_of_another_company_do_not_count(self):
        automation = self._automation()
        [customer] = self._turns(automation, "A")
        other = self.env['res.company'].create({'name': "Other", 'currency_id': self.eur.id})
        self.env.user.company_ids |= other
        order = self._order(customer, 20, 500)
        order.flush_recordset()
        self.env.cr.execute(
            "UPDATE sale_order SET company_id = %s WHERE id = %s", [other.id, order.id]
        )
        order.invalidate_recordset()
        self.assertEqual((automation.treated_count, automation.treated_rate), (1, 0))
        self.assertEqual(automation.treated_revenue, 0)

    def test_who_came_back_counts_once(self):
        automation = self._automation()
        [customer] = self._turns(automation, "A")
        movement = automation.run_ids.history_id.copy({'date_in': NOW - timedelta(days=35)})
        automation.run_ids.copy(
            {
                'automation_id': automation.id,
                'history_id': movement.id,
                'date': NOW - timedelta(days=35),
                'state': 'done',
            }
        )
        self._order(customer, 20, 100)
        automation.invalidate_recordset()
        self.assertEqual((automation.treated_count, automation.treated_revenue), (1, 100))

    def test_the_verdict_is_a_sentence(self):
        automation = self._automation()
        treated = self._turns(automation, [f"T{i}" for i in range(30)])
        self._turns(automation, [f"H{i}" for i in range(29)], is_held_out=True)
        self.assertIn("30 treated and 29 held out", automation.verdict)
        self._turns(automation, ["H29"], is_held_out=True)
        self.assertIn("may be chance", automation.verdict)
        self.assertFalse(automation.is_told, "no amount stands beside 'too few to tell'")
        for customer in treated[:10]:
            self._order(customer, 20)
        automation.invalidate_recordset()
        # 10 of 30: 19 to 51 %; 0 of 30: 0 to 11 %
        self.assertIn("It works", automation.verdict)
        self.assertTrue(automation.is_told)

    def test_automations_are_compared_by_as_many_queries_as_one(self):
        automations = self._automation() | self._automation() | self._automation()
        for i, automation in enumerate(automations):
            self._turns(automation, [f"A{i}", f"B{i}"])
        self.env.flush_all()
        automations.read(['company_id', 'currency_id'])
        automations.invalidate_recordset(['treated_count', 'verdict'])
        with self.assertQueryCount(3):
            automations.mapped('treated_count')

    def test_marketing_reads_the_effect_on_the_form(self):
        automation = self._automation()
        [customer] = self._turns(automation, "A")
        self._turns(automation, "B", is_held_out=True)
        self._order(customer, 20, 70)
        form = Form(automation.with_user(self.user_marketing))
        self.assertEqual((form.treated_count, form.held_count, form.gain), (1, 1, 70))
        self.assertIn("1 treated and 1 held out", form.verdict)
        fresh = Form(self.env['ecrm.segment.automation'].with_user(self.user_marketing))
        self.assertEqual((fresh.treated_count, fresh.gain), (0, 0))
