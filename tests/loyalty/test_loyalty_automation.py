from datetime import timedelta

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from odoo.addons.ecrm.tests.loyalty.common_automation import AutomationCommon
from odoo.addons.ecrm.tests.loyalty.common_loyalty import NOW


@tagged('post_install', '-at_install')
@freeze_time(NOW)
class TestLoyaltyAutomation(AutomationCommon):
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

    def test_a_salesperson_sets_up_nothing(self):
        with self.assertRaises(AccessError):
            self.env['ecrm.segment.automation'].with_user(self.user_sales).search([])
