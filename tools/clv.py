"""How many orders to expect from a customer, and whether he is still one.

BG/NBD: P. Fader, B. Hardie, K. Lee, "Counting Your Customers the Easy Way", Marketing Science 24
(2005). MBG/NBD: E. Batislam, M. Denizel, A. Filiztekin, "Empirical validation and comparison of
models for customer base analysis", IJRM 24 (2007): a customer may also leave right after his first
order, so one order only does not make him immortal. Both are one likelihood here: with k = x
(BG/NBD) or k = x + 1 (MBG/NBD) chances to leave among x repeat orders.

Since x is an integer, every ratio of gamma functions is a finite sum of logarithms, and of plain
fractions in the gradient. Times come in whole days, so their logarithms are tabled once a step.
"""

from collections import Counter
from dataclasses import dataclass
from itertools import islice
from math import exp, expm1, isfinite, log, log1p
from typing import NamedTuple

from .optimise import minimise

DAYS = 7.0
"""Days in the unit of time of the parameters: weeks, as published."""
PULL = 0.5
ROUGH = 8000
"""Rhythms of the first, rough search for where to start the fit of many more."""


class ClvError(ValueError):
    """Data no model can be fitted to: ``code`` and ``values``."""

    def __init__(self, code, **values):
        super().__init__(code)
        self.code = code
        self.values = values


class History(NamedTuple):
    """A customer's rhythm: repeat order days, days from first to last, days from first to now."""

    repeats: int
    last: int
    age: int


@dataclass(frozen=True)
class OrderModel:
    """Fitted parameters (time in weeks) with the record of the fit."""

    r: float
    alpha: float
    a: float
    b: float
    is_modified: bool = True
    log_likelihood: float = 0.0
    size: int = 0
    steps: int = 0
    is_converged: bool = True

    def chances(self, repeats):
        """Number of occasions a customer had to leave."""
        return repeats + self.is_modified

    # === ONE CUSTOMER === #

    def alive(self, history):
        """Probability (0 to 1) that the customer has not left."""
        chances = self.chances(history.repeats)
        if not chances:
            return 1.0
        now, last = self.alpha + history.age / DAYS, self.alpha + history.last / DAYS
        power = (self.r + history.repeats) * (log(now) - log(last))
        odds = log(self.a / (self.b + chances - 1)) + power
        return 1 / (1 + exp(odds)) if odds < 700 else 0.0

    def order_within(self, history, days):
        """Probability of at least one order in the next ``days``."""
        return self.alive(history) * self.order_if_alive(history.repeats, history.age, days)

    def order_if_alive(self, repeats, age, days):
        """Probability of an order in the next ``days`` of a customer known to be there still."""
        now = self.alpha + age / DAYS
        return -expm1((self.r + repeats) * (log(now) - log(now + days / DAYS)))

    def expected_orders(self, history, days):
        """Expected number of orders in the next ``days``, given the history."""
        return self.alive(history) * self.expected_if_alive(history.repeats, history.age, days)

    def expected_if_alive(self, repeats, age, days):
        """Expected orders in the next ``days`` of a customer known to be there still.

        Depends on neither his last order nor P(alive): a caller with many customers keeps it
        by (repeats, age). Euler's transformation of the published 2F1, with the pole at a = 1
        taken out, so the series converges fast for every horizon.
        """
        return _expected(
            self.r + repeats,
            self.alpha + age / DAYS,
            self.a,
            self.b + self.chances(repeats),
            days / DAYS,
        )

    def days_to_next(self, history, share=0.5, cap=3 * 365):
        """Days until ``share`` of such customers, if still there, have ordered again; capped."""
        return self.days_if_alive(history.repeats, history.age, share, cap)

    def days_if_alive(self, repeats, age, share=0.5, cap=3 * 365):
        """:meth:`days_to_next`, which depends on neither the last order nor P(alive)."""
        exponent = -log1p(-share) / (self.r + repeats)
        if exponent > 30:
            return cap
        return min(cap, round((self.alpha * DAYS + age) * expm1(exponent)))

    # === A NEW CUSTOMER === #

    def expected_new(self, days):
        """Expected repeat orders of a just acquired customer within ``days``."""
        alive = self.b / (self.a + self.b) if self.is_modified else 1.0
        start = self.b + self.is_modified
        return alive * _expected(self.r, self.alpha, self.a, start, days / DAYS)

    def none_new(self, days):
        """Probability that a just acquired customer does not order again within ``days``."""
        quiet = exp(self.r * (log(self.alpha) - log(self.alpha + days / DAYS)))
        alive = self.b / (self.a + self.b) if self.is_modified else 1.0
        return 1 - alive + alive * quiet


def _expected(shape, rate, a, b, span):
    """Orders within ``span`` of one alive, rate ~ Gamma(shape, rate), leaving ~ Beta(a, b)."""
    if span <= 0:
        return 0.0
    z = span / (rate + span)
    stay = log1p(-z)
    c = a + b - 1
    lead = -expm1((a - 1) * stay) / (a - 1) if abs(a - 1) > 1e-9 else -stay
    term = (c - shape) * z
    total = term
    first, second = a - 1, c - shape
    for n in range(1, 20000):
        term *= (first + n) * (second + n) * z / ((c + n) * (n + 1))
        total += term
        if abs(term) <= 1e-13 * abs(total):
            break
    return c * lead - exp((a - 1) * stay) * total


# === FIT === #


def check(histories):
    """Refuse histories that contradict themselves.

    :raises ClvError: ``empty``, or ``order`` with the first bad history
    """
    if not histories:
        raise ClvError('empty')
    for history in histories:
        repeats, last, age = history
        if not 0 <= last <= age or repeats < 0 or (repeats > 0) != (last > 0):
            raise ClvError('order', history=history)


