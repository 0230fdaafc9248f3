"""What a size is: units, lengths in millimetres exact to a tenth, panels.

Pure functions: numbers in, a frozen :class:`Size` out. Free text is read in `dimension.py`.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

#: Millimetres in one unit. Exact by definition (the inch has been 25.4 mm since 1959).
UNITS = {
    'mm': Decimal(1),
    'cm': Decimal(10),
    'm': Decimal(1000),
    'in': Decimal('25.4'),
    'ft': Decimal('304.8'),
}
#: Units that millimetres come out of with endless decimals.
INEXACT = {'in', 'ft'}
#: Smallest length that is kept, in millimetres.
RESOLUTION = Decimal('0.1')
#: More panels than this is a slip of the keyboard, not an order.
MAX_PANELS = 20
#: A text longer than this is not a size.
MAX_TEXT = 80
#: No side is longer than a hundred metres.
MAX_SIDE_MM = Decimal(100_000)


class SizeError(ValueError):
    """A size that cannot be read.

    :ivar str code: ``empty``, ``too_long``, ``unreadable``, ``missing_side``, ``too_many_sides``, ``not_positive``,
        ``not_finite``, ``too_big``, ``ambiguous``, ``ambiguous_number``, ``unknown_unit`` or ``panels``
    :ivar dict values: what a sentence about it needs (``text``, ``maximum`` ...)
    """

    def __init__(self, code, **values):
        super().__init__(code)
        self.code = code
        self.values = values


@dataclass(frozen=True)
class Size:
    """One set of panels.

    :ivar Decimal width_mm: width of a panel, of the largest one when `layout` is given
    :ivar Decimal height_mm: height of a panel, likewise
    :ivar int panels: number of panels
    :ivar str text: what was typed
    :ivar tuple layout: ``((width, height), ...)`` in millimetres, for panels of unequal sizes only
    """

    width_mm: Decimal
    height_mm: Decimal
    panels: int = 1
    text: str = ''
    layout: tuple = ()

    @property
    def key(self):
        """What makes two sizes the same one, whatever was typed."""
        return (self.width_mm, self.height_mm, self.panels, self.layout)

    @property
    def sides(self):
        """Every panel as ``(width, height)``, in millimetres."""
        return self.layout or ((self.width_mm, self.height_mm),) * self.panels


# === NUMBERS === #


def to_mm(value, unit='cm'):
    """Convert one length.

    :param value: int, str or Decimal; a float is read by its shortest text (0.1 is a tenth)
    :param str unit: a key of :data:`UNITS`
    :return: millimetres, rounded to a tenth, half up
    :rtype: Decimal
    :raises SizeError: ``unknown_unit``, ``unreadable``, ``not_finite`` (NaN passes every comparison, so it stops
        here), ``not_positive``, ``too_big``
    """
    if unit not in UNITS:
        raise SizeError('unknown_unit', unit=str(unit)[:MAX_TEXT])
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        raise SizeError('unreadable', text=str(value)[:MAX_TEXT])
    if len(str(value)) > MAX_TEXT:
        raise SizeError('too_long', maximum=MAX_TEXT)
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation as error:
        raise SizeError('unreadable', text=str(value)) from error
    if not number.is_finite():
        raise SizeError('not_finite', text=str(value))
    if number <= 0:
        raise SizeError('not_positive', text=str(value))
    if number > MAX_SIDE_MM:  # before any arithmetic: 1e999999 would be slow to round
        raise SizeError('too_big', maximum=MAX_SIDE_MM)
    length = (number * UNITS[unit]).quantize(RESOLUTION, ROUND_HALF_UP)
    if length <= 0:
        raise SizeError('not_positive', text=str(value))
    if length > MAX_SIDE_MM:
        raise SizeError('too_big', maximum=MAX_SIDE_MM)
    return length


def from_mm(length, unit='cm'):
    """Give a length back in a unit, without trailing zeros: exact, in inches and feet the shortest that reads back to it.

    :param Decimal length: millimetres
    :rtype: Decimal
    """
    number = Decimal(length) / UNITS[unit]
    if unit in INEXACT:
        tenths = Decimal(length).quantize(RESOLUTION, ROUND_HALF_UP)
        places = (number.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP) for digits in range(5))
        number = next(
            (
                short
                for short in places
                if (short * UNITS[unit]).quantize(RESOLUTION, ROUND_HALF_UP) == tenths
            ),
            number,
        )
    return _trim(number)


def _trim(number):
    number = number.normalize()
    return number.quantize(Decimal(1)) if number == number.to_integral() else number


def to_panels(value):
    """Read a number of panels.

    :param value: int, whole float or text of digits; None means one
    :rtype: int
    :raises SizeError: ``panels``
    """
    if value is None:
        return 1
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        raise SizeError('panels', maximum=MAX_PANELS)
    try:
        number = Decimal(str(value).strip()[:MAX_TEXT])
    except InvalidOperation as error:
        raise SizeError('panels', maximum=MAX_PANELS) from error
    if not number.is_finite() or not 1 <= number <= MAX_PANELS or number != int(number):
        raise SizeError('panels', maximum=MAX_PANELS)
    return int(number)


def make_size(width, height, panels=1, unit='mm', text=''):
    """Build a size from separate inputs.

    :param width: see :func:`to_mm`
    :param height: likewise
    :param panels: see :func:`to_panels`
    :param str unit: unit of width and height
    :rtype: Size
    :raises SizeError:
    """
    return Size(to_mm(width, unit), to_mm(height, unit), to_panels(panels), text)


def format_number(length, unit='cm', decimal_point='.'):
    """Write a length for people, without trailing zeros: ``40.5``; two decimals at most in inches and feet."""
    number = Decimal(length) / UNITS[unit]
    if unit in INEXACT:
        number = number.quantize(Decimal('0.01'), ROUND_HALF_UP)
    return str(_trim(number)).replace('.', decimal_point)


def size_code(size, unit='cm'):
    """Write a size as the short text that :func:`parse_size` reads back: ``40x50x3``.

    :rtype: str
    """
    suffix = '' if unit == 'cm' else unit
    if size.layout:
        return '+'.join(f'{from_mm(w, unit)}x{from_mm(h, unit)}{suffix}' for w, h in size.layout)
    text = f'{from_mm(size.width_mm, unit)}x{from_mm(size.height_mm, unit)}{suffix}'
    return f'{text}x{size.panels}' if size.panels > 1 else text
