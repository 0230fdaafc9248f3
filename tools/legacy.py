"""Understand the rows of an old customer sheet: fix what is certain, ask about the rest.

A row is one customer, one order and one sized line. Nothing is guessed: what can be read in
two ways, or not at all, is a row to review, with the reason.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from statistics import median

from .dimension import SizeError, parse_size
from .payload import clean_email
from .phone import latin_digits, normalise
from .wilaya import find, fold

ROLES = {
    'name': ('client', 'nom', 'nom et prenom', 'nom client', 'name', 'customer', 'الاسم', 'العميل', 'الزبون', 'اسم الزبون'),
    'phone': ('tel', 'telephone', 'tél', 'phone', 'mobile', 'portable', 'numero', 'num tel', 'gsm', 'هاتف', 'الهاتف', 'رقم الهاتف'),
    'model': ('ref', 'reference', 'modele', 'model', 'article', 'produit', 'sku', 'product', 'المرجع', 'مرجع', 'النموذج', 'المنتج'),
    'size': ('dimension', 'dimensions', 'taille', 'size', 'format', 'mesure', 'المقاس', 'القياس', 'الابعاد', 'الأبعاد'),
    'price': ('prix', 'price', 'montant', 'total', 'tarif', 'amount', 'السعر', 'الثمن', 'المبلغ'),
    'address': ('adresse', 'address', 'ville', 'wilaya', 'city', 'livraison', 'العنوان', 'الولاية', 'المدينة'),
    'date': ('date', 'date commande', 'jour', 'order date', 'التاريخ', 'تاريخ الطلب'),
    'quantity': ('qte', 'quantite', 'qty', 'quantity', 'nombre', 'الكمية', 'العدد'),
    'email': ('email', 'e mail', 'mail', 'courriel', 'البريد', 'البريد الالكتروني'),
}  # fmt: skip
REQUIRED = ('phone', 'size', 'price')
MIN_SIDE_MM, MAX_SIDE_MM = Decimal(50), Decimal(3000)
OUTLIER = 10
"""A price this many times the sheet's median is a slip of the keyboard, or millimes."""

_FOLDED = {fold(word): role for role, words in ROLES.items() for word in words}
_THREE_BY_ONE_SIGN = re.compile(r'\d\s*([x×/])\s*\d+\s*\1\s*\d')
_DATE = re.compile(r'^\d{4}-\d{2}-\d{2}|^\d{1,2}[-/][^\W\d]{3,}')
_THREE_NUMBERS = re.compile(r'^(\d{1,3})\s*[x×/*]\s*(\d{1,3})\s*[x×/*]\s*(\d{1,2})$', re.IGNORECASE)
_ISO_DAY = re.compile(r'^\d{4}-(\d{2})-(\d{2})')
_DAY_OF_MONTH = re.compile(r'^(\d{1,2})[-/ ]([^\W\d]{3,})\.?')
_MONTHS = {
    'jan': 1, 'fev': 2, 'feb': 2, 'mar': 3, 'avr': 4, 'apr': 4, 'mai': 5, 'may': 5, 'juin': 6, 'june': 6, 'juil': 7, 'july': 7, 'aou': 8, 'aug': 8,
    'sep': 9, 'oct': 10, 'nov': 11, 'dec': 12,
}  # fmt: skip
_PAPER = {
    'A0': '84.1x118.9',
    'A1': '59.4x84.1',
    'A2': '42x59.4',
    'A3': '29.7x42',
    'A4': '21x29.7',
    'A5': '14.8x21',
}
_MODEL = re.compile(r'^[A-Za-z]{0,4}[-_ ]?\d{1,6}[A-Za-z]?$')
_MONEY_WORDS = re.compile(r'(?:da|dzd|dinars?|د\.?\s?ج\.?|دج|دينار)\s*$', re.IGNORECASE)


@dataclass(frozen=True)
class Row:
    """What one row of the sheet says.

    ``state`` is ``ok`` (as it stood), ``fixed`` (something was cleaned), ``review`` or ``reject``
    (nothing in it); ``reasons`` name the fields to review: ``phone``, ``size``, ``price``,
    ``name``, ``model``, ``date``; ``fixes`` the fields that were cleaned; ``hints`` what a doubtful
    size or price might mean, as texts that can be typed.
    """

    state: str
    name: str = ''
    phone: str = ''
    other_phones: tuple = ()
    email: str = ''
    model: str = ''
    size: object = None
    price: Decimal | None = None
    quantity: int = 1
    wilaya: str = ''
    address: str = ''
    day: date | None = None
    reasons: tuple = ()
    fixes: tuple = ()
    hints: tuple = ()


