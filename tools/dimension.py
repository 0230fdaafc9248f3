"""Sizes as people write them, read into millimetres exact to a tenth.

Pure: text in, a frozen :class:`Size` out. Nothing is guessed: what can be read in two ways is refused with a code,
and the caller shows an example of what can be read.
"""

import re
import unicodedata
from decimal import Decimal

from .size import (
    MAX_PANELS,
    MAX_TEXT,
    UNITS,
    Size,
    SizeError,
    from_mm,
    make_size,
    size_code,
    to_mm,
    to_panels,
)

__all__ = [
    'MAX_PANELS',
    'UNITS',
    'Size',
    'SizeError',
    'from_mm',
    'make_size',
    'parse_size',
    'size_code',
    'to_mm',
    'to_panels',
    'typed_unit',
]

UNIT_WORDS = {
    'mm': 'mm', 'مم': 'mm', 'ملم': 'mm', 'millimetre': 'mm', 'millimetres': 'mm', 'millimeters': 'mm',
    'cm': 'cm', 'cms': 'cm', 'سم': 'cm', 'centimetre': 'cm', 'centimetres': 'cm', 'centimeters': 'cm',
    'm': 'm', 'metre': 'm', 'metres': 'm', 'meters': 'm', 'م': 'm', 'متر': 'm',
    'in': 'in', 'inch': 'in', 'inches': 'in', 'po': 'in', 'pouce': 'in', 'pouces': 'in', '"': 'in', '″': 'in',
    '”': 'in', "''": 'in', 'انش': 'in', 'إنش': 'in', 'بوصة': 'in',
    'ft': 'ft', 'feet': 'ft', 'foot': 'ft', 'pied': 'ft', 'pieds': 'ft',
}  # fmt: skip
PANEL_WORDS = (
    'panneaux', 'panneau', 'panels', 'panel', 'pieces', 'piece', 'pièces', 'pièce', 'pcs', 'pc', 'parties', 'partie',
    'parts', 'toiles', 'toile', 'قطع', 'قطعة', 'لوحات', 'لوحة', 'ألواح',
)  # fmt: skip

_VULGAR = str.maketrans({
    '½': ' 1⁄2', '¼': ' 1⁄4', '¾': ' 3⁄4', '⅛': ' 1⁄8', '⅜': ' 3⁄8', '⅝': ' 5⁄8', '⅞': ' 7⁄8',
})  # fmt: skip
_SIGNS = str.maketrans({
    '٫': '.', '،': ',', '٬': ',', '×': 'x', '✕': 'x', '✖': 'x', '⨯': 'x', '╳': 'x', 'х': 'x', '∗': '*', '÷': '/',
    '∕': '/', '\\': '/', '\u200e': '', '\u200f': '', '\u061c': '', '\u202a': '', '\u202b': '', '\u202c': '',
    '\u2066': '', '\u2067': '', '\u2068': '', '\u2069': '',
})  # fmt: skip
_SEPARATOR_WORDS = re.compile(r'(?<=[\s\d])(?:sur|par|by|fois|في|على|ضرب)(?=[\s\d])')
_UNIT = '|'.join(sorted(map(re.escape, UNIT_WORDS), key=len, reverse=True))
_NUMBER = r'\d+(?:[.,]\d+)?'
_FRACTION = r'\d+⁄\d+'
_SIDE = (
    rf'(?:(?P<metres>\d+)\s?m\s?(?P<cents>\d+)'
    rf'|(?P<number>{_NUMBER})(?:\s(?P<fraction>{_FRACTION}))?\s?(?P<unit>{_UNIT})?)'
)
_NAMED_UNIT_RE = re.compile(rf'\d\s?({_UNIT})(?![^\W\d_])')
_SIDE_RE = re.compile(rf'^{_SIDE}$')
_PANELS_RE = re.compile(rf'^(?P<count>\d+)\s?(?:{"|".join(PANEL_WORDS)})?$')
_PANEL_WORD_RE = re.compile(rf'(?<!\w)(?P<count>\d+)\s?(?:{"|".join(PANEL_WORDS)})(?!\w)')
_KEYED_RE = re.compile(
    r'(?<![^\W\d_])(?P<key>largeur|larg|width|w|l|عرض|hauteur|haut|height|h|ارتفاع)\s?[:=]?\s?(?=\d)'
    r'|(?<=[\d\s])(?P<tail>[lwh])(?![^\W\d_])'
)
#: What nearly everybody types, ``40/50*3`` or ``40,5x60``: it can be read in one way only, without a look for rarer words
_PLAIN_NUMBER = r'(\d{1,4}(?:[.,]\d\d?)?)'
_PLAIN_RE = re.compile(
    rf'{_PLAIN_NUMBER}(?:[x*]{_PLAIN_NUMBER}|/{_PLAIN_NUMBER}(?:[x*/]([1-9]|1\d|20))?)', re.ASCII
)
_HEIGHT_KEYS = {'hauteur', 'haut', 'height', 'h', 'ارتفاع'}


