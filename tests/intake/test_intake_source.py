from unittest.mock import patch

from lxml import html
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger
from odoo.tools.translate import code_translations

from .common_intake import IntakeCommon

ORIGIN = 'https://shop.example.com'


@tagged('post_install', '-at_install')
class TestIntakeSource(IntakeCommon):
    def test_origins_are_scheme_and_host_only(self):
        self.browser.allowed_origins = "https://a.dz\n  http://localhost:8000/\n"
        self.assertEqual(self.browser._get_origins(), ['https://a.dz', 'http://localhost:8000'])
        for origin in ('a.dz', 'https://a.dz/path', '*', 'javascript:1', 'https://a.dz:port'):
            with self.assertRaises(ValidationError):
                self.browser.allowed_origins = origin

    def test_a_field_map_names_known_fields_only(self):
        self.browser.field_map = "your-name = name\ntel1=phone"
        submission = self._accept(**{'your-name': "Amina", 'tel1': '0551234567'})
        self.assertEqual((submission.contact_name, submission.phone), ("Amina", '+213551234567'))
        with self.assertRaises(ValidationError):
            self.browser.field_map = "boss = user_id"

    def test_limits_have_bounds(self):
        for values in ({'rate_limit': 0}, {'max_kilobytes': 5000}, {'token_minutes': 1}):
            with self.assertRaises(IntegrityError), mute_logger('odoo.sql_db'), self.cr.savepoint():
                self.browser.write(values)
                self.env.flush_all()

    def test_a_new_secret_keeps_the_one_before_it(self):
        first = self.signed.secret
        self.signed.action_rotate_secret()
        self.assertNotEqual(self.signed.secret, first)
        self.assertEqual(self.signed._get_secrets(), [self.signed.secret, first])

    def test_secrets_are_for_the_system_alone_whichever_way_they_are_asked_for(self):
        self.signed.action_rotate_secret()
        secrets = self.signed._get_secrets()
        self.assertEqual(len(secrets), 2)
        self.user_manager.group_ids |= self.env.ref('base.group_allow_export')
        seen = self.signed.with_user(self.user_manager)
        for ask in (
            lambda: seen.read(['secret']),
            lambda: seen.read(['previous_secret']),
            lambda: seen.export_data(['secret']),
            lambda: seen.search([('secret', '=', secrets[0])]),
            lambda: seen.formatted_read_group([], ['secret'], ['__count']),
            seen.action_rotate_secret,
        ):
            with self.assertRaises(AccessError):
                ask()
        shown = str([seen.read()[0], seen.copy_data(), seen.message_ids.mapped('body')])
        for secret in secrets:
            self.assertNotIn(secret, shown)

    def test_a_token_serves_one_source_one_origin_and_its_time(self):
        with freeze_time('2026-03-01 10:00:00'):
            token = self.browser._mint_token(ORIGIN)
            self.assertEqual(self.browser._check_token(token, ORIGIN), 'token_early')
        with freeze_time('2026-03-01 10:00:03'):
            self.assertEqual(self.browser._check_token(token, ORIGIN), '')
            self.assertEqual(self.browser._check_token(token, 'https://evil.example.com'), 'token')
            self.assertEqual(self.signed._check_token(token, ORIGIN), 'token')
            for forged in ('', None, 'x', token[:-4], token + 'A', 5, '\x00', 'é', 'A' * 9000):
                self.assertEqual(self.browser._check_token(forged, ORIGIN), 'token', forged)
        with freeze_time('2026-03-01 13:00:00'):
            self.assertEqual(self.browser._check_token(token, ORIGIN), 'token')

    def test_a_site_is_served_by_a_source_of_its_own_company_only(self):
        sources = self.env['ecrm.source']
        sources.search([('kind', '=', 'site')]).active = False
        company = self.env['res.company'].create({'name': "Another shop"})
        website = self.env['website'].search([('company_id', '=', self.company.id)], limit=1)
        foreign = sources.create({'name': "Theirs", 'kind': 'site', 'company_id': company.id})
        self.assertNotEqual(sources._get_site_source(website), foreign)
        sources.search([('kind', '=', 'site')]).active = False
        foreign.write({'active': True, 'company_id': self.company.id})
        self.assertEqual(sources._get_site_source(website), foreign)

    def test_a_browser_source_shows_its_snippet(self):
        self.assertIn(self.browser.public_key, self.browser.snippet)
        self.assertIn('/ecrm/hook/' + self.signed.public_key, self.signed.snippet)

    def test_a_snippet_asks_for_what_its_kind_needs_and_says_what_is_agreed_to(self):
        for kind, wanted in (
            ('newsletter', ['email']), ('callback', ['name', 'phone']),
            ('quote', ['name', 'phone', 'size', 'message']), ('contact', ['name', 'phone', 'message']),
        ):  # fmt: skip
            self.browser.default_kind = kind
            form = html.fromstring(self.browser.snippet).find('.//form')
            controls = form.xpath('.//input | .//textarea')
            self.assertEqual([control.get('name') for control in controls], wanted)
            self.assertTrue(all(control.getparent().tag == 'label' for control in controls))
            self.assertEqual(form.get('data-ecrm-kind'), kind)
            self.assertTrue(form.findtext('small[@data-ecrm-consent]').strip())

    def test_a_snippet_is_in_the_language_of_who_looks_at_it(self):
        self.env['res.lang']._activate_lang('fr_FR')
        french = {"Phone": "Téléphone", "Send": "Envoyer <ici>"}
        with patch.object(
            type(code_translations),
            'get_python_translations',
            lambda _self, _module, lang: french if lang == 'fr_FR' else {},
        ):
            snippet = self.browser.with_context(lang='fr_FR').snippet
            self.assertIn("Téléphone", snippet)
            self.assertIn("Envoyer &lt;ici&gt;", snippet)
            self.assertIn("Phone", self.browser.with_context(lang='en_US').snippet)

    def test_refused_copies_are_bounded(self):
        submissions = self.env['ecrm.submission']
        kept = [
            submissions._keep_refused(self.signed, b'{"n": %d}' % n, 'mismatch') for n in range(105)
        ]
        self.assertEqual(len([row for row in kept if row]), 100)
        self.assertEqual(self.signed.refused_count, 100)
        kept[0].action_process_again()
        self.assertEqual(kept[0].payload, {'n': 0})

    def test_the_58_wilayas_are_there_once(self):
        states = self.env['res.country.state']
        domain = [('country_id', '=', self.algeria.id)]
        self.assertEqual(states.search_count(domain), 58)
        states._ecrm_load_wilayas()
        self.assertEqual(states.search_count(domain), 58)
