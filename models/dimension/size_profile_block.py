from markupsafe import Markup

from odoo import models
from odoo.tools import frozendict, ormcache

from ...tools.drawing import draw_tile, place_panels
from ...tools.size import from_mm, size_code


class EcrmSizeProfileBlock(models.Model):
    """What the product page shows of a profile to every visitor of one language: prepared once, not for each page."""

    _inherit = 'ecrm.size.profile'

    def _update_field_translations(self, *args, **kwargs):
        # EXTENDS base: the note stands in the block
        res = super()._update_field_translations(*args, **kwargs)
        self.env.registry.clear_cache()
        return res

    def _get_block(self):
        """Fields, bounds, note and tiles of the size block, without prices: those are the visitor's.

        :return: ``max_panels``, ``custom``, ``unit``, ``units``, ``step`` (millimetres, as text), ``bounds``, ``note``, ``default`` (Size | None) and
            ``tiles``, each with its ``size``
        :rtype: frozendict
        """
        self.ensure_one()
        return self.sudo()._get_cached_block(self.env.lang)

    @ormcache('self.id', 'lang')
    def _get_cached_block(self, lang):
        profile = self.with_context(lang=lang)
        units = profile.env['ecrm.sized.mixin']._get_ecrm_unit_names()
        default = profile._get_default_size()
        return frozendict(
            max_panels=profile.max_panels,
            custom=profile.allow_custom,
            unit=profile.unit,
            step=str(profile._get_rules().bounds.step or ''),
            units=tuple((unit, units[unit]) for unit in ('mm', 'cm', 'm', 'in')),
            bounds=profile._get_bounds_text(),
            note=profile.note,
            default=profile._find_size(profile._get_size_text(default)) if default else None,
            tiles=tuple(profile._prepare_tiles()),
        )

    def _get_setup_text(self):
        """What an order of this profile is charged once, as the shop shows prices to this visitor; '' if nothing."""
        self.ensure_one()
        setup_id = self._get_facts().setup_id
        if not setup_id:
            return ''
        setup = self.env['product.product'].sudo().browse(setup_id)
        info = setup._get_combination_info_variant()
        return self.env._(
            "Plus %(setup)s, once an order: %(price)s",
            setup=setup.name, price=info['currency'].format(info['price']),
        )  # fmt: skip

    def _prepare_tiles(self):
        """The presets as tiles, all drawn at one scale.

        :rtype: list[frozendict]
        """
        sized = self.env['ecrm.sized.mixin']
        amounts = self._get_preset_prices()
        presets = {preset: preset._get_ecrm_size() for preset in amounts}
        boxes = [place_panels(size)[:2] for size in presets.values()]
        largest = (max(box[0] for box in boxes), max(box[1] for box in boxes)) if boxes else None
        return [
            frozendict({
                'size': size,
                'amount': amounts[preset],
                'code': self._get_size_text(size),
                'full_name': sized._ecrm_label(size, self.unit),
                'name': sized._ecrm_panel_label(size, self.unit),
                'panels': self.env._("%(panels)s panels", panels=size.panels) if size.panels > 1 else '',
                'label': preset.label,
                'drawing': Markup(draw_tile(size, largest=largest)),
            })
            for preset, size in presets.items()
        ]  # fmt: skip

    # === RENDERING === #

    def _render_block(self, size, prices, currency):
        """The tiles and the fields as the page opens with them.

        Most visitors open a page at one of its presets: those are rendered once for all who see the same prices.

        :param Size size: or None
        :param tuple prices: what each tile costs this visitor
        :param currency: currency of the prices
        :return: tiles and fields
        :rtype: tuple[Markup, Markup]
        """
        self.ensure_one()
        profile = self.sudo()
        presets = {tile['size'].key for tile in self._get_block()['tiles']}
        # Staff may be editing or translating the page
        if (size and size.key not in presets) or self.env.user._is_internal():
            return profile._render_parts(size, prices, currency)
        website_id = self.env['website'].get_current_website().id
        return profile._get_cached_parts(
            self.env.lang, website_id, currency.id, size and size.key, prices
        )

    @ormcache('self.id', 'lang', 'website_id', 'currency_id', 'key', 'prices', cache='templates.cached_values')  # fmt: skip
    def _get_cached_parts(self, lang, website_id, currency_id, key, prices):
        sizes = {tile['size'].key: tile['size'] for tile in self._get_block()['tiles']}
        currency = self.env['res.currency'].browse(currency_id)
        return self._render_parts(sizes.get(key), prices, currency)

    def _render_parts(self, size, prices, currency):
        block = self._get_block()
        values = {
            'block': block,
            'opened': self._prepare_opened(size),
            'prices': [currency.format(price) for price in prices],
        }
        return tuple(
            self.env['ir.qweb']._render(template, values)
            for template in ('ecrm.size_block_tiles', 'ecrm.size_block_custom')
        )

    def _prepare_opened(self, size):
        """What stands in the fields of a page that opens at a size, and the tile that the tab key reaches.

        :rtype: dict
        """
        block = self._get_block()
        code = self._get_size_text(size) if size else ''
        codes = [tile['code'] for tile in block['tiles']]
        return {
            'code': code,
            'reached': code if code in codes else codes and codes[0],
            'width': str(from_mm(size.width_mm, block['unit'])) if size else '',
            'height': str(from_mm(size.height_mm, block['unit'])) if size else '',
            'panels': size.panels if size else 1,
            'unequal': bool(size and size.layout),
        }

    def _prepare_size_offers(self, sizes):
        """Sizes to take by one click instead of a refused one, in the unit they are made in.

        :param sizes: iterable of Size
        :return: ``[{'code': str, 'text': str}]``
        :rtype: list
        """
        sized, unit = self.env['ecrm.sized.mixin'], self._get_facts().unit
        return [
            {
                'code': size_code(size, unit),
                'text': self.env._("Take %(size)s", size=sized._ecrm_label(size, unit)),
            }
            for size in sizes
        ]
