from lxml import etree, html

from odoo.tests import HttpCase, tagged
from odoo.tools import file_open

from .common_intake import IntakeCommon


@tagged('post_install', '-at_install')
class TestIntakePages(IntakeCommon, HttpCase):
    def setUp(self):
        super().setUp()
        self.website = self.env['website'].get_current_website()

    def last(self):
        return self.env['ecrm.submission'].search([], limit=1)

    def _known_fields(self):
        """Give each type of field that the website builder can write anew, with what is typed into."""
        with file_open('website/static/src/xml/website_form_editor.xml', 'rb') as file:
            templates = {
                el.get('t-name'): el for el in etree.parse(file).iter() if el.get('t-name')
            }
        prefix = 'website.form_field_'

        def controls(kind, name):
            place = templates[name]
            found = set()
            for el in place.xpath(".//*[contains(@class, 's_website_form_input')][not(@disabled)]"):
                # The kind itself stands where the template takes it from the field
                given = kind if kind in ('email', 'tel', 'url') else 'text'
                found.add((el.tag, given if 't-att-type' in el.attrib else el.get('type')))
            for call in set(place.xpath('.//@t-call')) & templates.keys() - {name}:
                found |= controls(kind, call)
            return found

        return {
            name.removeprefix(prefix): controls(name.removeprefix(prefix), name)
            for name in templates
            if name.startswith(prefix)
        }

    def test_every_field_of_our_pages_is_of_a_type_that_the_website_builder_can_write(self):
        known = self._known_fields()
        for path, count in (('/contactus', 5), ('/callback', 3), ('/quote', 8), ('/newsletter', 1)):
            page = html.fromstring(self.url_open(path).content)
            fields = page.xpath("//form//*[contains(concat(@class, ' '), 's_website_form_field ')]")
            self.assertEqual(len(fields), count, path)
            for field in fields:
                [control] = field.xpath(".//*[contains(@class, 's_website_form_input')]")
                where = (path, control.get('name'), field.get('data-type'))
                self.assertIn(field.get('data-type'), known, where)
                self.assertIn(
                    (control.tag, control.get('type')), known[field.get('data-type')], where
                )

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
        # The sentence beside the form is what he is asked to confirm
        self._process(row)
        consent = self.env['ecrm.consent'].search([('submission_id', '=', row.id)])
        self.assertEqual(
            (consent.purpose, consent.status, consent.text, len(consent.version)),
            ('newsletter', 'asked', "You confirm by e-mail, and leave with one click.", 12),
        )
        self.assertIn('/newsletter', consent.page)
