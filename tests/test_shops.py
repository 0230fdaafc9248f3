"""Two shops in one Odoo: another company, currency, tax display, site and staff beside the first."""

from lxml import html

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from odoo.addons.ecrm.tests.dimension.common_dimension import DimensionCommon

OTHER_HOST = 'other-shop.example'


@tagged('post_install', '-at_install')
class TestShops(DimensionCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        env = cls.env
        euro = cls._new_currency('EUR')
        cls.other = env['res.company'].create({'name': "Other Shop", 'currency_id': euro.id})
        env.user.company_ids |= cls.other
        cls.other_site = env['website'].create({
            'name': "Other Shop", 'company_id': cls.other.id, 'domain': f'http://{OTHER_HOST}', 'sequence': 900,
        })  # fmt: skip
        country = env.ref('base.fr')
        cls.other.write({'country_id': country.id, 'account_fiscal_country_id': country.id})
        # After the country, which sets it anew
        cls.other_site.show_line_subtotals_tax_selection = 'tax_included'
        group = env['account.tax.group'].create({'name': "VAT", 'company_id': cls.other.id})
        cls.canvas.taxes_id = env['account.tax'].create({
            'name': "VAT 20", 'amount': 20, 'company_id': cls.other.id, 'tax_group_id': group.id,
            'country_id': country.id, 'price_include_override': 'tax_excluded',
        })  # fmt: skip
        cls.other_seller = cls._new_user('ecrm_other_seller', 'sales_team.group_sale_manager')
        cls.other_seller.write({
            'company_ids': [Command.set(cls.other.ids)], 'company_id': cls.other.id,
            'group_ids': [Command.link(env.ref('ecrm.group_complaint_manager').id)],
        })  # fmt: skip

    @classmethod
    def _new_currency(cls, name):
        """A currency worth 200 units of the first shop's in every company, today."""
        currency = (
            cls.env['res.currency'].with_context(active_test=False).search([('name', '=', name)])
        )
        currency.active = True
        base = cls.profile.currency_id
        (currency | base).rate_ids.unlink()
        cls.env['res.currency.rate'].create({
            'currency_id': currency.id, 'rate': 0.005, 'name': '2020-01-01', 'company_id': False,
        })  # fmt: skip
        return currency

    def setUp(self):
        super().setUp()
        self.authenticate(None, None)
        self.opener.cookies['frontend_lang'] = 'en_US'

    def _post(self, route, host=None, **values):
        headers = {'Host': host} if host else {}
        return self.opener.post(
            self.base_url() + route, headers=headers, timeout=60, allow_redirects=False, **values
        )

    def _price(self, host=None):
        params = {
            'product_template_id': self.canvas.id,
            'product_id': self.canvas.product_variant_id.id,
            'combination': [],
            'add_qty': 1,
            'ecrm_size': '50x100',
        }
        answer = self._post('/website_sale/get_combination_info', host, json={'params': params})
        return answer.json()['result']['price']

    def test_one_product_has_each_shops_price_for_a_size(self):
        self.assertAlmostEqual(self._price(), 5200)
        self.assertAlmostEqual(self._price(OTHER_HOST), 5200 * 0.005 * 1.20)

    def test_a_cart_of_the_other_shop_is_in_its_currency_and_company(self):
        params = {
            'product_template_id': self.canvas.id,
            'product_id': self.canvas.product_variant_id.id,
            'quantity': 2,
            'ecrm_size': '50x100',
        }
        self._post('/shop/cart/add', OTHER_HOST, json={'params': params})
        order = self.env['sale.order'].search([('website_id', '=', self.other_site.id)])
        self.assertEqual((order.company_id, order.currency_id.name), (self.other, 'EUR'))
        self.assertEqual(order.order_line.ecrm_size_label, "50 x 100 cm")
        self.assertAlmostEqual(order.amount_untaxed, 52)
        self.assertAlmostEqual(order.amount_total, 62.4)

    def test_a_form_of_the_other_shop_is_its_submission_and_its_lead(self):
        answer = self._post(
            '/website/form/crm.lead',
            OTHER_HOST,
            data={'contact_name': "Claire", 'phone': '+33612345678', 'name': "Toile"},
        )
        row = self.env['ecrm.submission'].search([('public_id', '=', answer.json()['id'])])
        self.assertEqual((row.website_id, row.company_id), (self.other_site, self.other))
        row._process_locked()
        self.assertEqual(row.lead_id.company_id, self.other)

    def test_a_complaint_of_the_other_shop_never_names_the_first_ones_order(self):
        order = self._new_order({'ecrm_size_input': '50x50'})
        order.action_confirm()
        form = self.opener.get(
            self.base_url() + '/complaint', headers={'Host': OTHER_HOST}, timeout=60
        )
        token = html.fromstring(form.text).xpath(
            "//form[contains(@action, '/complaint/send')]//input[@name='csrf_token']/@value"
        )[0]
        self._post(
            '/complaint/send',
            OTHER_HOST,
            data={
                'name': "Claire",
                'email': self.partner.email,
                'order': order.name,
                'text': "It is torn",
                'csrf_token': token,
            },
        )
        complaint = self.env['ecrm.complaint'].search([('company_id', '=', self.other.id)])
        self.assertEqual((complaint.order_typed, complaint.order_id.id), (order.name, False))

    def test_staff_of_one_shop_see_nothing_of_the_other(self):
        order = self._new_order({'ecrm_size_input': '50x50'})
        order.action_confirm()
        submission = self.env['ecrm.submission']._accept(
            self.env.ref('ecrm.source_site'), 'contact', {'name': "Amina", 'phone': '0551234567'},
            company=self.company,
        )  # fmt: skip
        complaint = self.env['ecrm.complaint'].create(
            {'name': "Torn", 'company_id': self.company.id}
        )
        self.env['ecrm.customer.indicator']._refresh_all()
        indicator = self.env['ecrm.customer.indicator'].search(
            [('partner_id', '=', self.partner.id), ('company_id', '=', self.company.id)]
        )
        job = self.env['ecrm.workshop.job'].search([('sale_line_id', 'in', order.order_line.ids)])
        there = {'allowed_company_ids': self.other.ids}
        for record in (submission, complaint, indicator, job):
            self.assertTrue(record.with_user(self.user_manager).has_access('read'), record)
            with self.subTest(record._name), self.assertRaises(AccessError):
                record.with_user(self.other_seller).with_context(**there).read(['display_name'])
            model = self.env[record._name].with_user(self.other_seller).with_context(**there)
            self.assertFalse(model.search([('id', 'in', record.ids)]))
