from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.website_sale.tests.common import MockRequest

from .common_dimension import DimensionCommon

RULES = (
    None,
    {'compute_price': 'percentage', 'percent_price': 12.5},
    {'compute_price': 'formula', 'price_discount': 7, 'price_surcharge': 3.33, 'price_round': 0.05},
    {'compute_price': 'fixed', 'fixed_price': 987.65, 'ecrm_fixed_per': 'area'},
    {'compute_price': 'fixed', 'fixed_price': 987.65},
    {'compute_price': 'percentage', 'percent_price': 30, 'min_quantity': 3},
    {
        'compute_price': 'percentage',
        'percent_price': 20,
        'min_quantity': 2.5,
        'ecrm_minimum_in': 'area',
    },
)
TAXES = (None, 'tax_excluded', 'tax_included')

profiles = st.fixed_dictionaries({
    'price_model': st.sampled_from(['area', 'perimeter', 'united', 'area_perimeter', 'fixed']),
    'area_rate': st.integers(1, 900_000).map(lambda cents: cents / 100),
    'length_rate': st.integers(1, 90_000).map(lambda cents: cents / 100),
    'fixed_price': st.integers(1, 90_000).map(lambda cents: cents / 100),
    'panel_fee': st.sampled_from([0, 12.34]),
    'setup_fee': st.sampled_from([0, 50]),
    'minimum_price': st.sampled_from([0, 99.99]),
    'price_step': st.sampled_from([0, 0.05, 10]),
    'wrap': st.sampled_from([0, 2.5]),
    'waste': st.sampled_from([0, 7]),
})  # fmt: skip
halves = st.integers(40, 400).map(lambda half: half / 2)
sizes = st.builds('{:g}x{:g}*{}'.format, halves, halves, st.integers(1, 5))
shops = st.fixed_dictionaries({
    'pricelist': st.integers(0, 2 * len(RULES) - 1),
    'quantity': st.integers(1, 5),
    'tax': st.sampled_from(TAXES),
    'shown': st.sampled_from(['tax_excluded', 'tax_included']),
})  # fmt: skip
examples = settings(
    max_examples=25, deadline=None, derandomize=True, database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.differing_executors],
)  # fmt: skip


@tagged('post_install', '-at_install')
class TestDimensionEqual(DimensionCommon):
    """One price everywhere: page, cart, order and API, to the cent."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.foreign = cls.env['res.currency'].search([('id', '!=', cls.currency.id)], limit=1)
        cls.env['res.currency.rate'].create({
            'currency_id': cls.foreign.id, 'company_id': cls.company.id, 'rate': 0.0067, 'name': '2020-01-01',
        })  # fmt: skip
        cls.pricelists = cls.env['product.pricelist'].create([
            {
                'name': "Test", 'currency_id': currency.id,
                'item_ids': [Command.create({**rule, 'applied_on': '3_global'})] if rule else [],
            }
            for currency in (cls.currency, cls.foreign) for rule in RULES
        ])  # fmt: skip
        cls.taxes = {
            kind: cls.env['account.tax'].create({
                'name': kind, 'amount': 19, 'company_id': cls.company.id, 'price_include_override': kind,
            })
            for kind in TAXES if kind
        }  # fmt: skip

    def _page_price(self, size, quantity, pricelist):
        """Price of one set as the page shows it."""
        with MockRequest(self.env, website=self.website, website_sale_current_pl=pricelist.id):
            self.website.invalidate_recordset(['currency_id'])
            self.assertEqual(self.website.currency_id, pricelist.currency_id)
            sized = self.canvas.with_context(**self.canvas._get_ecrm_context(size))
            return sized._get_combination_info(add_qty=quantity)['price']

    def _cart_line(self, text, quantity, pricelist):
        cart = self.env['sale.order'].create({
            'partner_id': self.partner.id, 'website_id': self.website.id, 'pricelist_id': pricelist.id,
        })  # fmt: skip
        cart._cart_add(self.canvas.product_variant_id.id, quantity, ecrm_size=text)
        return cart.order_line

    @examples
    @given(profile=profiles, text=sizes, shop=shops)
    def test_page_cart_order_and_api_agree_to_the_cent(self, profile, text, shop):
        pricelist, quantity = self.pricelists[shop['pricelist']], shop['quantity']
        tax, shown = shop['tax'], shop['shown']
        self.profile.write(profile)
        self.canvas.sudo().taxes_id = self.taxes[tax] if tax else False
        self.website.show_line_subtotals_tax_selection = shown
        line = self._new_order(
            {'ecrm_size_input': text, 'product_uom_qty': quantity}, pricelist_id=pricelist.id
        ).order_line
        currency, price = line.currency_id, line.price_unit * (1 - line.discount / 100)
        answer = self.env['ecrm.size.quote']._quote(
            [{'product': self.canvas.id, 'size': text, 'quantity': quantity}], pricelist.id
        )[0]
        self.assertEqual(currency.compare_amounts(price, answer['price']), 0, "order and API")
        self.assertGreaterEqual(answer['price'], 0)
        cart = self._cart_line(text, quantity, pricelist)
        self.assertEqual(
            (cart.price_subtotal, cart.price_total), (line.price_subtotal, line.price_total)
        )
        page = self._page_price(self.profile._read_size(text), quantity, pricelist)
        one = line.tax_ids.compute_all(price, currency, 1, line.product_id)
        expected = one['total_included' if shown == 'tax_included' else 'total_excluded']
        self.assertEqual(currency.compare_amounts(page, expected), 0, f"page {page} {expected}")

    @examples
    @given(profile=profiles, texts=st.lists(sizes, min_size=1, max_size=8), data=st.data())
    def test_a_batch_quotes_what_each_alone_is_quoted_in_any_order(self, profile, texts, data):
        self.profile.write(profile)
        quotes = [{'product': self.canvas.id, 'size': text} for text in texts]
        order = data.draw(st.permutations(range(len(quotes))))
        quote = self.env['ecrm.size.quote']._quote
        alone = [quote([one])[0]['price'] for one in quotes]
        self.assertEqual([one['price'] for one in quote(quotes)], alone)
        mixed = quote([quotes[index] for index in order])
        self.assertEqual([one['price'] for one in mixed], [alone[index] for index in order])

    def test_a_tax_is_added_once_everywhere(self):
        self.canvas.sudo().taxes_id = self.taxes['tax_excluded']
        order = self._new_order({'ecrm_size_input': '40/50*3'})
        self.assertEqual(order.amount_untaxed, 9200)
        self.assertEqual(order.amount_total, 10948)
