from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests import freeze_time, tagged

from odoo.addons.base.models import ir_autovacuum

from .common_intake import IntakeCommon

MOMENT = timedelta(seconds=1)


@tagged('post_install', '-at_install')
class TestIntakeRetention(IntakeCommon):
    def _row(self, state, **values):
        row = self._accept(phone='0551234567', message=f"in {state} {values}")
        row.write({'state': state, **values})
        self.env.flush_all()
        return row

    def _after(self, moment, method):
        with freeze_time(moment):
            getattr(self.env['ecrm.submission'], method)()

    def test_what_nobody_answered_goes_the_moment_its_days_are_over(self):
        self.company.ecrm_intake_review_days = 30
        rows = {state: self._row(state) for state in ('review', 'dead', 'processed', 'new')}
        end = rows['review'].create_date + timedelta(days=30)
        self._after(end, '_gc_unanswered')
        self.assertTrue(all(row.exists() for row in rows.values()))
        self._after(rows['dead'].create_date + timedelta(days=30) + MOMENT, '_gc_unanswered')
        left = {state for state, row in rows.items() if row.exists()}
        self.assertEqual(left, {'processed', 'new'})

    def test_errors_of_old_attempts_go_and_their_form_stays(self):
        self.company.ecrm_intake_attempt_days = 20
        rows = [self._row('processed'), self._row('new')]
        for row in rows:
            row.attempt_ids.create(
                {'submission_id': row.id, 'error': "0551234567 cannot be reached"}
            )
        end = rows[0].attempt_ids.create_date + timedelta(days=20)
        self._after(end, '_gc_attempts')
        self.assertTrue(rows[0].attempt_ids)
        self._after(end + MOMENT, '_gc_attempts')
        self.assertFalse(rows[0].attempt_ids)
        self.assertTrue(rows[0].exists() and rows[1].attempt_ids)

    def test_visits_are_forgotten_and_the_source_of_the_lead_stays(self):
        self.company.ecrm_intake_visit_days = 100
        touches = {'first': {'utm_source': 'leaflet', 'gclid': 'abc', 'landing_page': '/shop'}}
        row = self._accept(phone='0551234567')
        row.write({'touches': touches, 'page': '/shop?gclid=abc'})
        self._process(row)
        lead = row.lead_id
        lead.source_id = self.env['utm.source'].create({'name': "Leaflet"})
        self.env.flush_all()
        self.assertIn('abc', lead.ecrm_first_touch)
        end = max(row.create_date, lead.create_date) + timedelta(days=100)
        self._after(end - MOMENT, '_gc_visits')
        self.assertTrue(lead.ecrm_first_touch and row.touches)
        self._after(end + MOMENT, '_gc_visits')
        self.assertFalse(row.touches or row.page or row.ip_hash)
        self.assertFalse(lead.ecrm_first_touch or lead.ecrm_last_touch or lead.ecrm_landing_page)
        self.assertEqual(lead.source_id.name, "Leaflet")

    def test_processed_forms_go_when_their_source_says(self):
        self.browser.retention_days = 10
        rows = [self._row(state) for state in ('processed', 'spam', 'refused')]
        end = rows[0].create_date + timedelta(days=10)
        self._after(end, '_gc_expired')
        self.assertTrue(all(row.exists() for row in rows))
        self._after(rows[-1].create_date + timedelta(days=10) + MOMENT, '_gc_expired')
        self.assertFalse(any(row.exists() for row in rows))

    def test_the_daily_cron_does_all_of_it(self):
        self.browser.retention_days = 10
        self.company.ecrm_intake_review_days = 10
        self.company.ecrm_intake_attempt_days = self.company.ecrm_intake_visit_days = 10
        rows = {state: self._row(state) for state in ('processed', 'review')}
        lead = self.env['crm.lead'].create({'name': "Visit", 'company_id': self.company.id})
        lead.ecrm_landing_page = '/shop?gclid=abc'
        other = self._new_source(kind='signed')
        kept = self._accept(other, phone='0661001471')
        kept.write({'state': 'refused', 'page': '/shop?gclid=abc'})
        kept.attempt_ids.create({'submission_id': kept.id, 'error': "Nobody at home"})
        self.env.flush_all()

        def is_ours(method, known=ir_autovacuum.is_autovacuum):
            return known(method) and method.__module__.startswith('odoo.addons.ecrm.')

        with (
            patch.object(ir_autovacuum, 'is_autovacuum', is_ours),
            freeze_time(fields.Datetime.now() + timedelta(days=11)),
            self.enter_registry_test_mode(),
        ):
            self.env.ref('base.autovacuum_job').method_direct_trigger()
        self.env.invalidate_all()
        self.assertFalse(any(row.exists() for row in rows.values()))
        self.assertFalse(kept.page or kept.attempt_ids or lead.ecrm_landing_page)
        self.assertTrue(kept.exists())

    def test_each_company_forgets_by_its_own_days_and_zero_keeps_for_ever(self):
        other = self.env['res.company'].create(
            {'name': "Second shop", 'ecrm_intake_review_days': 5}
        )
        self.company.ecrm_intake_review_days = 0
        mine, theirs = self._row('review'), self._row('review', company_id=other.id)
        self._after(fields.Datetime.now() + timedelta(days=2000), '_gc_unanswered')
        self.assertTrue(mine.exists())
        self.assertFalse(theirs.exists())

    def test_settings_name_the_bound_they_refuse(self):
        for field in (
            'ecrm_intake_review_days',
            'ecrm_intake_attempt_days',
            'ecrm_intake_visit_days',
        ):
            for value in (-1, 3651):
                with self.assertRaises(ValidationError) as refused:
                    self.company.with_context(lang='en_US')[field] = value
                self.assertIn("0 to 3650", str(refused.exception))
