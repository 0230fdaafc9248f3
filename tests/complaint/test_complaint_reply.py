from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common_complaint import ComplaintCommon


@tagged('post_install', '-at_install')
class TestComplaintReply(ComplaintCommon):
    """A prepared reply, with or without a remedy, is one step."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.ecrm_complaint_agent_limit = 5000
        cls.complaint = cls._new_complaint(
            line_ids=[Command.create({'sale_line_id': cls.line.id, 'quantity': 2})]
        )
        cls.voucher = cls.env.ref('ecrm.mail_template_complaint_reply_voucher')
        cls.remake = cls.env.ref('ecrm.mail_template_complaint_reply_remake')
        cls.photo = cls.env.ref('ecrm.mail_template_complaint_reply_photo')

    def _wizard(self, template=None, user=None, **values):
        wizards = self.env['ecrm.complaint.reply'].with_user(user or self.user_agent)
        return wizards.create(
            {
                'complaint_id': self.complaint.id,
                'template_id': template.id if template else False,
                **values,
            }
        )

    def _sent(self):
        return self.complaint._customer_messages()[-1]

    def test_reply_speaks_the_customers_language_whatever_the_agents(self):
        self.env['res.lang']._activate_lang('fr_FR')
        self.photo.with_context(lang='fr_FR').body_html = '<p>Une photo, s’il vous plaît</p>'
        self.partner.lang = 'fr_FR'
        self.user_agent.lang = 'en_US'
        wizard = self._wizard(self.photo)
        self.assertIn("Une photo", wizard.body)
        self.assertIn("Fran", wizard.lang_name)
        wizard.action_send()
        self.assertIn("Une photo", self._sent().body)

    def test_choosing_a_reply_in_the_form_fills_words_remedy_and_what_comes_next(self):
        form = Form(
            self.env['ecrm.complaint.reply']
            .with_user(self.user_agent)
            .with_context(default_complaint_id=self.complaint.id)
        )
        form.template_id = self.photo
        self.assertIn("daylight", form.body)
        self.assertEqual((form.remedy_kind, form.next_kind), (False, 'waiting_customer'))
        form.template_id = self.voucher
        self.assertEqual((form.remedy_kind, form.next_kind), ('coupon', 'resolved'))
        self.assertTrue(form._get_modifier('amount', 'required'))

    def test_asking_for_a_photo_waits_for_the_customer_and_counts_as_the_first_response(self):
        self._wizard(self.photo).action_send()
        self.assertEqual(self.complaint.kind, 'waiting_customer')
        self.assertTrue(self.complaint.first_response_at)
        self.assertEqual(self._sent().author_id, self.user_agent.partner_id)

    def test_voucher_and_reply_are_one_step_and_the_code_stands_in_the_reply(self):
        self._wizard(self.voucher, amount=1500).action_send()
        remedy = self.complaint.remedy_ids
        self.assertEqual((remedy.kind, remedy.state, remedy.amount), ('coupon', 'done', 1500))
        reply = self.complaint._customer_messages().filtered(
            lambda message: message.message_type == 'comment'
        )
        self.assertIn(remedy.card_id.code, reply.body)
        self.assertEqual(self.complaint.kind, 'resolved')

    def test_remake_and_reply_are_one_step_and_name_the_order(self):
        self.complaint.line_ids.quantity = 1
        self._wizard(self.remake).action_send()
        order = self.complaint.remedy_ids.sudo().new_order_id
        self.assertEqual(order.amount_total, 0)
        self.assertIn(order.name, self._sent().body)
        self.assertEqual(self.complaint.kind, 'waiting_internal')

    def test_above_the_limit_nothing_is_made_and_nothing_is_said(self):
        before = self.complaint._customer_messages()
        wizard = self._wizard(self.voucher, amount=5001)
        with self.assertRaisesRegex(AccessError, "You can approve up to"), self.cr.savepoint():
            wizard.action_send()
        self.assertEqual(self.complaint._customer_messages(), before)
        self.assertFalse(self.complaint.remedy_ids)
        self._wizard(self.voucher, user=self.user_manager, amount=5001).action_send()
        self.assertEqual(self.complaint.remedy_ids.state, 'done')

    def test_empty_reply_is_refused(self):
        for body in (False, '<p><br></p>'):
            with self.assertRaisesRegex(UserError, "Write the message first"):
                self._wizard(body=body).action_send()

    def test_foreign_complaint_is_not_answered_and_not_read(self):
        with self.assertRaises(AccessError):
            self._wizard(self.photo, user=self.user_agent2).action_send()
        for user in (self.user_production, self.user_sales, self.user_portal, self.user_marketing):
            with self.assertRaises(AccessError):
                self._wizard(self.photo, user=user)

    def test_buttons_open_the_reply_that_goes_with_them(self):
        complaint = self.complaint.with_user(self.user_agent)
        action = complaint.action_offer_voucher()
        self.assertEqual(action['context']['default_template_id'], self.voucher.id)
        action = complaint.action_offer_remake()
        self.assertEqual(action['context']['default_template_id'], self.remake.id)
        self.remake.unlink()
        action = complaint.action_offer_remake()
        self.assertEqual(action['context'], {'default_complaint_id': self.complaint.id})

    def test_every_prepared_reply_is_whole(self):
        templates = self.env['mail.template'].search([('ecrm_complaint_reply', '=', True)])
        self.assertGreaterEqual(len(templates), 9)
        for template in templates:
            body = self._wizard(template).body
            self.assertIn(self.complaint.partner_name, body)
            self.assertNotIn('t-out', body)
