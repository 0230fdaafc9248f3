"""The public CDNOW sample, as the published papers cut it: 39 weeks to fit, 39 to hold out."""

from functools import cache
from pathlib import Path

from odoo.addons.ecrm.tools.clv import History

CALIBRATION_END = 272
"""1997-09-30, in days since 1997-01-01."""
HOLDOUT_END = CALIBRATION_END + 39 * 7


@cache
def customers():
    """A tuple per customer: mapping of day to dollars, same-day purchases merged."""
    found = []
    lines = (Path(__file__).parent / 'data' / 'cdnow.txt').read_text(encoding='utf-8').splitlines()
    for line in lines:
        if line.startswith('#'):
            continue
        days = {}
        for purchase in line.split():
            day, dollars = purchase.split(':')
            days[int(day)] = days.get(int(day), 0) + float(dollars)
        found.append(days)
    return tuple(found)


def history(days, end=CALIBRATION_END):
    """The rhythm of one customer as seen at ``end``."""
    seen = sorted(day for day in days if day <= end)
    return History(len(seen) - 1, seen[-1] - seen[0], end - seen[0])


@cache
def histories():
    """The rhythm of every customer at the end of the calibration."""
    return tuple(history(days) for days in customers())


@cache
def spends():
    """(repeat orders, mean dollars of the repeat orders) of the customers who came back."""
    found = []
    for days in customers():
        seen = sorted(day for day in days if day <= CALIBRATION_END)
        if len(seen) > 1:
            found.append((len(seen) - 1, sum(days[day] for day in seen[1:]) / (len(seen) - 1)))
    return tuple(found)
