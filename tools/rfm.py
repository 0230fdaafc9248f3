"""Recency, frequency and monetary scores, and the ordered table that names the segments.

The thresholds follow the R package ``rfm``: the four inner quintiles by linear interpolation
(PostgreSQL's ``percentile_cont``), each raised by one unit, lower bound inclusive.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise, product

SCORES = range(1, 6)
FREQUENCY_THRESHOLDS = (2, 3, 4, 6)
QUINTILES = (0.2, 0.4, 0.6, 0.8)


class RfmError(ValueError):
    """A table or a list of thresholds that cannot score anybody: ``code`` and ``values``."""

    def __init__(self, code, **values):
        super().__init__(code)
        self.code = code
        self.values = values


@dataclass(frozen=True)
class Scores:
    """One customer's scores, each 1 (worst) to 5 (best)."""

    recency: int
    frequency: int
    monetary: int

    @property
    def label(self):
        """The three digits as a person reads them: ``5-1-3``."""
        return f"{self.recency}-{self.frequency}-{self.monetary}"


@dataclass(frozen=True)
class SegmentRow:
    """One row of the segment table: inclusive bounds for each score."""

    name: str
    recency: tuple
    frequency: tuple
    monetary: tuple

    def holds(self, scores):
        """Whether the three scores lie within the row's bounds."""
        return (
            self.recency[0] <= scores.recency <= self.recency[1]
            and self.frequency[0] <= scores.frequency <= self.frequency[1]
            and self.monetary[0] <= scores.monetary <= self.monetary[1]
        )


DEFAULT_SEGMENTS = (
    SegmentRow('champions', (4, 5), (4, 5), (4, 5)),
    SegmentRow('cant_lose', (1, 2), (4, 5), (4, 5)),
    SegmentRow('loyal', (3, 5), (3, 5), (1, 5)),
    SegmentRow('potential', (4, 5), (2, 2), (1, 5)),
    SegmentRow('new', (4, 5), (1, 1), (1, 5)),
    SegmentRow('promising', (3, 3), (1, 1), (1, 5)),
    SegmentRow('attention', (3, 3), (2, 2), (1, 5)),
    SegmentRow('at_risk', (1, 2), (3, 5), (1, 5)),
    SegmentRow('sleep', (2, 2), (1, 2), (1, 5)),
    SegmentRow('lost', (1, 1), (1, 2), (1, 5)),
)


def parse_bounds(text):
    """Four growing numbers of orders out of a text such as ``2, 3, 4, 6``; empty if it is not that."""
    bounds = tuple(map(float, re.findall(r'\d+', text or '')))
    if len(bounds) != 4 or any(low >= high for low, high in pairwise(bounds)):
        return ()
    return bounds


def percentile(values, share):
    """The value below which ``share`` (0 to 1) of ``values`` lie, interpolated.

    The rule of ``percentile_cont`` and of R's ``quantile(type = 7)``.

    :raises RfmError: ``empty`` without values
    """
    ordered = sorted(values)
    if not ordered:
        raise RfmError('empty')
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def thresholds(values):
    """The four lower bounds of buckets 2 to 5: each inner quintile plus one."""
    ordered = sorted(values)
    return tuple(percentile(ordered, share) + 1 for share in QUINTILES)


def bucket(value, bounds):
    """How many of the sorted ``bounds`` are at or below ``value`` (0 to len(bounds)).

    Same as PostgreSQL's ``width_bucket(value, bounds)``; equal values always share a bucket,
    which NTILE does not promise.

    :raises RfmError: ``unsorted`` when the bounds go down
    """
    if any(high < low for low, high in pairwise(bounds)):
        raise RfmError('unsorted', bounds=tuple(bounds))
    return bisect_right(bounds, value)


def score(recency_days, order_count, revenue, *, recency_bounds, revenue_bounds, count_bounds=None):
    """Score one customer.

    :param recency_days: whole days since the last order
    :param order_count: number of orders, at least one
    :param revenue: net revenue in company currency
    :param recency_bounds: four bounds in days, see :func:`thresholds`
    :param revenue_bounds: four bounds in company currency
    :param count_bounds: four bounds in orders; absolute ``FREQUENCY_THRESHOLDS`` if left out
    :return: :class:`Scores`
    """
    return Scores(
        5 - bucket(recency_days, recency_bounds),
        1 + bucket(order_count, count_bounds or FREQUENCY_THRESHOLDS),
        1 + bucket(revenue, revenue_bounds),
    )


def segment(scores, rows=DEFAULT_SEGMENTS):
    """The first row that holds the scores, or None where the table has a hole."""
    return next((row for row in rows if row.holds(scores)), None)


def uncovered(rows):
    """The triples that no row holds, as ``Scores`` in ascending order; empty for a whole table."""
    triples = (Scores(*triple) for triple in product(SCORES, repeat=3))
    return tuple(triple for triple in triples if segment(triple, rows) is None)


def shadowed(rows):
    """The rows that no triple reaches because earlier rows take them all."""
    reached = {segment(Scores(*triple), rows) for triple in product(SCORES, repeat=3)}
    return tuple(row for row in rows if row not in reached)
