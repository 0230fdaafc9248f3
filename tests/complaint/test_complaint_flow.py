from freezegun import freeze_time

from odoo import Command, fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_complaint import ComplaintCommon


@tagged('post_install', '-at_install')
class TestComplaintFlow(ComplaintCommon):
    def test_changed_names_and_policies_are_seen_at_once_though_the_registry_keeps_them(self):
        self.env['res.lang']._activate_lang('fr_FR')
        family = self.env['ecrm.complaint.cause'].create({'name': "Goods"})
        cause = family.create({'name': "Torn", 'parent_id': family.id}).with_context(lang='en_US')
        self.assertEqual(cause.display_name, "Goods / Torn")
        family.with_context(lang='en_US').name = "Wares"
        cause.invalidate_recordset(['display_name'])
        self.assertEqual(cause.display_name, "Wares / Torn")
        french = cause.with_context(lang='fr_FR')
        self.assertEqual(french.display_name, "Wares / Torn")
        cause.update_field_translations('name', {'fr_FR': "Déchirée"})
        french.invalidate_recordset(['display_name'])
        self.assertEqual(french.display_name, "Wares / Déchirée")

        policies = self.env['ecrm.complaint.sla']
        policies.search([]).active = False
        policy = policies.create({'name': "The one", 'response_hours': 1, 'resolution_hours': 4})
        self.assertEqual(self._new_complaint().response_target, 3600)
        policy.response_hours = 2
        self.assertEqual(self._new_complaint().response_target, 7200)
        policy.unlink()
        self.assertFalse(self._new_complaint().sla_id)

    def test_customer_follows_however_the_complaint_is_made_and_when_he_is_named_later(self):
        for quiet in (True, False):
            complaints = self.env['ecrm.complaint'].with_context(tracking_disable=quiet)
            values = {'name': "Lines", 'partner_id': self.partner.id, 'team_id': self.team.id}
            complaint = complaints.create(values)
            with self.subTest(tracking_disable=quiet):
                self.assertIn(self.partner, complaint.message_partner_ids)
        nameless = complaint.with_context(tracking_disable=False).create({'name': "Lines"})
        self.assertNotIn(self.stranger, nameless.message_partner_ids)
        nameless.partner_id = self.stranger
        self.assertIn(self.stranger, nameless.message_partner_ids)
        external = self.env['mail.message.subtype'].default_subtypes('ecrm.complaint')[2]
        follower = nameless.message_follower_ids.filtered(lambda f: f.partner_id == self.stranger)
        self.assertEqual(follower.subtype_ids, external)

    def test_reference_is_given_at_once_and_never_changes(self):
        complaint = self._new_complaint(reference='MINE')
        year = fields.Date.today().year
        self.assertRegex(complaint.reference, rf'^REC/{year}/\d{{5}}$')
        with self.assertRaises(UserError):
            complaint.reference = 'REC/1999/00001'

    def test_copy_gets_a_reference_of_its_own(self):
        complaint = self._new_complaint()
        self.assertNotEqual(complaint.copy().reference, complaint.reference)

    def test_moves_out_of_the_table_are_refused(self):
        complaint = self._new_complaint()
        with self.assertRaisesRegex(UserError, complaint.reference):
            complaint.action_close()
        complaint.action_resolve()
        with self.assertRaises(UserError):
            complaint.action_spam()

    def test_first_resolution_is_kept_when_closed_a_day_later(self):
        complaint = self._new_complaint()
        with freeze_time('2026-03-02 10:00:00'):
            complaint.action_resolve()
        with freeze_time('2026-03-03 10:00:00'):
            complaint.action_close()
        self.assertEqual(str(complaint.resolved_at), '2026-03-02 10:00:00')
        self.assertEqual(str(complaint.closed_at), '2026-03-03 10:00:00')

    def test_reopening_is_counted_and_keeps_the_first_resolution(self):
        complaint = self._new_complaint()
        complaint.action_resolve()
        first = complaint.resolved_at
        complaint.action_reopen()
        self.assertEqual((complaint.kind, complaint.reopen_count), ('open', 1))
        self.assertEqual(complaint.resolved_at, first)

    def test_last_stage_of_a_kind_stays(self):
        stage = self.env.ref('ecrm.complaint_stage_resolved')
        (self.env['ecrm.complaint.stage'].search([('kind', '=', 'resolved')]) - stage).unlink()
        with self.assertRaises(UserError):
            stage.unlink()

    def test_agents_public_answer_is_the_first_response(self):
        complaint = self._new_complaint()
        self.assertFalse(complaint.first_response_at)
        self._answer(complaint)
        self.assertTrue(complaint.first_response_at)
        self.assertEqual(complaint.kind, 'open')

    def test_note_and_acknowledgement_are_no_response(self):
        complaint = self._new_complaint()
        self._note(complaint)
        complaint._acknowledge()
        self.assertFalse(complaint.first_response_at)

    def test_customers_answer_ends_the_wait(self):
        complaint = self._new_complaint()
        complaint.action_wait_customer()
        complaint._post_from_customer("Here is the photo", [])
        self.assertEqual(complaint.kind, 'open')

    def test_answer_within_the_days_reopens_and_later_makes_a_linked_one(self):
        self.company.ecrm_complaint_reopen_days = 2
        with freeze_time('2026-03-02 10:00:00'):
            complaint = self._new_complaint()
            complaint.action_resolve()
            complaint.action_close()
        with freeze_time('2026-03-04 09:00:00'):
            self.assertEqual(complaint._reply_from_customer("Still bad", []), complaint)
            self.assertEqual(complaint.kind, 'open')
            complaint.action_resolve()
        with freeze_time('2026-03-05 09:00:00'):
            complaint.action_close()
        with freeze_time('2026-03-07 08:59:00'):
            self.assertTrue(complaint._can_reopen(), "counted from the last closing")
        with freeze_time('2026-03-10 09:00:00'):
            follow = complaint._reply_from_customer("Again", [])
        self.assertNotEqual(follow, complaint)
        self.assertEqual(follow.parent_id, complaint)
        self.assertEqual(complaint.kind, 'closed')

    def test_five_ordered_three_delivered_three_can_be_claimed(self):
        def claim(quantity, cause=self.cause):
            return self._new_complaint(
                cause_id=cause.id,
                line_ids=[Command.create({'sale_line_id': self.line.id, 'quantity': quantity})],
            )

        self.assertEqual(claim(3).line_ids.claimable_quantity, 3)
        for quantity in (4, 5):
            with self.assertRaises(ValidationError):
                claim(quantity)
        self.assertTrue(claim(5, self.cause_late), "what is late was not delivered")

    def test_line_of_another_order_is_refused(self):
        with self.assertRaises(ValidationError):
            self._new_complaint(
                line_ids=[Command.create({'sale_line_id': self.order_stranger.order_line.id})]
            )

    @mute_logger('odoo.sql_db')
    def test_quantity_is_above_zero(self):
        from psycopg2 import IntegrityError

        with self.assertRaises(IntegrityError):
            self._new_complaint(
                line_ids=[Command.create({'sale_line_id': self.line.id, 'quantity': 0})]
            )

    def test_complaint_goes_to_the_salesperson_who_handles_complaints(self):
        seller = self._new_user(
            'ecrm_seller', 'sales_team.group_sale_salesman,ecrm.group_complaint_agent'
        )
        order = self._new_order(self.partner, 1, user=seller)
        complaint = self._new_complaint(order_id=order.id, user_id=False)
        self.assertEqual(complaint.user_id, seller)

    def test_complaint_goes_to_the_least_busy_agent(self):
        self.team.member_ids |= self.user_agent2
        self._new_complaint()
        self.assertEqual(self._new_complaint(user_id=False).user_id, self.user_agent2)

    def test_complaint_without_agent_alerts_the_leader(self):
        self.team.member_ids = False
        complaint = self._new_complaint(user_id=False)
        self.assertFalse(complaint.user_id)
        self.assertEqual(complaint.activity_ids.user_id, self.user_manager)

    def test_acknowledgement_comes_once_in_the_customers_language(self):
        self.env['res.lang']._activate_lang('fr_FR')
        template = self.env.ref('ecrm.mail_template_complaint_acknowledgement')
        template.with_context(lang='fr_FR').subject = "Votre réclamation {{ object.reference }}"
        self.partner.lang = 'fr_FR'
        complaint = self._new_complaint()
        complaint._post_from_customer("<b>bad</b>", [])
        complaint._post_from_customer("and again", [])
        sent = complaint.message_ids.filtered(lambda m: m.message_type == 'auto_comment')
        self.assertEqual(sent.subject, f"Votre réclamation {complaint.reference}")
        self.assertNotIn("bad", sent.body)

    def test_acknowledgements_to_one_mailbox_are_limited(self):
        complaints = [self._new_complaint() for _index in range(12)]
        for complaint in complaints:
            complaint._post_from_customer("bad", [])
        sent = self.env['mail.message'].search_count(
            [
                ('model', '=', 'ecrm.complaint'),
                ('res_id', 'in', [c.id for c in complaints]),
                ('message_type', '=', 'auto_comment'),
            ]
        )
        self.assertEqual(sent, 10)

    def test_counters_of_partner_and_order_take_no_query_each(self):
        company = self.env['res.partner'].create({'name': "Firm", 'is_company': True})
        self.partner.parent_id = company
        self._new_complaint()
        self._new_complaint()
        partners = (company | self.partner | self.stranger).with_user(self.user_manager)
        self.assertEqual([p.ecrm_complaint_count for p in partners], [2, 2, 0])
        self.assertEqual(self.order.with_user(self.user_manager).ecrm_complaint_count, 2)
        orders = self.order | self.order_stranger | self._new_order(self.partner, 1)
        for records in (partners, orders.with_user(self.user_manager)):

            def count(some):
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                some.mapped('ecrm_complaint_count')
                return self.env.cr.sql_log_count - before

            count(records)
            self.assertEqual(count(records[:1]), count(records), records)
