"""What treating some and leaving others alone has shown, and whether it may be chance."""

from dataclasses import dataclass
from decimal import Decimal
from math import sqrt

from .survey import Z_95

EFFECT_MINIMUM = 30
SAME_WITHIN = 0.05


@dataclass(frozen=True)
class Side:
    """Customers of one side: how many, how many of them ordered, what they ordered, who waits."""

    size: int = 0
    buyers: int = 0
    orders: int = 0
    revenue: Decimal = Decimal(0)
    open_size: int = 0

    @property
    def rate(self):
        """Share of the customers who ordered."""
        return self.buyers / self.size if self.size else 0.0

    @property
    def orders_each(self):
        """Orders per customer."""
        return self.orders / self.size if self.size else 0.0

    @property
    def revenue_each(self):
        """Revenue per customer, not rounded."""
        return self.revenue / self.size if self.size else Decimal(0)


def rate_interval(hits, size, z=Z_95):
    """Wilson's score interval of a share, 95 % unless told: it holds for few and for rare.

    :return: ``(low, high)``; everything from 0 to 1 without a size
    :raises ValueError: more hits than the size, or fewer than none
    """
    if not 0 <= hits <= size:
        raise ValueError('hits_off_size', hits, size)
    if not size:
        return 0.0, 1.0
    share, bend = hits / size, z * z / size
    middle = (share + bend / 2) / (1 + bend)
    margin = z / (1 + bend) * sqrt(share * (1 - share) / size + bend / (4 * size))
    return max(middle - margin, 0.0), min(middle + margin, 1.0)


def gain(treated, held):
    """Revenue that the treated brought beyond what would have come anyway; None to compare with."""
    if not treated.size or not held.size:
        return None
    return (treated.revenue_each - held.revenue_each) * treated.size


def verdict(treated, held):
    """What the two sides tell.

    :return: 'few' customers on a side; 'same' when both intervals together span little, 'unclear'
        when they overlap otherwise; 'more' or 'less' when they do not overlap
    """
    if min(treated.size, held.size) < EFFECT_MINIMUM:
        return 'few'
    low, high = rate_interval(treated.buyers, treated.size)
    held_low, held_high = rate_interval(held.buyers, held.size)
    if low > held_high:
        return 'more'
    if high < held_low:
        return 'less'
    return 'same' if max(high, held_high) - min(low, held_low) <= SAME_WITHIN else 'unclear'
