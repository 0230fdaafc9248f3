"""How many working days an order takes the workshop. Pure; the working calendar is the caller's."""

from decimal import ROUND_CEILING, Decimal


def working_days(base, area, quantity, daily_area):
    """Working days from the order to the finished set.

    One day serves `daily_area`; what goes beyond takes a day more for each started one.

    :param int base: days that any piece takes
    :param Decimal area: square metres of one set
    :param quantity: sets ordered
    :param Decimal daily_area: square metres the workshop makes in a day; zero means no limit
    :rtype: int
    """
    if not daily_area:
        return max(0, base)
    load = Decimal(str(area)) * Decimal(str(quantity)) / Decimal(str(daily_area))
    extra = max(0, int(load.quantize(Decimal(1), ROUND_CEILING)) - 1)
    return max(0, base) + extra
