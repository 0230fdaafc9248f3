from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common_complaint import ComplaintCommon


@tagged('post_install', '-at_install')
class TestComplaintRemedy(ComplaintCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.ecrm_complaint_agent_limit = 5000
        cls.complaint = cls._new_complaint(
            line_ids=[Command.create({'sale_line_id': cls.line.id, 'quantity': 2})]
        )

    def _remedy(self, kind, complaint=None, user=None, **values):
        return (
            self.env['ecrm.complaint.remedy']
            .with_user(user or self.user_manager)
            .create({'complaint_id': (complaint or self.complaint).id, 'kind': kind, **values})
        )

    def _invoice(self):
        invoice = self.order._create_invoices()
        invoice.action_post()
        return invoice

    def test_refund_mirrors_the_invoiced_line(self):
        self.line.discount = 10
        tax = self.env['account.tax'].create(
            {'name': "T", 'amount': 19, 'company_id': self.company.id}
        )
        self.line.tax_ids = tax
        source = self._invoice().invoice_line_ids
        remedy = self._remedy('refund')
        remedy.action_do()
        refund = remedy.sudo().refund_id
        line = refund.invoice_line_ids
        self.assertEqual((refund.state, refund.move_type), ('draft', 'out_refund'))
        self.assertEqual(refund.journal_id, source.move_id.journal_id)
        self.assertEqual(refund.reversed_entry_id, source.move_id)
        for field in ('price_unit', 'discount', 'tax_ids', 'account_id', 'product_id'):
            self.assertEqual(line[field], source[field], field)
        self.assertEqual(line.quantity, 2)
        self.assertEqual(remedy.cost, refund.amount_total)
        self.assertEqual(self.complaint.quality_cost, remedy.cost)

    def test_refund_does_not_guess_among_invoices(self):
        remedy = self._remedy('refund')
        with self.assertRaisesRegex(UserError, "No posted invoice"):
            remedy.action_do()
        first = self._invoice()
        second = first.copy()
        second.invoice_line_ids.sale_line_ids = self.line
        second.action_post()
        with self.assertRaisesRegex(UserError, "Several invoices"):
            remedy.action_do()
        remedy = self._remedy('refund')
        remedy.invoice_id = second
        remedy.action_do()
        self.assertEqual(remedy.sudo().refund_id.reversed_entry_id, second)

    def _sized_complaint(self):
        profile = self.env['ecrm.size.profile'].create(
            {
                'name': "Canvas",
                'company_id': False,
                'currency_id': self.company.currency_id.id,
                'min_width': 20,
                'max_width': 200,
                'min_height': 20,
                'max_height': 200,
                'price_model': 'area',
                'area_rate': 10000,
                'preset_ids': [
                    Command.create({'ecrm_size_input': '40x50', 'price': 3400, 'is_default': True})
                ],
            }
        )
        self.product.product_tmpl_id.ecrm_size_profile_id = profile
        order = self.env['sale.order'].create(
            {
                'partner_id': self.partner.id,
                'order_line': [
                    Command.create(
                        {
                            'product_id': self.product.id,
                            'product_uom_qty': 2,
                            'ecrm_size_input': '40x50',
                        }
                    )
                ],
            }
        )
        order.action_confirm()
        line = Command.create({'sale_line_id': order.order_line.id, 'quantity': 2})
        return self._new_complaint(order_id=order.id, cause_id=self.cause_late.id, line_ids=[line])

    def test_remake_orders_the_lines_again_at_zero_with_their_size(self):
        complaint = self._sized_complaint()
        remedy = self._remedy('remake', complaint=complaint)
        remedy.action_approve()
        self.assertTrue(complaint.has_remake)
        self.assertEqual(complaint.kind, 'waiting_internal')
        remedy.action_do()
        order = remedy.sudo().new_order_id
        line = order.order_line
        self.assertEqual((order.state, order.amount_total), ('sale', 0.0))
        self.assertEqual((line.ecrm_width_mm, line.ecrm_height_mm), (400, 500))
        self.assertEqual(line.ecrm_size_label, complaint.size_label)
        self.assertTrue(line.ecrm_size_label)
        self.assertEqual(line.product_uom_qty, 2)
        line.product_uom_qty = 1
        self.assertEqual(line.price_unit, 0.0, "a later change of quantity keeps the zero")

    def test_confirmed_remake_stands_on_the_workshops_board_with_the_sizes_of_the_first(self):
        complaint = self._sized_complaint()
        first = complaint.order_id.order_line.ecrm_workshop_job_ids
        for kind in ('remake', 'replacement'):
            complaint = self._sized_complaint()
            remedy = self._remedy(kind, complaint=complaint)
            remedy.action_do()
            job = remedy.sudo().new_order_id.order_line.ecrm_workshop_job_ids
            self.assertEqual(len(job), 1, kind)
            self.assertEqual((job.state, job.quantity, job.active), ('to_print', 2, True))
            for field in (
                'product_id',
                'ecrm_width_mm',
                'ecrm_height_mm',
                'ecrm_panels',
                'ecrm_layout',
            ):
                self.assertEqual(job[field], first[field], field)
            self.assertEqual(job.ecrm_size_label, complaint.line_ids.size_label)
            self.assertEqual(remedy.sudo().new_order_id.amount_total, 0)

    def test_remake_that_waits_for_its_approval_is_not_on_the_board(self):
        complaint = self._sized_complaint()
        jobs = self.env['ecrm.workshop.job'].search_count([])
        remedy = self._remedy('remake', complaint=complaint, user=self.user_agent)
        self.company.ecrm_complaint_agent_limit = 1
        with self.assertRaisesRegex(AccessError, "You can approve up to"):
            remedy.action_do()
        self.assertEqual(self.env['ecrm.workshop.job'].search_count([]), jobs)
        self.assertFalse(remedy.sudo().new_order_id)

    def test_cost_of_what_went_wrong_is_kept_by_remedy(self):
        self.product.standard_price = 1200
        remake = self._remedy('remake')
        remake.action_do()
        self.assertEqual(remake.cost, 2 * 1200)
        voucher = self._remedy('coupon', amount=700)
        voucher.action_do()
        refused = self._remedy('coupon', amount=900)
        self.env['ecrm.complaint.refuse'].with_context(active_ids=refused.ids).create(
            {'reason': "No"}
        ).action_refuse()
        self.assertEqual(self.complaint.quality_cost, 2 * 1200 + 700)

    def test_return_takes_the_goods_back_and_leaves_the_rest_to_claim(self):
        self.complaint.line_ids.quantity = 1
        remedy = self._remedy('return')
        remedy.action_do()
        picking = remedy.sudo().picking_ids
        self.assertEqual(picking.move_ids.product_uom_qty, 1)
        picking.move_ids.write({'quantity': 1, 'picked': True})
        picking.with_context(skip_sms=True).button_validate()
        self.assertEqual(self.line.qty_delivered, 2)
        other = self._new_complaint(
            line_ids=[Command.create({'sale_line_id': self.line.id, 'quantity': 2})]
        )
        self.assertEqual(other.line_ids.claimable_quantity, 2)

    def test_what_was_made_good_cannot_be_claimed_again(self):
        self._remedy('remake').action_do()
        with self.assertRaises(ValidationError):
            self._new_complaint(
                line_ids=[Command.create({'sale_line_id': self.line.id, 'quantity': 2})]
            )
        self._new_complaint(
            line_ids=[Command.create({'sale_line_id': self.line.id, 'quantity': 1})]
        )

    def test_voucher_is_worth_its_amount_to_its_customer_alone(self):
        remedy = self._remedy('coupon', amount=1500)
        remedy.action_do()
        card = remedy.sudo().card_id
        own = self._draft_order(self.partner)
        result = own._try_apply_code(card.code)
        reward = next(iter(result.values()))
        own._apply_program_reward(reward, card)
        self.assertEqual(own.amount_total, 3400 - 1500)
        self.assertEqual(own.order_line.filtered('reward_id').name, "Goodwill voucher")
        self.env['res.lang']._activate_lang('fr_FR')
        remedy._name_voucher(card.program_id)
        reward = card.program_id.reward_ids.with_context(lang='fr_FR')
        self.assertNotEqual(reward.description, "Goodwill voucher")
        for other in (self.stranger, self.env.ref('base.public_partner')):
            cart = self._draft_order(other)
            self.assertIn("personal", cart._try_apply_code(card.code)['error'])
            self.assertFalse(cart.applied_coupon_ids)

    def _draft_order(self, partner):
        return self.env['sale.order'].create(
            {
                'partner_id': partner.id,
                'company_id': self.company.id,
                'order_line': [Command.create({'product_id': self.product.id})],
            }
        )

    def test_voucher_needs_a_customer_and_an_amount(self):
        with self.assertRaisesRegex(UserError, "worth"):
            self._remedy('coupon').action_do()
        complaint = self._new_complaint(partner_id=False, order_id=False, email_from='a@b.dz')
        with self.assertRaisesRegex(UserError, "bound to a customer"):
            self._remedy('coupon', complaint=complaint, amount=5).action_do()

    def test_agent_approves_up_to_his_limit_only(self):
        small = self._remedy('coupon', user=self.user_agent, amount=5000)
        small.action_approve()
        self.assertEqual(small.approved_by_id, self.user_agent)
        large = self._remedy('coupon', user=self.user_agent, amount=5001)
        for action in (large.action_approve, large.action_do):
            with self.assertRaisesRegex(AccessError, "You can approve up to"):
                action()
        self.assertEqual(large.state, 'requested')
        large.with_user(self.user_manager).action_do()
        self.assertEqual(large.state, 'done')

    def test_limit_counts_all_that_one_complaint_was_granted(self):
        self._remedy('coupon', user=self.user_agent, amount=3000).action_do()
        more = self._remedy('coupon', user=self.user_agent, amount=2001)
        for action in (more.action_approve, more.action_do):
            with self.assertRaisesRegex(AccessError, "3.000.* was granted already"):
                action()
        self.assertEqual(more.state, 'requested')
        more.amount = 2000
        more.action_approve()
        self.assertEqual(more.state, 'approved')
        other = self._new_complaint()
        self._remedy('coupon', user=self.user_agent, complaint=other, amount=5000).action_approve()

    def test_limit_counts_what_a_manager_granted_and_leaves_out_what_was_refused(self):
        refused = self._remedy('coupon', user=self.user_agent, amount=4000)
        refused.action_approve()
        refused.with_user(self.user_agent)._refuse("Changed his mind")
        self._remedy('coupon', user=self.user_manager, amount=9000).action_approve()
        with self.assertRaisesRegex(AccessError, "9.000.* was granted already"):
            self._remedy('coupon', user=self.user_agent, amount=1).action_approve()

    def test_several_approved_together_keep_within_the_limit_together(self):
        halves = self._remedy('coupon', user=self.user_agent, amount=2500)
        halves |= self._remedy('coupon', user=self.user_agent, amount=2501)
        with self.assertRaisesRegex(AccessError, "2.500.* was granted already"):
            halves.action_approve()

    def test_approved_amount_is_frozen_and_the_state_is_not_written_from_outside(self):
        remedy = self._remedy('coupon', user=self.user_agent, amount=10)
        remedy.action_approve()
        with self.assertRaises(UserError):
            remedy.amount = 100000
        with self.assertRaises(UserError):
            remedy.kind = 'refund'
        for values in ({'state': 'done'}, {'approved_by_id': self.user_agent.id}, {'cost': 0}):
            with self.assertRaises(AccessError):
                remedy.write(values)
            with self.assertRaises(AccessError):
                self._remedy('coupon', user=self.user_agent, **values)

    def test_refused_remedy_stays_refused(self):
        remedy = self._remedy('refund')
        wizard = self.env['ecrm.complaint.refuse'].with_context(active_ids=remedy.ids)
        wizard.create({'reason': "Misuse"}).action_refuse()
        self.assertEqual((remedy.state, remedy.refusal_reason), ('refused', "Misuse"))
        for action in (remedy.action_approve, remedy.action_do):
            with self.assertRaises(UserError):
                action()
        with self.assertRaises(UserError):
            wizard.create({'reason': "Again"}).action_refuse()

    def test_done_remedy_is_not_deleted(self):
        remedy = self._remedy('coupon', amount=10)
        remedy.action_do()
        with self.assertRaises(UserError):
            remedy.unlink()

    def test_lines_of_another_complaint_are_refused(self):
        other = self._new_complaint(
            line_ids=[Command.create({'sale_line_id': self.line.id, 'quantity': 1})]
        )
        with self.assertRaises(ValidationError):
            self._remedy('refund', line_ids=other.line_ids.ids)

    def test_refund_is_due_fifteen_days_after_the_complaint(self):
        remedy = self._remedy('refund')
        self.assertEqual((remedy.due_date - self.complaint.received_at.date()).days, 15)
        self.assertFalse(self._remedy('remake').due_date)