# === FREE TEXT === #


def parse_size(text, unit='cm'):
    """Read a size that a person typed.

    Understood: ``40/50*3``, ``50x50cm``, ``50×100``, ``1m20 x 80``, ``٥٠x٥٠``, ``40,5/60``, ``16x20in``,
    ``16 1/2 x 20"``, ``3 panneaux 40x50``, ``L60 x H40``, ``30x60 + 40x80 + 30x60`` (unequal panels).

    :param str text: the text
    :param str unit: unit of numbers that name none
    :rtype: Size
    :raises SizeError: see there; two readings are refused (``ambiguous``), never chosen between
    """
    if unit not in UNITS:
        raise SizeError('unknown_unit', unit=str(unit)[:MAX_TEXT])
    if not isinstance(text, str) or not text.strip():
        raise SizeError('empty')
    if len(text) > MAX_TEXT:
        raise SizeError('too_long', maximum=MAX_TEXT)
    plain = _PLAIN_RE.fullmatch(text.strip())
    if plain:
        width, height, after_slash, panels = plain.groups()
        sides = (to_mm(side.replace(',', '.'), unit) for side in (width, height or after_slash))
        return Size(*sides, int(panels or 1), text.strip())
    return _parse_any(text, unit)


def typed_unit(text, unit='cm'):
    """Unit that a size was typed in, so that the answer can be given in it.

    :param str text: a text that :func:`parse_size` reads
    :param str unit: the unit where the text names none
    :rtype: str
    """
    named = _NAMED_UNIT_RE.findall(_clean(text))
    return UNIT_WORDS[named[-1]] if named else unit


def _parse_any(text, unit):
    """Read whatever :func:`parse_size` understands, the plain way too."""
    clean = _clean(text)
    if '+' in clean:
        return _parse_layout(clean, unit, text.strip())
    clean, panels = _take_panel_words(clean)
    clean, swapped = _take_keys(clean)
    parts, separators = _split(clean)
    if panels is None:
        parts, panels = _take_panels(parts, separators, text)
    if len(parts) != 2:
        raise SizeError('missing_side' if len(parts) < 2 else 'too_many_sides', text=text)
    width, height = _read_sides(parts, unit, text)
    if swapped:
        width, height = height, width
    return Size(width, height, to_panels(panels), text.strip())


def _clean(text):
    """Bring digits, signs and words to one alphabet."""
    text = unicodedata.normalize('NFKC', text.translate(_VULGAR)).translate(_SIGNS)
    text = ''.join(
        str(unicodedata.digit(char)) if char.isdigit() else char for char in text
    ).lower()
    text = re.sub(
        r'(?<=\d)[\s-](\d)/(2|4|8|16)(?=\s?(?:in|inch|inches|po|pouces?|"|″|\'\'|x|\*|$))',
        r' \1⁄\2',
        text,
    )
    text = _SEPARATOR_WORDS.sub('x', re.sub(r'[()\[\]]', ' ', text))
    return re.sub(r'\s+', ' ', text).strip()


def _take_panel_words(text):
    """Cut ``3 panneaux`` out of the text: what is left, and the count or None."""
    matches = list(_PANEL_WORD_RE.finditer(text))
    if not matches:
        return text, None
    if len(matches) > 1:
        raise SizeError('ambiguous', text=text)
    match = matches[0]
    before = re.sub(r'[\sx*]+$', '', text[: match.start()])
    after = re.sub(r'^[\sx*]+(?:de |of )?|^(?:de|of) ', '', text[match.end() :])
    if before and after:
        raise SizeError('ambiguous', text=text)
    return (before or after).strip(), match['count']


