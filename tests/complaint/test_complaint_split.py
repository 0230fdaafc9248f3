from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common_complaint import ComplaintCommon, photo


@tagged('post_install', '-at_install')
class TestComplaintSplit(ComplaintCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.complaint = cls._new_complaint()
        cls.first = cls.complaint._post_from_customer("The print has lines", [])
        cls.other = cls.complaint._post_from_customer("And the second parcel is late", [])
        file = cls.env['ir.attachment'].create(
            {
                'name': 'parcel.jpg',
                'raw': photo(),
                'res_model': 'ecrm.complaint',
                'res_id': cls.complaint.id,
            }
        )
        cls.other.attachment_ids = file

    def _split(self, messages=None, user=None, **values):
        wizard = (
            self.env['ecrm.complaint.split']
            .with_user(user or self.user_agent)
            .create(
                {
                    'complaint_id': self.complaint.id,
                    'name': "Second parcel",
                    'cause_id': self.cause_late.id,
                    **values,
                }
            )
        )
        chosen = self.other if messages is None else messages
        wizard.line_ids.filtered(lambda line: line.message_id in chosen).take = True
        action = wizard.action_split()
        return self.env['ecrm.complaint'].browse(action['res_id'])

    def test_message_and_its_file_go_to_a_complaint_of_their_own(self):
        split = self._split()
        self.assertEqual(split.name, "Second parcel")
        self.assertEqual((split.cause_id, split.split_from_id), (self.cause_late, self.complaint))
        self.assertEqual(split.partner_id, self.partner)
        self.assertEqual(split.order_id, self.order)
        self.assertEqual(split.user_id, self.user_agent)
        self.assertIn("second parcel is late", split.description)
        self.assertEqual(split._customer_messages()[:1], self.other)
        self.assertEqual(self.other.attachment_ids.res_id, split.id)
        self.assertIn(self.first, self.complaint._customer_messages())
        self.assertNotIn(self.other, self.complaint._customer_messages())

    def test_clock_of_the_new_one_runs_since_its_first_message(self):
        split = self._split()
        self.assertEqual(split.received_at, self.other.date)
        self.assertEqual(split.kind, 'new')

    def test_both_say_where_the_other_is_and_the_customer_gets_the_reference(self):
        split = self._split()
        self.assertIn(split.reference, self.complaint.message_ids[0].body)
        acknowledgement = split._customer_messages().filtered(
            lambda message: message.message_type == 'auto_comment'
        )
        self.assertEqual(len(acknowledgement), 1)
        self.assertIn(split.reference, acknowledgement.body)

    def test_answer_to_a_message_that_moved_reaches_the_new_one(self):
        self.other.message_id = '<split-test@example.com>'
        split = self._split()
        self.env['mail.thread'].message_process(
            None,
            f"From: {self.partner.email}\r\nTo: any@example.com\r\nSubject: Re: parcel\r\n"
            "Message-Id: <answer-to-split@example.com>\r\n"
            "In-Reply-To: <split-test@example.com>\r\n\r\nIt came today",
        )
        self.assertIn("It came today", split._customer_messages()[-1].body)

    def test_one_message_must_stay_and_one_must_go(self):
        everything = self.complaint._customer_comments()
        with self.assertRaisesRegex(UserError, "must stay"):
            self._split(everything)
        with self.assertRaisesRegex(UserError, "Choose the messages"):
            self._split(self.env['mail.message'])

    def test_messages_of_others_and_notes_are_refused(self):
        foreign = self._new_complaint(partner_id=self.stranger.id, order_id=self.order_stranger.id)
        theirs = foreign._post_from_customer("Secret", [])
        for message in (theirs, self._note(self.complaint)):
            with self.assertRaisesRegex(UserError, "Only messages of this complaint"):
                self.complaint._split_off(message, "x")
        self.assertEqual(theirs.res_id, foreign.id)

    def test_wizard_offers_the_customers_words_and_no_note(self):
        note = self._note(self.complaint)
        wizard = (
            self.env['ecrm.complaint.split']
            .with_user(self.user_agent)
            .create({'complaint_id': self.complaint.id, 'name': "x"})
        )
        self.assertEqual(wizard.line_ids.message_id, self.first | self.other)
        self.assertNotIn(note, wizard.line_ids.message_id)
        self.assertFalse(any(wizard.line_ids.mapped('take')))

    def test_line_that_names_a_foreign_message_shows_none_of_it(self):
        foreign = self._new_complaint(
            partner_id=self.stranger.id,
            order_id=self.order_stranger.id,
            user_id=self.user_agent2.id,
        )
        secret = foreign._post_from_customer("Secret", [])
        wizard = (
            self.env['ecrm.complaint.split']
            .with_user(self.user_agent)
            .create({'complaint_id': self.complaint.id, 'name': "x"})
        )
        line = wizard.line_ids[0]
        line.message_id = secret.id
        line.take = True
        self.env.invalidate_all()
        self.assertFalse(line.preview or line.author_id or line.date or line.attachment_ids)
        with self.assertRaises(UserError):
            wizard.action_split()
        self.assertEqual(secret.res_id, foreign.id)

    def test_only_who_may_write_the_complaint_splits_it(self):
        with self.assertRaises(AccessError):
            self._split(user=self.user_agent2)
        for user in (self.user_production, self.user_sales, self.user_portal):
            with self.assertRaises(AccessError):
                self._split(user=user)
        self.assertEqual(self.other.res_id, self.complaint.id)
