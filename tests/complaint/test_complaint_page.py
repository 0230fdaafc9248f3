import base64
from datetime import timedelta

from odoo import Command, fields
from odoo.tests import tagged
from odoo.tools import file_open

from .common_complaint import ComplaintCommon, photo


@tagged('post_install', '-at_install')
class TestComplaintPage(ComplaintCommon):
    """What the customer's page promises is what was promised."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.complaint = cls._new_complaint(
            line_ids=[Command.create({'sale_line_id': cls.line.id, 'quantity': 1})]
        )

    def _now(self):
        return next(s for s in self.complaint._customer_timeline() if s['state'] == 'now')

    def _remedy(self, kind, **values):
        return self.env['ecrm.complaint.remedy'].create(
            {'complaint_id': self.complaint.id, 'kind': kind, **values}
        )

    def test_next_step_carries_the_day_of_the_answer_then_of_the_solution(self):
        self.assertEqual(self._now()['promise'], self.complaint.response_due)
        self.assertIn("answers you by", self.complaint._customer_next())
        self._answer(self.complaint)
        self.assertEqual(self._now()['label'], "Your complaint is solved")
        self.assertEqual(self._now()['promise'], self.complaint.resolution_due)
        self.assertIn("solution by", self.complaint._customer_next())

    def test_a_promise_that_passed_is_owned_up_to(self):
        self.complaint.response_due = fields.Datetime.now() - timedelta(hours=1)
        self.assertNotIn('promise', self._now())
        self.assertTrue(self._now()['late'])
        self.assertIn("We are late", self.complaint._customer_next())

    def test_nothing_is_promised_while_it_is_the_customers_turn(self):
        self._answer(self.complaint)
        self.complaint.action_wait_customer()
        now = self._now()
        self.assertEqual(now['label'], "You answer our question")
        self.assertFalse({'promise', 'late'} & set(now))
        self.assertIn("your turn", self.complaint._customer_next())

    def test_what_is_over_promises_nothing(self):
        self.complaint.action_resolve()
        self.assertIn("Is it solved", self.complaint._customer_next())
        self.complaint.action_close()
        self.assertEqual(self.complaint._customer_next(), '')
        self.assertEqual({s['state'] for s in self.complaint._customer_timeline()}, {'done'})

    def test_without_a_policy_no_day_is_named(self):
        self.complaint.write({'response_due': False, 'resolution_due': False})
        self.assertFalse({'promise', 'late'} & set(self._now()))
        self.assertIn("working on it", self.complaint._customer_next())

    def test_remedies_appear_once_they_are_approved_and_carry_what_is_needed(self):
        voucher = self._remedy('coupon', amount=1500)
        self.assertEqual(self.complaint._customer_remedies(), [])
        voucher.action_do()
        shown = self.complaint._customer_remedies()[0]
        self.assertEqual(shown['code'], voucher.card_id.code)
        self.assertTrue(shown['done'])
        self.assertIn(self.company.currency_id.format(1500), shown['detail'])
        remake = self._remedy('remake')
        remake.action_approve()
        self.assertFalse(self.complaint._customer_remedies()[1]['done'])
        remake.action_do()
        self.assertIn(remake.new_order_id.name, self.complaint._customer_remedies()[1]['detail'])
        self._remedy('coupon', amount=1)._refuse("no")
        self.assertEqual(len(self.complaint._customer_remedies()), 2)

    def test_money_back_names_the_last_day_until_it_is_paid(self):
        refund = self._remedy('refund')
        refund.action_approve()
        self.assertIn("at the latest", refund._customer_detail())
        refund.sudo().due_date = fields.Date.today() - timedelta(days=1)
        self.assertNotIn("latest", refund._customer_detail())

    def test_timeline_speaks_the_readers_language_without_internal_words(self):
        self._remedy('remake').action_approve()
        labels = [step['label'] for step in self.complaint._customer_timeline()]
        self.assertEqual(
            labels,
            [
                "We received your complaint",
                "We answer you",
                "We make it again for you",
                "Your complaint is solved",
                "The complaint is closed",
            ],
        )

    def test_every_cause_a_shopper_may_choose_has_a_drawing_that_exists(self):
        causes = self.env['ecrm.complaint.cause']._offered_to_customers(self.company)
        self.assertGreaterEqual(len(causes), 10)
        for cause in causes.filtered(lambda each: each.get_external_id()[each.id]):
            self.assertTrue(cause.drawing, cause.name)
        for drawing, _label in causes._fields['drawing'].selection:
            path = f'ecrm/static/src/complaint/img/cause/{drawing}.svg'
            with self.subTest(drawing=drawing), file_open(path) as drawn:
                self.assertIn('<svg', drawn.read())

    def test_shops_own_picture_stands_before_the_drawing(self):
        self.assertIn('cause/print.svg', self.cause._picture_url())
        self.cause.image = base64.b64encode(photo())
        self.assertTrue(self.cause._picture_url().startswith('data:image/'))
