from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common_complaint import ComplaintCommon


@tagged('post_install', '-at_install')
class TestComplaintFind(ComplaintCommon):
    """An agent without any right on sales finds the order of who is on the telephone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partner.phone = '+213550112233'
        cls.order.name = 'S98765'
        cls.order_stranger.name = 'S98766'
        cls.complaint = cls._new_complaint(partner_id=False, order_id=False)

    def _find(self, told, complaint=None, user=None):
        wizard = (
            self.env['ecrm.complaint.find']
            .with_user(user or self.user_agent)
            .create({'complaint_id': (complaint or self.complaint).id, 'query': told})
        )
        wizard.action_find()
        return wizard

    def test_number_as_it_is_said_finds_its_order_for_who_may_not_read_orders(self):
        self.assertFalse(self.order.with_user(self.user_agent).has_access('read'))
        for told in ('S98765', 's98765', ' 98765', "order 98765", '٩٨٧٦٥'):
            row = self._find(told).row_ids
            self.assertEqual((row.order_name, row.product_name), ('S98765', self.product.name))
        self.assertEqual((row.ordered, row.delivered, row.amount), (5, 3, 5 * 3400))
        self.assertEqual(row.order_date, self.order.date_order)

    def test_telephone_finds_the_last_orders_of_its_customer(self):
        second = self._new_order(self.partner, 2, delivered=2)
        rows = self._find('+213 550 11 22 33').row_ids
        self.assertEqual(set(rows.mapped('order_name')), {'S98765', second.name})
        with self.assertRaisesRegex(UserError, "one of them"):
            rows.find_id.action_take()
        rows.filtered(lambda row: row.order_name == second.name).quantity = 1
        rows.find_id.action_take()
        self.assertEqual(self.complaint.order_id, second)

    def test_order_taken_brings_customer_lines_and_quantities(self):
        wizard = self._find('98765')
        wizard.row_ids.quantity = 2
        wizard.action_take()
        self.assertEqual(
            (self.complaint.order_id, self.complaint.partner_id), (self.order, self.partner)
        )
        self.assertEqual(self.complaint.line_ids.sale_line_id, self.line)
        self.assertEqual(self.complaint.line_ids.quantity, 2)
        self.assertFalse(self.order.with_user(self.user_agent).has_access('read'))
        with self.assertRaises(AccessError):
            self.env['sale.order'].with_user(self.user_agent).search_count([])

    def test_more_than_was_delivered_is_refused_and_nothing_is_tied(self):
        wizard = self._find('98765')
        wizard.row_ids.quantity = 4
        with self.assertRaisesRegex(ValidationError, "only 3"), self.env.cr.savepoint():
            wizard.action_take()
        self.env.invalidate_all()
        self.assertFalse(self.complaint.order_id or self.complaint.line_ids)

    def test_draft_foreign_and_unknown_orders_are_refused_in_the_same_words(self):
        draft = self.order.copy({'name': 'S98001'})
        shop = self.env['res.company'].create({'name': "The other shop"})
        foreign = self.env['sale.order'].create(
            {
                'name': 'S98002',
                'company_id': shop.id,
                'partner_id': self.partner.id,
                'state': 'sale',
            }
        )
        words = set()
        for told in (draft.name, foreign.name, 'S98003', '%', 'S9876_', '9876', '', '0555000000'):
            with self.assertRaises(UserError) as refused:
                self._find(told)
            words.add(str(refused.exception))
        self.assertEqual(len(words), 1)
        self.assertIn(self.company.name, words.pop())

    def test_order_of_another_customer_is_not_tied(self):
        complaint = self._new_complaint(order_id=False)
        wizard = self._find('98766', complaint)
        with self.assertRaisesRegex(UserError, "another customer's order"):
            wizard.action_take()
        self.assertFalse(complaint.order_id)

    def test_lines_of_another_order_are_not_mixed_in(self):
        other = self._new_order(self.partner, 1, delivered=1)
        complaint = self._new_complaint(
            line_ids=[Command.create({'sale_line_id': self.line.id, 'quantity': 1})]
        )
        self.assertFalse(self._find('98765', complaint).row_ids, "its line is there already")
        with self.assertRaisesRegex(UserError, "has lines of S98765"):
            self._find(other.name, complaint).action_take()

    def test_rows_are_neither_made_up_nor_turned_to_another_line_nor_read_by_others(self):
        row = self._find('98765').row_ids
        foreign = self.order_stranger.order_line
        with self.assertRaises(AccessError):
            row.create({'find_id': row.find_id.id, 'sale_line_id': foreign.id})
        with self.assertRaisesRegex(AccessError, "only its quantity"):
            row.sale_line_id = foreign
        for user in (self.user_agent2, self.user_manager):
            with self.assertRaises(AccessError):
                row.with_user(user).read(['order_name'])
            with self.assertRaises(AccessError):
                row.find_id.with_user(user).action_take()

    def test_who_does_not_handle_the_complaint_finds_nothing_by_it(self):
        self.complaint.user_id = self.user_agent
        for user in (self.user_agent2, self.user_production, self.user_portal):
            with self.assertRaises(AccessError):
                self._find('98765', user=user)
            with self.assertRaises(AccessError):
                self.complaint.with_user(user).action_open_find()

    def test_what_was_cancelled_since_is_not_tied(self):
        wizard = self._find('98766')
        self.order_stranger.with_context(disable_cancel_warning=True).state = 'cancel'
        with self.assertRaisesRegex(UserError, "any more"):
            wizard.action_take()
        self.assertFalse(self.complaint.order_id)

    # === WHO MAY NAME AN ORDER === #

    def test_agent_names_no_order_by_its_id_that_he_was_not_told_of(self):
        """He may: his customer's; one that he reads; the one that stands there. Anybody else's he would read so."""
        complaints = self.env['ecrm.complaint'].with_user(self.user_agent)
        theirs = self.order_stranger.id
        mine = self._new_complaint(order_id=False)
        for refused in (
            lambda: self.complaint.with_user(self.user_agent).write({'order_id': theirs}),
            lambda: mine.with_user(self.user_agent).write({'order_id': theirs}),
            lambda: complaints.create({'name': "A call", 'order_id': theirs}),
            lambda: complaints.create(
                {'name': "A call", 'order_id': theirs, 'partner_id': self.partner.id}
            ),
        ):
            with self.assertRaisesRegex(AccessError, "number or the telephone"):
                refused()
        mine.with_user(self.user_agent).order_id = self.order
        mine.with_user(self.user_agent).write({'order_id': self.order.id, 'priority': '1'})
        made = complaints.create(
            {'name': "A call", 'order_id': theirs, 'partner_id': self.stranger.id}
        )
        self.assertEqual(made.sudo().order_id, self.order_stranger)
        seller = self._new_user('ecrm_seller', 'ecrm.group_complaint_agent')
        seller.group_ids += self.env.ref('sales_team.group_sale_salesman_all_leads')
        self._new_complaint(order_id=False, partner_id=False, user_id=seller.id).with_user(
            seller
        ).order_id = self.order_stranger

    def test_form_being_filled_in_shows_nothing_of_an_order_that_its_reader_may_not_name(self):
        complaints = self.env['ecrm.complaint'].with_user(self.user_agent)
        spec = {name: {} for name in ('order_amount', 'delivered_on', 'order_date')}
        line = self.env['ecrm.complaint.line'].with_user(self.user_agent)
        line_spec = {'product_id': {}, 'claimable_quantity': {}, 'ecrm_width_mm': {}}
        foreign = self.order_stranger
        for start in (complaints, self.complaint.with_user(self.user_agent)):
            sent = {'order_id': foreign.id, 'name': "x"}
            shown = start.onchange(sent, ['name'], {**spec, 'order_id': {}, 'name': {}})
            self.assertFalse(any(shown['value'].get(name) for name in spec), shown)
            sent = {'complaint_id': start.id, 'sale_line_id': foreign.order_line.id}
            shown = line.onchange(sent, ['sale_line_id'], {**line_spec, 'sale_line_id': {}})
            self.assertFalse(any(shown['value'].get(name) for name in line_spec), shown)
        shown = complaints.with_context(default_order_id=foreign.id).onchange(
            {}, [], {**spec, 'order_id': {}}
        )
        self.assertFalse(any(shown['value'].get(name) for name in [*spec, 'order_id']), shown)
        own = self._new_complaint().with_user(self.user_agent)
        shown = line.onchange(
            {'complaint_id': own.id, 'sale_line_id': self.line.id},
            ['sale_line_id'],
            {**line_spec, 'sale_line_id': {}},
        )
        self.assertEqual(
            shown['value']['claimable_quantity'], 3, "lines of its own order are known"
        )

    # === THE CALL === #

    def _confirm_calls(self):
        with self.enter_registry_test_mode():
            self.env.ref('ecrm.ir_cron_complaint_calls').method_direct_trigger()
        self.env.invalidate_all()

    def test_call_is_confirmed_once_as_soon_as_its_customer_is_known(self):
        self.partner.lang = 'en_US'
        complaints = self.env['ecrm.complaint'].with_context(tracking_disable=False)
        call = complaints.with_user(self.user_agent).create({})
        self.assertEqual((call.name, call.acknowledged_at), ("Telephone call", False))
        self._confirm_calls()
        self.assertFalse(call.acknowledged_at, "nobody to confirm it to")
        wizard = self._find('98765', call)
        wizard.action_take()
        self._confirm_calls()
        self.assertTrue(call.acknowledged_at)
        told = call.sudo()._customer_messages()
        self.assertEqual(told.message_type, 'auto_comment')
        self.assertIn(call.reference, told.body)
        call.email_from = 'other@example.com'
        self._confirm_calls()
        self.assertEqual(call.sudo()._customer_messages(), told)

    def test_who_sees_only_his_own_keeps_the_call_he_noted_and_others_hand_it_on(self):
        """Agent 2 is no member of the team, which gives its complaints to another."""
        for user, agent in (
            (self.user_agent2, self.user_agent2),
            (self.user_all, self.user_agent),
            (self.user_manager, self.user_agent),
        ):
            call = self.env['ecrm.complaint'].with_user(user).create({'team_id': self.team.id})
            self.assertEqual(call.user_id, agent)
            self.assertTrue(call.has_access('write'))

    def test_call_of_a_known_customer_is_confirmed_when_it_is_noted_and_an_import_is_not(self):
        values = {'partner_id': self.partner.id, 'cause_id': self.cause.id}
        complaints = self.env['ecrm.complaint'].with_user(self.user_agent)
        cron = self.env.ref('ecrm.ir_cron_complaint_calls')
        self.env['ir.cron.trigger'].search([('cron_id', '=', cron.id)]).unlink()
        call = complaints.with_context(tracking_disable=False).create(dict(values))
        self.assertEqual(call.name, self.cause.customer_label)
        self.assertTrue(self.env['ir.cron.trigger'].search([('cron_id', '=', cron.id)]))
        taken_over = complaints.with_context(tracking_disable=True).create(dict(values))
        self._confirm_calls()
        self.assertEqual(len(call.sudo()._customer_messages()), 1)
        self.assertFalse(taken_over.acknowledged_at)
        answered = complaints.with_context(tracking_disable=False).create({})
        self._answer(answered)
        answered.email_from = 'late@example.com'
        self._confirm_calls()
        self.assertFalse(answered.acknowledged_at, "he was answered already")
