"""The price of one set of panels: one pure function for the page, the order line, the API and the tests.

Steps, in this order: validate, bill size, measures, base, options, fees, floor and rounding. Decimal only. The result
carries its breakdown: every step with the amount it adds, so that the amounts sum to the price.
"""

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from .price_grid import GridError, tier_amount
from .price_rules import ZERO, Bounds, Measures, Option, Price, PriceError, Rules, Step
from .size import RESOLUTION, UNITS, Size

__all__ = [
    'Bounds',
    'Option',
    'Price',
    'PriceError',
    'Rules',
    'compute_price',
    'nearest_sizes',
    'round_price',
]


def compute_price(rules, size, options=()):
    """Price one set of panels.

    :param Rules rules:
    :param Size size:
    :param options: iterable of :class:`Option`; their order changes nothing
    :rtype: Price
    :raises PriceError: the size is not sold; the code names the bound
    """
    own_price = rules.presets.get(size.key)
    if own_price is None and not rules.custom:
        raise PriceError('presets_only')
    if own_price is None:
        check_bounds(rules, size)
    measures = measure(rules, size)
    next_tier = None
    if own_price is not None:
        steps = [Step('preset', own_price)]
    else:
        base, next_tier = _base(rules, measures)
        steps = [base]
    base_amount = steps[0].amount
    for option in sorted(options, key=lambda item: (item.mode, item.name, item.amount)):
        amount = _option_amount(option, base_amount, measures)
        steps.append(Step('option', amount, {'name': option.name}))
    if own_price is None:
        steps += _fees(rules, measures, base_amount)
        steps += _finish(rules, sum((step.amount for step in steps), ZERO))
    total = sum((step.amount for step in steps), ZERO)
    rounded = max(ZERO, total.quantize(rules.digits, ROUND_HALF_UP))
    if rounded != total:
        steps.append(Step('rounding', rounded - total))
    return Price(rounded, tuple(steps), measures, next_tier)


# === VALIDATION === #


def check_bounds(rules, size):
    """Refuse what cannot be made; nothing is ever clamped.

    :raises PriceError: the first bound that is broken, the small ones before the large ones
    """
    bounds = rules.bounds
    if bounds.max_panels and size.panels > bounds.max_panels:
        raise PriceError('panels_max', rules.quote_over, value=size.panels, bound=bounds.max_panels)
    sides = dict.fromkeys(size.layout) or ((size.width_mm, size.height_mm),)
    for width, height in sides:
        try:
            _check_sides(bounds, width, height, rules.quote_over)
        except PriceError:
            if not bounds.rotate:
                raise
            _check_sides(bounds, height, width, rules.quote_over)
        _check_shape(rules, width, height)


def _check_sides(bounds, width, height, quote):
    for name, value, low, high in (
        ('width', width, bounds.min_width, bounds.max_width),
        ('height', height, bounds.min_height, bounds.max_height),
    ):
        if value < low:
            raise PriceError(f'{name}_min', value=value, bound=low)
        if high and value > high:
            raise PriceError(f'{name}_max', quote, value=value, bound=high)
        if bounds.step and _on_step(value, bounds.step) != value:
            raise PriceError('step', value=value, bound=bounds.step)


def _on_step(side, step, rounding=ROUND_HALF_UP):
    """The whole number of steps that is nearest to a side, as the tenth of a millimetre it is kept in.

    Decimals and whole numbers: a remainder of floats refuses valid sizes, and one of tenths the quarters of an inch.
    """
    steps = max((side / step).quantize(Decimal(1), rounding), Decimal(1))
    return (steps * step).quantize(RESOLUTION, ROUND_HALF_UP)


def nearest_sizes(rules, size, most=2):
    """Sizes that are sold, beside one whose sides are off the step: each side at its nearest, then larger, then smaller.

    :param Size size: a size refused with the code ``step``
    :param int most: how many to offer
    :rtype: tuple[Size]
    """
    found, step = {}, rules.bounds.step
    for rounding in (ROUND_HALF_UP, ROUND_CEILING, ROUND_FLOOR) if step else ():
        sides = tuple(
            tuple(_on_step(side, step, rounding) for side in pair)
            for pair in size.layout or ((size.width_mm, size.height_mm),)
        )
        width, height = max(sides, key=lambda pair: (pair[0] * pair[1], pair))
        near = Size(width, height, size.panels, '', sides if len(set(sides)) > 1 else ())
        try:
            compute_price(rules, near)
        except PriceError:
            continue
        found.setdefault(near.key, near)
    return tuple(found.values())[:most]


def _check_shape(rules, width, height):
    bounds, quote = rules.bounds, rules.quote_over
    area = width * height / 1_000_000
    if area < bounds.min_area:
        raise PriceError('area_min', value=area, bound=bounds.min_area)
    if bounds.max_area and area > bounds.max_area:
        raise PriceError('area_max', quote, value=area, bound=bounds.max_area)
    if bounds.max_perimeter and 2 * (width + height) > bounds.max_perimeter:
        raise PriceError(
            'perimeter_max', quote, value=2 * (width + height), bound=bounds.max_perimeter
        )
    short, long = sorted((width, height))
    if bounds.max_ratio and long > short * bounds.max_ratio:
        raise PriceError('ratio_max', value=long / short, bound=bounds.max_ratio)
    billed = min(billed_side(rules, width), billed_side(rules, height))
    if bounds.roll_width and billed > bounds.roll_width:
        raise PriceError('roll_width', quote, value=billed, bound=bounds.roll_width)


