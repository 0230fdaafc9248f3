import random

from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.website_sale.tests.common import MockRequest

from .common_dimension import DimensionCommon

SEED = 20210928


@tagged('post_install', '-at_install')
class TestDimensionEqual(DimensionCommon):
    """One price everywhere: page, cart, order and API, to the cent."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.random = random.Random(SEED)
        cls.foreign = cls.env['res.currency'].search([('id', '!=', cls.currency.id)], limit=1)
        cls.env['res.currency.rate'].create({
            'currency_id': cls.foreign.id, 'company_id': cls.company.id, 'rate': 0.0067, 'name': '2020-01-01',
        })  # fmt: skip

    def _pricelists(self):
        percentage = {'compute_price': 'percentage', 'percent_price': 12.5}
        formula = {
            'compute_price': 'formula',
            'price_discount': 7,
            'price_surcharge': 3.33,
            'price_round': 0.05,
        }
        per_area = {'compute_price': 'fixed', 'fixed_price': 987.65, 'ecrm_fixed_per': 'area'}
        bulk = {'compute_price': 'percentage', 'percent_price': 30, 'min_quantity': 3}
        yield self.env['product.pricelist'].create(
            {'name': "Plain", 'currency_id': self.currency.id}
        )
        for rule in (percentage, formula, per_area, bulk):
            for currency in (self.currency, self.foreign):
                yield self.env['product.pricelist'].create({
                    'name': "Test", 'currency_id': currency.id,
                    'item_ids': [Command.create({**rule, 'applied_on': '3_global'})],
                })  # fmt: skip

    def _shake_profile(self):
        self.profile.write({
            'price_model': self.random.choice(['area', 'perimeter', 'united', 'area_perimeter', 'fixed']),
            'area_rate': self.random.randint(1, 900_000) / 100,
            'length_rate': self.random.randint(1, 90_000) / 100,
            'fixed_price': self.random.randint(1, 90_000) / 100,
            'panel_fee': self.random.choice([0, 12.34]),
            'minimum_price': self.random.choice([0, 99.99]),
            'price_step': self.random.choice([0, 0.05, 10]),
            'wrap': self.random.choice([0, 2.5]),
            'waste': self.random.choice([0, 7]),
        })  # fmt: skip

    def test_page_cart_order_and_api_agree_to_the_cent(self):
        template, variant = self.canvas, self.canvas.product_variant_id
        for pricelist in self._pricelists():
            self._shake_profile()
            for _round in range(4):
                text = f'{self.random.randint(40, 400) / 2}x{self.random.randint(40, 400) / 2}'
                text += f'*{self.random.randint(1, 4)}'
                quantity = self.random.choice([1, 2, 5])
                size = self.profile._read_size(text)
                order = self._new_order(
                    {'ecrm_size_input': text, 'product_uom_qty': quantity},
                    pricelist_id=pricelist.id,
                )
                line = order.order_line
                api = self.env['ecrm.size.quote']._quote(
                    [{'product': template.id, 'size': text, 'quantity': quantity}], pricelist.id
                )[0]
                cart = self.env['sale.order'].create({
                    'partner_id': self.partner.id, 'website_id': self.website.id, 'pricelist_id': pricelist.id,
                })  # fmt: skip
                cart._cart_add(variant.id, quantity, ecrm_size=text)
                shown = line.price_unit * (1 - line.discount / 100)
                message = (
                    f'{SEED} {text} {pricelist.item_ids.compute_price} {self.profile.price_model}'
                )
                self.assertEqual(line.currency_id.compare_amounts(shown, api['price']), 0, message)
                self.assertEqual(cart.order_line.price_subtotal, line.price_subtotal, message)
                with MockRequest(
                    self.env, website=self.website, website_sale_current_pl=pricelist.id
                ):
                    sized = template.with_context(**template._get_ecrm_context(size))
                    if pricelist.currency_id == self.website.currency_id:
                        page = sized._get_combination_info(add_qty=quantity)
                        self.assertEqual(
                            line.currency_id.compare_amounts(page['price'], shown), 0, message
                        )

    def test_a_tax_is_added_once_everywhere(self):
        tax = self.env['account.tax'].create({
            'name': "19", 'amount': 19, 'company_id': self.company.id, 'price_include_override': 'tax_excluded',
        })  # fmt: skip
        self.canvas.sudo().taxes_id = tax
        order = self._new_order({'ecrm_size_input': '40/50*3'})
        self.assertEqual(order.amount_untaxed, 9200)
        self.assertEqual(order.amount_total, 10948)
