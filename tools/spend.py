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


def _negative_log_likelihood(observations, pull):
    """The function to minimise over the logarithms of (p, q, v), slopes by central differences."""

    def value(point):
        p, q, v = map(exp, point)
        total = len(observations) * (q * point[2] - lgamma(q))
        for x, z, log_x, log_z in observations:
            shape = p * x
            total += (
                lgamma(shape + q)
                - lgamma(shape)
                + (shape - 1) * log_z
                + shape * log_x
                - (shape + q) * log(v + x * z)
            )
        return pull * sum(part * part for part in point) - total

    def function(point):
        step = 1e-5
        slopes = []
        for i in range(3):
            high, low = list(point), list(point)
            high[i] += step
            low[i] -= step
            slopes.append((value(high) - value(low)) / (2 * step))
        return value(point), tuple(slopes)

    return function


def fit_spend(customers, pull=PULL, limit=8000):
    """Fit the spend model on repeat customers.

    :param customers: iterable of (number of repeat orders, mean value of the repeat orders);
        customers without repeat orders or with a mean of zero say nothing and are left out
    :param limit: with more customers than this, an even sample is taken: the parameters' error
        is then far below what a shop can tell apart
    :return: :class:`SpendModel`
    :raises ClvError: ``empty`` when nobody is left
    """
    usable = sorted((x, z) for x, z in customers if x > 0 and z > 0)
    if not usable:
        raise ClvError('empty')
    usable = usable[:: -(-len(usable) // limit)]
    # In units of the mean, the pull and the first step do not depend on the currency
    unit = sum(z for _x, z in usable) / len(usable)
    observations = [(x, z / unit, log(x), log(z / unit)) for x, z in usable]
    function = _negative_log_likelihood(observations, pull)
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