# === MEASURES === #


def billed_side(rules, side):
    """Side that is charged: with the wrap on both ends, rounded as the profile says."""
    if rules.wrap:
        side += 2 * rules.wrap
    if rules.side_mode == 'none' or not rules.side_step:
        return side
    rounding = ROUND_CEILING if rules.side_mode == 'up' else ROUND_HALF_UP
    return (side / rules.side_step).quantize(Decimal(1), rounding) * rules.side_step


def measure(rules, size):
    """Measure a set of panels.

    :rtype: Measures
    """
    unit = UNITS[rules.rate_unit]
    square = unit * unit
    if size.layout:
        sides = tuple((billed_side(rules, w), billed_side(rules, h)) for w, h in size.layout)
        area = sum((max(w * h / square, rules.min_area_panel) for w, h in sides), ZERO)
        net = sum((w * h for w, h in size.layout), ZERO) / square
        united = sum((w + h for w, h in sides), ZERO) / unit
    else:
        # Equal panels are measured once
        width, height = billed_side(rules, size.width_mm), billed_side(rules, size.height_mm)
        sides = ((width, height),) * size.panels
        area = size.panels * max(width * height / square, rules.min_area_panel)
        net = size.panels * size.width_mm * size.height_mm / square
        united = size.panels * (width + height) / unit
    if rules.waste:
        area *= 1 + rules.waste / 100
    area = max(area, rules.min_area_set)
    if rules.area_step:
        area = (area / rules.area_step).quantize(Decimal(1), ROUND_CEILING) * rules.area_step
    return Measures(sides, net, area, 2 * united, united)


# === AMOUNTS === #


def _base(rules, measures):
    """Base price, and the next tier when tiers made it."""
    if rules.model == 'fixed':
        return Step('base', rules.fixed_price, {'model': 'fixed'}), None
    if rules.model == 'grid':
        try:
            prices = {side: rules.grid.price(*side) for side in dict.fromkeys(measures.sides)}
            amount = sum((prices[side] for side in measures.sides), ZERO)
        except GridError as error:
            raise PriceError(
                error.code, rules.quote_over and error.beyond, **error.values
            ) from error
        return Step('base', amount, {'model': 'grid', 'panels': len(measures.sides)}), None
    if rules.model == 'tiers':
        amount, rate, following = tier_amount(rules.tiers, measures.area, rules.slab)
        values = {'model': 'tiers', 'area': measures.area, 'rate': rate, 'slab': rules.slab}
        return Step('base', amount, values), following
    amount, values = ZERO, {'model': rules.model}
    if rules.model in {'area', 'area_perimeter'}:
        amount += measures.area * rules.area_rate
        values |= {'area': measures.area, 'rate': rules.area_rate}
    if rules.model in {'perimeter', 'area_perimeter', 'united'}:
        length = measures.united if rules.model == 'united' else measures.perimeter
        amount += length * rules.length_rate
        values |= {'length': length, 'length_rate': rules.length_rate}
    return Step('base', amount, values), None


def _option_amount(option, base, measures):
    factors = {
        'set': Decimal(1),
        'panel': Decimal(len(measures.sides)),
        'area': measures.area,
        'length': measures.perimeter,
        'percent': base / 100,
    }
    return option.amount * factors[option.mode]


def _fees(rules, measures, base):
    panels = len(measures.sides)
    if rules.panel_fee:
        yield Step(
            'panel_fee', rules.panel_fee * panels, {'panels': panels, 'fee': rules.panel_fee}
        )
    if rules.setup_fee:
        yield Step('setup_fee', rules.setup_fee)
    longest = max(max(side) for side in measures.sides)
    if rules.oversize_percent and longest > rules.oversize_from:
        amount = base * rules.oversize_percent / 100
        yield Step(
            'oversize', amount, {'percent': rules.oversize_percent, 'from': rules.oversize_from}
        )


def _finish(rules, total):
    """Minimum charge, then the shop's habit of round prices; rounding never goes under the minimum."""
    if total < rules.minimum:
        yield Step('minimum', rules.minimum - total, {'minimum': rules.minimum})
        total = rules.minimum
    rounded = round_price(total, rules.price_step, rules.price_mode, rules.price_ending)
    if rounded < rules.minimum:
        rounded = round_price(total, rules.price_step, 'up', rules.price_ending)
    if rounded != total:
        yield Step('rounding', rounded - total)


def round_price(amount, step, mode='nearest', ending=ZERO):
    """Round to ``k * step + ending``: step 50 gives 3 050, step 1 with ending 0.99 gives 12.99.

    :param str mode: ``nearest`` (ties up), ``up`` or ``down``
    :rtype: Decimal
    """
    if not step:
        return amount
    rounding = {'up': ROUND_CEILING, 'down': ROUND_FLOOR}.get(mode, ROUND_HALF_UP)
    steps = ((amount - ending) / step).quantize(Decimal(1), rounding)
    return max(steps, ZERO) * step + ending if amount > 0 else amount
