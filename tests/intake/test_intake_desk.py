from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import HttpCase, tagged

from ...models.intake.ecrm_submission_process import DELAYS
from .common_intake import IntakeCommon


@tagged('post_install', '-at_install')
class TestIntakeDesk(IntakeCommon, HttpCase):
    """What staff see of the forms and do about them, in a browser and beside it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (cls.user_sales + cls.user_manager).lang = 'en_US'

    def _fail(self, row, times=1):
        """Let processing fail, so many times."""

        def _process(_row):
            raise ValueError("The till is shut")

        with patch.object(type(row), '_process', _process):
            for _time in range(times):
                row._process_locked()
        return row

    def _age(self, rows, hours):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE ecrm_submission SET create_date = %s WHERE id IN %s",
            [fields.Datetime.now() - timedelta(hours=hours), tuple(rows.ids)],
        )
        self.env.invalidate_all()

    # === WALKS === #

    def test_a_salesperson_looks_through_what_arrived(self):
        touches = {'first': {'utm_source': 'facebook'}, 'last': {'utm_source': 'leaflet'}}
        known = self._process(
            self.env['ecrm.submission']._accept(
                self.browser, 'contact',
                {'name': "Desk Known", 'phone': '0663352542', 'email': 'other@example.com', 'desk_extra': 7},
                touches=touches,
            )
        )  # fmt: skip
        lead = known.lead_id
        lead.ecrm_first_contact_date = fields.Datetime.now()
        self._age(known, 2)
        self.env.add_to_compute(lead._fields['ecrm_contact_hours'], lead)
        self.env['ecrm.consent']._record(
            self.company, self.customer.email_normalized, 'newsletter', 'given', 'form'
        )
        failing = self._fail(self._accept(name="Desk Failing", phone='0551234501'))
        dead = self._fail(self._accept(name="Desk Dead", phone='0551234502'), len(DELAYS) + 1)
        odd = self._process(self._accept(name="Desk Odd"))
        self.assertEqual((failing.state, dead.state, odd.state), ('new', 'dead', 'review'))
        self.start_tour('/odoo/submissions', 'ecrm_intake_desk', login=self.user_sales.login)
        self.assertEqual(known.lead_id.partner_id, self.customer)
        self.assertEqual(self.customer.email, 'amina@example.com')
        self.assertEqual(failing.attempt_ids.mapped('is_success'), [True, False])
        self.assertTrue(dead.lead_id.active)
        self.assertFalse(dead.activity_ids)

    def test_an_administrator_is_told_of_dead_letters_and_of_silence(self):
        common = {'kind': 'signed', 'fallback_user_id': self.user_manager.id}
        silent = self._new_source(name="Desk Silent", silent_hours=24, **common)
        broken = self._new_source(name="Desk Broken", **common)
        self._age(self._process(self._accept(silent, phone='0551234501')), 30)
        self.env['ecrm.submission']._cron_watch_sources()
        dead = self._fail(
            self._accept(broken, name="Desk Dead", phone='0551234502'), len(DELAYS) + 1
        )
        self.assertEqual(dead.activity_ids.user_id, self.user_manager)
        self.start_tour('/odoo/form-sources', 'ecrm_intake_alarms', login=self.user_manager.login)

    # === BESIDE THE BROWSER === #

    def test_a_source_says_how_it_is(self):
        source = self._new_source(silent_hours=24)
        self.assertEqual(source.health, 'empty')
        row = self._process(self._accept(source, phone='0551234501'))
        source.invalidate_recordset()
        self.assertEqual(source.health, 'well')
        dead = self._fail(self._accept(source, phone='0551234502'), len(DELAYS) + 1)
        source.invalidate_recordset()
        self.assertEqual(source.health, 'failing')
        self._age(row + dead, 30)
        self.assertEqual(source.health, 'silent')
        sources = self.env['ecrm.source']
        self.assertIn(source, sources.search([('health', 'in', ('silent', 'failing'))]))
        self.assertNotIn(source, sources.search([('health', '=', 'well')]))

    def test_only_the_last_error_of_what_is_not_done_is_shown(self):
        row = self._fail(self._accept(phone='0551234501'))
        self.assertIn("The till is shut", row.last_error)
        row.with_user(self.user_sales).action_process_again()
        self.assertEqual((row.state, row.last_error), ('processed', False))

    def test_a_call_is_late_until_it_is_made(self):
        row = self._process(self._accept(kind='callback', phone='0551234501'))
        self.assertFalse(row.is_late)
        row.call_deadline = fields.Datetime.now() - timedelta(minutes=1)
        self.assertTrue(row.is_late)
        row.first_contact_date = fields.Datetime.now()
        self.assertFalse(row.is_late)

    def test_a_lead_and_its_appointment_are_named_in_the_language_of_who_calls(self):
        self.env['res.lang']._activate_lang('fr_FR')
        self.env['ir.module.module']._load_module_terms(['ecrm'], ['fr_FR'])
        self.user_sales.lang = 'fr_FR'
        row = self._process(self._accept(kind='callback', name="Nora", phone='0551234501'))
        self.assertEqual(row.lead_id.name, "Rappel : Nora")
        event = self.env['calendar.event'].search([('opportunity_id', '=', row.lead_id.id)])
        self.assertEqual(event.name, "Rappel : Nora")
        self.assertEqual(row.with_context(lang='en_US').display_name, "Call-back: Nora")
