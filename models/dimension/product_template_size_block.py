from odoo import fields, models
from odoo.exceptions import UserError
from odoo.http import request


class ProductTemplateSizeBlock(models.Model):
    """What the product page opens with: its tiles, its fields, the size of its address."""

    _inherit = 'product.template'

    def _prepare_ecrm_size_block(self, product, size, error=''):
        """Values of the size block of the product page.

        :param product: the variant that the page shows, or this template
        :param Size size: the size the page opens with, or None
        :param str error: why the size asked for was not taken
        :rtype: dict
        """
        self.ensure_one()
        profile = self.sudo().ecrm_size_profile_id
        block = profile._get_block()
        prices = self._get_ecrm_shown_prices(
            product, block['tiles'], self._get_ecrm_opened_values(product)
        )
        tiles, fields = profile._render_block(
            size, tuple(prices.values()), self.env['website'].get_current_website().currency_id
        )
        return {
            'code': profile._get_size_text(size) if size else '',
            'unit': block['unit'],
            'note': block['note'],
            'setup': profile._get_setup_text(),
            'tiles': tiles,
            'fields': fields,
            'error': error,
            # What the page says by itself, without asking the server
            'copied': self.env._("The link is copied"),
            'failed': self.env._(
                "The price could not be worked out. Check your connection and type the size again."
            ),
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

    def _get_ecrm_shown_prices(self, product, tiles, values):
        """Prices of presets as the shop shows them to this visitor: pricelist, currency and tax included.

        One search for the pricelist's rule, whatever the number of tiles, unless the rule depends on the size.

        :param product: variant of this template, or the template
        :param tiles: iterable of the tiles of `ecrm.size.profile._get_block`
        :param values: `product.template.attribute.value` chosen
        :return: by key of the size
        :rtype: dict[tuple, float]
        """
        self.ensure_one()
        website = self.env['website'].get_current_website()
        currency, date = website.currency_id, fields.Date.context_today(self)
        rules = {'quantity': 1.0, 'uom': self.uom_id, 'currency': currency}
        by_size = request.pricelist._has_ecrm_area_minimum()
        rule_id = not by_size and request.pricelist._get_product_rule(product, **rules)
        product_taxes = self.sudo().taxes_id._filter_taxes_by_company(self.env.company)
        taxes = request.fiscal_position.map_tax(product_taxes)
        own = self.sudo().ecrm_size_profile_id._get_facts().currency_id
        currencies = (self.env['res.currency'].browse(own), self.currency_id, currency)
        by_own_price = not (by_size or rule_id or any(values.sudo().mapped('price_extra')))
        product = product.with_context(ecrm_option_ids=values._ids)
        prices = {}
        for tile in tiles:
            size = tile['size']
            if by_own_price:
                price = self._get_ecrm_plain_price(tile['amount'], currencies, date)
            else:
                sized = product.with_context(**self._get_ecrm_context(size))
                if by_size:
                    rule_id = request.pricelist._get_product_rule(sized, **rules)
                rule = self.env['product.pricelist.item'].browse(rule_id)
                price = rule._compute_price(sized, 1.0, self.uom_id, date, currency)
            if product_taxes:
                price = self._apply_taxes_to_price(
                    price, currency, product_taxes, taxes, self, website=website
                )
            prices[size.key] = price
        return prices

    def _get_ecrm_opened_values(self, product):
        """Attribute values that the page opens with and that make no variant, beside those of the variant.

        :param product: variant of this template, or the template
        :rtype: product.template.attribute.value
        """
        values = self.env['product.template.attribute.value']
        if product._name == 'product.product':
            values = product.product_template_attribute_value_ids
        if 'no_variant' in self.attribute_line_ids.attribute_id.mapped('create_variant'):
            values |= self._get_first_possible_combination().filtered(
                lambda value: value.attribute_id.create_variant == 'no_variant'
            )
        return values

    def _get_ecrm_tile_texts(self, product, values):
        """Prices of the presets with the options chosen on the page; empty where no option has a price of its own.

        :param values: `product.template.attribute.value` chosen
        :return: by code of the tile
        :rtype: dict[str, str]
        """
        self.ensure_one()
        # sudo: product.template.attribute.value - its extra price is not for everybody to read
        offered = self.sudo().attribute_line_ids.product_template_value_ids
        if not any(offered.mapped('price_extra')):
            return {}
        tiles = self.sudo().ecrm_size_profile_id._get_block()['tiles']
        prices = self._get_ecrm_shown_prices(product, tiles, values)
        currency = self.env['website'].get_current_website().currency_id
        return {tile['code']: currency.format(prices[tile['size'].key]) for tile in tiles}

    def _get_ecrm_plain_price(self, amount, currencies, date):
        """What `_compute_price` gives where no rule of a pricelist and no option holds, without an environment for each size.

        :param Decimal amount: price of the size in the profile's currency
        :param currencies: the profile's, this product's and the visitor's
        :rtype: float
        """
        own, mine, shown = currencies
        price = float(amount)
        if own != mine:
            price = own._convert(price, mine, self.env.company, date)
        if mine != shown:
            price = mine._convert(price, shown, self.env.company, date, round=False)
        return shown.round(price)
