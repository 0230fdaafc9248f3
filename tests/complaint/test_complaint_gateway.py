from itertools import pairwise

from freezegun import freeze_time

from odoo.tests import tagged

from .common_complaint import photo
from .common_mail import MailFileCommon

MAIL = """Return-Path: <{sender}>
From: {sender}
To: {to}
Subject: {subject}
Message-ID: <{number}@example.com>
{headers}MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

{body}
"""


@tagged('post_install', '-at_install')
class TestComplaintGateway(MailFileCommon):
    def _mail(self, sender='amine@example.com', subject="Tableau cassé", number=None, **values):
        """Hand a raw mail to the gateway.

        :return: complaints made by it
        """
        number = number or f'mail-{self._next_number()}'
        headers = ''.join(f'{name}: {value}\n' for name, value in values.pop('headers', {}).items())
        raw = MAIL.format(
            sender=sender,
            subject=subject,
            to=values.get('to', self.address),
            number=number,
            headers=headers,
            body=values.get('body', "Le cadre est cassé."),
        )
        return self._receive(raw.encode())

    def _reply_headers(self, complaint):
        message = complaint.message_ids.filtered('message_id')[:1]
        return {'In-Reply-To': message.message_id, 'References': message.message_id}

    def test_mail_of_a_stranger_makes_a_complaint_and_no_partner(self):
        partners = self.env['res.partner'].search_count([])
        complaint = self._mail(sender='"Amine B" <Amine@Example.com>')
        self.assertEqual((complaint.channel, complaint.team_id), ('email', self.team))
        self.assertEqual(complaint.name, "Tableau cassé")
        self.assertEqual(complaint.description, "Le cadre est cassé.")
        self.assertFalse(complaint.partner_id)
        self.assertEqual(complaint.email_normalized, 'amine@example.com')
        self.assertEqual(self.env['res.partner'].search_count([]), partners)

    def test_acknowledgement_is_mailed_and_marked_as_automatic(self):
        complaint = self._mail()
        sent = self._new_mails.filtered(lambda mail: complaint.reference in (mail.subject or ''))
        self.assertEqual(len(sent), 1)
        self.assertIn('auto-replied', sent.headers)
        self.assertNotIn("cassé", sent.body_html)
        self.assertIn('amine@example.com', sent.email_to or '')

    def test_known_customer_is_recognised(self):
        complaint = self._mail(sender=self.partner.email)
        self.assertEqual(complaint.partner_id, self.partner)

    def test_arabic_and_french_headers_are_read(self):
        arabic = self._mail(subject="=?UTF-8?B?2KfZhNmE2YjYrdipINmF2YPYs9mI2LHYqQ==?=")
        self.assertEqual(arabic.name, "اللوحة مكسورة")
        french = self._mail(subject="=?ISO-8859-1?Q?D=E9faut_d=27impression?=")
        self.assertEqual(french.name, "Défaut d'impression")

    def test_same_message_id_twice_makes_one_complaint(self):
        self.assertTrue(self._mail(number='same'))
        self.assertFalse(self._mail(number='same'))

    def test_five_mails_make_five_complaints_and_the_sixth_none(self):
        params = self.env['ir.config_parameter']
        params.set_param('mail.gateway.loop.threshold', 5)
        params.set_param('mail.gateway.loop.minutes', 30)
        senders = ['Loop@Example.com', 'loop@example.com', 'LOOP@EXAMPLE.COM']
        for index in range(5):
            self.assertTrue(self._mail(sender=senders[index % 3]), index)
        self.assertFalse(self._mail(sender=senders[0]))
        self.assertEqual(len(self._mails), 1, "one bounce")
        self.assertTrue(self._mail(sender='other@example.com'))

    def test_customers_reply_by_mail_reopens_and_the_agents_is_the_response(self):
        complaint = self._mail(sender=self.partner.email)
        self._mail(
            sender=self.user_agent.email,
            subject="Re: Tableau cassé",
            headers=self._reply_headers(complaint),
            body="On refait le tableau.",
        )
        self.assertTrue(complaint.first_response_at)
        self.assertEqual(complaint.kind, 'open')
        complaint.action_resolve()
        new = self._mail(
            sender=self.partner.email,
            subject="Re: Tableau cassé",
            headers=self._reply_headers(complaint),
        )
        self.assertFalse(new)
        self.assertEqual((complaint.kind, complaint.reopen_count), ('open', 1))

    def test_late_reply_makes_a_new_linked_complaint(self):
        self.company.ecrm_complaint_reopen_days = 2
        with freeze_time('2026-03-02 10:00:00'):
            complaint = self._mail(sender=self.partner.email)
            complaint.action_resolve()
        with freeze_time('2026-03-09 10:00:00'):
            new = self._mail(
                sender=self.partner.email, headers=self._reply_headers(complaint), body="Encore"
            )
        self.assertEqual(new.parent_id, complaint)
        self.assertEqual((complaint.kind, new.kind), ('resolved', 'new'))

    def test_machines_neither_reopen_nor_answer_nor_get_an_acknowledgement(self):
        machines = {
            'gmail': {'Auto-Submitted': 'auto-replied', 'X-Autoreply': 'yes'},
            'exchange': {'X-MS-Exchange-Inbox-Rules-Loop': 'x@y.z'},
            'zimbra': {'Auto-Submitted': 'auto-replied (zimbra; readonly; vacation)'},
            'outlook': {'X-Auto-Response-Suppress': 'All', 'Auto-Submitted': 'auto-generated'},
        }
        complaint = self._mail(sender=self.partner.email)
        complaint.action_resolve()
        wrote_at = complaint.customer_wrote_at
        for name, headers in machines.items():
            self._mail(
                sender=self.partner.email,
                subject="Absence",
                headers={**self._reply_headers(complaint), **headers},
            )
            self.assertEqual(complaint.kind, 'resolved', name)
            self.assertEqual(complaint.customer_wrote_at, wrote_at, name)
            new = self._mail(sender=f'{name}@example.com', subject="Absence", headers=headers)
            self.assertFalse(new.acknowledged_at, name)
        self._mail(
            sender=self.user_agent.email,
            subject="Out of office",
            headers=self._reply_headers(complaint),
        )
        self.assertFalse(complaint.first_response_at)

    def test_bounce_changes_nothing(self):
        complaint = self._mail(sender=self.partner.email)
        complaint.action_resolve()
        headers = {**self._reply_headers(complaint), 'X-Failed-Recipients': self.partner.email}
        new = self._mail(sender='MAILER-DAEMON@mx.example.com', subject="Failure", headers=headers)
        self.assertFalse(new)
        self.assertEqual(complaint.kind, 'resolved')

    def test_reply_to_any_merged_complaint_lands_on_the_last(self):
        complaints = [self._mail(sender=self.partner.email) for _index in range(5)]
        headers = [self._reply_headers(complaint) for complaint in complaints]
        for source, target in pairwise(complaints):
            source._merge_into(target)
        for index, header in enumerate(headers):
            text = f"Reply number {index}"
            self.assertFalse(self._mail(sender=self.partner.email, headers=header, body=text))
            self.assertIn(text, complaints[-1].message_ids[0].body)

    def test_photo_by_mail_loses_its_place(self):
        from PIL import Image

        exif = Image.Exif()
        exif.get_ifd(0x8825)[2] = (36.0, 45.0, 12.0)
        values = {'attachments': [('a.jpg', photo(exif=exif), {}), ('b.txt', "text", {})]}
        self.env['ecrm.complaint']._clean_mail_files(values)
        self.assertNotIn(b'Exif', values['attachments'][0][1])
        self.assertEqual(values['attachments'][1][:2], ('b.txt', "text"))
