from odoo.fields import Command
from odoo.http import root
from odoo.tests import tagged

from odoo.addons.website_sale.tests.common import MockRequest

from .common_dimension import DimensionShopCommon


@tagged('post_install', '-at_install')
class TestDimensionReprice(DimensionShopCommon):
    """Another pricelist, visitor, address or quantity prices the sizes of a cart anew."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        company = cls.website.company_id
        cls.user_portal.company_ids |= company
        cls.user_portal.company_id = company
        cls.env['product.pricelist'].search([]).active = False
        cls.usual = cls._new_pricelist("Usual")

    @classmethod
    def _new_pricelist(cls, name, percent=0, **rule):
        rules = [
            {
                'compute_price': 'percentage',
                'percent_price': percent,
                'applied_on': '3_global',
                **rule,
            }
        ]
        return cls.env['product.pricelist'].create({
            'name': name, 'selectable': True, 'website_id': cls.website.id,
            'currency_id': cls.website.company_id.currency_id.id,
            'item_ids': list(map(Command.create, rules)) if percent else [],
        })  # fmt: skip

    def _price(self, line):
        line.invalidate_recordset()
        return line.price_unit * (1 - line.discount / 100)

    def test_another_pricelist_prices_the_sizes_anew(self):
        line, custom = self._add('40/50*3'), self._add('45x72*2')
        self.url_open(f'/shop/change_pricelist/{self._new_pricelist("Friends", 10).id}')
        self.assertAlmostEqual(self._price(line), 8280)
        self.assertAlmostEqual(self._price(custom), 5832)
        self.url_open(f'/shop/change_pricelist/{self.usual.id}')
        self.assertAlmostEqual(self._price(line), 9200)

    def test_another_quantity_finds_another_rule_for_the_same_size(self):
        self.usual.item_ids = [Command.create({
            'compute_price': 'percentage', 'percent_price': 20, 'min_quantity': 3, 'applied_on': '3_global',
        })]  # fmt: skip
        line = self._add('50x50')
        self.assertAlmostEqual(self._price(line), 3400)
        for quantity, price in ((3, 2720), (2, 3400)):
            self._call('/shop/cart/update', line_id=line.id, quantity=quantity)
            self.assertAlmostEqual(self._price(line), price)
            self.assertEqual(line.ecrm_size_label, "50 x 50 cm")

    def test_who_logs_in_pays_his_own_price_for_the_sizes_of_the_cart(self):
        self.partner.with_company(
            self.website.company_id
        ).specific_property_product_pricelist = self._new_pricelist("Club", 25)
        line = self._add('40/50*3')
        self.assertAlmostEqual(self._price(line), 9200)
        # The same session, and in it somebody who is known
        cart = line.order_id
        self.authenticate('ecrm_portal', 'ecrm_portal')
        self.session['sale_order_id'] = cart.id
        self.session.pop('website_sale_current_pl', None)
        root.session_store.save(self.session)
        self._call('/shop/cart/update', line_id=line.id, quantity=2)
        self.assertEqual(cart.partner_id, self.partner)
        self.assertAlmostEqual(self._price(line), 6900)
        self.assertEqual((line.product_uom_qty, line.ecrm_panels), (2, 3))

    def test_another_address_prices_the_sizes_with_its_own_taxes(self):
        company = self.website.company_id
        self.canvas.sudo().taxes_id = self.env['account.tax'].create({
            'name': "19 % in the price", 'amount': 19, 'company_id': company.id, 'price_include_override': 'tax_included',
        })  # fmt: skip
        abroad = self.env.ref('base.nz')
        self.env['account.fiscal.position'].search(
            [('company_id', '=', company.id)]
        ).auto_apply = False
        self.env['account.fiscal.position'].create({
            'name': "Abroad, without tax", 'auto_apply': True, 'country_id': abroad.id, 'company_id': company.id,
        })  # fmt: skip
        buyer = self.env['res.partner'].create({'name': "Aroha", 'country_id': abroad.id})
        cart = self.env['sale.order'].create({
            'partner_id': self.website.partner_id.id, 'website_id': self.website.id, 'company_id': company.id,
        })  # fmt: skip
        with MockRequest(self.env, website=self.website):
            cart._cart_add(self.canvas.product_variant_id.id, 1, ecrm_size='40/50*3')
            self.assertAlmostEqual(cart.amount_total, 9200)
            cart._update_address(buyer.id, ['partner_id'])
        self.assertFalse(cart.order_line.tax_ids)
        self.assertAlmostEqual(cart.amount_total, 7731.09)
        self.assertEqual(cart.order_line.ecrm_size_label, "40 x 50 cm x 3 panels")
