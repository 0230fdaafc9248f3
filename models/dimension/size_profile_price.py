from decimal import Decimal

from odoo import api, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_list, ormcache

from ...tools.dimension import SizeError, parse_size, size_code, typed_unit
from ...tools.price import Bounds, PriceError, Rules, compute_price, nearest_sizes
from ...tools.price_grid import Grid, Tier
from ...tools.price_rules import ProfileFacts
from ...tools.size import UNITS


def decimal(number):
    """A stored float as the decimal its author typed."""
    return Decimal(repr(number or 0.0))


class EcrmSizeProfilePrice(models.Model):
    """From a profile's record to the pure price function, and back to sentences."""

    _inherit = 'ecrm.size.profile'

    # === COMPUTE METHODS === #

    @api.depends('preset_ids', 'preset_ids.price', 'revision')
    def _compute_from_price(self):
        for profile in self:
            prices = profile._get_preset_prices()
            profile.from_price = min(prices.values(), default=Decimal(0))

    # === RULES === #

    def _get_rules(self):
        """The profile as data for the pure function.

        :rtype: Rules
        """
        return self._get_facts().rules

    def _get_facts(self):
        """What the pages need of the profile; a saved one is read once, until `_refresh_prices` forgets it.

        :rtype: ProfileFacts
        """
        self.ensure_one()
        if not self._origin or self != self._origin:
            return self._prepare_facts()
        return self._get_cached_facts()

    @ormcache('self.id')
    def _get_cached_facts(self):
        return self.sudo()._prepare_facts()

    def _prepare_facts(self):
        return ProfileFacts(
            rules=self._prepare_rules(),
            unit=self.unit or 'cm',
            currency_id=self.currency_id.id,
            company_id=self.company_id.id or 0,
            lead_days=self.lead_days,
            daily_area=self.daily_area,
            setup_id=self.setup_product_id.id or 0,
            cost_per_area=self.cost_per_area,
            weight_per_area=self.weight_per_area,
        )

    def _prepare_rules(self):
        """Convert every field; lengths from the profile's unit to millimetres.

        :rtype: Rules
        """
        mm = UNITS[self.unit]
        return Rules(
            model=self.price_model,
            bounds=Bounds(
                min_width=decimal(self.min_width) * mm,
                max_width=decimal(self.max_width) * mm,
                min_height=decimal(self.min_height) * mm,
                max_height=decimal(self.max_height) * mm,
                step=decimal(self.step) * mm,
                min_area=decimal(self.min_area),
                max_area=decimal(self.max_area),
                max_perimeter=decimal(self.max_perimeter) * mm,
                max_ratio=decimal(self.max_ratio),
                roll_width=decimal(self.roll_width) * mm,
                max_panels=self.max_panels,
                rotate=self.orientation_free,
            ),
            quote_over=self.quote_over,
            custom=self.allow_custom,
            wrap=decimal(self.wrap) * mm,
            side_mode=self.side_mode,
            side_step=decimal(self.side_step) * mm,
            waste=decimal(self.waste),
            min_area_panel=decimal(self.min_area_panel),
            min_area_set=decimal(self.min_area_set),
            area_step=decimal(self.area_step),
            rate_unit=self.rate_unit,
            fixed_price=decimal(self.fixed_price),
            area_rate=decimal(self.area_rate),
            length_rate=decimal(self.length_rate),
            tiers=tuple(Tier(decimal(tier.start), decimal(tier.rate)) for tier in self.tier_ids),
            slab=self.tier_slab,
            grid=self._read_grid() if self.grid else None,
            presets=self._get_own_prices(),
            panel_fee=decimal(self.panel_fee),
            setup_fee=decimal(self.setup_fee),
            oversize_from=decimal(self.oversize_from) * mm,
            oversize_percent=decimal(self.oversize_percent),
            minimum=decimal(self.minimum_price),
            price_step=decimal(self.price_step),
            price_mode=self.price_mode,
            price_ending=decimal(self.price_ending),
            digits=decimal(self.currency_id.rounding or 0.01),
        )

    def _get_own_prices(self):
        """Price of every preset that has its own; both orientations when sizes may be turned."""
        prices = {}
        for preset in self.preset_ids.filtered('price'):
            size = preset._get_ecrm_size()
            prices[size.key] = decimal(preset.price)
            if self.orientation_free and not size.layout:
                prices.setdefault(
                    (size.height_mm, size.width_mm, size.panels, ()), decimal(preset.price)
                )
        return prices

    def _read_grid(self):
        """Turn the stored table into a grid in millimetres.

        :rtype: Grid
        :raises ValidationError: axes that do not ascend, cells that are no prices, rows of a wrong length
        """
        mm = UNITS[self.unit]
        try:
            axes = [
                [Decimal(str(side)) * mm for side in self.grid[name]]
                for name in ('widths', 'heights')
            ]
            rows = tuple(
                tuple(None if cell in (None, False, '') else Decimal(str(cell)) for cell in row)
                for row in self.grid['rows']
            )
        except (KeyError, TypeError, ArithmeticError) as error:
            raise ValidationError(self.env._("The price table cannot be read.")) from error
        for axis in axes:
            if (
                not axis
                or any(not side.is_finite() or side <= 0 for side in axis)
                or axis != sorted(set(axis))
            ):
                raise ValidationError(
                    self.env._(
                        "The widths and heights of a price table are above zero and go upwards."
                    )
                )
        if len(rows) != len(axes[1]) or any(len(row) != len(axes[0]) for row in rows):
            raise ValidationError(
                self.env._("A price table has one price for each width and height.")
            )
        if any(
            cell is not None and not (cell.is_finite() and cell >= 0)
            for row in rows
            for cell in row
        ):
            raise ValidationError(self.env._("The prices of a price table are zero or more."))
        return Grid(tuple(axes[0]), tuple(axes[1]), rows, self.grid_lookup, self.grid_symmetric)

    # === PRICES === #

    def _compute_size_price(self, size, options=()):
        """Price one set of panels in the profile's currency, before pricelist and tax.

        :param Size size:
        :param options: iterable of ``tools.price.Option``
        :rtype: Price
        :raises PriceError: the size is not sold
        """
        return compute_price(self._get_rules(), size, options)

    def _read_size(self, value):
        """Read and check a size sent by a browser or typed by a person.

        :param value: text; anything else is refused
        :rtype: Size
        :raises UserError: the sentence names the bound
        """
        unit = self._get_facts().unit if self else 'cm'
        size = None
        try:
            size = parse_size(value, unit)
            self._compute_size_price(size)
        except (SizeError, PriceError) as error:
            refusal = UserError(self._explain_refusal(error, size))
            refusal.ecrm_quote = getattr(error, 'quote', False)
            refusal.ecrm_field = error.code.split('_')[0]
            refusal.ecrm_offers = self._prepare_size_offers(self._get_nearest_sizes(error, size))
            raise refusal from error
        return size

    def _get_nearest_sizes(self, error, size):
        """Sizes to offer instead of one that is off the step; nothing is ever changed unasked.

        :param error: SizeError or PriceError
        :param Size size: None when it could not be read
        :rtype: tuple[Size]
        """
        return nearest_sizes(self._get_rules(), size) if size and error.code == 'step' else ()

    def _explain_refusal(self, error, size):
        """The sentence about a refused size, with the nearest ones in the unit it was typed in.

        :param error: SizeError or PriceError
        :param Size size: None when it could not be read
        :rtype: str
        """
        sized, unit = self.env['ecrm.sized.mixin'], self._get_facts().unit if self else 'cm'
        reason = sized._ecrm_explain(error, unit)
        nearest = self._get_nearest_sizes(error, size)
        if not nearest:
            return reason
        typed = typed_unit(size.text, unit)
        labels = list(dict.fromkeys(sized._ecrm_label(near, typed) for near in nearest))
        return self.env._(
            "%(reason)s The nearest size is %(sizes)s.",
            reason=reason, sizes=format_list(self.env, labels, 'or'),
        )  # fmt: skip

    def _find_size(self, value):
        """Read a size that was stored, where nobody is there to be told.

        :rtype: Size | None
        """
        try:
            return self._read_size(value)
        except UserError:
            return None

    def _is_same_size(self, one, other):
        """Whether two sizes are one article in the cart.

        :rtype: bool
        """
        if one is None or other is None:
            return one is other
        if one.key == other.key:
            return True
        if not self or not self._get_rules().bounds.rotate or one.layout or other.layout:
            return False
        return (one.width_mm, one.height_mm, one.panels) == (
            other.height_mm,
            other.width_mm,
            other.panels,
        )

    def _get_default_size(self):
        """Size taken where nobody could choose one: the preset marked so, else the first.

        :rtype: Size | None
        """
        presets = self.preset_ids
        preset = presets.filtered('is_default')[:1] or presets[:1]
        return preset._get_ecrm_size() if preset else None

    def _get_from_size(self):
        """The preset with the least price, whose price is the "from" price.

        :rtype: Size | None
        """
        prices = self._get_preset_prices() if self else {}
        return min(prices, key=prices.get)._get_ecrm_size() if prices else None

    def _get_preset_prices(self):
        """Price of every preset that can be sold.

        :rtype: dict[ecrm.size.preset, Decimal]
        """
        self.ensure_one()
        prices = {}
        for preset in self.preset_ids:
            size = preset._get_ecrm_size()
            if not size:
                continue
            try:
                prices[preset] = self._compute_size_price(size).amount
            except PriceError:
                continue
        return prices

    def _get_size_text(self, size):
        """The short text of a size in this profile's unit, which reads back to it."""
        return size_code(size, self._get_facts().unit)
