from odoo.tests import HttpCase, new_test_user, tagged

from .common_intake import IntakeCommon


@tagged('post_install', '-at_install')
class TestIntakeEditor(IntakeCommon, HttpCase):
    def test_an_editor_changes_the_call_back_page_and_the_form_still_sends(self):
        website = self.env['website'].get_current_website()
        new_test_user(
            self.env,
            'ecrm_editor',
            'base.group_user,website.group_website_designer,base.group_partner_manager',
            company_id=website.company_id.id,
            company_ids=[(6, 0, website.company_id.ids)],
            lang='en_US',
        )
        self.start_tour(
            self.env['website'].get_client_action_url('/callback', True),
            'ecrm_intake_editor',
            login='ecrm_editor',
        )
        self.assertIn("We ring you back", self.url_open('/en/callback').text)
        self.start_tour('/callback', 'ecrm_intake_callback')
        row = self.env['ecrm.submission'].search([], limit=1)
        self.assertEqual((row.kind, row.contact_name), ('callback', "Karim Tour"))
        # What the visitor read, not what stood there before
        self._process(row)
        consent = self.env['ecrm.consent'].search([('submission_id', '=', row.id)])
        self.assertEqual(consent.text, "We ring you once and forget your number.")
