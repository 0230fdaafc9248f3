from odoo.tests import BaseCase, tagged

from ...tools import signature

STANDARD = {
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
}
STANDARD_SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
STANDARD_BODY = b'{"test": 2432232314}'
NOW = 1614265330


@tagged('post_install', '-at_install')
class TestSignature(BaseCase):
    def assertRefused(self, code, *args):
        with self.assertRaises(signature.SignatureError) as caught:
            signature.verify(*args)
        self.assertEqual(caught.exception.code, code)

    def test_published_vectors_verify(self):
        self.assertEqual(
            signature.verify('standard', [STANDARD_SECRET], STANDARD, STANDARD_BODY, NOW), 0
        )
        self.assertEqual(
            signature.verify(
                'hub',
                ["It's a Secret to Everybody"],
                {
                    'X-Hub-Signature-256': 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
                },
                b'Hello, World!',
                0,
            ),
            0,
        )
        self.assertEqual(
            signature.verify(
                'base64',
                ['Jefe'],
                {
                    'X-WC-Webhook-Signature': 'W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM=',
                },
                b'what do ya want for nothing?',
                0,
            ),
            0,
        )

    def test_any_live_secret_may_sign(self):
        secrets = ['whsec_bmV3ZXI=', STANDARD_SECRET]
        self.assertEqual(signature.verify('standard', secrets, STANDARD, STANDARD_BODY, NOW), 1)
        self.assertEqual(
            signature.verify(
                'standard',
                secrets[1:],
                dict(
                    STANDARD,
                    **{'webhook-signature': 'v1,AAAA v2,x ' + STANDARD['webhook-signature']},
                ),
                STANDARD_BODY,
                NOW,
            ),
            0,
        )

    def test_a_changed_byte_another_secret_or_no_secret_is_refused(self):
        self.assertRefused(
            'mismatch', 'standard', [STANDARD_SECRET], STANDARD, STANDARD_BODY + b' ', NOW
        )
        self.assertRefused('mismatch', 'standard', ['whsec_bmV3ZXI='], STANDARD, STANDARD_BODY, NOW)
        self.assertRefused('mismatch', 'standard', [], STANDARD, STANDARD_BODY, NOW)
        self.assertRefused('mismatch', 'hub', ['s'], {'x-hub-signature-256': 'é'}, b'', NOW)

    def test_a_post_outside_the_window_is_stale_both_ways(self):
        for now in (NOW + 301, NOW - 301):
            self.assertRefused('stale', 'standard', [STANDARD_SECRET], STANDARD, STANDARD_BODY, now)
        for now in (NOW + 300, NOW - 300):
            signature.verify('standard', [STANDARD_SECRET], STANDARD, STANDARD_BODY, now)

    def test_missing_headers_bad_times_and_bad_secrets_are_named(self):
        self.assertRefused('missing', 'standard', [STANDARD_SECRET], {}, STANDARD_BODY, NOW)
        for text in ('soon', '-1', '9' * 30, '١٦١٤٢٦٥٣٣٠'):
            self.assertRefused(
                'malformed',
                'standard',
                [STANDARD_SECRET],
                dict(STANDARD, **{'webhook-timestamp': text}),
                STANDARD_BODY,
                NOW,
            )
        self.assertRefused('secret', 'standard', ['not base64!'], STANDARD, STANDARD_BODY, NOW)
        self.assertRefused('profile', 'none', [], {}, b'', NOW)

    def test_only_a_signed_header_is_a_key(self):
        headers = {'webhook-id': 'msg_1', 'x-wc-webhook-topic': 'order.updated'}
        for profile, key, topic in (
            ('standard', 'msg_1', ''), ('hub', '', ''), ('base64', '', 'order.updated'),
        ):  # fmt: skip
            self.assertEqual(signature.message_key(profile, headers), key)
            self.assertEqual(signature.message_topic(profile, headers), topic)
        for text in ('order.x', 'x.created', 'order.created\n', ''):
            self.assertEqual(signature.message_topic('base64', {'x-wc-webhook-topic': text}), '')
