import json

from lxml import html

from odoo.tests import HttpCase, tagged

from .common_intake import IntakeCommon


@tagged('post_install', '-at_install')
class TestIntakeLegal(IntakeCommon, HttpCase):
    """What the law asks for is linked on each page."""

    def setUp(self):
        super().setUp()
        self.website = self.env['website'].get_current_website()
        # Odoo's shop switches its own page on at its installation
        self.env['ir.config_parameter'].set_param('account.use_invoice_terms', False)

    def links(self, path):
        page = html.fromstring(self.url_open(path).text)
        return page.xpath("//*[contains(@class, 'o_ecrm_legal')]//a/@href")

    def test_odoos_own_conditions_are_linked_once_they_are_switched_on(self):
        self.env['ir.config_parameter'].set_param('account.use_invoice_terms', True)
        self.website.company_id.terms_type = 'html'
        self.assertEqual(self.links('/shop'), ['/terms', '/privacy'])
        self.assertEqual(self.links('/terms'), ['/terms', '/privacy'])

    def test_conditions_and_privacy_are_one_click_from_every_page(self):
        product = self.env['product.product'].create(
            {'name': "Legal", 'list_price': 10, 'website_published': True, 'sale_ok': True}
        )
        for path in (
            '/',
            '/shop',
            product.website_url,
            '/shop/cart',
            '/contactus',
            '/callback',
            '/quote',
            '/newsletter',
            '/privacy',
            '/conditions',
            '/complaint',
            '/web/login',
        ):
            self.assertEqual(self.links(path), ['/conditions', '/privacy'], path)
        # The order form has no footer, and the links all the same
        body = json.dumps(
            {
                'params': {
                    'product_template_id': product.product_tmpl_id.id,
                    'product_id': product.id,
                    'quantity': 1,
                }
            }
        )
        self.url_open('/shop/cart/add', data=body, headers={'Content-Type': 'application/json'})
        self.assertEqual(self.links('/shop/cart'), ['/conditions', '/privacy'])
        form = self.url_open('/shop/checkout')
        self.assertIn('/shop/address', form.url)
        self.assertNotIn('id="bottom"', form.text)
        self.assertEqual(self.links('/shop/address'), ['/conditions', '/privacy'])

    def test_every_website_and_language_has_both(self):
        other = self.env['website'].create({'name': "Another shop", 'domain': 'http://127.0.0.2'})
        self.assertEqual(other._ecrm_get_conditions_url(), '/conditions')
        for xmlid in ('ecrm.website_page_privacy', 'ecrm.website_page_conditions'):
            page = self.env.ref(xmlid)
            self.assertFalse(page.website_id)
            self.assertTrue(page.is_published)
        for path in ('/privacy', '/conditions'):
            self.assertEqual(self.url_open(path).status_code, 200)
