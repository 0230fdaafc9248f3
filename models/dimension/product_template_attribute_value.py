from decimal import Decimal

from odoo import fields, models

from ...tools.price import Option


class ProductTemplateAttributeValue(models.Model):
    _inherit = 'product.template.attribute.value'

    ecrm_price_mode = fields.Selection(
        [
            ('set', "Per set"),
            ('panel', "Per panel"),
            ('area', "Per billed area"),
            ('length', "Per outline length"),
            ('percent', "Percent of the base price"),
        ],
        string="Extra price is",
        default='set',
        required=True,
        help="What the extra price counts, on products sold by size.",
    )

    def _get_ecrm_options(self):
        """The extra prices as the pure function takes them.

        :rtype: tuple[Option]
        """
        return tuple(
            Option(value.name, value.ecrm_price_mode, Decimal(repr(value.price_extra)))
            for value in self.sudo()
            if value.price_extra
        )
