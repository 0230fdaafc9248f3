from odoo.fields import Command

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
