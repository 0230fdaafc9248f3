from psycopg2 import IntegrityError

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_intake import IntakeCommon


@tagged('post_install', '-at_install')
class TestIntakeSettings(IntakeCommon):
    def setUp(self):
        super().setUp()
        self.website = self.env['website'].get_current_website()
        self.source = self.env['ecrm.source']._get_site_source(self.website)

    def test_the_settings_show_and_keep_what_the_websites_forms_do(self):
        self.source.callback_minutes = 45
        settings = self.env['res.config.settings'].create({})
        self.assertEqual(settings.ecrm_source_id, self.source)
        self.assertEqual(settings.ecrm_source_callback_minutes, 45)
        calendar = self.env['resource.calendar'].create({'name': "Open", 'company_id': False})
        settings.write(
            {
                'ecrm_source_callback_minutes': 15,
                'ecrm_source_calendar_id': calendar.id,
                'ecrm_source_retention_days': 365,
                'ecrm_source_rate_limit': 7,
                'ecrm_source_silent_hours': 72,
            }
        )
        settings.execute()
        source = self.source
        self.assertEqual((source.callback_minutes, source.calendar_id), (15, calendar))
        self.assertEqual(
            (source.retention_days, source.rate_limit, source.silent_hours), (365, 7, 72)
        )

    @mute_logger('odoo.sql_db')
    def test_a_limit_of_zero_minutes_is_refused(self):
        settings = self.env['res.config.settings'].create({})
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            settings.ecrm_source_callback_minutes = 0
            settings.flush_recordset()
            self.source.flush_recordset()

    def test_a_salesperson_changes_no_settings(self):
        with self.assertRaises(AccessError):
            self.env['res.config.settings'].with_user(self.user_sales).create({}).execute()
