import base64
import json
import struct
import zlib

from requests.exceptions import Timeout

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common_intake import IntakeCommon


@tagged('post_install', '-at_install')
class TestIntakeSite(IntakeCommon, HttpCase):
    def setUp(self):
        super().setUp()
        self.website = self.env['website'].get_current_website()

    def form(self, model='crm.lead', files=None, **values):
        return self.url_open(f'/website/form/{model}', data=values, files=files).json()

    def last(self):
        return self.env['ecrm.submission'].search([], limit=1)

    def test_a_contact_form_is_a_stored_submission_then_a_lead(self):
        leads = self.env['crm.lead'].search_count([])
        answer = self.form(
            contact_name="Amina",
            phone='0551234567',
            name="Toile",
            description="Bonjour",
            user_id='1',
        )
        row = self.last()
        self.assertEqual(answer, {'id': row.public_id})
        self.assertEqual(self.env['crm.lead'].search_count([]), leads)
        self.assertEqual(
            (row.contact_name, row.subject, row.message), ("Amina", "Toile", "Bonjour")
        )
        self.assertEqual(row.website_id, self.website)
        self.assertEqual(row.company_id, self.website.company_id)
        self._process(row)
        self.assertEqual(row.lead_id.name, "Toile")
        self.assertTrue(row.lead_id.user_id)

    def test_odoos_own_contact_page_comes_by_the_same_door(self):
        mails = self.env['mail.mail'].search_count([])
        self.form(
            'mail.mail',
            name="Amina",
            phone='0551234567',
            email_from='a@example.com',
            subject="S",
            description="D",
            company="C",
            email_to=self.website.company_id.email or '',
        )
        row = self.last()
        self.assertEqual((row.contact_name, row.subject, row.company_name), ("Amina", "S", "C"))
        self.assertEqual(self.env['mail.mail'].search_count([]), mails)

    def test_a_call_back_needs_a_number_that_can_be_called(self):
        before = self.last()
        answer = self.form(ecrm_kind='callback', contact_name="A", phone='66335254')
        self.assertIn('phone', answer['error_fields'])
        self.assertTrue(answer['error'])
        self.assertEqual(self.last(), before)
        self.form(
            ecrm_kind='callback',
            contact_name="A",
            phone='0663 35 25 42',
            call_time="In the morning",
        )
        self.assertEqual((self.last().kind, self.last().call_time), ('callback', "In the morning"))

    def test_nobody_to_answer_is_said_at_once(self):
        self.assertIn('error', self.form(contact_name="A", description="x"))

    def test_the_trap_is_accepted_and_unwanted(self):
        self.assertIn('id', self.form(phone='0551234567', ecrm_website_url='http://x'))
        self.assertEqual(self.last().state, 'spam')

    def test_the_outcome_of_a_captcha_is_kept_and_loses_nothing(self):
        human, robot = (
            {'success': True, 'action': 'website_form', 'score': score} for score in (0.9, 0.1)
        )
        for number, (answer, captcha, state, reason) in enumerate((
            (human, 'passed', 'new', False), (robot, 'failed', 'review', 'captcha'),
            (Timeout(), 'unavailable', 'review', 'captcha'), (ValueError(), 'unavailable', 'review', 'captcha'),
        )):  # fmt: skip
            with self.subTest(captcha=captcha), self._captcha(answer):
                self.form(phone=f'055123450{number}', ecrm_captcha='passed')
                row = self.last()
                self.assertEqual(row.phone_raw, f'055123450{number}')
                self.assertEqual((row.captcha, row.state, row.reason), (captcha, state, reason))
                self.assertNotIn('recaptcha_token_response', row.payload)

    @mute_logger('odoo.http')
    def test_a_captcha_that_is_down_loses_no_mail_to_the_shop_either(self):
        ours = self.website.company_id.email = 'shop@example.com'
        values = {'name': "Amina", 'email_from': 'a@example.com', 'description': "D"}
        with self._captcha(Timeout()):
            self.form('mail.mail', email_to=ours, **values)
            row = self.last()
            self.assertEqual(
                (row.contact_name, row.captcha, row.state), ("Amina", 'unavailable', 'review')
            )
            other = {'email_to': 'x@example.com', **values}
            self.assertEqual(self.url_open('/website/form/mail.mail', data=other).status_code, 422)
        self.assertEqual(self.last(), row, "a mail to somebody else is not ours")

    def test_what_only_the_shop_itself_makes_is_not_sent_in(self):
        for number, kind in enumerate(('cart', 'import', 'phone', 'order')):
            self.form(phone=f'055123450{number}', ecrm_kind=kind)
            self.assertEqual(self.last().kind, 'contact')

    def test_a_visitor_cannot_say_that_a_captcha_passed(self):
        self.form(phone='0551234567', ecrm_captcha='passed')
        self.assertFalse(self.last().captcha)

    def test_files_are_limited_and_follow_to_the_lead(self):
        png = (
            b'\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00'
            b'\x1f\x15\xc4\x89'
        )
        answer = self.form(
            phone='0551234567', files={'photo[0][0]': ('a.html', b'<script>', 'text/html')}
        )
        self.assertIn('files', answer['error_fields'])
        answer = self.form(
            phone='0551234567',
            files={'photo[0][0]': ('a.png', png + b'\x00' * (5 * 1024 * 1024), 'image/png')},
        )
        self.assertIn('files', answer['error_fields'])
        answer = self.form(
            phone='0551234567',
            files={f'photo[0][{n}]': ('a.png', png, 'image/png') for n in range(4)},
        )
        self.assertIn('files', answer['error_fields'])
        self.form(phone='0551234567', files={'photo[0][0]': ('a.png', png, 'image/png')})
        row = self._process(self.last())
        self.assertEqual(row.attachment_ids.name, 'a.png')
        attached = self.env['ir.attachment'].search(
            [('res_model', '=', 'crm.lead'), ('res_id', '=', row.lead_id.id)]
        )
        self.assertEqual(attached.name, 'a.png')

    def test_a_picture_that_cannot_be_opened_does_not_cost_the_form(self):
        for number, (width, cut) in enumerate(((60000, None), (3000, 2000))):
            bomb = self._picture(width)[:cut]
            answer = self.form(
                phone=f'055123451{number}', files={'photo[0][0]': ('a.png', bomb, 'image/png')}
            )
            self.assertIn('id', answer)
            row = self._process(self.last())
            self.assertEqual((row.state, row.attachment_ids.raw), ('processed', bomb))

    @staticmethod
    def _picture(side):
        """A picture of so many black dots a side, in a few kilobytes."""

        def chunk(name, content):
            check = zlib.crc32(name + content)
            return struct.pack('>I', len(content)) + name + content + struct.pack('>I', check)

        head = struct.pack('>IIBBBBB', side, side, 8, 2, 0, 0, 0)
        dots = zlib.compress(bytes(min(side * side * 3 + side, 30_000_000)))
        return b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', head) + chunk(b'IDAT', dots)

    def test_a_file_is_what_is_in_it_whatever_its_name_and_header_say(self):
        page = b'<html><script>alert(1)</script></html>'
        answer = self.form(phone='0551234567', files={'photo[0][0]': ('a.png', page, 'image/png')})
        self.assertIn('files', answer['error_fields'])
        picture = self._picture(1)
        self.form(phone='0551234567', files={'photo[0][0]': ('a.html', picture, 'text/html')})
        self.assertEqual(self.last().attachment_ids.mimetype, 'image/png')

    def test_a_form_longer_than_the_source_takes_is_refused_and_not_stored(self):
        before = self.last()
        many = {f'field{number}': 'x' for number in range(500)}
        for values in ({'description': 'x' * 70_000}, many):
            self.assertEqual(list(self.form(phone='0551234567', **values)), ['error'])
        self.assertEqual(self.last(), before)
        self.assertIn('id', self.form(phone='0551234567', description='\u0628' * 30_000))

    def test_a_number_is_read_in_the_country_of_the_source(self):
        source = self.env['ecrm.source']._get_site_source(self.website)
        source.country_id = self.env.ref('base.fr')
        self.assertIn('id', self.form(ecrm_kind='callback', phone='01 42 68 53 00'))
        self.assertEqual(self.last().phone, '+33142685300')

    def test_nobody_takes_the_place_of_a_cart_by_its_key(self):
        self.form(phone='0551234567', submission_id='cart:1')
        row, outcome = self.env['ecrm.submission']._store(
            self.last().source_id, 'cart', {'cart': 'S1'}, idempotency_key='cart:1'
        )
        self.assertEqual((outcome, row.state), ('new', 'new'))

    def test_a_flood_of_forms_is_stopped(self):
        source = self.env['ecrm.source']._get_site_source(self.website)
        source.rate_limit = 2
        answers = [self.form(phone='0551234567', n=n) for n in range(4)]
        self.assertEqual([('id' in answer) for answer in answers], [True, True, False, False])

    def test_where_the_visitor_came_from_follows_to_the_lead(self):
        self.env['utm.source'].create({'name': 'facebook-test'})
        self.url_open(
            '/contactus?utm_source=facebook-test&fbclid=abc',
            headers={'Referer': 'https://l.facebook.com/x?y=1'},
        )
        self.url_open('/callback')
        self.form(phone='0551234567')
        row = self._process(self.last())
        self.assertEqual(row.touches['first']['fbclid'], 'abc')
        self.assertEqual(row.lead_id.source_id.name, 'facebook-test')
        self.assertEqual(row.lead_id.ecrm_referrer, 'https://l.facebook.com/x')
        self.assertEqual(row.lead_id.ecrm_landing_page, '/contactus')

    def test_who_does_not_agree_to_cookies_is_not_followed_from_page_to_page(self):
        for website in self.env['website'].search([]):
            website.cookies_bar = True
        self.url_open('/contactus?utm_source=facebook-test', headers={'Referer': 'https://a.dz/x'})
        self.url_open('/callback')
        self.assertNotIn('ecrm_touch', self.opener.cookies)
        self.form(phone='0551234567')
        self.assertFalse(self.last().touches)

    def test_a_hostile_cookie_changes_nothing(self):
        half = base64.urlsafe_b64encode(b'{"first": {"utm_source": "\\ud83d"}}').decode()
        for cookie in ('x' * 9000, 'AAAA', 'eyJmaXJzdCI6IFsxXX0', '%00', half.rstrip('=')):
            self.opener.cookies.set('ecrm_touch', cookie)
            self.assertIn('id', self.form(phone='0551234567', n=cookie[:20]))
            self.assertEqual(self.url_open('/callback').status_code, 200)

    def test_the_pages_are_there_for_everybody(self):
        for path, form_id in (
            ('/contactus', 'contactus_form'),
            ('/callback', 'ecrm_callback_form'),
        ):
            html = self.url_open(path).text
            self.assertIn(f'id="{form_id}"', html)
            self.assertIn('data-model_name="crm.lead"', html)

    def test_other_models_are_none_of_our_business(self):
        self.assertIn(
            'error', json.loads(self.url_open('/website/form/res.users', data={'a': 1}).text)
        )

    def test_the_two_forms_in_a_browser(self):
        self.start_tour('/contactus', 'ecrm_intake_contact')
        row = self.last()
        self.assertEqual(
            (row.kind, row.contact_name, row.phone), ('contact', "Samia Tour", '+213551234567')
        )
        # What stood beside the form goes along, word for word
        words = "We use what you write to answer you, and for nothing else."
        self.assertEqual(row.payload['consent_text'], words)
        self._process(row)
        consent = self.env['ecrm.consent'].search([('submission_id', '=', row.id)])
        self.assertEqual(
            (consent.text, consent.purpose, len(consent.version)), (words, 'contact', 12)
        )
        self.assertIn('/contactus', consent.page)
        self.start_tour('/callback', 'ecrm_intake_callback')
        row = self.last()
        self.assertEqual(
            (row.kind, row.contact_name, row.phone), ('callback', "Karim Tour", '+213663352599')
        )
        self._process(row)
        self.assertTrue(row.lead_id.activity_ids.user_id)

    def test_staff_look_at_submissions(self):
        row = self._process(self._accept(kind='callback', name="Staff Tour", phone='0551234567'))
        self.assertEqual(row.user_id, self.user_sales)
        self.start_tour('/odoo/submissions', 'ecrm_intake_staff', login=self.user_sales.login)
