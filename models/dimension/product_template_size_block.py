from odoo import fields, models
from odoo.exceptions import UserError
from odoo.http import request

from ...tools.size import from_mm


class ProductTemplateSizeBlock(models.Model):
    """What the product page opens with: its tiles, its fields, the size of its address."""

    _inherit = 'product.template'

    def _prepare_ecrm_size_block(self, size, error=''):
        """Values of the size block of the product page.

        :param Size size: the size the page opens with, or None
        :param str error: why the size asked for was not taken
        :rtype: dict
        """
        self.ensure_one()
        profile = self.sudo().ecrm_size_profile_id
        block = profile._get_block()
        inputs = self._get_ecrm_inputs(size, profile) if size else {}
        prices = self._get_ecrm_shown_prices([tile['size'] for tile in block['tiles']])
        return {
            **block,
            'code': inputs.get('code', ''),
            'width': str(from_mm(size.width_mm, block['unit'])) if size else '',
            'height': str(from_mm(size.height_mm, block['unit'])) if size else '',
            'panels': inputs.get('panels', 1),
            'unequal': bool(inputs.get('layout_mm')),
            'error': error,
            # What the page says by itself, without asking the server
            'copied': self.env._("The link is copied"),
            'failed': self.env._(
                "The price could not be worked out. Check your connection and type the size again."
            ),
            'presets': [{**tile, 'price': prices[tile['size'].key]} for tile in block['tiles']],
        }

    def _read_ecrm_page_size(self, width=None, height=None, panels=None, text=None):
        """Read the size of a deep link: two sides and panels, or a text for panels of unequal sizes.

        :return: the size to open the page with, and why the one asked for was refused
        :rtype: tuple[Size | None, str]
        """
        self.ensure_one()
        profile = self.sudo().ecrm_size_profile_id
        default = profile._get_block()['default']
        if not text and width and height:
            text = f'{width}x{height}*{panels or 1}'
        if not text:
            return default, ''
        try:
            return profile._read_size(text), ''
        except UserError as error:
            return default, str(error)

    def _get_ecrm_shown_prices(self, sizes):
        """Prices of sizes as the shop shows them to this visitor: pricelist, currency and tax included.

        One search for the pricelist's rule, whatever the number of sizes, unless the rule depends on the size.

        :param list sizes: list of Size
        :rtype: dict[tuple, float]
        """
        self.ensure_one()
        website = self.env['website'].get_current_website()
        currency, date = website.currency_id, fields.Date.context_today(self)
        rules = {'quantity': 1.0, 'uom': self.uom_id, 'currency': currency}
        by_size = request.pricelist._has_ecrm_area_minimum()
        rule_id = not by_size and request.pricelist._get_product_rule(self, **rules)
        product_taxes = self.sudo().taxes_id._filter_taxes_by_company(self.env.company)
        taxes = request.fiscal_position.map_tax(product_taxes)
        prices = {}
        for size in sizes:
            template = self.with_context(**self._get_ecrm_context(size))
            if by_size:
                rule_id = request.pricelist._get_product_rule(template, **rules)
            rule = self.env['product.pricelist.item'].browse(rule_id)
            price = rule._compute_price(template, 1.0, self.uom_id, date, currency)
            if product_taxes:
                price = self._apply_taxes_to_price(
                    price, currency, product_taxes, taxes, self, website=website
                )
            prices[size.key] = price
        return prices
