"""Periods that a law counts in days: until when goods may be sent back."""

from datetime import timedelta


def days_of(intervals):
    """Name the days that working hours touch.

    :param intervals: ``(start, stop)`` pairs of datetimes in the time zone of the days
    :return: iterator of ``date``, an interval's own days in order
    """
    for start, stop in intervals:
        day, last = start.date(), (stop - timedelta(microseconds=1)).date()
        while day <= last:
            yield day
            day += timedelta(days=1)


def last_working_day(start, days, count):
    """Find the last day of a period of working days that begins the day after an event.

    Algeria's law 18-05 gives a buyer four working days from the delivery to send goods back.

    :param start: ``date`` of the event; it does not count itself
    :param days: iterable of working ``date``, in any order, with or without repetition
    :param count: how many working days the period has; 0 or less: there is no period
    :return: ``date``, or None without a period or when fewer working days are known
    """
    if count <= 0:
        return None
    following = sorted({day for day in days if day > start})
    return following[count - 1] if len(following) >= count else None
