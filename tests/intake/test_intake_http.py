import base64
import hashlib
import hmac
import json
import time
from unittest.mock import patch

from odoo.tests import HttpCase, tagged

from ...models.intake import ecrm_source as source_module
from ...tools import signature
from .common_intake import IntakeCommon

ORIGIN = 'https://shop.example.com'


class IntakeHttpCase(IntakeCommon, HttpCase):
    def post(self, body, path=None, origin=ORIGIN, mimetype='text/plain', **headers):
        if not isinstance(body, bytes):
            body = json.dumps(body).encode()
        headers = {'Content-Type': mimetype, **headers}
        if origin:
            headers['Origin'] = origin
        return self.url_open(
            path or f'/ecrm/intake/{self.browser.public_key}', data=body, headers=headers
        )

    def token(self, source=None, origin=ORIGIN):
        """A token old enough to be taken."""
        moment = time.time() - 60
        with patch.object(source_module.time, 'time', return_value=moment):
            return (source or self.browser)._mint_token(origin)

    def rows(self, source=None):
        return self.env['ecrm.submission'].search([('source_id', '=', (source or self.browser).id)])


@tagged('post_install', '-at_install')
class TestIntakeBrowser(IntakeHttpCase):
    def test_a_post_is_stored_answered_and_becomes_one_lead(self):
        response = self.post(
            {
                'token': self.token(),
                'kind': 'callback',
                'name': "Amina",
                'phone': '0551 23 45 67',
                'page': 'https://shop.example.com/page',
                'attribution': {'last': {'utm_term': 'toile', 'x': 1}},
            }
        )
        self.assertEqual(response.status_code, 202)
        row = self.rows()
        self.assertEqual(response.json(), {'id': row.public_id, 'status': 'accepted'})
        self.assertEqual(response.headers['Access-Control-Allow-Origin'], ORIGIN)
        self.assertNotIn('Set-Cookie', response.headers)
        self.assertEqual((row.kind, row.page), ('callback', 'https://shop.example.com/page'))
        self.assertEqual(row.touches, {'last': {'utm_term': 'toile'}})
        self.assertNotIn('token', row.payload)
        self._process(row)
        self.assertEqual(row.lead_id.phone, '+213551234567')

    def test_a_known_and_an_unknown_person_get_the_same_answer(self):
        known = self.post({'token': self.token(), 'phone': '0663352542'})
        unknown = self.post({'token': self.token(), 'phone': '0551234567'})
        self.assertEqual(known.status_code, unknown.status_code)
        self.assertEqual(known.json().keys(), unknown.json().keys())

    def test_twenty_identical_posts_make_one_lead(self):
        self.browser.rate_limit = 100
        body = {'token': self.token(), 'submission_id': 'u-1', 'phone': '0551234567'}
        answers = [self.post(body) for _turn in range(20)]
        self.assertEqual([answer.status_code for answer in answers], [202] + [200] * 19)
        self.assertEqual(len({answer.json()['id'] for answer in answers}), 1)
        self.assertEqual(len(self.rows()), 1)

    def test_the_same_key_with_another_body_is_422_and_a_row_to_review(self):
        body = {'token': self.token(), 'submission_id': 'u-1', 'phone': '0551234567'}
        self.post(body)
        response = self.post({**body, 'phone': '0551234568'})
        self.assertEqual((response.status_code, response.json()['error']), (422, 'key_reused'))
        self.assertEqual(self.rows().mapped('state'), ['review', 'new'])

    def test_a_page_that_mints_and_posts_at_once_is_too_fast(self):
        token = self.url_open(
            f'/ecrm/intake/{self.browser.public_key}/token', headers={'Origin': ORIGIN}
        ).json()['token']
        response = self.post({'token': token, 'phone': '0551234567'})
        self.assertEqual((response.status_code, response.json()['error']), (401, 'token_early'))
        self.assertFalse(self.rows())

    def test_no_token_no_row(self):
        for token in (None, '', 'x', self.token(origin='https://other.example.com'), {}, 7):
            response = self.post({'token': token, 'phone': '0551234567'})
            self.assertEqual((response.status_code, response.json()['error']), (401, 'token'))
        self.assertFalse(self.rows())

    def test_another_origin_is_refused_and_learns_nothing(self):
        for origin in ('https://evil.example.com', '', 'null', 'http://shop.example.com'):
            response = self.post({'token': self.token(), 'phone': '0551234567'}, origin=origin)
            self.assertEqual(response.status_code, 403)
            self.assertNotIn('Access-Control-Allow-Origin', response.headers)

    def test_the_preflight_answers_for_allowed_origins_only(self):
        path = f'/ecrm/intake/{self.browser.public_key}'
        response = self.url_open(path, method='OPTIONS', headers={'Origin': ORIGIN})
        self.assertEqual(response.status_code, 204)
        self.assertEqual(response.headers['Access-Control-Allow-Origin'], ORIGIN)
        self.assertIn('POST', response.headers['Access-Control-Allow-Methods'])
        response = self.url_open(
            path, method='OPTIONS', headers={'Origin': 'https://evil.example.com'}
        )
        self.assertEqual(response.status_code, 403)

    def test_the_trap_is_202_and_spam(self):
        response = self.post(
            {'token': self.token(), 'phone': '0551234567', 'ecrm_website_url': 'http://x'}
        )
        self.assertEqual(response.status_code, 202)
        self.assertEqual(self.rows().state, 'spam')
        self.assertFalse(self._process(self.rows()).lead_id)

    def test_envelopes_that_are_not_taken(self):
        good = {'token': self.token(), 'phone': '0551234567'}
        self.assertEqual(self.post({**good, 'message': 'x' * 70000}).status_code, 413)
        for mimetype in ('application/xml', 'application/x-www-form-urlencoded', ''):
            self.assertEqual(self.post(good, mimetype=mimetype).status_code, 415, mimetype)
        response = self.opener.post(
            f'{self.base_url()}/ecrm/intake/{self.browser.public_key}',
            data=iter([b'{"a":', b'1}']),
            headers={'Origin': ORIGIN, 'Content-Type': 'text/plain'},
        )
        self.assertEqual(response.status_code, 411)
        self.assertEqual(self.url_open(f'/ecrm/intake/{self.browser.public_key}').status_code, 405)
        self.assertFalse(self.rows())

    def test_a_body_three_megabytes_long_is_cut_short(self):
        response = self.post(b'x' * 3 * 1024 * 1024)
        self.assertEqual(response.status_code, 413)

    def test_broken_endless_and_impossible_json_is_400(self):
        for body, code in (
            (b'{', 'json'),
            (b'[1]', 'object'),
            (b'{"a": NaN}', 'number'),
            (b'{"a": 1e999}', 'number'),
            (b'{"a":' + b'[' * 40000, 'depth'),
            (b'\xff', 'encoding'),
            (b' ', 'json'),
            (json.dumps(dict.fromkeys(map(str, range(500)))).encode(), 'keys'),
        ):
            response = self.post(body)
            self.assertEqual(
                (response.status_code, response.json()['error']), (400, code), body[:20]
            )
            self.assertTrue(response.json()['message'])
            self.assertEqual(response.headers['Access-Control-Allow-Origin'], ORIGIN)
        self.assertFalse(self.rows())

    def test_nul_and_half_characters_are_scrubbed(self):
        body = json.dumps({'token': self.token(), 'name': 'A\x00\ud83d', 'phone': '0551234567'})
        self.assertEqual(self.post(body.encode()).status_code, 202)
        self.assertEqual(self.rows().contact_name, 'A\ufffd')

    def test_an_unknown_an_archived_and_a_signed_source_are_404(self):
        for key in ('nope', '%00', self.signed.public_key):
            response = self.post({'phone': '0551234567'}, path=f'/ecrm/intake/{key}')
            self.assertEqual(response.status_code, 404, key)
        self.browser.active = False
        self.assertEqual(self.post({'phone': '0551234567'}).status_code, 404)

    def test_a_flood_is_429_and_the_rows_are_bounded(self):
        self.browser.rate_limit = 3
        codes = [
            self.post({'token': self.token(), 'phone': '0551234567', 'n': n}).status_code
            for n in range(6)
        ]
        self.assertEqual(codes, [202] * 3 + [429] * 3)
        self.assertEqual(len(self.rows()), 3)


