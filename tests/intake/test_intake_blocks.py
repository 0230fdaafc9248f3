from odoo.tests import HttpCase, new_test_user, tagged

from .common_intake import IntakeCommon


@tagged('post_install', '-at_install')
class TestIntakeBlocks(IntakeCommon, HttpCase):
    """The forms as an editor and as a visitor meet them."""

    def setUp(self):
        super().setUp()
        self.website = self.env['website'].get_current_website()

    def last(self):
        return self.env['ecrm.submission'].search([], limit=1)

    def test_an_editor_drops_the_forms_on_a_page_and_a_visitor_sends_one(self):
        view = self.env['ir.ui.view'].create(
            {
                'name': "Blocks",
                'type': 'qweb',
                'key': 'ecrm.block_test',
                'arch': '<t t-call="website.layout"><div id="wrap" class="oe_structure"/></t>',
            }
        )
        self.env['website.page'].create(
            {
                'url': '/block-test',
                'view_id': view.id,
                'is_published': True,
                'website_id': self.website.id,
            }
        )
        new_test_user(
            self.env,
            'ecrm_editor',
            'base.group_user,website.group_website_designer,base.group_partner_manager',
            company_id=self.website.company_id.id,
            company_ids=[(6, 0, self.website.company_id.ids)],
            # The tour calls the categories of blocks by their English names
            lang='en_US',
        )
        self.start_tour(
            self.env['website'].get_client_action_url('/block-test', True),
            'ecrm_intake_block_edit',
            login='ecrm_editor',
            timeout=180,
        )
        saved = self.url_open('/block-test').text
        for kind in ('contact', 'quote', 'callback', 'newsletter'):
            self.assertIn(f's_ecrm_{kind} ', saved)
            self.assertIn(f'name="ecrm_kind" value="{kind}"', saved)
        before = self.env['ecrm.submission'].search_count([])
        self.start_tour('/block-test', 'ecrm_intake_block_visit')
        self.assertEqual(self.env['ecrm.submission'].search_count([]), before + 1)
        row = self.last()
        self.assertEqual(
            (row.kind, row.contact_name, row.phone), ('quote', "Lina Bloc", '+213551234588')
        )
