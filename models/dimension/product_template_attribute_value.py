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

    def _get_ecrm_extra_text(self, amount, currency):
        """What an option costs, in words that say what it counts; its sign stands before it.

        :param float amount: the extra price as Odoo shows it to this reader: in his currency, with his tax
        :param currency: of `amount`
        :return: empty where the extra price is an amount for one set, which Odoo shows well itself
        :rtype: str
        """
        self.ensure_one()
        profile = self.product_tmpl_id.sudo().ecrm_size_profile_id
        if not amount or not profile or self.ecrm_price_mode == 'set':
            return ''
        sized = self.env['ecrm.sized.mixin']
        if self.ecrm_price_mode == 'percent':
            return self.env._("%(figure)s%%", figure=sized._ecrm_figure(abs(self.price_extra)))
        price = profile._get_rate_text(abs(amount), currency)
        if self.ecrm_price_mode == 'panel':
            return self.env._("%(price)s per panel", price=price)
        unit = profile._get_rate_unit_text()
        if self.ecrm_price_mode == 'area':
            return self.env._("%(price)s/%(unit)s²", price=price, unit=unit)
        return self.env._("%(price)s per %(unit)s of outline", price=price, unit=unit)
