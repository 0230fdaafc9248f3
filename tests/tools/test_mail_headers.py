from email import message_from_bytes, policy

from odoo.tests import BaseCase, tagged

from ...tools.mail_headers import classify, readable_charset


@tagged('post_install', '-at_install')
class TestMailHeaders(BaseCase):
    def test_a_person_writing_is_human(self):
        headers = {'From': 'Amine <amine@example.com>', 'X-Mailer': 'iPhone Mail'}
        self.assertTrue(classify(headers, subject="Tableau cassé").is_human)

    def test_reply_from_outlook_with_suppress_header_is_human(self):
        headers = {'X-Auto-Response-Suppress': 'DR, OOF, AutoReply', 'Auto-Submitted': 'no'}
        self.assertTrue(classify(headers, subject="RE: Tableau cassé").is_human)

    def test_gmail_vacation_is_an_automatic_reply(self):
        headers = {'Auto-Submitted': 'auto-replied', 'Precedence': 'bulk', 'X-Autoreply': 'yes'}
        self.assertEqual(classify(headers, subject="Re: REC").kind, 'auto_reply')

    def test_exchange_out_of_office_is_an_automatic_reply(self):
        headers = {'X-MS-Exchange-Inbox-Rules-Loop': 'a@b.dz', 'X-Auto-Response-Suppress': 'All'}
        self.assertEqual(classify(headers, subject="Automatic reply: REC").kind, 'auto_reply')

    def test_zimbra_vacation_is_an_automatic_reply(self):
        headers = {'Auto-Submitted': 'auto-replied (zimbra; readonly; vacation)'}
        self.assertEqual(classify(headers, subject="Absence").kind, 'auto_reply')

    def test_subject_alone_tells_in_three_languages(self):
        for subject in (
            "Out of office: back Sunday",
            "Réponse automatique : absence",
            "رد تلقائي: غائب",
        ):
            self.assertEqual(classify({}, subject=subject).kind, 'auto_reply', subject)

    def test_subject_that_speaks_of_an_answer_is_human(self):
        self.assertTrue(classify({}, subject="Je n'ai pas eu de réponse automatique").is_human)

    def test_delivery_report_is_a_bounce(self):
        content_type = 'multipart/report; report-type=delivery-status; boundary=x'
        self.assertEqual(classify({}, content_type=content_type).kind, 'bounce')
        self.assertEqual(classify({'X-Failed-Recipients': 'a@b.dz'}).kind, 'bounce')

    def test_mailer_daemon_is_a_bounce_in_any_case(self):
        sender = 'Mail Delivery <MAILER-DAEMON@mx.example.com>'
        self.assertEqual(classify({}, sender=sender).kind, 'bounce')
        self.assertEqual(classify({'Return-Path': '<>'}).kind, 'bounce')

    def test_newsletter_is_bulk(self):
        self.assertEqual(classify({'List-Id': '<news.example.com>'}).kind, 'bulk')

    def test_pairs_and_letter_case_are_read_alike(self):
        self.assertEqual(classify([('AUTO-SUBMITTED', 'Auto-Generated')]).kind, 'auto_reply')

    def test_unknown_character_set_is_replaced_and_a_known_one_is_left(self):
        for announced, data, expected in (
            ('utf-8', "é".encode(), ''),
            ('windows-1256', "رد".encode('windows-1256'), ''),
            ('x-unknown', "é".encode(), 'utf-8'),
            ('x-unknown', "cassé".encode('latin-1'), 'windows-1252'),
            ('iso-8859-6-i', "مكسورة".encode('windows-1256'), 'windows-1256'),
            ('x-unknown', b'\x81\x8d', 'latin-1'),
        ):
            raw = f'Content-Type: text/plain; charset={announced}\n\n'.encode() + data
            part = message_from_bytes(raw, policy=policy.SMTP)
            self.assertEqual(readable_charset(part), expected, announced)
        picture = message_from_bytes(b'Content-Type: image/png; charset=x\n\n', policy=policy.SMTP)
        self.assertEqual(readable_charset(picture), '')