def _take_keys(text):
    """Cut ``L`` and ``H`` out of the text: what is left, and whether the height came first."""
    keys = [match['key'] or match['tail'] for match in _KEYED_RE.finditer(text)]
    if not keys:
        return text, False
    text = _KEYED_RE.sub(' ', text)
    if len(keys) != 2 or (keys[0] in _HEIGHT_KEYS) == (keys[1] in _HEIGHT_KEYS):
        raise SizeError('ambiguous', text=text)
    text = re.sub(r'\s+', ' ', text).strip()
    if not re.search(r'[x*/]', text):
        text = re.sub(r'(?<=\w)\s?[,;]?\s(?=\d)', 'x', text, count=1)
    return text, keys[0] in _HEIGHT_KEYS


def _split(text):
    """Split at the signs between numbers: the parts and the signs."""
    pieces = re.split(r'\s?([x*/])\s?', text)
    return [piece.strip() for piece in pieces[::2]], pieces[1::2]


def _take_panels(parts, separators, text):
    """Find which of three numbers counts the panels.

    The last one, or a first single digit when its sign differs (``3*40/50``). Both possible: refused.
    """
    if len(parts) != 3:
        return parts, 1
    last = _PANELS_RE.match(parts[2])
    if last and int(last['count']) > MAX_PANELS:
        last = None
    first = (
        _PANELS_RE.match(parts[0])
        if separators[0] != separators[1] and separators[0] != '/'
        else None
    )
    if first and not 1 <= int(first['count']) <= 9:
        first = None
    if first and last and int(last['count']) > 0 and separators[1] == '/':
        raise SizeError('ambiguous', text=text)
    if last:
        if int(last['count']) == 0:
            raise SizeError('panels', maximum=MAX_PANELS)
        return parts[:2], last['count']
    if first:
        return parts[1:], first['count']
    if parts[2].isdigit():
        raise SizeError('panels', maximum=MAX_PANELS)
    raise SizeError('too_many_sides', text=text)


def _read_sides(parts, unit, text):
    """Read both sides; a unit written once serves both, except metres before a bare number (``1m20 x 80``)."""
    matches = [_SIDE_RE.match(part) for part in parts]
    if not all(matches):
        raise SizeError('unreadable', text=text)
    units = [UNIT_WORDS.get(match['unit']) if match['unit'] else None for match in matches]
    if units[1] and not units[0]:
        units[0] = units[1]
    elif units[0] and units[0] != 'm' and not units[1]:
        units[1] = units[0]
    return [
        _read_side(match, side_unit or unit, text)
        for match, side_unit in zip(matches, units, strict=True)
    ]


def _read_side(match, unit, text):
    if match['metres']:
        # 1m5 may be 1.05 m or 1.5 m
        if len(match['cents']) != 2:
            raise SizeError('ambiguous_number', text=text)
        return to_mm(f'{match["metres"]}.{match["cents"]}', 'm')
    number = match['number'].replace(',', '.')
    whole, _dot, decimals = number.partition('.')
    # 1,200 mm is 1.2 mm in one country and 1200 mm in another
    if len(decimals) == 3 and unit in {'mm', 'cm'} and whole.strip('0'):
        raise SizeError('ambiguous_number', text=text)
    value = Decimal(number)
    if match['fraction']:
        above, below = map(int, match['fraction'].split('⁄'))
        if decimals or not 0 < above < below:
            raise SizeError('unreadable', text=text)
        value += Decimal(above) / Decimal(below)
    return to_mm(value, unit)


def _parse_layout(clean, unit, text):
    """Read panels of unequal sizes, ``30x60 + 40x80 + 30x60``."""
    sides = []
    for part in clean.split('+'):
        size = parse_size(part, unit)
        sides.extend(size.sides)
    if not 1 < len(sides) <= MAX_PANELS:
        raise SizeError('panels', maximum=MAX_PANELS)
    if len(set(sides)) == 1:
        return Size(*sides[0], len(sides), text)
    width, height = max(sides, key=lambda side: (side[0] * side[1], side))
    return Size(width, height, len(sides), text, tuple(sides))
