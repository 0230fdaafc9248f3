from decimal import Decimal

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.website_sale.tests.common import MockRequest

from .common_dimension import PRESETS, DimensionCommon

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

prices = st.integers(0, 900_000).map(lambda cents: cents / 100)


def _table(sides):
    """A price table over `sides`: any price in any cell, a few cells empty."""
    cells = st.one_of(prices, prices, prices, st.none())
    row = st.lists(cells, min_size=len(sides), max_size=len(sides))
    rows = st.lists(row, min_size=len(sides), max_size=len(sides))
    return rows.map(lambda rows: {'widths': sides, 'heights': sides, 'rows': rows})


grids = (
    st.lists(st.integers(20, 220), min_size=2, max_size=4, unique=True).map(sorted).flatmap(_table)
)
tiers = st.lists(
    st.tuples(st.sampled_from([0, 0.25, 0.5, 1, 4]), prices),
    min_size=1,
    max_size=4,
    unique_by=lambda t: t[0],
)
profiles = st.fixed_dictionaries({
    'price_model': st.sampled_from([
        'area', 'perimeter', 'united', 'area_perimeter', 'fixed', 'tiers', 'tiers', 'grid', 'grid',
    ]),
    'grid': grids,
    'grid_lookup': st.sampled_from(['up', 'down', 'nearest', 'interpolate']),
    'grid_symmetric': st.booleans(),
    'tier_ids': tiers.map(lambda tiers: [
        Command.clear(), *(Command.create({'start': start, 'rate': rate}) for start, rate in tiers),
    ]),
    'tier_slab': st.booleans(),
    'rate_unit': st.sampled_from(['m', 'cm', 'ft', 'in']),
    'orientation_free': st.booleans(),
    'oversize_from': st.sampled_from([0, 80]),
    'oversize_percent': st.sampled_from([0, 15]),
    'side_mode': st.sampled_from(['none', 'nearest', 'up']),
    'side_step': st.sampled_from([0, 5]),
    'min_area_set': st.sampled_from([0, 0.5]),
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
sizes = st.one_of(
    st.builds('{:g}x{:g}*{}'.format, halves, halves, st.integers(1, 5)),
    st.builds('{:g}x{:g} + {:g}x{:g}'.format, halves, halves, halves, halves),
    st.sampled_from([text for text, _price in PRESETS]),
)
#: Extra price and how it counts, of every value of the product's three attributes
extras = st.lists(
    st.tuples(st.integers(0, 9_000).map(lambda cents: cents / 100), st.sampled_from(['set', 'panel', 'area', 'length', 'percent'])),
    min_size=6, max_size=6,
)  # fmt: skip
shops = st.fixed_dictionaries({
    'pricelist': st.integers(0, 2 * len(RULES) - 1),
    'quantity': st.integers(1, 5),
    'chosen': st.tuples(*[st.integers(0, 1)] * 3),
    'order': st.permutations([0, 1]),
    'tax': st.sampled_from(TAXES),
    'shown': st.sampled_from(['tax_excluded', 'tax_included']),
})  # fmt: skip
examples = settings(
    max_examples=25, deadline=None, derandomize=True, database=None,
    phases=[Phase.explicit, Phase.generate],  # to make a failure smaller takes minutes with a database
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

        # Frames make variants, finish and hanger do not
        cls.canvas.attribute_line_ids = [
            Command.create({'attribute_id': attribute.id, 'value_ids': [Command.set(attribute.value_ids.ids)]})
            for attribute in cls.env['product.attribute'].create([
                {
                    'name': name, 'create_variant': how,
                    'value_ids': [Command.create({'name': f'{name} {number}'}) for number in range(2)],
                }
                for name, how in (('Frame', 'always'), ('Finish', 'no_variant'), ('Hanger', 'no_variant'))
            ])
        ]  # fmt: skip
        for number, variant in enumerate(cls.canvas.product_variant_ids):
            variant.default_code = f'EQUAL{number}'
        cls.values = [
            line.product_template_value_ids for line in cls.canvas.attribute_line_ids.sorted('id')
        ]

    def _set_options(self, extras, chosen):
        """Price every option; give the variant and the values that make no variant."""
        for value, (extra, mode) in zip(
            [v for line in self.values for v in line], extras, strict=True
        ):
            value.write({'price_extra': extra, 'ecrm_price_mode': mode})
        frame, *others = (line[index] for line, index in zip(self.values, chosen, strict=True))
        return frame.ptav_product_variant_ids, others

    def _page_price(self, size, quantity, pricelist, values):
        """Price of one set as the page shows it."""
        with MockRequest(self.env, website=self.website, website_sale_current_pl=pricelist.id):
            self.website.invalidate_recordset(['currency_id'])
            self.assertEqual(self.website.currency_id, pricelist.currency_id)
            sized = self.canvas.with_context(**self.canvas._get_ecrm_context(size))
            return sized._get_combination_info(combination=values, add_qty=quantity)['price']

    def _cart_line(self, text, quantity, pricelist, variant, others):
        cart = self.env['sale.order'].create({
            'partner_id': self.partner.id, 'website_id': self.website.id, 'pricelist_id': pricelist.id,
        })  # fmt: skip
        cart._cart_add(
            variant.id, quantity, ecrm_size=text,
            no_variant_attribute_value_ids=[value.id for value in others],
        )  # fmt: skip
        return cart.order_line

    def _order_line(self, text, quantity, pricelist, variant, others):
        return self._new_order(
            {
                'product_id': variant.id, 'ecrm_size_input': text, 'product_uom_qty': quantity,
                'product_no_variant_attribute_value_ids': [Command.set([value.id for value in others])],
            },
            pricelist_id=pricelist.id,
        ).order_line  # fmt: skip

    @settings(examples, max_examples=35)
    @given(profile=profiles, text=sizes, shop=shops, extras=extras)
    def test_page_cart_order_and_api_agree_to_the_cent(self, profile, text, shop, extras):
        pricelist, quantity = self.pricelists[shop['pricelist']], shop['quantity']
        tax, shown = shop['tax'], shop['shown']
        self.profile.write(profile)
        self.canvas.sudo().taxes_id = self.taxes[tax] if tax else False
        self.website.show_line_subtotals_tax_selection = shown
        variant, others = self._set_options(extras, shop['chosen'])
        mixed = [others[index] for index in shop['order']]
        answer = self.env['ecrm.size.quote']._quote(
            [{
                'product': variant.default_code, 'size': text, 'quantity': quantity,
                'options': [value.id for value in mixed],
            }],
            pricelist.id,
        )[0]  # fmt: skip
        order = (text, quantity, pricelist, variant)
        if 'error' in answer:
            self._assert_refused(answer['error'], text, order, others)
            return
        line = self._order_line(*order, others)
        currency, price = line.currency_id, line.price_unit * (1 - line.discount / 100)
        self.assertEqual(currency.compare_amounts(price, answer['price']), 0, "order and API")
        self.assertGreaterEqual(answer['price'], 0)
        cart = self._cart_line(*order, mixed)
        self.assertEqual(
            (cart.price_subtotal, cart.price_total), (line.price_subtotal, line.price_total)
        )
        values = variant.product_template_attribute_value_ids.union(*mixed)
        page = self._page_price(self.profile._read_size(text), quantity, pricelist, values)
        one = line.tax_ids.compute_all(price, currency, 1, line.product_id)
        expected = one['total_included' if shown == 'tax_included' else 'total_excluded']
        self.assertEqual(currency.compare_amounts(page, expected), 0, f"page {page} {expected}")

    def _assert_refused(self, sentence, text, order, others):
        """What one place refuses, each place refuses, in the same words; staff are told, and may sell it at their price."""
        with self.assertRaises(UserError) as page:
            self.profile._read_size(text)
        with self.assertRaises(UserError) as cart:
            self._cart_line(*order, others)
        self.assertEqual((str(page.exception), str(cart.exception)), (sentence, sentence))
        self.assertEqual(self._order_line(*order, others).ecrm_size_problem, sentence)

    @examples
    @given(profile=profiles, texts=st.lists(sizes, min_size=1, max_size=8), data=st.data())
    def test_a_batch_quotes_what_each_alone_is_quoted_in_any_order(self, profile, texts, data):
        self.profile.write(profile)
        quotes = [{'product': self.canvas.id, 'size': text} for text in texts]
        order = data.draw(st.permutations(range(len(quotes))))
        quote = self.env['ecrm.size.quote']._quote
        alone = [quote([one])[0] for one in quotes]
        self.assertEqual(quote(quotes), alone)
        mixed = quote([quotes[index] for index in order])
        self.assertEqual(mixed, [alone[index] for index in order])

    @examples
    @given(profile=profiles, sides=st.tuples(halves, halves), panels=st.integers(1, 5))
    def test_a_quote_does_not_know_the_unit_it_was_typed_in(self, profile, sides, panels):
        self.profile.write({**profile, 'step': 0})
        width, height = (Decimal(str(side)) for side in sides)
        texts = [
            f'{width}x{height}*{panels}', f'{width * 10}x{height * 10}mm*{panels}',
            f'{width / 100}m x {height / 100}m * {panels}',
        ]  # fmt: skip
        answers = self.env['ecrm.size.quote']._quote(
            [{'product': self.canvas.id, 'size': text} for text in texts]
        )
        self.assertEqual(answers, [answers[0]] * 3)

    def test_a_tax_is_added_once_everywhere(self):
        self._set_options([(0, 'set')] * 6, (0, 0, 0))
        self.canvas.sudo().taxes_id = self.taxes['tax_excluded']
        order = self._new_order({'ecrm_size_input': '40/50*3'})
        self.assertEqual(order.amount_untaxed, 9200)
        self.assertEqual(order.amount_total, 10948)
