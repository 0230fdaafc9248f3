from collections import defaultdict
from urllib.parse import urlsplit

from lxml import html

from odoo.fields import Command
from odoo.http import root
from odoo.tests import HttpCase, tagged

from .common_intake import IntakeCommon

OTHER_HOST = 'another-shop.example'


@tagged('post_install', '-at_install')
class TestIntakeLegal(IntakeCommon, HttpCase):
    """What the law asks for is linked on each page."""

    def setUp(self):
        super().setUp()
        self.website = self.env['website'].get_current_website()
        # Odoo's shop switches its own page on at its installation
        self.env['ir.config_parameter'].set_param('account.use_invoice_terms', False)

    def links(self, path, lands_on=None):
        answer = self.url_open(path)
        if lands_on:
            self.assertEqual(urlsplit(answer.url).path, lands_on)
        page = html.fromstring(answer.text)
        return page.xpath("//*[contains(@class, 'o_ecrm_legal')]//a/@href")

    def _fill_cart(self, product):
        params = {
            'product_template_id': product.product_tmpl_id.id,
            'product_id': product.id,
            'quantity': 1,
        }
        answer = self.url_open('/shop/cart/add', json={'params': params})
        self.assertEqual(answer.json()['result']['quantity'], 1)

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
        self._fill_cart(product)
        self.assertEqual(self.links('/shop/cart'), ['/conditions', '/privacy'])
        form = self.url_open('/shop/checkout')
        self.assertIn('/shop/address', form.url)
        self.assertNotIn('id="bottom"', form.text)
        self.assertEqual(self.links('/shop/address'), ['/conditions', '/privacy'])

    def test_every_step_of_an_order_has_both(self):
        self.partner.write({
            'street': "1 rue Didouche", 'city': "Alger", 'zip': '16000', 'phone': '0551234567',
            'country_id': self.env.ref('base.dz').id, 'state_id': self.env.ref('base.dz').state_ids[:1].id,
        })  # fmt: skip
        self.website._get_checkout_step('/shop/extra_info').is_published = True
        self.env.ref('website_sale.extra_info').active = True
        product = self.env['product.product'].create(
            {'name': "Legal", 'list_price': 10, 'website_published': True, 'type': 'service'}
        )
        self.user_portal.lang = 'en_US'
        self.authenticate(self.user_portal.login, self.user_portal.login)
        self._fill_cart(product)
        for path in (
            '/shop/cart',
            '/shop/checkout',
            '/shop/address',
            '/shop/extra_info',
            '/shop/payment',
        ):
            self.assertEqual(self.links(path, lands_on=path), ['/conditions', '/privacy'], path)
        order = self.env['sale.order'].search([('partner_id', '=', self.partner.id)])
        order.action_confirm()
        self.session['sale_last_order_id'] = order.id
        root.session_store.save(self.session)
        path = '/shop/confirmation'
        self.assertEqual(self.links(path, lands_on=path), ['/conditions', '/privacy'])

    def test_every_website_and_language_has_both(self):
        languages = self.env['res.lang']
        for code in ('en_US', 'fr_FR', 'ar_001'):
            languages |= languages._activate_lang(code)
        self.env['ir.module.module']._load_module_terms(['ecrm'], ['fr_FR', 'ar_001'])
        other = self.env['website'].create({
            'name': "Another shop", 'domain': f'http://{OTHER_HOST}', 'sequence': 900,
            'language_ids': [Command.set(languages.ids)], 'default_lang_id': languages[0].id,
        })  # fmt: skip
        said = defaultdict(set)
        for lang in languages:
            prefix = '' if lang == languages[0] else f'/{lang.url_code}'
            for path in ('/privacy', '/conditions', '/shop', '/contactus'):
                answer = self.url_open(prefix + path, headers={'Host': OTHER_HOST})
                self.assertEqual(answer.status_code, 200)
                page = html.fromstring(answer.content)
                self.assertEqual(page.get('data-website-id'), str(other.id))
                self.assertEqual(page.get('lang'), lang.code.replace('_', '-'))
                links = page.xpath("//*[contains(@class, 'o_ecrm_legal')]//a")
                self.assertEqual(
                    [link.get('href') for link in links],
                    [f'{prefix}/conditions', f'{prefix}/privacy'],
                )
                said[path].add(page.xpath('normalize-space(//h1)'))
                said['links'].update(link.text for link in links)
        for place, count in (('/privacy', 3), ('/conditions', 3), ('links', 6)):
            self.assertEqual(len(said[place]), count, said[place])
