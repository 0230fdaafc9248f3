import json
import re
from datetime import timedelta
from pathlib import Path

from odoo import fields
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .common_dimension import DimensionCommon

README = Path(__file__).parents[2] / 'README.md'


@tagged('post_install', '-at_install')
class TestDimensionApi(DimensionCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.canvas.default_code = 'TESTM054'
        cls.key = cls._new_key(cls.user_sales)

    @classmethod
    def _new_key(cls, user):
        keys = cls.env['res.users.apikeys'].with_user(user)
        return keys._generate('rpc', 'tests', fields.Datetime.now() + timedelta(days=1))

    def _post(self, body, key=None):
        headers = {'Authorization': f'Bearer {key or self.key}', 'Content-Type': 'application/json'}
        return self.url_open(
            '/ecrm/api/quote', data=json.dumps(body), headers=headers, method='POST'
        )

    def test_the_example_of_the_readme_answers_what_it_says(self):
        blocks = re.findall(r'```json\n(.*?)```', README.read_text(), re.DOTALL)
        body, expected = (json.loads(block) for block in blocks[:2])
        self.env['product.product'].search([('default_code', '=', 'M054')]).default_code = False
        self.canvas.default_code = 'M054'
        expected['quotes'][0]['currency'] = self.currency.name
        self.assertEqual(self._post(body).json(), expected)

    def test_the_documented_example(self):
        answer = self._post(
            {'product': 'TESTM054', 'size': '40/50*3', 'quantity': 2, 'breakdown': True}
        ).json()
        self.assertEqual(answer['size'], '40x50x3')
        self.assertEqual((answer['price'], answer['total'], answer['panels']), (9200, 18400, 3))
        self.assertEqual(sum(row['amount'] for row in answer['breakdown']), 9200)
        self.assertTrue(answer['promised'])

    def test_one_bad_quote_spoils_no_other(self):
        quotes = [
            {'product': 'TESTM054', 'size': '50x50'},
            {'product': 'TESTM054', 'size': '500x50'},
            {'product': 'NOBODY', 'size': '50x50'},
            {'product': None, 'size': None},
            {'product': self.canvas.id, 'size': '50x100', 'quantity': 0},
            {'product': self.canvas.id, 'size': '50x100', 'quantity': True},
            {'product': self.canvas.id, 'size': '50x100'},
        ]
        answers = self._post({'quotes': quotes}).json()['quotes']
        self.assertEqual(
            [answer.get('price') for answer in answers], [3400, None, None, None, None, None, 5200]
        )
        self.assertIn('at most 200', answers[1]['error'])
        self.assertNotIn('nearest', answers[1])
        off_step = self._post({'product': 'TESTM054', 'size': '40.3x50'}).json()
        self.assertEqual(off_step['nearest'], ['40.5x50', '40x50'])

    def test_a_pricelist_prices_the_batch(self):
        pricelist = self.env['product.pricelist'].create({
            'name': "Ten percent", 'currency_id': self.currency.id,
            'item_ids': [(0, 0, {'compute_price': 'percentage', 'percent_price': 10, 'applied_on': '3_global'})],
        })  # fmt: skip
        body = {'pricelist': pricelist.id, 'quotes': [{'product': 'TESTM054', 'size': '50x50'}]}
        self.assertEqual(self._post(body).json()['quotes'][0]['price'], 3060)

    def test_who_has_no_key_or_no_right_is_refused(self):
        self.assertEqual(
            self.url_open('/ecrm/api/quote', data='{}', method='POST').status_code, 401
        )
        self.assertEqual(self._post({}, key='nonsense').status_code, 401)
        self.assertEqual(self._post({}, key=self._new_key(self.user_workshop)).status_code, 403)

    def test_what_is_no_quote_is_refused(self):
        for body in ([], 'x', 12, {'quotes': 'x'}, {'quotes': [1]}):
            self.assertEqual(self._post(body).status_code, 400, body)
        self.assertEqual(self._post({'quotes': [{}] * 1001}).status_code, 413)
        answer = self.url_open(
            '/ecrm/api/quote',
            data='{"product": NaN',
            headers={'Authorization': f'Bearer {self.key}'},
        )
        self.assertEqual(answer.status_code, 400)

    def test_what_can_be_no_product_or_size_spoils_no_other(self):
        odd = [None, True, [], {'a': 1}, 1.5, '', 'a\x00b', '\ud800', '%s', 'x' * 5000, -1, 10**30]
        quotes = [{'product': value, 'size': '50x50'} for value in odd]
        quotes += [{'product': 'TESTM054', 'size': value} for value in odd]
        answer = self._post({'quotes': [*quotes, {'product': 'TESTM054', 'size': '50x50'}]})
        self.assertEqual(answer.status_code, 200)
        *refused, right = answer.json()['quotes']
        self.assertTrue(all(quote.get('error') for quote in refused), refused)
        self.assertEqual(right['price'], 3400)

    def test_a_price_list_that_is_not_there_is_refused_not_left_out(self):
        foreign = self.env['product.pricelist'].create(
            {'name': "Other", 'company_id': self.env['res.company'].create({'name': "Other"}).id}
        )
        for pricelist in (foreign.id, 10**30, 'public', True, 0, [1], 1.5):
            answer = self._post({'product': 'TESTM054', 'size': '50x50', 'pricelist': pricelist})
            self.assertEqual(answer.status_code, 400, pricelist)
            self.assertIn("price list", answer.json()['error'])

    def test_a_body_too_deep_to_read_is_refused(self):
        answer = self.url_open(
            '/ecrm/api/quote',
            data='{"quotes":' + '[' * 100_000,
            headers={'Authorization': f'Bearer {self.key}'},
        )
        self.assertEqual(answer.status_code, 400)

    def test_a_thousand_quotes_ask_the_database_no_more_than_ten(self):
        quotes = [
            {'product': 'TESTM054', 'size': f'{40 + index % 100}x{50 + index % 90}'}
            for index in range(1000)
        ]
        desk = self.env['ecrm.size.quote']
        desk._quote(quotes[:10])
        with self.assertQueryCount(4):
            desk._quote(quotes[:10])
        with self.assertQueryCount(4):
            answers = desk._quote(quotes)
        self.assertTrue(all(answer.get('price') for answer in answers))

    def test_options_are_priced_by_name_or_id_and_the_variant_s_own_come_with_its_reference(self):
        attributes = self.env['product.attribute'].create([
            {
                'name': name, 'create_variant': how,
                'value_ids': [Command.create({'name': value}) for value in values],
            }
            for name, how, values in (
                ("Frame", 'always', ("Oak", "Bare")), ("Finish", 'no_variant', ("Gloss", "Matt")),
            )
        ])  # fmt: skip
        self.canvas.attribute_line_ids = [
            Command.create({'attribute_id': attribute.id, 'value_ids': [Command.set(attribute.value_ids.ids)]})
            for attribute in attributes
        ]  # fmt: skip
        oak, bare, gloss, _matt = self.canvas.attribute_line_ids.product_template_value_ids.sorted(
            'id'
        )
        oak.write({'price_extra': 900, 'ecrm_price_mode': 'panel'})
        gloss.price_extra = 50
        framed, plain = (value.ptav_product_variant_ids for value in (oak, bare))
        framed.default_code, plain.default_code = 'OAK', 'BARE'

        def price(product, options):
            quote = {'product': product, 'size': '40x50x3'} | (
                {'options': options} if options else {}
            )
            return self._post(quote).json().get('price')

        self.assertEqual(price('OAK', None), 9200 + 3 * 900)
        self.assertEqual(price('BARE', None), 9200)
        self.assertEqual(price('BARE', ["Gloss"]), 9250)
        self.assertEqual(price('OAK', [gloss.id]), 9200 + 3 * 900 + 50)
        self.assertEqual(price('OAK', ["Bare", "Gloss"]), 9250, "one frame takes the other's place")
        self.assertEqual(price(self.canvas.id, ["Gloss", "Oak"]), 9200 + 3 * 900 + 50)
        for wrong in (
            ["Nobody"],
            "Gloss",
            [True],
            [None],
            [["Gloss"]],
            ["Gloss", "Matt"],
            {"a": 1},
        ):
            self.assertIsNone(price('OAK', wrong), wrong)
        self.assertIn(
            'by id or by name',
            self._post({'product': 'OAK', 'size': '50x50', 'options': ["Nobody"]}).json()['error'],
        )
