import time
from datetime import timedelta
from unittest.mock import Mock, patch

from odoo.http import Response
from odoo.tests import tagged

from ...controllers import intake_flood
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
        intake_flood.forget()
        self.assertAnswer(self.form({'phone': PHONE, 'n': 2}), 202)

    def test_who_was_told_to_wait_is_told_again_for_a_second_without_asking_the_database(self):
        self.browser.rate_limit = 1
        self.form({'phone': PHONE, 'n': 1})
        refused = self.form({'phone': PHONE, 'n': 2})
        self.assertAnswer(refused, 429, 'rate')
        doors = self.env.registry['ir.http']
        with patch.object(doors, '_match', side_effect=AssertionError("The database is asked.")):
            again = self.form({'phone': PHONE, 'n': 3})
        self.assertAnswer(again, 429, 'rate')
        self.assertEqual(again.content, refused.content)
        without_date = [
            {name: value for name, value in answer.headers.items() if name != 'Date'}
            for answer in (refused, again)
        ]
        self.assertEqual(*without_date)
        # Neither the question that browsers ask first, nor another site, nor another form
        path, other = f'/ecrm/intake/{self.browser.public_key}', 'https://other.example.com'
        asked = self.url_open(path, method='OPTIONS', headers={'Origin': ORIGIN})
        self.assertEqual(asked.status_code, 204)
        self.assertAnswer(self.form({'phone': PHONE}, origin=other), 403, 'origin')
        self.assertAnswer(self.hook({'phone': PHONE}), 202)
        moment = time.monotonic() + intake_flood.REMEMBERED_SECONDS
        self.browser.rate_limit = 2
        with patch.object(intake_flood.time, 'monotonic', return_value=moment):
            self.assertAnswer(self.form({'phone': PHONE, 'n': 4}), 202)

    def test_a_source_that_is_over_is_remembered_for_every_address(self):
        request = Mock(db='shop', httprequest=Mock(path='/x', method='POST', headers={}))
        refusal = Response('{}', status=429)
        for whose, others in (('address', None), ('source', 429)):
            with self.subTest(whose):
                request.httprequest.remote_addr = '192.0.2.1'
                intake_flood.remember(request, refusal, whose)
                self.assertEqual(intake_flood._recall(request).status_code, 429)
                request.httprequest.remote_addr = '192.0.2.2'
                self.assertEqual(
                    getattr(intake_flood._recall(request), 'status_code', None), others
                )
        with patch.object(intake_flood, 'MAX_REMEMBERED', 2):
            request.httprequest.path = '/y'
            intake_flood.remember(request, refusal, 'source')
        self.assertEqual(len(intake_flood._refused), 1)

    def test_a_signed_source_is_stopped_by_a_hard_cap_only(self):
        self.signed.rate_limit = 1
        answers = [self.hook({'n': n}, message_id=f'm{n}') for n in range(5)]
        self.assertEqual([answer.status_code for answer in answers], [202] * 5)
        self.env['ecrm.submission'].create([
            dict(self.rows(self.signed)[0].copy_data()[0], idempotency_key=f'k{n}') for n in range(295)
        ])  # fmt: skip
        self.assertAnswer(self.hook({'n': 6}, message_id='m6'), 429, 'rate')
        self.assertEqual(len(self.rows(self.signed)), 300)
