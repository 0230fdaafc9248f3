from decimal import Decimal

from markupsafe import Markup

from odoo import models
from odoo.tools import format_date, frozendict, ormcache

from ...tools.drawing import place_panels
from ...tools.room import draw_room
from ...tools.size import Size, from_mm


class ProductTemplateShop(models.Model):
    """What the shop's pages show of a product sold by size."""

    _inherit = 'product.template'

    def _website_show_quick_add(self):
        # EXTENDS website_sale: a size is chosen on the page
        return not self.sudo().ecrm_size_profile_id and super()._website_show_quick_add()

    def _search_render_results(self, fetch_fields, mapping, icon, limit):
        # EXTENDS website_sale: the price beside a result of the search field is the least one
        results = super()._search_render_results(fetch_fields, mapping, icon, limit)
        for product, data in zip(self, results, strict=False):
            if data.get('price') and product.sudo().ecrm_size_profile_id:
                data['price'] = self.env._("From %(price)s", price=data['price'])
        return results

    def _get_additionnal_combination_info(self, product_or_template, quantity, uom, date, website):
        # EXTENDS website_sale: the answer for the size in the context
        info = super()._get_additionnal_combination_info(
            product_or_template, quantity, uom, date, website
        )
        size = product_or_template.env.context.get('ecrm_sizes', {}).get(self.id)
        if size:
            info['ecrm_size'] = self._prepare_ecrm_size_answer(
                size, info, quantity, product_or_template.env.context.get('ecrm_option_ids', ())
            )
        return info

    def _prepare_ecrm_size_answer(self, size, info, quantity=1, option_ids=()):
        """What the page says about a priced size.

        :param Size size:
        :param dict info: combination info, with its price as shown
        :param option_ids: ids of the `product.template.attribute.value` chosen
        :rtype: dict
        """
        self.ensure_one()
        profile = self.sudo().ecrm_size_profile_id
        values = self._get_ecrm_own_values(option_ids)
        # Most visitors look at the presets: their answers are kept, those of any other size would crowd the cache
        is_preset = any(tile['size'].key == size.key for tile in profile._get_block()['tiles'])
        prepare = self._get_cached_ecrm_answer if is_preset else self._prepare_ecrm_lasting_answer
        answer = prepare(
            size.key, values._get_ecrm_options(), info['price'],
            info['currency'].id, self._get_ecrm_picture(),
        )  # fmt: skip
        return {**answer, 'promise': self._get_ecrm_promise_text(profile, size, quantity)}

    @ormcache('self.id', 'key', 'options', 'shown', 'currency_id', 'picture', 'self.env.lang', cache='templates.cached_values')  # fmt: skip
    def _get_cached_ecrm_answer(self, key, options, shown, currency_id, picture):
        return frozendict(
            self._prepare_ecrm_lasting_answer(key, options, shown, currency_id, picture)
        )

    def _prepare_ecrm_lasting_answer(self, key, options, shown, currency_id, picture):
        """The part of the answer that is the same for all who see the same price, whoever they are and whenever.

        :param tuple key: of the size
        :param tuple options: `tools.price.Option` chosen
        :param float shown: price as the shop shows it
        :param int currency_id:
        :param str picture: address of the artwork
        :rtype: dict
        """
        profile = self.sudo().ecrm_size_profile_id
        sized = self.env['ecrm.sized.mixin']
        width, height, panels, layout = key
        size = Size(width, height, panels, '', layout)
        unit = profile._get_facts().unit
        label = sized._ecrm_label(size, unit)
        answer = profile._compute_size_price(size, options)
        # The shopper sees amounts with pricelist and tax: the breakdown is scaled to the price he sees
        factor = shown / float(answer.amount) if answer.amount else 0
        square_metres = float(sum(width * height for width, height in size.sides) / 1_000_000)
        currency = self.env['res.currency'].browse(currency_id)
        return {
            **self._get_ecrm_inputs(size, profile),
            'label': label,
            'price': currency.format(shown),
            'breakdown': profile._explain_price(answer, lambda amount: float(amount) * factor, currency),
            'per_area': self.env._("%(price)s per m²", price=currency.format(shown / square_metres)),
            'billed': self._get_ecrm_billed_text(profile, size, answer),
            'hint': self._get_ecrm_tier_text(
                profile, answer, lambda rate: profile._get_rate_text(float(rate) * factor, currency)
            ),
            'drawing': Markup(draw_room(size, picture, label, self._get_ecrm_outer_texts(size, unit))),
        }  # fmt: skip

    def _get_ecrm_inputs(self, size, profile):
        """The size as the page's fields and its address hold it: lengths in millimetres, and texts to send back."""
        code = profile._get_size_text(size)
        width, height = (
            str(from_mm(side, profile._get_facts().unit))
            for side in (size.width_mm, size.height_mm)
        )
        return {
            'code': code,
            'link': {'size': code} if size.layout else {'w': width, 'h': height, 'n': size.panels},
            'width_mm': float(size.width_mm),
            'height_mm': float(size.height_mm),
            'panels': size.panels,
            'layout_mm': [[float(side) for side in sides] for sides in size.layout],
        }

    def _get_ecrm_outer_texts(self, size, unit):
        """Width and height of the whole set as it hangs, gaps included.

        :rtype: tuple[str, str]
        """
        sized = self.env['ecrm.sized.mixin']
        name = sized._get_ecrm_unit_names()[unit]
        width, height, _panels = place_panels(size)
        return tuple(
            f'{sized._ecrm_number(Decimal(str(side)), unit)} {name}' for side in (width, height)
        )

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
        own_price = answer.steps[0].code == 'preset'
        if own_price or size.layout or answer.measures.sides == size.sides:
            return ''
        width, height = answer.measures.sides[0]
        sized = self.env['ecrm.sized.mixin']
        return self.env._(
            "Billed as %(width)s x %(height)s %(unit)s.",
            width=sized._ecrm_number(width, profile._get_facts().unit),
            height=sized._ecrm_number(height, profile._get_facts().unit),
            unit=sized._get_ecrm_unit_names()[profile._get_facts().unit],
        )

    def _get_ecrm_promise_text(self, profile, size, quantity):
        """Say when the workshop has it ready."""
        date = profile._get_promised_date(size, quantity)
        return self.env._(
            "Ready on %(date)s", date=format_date(self.env, date, date_format='EEEE d MMMM')
        )

    def _get_ecrm_tier_text(self, profile, answer, rate_text):
        if not answer.next_tier:
            return ''
        figure = self.env['ecrm.sized.mixin']._ecrm_figure
        return self.env._(
            "From %(area)s %(unit)s² on, the rate falls to %(rate)s.",
            area=figure(answer.next_tier.start), unit=profile._get_rate_unit_text(), rate=rate_text(answer.next_tier.rate),
        ) if answer.next_tier.rate < answer.steps[0].values['rate'] else ''  # fmt: skip
