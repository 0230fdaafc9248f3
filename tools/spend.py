"""What a customer's next basket is worth, and what he is worth over the months to come.

Gamma-Gamma: P. Fader, B. Hardie, "The Gamma-Gamma Model of Monetary Value" (2013). It holds only
where spend and frequency are independent: the caller shows :func:`~.cohort.correlation` and warns
above 0.3 in absolute value.
"""

from dataclasses import dataclass
from math import exp, lgamma, log

from .clv import PULL, ClvError
from .optimise import minimise

CORRELATION_WARNING = 0.3
MONTH_DAYS = 365.25 / 12
STEP = 1e-5
"""Relative step of the central differences."""


@dataclass(frozen=True)
class SpendModel:
    """Fitted parameters; ``v`` is in the currency of the data."""

    p: float
    q: float
    v: float
    log_likelihood: float = 0.0
    size: int = 0
    is_converged: bool = True

    def expected(self, repeats, mean):
        """Expected value of the next order, in the currency of the data.

        :param repeats: number of repeat orders; 0 gives the mean of all customers
        :param mean: mean value of his repeat orders
        """
        if repeats <= 0 or mean <= 0:
            repeats = mean = 0
        denominator = self.p * repeats + self.q - 1
        if denominator <= 0:
            return mean
        return self.p * (self.v + repeats * mean) / denominator


class _Likelihood:
    """Minus the log-likelihood at the logarithms of (p, q, v), with its slopes.

    All but one sum depend on the number of repeats alone; the one of log(v + x z) depends on v
    alone. So a step goes once over the customers, and the slopes along p and q, which have no
    digamma function in the standard library, cost central differences over the numbers of repeats.
    """

    def __init__(self, observations, pull):
        self.pull = pull
        self.size = len(observations)
        self.groups = {}
        for x, z in observations:
            group = self.groups.setdefault(x, [0, 0.0, []])
            group[0] += 1
            group[1] += log(z)
            group[2].append(x * z)

    def _value(self, p, q, log_v, reaches):
        total = self.size * (q * log_v - lgamma(q))
        for x, (count, logs, _totals) in self.groups.items():
            shape = p * x
            total += count * (lgamma(shape + q) - lgamma(shape) + shape * log(x))
            total += (shape - 1) * logs - (shape + q) * reaches[x]
        return -total

    def __call__(self, point):
        p, q, v = map(exp, point)
        reaches = {
            x: sum([log(v + total) for total in totals])
            for x, (_count, _logs, totals) in self.groups.items()
        }
        by_v = self.size * q - v * sum(
            (p * x + q) * sum([1 / (v + total) for total in totals])
            for x, (_count, _logs, totals) in self.groups.items()
        )
        high, low = exp(STEP), exp(-STEP)
        by_p = self._value(p * high, q, point[2], reaches) - self._value(
            p * low, q, point[2], reaches
        )
        by_q = self._value(p, q * high, point[2], reaches) - self._value(
            p, q * low, point[2], reaches
        )
        slopes = (by_p / (2 * STEP), by_q / (2 * STEP), -by_v)
        return (
            self._value(p, q, point[2], reaches) + self.pull * sum(part * part for part in point),
            tuple(slope + 2 * self.pull * part for slope, part in zip(slopes, point, strict=True)),
        )


def fit_spend(customers, pull=PULL):
    """Fit the spend model on repeat customers.

    :param customers: iterable of (number of repeat orders, mean value of the repeat orders);
        customers without repeat orders or with a mean of zero say nothing and are left out
    :return: :class:`SpendModel`
    :raises ClvError: ``empty`` when nobody is left
    """
    usable = [(x, z) for x, z in customers if x > 0 and z > 0]
    if not usable:
        raise ClvError('empty')
    # In units of the mean, the pull and the first step do not depend on the currency
    unit = sum(z for _x, z in usable) / len(usable)
    function = _Likelihood([(x, z / unit) for x, z in usable], pull)
    found = minimise(function, (log(4.0), log(3.0), 0.0), scale=len(usable))
    p, q, v = map(exp, found.point)
    penalty = pull * sum(part * part for part in found.point)
    return SpendModel(
        p,
        q,
        v * unit,
        log_likelihood=penalty - found.value - len(usable) * log(unit),
        size=len(usable),
        is_converged=found.is_converged,
    )


def month_ends(days):
    """The ends of the months of a horizon, in days; the last may be shorter."""
    ends, month = [], 1
    while month * MONTH_DAYS < days - 0.5:
        ends.append(month * MONTH_DAYS)
        month += 1
    return [*ends, float(days)]


def discounted(expected_by_end, ends, yearly_rate):
    """Sum of the orders of each month, discounted at the month's end.

    :param expected_by_end: cumulative expected orders at each of ``ends``
    :param yearly_rate: 0.1 for 10 % a year
    """
    total = before = 0.0
    for expected, end in zip(expected_by_end, ends, strict=True):
        total += (expected - before) * (1 + yearly_rate) ** (-end / 365.25)
        before = expected
    return total