def _tails(counter):
    """How many customers have a count above i, for i = 0, 1, 2 ..."""
    tails, left = [], sum(counter.values())
    for i in range(max(counter, default=0)):
        left -= counter.get(i, 0)
        tails.append(left)
    return tails


class _Likelihood:
    """Minus the log-likelihood over histories grouped by (repeats, last, age)."""

    def __init__(self, histories, is_modified, pull):
        self.pull = pull
        self.modified = int(is_modified)
        repeats = Counter()
        ages = {}
        groups = Counter()
        for history, weight in histories.items():
            repeats[history.repeats] += weight
            key = (history.repeats, history.age)
            ages[key] = ages.get(key, 0) + weight
            groups[history.repeats, history.last, history.age] += weight
        self.size = sum(repeats.values())
        self.repeat_tails = _tails(repeats)
        chances = Counter({x + self.modified: weight for x, weight in repeats.items()})
        self.chance_tails = _tails(chances)
        self.ages = [(x, age, weight) for (x, age), weight in ages.items()]
        self.by_repeats = {}
        for (x, last, age), weight in groups.items():
            if x + self.modified:
                self.by_repeats.setdefault(x, []).append((last, age, weight))
        self.horizon = max(age for _x, age in ages) + 1

    def __call__(self, point):
        """Value and gradient at the logarithms of (r, alpha, a, b)."""
        r, alpha, a, b = map(exp, point)
        value, by_r, by_a, by_b = self._counts(r, a, b)
        logs = [log(alpha + day / DAYS) for day in range(self.horizon)]
        inverses = [1 / (alpha + day / DAYS) for day in range(self.horizon)]
        value += self.size * r * point[1]
        by_r += self.size * point[1]
        by_alpha = self.size * r / alpha
        for x, age, weight in self.ages:
            value -= weight * (r + x) * logs[age]
            by_r -= weight * logs[age]
            by_alpha -= weight * (r + x) * inverses[age]
        for x, group in self.by_repeats.items():
            place = b + x + self.modified - 1
            part = self._departures(group, r + x, log(a / place), logs, inverses)
            value += part[0]
            by_r += part[1]
            by_alpha += part[2]
            by_a += part[3] / a
            by_b -= part[3] / place
        gradient = (by_r * r, by_alpha * alpha, by_a * a, by_b * b)
        return (
            -value + self.pull * sum(part * part for part in point),
            tuple(
                2 * self.pull * part - slope for part, slope in zip(point, gradient, strict=True)
            ),
        )

    def _counts(self, r, a, b):
        """The terms that depend on how many orders only."""
        value = by_r = by_a = by_b = 0.0
        for i, weight in enumerate(self.repeat_tails):
            value += weight * log(r + i)
            by_r += weight / (r + i)
        for i, weight in enumerate(self.chance_tails):
            value += weight * (log(b + i) - log(a + b + i))
            by_b += weight * (1 / (b + i) - 1 / (a + b + i))
            by_a -= weight / (a + b + i)
        return value, by_r, by_a, by_b

    @staticmethod
    def _departures(group, shape, offset, logs, inverses):
        """The terms of "he may have left since", for one number of repeats: the hot loop."""
        value = by_r = by_alpha = total = 0.0
        for last, age, weight in group:
            gap = logs[age] - logs[last]
            odds = offset + shape * gap
            if odds > 500:
                value += weight * odds
                share = weight
            else:
                ratio = exp(odds)
                value += weight * log1p(ratio)
                share = weight * ratio / (1 + ratio)
            by_r += share * gap
            by_alpha += share * (inverses[age] - inverses[last])
            total += share
        return value, by_r, by_alpha * shape, total


def _approach(grouped, point, is_modified, pull):
    """Where to start, and the curvature there, from an even share of many rhythms.

    Only the way is shortened: the fit goes on over all customers to the same flatness.
    """
    stride = len(grouped) // ROUGH
    if stride < 2:
        return point, None
    few = _Likelihood(dict(islice(grouped.items(), 0, None, stride)), is_modified, pull)
    found = minimise(few, point, scale=few.size)
    if not found.is_converged:
        return point, None
    share = few.size / sum(grouped.values())
    return found.point, [[share * part for part in row] for row in found.inverse]


def fit_orders(histories, is_modified=True, pull=PULL, start=None):
    """Fit the order model.

    :param histories: mapping of :class:`History` to number of customers, or an iterable of them
    :param is_modified: MBG/NBD (default) or BG/NBD
    :param pull: weight of the quadratic pull of the log-parameters towards 0 over the whole
        sample: too weak to be seen with a few hundred customers, enough to hold a few dozen
    :param start: an earlier :class:`OrderModel` to start from
    :return: :class:`OrderModel`, whose log-likelihood is without the pull
    :raises ClvError: ``empty`` or ``order``
    """
    grouped = histories if isinstance(histories, dict) else Counter(histories)
    check(grouped)
    likelihood = _Likelihood(grouped, is_modified, pull)
    origin = (start.r, start.alpha, start.a, start.b) if start else (0.5, 5.0, 0.7, 2.0)
    origin = tuple(map(log, origin))
    point, inverse = _approach(grouped, origin, is_modified, pull)
    found = minimise(likelihood, origin if start else point, scale=likelihood.size, inverse=inverse)
    r, alpha, a, b = map(exp, found.point)
    penalty = pull * sum(part * part for part in found.point)
    return OrderModel(
        r,
        alpha,
        a,
        b,
        is_modified,
        log_likelihood=penalty - found.value,
        size=likelihood.size,
        steps=found.steps,
        is_converged=found.is_converged and all(map(isfinite, found.point)),
    )
