"""Read an order's number as a customer says it on the telephone."""

import re

from .phone import latin_digits

MAX_LENGTH = 64
_DIGITS = re.compile(r'\d+')


def spoken_digits(text: str) -> str:
    """Return the last run of digits of ``text``, without leading zeros; ``''`` where there is none.

    >>> spoken_digits("commande n° 00042")
    '42'
    """
    runs = _DIGITS.findall(latin_digits(text[:MAX_LENGTH]))
    return runs[-1].lstrip('0') if runs else ''


def is_meant(text: str, name: str) -> bool:
    """Whether what was said may be the order ``name``.

    The whole number in any case, or its running number alone: "42" means ``S00042``, not ``S00142``.
    """
    said = latin_digits(text[:MAX_LENGTH]).strip().casefold()
    if said == name.casefold():
        return True
    digits = spoken_digits(text)
    return bool(digits) and spoken_digits(name) == digits
