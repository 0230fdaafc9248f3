"""Working time: when a promise falls due, and how much of it has been used.

Every function takes working intervals, ``(start, stop)`` pairs of datetimes, sorted and not
overlapping, all naive or all aware. Durations are whole seconds. Nothing here knows a calendar.
"""

from dataclasses import dataclass, replace
from datetime import timedelta


class SlaError(ValueError):
    """A clock was asked for something that has no answer."""

    def __init__(self, code, **values):
        super().__init__(code)
        self.code = code
        self.values = values


def merge(*series):
    """Join several lists of intervals into one, sorted and without overlap.

    :param series: iterables of ``(start, stop)``
    :return: list of ``(start, stop)``
    """
    result = []
    for start, stop in sorted(interval for intervals in series for interval in intervals):
        if stop <= start:
            continue
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(stop, result[-1][1]))
        else:
            result.append((start, stop))
    return result


def clip(intervals, low, high):
    """Keep what of the intervals lies between two moments."""
    return [
        (max(start, low), min(stop, high))
        for start, stop in intervals
        if min(stop, high) > max(start, low)
    ]


def elapsed(intervals, start, stop):
    """Count the working seconds between two moments.

    :return: int, 0 when ``stop`` is not after ``start``
    """
    if stop <= start:
        return 0
    seconds = sum((high - low).total_seconds() for low, high in clip(intervals, start, stop))
    return int(seconds)


def due(intervals, start, seconds):
    """Find the moment at which ``seconds`` of working time after ``start`` are used up.

    Time that ends exactly at closing is due at closing, not at the next opening.

    :return: datetime, or None when the intervals do not hold that much time
    """
    if seconds <= 0:
        return start
    left = seconds
    for low, high in intervals:
        begin = max(low, start)
        room = (high - begin).total_seconds()
        if room <= 0:
            continue
        if left <= room:
            return begin + timedelta(seconds=left)
        left -= room
    return None


@dataclass(frozen=True)
class Clock:
    """A stop watch over working time.

    :param target: promised seconds of working time, 0 when nothing is promised
    :param used: working seconds counted before ``since``
    :param since: the moment the watch runs from; None while it is paused
    """

    target: int
    used: int = 0
    since: object = None

    @property
    def paused(self):
        return self.since is None

    def spent(self, intervals, at):
        """Working seconds used at a moment, the running stretch included."""
        if self.paused:
            return self.used
        return self.used + elapsed(intervals, self.since, at)

    def pause(self, intervals, at):
        """Stop the watch and keep what was counted; pausing twice changes nothing."""
        if self.paused:
            return self
        return replace(self, used=self.spent(intervals, at), since=None)

    def resume(self, at):
        """Start the watch again; a running watch goes on as it was."""
        return self if not self.paused else replace(self, since=at)

    def due(self, intervals):
        """The moment the promise falls due; None while paused or without a promise.

        :raises SlaError: ``no_working_time`` when the intervals end before the promise does
        """
        if self.paused or not self.target:
            return None
        moment = due(intervals, self.since, max(self.target - self.used, 0))
        if moment is None:
            raise SlaError('no_working_time', seconds=self.target - self.used)
        return moment


def percentile(values, share):
    """Nearest-rank percentile: the smallest value that at least ``share`` of all do not exceed.

    :param values: numbers in any order
    :param share: between 0 and 1, 0.5 being the median
    :return: one of the values, or None when there are none
    """
    ordered = sorted(values)
    if not ordered:
        return None
    rank = -(-len(ordered) * share // 1)
    return ordered[max(int(rank), 1) - 1]
