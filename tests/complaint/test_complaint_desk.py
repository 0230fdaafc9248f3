from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from ...tools import media
from .common_complaint import ComplaintCommon, photo


@tagged('post_install', '-at_install')
class TestComplaintDesk(ComplaintCommon):
    """What the agent sees of the customer, what is due first, and the figures in the digest."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.complaint = cls._new_complaint()
        cls.segment = cls.env['ecrm.customer.segment'].search([], limit=1)

    def test_file_shows_orders_and_complaints_to_an_agent_without_rights_on_sales(self):
        other = self._new_complaint(name="Earlier one", founded='yes')
        shown = self.complaint.with_user(self.user_agent).customer_file
        self.assertIn(self.order.name, shown)
        self.assertIn(other.reference, shown)
        self.assertNotIn(self.complaint.reference, shown)
        self.assertFalse(self.user_agent.has_group('sales_team.group_sale_salesman'))

    def test_file_leaves_out_what_the_agent_may_not_read_and_whom_it_does_not_concern(self):
        hidden = self._new_complaint(name="Not yours", user_id=self.user_agent2.id)
        foreign = self._new_complaint(partner_id=self.stranger.id, order_id=self.order_stranger.id)
        shown = self.complaint.with_user(self.user_agent).customer_file
        self.assertNotIn("Not yours", shown)
        self.assertNotIn(hidden.reference, shown)
        self.assertNotIn(foreign.reference, shown)
        self.assertNotIn(self.order_stranger.name, shown)

    def test_words_of_a_customer_are_text_in_the_file(self):
        self.partner.name = '<script>alert(1)</script>'
        self._new_complaint(name='<img src=x onerror=alert(1)>')
        shown = self.complaint.with_user(self.user_agent).customer_file
        self.assertNotIn('<script', shown)
        self.assertNotIn('<img src=x', shown)

    def test_without_a_customer_there_is_no_file(self):
        complaint = self._new_complaint(partner_id=False, order_id=False)
        self.assertFalse(complaint.customer_file or complaint.segment_name)

    def test_workshop_sees_neither_file_nor_segment(self):
        self.complaint.has_remake = True
        complaint = self.complaint.with_user(self.user_production)
        self.assertEqual(complaint.name, self.complaint.name)
        for name in ('customer_file', 'segment_name'):
            with self.assertRaises(AccessError):
                complaint.read([name])

    def test_segments_of_a_board_are_read_together(self):
        complaints = self.complaint
        for number in range(8):
            partner = self.env['res.partner'].create({'name': f"P{number}"})
            complaints |= self._new_complaint(partner_id=partner.id, order_id=False)
        self.env.flush_all()
        self.env.invalidate_all()
        complaints[:2].mapped('segment_name')
        self.env.invalidate_all()
        with self.assertQueryCount(12):
            complaints.mapped('segment_name')

    def test_photos_of_the_conversation_stand_with_the_words_and_no_other_file(self):
        self.assertFalse(self.complaint.photos)
        self.complaint._post_from_customer("Look", [media.Media('tear.jpg', 'image/jpeg', photo())])
        other = self._new_complaint()
        other._post_from_customer("x", [media.Media('other.jpg', 'image/jpeg', photo())])
        self._answer(self.complaint, attachments=[('terms.pdf', b'%PDF-1.4')])
        both = (self.complaint | other).with_user(self.user_agent)
        both.invalidate_recordset(['photos'])
        self.assertIn('tear.jpg', both[0].photos)
        for name in ('other.jpg', 'terms.pdf'):
            self.assertNotIn(name, both[0].photos)
        self.assertIn('other.jpg', both[1].photos)
        with self.assertRaises(AccessError):
            self.complaint.with_user(self.user_production).read(['photos'])

    def test_name_of_a_photo_is_text(self):
        name = '"><script>alert(1)</script>.jpg'
        self._answer(self.complaint, attachments=[(name, photo())])
        self.assertNotIn('<script', self.complaint.with_user(self.user_agent).photos)

    def test_activities_speak_the_language_of_who_has_to_act(self):
        self.env['res.lang']._activate_lang('fr_FR')
        self.user_manager.lang = 'fr_FR'
        self.complaint._schedule_overdue(self.user_manager)
        activity = self.complaint.activity_ids.filtered('automated')
        self.assertEqual(activity.user_id, self.user_manager)
        self.assertEqual(activity.summary, "L'échéance de cette réclamation est dépassée")
        self.assertEqual(self.complaint.env.lang, self.env.lang)

    def test_board_reads_no_product_for_its_picture(self):
        complaint = self._new_complaint(line_ids=[Command.create({'sale_line_id': self.line.id})])
        address = f'/web/image/product.product/{self.product.id}/image_128'
        self.assertEqual(complaint.with_user(self.user_agent).picture_url, address)
        self.assertFalse(self._new_complaint(order_id=False).picture_url)

    def test_value_of_the_order_is_shown_to_an_agent_without_rights_on_sales(self):
        complaint = self.complaint.with_user(self.user_agent)
        self.assertEqual(complaint.order_amount, self.order.amount_total)
        self.assertEqual(complaint.order_currency_id, self.order.currency_id)

    def test_order_line_inside_its_order_is_named_by_product_and_size(self):
        self.assertIn(self.order.name, self.line.display_name)
        short = self.line.with_context(ecrm_in_order=True).display_name
        self.assertEqual(short, self.product.name)

    def test_sizes_of_a_board_are_read_together(self):
        lines = [Command.create({'sale_line_id': self.line.id})]
        complaints = self.env['ecrm.complaint'].union(
            *(self._new_complaint(line_ids=lines) for _index in range(6))
        )
        self.env.flush_all()
        names = ('size_label', 'order_amount', 'order_currency_id', 'picture_url')

        def count(records):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            records.read(names)
            return self.env.cr.sql_log_count - before

        count(complaints)
        self.assertEqual(count(complaints[:2]), count(complaints))

    def test_agent_without_rights_on_a_product_reads_board_list_and_form(self):
        complaint = self._new_complaint(line_ids=[Command.create({'sale_line_id': self.line.id})])
        # The line's own copy of the size is worked out first, then said to be another
        self.env.flush_all()
        complaint.line_ids.write({'ecrm_width_mm': 400, 'ecrm_height_mm': 500})
        self.env['ir.rule'].create(
            {
                'name': "Not this one",
                'model_id': self.env['ir.model']._get_id('product.product'),
                'domain_force': f"[('id', '!=', {self.product.id})]",
            }
        )
        self.env.flush_all()
        self.env.invalidate_all()
        agent = complaint.with_user(self.user_agent)
        self.assertFalse(self.product.with_user(self.user_agent).has_access('read'))
        self.assertEqual(agent.size_label, '40 x 50 cm')
        self.assertEqual(agent.line_ids.size_label, '40 x 50 cm')
        named = {'fields': {'display_name': {}}, 'context': {'ecrm_in_order': True}}
        [shown] = agent.web_read(
            {'line_ids': {'fields': {'sale_line_id': named, 'claimable_quantity': {}}}}
        )
        self.assertEqual(shown['line_ids'][0]['sale_line_id']['display_name'], self.product.name)

    def test_today_begins_with_what_is_missed_first(self):
        now = fields.Datetime.now()
        early, late, waiting = (self._new_complaint() for _index in range(3))
        late.resolution_due = late.response_due = now + timedelta(hours=3)
        early.resolution_due = early.response_due = now - timedelta(hours=3)
        waiting.action_wait_customer()
        action = self.env['ir.actions.act_window']._for_xml_id('ecrm.action_ecrm_complaint_today')
        view = self.env.ref('ecrm.ecrm_complaint_view_list')
        self.assertIn('default_order="deadline', view.arch)
        self.assertTrue(action['view_mode'].startswith('list'))
        found = self.env['ecrm.complaint'].search(
            [*safe_eval(action['domain']), ('id', 'in', (early | late | waiting).ids)],
            order='deadline, priority desc, id',
        )
        self.assertEqual(found.ids, [early.id, late.id])

    def test_digest_counts_new_solved_and_late(self):
        digest = self.env['digest.digest'].create(
            {
                'name': "Complaints",
                'company_id': self.company.id,
                'kpi_ecrm_complaint_new': True,
                'kpi_ecrm_complaint_solved': True,
                'kpi_ecrm_complaint_late': True,
            }
        )
        now = fields.Datetime.now()
        digest = digest.with_user(self.user_manager).with_context(
            start_datetime=now - timedelta(hours=1), end_datetime=now + timedelta(hours=1)
        )
        names = [f'kpi_ecrm_complaint_{name}_value' for name in ('new', 'solved', 'late')]
        before = [digest[name] for name in names]
        self._new_complaint().action_spam()
        self._new_complaint().action_resolve()
        late = self._new_complaint()
        late.response_failed = True
        self.env.flush_all()
        digest.invalidate_recordset(names)
        self.assertEqual(
            [digest[name] for name in names],
            [b + d for b, d in zip(before, (2, 1, 1), strict=True)],
        )

    def test_digest_counts_what_is_late_however_long_ago_it_came(self):
        digest = self.env['digest.digest'].create(
            {'name': "x", 'company_id': self.company.id, 'kpi_ecrm_complaint_late': True}
        )
        now = fields.Datetime.now()
        digest = digest.with_user(self.user_manager).with_context(
            start_datetime=now - timedelta(hours=1), end_datetime=now + timedelta(hours=1)
        )
        before = digest.kpi_ecrm_complaint_late_value
        late = self._new_complaint(received_at=now - timedelta(days=90))
        late.response_failed = True
        self.env.flush_all()
        digest.invalidate_recordset(['kpi_ecrm_complaint_late_value'])
        self.assertEqual(digest.kpi_ecrm_complaint_late_value, before + 1)

    def test_digest_of_others_leaves_the_figures_out(self):
        digest = self.env['digest.digest'].create({'name': "x", 'company_id': self.company.id})
        now = fields.Datetime.now()
        digest = digest.with_user(self.user_marketing).with_context(
            start_datetime=now, end_datetime=now
        )
        with self.assertRaises(AccessError):
            _value = digest.kpi_ecrm_complaint_new_value

    def test_digest_links_lead_to_the_lists(self):
        actions = self.env['digest.digest']._compute_kpis_actions(self.company, self.user_manager)
        self.assertIn('action_ecrm_complaint_today', actions['kpi_ecrm_complaint_late'])
