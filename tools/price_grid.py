"""Prices read from tables: a grid of widths and heights, and tiers of measure.

Pure functions over Decimal. A table never invents a price: outside of its axes, or on an empty cell, it refuses.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from decimal import Decimal

LOOKUPS = ('up', 'down', 'nearest', 'interpolate')


class GridError(ValueError):
    """A size that a table has no price for.

    :ivar str code: ``grid_outside`` or ``grid_empty``
    :ivar bool beyond: the size is larger than the table, not smaller
    :ivar dict values: ``width`` and ``height`` in millimetres, ``low`` and ``high`` of the axis that was left
    """

    def __init__(self, code, beyond=False, **values):
        super().__init__(code)
        self.code = code
        self.beyond = beyond
        self.values = values


@dataclass(frozen=True)
class Grid:
    """A table of prices of one panel.

    :ivar tuple widths: ascending, millimetres
    :ivar tuple heights: likewise
    :ivar tuple rows: one tuple a height, one Decimal or None (cannot be made) a width
    :ivar str lookup: one of :data:`LOOKUPS`
    :ivar bool symmetric: 40 x 50 costs what 50 x 40 costs; only one of both cells need be filled
    """

    widths: tuple
    heights: tuple
    rows: tuple
    lookup: str = 'up'
    symmetric: bool = False

    def price(self, width, height):
        """Price of one panel of `width` x `height` millimetres.

        :rtype: Decimal
        :raises GridError:
        """
        if not self.symmetric:
            return self._price(width, height)
        small, large = sorted((width, height))
        try:
            return self._price(small, large)
        except GridError:
            return self._price(large, small)

    def _price(self, width, height):
        if not self.widths or not self.heights:
            raise GridError('grid_empty', width=width, height=height)
        if self.lookup == 'interpolate':
            return self._interpolate(width, height)
        column = _position(self.widths, width, self.lookup, width, height)
        row = _position(self.heights, height, self.lookup, width, height)
        return self._cell(row, column, width, height)

    def _cell(self, row, column, width, height):
        price = self.rows[row][column]
        if price is None and self.symmetric:
            price = self._mirror(row, column)
        if price is None:
            raise GridError('grid_empty', width=width, height=height)
        return price

    def _mirror(self, row, column):
        """The cell on the other side of the diagonal, where both axes have it."""
        width, height = self.heights[row], self.widths[column]
        if width not in self.widths or height not in self.heights:
            return None
        return self.rows[self.heights.index(height)][self.widths.index(width)]

    def _interpolate(self, width, height):
        """Bilinear between the four cells around; a cell that weighs nothing may be empty."""
        total = Decimal(0)
        for column, x_weight in _weights(self.widths, width, width, height):
            for row, y_weight in _weights(self.heights, height, width, height):
                total += self._cell(row, column, width, height) * x_weight * y_weight
        return total


def _outside(axis, value, width, height):
    return GridError(
        'grid_outside', value > axis[-1], width=width, height=height, low=axis[0], high=axis[-1]
    )


def _position(axis, value, lookup, width, height):
    """Index on an axis. Up: never above the last; down: never below the first; nearest: within both, ties up."""
    if (lookup != 'down' and value > axis[-1]) or (lookup != 'up' and value < axis[0]):
        raise _outside(axis, value, width, height)
    if lookup == 'up':
        return bisect_left(axis, value)
    if lookup == 'down':
        return bisect_right(axis, value) - 1
    after = bisect_left(axis, value)
    if after == 0 or axis[after] == value:
        return after
    return after if axis[after] - value <= value - axis[after - 1] else after - 1


def _weights(axis, value, width, height):
    """Neighbours of a value on an axis, each with its weight; the weights sum to one."""
    if not axis[0] <= value <= axis[-1]:
        raise _outside(axis, value, width, height)
    after = bisect_left(axis, value)
    if axis[after] == value:
        return ((after, Decimal(1)),)
    share = (value - axis[after - 1]) / (axis[after] - axis[after - 1])
    return ((after - 1, 1 - share), (after, share))


@dataclass(frozen=True)
class Tier:
    """A rate from a measure on.

    :ivar Decimal start: lower bound, in the measure's unit; there is no upper bound, so no gap
    :ivar Decimal rate: price of one unit of measure
    """

    start: Decimal
    rate: Decimal


def tier_amount(tiers, measure, slab=False):
    """Price of a measure by tiers.

    :param tiers: iterable of :class:`Tier`, any order; the first serves from zero on
    :param Decimal measure: square metres, metres ... as the tiers
    :param bool slab: each tier prices its own slice (as income tax) rather than the whole quantity
    :return: amount, rate of the tier reached, and the next tier or None
    :rtype: tuple[Decimal, Decimal, Tier | None]
    """
    tiers = sorted(tiers, key=lambda tier: tier.start)
    if not tiers:
        return Decimal(0), Decimal(0), None
    reached = max(0, bisect_right([tier.start for tier in tiers], measure) - 1)
    following = tiers[reached + 1] if reached + 1 < len(tiers) else None
    if not slab:
        return measure * tiers[reached].rate, tiers[reached].rate, following
    total = Decimal(0)
    for index, tier in enumerate(tiers[: reached + 1]):
        start = tier.start if index else Decimal(0)
        stop = tiers[index + 1].start if index < reached else measure
        total += (stop - start) * tier.rate
    return total, tiers[reached].rate, following
