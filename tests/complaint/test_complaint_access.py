import base64

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .. import common_files as files
from .common_complaint import ComplaintCommon, photo


@tagged('post_install', '-at_install')
class TestComplaintAccess(ComplaintCommon):
    def test_agent_sees_his_own_the_unassigned_and_those_of_his_orders(self):
        order = self._new_order(self.partner, 1, user=self.user_agent2)
        own = self._new_complaint(user_id=self.user_agent2.id)
        about_his_order = self._new_complaint(order_id=order.id)
        others = self._new_complaint()
        self.team.write({'member_ids': False, 'user_id': False})
        free = self._new_complaint(user_id=False)
        visible = self.env['ecrm.complaint'].with_user(self.user_agent2).search([])
        mine = own | about_his_order | others | free
        self.assertEqual(visible & mine, own | about_his_order | free)
        seen_by_all = self.env['ecrm.complaint'].with_user(self.user_all).search([])
        self.assertEqual(seen_by_all & mine, mine)

    def test_portal_internal_and_marketing_users_see_nothing(self):
        complaint = self._new_complaint()
        complaint.message_subscribe(self.partner.ids)
        for user in (self.user_portal, self.user_internal, self.user_marketing):
            with self.assertRaises(AccessError), mute_logger('odoo.addons.base.models.ir_model'):
                complaint.with_user(user).read(['name'])
            for model in ('ecrm.complaint', 'ecrm.complaint.line', 'ecrm.complaint.stage'):
                self.assertFalse(self.env[model].with_user(user).has_access('read'), model)

    def test_workshop_reads_its_remakes_without_contact_or_letters(self):
        complaint = self._new_complaint()
        message = self._answer(complaint, "Call 0550 12 34 56")
        as_workshop = complaint.with_user(self.user_production)
        self.assertFalse(as_workshop.search([('id', '=', complaint.id)]))
        complaint.has_remake = True
        self.assertEqual(as_workshop.search([('id', '=', complaint.id)]), complaint)
        as_workshop.read(['reference', 'name', 'product_id'])
        for field in ('partner_id', 'partner_name', 'partner_phone', 'email_from'):
            with self.assertRaises(AccessError):
                as_workshop.read([field])
        with self.assertRaises(AccessError):
            message.with_user(self.user_production).read(['body'])
        with self.assertRaises(AccessError):
            as_workshop.name = "Other"

    def test_agent_neither_deletes_nor_configures(self):
        complaint = self._new_complaint()
        with self.assertRaises(AccessError):
            complaint.with_user(self.user_agent).unlink()
        for model in ('ecrm.complaint.stage', 'ecrm.complaint.team', 'ecrm.complaint.cause'):
            self.assertFalse(self.env[model].with_user(self.user_agent).has_access('write'), model)
            self.assertTrue(self.env[model].with_user(self.user_manager).has_access('write'), model)
        complaint.with_user(self.user_manager).unlink()

    def test_agent_does_not_write_the_measures(self):
        complaint = self._new_complaint().with_user(self.user_agent)
        for values in (
            {'response_failed': False},
            {'resolved_at': False},
            {'received_at': '2020-01-01 00:00:00'},
            {'access_token': 'known'},
            {'kind': 'closed'},
            {'sla_state': 'met'},
            {'response_due': '2030-01-01 00:00:00'},
            {'resolution_due': False},
            {'clock_used': 0},
            {'warned': True},
            {'acknowledged_at': '2020-01-01 00:00:00'},
            {'parent_id': complaint.id},
            {'channel': 'email'},
        ):
            with self.assertRaises(AccessError):
                complaint.write(values)
            with self.assertRaises(AccessError):
                complaint.create({'name': "New", **values})

    def test_default_that_a_client_sends_is_no_way_round_what_he_may_not_write(self):
        day = fields.Datetime.to_datetime('2020-01-01 00:00:00')
        sent = {
            'default_kind': 'closed',
            'default_received_at': day,
            'default_response_failed': True,
            'default_access_token': 'known',
            'default_channel': 'email',
            'default_order_id': self.order_stranger.id,
        }
        complaints = self.env['ecrm.complaint'].with_user(self.user_agent).with_context(**sent)
        made = complaints.create({'name': "New", 'user_id': self.user_agent.id}).sudo()
        self.assertEqual((made.kind, made.channel, made.response_failed), ('new', 'staff', False))
        self.assertNotEqual(made.access_token, 'known')
        self.assertGreater(made.received_at, day)
        self.assertFalse(made.order_id)
        given = {'default_state': 'approved', 'default_approved_by_id': self.user_manager.id}
        remedies = self.env['ecrm.complaint.remedy'].with_user(self.user_agent)
        remedy = remedies.with_context(**given, default_outside_window=True).create(
            {'complaint_id': made.id, 'kind': 'coupon', 'amount': 10**9}
        )
        self.assertEqual((remedy.state, remedy.requested_by_id), ('requested', self.user_agent))
        self.assertFalse(remedy.approved_by_id or remedy.outside_window)
        for action in (remedy.action_approve, remedy.action_do):
            with self.assertRaisesRegex(AccessError, "You can approve up to"):
                action()

    def test_other_companys_complaints_are_hidden_even_from_managers(self):
        other = self.env['res.company'].create({'name': "Other shop"})
        complaint = self.env['ecrm.complaint'].create(
            {'name': "Elsewhere", 'company_id': other.id, 'team_id': False}
        )
        visible = self.env['ecrm.complaint'].with_user(self.user_manager).search([])
        self.assertNotIn(complaint, visible)

    def test_door_for_customers_opens_to_owner_and_token_only(self):
        complaint = self._new_complaint()
        token = complaint._portal_ensure_token()
        complaints = self.env['ecrm.complaint']
        as_owner = complaints.with_user(self.user_portal)
        as_stranger = complaints.with_user(self.user_portal2)
        self.assertEqual(as_owner._for_customer(complaint.id), complaint)
        self.assertFalse(as_stranger._for_customer(complaint.id))
        self.assertFalse(as_stranger._for_customer(complaint.id, token[:-1]))
        self.assertFalse(as_stranger._for_customer(complaint.id, ''))
        self.assertFalse(as_owner._for_customer(0))
        self.assertEqual(as_stranger._for_customer(complaint.id, token), complaint)

    def test_record_without_token_is_not_opened_by_an_empty_one(self):
        complaint = self._new_complaint()
        complaint.access_token = False
        as_stranger = self.env['ecrm.complaint'].with_user(self.user_portal2)
        for token in (None, False, '', 'False'):
            self.assertFalse(as_stranger._for_customer(complaint.id, token))

    def test_colleagues_see_each_other_only_when_allowed(self):
        firm = self.env['res.partner'].create({'name': "Firm", 'is_company': True})
        (self.partner | self.stranger).parent_id = firm
        complaint = self._new_complaint()
        as_colleague = self.env['ecrm.complaint'].with_user(self.user_portal2)
        self.assertFalse(as_colleague._for_customer(complaint.id))
        self.company.ecrm_complaint_share_colleagues = True
        self.assertEqual(as_colleague._for_customer(complaint.id), complaint)

    def test_outsiders_message_is_a_public_comment_whatever_it_asks_for(self):
        complaint = self._new_complaint()
        text = "Hi"
        message = (
            complaint.with_user(self.user_portal)
            .sudo()
            .with_context(default_subtype_id=False, ecrm_mail_kind='bounce')
            .message_post(
                body=text,
                message_type='notification',
                subtype_xmlid='mail.mt_note',
                partner_ids=self.user_manager.partner_id.ids,
            )
        )
        self.assertEqual(message.message_type, 'comment')
        self.assertEqual(message.subtype_id, self.env.ref('mail.mt_comment'))
        self.assertFalse(message.partner_ids)
        self.assertTrue(complaint.customer_wrote_at)

    def test_customer_reads_comments_and_their_files_but_no_note_and_no_file_of_it(self):
        complaint = self._new_complaint()
        note = self._note(complaint, attachments=[('in.jpg', photo())])
        answer = self._answer(complaint, attachments=[('out.jpg', photo())])
        self.assertEqual(complaint._customer_messages(), answer)
        self.assertTrue(complaint._customer_file(answer.attachment_ids.id))
        self.assertFalse(complaint._customer_file(note.attachment_ids.id))
        for attachment in (note | answer).attachment_ids:
            with self.assertRaises(AccessError):
                attachment.with_user(self.user_portal).read(['raw'])

    def test_photo_that_an_agent_puts_in_loses_its_place_as_the_customers_does(self):
        complaint = self._new_complaint(
            line_ids=[
                Command.create(
                    {
                        'sale_line_id': self.line.id,
                        'photo': base64.b64encode(files.photo_with_place()),
                    }
                )
            ]
        )
        line = complaint.line_ids.with_user(self.user_agent)
        kept = [base64.b64decode(line.photo)]
        line.photo = base64.b64encode(files.photo_with_place('PNG'))
        kept.append(base64.b64decode(line.photo))
        uploads = [('a.jpg', files.photo_with_place()), ('terms.pdf', b'%PDF-1.4 as it was')]
        message = self._answer(complaint, attachments=uploads)
        note = self._note(complaint, attachments=[('b.jpg', files.photo_with_place())])
        sent = {each.name: each.raw for each in (message | note).sudo().attachment_ids}
        self.assertEqual(sent['terms.pdf'], b'%PDF-1.4 as it was')
        for data in (*kept, sent['a.jpg'], sent['b.jpg']):
            for place in files.PLACE:
                self.assertNotIn(place, data)
        for wrong in (b'no picture', base64.b64encode(b'MZ' * 50)):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                line.photo = wrong
                line.flush_recordset()
