"""Read telephone numbers as people, forms and spreadsheets write them.

``phonenumbers`` does the reading; this file does what has to happen before it: undo what a
spreadsheet did to the cell, read Arabic digits, take several numbers apart, and refuse to
guess. A number without ``+`` or ``00`` is read in the shop's own country or not at all: core
reads ``663352542.0`` as a number of Thailand, which is how customers get lost.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

import phonenumbers

MAX_LENGTH = 200
"""Longer texts are no telephone number; they are kept raw up to this length."""

_INVISIBLE = dict.fromkeys(
    map(
        ord,
        '\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff',
    )
)
_SCIENTIFIC = re.compile(r'^\d(?:[.,]\d+)?[eE]\+?\d{1,2}$')
_TRAILING_ZEROS = re.compile(r'^(\+?\d{6,})[.,]0{1,2}$')
_THOUSANDS = re.compile(r'^\d{1,3}(?:,\d{3})+(?:\.0+)?$')
_TRUNK_IN_BRACKETS = re.compile(r'\(\s*0\s*\)')
_SEVERAL = re.compile(r'[/;|,\n\r]|\bou\b|\bor\b|\bet\b|\s-\s|\sو\s|&', re.IGNORECASE)
_LETTERS = re.compile(r'[^\W\d_]+')


@dataclass(frozen=True)
class Phone:
    """What a text says about somebody's telephone.

    ``e164`` is the first readable number (``''`` when there is none), ``raw`` the text as it
    came (capped), ``others`` the further readable numbers in E.164, ``flags`` says what a
    person should know: ``empty``, ``unreadable``, ``several``, ``partial`` (a second part could
    not be read), ``repaired`` (a spreadsheet's artefact was undone), ``annotated`` (words stood
    beside the digits), ``foreign`` (another country than the region).
    """

    e164: str
    raw: str
    others: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()

    @property
    def readable(self) -> bool:
        return bool(self.e164)


def latin_digits(text: str) -> str:
    """Return ``text`` with every decimal digit of any script as ``0``-``9``."""
    return ''.join(
        str(unicodedata.decimal(char)) if char.isdecimal() and not char.isascii() else char
        for char in text
    )


def normalise(text, region: str = 'DZ') -> Phone:
    """Read ``text`` as one or several telephone numbers.

    :param text: what was typed or stood in a cell: str, int, float or None.
    :param region: ISO code of the country of a number without ``+`` or ``00``.
    :return: a :class:`Phone`; never raises on bad content.
    """
    raw = '' if text is None or text is False else str(text)
    raw = raw.replace('\x00', '')[:MAX_LENGTH].strip()
    if not raw:
        return Phone('', '', (), ('empty',))
    flags = []
    cleaned = latin_digits(raw.translate(_INVISIBLE)).strip().strip("'’`\"").strip()
    repaired = _undo_spreadsheet(cleaned)
    if repaired != cleaned:
        flags.append('repaired')
    if _LETTERS.search(repaired):
        flags.append('annotated')
    numbers, unread = _read_all(repaired, region)
    if not numbers:
        return Phone('', raw, (), (*flags, 'unreadable'))
    if len(numbers) > 1:
        flags.append('several')
    if unread:
        flags.append('partial')
    if _country_code(numbers[0]) != phonenumbers.country_code_for_region(region):
        flags.append('foreign')
    return Phone(numbers[0], raw, tuple(numbers[1:]), tuple(flags))


def _undo_spreadsheet(text: str) -> str:
    """Undo float, scientific and thousands notation; other text comes back as it was."""
    compact = text.replace('\u00a0', '').replace('\u202f', '').replace(' ', '')
    if _SCIENTIFIC.match(compact):
        try:
            value = Decimal(compact.replace(',', '.'))
        except InvalidOperation:
            return text
        # 6.63E+08 has lost the customer's digits: what is left must not look like a number.
        if value == value.to_integral_value() and len(value.as_tuple().digits) >= 8:
            return str(int(value))
        return text
    if _THOUSANDS.match(compact):
        return compact.split('.')[0].replace(',', '')
    match = _TRAILING_ZEROS.match(compact)
    return match.group(1) if match else text


def _read_all(text: str, region: str) -> tuple[list[str], bool]:
    """Return the readable numbers in order without doubles, and whether a part was not."""
    whole = _read_one(text, region)
    if whole:
        return [whole], False
    numbers, unread = [], False
    for part in _SEVERAL.split(text):
        number = _read_one(part, region)
        found = [number] if number else _search(part, region)
        unread = unread or (not found and sum(char.isdigit() for char in part) >= 4)
        numbers += [candidate for candidate in found if candidate not in numbers]
    return numbers, unread


def _search(text: str, region: str) -> list[str]:
    """Return the numbers that stand among other digits, such as two with only a space between."""
    matches = phonenumbers.PhoneNumberMatcher(latin_digits(text), region)
    found = [_read_one(match.raw_string, region) for match in matches]
    return [number for number in found if number]


def _read_one(text: str, region: str) -> str:
    """Return the E.164 of a text that holds one valid number, else ``''``."""
    text = _LETTERS.sub(' ', text).strip(' .:;,-_#*')
    international = text.lstrip('(').startswith(('+', '00'))
    if international:
        text = _TRUNK_IN_BRACKETS.sub('', text)
    if not 6 <= sum(char.isdigit() for char in text) <= 18 or text.count('+') > 1:
        return ''
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return ''
    home = phonenumbers.country_code_for_region(region)
    if not phonenumbers.is_valid_number(number) or (
        not international and number.country_code != home
    ):
        return ''
    number.extension = None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _country_code(e164: str) -> int:
    return phonenumbers.parse(e164, None).country_code