# === COLUMNS === #


def find_columns(table) -> tuple[dict, int]:
    """Return the column of each role and the number of header rows.

    By the words of the first row, in French, English or Arabic; a sheet without a header is
    known by what stands in its columns.
    """
    columns = {}
    for index, cell in enumerate(table[0]):
        role = _FOLDED.get(fold(cell))
        if role and role not in columns:
            columns[role] = index
    if len(columns) >= 2:
        return columns, 1
    return _guess_columns(table[:50]), 0


def _guess_columns(rows):
    readers = {
        'phone': lambda text: normalise(text).readable,
        'size': lambda text: read_size(text)[0] is not None,
        'price': lambda text: read_price(text) is not None,
        'address': lambda text: find(text) is not None,
        'model': lambda text: bool(_MODEL.match(text)) and not text.isdecimal(),
        'name': lambda text: any(map(str.isalpha, text)) and not any(map(str.isdecimal, text)),
    }
    columns, width = {}, max(map(len, rows))
    for role, reader in readers.items():
        scores = {
            index: sum(reader(get_cell(row, index)) for row in rows if get_cell(row, index))
            for index in range(width)
            if index not in columns.values()
        }
        best = max(scores, key=scores.get, default=None)
        if best is not None and scores[best] * 2 > len(rows):
            columns[role] = best
    return columns


def get_cell(row, index) -> str:
    """Return the text of a cell, ``''`` where the row has no such column."""
    return row[index] if index is not None and index < len(row) else ''


# === ROWS === #


def read_rows(table, columns, region: str = 'DZ') -> list[Row]:
    """Return a :class:`Row` for each row of the table; prices are judged by their median."""
    prices = [read_price(get_cell(row, columns.get('price'))) for row in table]
    known = [price for price in prices if price]
    limit = median(known) * OUTLIER if known else None
    return [read_row(row, columns, limit, region) for row in table]


def read_row(row, columns, price_limit=None, region: str = 'DZ') -> Row:
    """Return what one row says.

    :param row: list of cells as text.
    :param columns: role to index, as :func:`find_columns` gives it.
    :param price_limit: above it a price is asked about.
    """
    cells = {role: get_cell(row, index).strip() for role, index in columns.items()}
    if not any(cells.get(role) for role in REQUIRED):
        return Row('reject', reasons=('empty',))
    reasons, fixes = [], []
    name = read_name(cells.get('name', ''))
    if name is None:
        reasons.append('name')
    phone = normalise(cells.get('phone'), region)
    if not phone.readable:
        reasons.append('phone')
    size, size_fixed = read_size(cells.get('size', ''))
    if size is None:
        reasons.append('size')
    price = read_price(cells.get('price', ''))
    if price is None or price <= 0 or (price_limit and price > price_limit):
        reasons.append('price')
    model = cells.get('model', '').upper().replace(' ', '')
    if model and not _MODEL.match(model):
        reasons.append('model')
    quantity = latin_digits(cells.get('quantity') or '1')
    if not quantity.isdecimal() or not 0 < int(quantity) <= 1000:
        reasons.append('quantity')
        quantity = '1'
    day = read_day(cells.get('date', ''))
    if cells.get('date') and not day:
        reasons.append('date')
    wilaya = find(cells.get('address', ''))
    pairs = (
        ('name', name), ('phone', phone.e164), ('model', model),
        ('price', str(price)), ('address', wilaya.name if wilaya else cells.get('address')),
    )  # fmt: skip
    fixes = [role for role, clean in pairs if cells.get(role) and clean != cells[role]]
    return Row(
        state='review' if reasons else 'fixed' if fixes or size_fixed else 'ok',
        name=name or '',
        phone=phone.e164,
        other_phones=phone.others,
        email=clean_email(cells.get('email', '')),
        model=model,
        size=size,
        price=price,
        quantity=int(quantity),
        wilaya=wilaya.code if wilaya else '',
        address=cells.get('address', ''),
        day=day,
        reasons=tuple(reasons),
        hints=(
            *(guess_size(cells.get('size', '')) if size is None else ()),
            *(guess_price(price, price_limit) if 'price' in reasons else ()),
        ),
        fixes=(*fixes, *(('size',) if size_fixed else ())),
    )


