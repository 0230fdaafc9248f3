from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common_dimension import DimensionCommon

GET_VALUES = '/sale/product_configurator/get_values'
UPDATE = '/sale/product_configurator/update_combination'
OPTIONAL = '/sale/product_configurator/get_optional_products'


@tagged('post_install', '-at_install')
class TestDimensionConfigurator(DimensionCommon, HttpCase):
    """The dialog that a salesperson opens on an order line knows the line's size."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        attribute = cls.env['product.attribute'].create({
            'name': "Finish of tests", 'create_variant': 'no_variant',
            'value_ids': [Command.create({'name': name}) for name in ("Matt", "Gloss")],
        })  # fmt: skip
        cls.canvas.write({
            'attribute_line_ids': [
                Command.create({'attribute_id': attribute.id, 'value_ids': attribute.value_ids.ids})
            ],
            'optional_product_ids': cls.hook.ids,
        })  # fmt: skip
        cls.values = cls.canvas.attribute_line_ids.product_template_value_ids

    def _ask(self, route, size, template=None, **params):
        params = {
            'product_template_id': self.canvas.id, 'quantity': 2, 'currency_id': self.currency.id,
            'so_date': '2026-01-01', 'company_id': self.company.id, 'ptav_ids': self.values[:1].ids,
            'ecrm_size': size, 'ecrm_size_template_id': template or self.canvas.id, **params,
        }  # fmt: skip
        return self.url_open(route, json={'params': params}).json()['result']

    def test_a_salesperson_sees_the_price_of_the_line_s_size_and_the_size(self):
        self.authenticate('ecrm_sales', 'ecrm_sales')
        answer = self._ask(GET_VALUES, '40x50x3')
        [canvas] = answer['products']
        self.assertEqual(canvas['price'], 9200)
        self.assertIn("Size: 40 x 50 cm x 3 panels", canvas['description_sale'])
        [hook] = answer['optional_products']
        self.assertEqual(hook['price'], 150)
        self.assertFalse(hook['description_sale'])

    def test_another_value_or_quantity_keeps_the_size(self):
        self.authenticate('ecrm_sales', 'ecrm_sales')
        answer = self._ask(UPDATE, '50x100', ptav_ids=self.values[1:].ids, quantity=5)
        self.assertEqual(answer['price'], 5200)
        self.assertIn("50 x 100 cm", answer['description_sale'])

    def test_optional_products_are_never_priced_at_the_size_of_the_main_one(self):
        self.canvas.optional_product_ids = self._new_product(
            "Sized option", ecrm_size_profile_id=self.profile.id
        )
        self.authenticate('ecrm_sales', 'ecrm_sales')
        [option] = self._ask(OPTIONAL, '40x50x3', parent_ptav_ids=[])
        self.assertEqual(option['price'], 3000)

    def test_a_size_that_is_refused_shows_the_price_of_the_default_one(self):
        self.authenticate('ecrm_sales', 'ecrm_sales')
        usual = self._ask(GET_VALUES, None)['products'][0]
        for size in ('900x50', 'huge', [1], {'width': 1}):
            [canvas] = self._ask(GET_VALUES, size)['products']
            self.assertEqual(canvas['price'], usual['price'], size)
            self.assertFalse(canvas['description_sale'], size)
        [canvas] = self._ask(GET_VALUES, '40x50x3', template='x')['products']
        self.assertEqual(canvas['price'], usual['price'])

    @mute_logger('odoo.http')
    def test_a_guest_asks_the_dialog_of_the_staff_nothing(self):
        params = {'product_template_id': self.canvas.id, 'ecrm_size': '40x50x3'}
        for route in (GET_VALUES, UPDATE, OPTIONAL):
            answer = self.url_open(route, json={'params': params}).json()
            self.assertNotIn('result', answer, route)
            self.assertIn('SessionExpired', answer['error']['data']['name'], route)

    def test_the_dialog_says_what_the_extra_price_of_an_option_counts(self):
        self.values[0].write({'price_extra': 1200, 'ecrm_price_mode': 'area'})
        self.values[1].write({'price_extra': 300, 'ecrm_price_mode': 'set'})
        self.authenticate('ecrm_sales', 'ecrm_sales')
        [canvas] = self._ask(GET_VALUES, '40x50x3')['products']
        matt, gloss = canvas['attribute_lines'][0]['attribute_values']
        self.assertRegex(matt['ecrm_extra'], r'1.200[.,]00.*/m²$')
        self.assertEqual((gloss['price_extra'], gloss.get('ecrm_extra')), (300, None))
