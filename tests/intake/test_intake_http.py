import base64
import hashlib
import hmac
import json

from requests.exceptions import Timeout

from odoo.tests import tagged

from ...tools import signature
from .common_intake_http import ORIGIN, IntakeHttpCase


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

    def test_what_only_the_shop_itself_makes_is_not_sent_in(self):
        for number, kind in enumerate(('cart', 'import', 'phone', 'order', 'nonsense', None, {})):
            self.form({'kind': kind, 'phone': f'055123450{number}'})
        self.assertEqual(set(self.rows().mapped('kind')), {self.browser.default_kind})
        for number, kind in enumerate(('cart', 'import', 'phone', 'order')):
            payload = {'kind': kind, 'phone': f'055123460{number}'}
            self.assertEqual(self.hook(payload, message_id=f'msg_{kind}').status_code, 202)
        self.assertEqual(
            set(self.rows(self.signed).mapped('kind')), {self.signed.default_kind, 'order'}
        )

    def test_the_captcha_of_another_site_is_kept_and_loses_nothing(self):
        phones = iter(range(551234500, 551234600))
        token = {'g-recaptcha-response': 'token'}
        self.form({'phone': f'0{next(phones)}', **token})
        self.assertFalse(self.rows().captcha, "no captcha is set up")
        with self._captcha({'success': False}):
            self.form({'phone': f'0{next(phones)}'})
        self.assertFalse(self.rows()[0].captcha, "the page has none")
        for answer, captcha, state in (
            ({'success': True, 'score': 0.9}, 'passed', 'new'),
            ({'success': True, 'score': 0.1}, 'failed', 'review'),
            (Timeout(), 'unavailable', 'review'),
        ):
            with self.subTest(captcha=captcha), self._captcha(answer):
                response = self.form({'phone': f'0{next(phones)}', **token})
                self.assertEqual(response.status_code, 202)
                row = self.rows()[0]
                self.assertEqual((row.captcha, row.state), (captcha, state))
                self.assertNotIn('g-recaptcha-response', row.payload)

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


@tagged('post_install', '-at_install')
class TestIntakeSigned(IntakeHttpCase):
    def test_a_signed_post_is_a_row(self):
        response = self.hook({'name': "Amina", 'phone': '0551234567'})
        self.assertEqual(response.status_code, 202)
        self.assertEqual(self._process(self.rows(self.signed)).state, 'processed')

    def test_both_secrets_sign_while_one_replaces_the_other(self):
        old = self.signed.secret
        self.signed.action_rotate_secret()
        self.assertEqual(self.hook({'phone': '0551234567'}, secret=old).status_code, 202)
        self.assertEqual(self.hook({'phone': '0551234568'}, message_id='msg_2').status_code, 202)
        self.signed.action_rotate_secret()
        self.assertEqual(
            self.hook({'phone': '0551234569'}, secret=old, message_id='m3').status_code, 401
        )

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

    def test_a_post_that_was_heard_cannot_be_sent_again_under_another_id(self):
        self.signed.signature_profile = 'hub'
        body = json.dumps({'leadgen_id': '7', 'phone': '0551234567'}).encode()
        signed = {'X-Hub-Signature-256': signature.sign_hub(self.signed.secret, body)}
        for message_id in ('a', 'b'):
            self._post_signed(body, {**signed, 'webhook-id': message_id})
        self.assertEqual(self.rows(self.signed).idempotency_key, 'meta:7')

    def test_a_woocommerce_message_is_one_by_its_topic_number_and_date(self):
        self.signed.signature_profile = 'base64'
        order = {'id': 5, 'date_modified_gmt': '2026-01-02T03:04:05'}
        body = json.dumps(order).encode()
        signed = {'X-WC-Webhook-Signature': signature.sign_base64(self.signed.secret, body)}
        for delivery in ('1', '2'):
            self._post_signed(body, {
                **signed, 'X-WC-Webhook-Topic': 'order.updated', 'X-WC-Webhook-Delivery-ID': delivery,
            })  # fmt: skip
        row = self.rows(self.signed)
        self.assertEqual(row.idempotency_key, 'woo:order.updated:5:2026-01-02T03:04:05')

    def _post_signed(self, body, headers):
        path = f'/ecrm/hook/{self.signed.public_key}'
        response = self.post(body, path=path, origin='', mimetype='application/json', **headers)
        self.assertIn(response.status_code, (200, 202))
