from datetime import timedelta

from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common_intake import IntakeCommon


@tagged('post_install', '-at_install')
class TestIntakeAccept(IntakeCommon):
    def test_what_arrives_is_stored_before_anything_is_made_of_it(self):
        submission = self._accept(
            name="Amina", phone='0551 23 45 67', message="Bonjour", colour='red'
        )
        self.assertEqual(submission.state, 'new')
        self.assertFalse(submission.lead_id)
        self.assertEqual(submission.phone, '+213551234567')
        self.assertEqual(submission.payload['phone'], '0551 23 45 67')
        self.assertEqual(submission.ignored, 'colour')

    def test_the_processor_is_woken_at_once(self):
        cron = self.env.ref('ecrm.ir_cron_process_submissions')
        before = self.env['ir.cron.trigger'].search_count([('cron_id', '=', cron.id)])
        self._accept(name="A", phone='0551234567')
        after = self.env['ir.cron.trigger'].search_count([('cron_id', '=', cron.id)])
        self.assertEqual(after, before + 1)

    def test_a_replay_of_what_still_waits_wakes_the_processor_again(self):
        cron = self.env.ref('ecrm.ir_cron_process_submissions')
        row = self._accept(name="A", phone='0551234567')
        triggers = self.env['ir.cron.trigger'].search([('cron_id', '=', cron.id)])
        triggers.unlink()
        self.assertEqual(self._accept(name="A", phone='0551234567'), row)
        self.assertEqual(self.env['ir.cron.trigger'].search_count([('cron_id', '=', cron.id)]), 1)
        # Not what waits for its next attempt, nor what is done
        row.next_attempt = fields.Datetime.now() + timedelta(minutes=5)
        self._accept(name="A", phone='0551234567')
        self._process(row)
        self._accept(name="A", phone='0551234567')
        self.assertEqual(self.env['ir.cron.trigger'].search_count([('cron_id', '=', cron.id)]), 1)

    def test_same_key_and_content_is_the_first_row_again(self):
        store = self.env['ecrm.submission']._store
        first, outcome = store(self.browser, 'contact', {'name': 'A'}, idempotency_key='k')
        self.assertEqual(outcome, 'new')
        self.assertEqual(
            store(self.browser, 'contact', {'name': 'A'}, idempotency_key='k'), (first, 'replay')
        )
        self.assertEqual(
            store(self.signed, 'contact', {'name': 'A'}, idempotency_key='k')[1], 'new'
        )

    def test_same_key_and_other_content_is_kept_for_review_once(self):
        store = self.env['ecrm.submission']._store
        first = store(self.browser, 'contact', {'name': 'A'}, idempotency_key='k')[0]
        second, outcome = store(self.browser, 'contact', {'name': 'B'}, idempotency_key='k')
        self.assertEqual((outcome, second.state), ('conflict', 'review'))
        self.assertNotEqual(first, second)
        self.assertEqual(
            store(self.browser, 'contact', {'name': 'B'}, idempotency_key='k')[0], second
        )

    def test_equal_posts_without_a_key_are_one_within_ten_minutes(self):
        with freeze_time('2026-03-01 10:00:05'):
            first = self._accept(name="A", phone='0551234567')
            self.assertEqual(self._accept(name="A", phone='0551234567'), first)
        with freeze_time('2026-03-01 10:11:00'):
            self.assertNotEqual(self._accept(name="A", phone='0551234567'), first)

    def test_nul_and_half_characters_do_not_reach_the_database(self):
        submission = self._accept(name="A\x00mina \ud83d", phone='0551234567', message='\x00')
        self.env.flush_all()
        self.assertEqual(submission.contact_name, "Amina \ufffd")

    def test_script_is_stored_as_text(self):
        submission = self._process(
            self._accept(name="A", phone='0551234567', message='<script>1</script>')
        )
        self.assertNotIn('<script>', submission.lead_id.description)
        self.assertIn('&lt;script&gt;', submission.lead_id.description)

    def test_header_injection_drops_the_address_and_keeps_the_lead(self):
        submission = self._process(
            self._accept(name="A", phone='0551234567', email="a@b.dz\nBcc: c@d.dz")
        )
        self.assertFalse(submission.email)
        self.assertIn('email_dropped', submission.flags)
        self.assertFalse(submission.lead_id.email_from)
        self.assertIn('Bcc', submission.payload['email'])

    def test_a_stranger_assigns_nothing(self):
        submission = self._process(
            self._accept(
                name="A", phone='0551234567', user_id=1, team_id=99, stage_id=4, company_id=7
            )
        )
        self.assertEqual(submission.lead_id.user_id, self.user_sales)
        self.assertEqual(submission.lead_id.team_id, self.team)
        self.assertIn('team_id', submission.ignored)

    def test_one_key_is_one_row_in_the_database_too(self):
        first = self._accept(name="A")
        with self.assertRaises(IntegrityError), mute_logger('odoo.sql_db'), self.cr.savepoint():
            first.copy({'idempotency_key': first.idempotency_key})

    def test_what_waits_cannot_be_deleted(self):
        with self.assertRaises(UserError):
            self._accept(name="A").unlink()

    def test_an_unknown_kind_becomes_the_sources_own(self):
        self.assertEqual(self._accept(kind='nonsense', name="A").kind, 'contact')

    def test_old_rows_leave_after_the_sources_time_and_their_lead_stays(self):
        submission = self._process(self._accept(name="A", phone='0551234567'))
        lead = submission.lead_id
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE ecrm_submission SET create_date = now() - interval '800 days' WHERE id = %s",
            [submission.id],
        )
        self.env.invalidate_all()
        self.env['ecrm.submission']._gc_expired()
        self.assertFalse(submission.exists())
        self.assertTrue(lead.exists())
