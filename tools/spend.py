"""What a customer's next basket is worth, and what he is worth over the months to come.

Gamma-Gamma: P. Fader, B. Hardie, "The Gamma-Gamma Model of Monetary Value" (2013). It holds only
where spend and frequency are independent: the caller shows :func:`~.cohort.correlation` and warns
above 0.3 in absolute value.
"""

from dataclasses import dataclass
from math import exp, lgamma, log, log1p

from .clv import PULL, ClvError
from .optimise import minimise

CORRELATION_WARNING = 0.3
MONTH_DAYS = 365.25 / 12
ALIKE = 1e-3
"""Spends that differ by less of their mean are one price."""
CERTAIN = 1e6
"""What p and q are taken for when all orders are worth the same."""


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


def digamma(x):
    """Slope of ``lgamma`` at x > 0: lifted above 8, then Abramowitz and Stegun 6.3.18."""
    lifted = 0.0
    while x < 8:
        lifted -= 1 / x
        x += 1
    square = 1 / (x * x)
    series = 1 / 12 - square * (1 / 120 - square * (1 / 252 - square * (1 / 240 - square / 132)))
    return lifted + log(x) - 1 / (2 * x) - square * series


class _Likelihood:
    """Minus the log-likelihood at the logarithms of (p, q, m), with its slopes.

    ``m = p v / q`` is what an order is worth. The data tell it apart from p (how much one
    customer's orders differ) and q (how much customers differ), while v rises with q without end
    where all customers spend alike: along (p, q, v) the search would creep up a ridge.

    One sum alone goes over the customers, the one of log(1 + x z / v); the rest depends on the
    number of repeats.
    """

    def __init__(self, observations, pull):
        self.pull = pull
        self.groups = {}
        for x, z in observations:
            group = self.groups.setdefault(x, [0, 0.0, []])
            group[0] += 1
            group[1] += log(z)
            group[2].append(x * z)

    def __call__(self, point):
        p, q, mean = map(exp, point)
        v = mean * q / p
        value = by_p = by_q = by_v = 0.0
        for x, (count, logs, totals) in self.groups.items():
            shape = p * x
            reach = sum([log1p(total / v) for total in totals])
            share = sum([total / (v + total) for total in totals])
            known = logs + count * log(x / v) - reach
            value += count * (lgamma(shape + q) - lgamma(shape) - lgamma(q)) - logs
            value += shape * known - q * reach
            by_p += shape * (count * (digamma(shape + q) - digamma(shape)) + known)
            by_q += q * (count * (digamma(shape + q) - digamma(q)) - reach)
            by_v += (shape + q) * share - shape * count
        return self._pulled(point, value, (by_p, by_q, by_v))

    def _pulled(self, point, value, slopes):
        """With the pull towards p = q = v = 1, turned to minus and to the slopes along (p, q, m)."""
        log_p, log_q, log_mean = point
        by_p, by_q, by_v = (
            2 * self.pull * log_part - slope
            for log_part, slope in zip(
                (log_p, log_q, log_mean + log_q - log_p), slopes, strict=True
            )
        )
        return (
            self.penalty(point) - value,
            (by_p - by_v, by_q + by_v, by_v),
        )

    def penalty(self, point):
        log_p, log_q, log_mean = point
        log_v = log_mean + log_q - log_p
        return self.pull * (log_p**2 + log_q**2 + log_v**2)


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
    if max(z for _x, z in usable) - min(z for _x, z in usable) <= ALIKE * unit:
        # One price for everything: the likelihood has no top, and there is nothing to tell apart
        point = (log(CERTAIN), log(CERTAIN), 0.0)
        value = function.penalty(point) - function(point)[0] - len(usable) * log(unit)
        v = unit * (CERTAIN - 1) / CERTAIN
        return SpendModel(CERTAIN, CERTAIN, v, log_likelihood=value, size=len(usable))
    found = minimise(function, (log(4.0), log(3.0), log(4 / 3)), scale=len(usable))
    p, q, mean = map(exp, found.point)
    return SpendModel(
        p,
        q,
        mean * q / p * unit,
        log_likelihood=function.penalty(found.point) - found.value - len(usable) * log(unit),
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
