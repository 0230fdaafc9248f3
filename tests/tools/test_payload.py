import json

from odoo.tests import BaseCase, tagged

from ...tools import payload


@tagged('post_install', '-at_install')
class TestPayload(BaseCase):
    def assertRefused(self, body, code):
        with self.assertRaises(payload.PayloadError) as caught:
            payload.parse_json(body)
        self.assertEqual(caught.exception.code, code)

    def test_a_plain_object_is_read(self):
        self.assertEqual(
            payload.parse_json(b'{"name": "Amina", "n": 2.5}'), {'name': 'Amina', 'n': 2.5}
        )
        self.assertEqual(payload.parse_json(b'\xef\xbb\xbf{"a": 1}'), {'a': 1})

    def test_nul_and_lone_surrogates_are_scrubbed_at_any_depth(self):
        read = payload.parse_json(
            b'{"a\\u0000": ["x\\u0000y", {"b": "\\ud83d"}], "c": "\\ud83d\\ude00"}'
        )
        self.assertEqual(read, {'a': ['xy', {'b': '\ufffd'}], 'c': '\U0001f600'})
        json.dumps(read).encode()

    def test_numbers_no_database_holds_are_refused(self):
        for text in ('NaN', 'Infinity', '-Infinity', '1e999', '-1e999', '9' * 5000):
            self.assertRefused(b'{"a": %s}' % text.encode(), 'number')

    def test_broken_deep_wide_and_wrong_bodies_are_refused(self):
        for body, code in (
            (b'', 'json'),
            (b'{', 'json'),
            (b"{'a': 1}", 'json'),
            (b'{"a": 1} {}', 'json'),
            (b'[]', 'object'),
            (b'"x"', 'object'),
            (b'null', 'object'),
            (b'\xff\xfe{}', 'encoding'),
            (b'{"a":' + b'[' * 50000, 'depth'),
            (b'{"a":' * 20 + b'1' + b'}' * 20, 'depth'),
            (json.dumps({str(n): n for n in range(500)}).encode(), 'keys'),
            (json.dumps({'a': list(range(500))}).encode(), 'keys'),
            (json.dumps({'k' * 200: 1}).encode(), 'key_length'),
        ):
            with self.subTest(code=code, body=body[:20]):
                self.assertRefused(body, code)

    def test_brackets_inside_a_text_are_no_depth(self):
        self.assertEqual(payload.parse_json(b'{"a": "[[[[[[[[[[[[[[[[\\"[[["}')['a'][-1], '[')

    def test_key_order_of_preference(self):
        key = payload.idempotency_key
        self.assertEqual(key('contact', {'leadgen_id': 7}, 0, 'abc'), 'key:abc')
        self.assertEqual(key('contact', {'submission_id': 'u-1', 'wamid': 'w'}, 0), 'id:u-1')
        self.assertEqual(key('contact', {'leadgen_id': '7'}, 0), 'meta:7')
        self.assertEqual(key('contact', {'wamid': 'wamid.X'}, 0), 'wa:wamid.X')
        self.assertEqual(
            key('order', {'topic': 'order.updated', 'id': 5, 'date_modified_gmt': '2026-01-02'}, 0),
            'woo:order.updated:5:2026-01-02',
        )

    def test_content_is_the_key_for_ten_minutes(self):
        one = payload.idempotency_key('contact', {'a': 1, 'b': 2}, 1200)
        self.assertEqual(one, payload.idempotency_key('contact', {'b': 2, 'a': 1}, 1799))
        self.assertNotEqual(one, payload.idempotency_key('contact', {'a': 1, 'b': 2}, 1800))
        self.assertNotEqual(one, payload.idempotency_key('callback', {'a': 1, 'b': 2}, 1200))

    def test_an_address_with_an_injected_header_or_a_second_one_is_dropped(self):
        self.assertEqual(payload.clean_email(' Amina@Example.com '), 'amina@example.com')
        for text in (
            'a@b.dz\nBcc: x@y.zz',
            'a@b.dz\r\nSubject: hi',
            'a@b.dz,c@d.dz',
            'a@b.dz c@d.dz',
            '"A" <a@b.dz>',
            'a@b',
            'a@@b.dz',
            'a\u202e@b.dz',
            'a\x01@b.dz',
            'a\u200b@b.dz',
            '',
            None,
            5,
            'x' * 250 + '@b.dz',
        ):
            with self.subTest(text=text):
                self.assertEqual(payload.clean_email(text), '')

    def test_lines_stay_lines_and_texts_keep_their_breaks(self):
        self.assertEqual(payload.clean_line(' a\r\n\x00b\t c ', 4), 'a b')
        self.assertEqual(payload.clean_text('a\r\nb\x07'), 'a\nb')
        self.assertEqual(payload.clean_line('\u202egpj.exe \u2067x\u2069'), 'gpj.exe x')
        self.assertEqual(payload.clean_line('\u200fأمينة'), '\u200fأمينة')
        for value in (None, True, {}, [], ()):
            self.assertEqual(payload.clean_line(value), '')
            self.assertEqual(payload.clean_text(value), '')

    def test_a_letter_greets_by_names_and_by_nothing_that_leads_elsewhere(self):
        for name in ("Amina Benali", "أمينة بن علي", "M. Karim", "Jean-Luc d'Arc", "👋 Lina"):
            self.assertEqual(payload.greeting(name), name)
        for name in (
            'https://evil.example/win',
            'Win at evil.example',
            'WWW.evil',
            'a@b',
            '<b>x</b>',
            'word ' * 13,
            '',
            None,
            {},
        ):
            with self.subTest(name=name):
                self.assertEqual(payload.greeting(name), '')

    def test_fields_are_mapped_and_the_rest_is_named(self):
        fields = payload.pick(
            {'your-name': 'Amina', 'name': 'Other', 'user_id': 1},
            {'name', 'phone'},
            {'your-name': 'name'},
        )
        self.assertEqual(fields.values, {'name': 'Amina'})
        self.assertEqual(fields.ignored, ('user_id',))
