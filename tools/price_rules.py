"""A size profile as data, and the price with its breakdown: frozen dataclasses for `price.py`."""

from dataclasses import dataclass, field
from decimal import Decimal

from .price_grid import Grid

ZERO = Decimal(0)
MODELS = ('fixed', 'area', 'perimeter', 'united', 'area_perimeter', 'tiers', 'grid')
OPTION_MODES = ('set', 'panel', 'area', 'length', 'percent')


class PriceError(ValueError):
    """A size that is not sold.

    :ivar str code: ``width_min``, ``width_max``, ``height_min``, ``height_max``, ``step``, ``area_min``, ``area_max``,
        ``perimeter_max``, ``ratio_max``, ``panels_max``, ``roll_width``, ``grid_outside``, ``grid_empty``,
        ``presets_only``
    :ivar dict values: ``value`` and ``bound``, lengths in millimetres, areas in square metres
    :ivar bool quote: the size is too large for the page, but a quotation may be asked for
    """

    def __init__(self, code, quote=False, **values):
        super().__init__(code)
        self.code = code
        self.values = values
        self.quote = quote


@dataclass(frozen=True)
class Bounds:
    """What can be made. Zero means no bound. Lengths in millimetres, areas in square metres.

    :ivar Decimal roll_width: widest roll; the shorter billed side of every panel must fit on it
    :ivar Decimal max_ratio: long side over short side
    :ivar bool rotate: the profile is orientation-free: a size that fits when turned fits
    """

    min_width: Decimal = ZERO
    max_width: Decimal = ZERO
    min_height: Decimal = ZERO
    max_height: Decimal = ZERO
    step: Decimal = ZERO
    min_area: Decimal = ZERO
    max_area: Decimal = ZERO
    max_perimeter: Decimal = ZERO
    max_ratio: Decimal = ZERO
    roll_width: Decimal = ZERO
    max_panels: int = 1
    rotate: bool = False


@dataclass(frozen=True)
class Option:
    """A choice with a price: ``mode`` is one of :data:`OPTION_MODES`, ``percent`` is of the base."""

    name: str
    mode: str
    amount: Decimal


@dataclass(frozen=True)
class Rules:
    """A size profile as data. Rates are for one `rate_unit` (metre, foot ...) or its square.

    :ivar str model: one of :data:`MODELS`
    :ivar bool slab: tiers price slices, not the whole
    :ivar dict presets: price of a set by ``Size.key``, for the presets that have their own
    :ivar Decimal price_step: the price is ``k * price_step + price_ending``; zero rounds to `digits` only
    """

    model: str = 'area'
    bounds: Bounds = Bounds()
    quote_over: bool = False
    custom: bool = True
    wrap: Decimal = ZERO
    side_mode: str = 'none'
    side_step: Decimal = ZERO
    waste: Decimal = ZERO
    min_area_panel: Decimal = ZERO
    min_area_set: Decimal = ZERO
    area_step: Decimal = ZERO
    rate_unit: str = 'm'
    fixed_price: Decimal = ZERO
    area_rate: Decimal = ZERO
    length_rate: Decimal = ZERO
    tiers: tuple = ()
    slab: bool = False
    grid: Grid | None = None
    presets: dict = field(default_factory=dict)
    panel_fee: Decimal = ZERO
    setup_fee: Decimal = ZERO
    oversize_from: Decimal = ZERO
    oversize_percent: Decimal = ZERO
    minimum: Decimal = ZERO
    price_step: Decimal = ZERO
    price_mode: str = 'nearest'
    price_ending: Decimal = ZERO
    digits: Decimal = Decimal('0.01')


@dataclass(frozen=True)
class ProfileFacts:
    """What a page needs of a size profile, kept between requests.

    :ivar Rules rules:
    :ivar str unit: unit sizes are shown in
    :ivar int currency_id: currency of the prices
    :ivar int company_id: 0 when the profile is shared
    :ivar int lead_days: working days to make one
    :ivar float daily_area: square metres made in a day, 0 for any
    :ivar int setup_id: product of the set-up charged once an order, 0 for none
    :ivar bool cost_per_area: the cost of a product is that of one m²
    :ivar bool weight_per_area: likewise its weight
    """

    rules: Rules
    unit: str
    currency_id: int
    company_id: int = 0
    lead_days: int = 0
    daily_area: float = 0.0
    setup_id: int = 0
    cost_per_area: bool = False
    weight_per_area: bool = False


@dataclass(frozen=True)
class Step:
    """One line of the breakdown.

    :ivar str code: ``preset``, ``base``, ``option``, ``panel_fee``, ``setup_fee``, ``oversize``, ``minimum``, ``rounding``
    :ivar Decimal amount: what it adds
    :ivar dict values: figures that a sentence about it needs
    """

    code: str
    amount: Decimal
    values: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Measures:
    """What is billed. Lengths in `rate_unit`, areas in its square; ``sides`` in millimetres, one pair a panel."""

    sides: tuple
    net_area: Decimal
    area: Decimal
    perimeter: Decimal
    united: Decimal


@dataclass(frozen=True)
class Price:
    """The answer.

    :ivar Decimal amount: price of one set, company currency, before pricelist and tax
    :ivar tuple steps: :class:`Step`, their amounts sum to `amount`
    :ivar Measures measures:
    :ivar Tier next_tier: the next tier with its start, when tiers price the size, or None
    """

    amount: Decimal
    steps: tuple
    measures: Measures
    next_tier: object = None
