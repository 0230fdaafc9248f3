from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, HttpCase, tagged
from odoo.tools import mute_logger

from .common_complaint import ComplaintCommon


@tagged('post_install', '-at_install')
class TestComplaintCounter(ComplaintCommon, HttpCase):
    """Each remedy as staff gives it: chosen in the complaint's form, then done by its button."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.ecrm_complaint_agent_limit = 7000
        cls.product.standard_price = 1200
        cls.second = cls.env['sale.order.line'].create(
            {'order_id': cls.order.id, 'product_id': cls.product.id, 'product_uom_qty': 1}
        )
        cls.complaint = cls._new_complaint(
            line_ids=[Command.create({'sale_line_id': cls.line.id, 'quantity': 2})]
        )

    def _ask(self, kind, amount=None, user=None):
        """Add a remedy in the form and give it back."""
        complaint = self.complaint.with_user(user or self.user_agent)
        with Form(complaint) as form, form.remedy_ids.new() as row:
            row.kind = kind
            if amount is not None:
                row.amount = amount
        return complaint.remedy_ids[-1]

    def _invoice(self):
        invoice = self.order._create_invoices()
        invoice.action_post()
        return invoice

    def test_credit_note_holds_the_line_complained_about_and_no_other(self):
        invoice = self._invoice()
        remedy = self._ask('refund')
        self.assertEqual(remedy.amount, 2 * 3400)
        remedy.action_do()
        refund = remedy.sudo().refund_id
        self.assertEqual(len(invoice.invoice_line_ids), 2)
        self.assertEqual(refund.invoice_line_ids.sale_line_ids, self.line)
        self.assertEqual((refund.state, refund.amount_total), ('draft', 2 * 3400))
        self.assertEqual(self.complaint.quality_cost, 2 * 3400)
        # Agents and salespeople are not sent to a page that refuses them
        for user in (self.user_agent, self.user_manager):
            reader = remedy.with_user(user)
            self.assertFalse(reader.can_open)
            with self.assertRaisesRegex(AccessError, "ask who keeps the books"):
                reader.action_open_document()
        self.user_manager.group_ids |= self.env.ref('account.group_account_invoice')
        opened = remedy.with_user(self.user_manager).action_open_document()
        self.assertEqual((opened['res_model'], opened['res_id']), ('account.move', refund.id))

    def test_remake_is_an_order_at_zero_that_costs_what_it_costs_the_shop(self):
        remedy = self._ask('remake')
        remedy.action_do()
        order = remedy.sudo().new_order_id
        self.assertEqual((order.state, order.amount_total), ('sale', 0))
        self.assertEqual(order.order_line.product_uom_qty, 2)
        self.assertEqual(self.complaint.quality_cost, 2 * 1200)

    def test_return_waits_for_the_goods_and_costs_nothing_yet(self):
        remedy = self._ask('return')
        remedy.action_do()
        self.assertEqual(remedy.sudo().picking_ids.move_ids.product_uom_qty, 2)
        self.assertEqual(self.complaint.quality_cost, 0)

    def test_voucher_is_worth_what_is_typed(self):
        remedy = self._ask('coupon', 1500)
        remedy.action_do()
        self.assertEqual(remedy.sudo().card_id.points, 1500)
        self.assertEqual(self.complaint.quality_cost, 1500)

    def test_amount_of_anything_but_a_voucher_is_not_typed(self):
        form = Form(self.complaint.with_user(self.user_agent))
        with form.remedy_ids.new() as row:
            row.kind = 'refund'
            with self.assertRaisesRegex(AssertionError, "readonly"):
                row.amount = 1

    def test_small_amount_written_by_a_remote_call_opens_no_limit(self):
        self.company.ecrm_complaint_agent_limit = 5000
        for kind in ('refund', 'remake', 'replacement', 'return'):
            remedy = (
                self.env['ecrm.complaint.remedy']
                .with_user(self.user_agent)
                .create({'complaint_id': self.complaint.id, 'kind': kind, 'amount': 1})
            )
            for action in (remedy.action_approve, remedy.action_do):
                with self.assertRaisesRegex(AccessError, "You can approve up to"):
                    action()
            self.assertEqual(remedy.state, 'requested', kind)
            remedy.with_user(self.user_manager).action_approve()
            self.assertEqual(remedy.amount, 2 * 3400, kind)
            remedy._refuse("Next")

    def test_lines_that_grow_after_the_approval_need_another(self):
        self.complaint.line_ids.quantity = 1
        remedy = self._ask('remake')
        remedy.action_approve()
        self.assertEqual(remedy.amount, 3400)
        self.complaint.line_ids.quantity = 3
        with self.assertRaisesRegex(UserError, "was approved, but"):
            remedy.action_do()
        self.assertEqual((remedy.state, remedy.amount), ('approved', 3400))
        self.complaint.line_ids.quantity = 1
        remedy.action_do()
        self.assertEqual(remedy.state, 'done')

    def test_invoice_that_is_not_posted_is_refused(self):
        self._invoice()
        draft = self.order.invoice_ids.copy()
        draft.invoice_line_ids[:1].sale_line_ids = self.line
        remedy = self._ask('refund', user=self.user_manager)
        remedy.invoice_id = draft
        with self.assertRaisesRegex(UserError, "no posted invoice of these lines"):
            remedy.action_do()

    def test_invoice_of_another_order_cannot_be_named_and_says_nothing_of_itself(self):
        other = self.order_stranger._create_invoices()
        other.action_post()
        remedy = self._ask('refund')
        values = {'complaint_id': self.complaint.id, 'kind': 'refund', 'invoice_id': other.id}
        for naming in (
            lambda: remedy.write({'invoice_id': other.id}),
            lambda: remedy.create(values),
        ):
            with self.assertRaisesRegex(ValidationError, "an invoice of the order") as refusal:
                naming()
            self.assertNotIn(other.name, str(refusal.exception))

    @mute_logger('odoo.http')  # he is told, which Odoo logs as a warning
    def test_agent_is_stopped_at_his_limit_and_the_administrator_makes_the_credit_note(self):
        self.company.ecrm_complaint_agent_limit = 5000
        self._invoice()
        address = f'/odoo/complaints/{self.complaint.id}'
        self.start_tour(address, 'ecrm_complaint_agent_asks_refund', login='ecrm_agent')
        remedy = self.complaint.remedy_ids
        self.assertEqual((remedy.kind, remedy.state), ('refund', 'requested'))
        self.user_manager.group_ids |= self.env.ref('account.group_account_invoice')
        self.start_tour(address, 'ecrm_complaint_manager_refunds', login='ecrm_manager')
        self.assertEqual((remedy.state, remedy.approved_by_id), ('done', self.user_manager))
        self.assertEqual(remedy.refund_id.state, 'draft')
