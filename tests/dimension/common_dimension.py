from lxml import html

from odoo.fields import Command
from odoo.tests import HttpCase

from odoo.addons.ecrm.tests.common import EcrmCommon

PRESETS = (
    ('30x60', 3000),
    ('50x50', 3400),
    ('60x90', 4900),
    ('50x100', 5200),
    ('80x120', 7800),
    ('40x50x3', 9200),
)


class DimensionCommon(EcrmCommon):
    """A canvas sold by size: the first shop's presets, and 10 000 the square metre for any other size."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Sentences are compared in English, whatever the languages of the database
        cls.env['res.users'].search([]).lang = 'en_US'
        cls.env = cls.env(context=dict(cls.env.context, lang='en_US'))
        cls.currency = cls.company.currency_id
        cls.profile = cls.env['ecrm.size.profile'].create({
            'name': "Test canvas",
            'company_id': False,
            'currency_id': cls.currency.id,
            'min_width': 20, 'max_width': 200, 'min_height': 20, 'max_height': 200, 'step': 0.5,
            'max_panels': 5,
            'price_model': 'area',
            'area_rate': 10000,
            'preset_ids': [
                Command.create({'ecrm_size_input': text, 'price': price, 'is_default': text == '50x50'})
                for text, price in PRESETS
            ],
        })  # fmt: skip
        cls.canvas = cls._new_product("Tableau M054", ecrm_size_profile_id=cls.profile.id)
        cls.hook = cls._new_product("Hook", list_price=150)

    @classmethod
    def _new_product(cls, name, **values):
        product = cls.env['product.template'].create({
            'name': name, 'type': 'consu', 'is_published': True, 'sale_ok': True, **values,
        })  # fmt: skip
        # Every company gives a new product its own default tax
        product.sudo().taxes_id = False
        return product

    def _new_order(self, *lines, **values):
        """A quotation; lines are values of `sale.order.line`, the canvas by default."""
        return self.env['sale.order'].create({
            'partner_id': self.partner.id,
            'order_line': [
                Command.create({'product_id': self.canvas.product_variant_id.id, **line}) for line in lines
            ],
            **values,
        })  # fmt: skip

    def _add_options(self, name, how, *values, display_type='radio'):
        """Give the canvas an attribute with values ``(name, extra, mode)``; `how` its variants are made.

        :return: the values offered, in that order
        """
        attribute = self.env['product.attribute'].create({
            'name': name, 'create_variant': how, 'display_type': display_type,
            'value_ids': [Command.create({'name': value[0]}) for value in values],
        })  # fmt: skip
        self.canvas.attribute_line_ids = [
            Command.create(
                {'attribute_id': attribute.id, 'value_ids': [Command.set(attribute.value_ids.ids)]}
            )
        ]
        offered = self.canvas.attribute_line_ids.product_template_value_ids.filtered(
            lambda value: value.attribute_id == attribute
        )
        for value, (_name, extra, mode) in zip(offered, values, strict=True):
            value.write({'price_extra': extra, 'ecrm_price_mode': mode})
        return offered


class DimensionShopCommon(DimensionCommon, HttpCase):
    """The canvas in the shop, priced in the shop's currency, and what a browser asks of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.profile.currency_id = cls.website.company_id.currency_id
        cls.product = cls._get_product_params(cls.canvas)

    @classmethod
    def _get_product_params(cls, template):
        return {
            'product_template_id': template.id,
            'product_id': template.product_variant_id.id,
        }

    def _page(self, path=''):
        return html.fromstring(self.url_open(path or self.canvas.website_url).text)

    def _post(self, route, **params):
        """The whole answer, error included."""
        return self.url_open(route, json={'params': params}).json()

    def _call(self, route, **params):
        return self._post(route, **params)['result']

    def _ask(self, size, values=(), **params):
        """What the page is told of a size, with the options chosen."""
        return self._call(
            '/website_sale/get_combination_info',
            **{'add_qty': 1, 'ecrm_size': size, **self.product, **params},
            combination=[value.id for value in values],
        )['ecrm_size']

    def _add(self, size=None, quantity=1, template=None, **values):
        """Add a product to the cart.

        :return: its line
        """
        product = self._get_product_params(template) if template else self.product
        if size:
            values['ecrm_size'] = size
        answer = self._call('/shop/cart/add', quantity=quantity, **product, **values)
        return self.env['sale.order.line'].browse(answer['notification_info']['lines'][0]['id'])
