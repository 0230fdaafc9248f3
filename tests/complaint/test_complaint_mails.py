import email
import email.policy
import io

from PIL import Image

from odoo.tests import tagged

from .common_mail import MailFileCommon

MACHINES = (
    'auto_gmail',
    'auto_exchange',
    'auto_outlook',
    'auto_outlook_client',
    'auto_zimbra',
    'auto_old',
)


@tagged('post_install', '-at_install')
class TestComplaintMails(MailFileCommon):
    def assertNoPlace(self, data):
        with Image.open(io.BytesIO(data)) as image:
            self.assertFalse(image.getexif())

    def _mails_to_customer(self):
        """Mails that the last delivery sent to anyone but our own people."""
        staff = self.env['res.users'].search([('share', '=', False)]).partner_id
        return self._new_mails.filtered(lambda mail: mail.email_to or mail.recipient_ids - staff)

    # === NEW === #

    def test_iphone_mail_makes_one_complaint_tied_to_the_senders_order_and_answers_in_french(self):
        self.partner.lang = 'fr_FR'
        complaint = self._deliver('new_iphone', sender=self.partner.email)
        self.assertEqual(len(complaint), 1)
        self.assertEqual(complaint.name, "Cadre cassé à la livraison")
        self.assertEqual((complaint.partner_id, complaint.order_id), (self.partner, self.order))
        self.assertEqual((complaint.lang, complaint.kind), ('fr_FR', 'new'))
        self.assertEqual(len(self._acknowledgements(complaint)), 1)
        self.assertEqual(complaint._customer_lang(), 'fr_FR')

    def test_order_of_another_stays_text(self):
        complaint = self._deliver('new_iphone', sender='someone@example.com')
        self.assertFalse(complaint.order_id)
        self.assertFalse(complaint.partner_id)
        self.assertEqual(complaint.order_typed, self.order.name)

    def test_arabic_mail_of_gmail_keeps_names_words_and_photos_and_is_answered_in_arabic(self):
        complaint = self._deliver('new_gmail_photos', sender='amina@example.com')
        self.assertEqual(complaint.name, "اللوحة وصلت مكسورة")
        self.assertEqual(complaint.partner_name, "أمينة بن علي")
        self.assertEqual(complaint.email_normalized, 'amina@example.com')
        self.assertIn("وصلت اللوحة مكسورة من الزاوية", complaint.description)
        self.assertEqual(complaint._customer_lang(), 'ar_001')
        message = complaint.message_ids.filtered(lambda each: each.message_type == 'email')
        self.assertEqual(
            set(message.attachment_ids.mapped('name')),
            {"inline.jpg", "صورة اللوحة المكسورة.jpg", "détail.png"},
        )
        self.assertIn('/web/image/', message.body, "the inline photo is shown where it stood")
        for attachment in message.attachment_ids:
            self.assertNoPlace(attachment.raw)

    def test_windows_1256_of_an_old_outlook_is_read(self):
        complaint = self._deliver('new_outlook_1256')
        self.assertEqual(complaint.name, "تأخر الطلبية")
        self.assertEqual(complaint.partner_name, "سمير حداد")
        self.assertEqual(complaint.description, "طلبيتي لم تصل بعد، وقد مر أسبوعان.\nشكرا")
        self.assertEqual(complaint.lang, 'ar_001')

    def test_mail_in_a_character_set_that_nobody_knows_is_not_lost(self):
        complaint = self._deliver('new_unknown_charset')
        self.assertEqual(
            complaint.description, "Mon colis est perdu, j'ai payé à la livraison précédente."
        )

    def test_empty_mail_makes_a_complaint_with_a_subject(self):
        complaint = self._deliver('new_empty')
        self.assertEqual(complaint.name, "Complaint by e-mail")
        self.assertEqual(len(self._acknowledgements(complaint)), 1)

    def test_script_of_a_page_neither_runs_nor_is_read_as_words(self):
        complaint = self._deliver('new_html_script')
        self.assertEqual(complaint.lang, 'en_US')
        self.assertIn("The colours are", complaint.description)
        bodies = ''.join(complaint.message_ids.mapped('body'))
        for text in (complaint.description, bodies):
            self.assertNotIn('stealTheSession', text)

    def test_quoted_history_is_kept_in_the_message_and_left_out_of_the_words(self):
        history = ''.join(f"> ligne {number} de l'ancien échange\n" for number in range(4000))
        complaint = self._deliver('new_huge_history', history=history)
        self.assertEqual(complaint.description, "Bonjour, le tableau a un défaut d'impression.")
        self.assertIn("ligne 3999", complaint.message_ids.sorted('id')[0].body)
        self.assertEqual(complaint.lang, 'fr_FR')

    def test_program_by_mail_is_left_out_and_told_and_a_drawing_does_not_run(self):
        complaint = self._deliver('new_odd_files')
        attachment = complaint.message_ids.attachment_ids
        self.assertEqual(attachment.name, 'dessin.svg')
        self.assertEqual(attachment.mimetype, 'text/plain')
        note = complaint.message_ids.filtered(lambda each: "were not kept" in each.body)
        self.assertIn('photo.jpg, facture.pdf.exe', note.body)
        self.assertNotIn(note, complaint._customer_messages())

    # === REPLIES === #

    def _answered(self, complaint):
        return complaint.message_ids.filtered('message_id').sorted('id')[0]

    def test_reply_is_added_and_acknowledged_no_second_time(self):
        complaint = self._deliver('new_iphone', sender=self.partner.email)
        new = self._deliver(
            'reply_gmail', sender=self.partner.email, answered=self._answered(complaint)
        )
        self.assertFalse(new)
        self.assertIn("Oui, voici la photo", complaint.message_ids[0].body)
        self.assertEqual(complaint.message_ids[0].author_id, self.partner)
        self.assertEqual(len(self._acknowledgements(complaint)), 1)

    def test_reply_that_lost_its_headers_is_known_by_the_number_in_its_subject(self):
        complaint = self._deliver('new_iphone', sender=self.partner.email)
        subject = f"RE: Votre reclamation {complaint.reference}"
        new = self._deliver('reply_subject_only', sender=self.partner.email, subject=subject)
        self.assertFalse(new)
        self.assertIn("Toujours rien reçu", complaint.message_ids[0].body)

    def test_number_in_a_subject_opens_nothing_to_anyone_else(self):
        complaint = self._deliver('new_iphone', sender=self.partner.email)
        count = len(complaint.message_ids)
        new = self._deliver(
            'reply_subject_only', sender='foreign@example.com', subject=complaint.reference
        )
        self.assertEqual(len(new), 1)
        self.assertEqual(len(complaint.message_ids), count)

    def test_agent_who_names_only_the_number_writes_a_note(self):
        complaint = self._deliver('new_iphone', sender=self.partner.email)
        new = self._deliver(
            'reply_subject_only', sender=self.user_agent.email, subject=complaint.reference
        )
        self.assertFalse(new)
        note = complaint.message_ids[0]
        self.assertIn("Toujours rien reçu", note.body)
        self.assertNotIn(note, complaint._customer_messages())
        self.assertFalse(complaint.first_response_at)

    def test_stranger_who_quotes_a_closed_complaint_gets_nothing_of_the_customers(self):
        self.company.ecrm_complaint_reopen_days = 2
        complaint = self._deliver('new_iphone', sender=self.partner.email)
        complaint.action_resolve()
        complaint.closed_at = '2026-01-01 10:00:00'
        answered = self._answered(complaint)
        new = self._deliver('reply_gmail', sender='foreign@example.com', answered=answered)
        self.assertEqual(new.parent_id, complaint)
        self.assertFalse(new.partner_id)
        self.assertFalse(new.order_id)
        self.assertEqual(new.email_normalized, 'foreign@example.com')
        known = self._deliver('reply_gmail', sender=self.stranger.email, answered=answered)
        self.assertEqual((known.partner_id, known.order_id.id), (self.stranger, False))
        for each in new | known:
            self.assertNotEqual(each.name, complaint.name)
            self.assertFalse(each.cause_id or each.partner_phone)
        own = self._deliver('reply_gmail', sender=self.partner.email, answered=answered)
        self.assertEqual((own.partner_id, own.order_id), (self.partner, self.order))

    def test_agent_who_answers_a_closed_complaint_makes_no_new_one(self):
        self.company.ecrm_complaint_reopen_days = 2
        complaint = self._deliver('new_iphone', sender=self.partner.email)
        complaint.action_resolve()
        complaint.closed_at = '2026-01-01 10:00:00'
        answered = self._answered(complaint)
        self.assertFalse(
            self._deliver('reply_gmail', sender=self.user_agent.email, answered=answered)
        )
        self.assertEqual(complaint.message_ids[0].author_id, self.user_agent.partner_id)

    def test_reply_to_complaints_merged_in_a_circle_is_not_lost(self):
        one = self._deliver('new_iphone', sender=self.partner.email)
        two = self._deliver('new_iphone', sender=self.partner.email)
        answered = self._answered(one)
        one.merged_into_id, two.merged_into_id = two, one
        new = self._deliver('reply_gmail', sender=self.partner.email, answered=answered)
        self.assertFalse(new)
        bodies = ''.join((one | two).message_ids.mapped('body'))
        self.assertIn("Oui, voici la photo", bodies)

    def test_one_of_ours_who_writes_for_himself_complains_and_answers_nobody(self):
        complaint = self._deliver('new_html_script', sender=self.user_agent.email)
        self.assertEqual(complaint.partner_id, self.user_agent.partner_id)
        self.assertEqual((complaint.kind, complaint.first_response_at), ('new', False))
        self.assertEqual(len(self._acknowledgements(complaint)), 1)

    def test_forward_without_a_readable_sender_waits_for_its_customer(self):
        complaint = self._deliver(
            'reply_subject_only', sender=self.user_agent.email, subject="Fwd: rien"
        )
        self.assertEqual(len(complaint), 1)
        self.assertFalse(complaint.partner_id)
        self.assertFalse(complaint.email_from)
        self.assertFalse(complaint.first_response_at)
        self.assertFalse(complaint._customer_messages())

    # === FORWARDS === #

    def test_mail_passed_on_by_an_agent_is_its_writers_complaint(self):
        for name in ('forward_inline_gmail', 'forward_inline_outlook'):
            complaint = self._deliver(name, sender=self.user_agent.email)
            self.assertEqual(len(complaint), 1, name)
            self.assertEqual(complaint.partner_id, self.partner, name)
            self.assertIn("le tableau est de travers", complaint.description)
            self.assertFalse(complaint.first_response_at, "passing on is no answer")
            public = complaint._customer_messages()
            self.assertEqual(public[0].author_id, self.partner)
            self.assertNotIn("Client difficile", ''.join(public.mapped('body')))
            self.assertNotIn("Voir ci-dessous", ''.join(public.mapped('body')))
            self.assertEqual(len(self._acknowledgements(complaint)), 1, name)

    def test_forward_of_a_strangers_mail_keeps_his_address_and_makes_no_partner(self):
        partners = self.env['res.partner'].search_count([])
        complaint = self._deliver(
            'forward_inline_gmail', sender=self.user_agent.email, customer='new@example.com'
        )
        self.assertFalse(complaint.partner_id)
        self.assertEqual(complaint.email_normalized, 'new@example.com')
        self.assertEqual(complaint.partner_name, "Amine Benali")
        self.assertEqual(self.env['res.partner'].search_count([]), partners)

    def test_attached_mail_is_read_below_the_words_of_who_sends_it(self):
        complaint = self._deliver('forward_attached', sender='amine@example.com')
        message = complaint.message_ids.sorted('id')[0]
        self.assertIn("Voici le courriel en question", message.body)
        self.assertIn("abîmé", message.body)
        self.assertEqual(set(message.attachment_ids.mapped('name')), {'Tableau.eml', 'abime.jpg'})
        photo = message.attachment_ids.filtered(lambda each: each.name == 'abime.jpg')
        self.assertNoPlace(photo.raw)
        file = message.attachment_ids - photo
        inner = email.message_from_bytes(file.raw, policy=email.policy.SMTP)
        for part in inner.walk():
            if part.get_content_type() == 'image/jpeg':
                self.assertNoPlace(part.get_content())

    def test_attached_mail_passed_on_by_an_agent_is_its_writers_complaint(self):
        complaint = self._deliver('forward_attached', sender=self.user_agent.email)
        self.assertEqual(complaint.partner_id, self.partner)
        self.assertEqual(complaint.description, "Bonjour, le tableau est abîmé.")
        first = complaint._customer_messages()[0]
        self.assertEqual(first.author_id, self.partner)
        self.assertIn('abime.jpg', first.attachment_ids.mapped('name'))

    # === MACHINES === #

    def test_absence_notes_of_each_program_change_nothing(self):
        complaint = self._deliver('new_iphone', sender=self.partner.email)
        self._answer(complaint, "We look into it")
        complaint.action_resolve()
        wrote_at, sent = complaint.customer_wrote_at, len(self._acknowledgements(complaint))
        answered = complaint.message_ids.filtered('message_id').sorted('id')[0]
        for name in MACHINES:
            new = self._deliver(name, sender=self.partner.email, answered=answered)
            self.assertFalse(new, name)
            self.assertEqual(complaint.kind, 'resolved', name)
            self.assertEqual(complaint.customer_wrote_at, wrote_at, name)
            self.assertEqual(len(self._acknowledgements(complaint)), sent, name)
            self.assertFalse(
                self._mails_to_customer(), [m.email_to or m.recipient_ids for m in self._new_mails]
            )

    def test_absence_note_of_an_agent_is_no_response(self):
        complaint = self._deliver('new_iphone', sender=self.partner.email)
        answered = complaint.message_ids.filtered('message_id').sorted('id')[0]
        for name in MACHINES:
            self._deliver(name, sender=self.user_agent.email, answered=answered)
            self.assertFalse(complaint.first_response_at, name)
            self.assertEqual(complaint.kind, 'new', name)

    def test_absence_note_that_answers_nothing_makes_nothing(self):
        for name in MACHINES:
            self.assertFalse(self._deliver(name, sender=f'{name}@example.com'), name)
            self.assertFalse(
                self._mails_to_customer(), [m.email_to or m.recipient_ids for m in self._new_mails]
            )

    def test_form_of_another_site_makes_a_complaint_without_acknowledgement(self):
        for name in ('machine_form', 'newsletter'):
            complaint = self._deliver(name, sender='form@example.com')
            self.assertEqual(len(complaint), 1, name)
            self.assertFalse(complaint.acknowledged_at, name)
            self.assertFalse(
                self._mails_to_customer(), [m.email_to or m.recipient_ids for m in self._new_mails]
            )

    def test_two_answering_machines_fall_silent(self):
        """The other side answers each of our mails at once, by a mail without any mark of a machine.

        It names no complaint, so each makes one; it only keeps the references of what it answers.
        """
        self.env['ir.config_parameter'].set_param('mail.gateway.loop.threshold', 5)
        made, mails, refs = self.env['ecrm.complaint'], 0, ''
        for _round in range(30):
            made |= self._deliver('auto_unmarked', sender='robot@example.com', refs=refs)
            if not self._new_mails:
                break
            mails += len(self._new_mails)
            refs = self._new_mails[0].references or ''
            if 'loop-detection' not in refs:
                refs = ''
        self.assertEqual((len(made), mails), (5, 6), "five answers and one notice, then silence")

    # === WHAT DID NOT ARRIVE === #

    def test_delivery_report_makes_nothing_and_tells_the_agent_to_call(self):
        for name in ('bounce_postfix', 'bounce_outlook', 'bounce_catchall', 'bounce_plain'):
            complaint = self._deliver('new_iphone', sender='amine@example.com')
            complaint.action_resolve()
            acknowledgement = self._acknowledgements(complaint)[0]
            calls = complaint.activity_ids
            for _round in range(2):
                new = self._deliver(name, sender='amine@example.com', answered=acknowledgement)
                self.assertFalse(new, name)
                self.assertFalse(
                    self._mails_to_customer(),
                    [m.email_to or m.recipient_ids for m in self._new_mails],
                )
            self.assertEqual(complaint.kind, 'resolved', name)
            call = complaint.activity_ids - calls
            self.assertEqual((len(call), call.user_id), (1, self.user_agent), name)
            self.assertIn("did not arrive", call.summary)

    def test_delivery_report_of_an_agents_address_is_noted_only(self):
        complaint = self._deliver('new_iphone', sender='amine@example.com')
        acknowledgement = self._acknowledgements(complaint)[0]
        calls = complaint.activity_ids
        self._deliver('bounce_postfix', sender=self.user_agent.email, answered=acknowledgement)
        self.assertEqual(complaint.activity_ids, calls)
        self.assertIn(self.user_agent.email, complaint.message_ids[0].body)
