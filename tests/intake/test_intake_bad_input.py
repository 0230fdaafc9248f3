"""What strangers get for bad input, a line of the specification each.

A server that really dies, a database that is really away and twenty identical posts at the very same moment:
``test_intake_client_kill``. A flood: ``test_intake_flood``.
"""

import json
import time
from urllib.parse import urlencode

from odoo.tests import tagged

from .common_intake_http import ORIGIN, IntakeHttpCase

PHONE = '0551234567'
LIMIT = 1024
BROKEN = (
    (b'{', 'json'),
    (b' ', 'json'),
    (b'{"a": 1,}', 'json'),
    (b'{"a": 1} {"a": 1}', 'json'),
    (b'[1]', 'object'),
    (b'"text"', 'object'),
    (b'null', 'object'),
    (b'{"a": NaN}', 'number'),
    (b'{"a": -Infinity}', 'number'),
    (b'{"a": 1e999}', 'number'),
    (b'{"a": ' + b'9' * 5000 + b'}', 'number'),
    (b'{"a":' + b'[' * 40000, 'depth'),
    (b'{"a":' * 13 + b'1' + b'}' * 13, 'depth'),
    (b'\xff', 'encoding'),
    (json.dumps(dict.fromkeys(map(str, range(500)))).encode(), 'keys'),
    (b'{"a": [' + b'1,' * 500 + b'1]}', 'keys'),
    (json.dumps({'k' * 129: 1}).encode(), 'key_length'),
)
SCRIPT = '<img src="/x" onerror="window.ecrmTaken = 1"><script>window.ecrmTaken = 1</script>'


