from decimal import Decimal

from markupsafe import Markup

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.http import request
from odoo.tools import format_date, ormcache

from ...tools.drawing import draw_room, draw_tile, place_panels
from ...tools.price import PriceError
from ...tools.size import from_mm


class ProductTemplateShop(models.Model):
    """What the shop's pages show of a product sold by size."""

    _inherit = 'product.template'

    def _website_show_quick_add(self):
        # EXTENDS website_sale: a size is chosen on the page
        return not self.sudo().ecrm_size_profile_id and super()._website_show_quick_add()

    def _get_additionnal_combination_info(self, product_or_template, quantity, uom, date, website):
        # EXTENDS website_sale: the answer for the size in the context
        info = super()._get_additionnal_combination_info(
            product_or_template, quantity, uom, date, website
        )
        size = product_or_template.env.context.get('ecrm_sizes', {}).get(self.id)
        if size:
            info['ecrm_size'] = self._prepare_ecrm_size_answer(size, info, quantity)
        return info

    def _prepare_ecrm_size_answer(self, size, info, quantity=1):
        """What the page says about a priced size.

        :param Size size:
        :param dict info: combination info, with its price as shown
        :rtype: dict
        """
        self.ensure_one()
        profile = self.sudo().ecrm_size_profile_id
        sized = self.env['ecrm.sized.mixin']
        label = sized._ecrm_label(size, profile.unit)
        answer = profile._compute_size_price(
            size, self._get_ecrm_context_values()._get_ecrm_options()
        )
        # The shopper sees amounts with pricelist and tax: the breakdown is scaled to the price he sees
        factor = info['price'] / float(answer.amount) if answer.amount else 0
        square_metres = float(
            sum((width * height for width, height in size.sides), Decimal(0)) / 1_000_000
        )
        currency = info['currency']
        return {
            'code': profile._get_size_text(size),
            'label': label,
            **self._get_ecrm_inputs(size, profile),
            'breakdown': profile._explain_price(answer, lambda amount: float(amount) * factor, currency),
            'per_area': self.env._(
                "%(price)s per m²", price=currency.format(info['price'] / square_metres)
            ) if square_metres else '',
            'billed': self._get_ecrm_billed_text(profile, size, answer),
            'hint': self._get_ecrm_tier_text(profile, answer),
            'promise': self._get_ecrm_promise_text(profile, size, quantity),
            'drawing': draw_room(size, self._get_ecrm_picture(), label),
        }  # fmt: skip

    def _get_ecrm_picture(self):
        """Address of the artwork, empty without one; the file itself is not read."""
        return (
            f'/web/image/product.template/{self.id}/image_512'
            if self._has_ecrm_picture(self.write_date)
            else ''
        )

    @ormcache('self.id', 'write_date')
    def _has_ecrm_picture(self, write_date):
        return bool(self.with_context(bin_size=True).image_128)

    def _get_ecrm_billed_text(self, profile, size, answer):
        """Say which size is charged when it is not the one typed."""
        if answer.steps[0].code == 'preset' or answer.measures.sides == size.sides:
            return ''
        width, height = answer.measures.sides[0]
        sized = self.env['ecrm.sized.mixin']
        return self.env._(
            "Billed as %(width)s x %(height)s %(unit)s.",
            width=sized._ecrm_number(width, profile.unit),
            height=sized._ecrm_number(height, profile.unit),
            unit=profile.unit,
        )

    def _get_ecrm_promise_text(self, profile, size, quantity):
        """Say when the workshop has it ready."""
        date = profile._get_promised_date(size, quantity)
        return self.env._(
            "Ready on %(date)s", date=format_date(self.env, date, date_format='EEEE d MMMM')
        )

    def _get_ecrm_tier_text(self, profile, answer):
        if not answer.next_tier:
            return ''
        figure = self.env['ecrm.sized.mixin']._ecrm_figure
        return self.env._(
            "From %(area)s %(unit)s² on, the rate falls to %(rate)s.",
            area=figure(answer.next_tier.start), unit=profile.rate_unit, rate=figure(answer.next_tier.rate),
        ) if answer.next_tier.rate < answer.steps[0].values['rate'] else ''  # fmt: skip

    def _prepare_ecrm_size_block(self, size, error=''):
        """Values of the size block of the product page.

        :param Size size: the size the page opens with, or None
        :param str error: why the size asked for was not taken
        :rtype: dict
        """
        self.ensure_one()
        profile = self.sudo().ecrm_size_profile_id
        sized = self.env['ecrm.sized.mixin']
        presets = {preset: preset._get_ecrm_size() for preset in profile._get_preset_prices()}
        prices = self._get_ecrm_shown_prices(list(presets.values()))
        boxes = [place_panels(preset_size)[:2] for preset_size in presets.values()]
        largest = (max(box[0] for box in boxes), max(box[1] for box in boxes)) if boxes else None
        return {
            'client': {'unit': profile.unit, 'custom': profile.allow_custom},
            'code': profile._get_size_text(size) if size else '',
            'label': sized._ecrm_label(size, profile.unit) if size else '',
            **self._get_ecrm_inputs(size, profile),
            'max_panels': profile.max_panels,
            'custom': profile.allow_custom,
            'unit_name': {'cm': self.env._("cm"), 'mm': self.env._("mm"), 'm': self.env._("m"), 'in': self.env._("in")}[profile.unit],
            'note': profile.with_context(lang=self.env.lang).note,
            'error': error,
            'drawing': Markup(draw_room(size, self._get_ecrm_picture())) if size else '',
            'presets': [
                {
                    'code': profile._get_size_text(preset_size),
                    'name': sized._ecrm_label(preset_size, profile.unit),
                    'label': preset.with_context(lang=self.env.lang).label,
                    'price': prices[preset_size.key],
                    'drawing': Markup(draw_tile(preset_size, largest=largest)),
                    **self._get_ecrm_inputs(preset_size, profile),
                }
                for preset, preset_size in presets.items()
            ],
        }  # fmt: skip

    def _get_ecrm_inputs(self, size, profile):
        """The size as the page's three fields hold it."""
        return {
            'width': str(from_mm(size.width_mm, profile.unit)) if size else '',
            'height': str(from_mm(size.height_mm, profile.unit)) if size else '',
            'panels': size.panels if size else 1,
        }

    def _read_ecrm_page_size(self, width=None, height=None, panels=None):
        """Read the size of a deep link.

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
        if not width or not height:
            return default, ''
        try:
            return profile._read_size(f'{width}x{height}*{panels or 1}'), ''
        except UserError as error:
            return default, str(error)

    def _get_ecrm_shown_prices(self, sizes):
        """Prices of sizes as the shop shows them to this visitor: pricelist, currency and tax included.

        One search for the pricelist's rule, whatever the number of sizes.

        :param list sizes: list of Size
        :rtype: dict[tuple, float]
        """
        self.ensure_one()
        website = self.env['website'].get_current_website()
        currency, date = website.currency_id, fields.Date.context_today(self)
        rule_id = request.pricelist._get_product_rule(
            self, quantity=1.0, uom=self.uom_id, currency=currency
        )
        rule = self.env['product.pricelist.item'].browse(rule_id)
        product_taxes = self.sudo().taxes_id._filter_taxes_by_company(self.env.company)
        taxes = request.fiscal_position.map_tax(product_taxes)
        prices = {}
        for size in sizes:
            template = self.with_context(**self._get_ecrm_context(size))
            price = rule._compute_price(template, 1.0, self.uom_id, date, currency)
            if product_taxes:
                price = self._apply_taxes_to_price(
                    price, currency, product_taxes, taxes, self, website=website
                )
            prices[size.key] = price
        return prices
