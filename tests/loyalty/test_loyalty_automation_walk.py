from datetime import timedelta

from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from odoo.addons.ecrm.tests.loyalty.common_loyalty import NOW, LoyaltyCommon


@tagged('post_install', '-at_install')
@freeze_time(NOW)
class TestLoyaltyAutomationWalk(LoyaltyCommon):
    """Each of the three answers to each of the two movements, by the cron, from the order that moves the customer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first = cls._customer("First", email='first@example.com', user_id=cls.user_sales.id)
        cls._order(cls.first, 1)
        cls.indicators._refresh_all()
        cls.segment = cls.first.ecrm_segment_id
        cls.template = cls._template('res.partner', "We miss you", '{{ object.id }}')
        told = cls._template('loyalty.card', "A coupon for you", '{{ object.partner_id.id }}')
        cls.program = cls.env['loyalty.program'].create(
            {
                'name': "Win back",
                'program_type': 'coupons',
                'applies_on': 'current',
                'trigger': 'with_code',
                'rule_ids': [Command.create({'minimum_qty': 0})],
                'reward_ids': [Command.create({'discount': 10, 'required_points': 1})],
                'communication_plan_ids': [
                    Command.create({'trigger': 'create', 'mail_template_id': told.id})
                ],
            }
        )
        cls.automations = cls.env['ecrm.segment.automation'].create(
            [
                {
                    'name': f"{trigger} {action}",
                    'segment_id': cls.segment.id,
                    'company_id': cls.shop.id,
                    'trigger': trigger,
                    'action': action,
                    'template_id': cls.template.id,
                    'program_id': cls.program.id,
                    'holdout_percent': 0,
                }
                for trigger in ('enter', 'leave')
                for action in ('mail', 'coupon', 'call')
            ]
        )
        cls.shop.ecrm_mail_cap = 0  # three of them write to the same customer

    @classmethod
    def _template(cls, model, subject, to):
        return cls.env['mail.template'].create(
            {
                'name': subject,
                'model_id': cls.env['ir.model']._get_id(model),
                'subject': subject,
                'body_html': "<p>Hello</p>",
                'partner_to': to,
            }
        )

    def _enter(self):
        customer = self._customer("Mover", email='mover@example.com', user_id=self.user_sales.id)
        self._order(customer, 1)
        self.indicators._refresh_partners(customer.ids)
        self.assertEqual(customer.ecrm_segment_id, self.segment)
        return customer

    def _leave(self, customer):
        for _again in range(6):
            self._order(customer, 0, 900)
        self.indicators._refresh_partners(customer.ids)
        self.assertNotEqual(customer.ecrm_segment_id, self.segment)

    def _answer(self):
        """Run the cron's work; what it answered since, by action."""
        before = self.env['ecrm.segment.automation.run'].search([])
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref('ecrm.ir_cron_loyalty_automation').method_direct_trigger()
        self.env.invalidate_all()
        runs = self.env['ecrm.segment.automation.run'].search([]) - before
        self.assertEqual(set(runs.mapped('state')), {'done'} if runs else set())
        return {run.automation_id.action: run for run in runs}

    def _mails(self, customer):
        return self.env['mail.mail'].search([('recipient_ids', 'in', customer.ids)])

    def _check_answers(self, runs, customer):
        self.assertEqual(set(runs), {'mail', 'coupon', 'call'})
        subjects = self._mails(customer).mapped('subject')
        self.assertEqual(sorted(subjects), ["A coupon for you", "We miss you"])
        card = runs['coupon'].card_id
        self.assertEqual((card.partner_id, card.ecrm_is_personal), (customer, True))
        activity = customer.activity_ids
        self.assertEqual(activity.user_id, self.user_sales)
        self.assertEqual(activity.activity_type_id.category, 'phonecall')
        return card, activity

    def test_entering_is_answered_by_mail_coupon_and_call(self):
        self.assertFalse(self._answer())
        customer = self._enter()
        self._check_answers(self._answer(), customer)
        self.assertFalse(self._answer(), "each movement is answered once")
        self.assertFalse(self._mails(self.first))

    def test_leaving_is_answered_by_mail_coupon_and_call(self):
        customer = self._enter()
        self.automations.filtered(lambda one: one.trigger == 'enter').active = False
        self.assertFalse(self._answer(), "who is in has not left")
        with freeze_time(NOW + timedelta(hours=3)):
            self._leave(customer)
            card, _activity = self._check_answers(self._answer(), customer)
            self.assertFalse(self._answer())
        # What was given on leaving is his alone as well
        order = self._order(self._customer("Stranger"))
        order.state = 'draft'
        self.assertIn('error', order._try_apply_code(card.code))

    def test_who_is_held_out_is_left_alone_whichever_way_he_moves(self):
        self.automations.holdout_percent = 90
        customer = self._enter()
        alone = self.automations.filtered(lambda one: one._is_held_out(customer))
        self.assertTrue(alone)
        self._answer()
        self._leave(customer)
        self._answer()
        runs = self.env['ecrm.segment.automation.run'].search([('partner_id', '=', customer.id)])
        self.assertEqual(runs.filtered('is_held_out').automation_id, alone)
        self.assertEqual(len(runs), 6)
        done = self.automations - alone
        calls = done.filtered(lambda one: one.action == 'call')
        self.assertEqual(len(customer.activity_ids), len(calls))
        mails = done.filtered(lambda one: one.action in ('mail', 'coupon'))
        self.assertEqual(len(self._mails(customer)), len(mails))

    def test_what_entering_brought_is_counted_from_the_orders_that_followed(self):
        call = self.automations.filtered(lambda one: (one.trigger, one.action) == ('enter', 'call'))
        customer = self._enter()
        self._answer()
        with freeze_time(NOW + timedelta(days=40)):
            order = self._order(customer, -10, 250)
            self.assertTrue(order)
            call.invalidate_recordset()
            self.assertEqual((call.treated_count, call.treated_rate), (1, 1))
            self.assertEqual(call.treated_revenue, 250)
            self.assertIn("Too few to tell", call.with_context(lang='en_US').verdict)