@tagged('post_install', '-at_install')
class TestIntakeSigned(IntakeHttpCase):
    def hook(self, payload, secret=None, moment=None, message_id='msg_1', **headers):
        body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
        stamp = str(int(moment if moment is not None else time.time()))
        return self.post(
            body,
            path=f'/ecrm/hook/{self.signed.public_key}',
            origin='',
            mimetype='application/json',
            **{
                'webhook-id': message_id,
                'webhook-timestamp': stamp,
                'webhook-signature': signature.sign_standard(
                    secret or self.signed.secret, message_id, stamp, body
                ),
                **headers,
            },
        )

    def test_a_signed_post_is_a_row(self):
        response = self.hook({'name': "Amina", 'phone': '0551234567'})
        self.assertEqual(response.status_code, 202)
        self.assertEqual(self._process(self.rows(self.signed)).state, 'processed')

    def test_a_replay_is_200_and_no_second_lead(self):
        self.hook({'phone': '0551234567'})
        self.assertEqual(self.hook({'phone': '0551234567'}).status_code, 200)
        self.assertEqual(len(self.rows(self.signed)), 1)

    def test_both_secrets_sign_while_one_replaces_the_other(self):
        old = self.signed.secret
        self.signed.action_rotate_secret()
        self.assertEqual(self.hook({'phone': '0551234567'}, secret=old).status_code, 202)
        self.assertEqual(self.hook({'phone': '0551234568'}, message_id='msg_2').status_code, 202)
        self.signed.action_rotate_secret()
        self.assertEqual(
            self.hook({'phone': '0551234569'}, secret=old, message_id='m3').status_code, 401
        )

    def test_a_bad_or_missing_signature_is_401_and_a_copy_is_kept(self):
        response = self.hook({'phone': '0551234567'}, secret='whsec_bmV3ZXI=')
        self.assertEqual(
            (response.status_code, response.json()['error']), (401, 'signature_mismatch')
        )
        self.assertEqual(
            self.hook({'phone': '0551234568'}, **{'webhook-signature': ''}).status_code, 401
        )
        kept = self.rows(self.signed)
        self.assertEqual(kept.mapped('state'), ['refused', 'refused'])
        kept[1].action_process_again()
        self.assertEqual(kept[1].lead_id.phone, '+213551234567')

    def test_a_time_outside_five_minutes_is_401(self):
        for moment in (time.time() - 310, time.time() + 310):
            response = self.hook({'phone': '0551234567'}, moment=moment)
            self.assertEqual(
                (response.status_code, response.json()['error']), (401, 'signature_stale')
            )

    def test_only_json_is_signed(self):
        response = self.hook({'phone': '0551234567'}, **{'Content-Type': 'text/plain'})
        self.assertEqual(response.status_code, 415)

    def test_other_profiles(self):
        body = json.dumps({'phone': '0551234567'}).encode()
        key = self.signed.secret.encode()
        self.signed.signature_profile = 'hub'
        path = f'/ecrm/hook/{self.signed.public_key}'
        self.assertEqual(
            self.post(
                body,
                path=path,
                mimetype='application/json',
                **{
                    'X-Hub-Signature-256': 'sha256='
                    + hmac.new(key, body, hashlib.sha256).hexdigest(),
                },
            ).status_code,
            202,
        )
        self.signed.write({'signature_profile': 'base64', 'answer_200': True})
        body = json.dumps({'topic': 'order.created', 'id': 5, 'date_modified_gmt': 'x'}).encode()
        self.assertEqual(
            self.post(
                body,
                path=path,
                mimetype='application/json',
                **{
                    'X-WC-Webhook-Signature': base64.b64encode(
                        hmac.digest(key, body, 'sha256')
                    ).decode(),
                },
            ).status_code,
            200,
        )

    def test_a_signed_source_is_not_throttled_like_a_browser(self):
        self.signed.rate_limit = 1
        codes = [
            self.hook({'phone': '0551234567', 'n': n}, message_id=f'm{n}').status_code
            for n in range(5)
        ]
        self.assertEqual(codes, [202] * 5)

    def test_an_unknown_source_is_404(self):
        self.assertEqual(
            self.post({}, path='/ecrm/hook/nope', mimetype='application/json').status_code, 404
        )