def read_name(text: str):
    """Return a name with one capital a word, ``None`` for what is none, such as a formula."""
    text = ' '.join(text.split())
    if not text:
        return ''
    if text[0] in '=+-@' or '://' in text or not any(map(str.isalpha, text)):
        return None
    if any(unicodedata.category(char) == 'Lo' for char in text):
        return text
    return re.sub(r"[^\W\d_]+", lambda word: word.group().capitalize(), text)


def read_price(text: str):
    """Return an amount: ``3 000 DA``, ``3.000,00``, ``3,000.00``, ``٣٠٠٠`` are all 3000."""
    text = latin_digits(text or '').replace('٫', '.').replace('٬', '')
    text = _MONEY_WORDS.sub('', text.strip())
    text = re.sub(r"[\s\u00a0\u202f']", '', text)
    if not re.match(r'^\d[\d.,]*$', text):
        return None
    last = max(text.rfind('.'), text.rfind(','))
    if last >= 0:
        whole, part = text[:last], text[last + 1 :]
        whole = re.sub(r'[.,]', '', whole)
        text = f'{whole}.{part}' if len(part) in (1, 2) else whole + part
    try:
        amount = Decimal(text)
    except InvalidOperation:
        return None
    return amount.quantize(Decimal('0.01')).normalize() + 0 if amount < Decimal(10) ** 9 else None


def read_day(text: str):
    """Return a date written as ISO or day first; ``None`` when it is none."""
    text = latin_digits(text or '').strip().split(' ')[0]
    for pattern, order in (
        (r'^(\d{4})-(\d{1,2})-(\d{1,2})$', (0, 1, 2)),
        (r'^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$', (2, 1, 0)),
    ):
        if match := re.match(pattern, text):
            year, month, day = (int(match.groups()[index]) for index in order)
            try:
                return date(year, month, day) if 1980 <= year < 2100 else None
            except ValueError:
                return None
    return None


def read_size(text):
    """Return the size and whether the text had to be cleaned; no size when it is not certain."""
    # 30x60x3 may be three panels or a depth of 3 cm; a date was a size before Excel saw it.
    if not text or _THREE_BY_ONE_SIGN.search(text) or _DATE.match(text):
        return None, False
    try:
        size = parse_size(text)
    except SizeError:
        return None, False
    if not all(MIN_SIDE_MM <= side <= MAX_SIDE_MM for side in (size.width_mm, size.height_mm)):
        return None, False
    return size, not re.match(r'^\d+x\d+$', text)


def guess_size(text: str) -> tuple:
    """Return what a doubtful size might mean, for a person to choose from; never taken by itself.

    ``30x60x3`` is three panels or one that is 3 cm deep; a date was a size before a spreadsheet saw
    it; ``A4`` is a format of paper; ``30`` is one side of a square.
    """
    text = latin_digits(text or '').strip()
    if match := _THREE_NUMBERS.match(text):
        width, height, third = match.groups()
        readings = (f'{width}x{height}*{third}', f'{width}x{height}')
    elif match := _ISO_DAY.match(text):
        month, day = (int(part) for part in match.groups())
        readings = (f'{day}x{month}', f'{day}x{month}0')
    elif match := _DAY_OF_MONTH.match(text):
        word = fold(match.group(2))
        number = _MONTHS.get(word[:3]) or _MONTHS.get(word[:4])
        readings = (f'{match.group(1)}x{number}', f'{match.group(1)}x{number}0') if number else ()
    elif text.upper() in _PAPER:
        readings = (_PAPER[text.upper()],)
    elif text.isdecimal() and len(text) <= 3:
        readings = (f'{text}x{text}',)
    else:
        readings = ()
    return tuple(dict.fromkeys(reading for reading in readings if read_size(reading)[0]))


def guess_price(price, limit) -> tuple:
    """Return the amount that a price far from the others might be: in centimes, or a zero too many."""
    if not price or not limit or price <= limit:
        return ()
    return tuple(
        str(price // part)
        for part in (10, 100, 1000)
        if price % part == 0 and limit / OUTLIER / 3 <= price / part <= limit / 3
    )


def longest(names) -> tuple[str, tuple]:
    """Return the longest spelling of one person's names, and the others."""
    unique = sorted(set(filter(None, names)), key=lambda name: (-len(name), name))
    return (unique[0], tuple(unique[1:])) if unique else ('', ())
