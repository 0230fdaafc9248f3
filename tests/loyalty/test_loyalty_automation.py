from datetime import timedelta

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged

from odoo.addons.ecrm.tests.loyalty.common_loyalty import NOW, LoyaltyCommon


@tagged('post_install', '-at_install')
@freeze_time(NOW)
class TestLoyaltyAutomation(LoyaltyCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.before = cls._customer("Before", email='before@example.com')
        cls._order(cls.before, 1)
        cls.indicators._refresh_all()
        cls.segment = cls.before.ecrm_segment_id
        cls.before_indicator = cls.indicators.search([('partner_id', '=', cls.before.id)])

    def _automation(self, **values):
        return self.env['ecrm.segment.automation'].create(
            {
                'name': "Welcome",
                'segment_id': self.segment.id,
                'company_id': self.shop.id,
                'action': 'call',
                'holdout_percent': 0,
                **values,
            }
        )

    def _enter(self, name="After"):
        customer = self._customer(name, email=f'{name}@example.com', user_id=self.user_sales.id)
        self._order(customer, 1)
        self.indicators._refresh_partners(customer.ids)
        self.assertEqual(customer.ecrm_segment_id, self.segment)
        return customer

    def _run_all(self, automation):
        history = self.env['ecrm.customer.segment.history']
        runs = [automation._run(history.browse(movement)) for movement in automation._due(100)]
        return runs

    def test_only_who_enters_after_it_was_made_is_answered_and_once(self):
        automation = self._automation()
        customer = self._enter()
        [run] = self._run_all(automation)
        self.assertEqual((run.partner_id, run.state), (customer, 'done'))
        self.assertFalse(automation._due(100))
        self.assertFalse(self.before.activity_ids)
        self.assertEqual(customer.activity_ids.user_id, self.user_sales)

    def test_leaving_is_answered_too(self):
        customer = self._enter()
        automation = self._automation(trigger='leave')
        self.assertFalse(automation._due(100))
        later = self._enter("Later")
        with freeze_time(NOW + timedelta(days=400)):
            for i in range(6):
                self._order(self._customer(f"New {i}"), -400 + i)
            self.indicators._refresh_all()
        self.assertNotEqual(later.ecrm_segment_id, self.segment)
        [run] = self._run_all(automation)
        self.assertEqual(run.partner_id, later)
        self.assertNotEqual(run.partner_id, customer)

    def _template(self):
        return self.env['mail.template'].create(
            {
                'name': "Come back",
                'model_id': self.env.ref('base.model_res_partner').id,
                'subject': "We miss you",
                'body_html': "<p>Hello</p>",
                'partner_to': '{{ object.id }}',
            }
        )

    def test_a_mail_respects_who_wants_none(self):
        automation = self._automation(action='mail', template_id=self._template().id)
        customer = self._enter()
        self.env['mail.blacklist']._add('silent@example.com')
        silent = self._enter("silent")
        states = {run.partner_id: run.state for run in self._run_all(automation)}
        self.assertEqual(states, {customer: 'done', silent: 'skipped'})
        mails = self.env['mail.mail'].search([('model', '=', 'res.partner')])
        self.assertIn(customer.id, mails.mapped('res_id'))
        self.assertNotIn(silent.id, mails.mapped('res_id'))

    def test_who_cannot_be_reached_is_on_neither_side(self):
        automation = self._automation(
            action='mail', template_id=self._template().id, holdout_percent=50
        )
        customers = [self._enter(f"c{i}") for i in range(16)]
        sides = {True: [], False: []}
        for customer in customers:
            sides[automation._is_held_out(customer)].append(customer)
        for side in sides.values():
            self.assertGreater(len(side), 4)
            self.env['mail.blacklist']._add(side[0].email)
            side[1].email = False
            contact = self.env['mailing.contact'].create({'email': side[2].email})
            self.env['mailing.list'].create(
                {
                    'name': "Left",
                    'subscription_ids': [
                        Command.create({'contact_id': contact.id, 'opt_out': True})
                    ],
                }
            )
        self.env.invalidate_all()
        runs = {run.partner_id: run for run in self._run_all(automation)}
        for held_out, side in sides.items():
            self.assertEqual({runs[customer].state for customer in side[:3]}, {'skipped'})
            self.assertEqual({runs[customer].state for customer in side[3:]}, {'done'})
            self.assertEqual({runs[customer].is_held_out for customer in side[3:]}, {held_out})
            self.assertFalse(any(runs[customer].is_held_out for customer in side[:3]))

    def test_reachability_is_asked_in_the_name_of_the_automation_s_company(self):
        automation = self._automation(action='mail', template_id=self._template().id)
        asked = []
        partners = type(self.env['res.partner'])
        real = partners._ecrm_unwilling

        def _ecrm_unwilling(partner, company, purpose):
            asked.append(company)
            return real(partner, company, purpose)

        self.patch(partners, '_ecrm_unwilling', _ecrm_unwilling)
        self._enter()
        self._run_all(automation.with_company(self.env.ref('base.main_company')))
        self.assertEqual(asked, [self.shop])

    def _program(self, **values):
        return self.env['loyalty.program'].create(
            {
                'name': "Win back",
                'program_type': 'coupons',
                'applies_on': 'current',
                'trigger': 'with_code',
                'rule_ids': [Command.create({'minimum_qty': 0})],
                'reward_ids': [Command.create({'discount': 10, 'required_points': 1})],
                **values,
            }
        )

    def test_a_coupon_nobody_would_hear_of_is_refused(self):
        program = self._program(communication_plan_ids=False)
        with self.assertRaises(ValidationError) as refusal:
            self._automation(action='coupon', program_id=program.id)
        self.assertIn("Win back", str(refusal.exception))

    def test_a_coupon_is_for_its_customer_only(self):
        template = self.env['mail.template'].create(
            {
                'name': "A coupon for you",
                'model_id': self.env['ir.model']._get_id('loyalty.card'),
                'subject': "A coupon for you",
                'body_html': "<p>Hello</p>",
                'partner_to': '{{ object.partner_id.id }}',
            }
        )
        mail = {'trigger': 'create', 'mail_template_id': template.id}
        program = self._program(communication_plan_ids=[Command.create(mail)])
        automation = self._automation(action='coupon', program_id=program.id)
        customer = self._enter()
        [run] = self._run_all(automation)
        card = run.card_id
        told = self.env['mail.mail'].search(
            [('model', '=', 'loyalty.card'), ('res_id', '=', card.id)]
        )
        self.assertEqual(len(told), 1)
        self.assertEqual(
            (card.partner_id, card.expiration_date), (customer, NOW.date() + timedelta(30))
        )
        stranger = self._order(self._customer("Stranger"))
        stranger.state = 'draft'
        self.assertIn('error', stranger._try_apply_code(card.code))
        own = self._order(customer)
        own.state = 'draft'
        self.assertNotIn('error', own._try_apply_code(card.code))

    def test_the_held_out_share_gets_no_action(self):
        automation = self._automation(holdout_percent=50)
        customers = [self._enter(f"C{i}") for i in range(12)]
        runs = self._run_all(automation)
        self.assertTrue(0 < sum(run.is_held_out for run in runs) < len(customers))
        for run in runs:
            self.assertEqual(bool(run.partner_id.activity_ids), not run.is_held_out)

    def _turns(self, automation, names, days_ago=40, **values):
        """Runs of new customers without going through the segment, some days before ``NOW``."""
        customers = self.env['res.partner'].create([{'name': name} for name in names])
        movements = self.env['ecrm.customer.segment.history'].create(
            [
                {
                    'indicator_id': self.before_indicator.id,
                    'partner_id': customer.id,
                    'company_id': self.shop.id,
                    'segment_id': self.segment.id,
                    'date_in': NOW - timedelta(days=days_ago),
                    'date_out': NOW,
                }
                for customer in customers
            ]
        )
        self.env['ecrm.segment.automation.run'].create(
            [
                {
                    'automation_id': automation.id,
                    'history_id': movement.id,
                    'partner_id': movement.partner_id.id,
                    'date': NOW - timedelta(days=days_ago),
                    'state': 'done',
                    **values,
                }
                for movement in movements
            ]
        )
        automation.invalidate_recordset()
        return customers

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
        for customer in treated[:10]:
            self._order(customer, 20)
        automation.invalidate_recordset()
        # 10 of 30: 19 to 51 %; 0 of 30: 0 to 11 %
        self.assertIn("Brought more", automation.verdict)

    def test_automations_are_compared_by_as_many_queries_as_one(self):
        automations = self._automation() | self._automation() | self._automation()
        for i, automation in enumerate(automations):
            self._turns(automation, [f"A{i}", f"B{i}"])
        self.env.flush_all()
        automations.read(['company_id', 'currency_id'])
        automations.invalidate_recordset(['treated_count', 'verdict'])
        with self.assertQueryCount(3):
            automations.mapped('treated_count')

    def test_one_failure_does_not_hold_up_the_others(self):
        automation = self._automation()
        first, second = self._enter("First"), self._enter("Second")
        real = type(automation)._do_call

        def _do_call(automation, partner):
            if partner == first:
                raise ValueError('broken')
            return real(automation, partner)

        self.patch(type(automation), '_do_call', _do_call)
        self.env.flush_all()
        with self.enter_registry_test_mode(), self.assertLogs('odoo.addons.ecrm', 'ERROR'):
            self.env.ref('ecrm.ir_cron_loyalty_automation').method_direct_trigger()
        self.env.invalidate_all()
        states = {run.partner_id: run.state for run in automation.run_ids}
        self.assertEqual(states, {first: 'failed', second: 'done'})

    def test_an_action_without_its_means_is_refused(self):
        for action in ('mail', 'coupon'):
            with self.assertRaises(ValidationError):
                self._automation(action=action)

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

    def test_a_salesperson_sets_up_nothing(self):
        with self.assertRaises(AccessError):
            self.env['ecrm.segment.automation'].with_user(self.user_sales).search([])