@tagged('post_install', '-at_install')
class TestIntakeBadInput(IntakeHttpCase):
    def setUp(self):
        super().setUp()
        self.browser.rate_limit = 1000
        self.doors = {
            'browser': (self.form, self.browser),
            'signed': (self.hook, self.signed),
        }

    def assertNothingStored(self):
        self.assertFalse(self.rows() + self.rows(self.signed))

    # === THE ENVELOPE === #

    def test_a_body_over_the_limit_is_413_and_names_it(self):
        (self.browser + self.signed).max_kilobytes = 1
        for door, (send, _source) in self.doors.items():
            with self.subTest(door):
                response = send({'phone': PHONE, 'message': 'x' * LIMIT})
                self.assertAnswer(response, 413, 'size')
                self.assertIn('1 kB', response.json()['message'])
        self.assertNothingStored()
        body = json.dumps({'token': self.token(), 'phone': PHONE}).encode()
        self.assertAnswer(self.post(body + b' ' * (LIMIT - len(body))), 202)
        self.assertAnswer(self.post(body + b' ' * (LIMIT - len(body) + 1)), 413, 'size')

    def test_megabytes_are_413_too(self):
        for path in (self.browser.public_key, self.signed.public_key):
            door = 'intake' if path == self.browser.public_key else 'hook'
            response = self.post(b'x' * 3 * 1024 * 1024, path=f'/ecrm/{door}/{path}')
            self.assertEqual(response.status_code, 413, door)
        self.assertNothingStored()

    def test_a_body_without_a_length_is_411(self):
        for path, mimetype in (
            (f'/ecrm/intake/{self.browser.public_key}', 'text/plain'),
            (f'/ecrm/hook/{self.signed.public_key}', 'application/json'),
        ):
            response = self.opener.post(
                self.base_url() + path,
                data=iter([b'{"a":', b'1}']),
                headers={'Origin': ORIGIN, 'Content-Type': mimetype},
            )
            self.assertAnswer(response, 411, 'length')
        self.assertNothingStored()

    def test_another_type_is_415_and_the_right_ones_are_named(self):
        for mimetype in ('application/xml', 'application/x-www-form-urlencoded', 'text/html', ''):
            response = self.form({'phone': PHONE}, mimetype=mimetype)
            self.assertAnswer(response, 415, 'type')
            self.assertIn('text/plain', response.json()['message'])
        for mimetype in ('text/plain', 'application/x-www-form-urlencoded', ''):
            response = self.hook({'phone': PHONE}, **{'Content-Type': mimetype})
            self.assertAnswer(response, 415, 'type')
        self.assertNothingStored()

    def test_a_form_encoded_body_is_415_though_its_fields_are_right(self):
        # Odoo has read such a body away before anybody can check its signature
        mimetype = 'application/x-www-form-urlencoded'
        fields = urlencode({'token': self.token(), 'phone': PHONE, 'name': "Amina"}).encode()
        self.assertAnswer(self.post(fields, mimetype=mimetype), 415, 'type')
        self.assertAnswer(self.hook(fields, **{'Content-Type': mimetype}), 415, 'type')
        self.assertNothingStored()

    def test_an_empty_body_is_400_and_its_length_is_no_missing_one(self):
        for send in (self.post, self.hook):
            response = send(b'')
            self.assertEqual(response.request.headers['Content-Length'], '0')
            self.assertAnswer(response, 400, 'json')
        self.assertNothingStored()

    def test_another_method_is_405(self):
        for path in (f'intake/{self.browser.public_key}', f'hook/{self.signed.public_key}'):
            self.assertEqual(self.url_open(f'/ecrm/{path}').status_code, 405)

    def test_an_unknown_source_is_404(self):
        for path in (
            '/ecrm/intake/nope', '/ecrm/intake/%00', f'/ecrm/intake/{self.signed.public_key}',
            '/ecrm/hook/nope', '/ecrm/hook/%00', f'/ecrm/hook/{self.browser.public_key}',
        ):  # fmt: skip
            with self.subTest(path):
                self.assertAnswer(self.post({'phone': PHONE}, path=path), 404, 'source')
        token = self.url_open('/ecrm/intake/nope/token', headers={'Origin': ORIGIN})
        self.assertAnswer(token, 404, 'source')

    def test_an_archived_source_is_404(self):
        (self.browser + self.signed).active = False
        for door, (send, _source) in self.doors.items():
            with self.subTest(door):
                self.assertAnswer(send({'phone': PHONE}), 404, 'source')
        self.assertNothingStored()

    def test_an_origin_that_is_not_allowed_is_403_and_reads_nothing(self):
        for origin in ('https://evil.example.com', '', 'null', 'http://shop.example.com', ORIGIN + '.evil.com'):  # fmt: skip
            with self.subTest(origin):
                for response in (
                    self.form({'phone': PHONE}, origin=origin),
                    self.url_open(
                        f'/ecrm/intake/{self.browser.public_key}/token', headers={'Origin': origin}
                    ),
                ):
                    self.assertAnswer(response, 403, 'origin')
                    self.assertNotIn('Access-Control-Allow-Origin', response.headers)
        self.assertNothingStored()

    # === THE CONTENT === #

    def test_broken_nan_deep_or_huge_json_is_400(self):
        for body, code in BROKEN:
            with self.subTest(code, body=body[:20]):
                response = self.post(body)
                self.assertAnswer(response, 400, code)
                self.assertEqual(response.headers['Access-Control-Allow-Origin'], ORIGIN)
                self.assertAnswer(self.hook(body), 400, code)
        self.assertNothingStored()

    def test_nul_and_lone_surrogates_are_scrubbed(self):
        hostile = {'name': 'A\x00\ud83d', 'phone': PHONE, 'k\x00\ud83d': ['\x00\udfff']}
        for door, (send, source) in self.doors.items():
            with self.subTest(door):
                self.assertAnswer(send(hostile), 202)
                row = self._process(self.rows(source))
                self.assertEqual((row.state, row.contact_name), ('processed', 'A\ufffd'))
                self.assertEqual(row.payload['k\ufffd'], ['\ufffd'])

    def test_an_unknown_field_is_accepted_and_listed_as_ignored(self):
        for door, (send, source) in self.doors.items():
            with self.subTest(door):
                self.assertAnswer(send({'phone': PHONE, 'shoe size': 43, 'user_id': 1}), 202)
                row = self._process(self.rows(source))
                self.assertEqual((row.state, row.ignored), ('processed', 'shoe size, user_id'))
                self.assertEqual(row.payload['shoe size'], 43)

    def test_injected_headers_and_double_addresses_are_dropped_and_the_lead_kept(self):
        for number, address in enumerate(
            ('a@b.dz\nBcc: c@d.dz', 'a@b.dz\r\nSubject: x', 'a@b.dz,c@d.dz', 'a@b.dz; c@d.dz',
             'a@b.dz c@d.dz', 'A <a@b.dz>', ['a@b.dz', 'c@d.dz'])
        ):  # fmt: skip
            with self.subTest(address=address):
                self.assertAnswer(
                    self.form({'phone': f'05512345{number:02}', 'email': address}), 202
                )
                row = self._process(self.rows()[0])
                self.assertFalse(row.email or row.lead_id.email_from)
                self.assertEqual(row.lead_id.phone, f'+2135512345{number:02}')
                self.assertIn("was dropped", row.remarks)
                self.assertEqual(row.payload['email'], address)

    def test_script_is_shown_as_text(self):
        fields = dict.fromkeys(
            (
                'name',
                'subject',
                'message',
                'product',
                'size',
                'call_time',
                'company',
                'city',
                SCRIPT,
            ),
            SCRIPT,
        )
        self.assertAnswer(
            self.form({'kind': 'callback', 'phone': PHONE, 'page': SCRIPT, **fields}), 202
        )
        row = self._process(self.rows())
        self.assertEqual(row.state, 'processed')
        lead = row.lead_id
        event = self.env['calendar.event'].search([('opportunity_id', '=', lead.id)])
        for html in (lead.description, event.description, lead.activity_ids.note, *lead.message_ids.mapped('body')):  # fmt: skip
            self.assertNotIn('<img', html or '')
            self.assertNotIn('<script', html or '')
        self.assertIn('&lt;script&gt;', lead.description)
        self.start_tour(
            f'/odoo/submissions/{row.id}', 'ecrm_intake_script', login=row.user_id.login
        )

    # === WHO SENT IT === #

    def test_a_honeypot_is_202_and_spam(self):
        honest = self.form({'phone': PHONE, 'ecrm_website_url': ''})
        self.assertEqual(self.rows().state, 'new')
        caught = self.form({'phone': PHONE, 'ecrm_website_url': 'http://x', 'n': 1})
        self.assertAnswer(caught, 202)
        self.assertEqual(caught.json().keys(), honest.json().keys())
        row = self.rows()[0]
        self.assertEqual((row.state, row.reason), ('spam', 'trap'))
        self.assertFalse(self._process(row).lead_id)

    def test_a_bad_or_missing_signature_is_401_and_a_capped_copy_is_kept_for_replay(self):
        for code, bad in (
            ('mismatch', {'secret': 'whsec_bmV3ZXI='}),
            ('missing', {'webhook-signature': ''}),
            ('mismatch', {'webhook-signature': 'v1'}),
            ('malformed', {'webhook-timestamp': 'soon'}),
        ):
            with self.subTest(code, **bad):
                response = self.hook({'phone': PHONE, 'n': str(bad)}, **bad)
                self.assertEqual(response.json()['error'], f'signature_{code}')
                self.assertAnswer(response, 401)
                row = self.rows(self.signed)[0]
                self.assertEqual((row.state, row.reason), ('refused', code))
        self.hook({'phone': PHONE, 'message': 'x' * 30000}, secret='whsec_bmV3ZXI=')
        rows = self.rows(self.signed)
        self.assertLessEqual(len(json.dumps(rows[0].payload)), 16100)
        rows[1].with_user(self.user_manager).action_process_again()
        self.assertEqual(rows[1].lead_id.phone, '+213551234567')

    def test_a_timestamp_beyond_300_seconds_is_401(self):
        for late in (-310, 310):
            response = self.hook({'phone': PHONE}, moment=time.time() + late)
            self.assertAnswer(response, 401, 'signature_stale')
        self.assertAnswer(self.hook({'phone': PHONE}, moment=time.time() - 280), 202)

    def test_a_replay_is_200_and_no_second_lead(self):
        for door, (send, source) in self.doors.items():
            with self.subTest(door):
                body = {'submission_id': 'u-1', 'phone': PHONE}
                first, again = send(body), send(body)
                self.assertAnswer(first, 202)
                self.assertAnswer(again, 200)
                self.assertEqual(first.json(), again.json())
                row = self._process(self.rows(source))
                self.assertAnswer(send(body), 200)
                self.assertEqual(self.rows(source), row)

    def test_twenty_identical_posts_make_one_lead(self):
        for door, (send, source) in self.doors.items():
            with self.subTest(door):
                answers = [send({'phone': PHONE}) for _turn in range(20)]
                self.assertEqual([answer.status_code for answer in answers], [202] + [200] * 19)
                self.assertEqual(len({answer.json()['id'] for answer in answers}), 1)
                self.assertEqual(len(self.rows(source)), 1)

    # === WHAT AN ANSWER TELLS === #

    def test_no_answer_tells_whether_a_person_is_known(self):
        self.env['mail.blacklist']._add('left@example.com')
        self.env['mailing.contact'].create({'email': 'reader@example.com'})

        def seen(response):
            names = {name for name in response.headers if name.lower() != 'date'}
            return response.status_code, response.json().keys(), names

        people = (
            {'phone': '0663352542'}, {'phone': PHONE}, {'email': 'amina@example.com'},
            {'email': 'nobody@example.com'}, {'email': 'left@example.com'}, {'email': 'reader@example.com'},
        )  # fmt: skip
        for kind in ('contact', 'newsletter'):
            for door, (send, _source) in self.doors.items():
                answers = []
                for number, person in enumerate(people):
                    how = {'message_id': f'{kind}{number}'} if door == 'signed' else {}
                    answers.append(seen(send({'kind': kind, **person}, **how)))
                self.assertEqual(answers, answers[:1] * len(people), (door, kind))
            forms = [
                self.url_open(
                    '/website/form/crm.lead',
                    data={'ecrm_kind': kind, 'contact_name': "A", **person},
                )
                for person in people
                if kind == 'contact' or 'email' in person
            ]
            self.assertEqual([form.json().keys() for form in forms], [{'id'}] * len(forms))
