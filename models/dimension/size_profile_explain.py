from decimal import Decimal

from markupsafe import Markup

from odoo import api, models
from odoo.tools.misc import formatLang

from ...tools.dimension import SizeError, parse_size
from ...tools.drawing import draw_curve
from ...tools.price import PriceError, compute_price
from ...tools.size import UNITS


class EcrmSizeProfileExplain(models.Model):
    """A profile told to people: the breakdown of a price, the try-out, the curve, the warning of a fall."""

    _inherit = 'ecrm.size.profile'

    # === COMPUTE METHODS === #

    @api.depends('price_model', 'revision', 'grid', 'preset_ids.price')
    def _compute_price_warning(self):
        for profile in self:
            profile.price_warning = profile._find_price_fall() if profile._origin else False

    @api.depends('try_size', 'revision')
    def _compute_try_result(self):
        for profile in self:
            profile.try_result = profile._render_try_result() if profile.try_size else False

    @api.depends('revision')
    def _compute_price_chart(self):
        for profile in self:
            curve = profile._get_price_curve() if profile._origin else []
            points = [(float(size.width_mm), float(price)) for size, price in curve]
            profile.price_chart = (
                Markup(
                    draw_curve(
                        points,
                        lambda side, profile=profile: (
                            profile.env['ecrm.sized.mixin']._ecrm_number(
                                Decimal(round(side)), profile.unit
                            )
                            + f' {profile.unit}'
                        ),
                        lambda amount, profile=profile: profile.currency_id.format(amount),
                    )
                )
                if len(points) > 1
                else False
            )

    # === TRY-OUT === #

    def _find_price_fall(self):
        """Look for a preset that costs less than a smaller one, and for a rate that falls as sizes grow."""
        prices = sorted(self._get_preset_prices().items(), key=lambda item: item[1])
        for index, (cheap, low) in enumerate(prices):
            for dear, high in prices[index + 1 :]:
                if high > low and self._contains(cheap._get_ecrm_size(), dear._get_ecrm_size()):
                    return self.env._(
                        "The price falls as the size grows: %(large)s costs less than %(small)s.",
                        large=cheap.ecrm_size_label, small=dear.ecrm_size_label,
                    )  # fmt: skip
        return self._find_curve_fall()

    def _find_curve_fall(self):
        """Walk squares through the bounds; tiers priced on the whole quantity may step down."""
        previous = None
        for size, price in self._get_price_curve():
            if previous and price < previous[1]:
                return self.env._(
                    "The price falls as the size grows: %(large)s costs less than %(small)s.",
                    large=self.env['ecrm.sized.mixin']._ecrm_label(size, self.unit),
                    small=self.env['ecrm.sized.mixin']._ecrm_label(previous[0], self.unit),
                )
            previous = (size, price)
        return False

    def _get_price_curve(self, points=60):
        """Prices of growing sizes of one panel, for the chart and the warning.

        :return: pairs ``(Size, Decimal)`` of the sizes that can be sold
        :rtype: list
        """
        rules = self._get_rules()
        low = max(rules.bounds.min_width, rules.bounds.min_height, Decimal(100))
        sides = [
            side
            for side in (rules.bounds.max_width, rules.bounds.max_height, rules.bounds.roll_width)
            if side
        ]
        high = min(sides, default=Decimal(2000))
        step = rules.bounds.step or Decimal(10)
        curve = []
        for index in range(points + 1):
            side = ((low + (high - low) * index / points) / step).quantize(Decimal(1)) * step
            try:
                size = parse_size(f'{side}x{side}', 'mm')
                price = compute_price(rules, size).amount
            except (SizeError, PriceError):
                continue
            if size.key not in rules.presets and (not curve or curve[-1][0].key != size.key):
                curve.append((size, price))
        return curve

    def _get_bounds_text(self):
        """The sizes that can be typed, in one short sentence; empty without bounds.

        :rtype: str
        """
        self.ensure_one()
        if not (self.min_width and self.min_height and self.max_width and self.max_height):
            return ''
        sized, mm = self.env['ecrm.sized.mixin'], UNITS[self.unit]
        figures = {
            name: sized._ecrm_number(Decimal(repr(self[name])) * mm, self.unit)
            for name in ('min_width', 'min_height', 'max_width', 'max_height')
        }
        return self.env._(
            "From %(min_width)s x %(min_height)s to %(max_width)s x %(max_height)s %(unit)s",
            unit=sized._get_ecrm_unit_names()[self.unit],
            **figures,
        )

    @api.model
    def _contains(self, large, small):
        return (
            large.panels >= small.panels
            and large.width_mm >= small.width_mm
            and large.height_mm >= small.height_mm
        )

    def _render_try_result(self):
        """The breakdown of the size being tried, or why it is refused."""
        sized, size = self.env['ecrm.sized.mixin'], None
        try:
            size = parse_size(self.try_size, self.unit)
            price = self._compute_size_price(size)
        except (SizeError, PriceError) as error:
            return Markup('<p class="text-danger mb-0">%s</p>') % self._explain_refusal(error, size)
        rows = Markup().join(
            Markup('<tr><td>%s</td><td class="text-end">%s</td></tr>') % (row['label'], row['text'])
            for row in self._explain_price(price)
        )
        total = self.currency_id.format(float(price.amount))
        return Markup('<table class="table table-sm mb-0"><tbody>%s<tr><th>%s</th><th class="text-end">%s</th></tr></tbody></table>') % (
            rows, sized._ecrm_label(size, self.unit), total,
        )  # fmt: skip

    def _render_grid(self):
        """The price table as people read it."""
        head = Markup().join(
            Markup('<th class="text-end">%s</th>') % f'{width:g}' for width in self.grid['widths']
        )
        body = Markup().join(
            Markup('<tr><th>%s</th>%s</tr>') % (
                f'{height:g}',
                Markup().join(
                    Markup('<td class="text-end">%s</td>') % self._format_grid_price(price) for price in row
                ),
            )
            for height, row in zip(self.grid['heights'], self.grid['rows'], strict=True)
        )  # fmt: skip
        return Markup(
            '<div class="table-responsive"><table class="table table-sm table-bordered text-nowrap" style="table-layout: auto;">'
            '<tr><th>%s</th>%s</tr>%s</table></div>'
        ) % (self.env['ecrm.sized.mixin']._get_ecrm_unit_names()[self.unit], head, body)

    def _format_grid_price(self, price):
        if price is None:
            return ''
        digits = 0 if float(price).is_integer() else self.currency_id.decimal_places
        return formatLang(self.env, price, digits=digits)

    def _explain_price(self, price, convert=float, currency=None):
        """The breakdown for people.

        :param Price price:
        :param convert: from an amount in the profile's currency to a float in `currency`
        :param currency: currency amounts are written in, the profile's by default
        :return: ``[{'code': str, 'label': str, 'amount': float, 'text': str}]``
        :rtype: list
        """
        currency = currency or self.currency_id
        rows = []
        for step in price.steps:
            amount = convert(step.amount)
            label = self._get_step_label(
                step, lambda rate: self._get_rate_text(convert(rate), currency)
            )
            rows.append(
                {
                    'code': step.code,
                    'label': label,
                    'amount': amount,
                    'text': currency.format(amount),
                }
            )
        return rows

    def _get_rate_text(self, rate, currency):
        """A rate as money; the rate of a square centimetre is less than a coin."""
        rate = float(rate)
        if rate >= 1 or not rate:
            return currency.format(rate)
        return f'{rate:.4g} {currency.symbol}'

    def _get_rate_unit_text(self):
        """The unit that rates are for, in the reader's language."""
        names = self.env['ecrm.sized.mixin']._get_ecrm_unit_names()
        return names[self._get_rules().rate_unit]

    def _get_step_label(self, step, rate_text):
        figure = self.env['ecrm.sized.mixin']._ecrm_figure
        values = step.values
        if step.code == 'preset':
            return self.env._("Price of this size")
        if step.code == 'base' and 'area' in values and 'length' not in values:
            figures = {
                'area': figure(values['area']),
                'unit': self._get_rate_unit_text(),
                'rate': rate_text(values['rate']),
            }
            if values.get('slab'):
                return self.env._("%(area)s %(unit)s² by slices, the last at %(rate)s", **figures)
            return self.env._("%(area)s %(unit)s² at %(rate)s", **figures)
        if step.code == 'base' and values.get('panels', 1) > 1:
            return self.env._("%(panels)s panels", panels=values['panels'])
        if step.code == 'panel_fee' and values['panels'] == 1:
            return self.env._("Fee for one panel")
        if step.code == 'panel_fee':
            return self.env._("Fee for %(panels)s panels", panels=values['panels'])
        if step.code == 'option':
            return values['name']
        return {
            'base': self.env._("Base price"),
            'setup_fee': self.env._("Set-up"),
            'oversize': self.env._("Oversize"),
            'minimum': self.env._("Minimum price"),
            'rounding': self.env._("Rounding"),
        }[step.code]
