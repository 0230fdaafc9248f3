"""Cohorts by month of first purchase, repurchase and abandoned carts."""


def month_index(day):
    """Months since year zero, so that months subtract."""
    return day.year * 12 + day.month - 1


def retention(purchases, observed_until):
    """How many of each monthly cohort bought again k months later.

    :param purchases: mapping of customer to his purchase dates, in any order
    :param observed_until: last date of the data; months after it are unknown
    :return: mapping of (year, month) to a list by k: number of customers active in that month,
        the cohort's size at k = 0, and None for months not observed yet (never 0)
    """
    active, sizes = {}, {}
    for days in purchases.values():
        first = min(map(month_index, days))
        sizes[first] = sizes.get(first, 0) + 1
        for month in set(map(month_index, days)):
            active[first, month] = active.get((first, month), 0) + 1
    last = month_index(observed_until)
    width = last - min(sizes, default=last) + 1
    return {
        divmod_month(first): [
            active.get((first, first + k), 0) if first + k <= last else None for k in range(width)
        ]
        for first in sorted(sizes)
    }


def divmod_month(index):
    """The (year, month) of a :func:`month_index`."""
    year, month = divmod(index, 12)
    return year, month + 1


def repurchase_rate(order_counts):
    """Share of customers with two orders or more; None without customers."""
    ordering = [count for count in order_counts if count > 0]
    if not ordering:
        return None
    return sum(count > 1 for count in ordering) / len(ordering)


def abandonment(created, confirmed):
    """Share of the carts created that were never confirmed; None without carts."""
    if not created:
        return None
    return 1 - confirmed / created


def correlation(pairs):
    """Pearson's correlation of pairs of numbers; None when one side does not vary."""
    pairs = list(pairs)
    size = len(pairs)
    if size < 2:
        return None
    mean_x = sum(x for x, _y in pairs) / size
    mean_y = sum(y for _x, y in pairs) / size
    covariance = sum((x - mean_x) * (y - mean_y) for x, y in pairs)
    spread_x = sum((x - mean_x) ** 2 for x, _y in pairs)
    spread_y = sum((y - mean_y) ** 2 for _x, y in pairs)
    if not spread_x or not spread_y:
        return None
    return covariance / (spread_x * spread_y) ** 0.5
