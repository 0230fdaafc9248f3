from odoo.tests import HttpCase, tagged

from .common_intake import IntakeCommon


@tagged('post_install', '-at_install')
class TestIntakePages(IntakeCommon, HttpCase):
    def setUp(self):
        super().setUp()
        self.website = self.env['website'].get_current_website()

    def last(self):
        return self.env['ecrm.submission'].search([], limit=1)

    def test_a_contact_page_that_the_shop_had_changed_stays_as_it_was(self):
        page = self.env.ref('website.contactus')
        mine = self.env['website'].create({'name': "Ours since long"})
        page.with_context(website_id=mine.id).write({'name': "Our own page"})
        own = page._get_specific_views().filtered(lambda view: view.website_id == mine)
        ours = self.env.ref('ecrm.contactus')
        # As on the day of the installation: theirs is there, ours is not
        ours._get_specific_views().filtered(lambda view: view.website_id == mine).unlink()
        self.env['website']._ecrm_keep_contact_pages()
        self.env['ir.ui.view']._create_all_specific_views(['ecrm'])
        arch = own.with_context(website_id=mine.id)._get_combined_arch()
        self.assertFalse(arch.xpath("//*[hasclass('o_ecrm_intake')]"))
        # The others have ours
        self.assertTrue(ours.active)
        arch = page.with_context(website_id=self.website.id)._get_combined_arch()
        self.assertTrue(arch.xpath("//*[hasclass('o_ecrm_intake')]"))

    def test_a_contact_page_changed_for_every_website_stays_too(self):
        page, ours = self.env.ref('website.contactus'), self.env.ref('ecrm.contactus')
        page.with_context(no_cow=True).write({'arch_updated': True})
        self.env['website']._ecrm_keep_contact_pages()
        self.assertFalse(ours.active)

    def test_quote_and_newsletter_in_a_browser_refuse_beside_the_field_and_lose_nothing(self):
        self.start_tour('/quote?product=M054', 'ecrm_intake_quote')
        row = self.last()
        self.assertEqual(
            (row.kind, row.contact_name, row.phone), ('quote', "Lina Devis", '+213551234599')
        )
        self.start_tour('/newsletter', 'ecrm_intake_newsletter')
        row = self.last()
        self.assertEqual((row.kind, row.email), ('newsletter', 'lina@example.com'))
