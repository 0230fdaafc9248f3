from markupsafe import Markup

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.http import request

from ...tools.drawing import draw_tile, place_panels
from ...tools.price import PriceError
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
        sized = self.env['ecrm.sized.mixin']
        units = sized._get_ecrm_unit_names()
        inputs = self._get_ecrm_inputs(size, profile) if size else {}
        return {
            'code': inputs.get('code', ''),
            'width': str(from_mm(size.width_mm, profile.unit)) if size else '',
            'height': str(from_mm(size.height_mm, profile.unit)) if size else '',
            'panels': inputs.get('panels', 1),
            'unequal': bool(inputs.get('layout_mm')),
            'max_panels': profile.max_panels,
            'custom': profile.allow_custom,
            'unit': profile.unit,
            'units': [(unit, units[unit]) for unit in ('mm', 'cm', 'm', 'in')],
            'bounds': profile._get_bounds_text(),
            'note': profile.with_context(lang=self.env.lang).note,
            'error': error,
            # What the page says by itself, without asking the server
            'copied': self.env._("The link is copied"),
            'failed': self.env._(
                "The price could not be worked out. Check your connection and type the size again."
            ),
            'presets': self._prepare_ecrm_tiles(profile),
        }

    def _prepare_ecrm_tiles(self, profile):
        """What the tiles of the page show, all drawn at one scale.

        :rtype: list[dict]
        """
        sized = self.env['ecrm.sized.mixin']
        presets = {preset: preset._get_ecrm_size() for preset in profile._get_preset_prices()}
        prices = self._get_ecrm_shown_prices(list(presets.values()))
        boxes = [place_panels(size)[:2] for size in presets.values()]
        largest = (max(box[0] for box in boxes), max(box[1] for box in boxes)) if boxes else None
        return [
            {
                'code': profile._get_size_text(size),
                'full_name': sized._ecrm_label(size, profile.unit),
                'name': sized._ecrm_panel_label(size, profile.unit),
                'panels': self.env._("%(panels)s panels", panels=size.panels) if size.panels > 1 else '',
                'label': preset.with_context(lang=self.env.lang).label,
                'price': prices[size.key],
                'drawing': Markup(draw_tile(size, largest=largest)),
            }
            for preset, size in presets.items()
        ]  # fmt: skip

    def _read_ecrm_page_size(self, width=None, height=None, panels=None, text=None):
        """Read the size of a deep link: two sides and panels, or a text for panels of unequal sizes.

        :return: the size to open the page with, and why the one asked for was refused
        :rtype: tuple[Size | None, str]
        """
        self.ensure_one()
        profile = self.sudo().ecrm_size_profile_id
        default = profile._get_default_size()
        if default:
            try:
                profile._compute_size_price(default)
            except PriceError:
                default = None
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
