from datetime import timedelta

from odoo.tests import tagged

from .common_intake_http import ORIGIN, IntakeHttpCase

PHONE = '0551234567'


@tagged('post_install', '-at_install')
class TestIntakeFlood(IntakeHttpCase):
    """What a flood is told; posts of the very same moment: ``test_intake_rate``."""

    def test_a_flood_of_one_address_is_429_and_its_rows_are_bounded(self):
        self.browser.rate_limit = 3
        answers = [self.form({'phone': PHONE, 'n': n}) for n in range(8)]
        self.assertEqual([answer.status_code for answer in answers], [202] * 3 + [429] * 5)
        self.assertAnswer(answers[-1], 429, 'rate')
        self.assertEqual(answers[-1].headers['Retry-After'], '60')
        self.assertEqual(answers[-1].headers['Access-Control-Allow-Origin'], ORIGIN)
        self.assertEqual(len(self.rows()), 3)

    def test_a_flood_of_many_addresses_is_429_at_ten_times_as_many(self):
        self.browser.rate_limit = 1
        for number in range(10):
            self.env['ecrm.submission']._accept(
                self.browser, 'contact', {'phone': PHONE, 'n': number}, ip=f'10.0.0.{number}'
            )
        self.assertAnswer(self.form({'phone': PHONE, 'n': 11}), 429, 'rate')
        self.assertEqual(len(self.rows()), 10)

    def test_the_next_minute_is_open_again(self):
        self.browser.rate_limit = 1
        self.assertAnswer(self.form({'phone': PHONE, 'n': 1}), 202)
        self.assertAnswer(self.form({'phone': PHONE, 'n': 2}), 429, 'rate')
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE ecrm_submission SET create_date = create_date - %s WHERE source_id = %s",
            [timedelta(seconds=61), self.browser.id],
        )
        self.assertAnswer(self.form({'phone': PHONE, 'n': 2}), 202)

    def test_a_signed_source_is_stopped_by_a_hard_cap_only(self):
        self.signed.rate_limit = 1
        answers = [self.hook({'n': n}, message_id=f'm{n}') for n in range(5)]
        self.assertEqual([answer.status_code for answer in answers], [202] * 5)
        self.env['ecrm.submission'].create([
            dict(self.rows(self.signed)[0].copy_data()[0], idempotency_key=f'k{n}') for n in range(295)
        ])  # fmt: skip
        self.assertAnswer(self.hook({'n': 6}, message_id='m6'), 429, 'rate')
        self.assertEqual(len(self.rows(self.signed)), 300)
