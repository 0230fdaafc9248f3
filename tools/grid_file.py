"""A price table as rows of texts: read from CSV or a spreadsheet, compared with the one in use.

Pure functions. The first row holds the widths, the first column the heights, every other cell a price or nothing.
"""

import csv
import io
from decimal import Decimal, InvalidOperation

MAX_ROWS = 200
MAX_COLUMNS = 200


class GridFileError(ValueError):
    """A table that cannot be read.

    :ivar str code: ``empty``, ``too_large``, ``encoding``, ``axis``, ``axis_order``, ``cell``, ``row_length``
    :ivar dict values: ``row`` and ``column`` counted from one, ``text``
    """

    def __init__(self, code, **values):
        super().__init__(code)
        self.code = code
        self.values = values


def read_csv(content):
    """Split a CSV file into rows; comma, semicolon or tab, UTF-8 or Latin.

    :param bytes content:
    :rtype: list[list[str]]
    :raises GridFileError: ``encoding``
    """
    if b'\x00' in content:
        raise GridFileError('encoding')
    try:
        text = content.decode('utf-8-sig')
    except UnicodeDecodeError:
        text = content.decode('cp1252', errors='replace')
    first = text.split('\n', 1)[0]
    delimiter = max(';\t,', key=first.count)
    return list(csv.reader(io.StringIO(text), delimiter=delimiter))


def write_csv(grid):
    """Write a table as CSV with semicolons, so that decimal commas survive.

    :param dict grid: ``widths``, ``heights``, ``rows``
    :rtype: bytes
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=';', lineterminator='\r\n')
    writer.writerows(grid_rows(grid))
    return out.getvalue().encode('utf-8-sig')


def grid_rows(grid):
    """A table as rows of values, the axes included.

    :rtype: list[list]
    """
    head = ['', *grid['widths']]
    return [
        head,
        *([height, *row] for height, row in zip(grid['heights'], grid['rows'], strict=True)),
    ]


def read_rows(rows):
    """Read rows of texts or numbers into a table.

    :param rows: iterable of lists
    :return: ``{'widths': [...], 'heights': [...], 'rows': [[...]]}`` of floats, None for an empty cell
    :rtype: dict
    :raises GridFileError: with the place, counted from one
    """
    rows = [list(row) for row in rows]
    while rows and not any(_text(cell) for cell in rows[-1]):
        rows.pop()
    if len(rows) < 2 or not any(_text(cell) for cell in rows[0][1:]):
        raise GridFileError('empty')
    while rows[0] and not _text(rows[0][-1]):
        rows[0].pop()
    count = len(rows[0])
    if len(rows) > MAX_ROWS + 1 or count > MAX_COLUMNS + 1:
        raise GridFileError('too_large', rows=MAX_ROWS, columns=MAX_COLUMNS)
    widths = [_read_side(cell, 1, column) for column, cell in enumerate(rows[0][1:], 2)]
    heights, cells = [], []
    for number, row in enumerate(rows[1:], 2):
        if any(_text(cell) for cell in row[count:]):
            raise GridFileError('row_length', row=number)
        heights.append(_read_side(row[0] if row else '', number, 1))
        padded = [*row[1:count], *[''] * (count - len(row))]
        cells.append([_read_price(cell, number, column) for column, cell in enumerate(padded, 2)])
    for axis in (widths, heights):
        if axis != sorted(set(axis)):
            raise GridFileError('axis_order')
    return {'widths': widths, 'heights': heights, 'rows': cells}


def compare_grids(old, new):
    """List what a new table changes.

    :param dict old: or None
    :param dict new:
    :return: ``(width, height, old price, new price)``, None where there was or is none
    :rtype: list[tuple]
    """
    before, after = _cells(old), _cells(new)
    return [
        (*place, before.get(place), after.get(place))
        for place in sorted(before.keys() | after.keys(), key=lambda place: (place[1], place[0]))
        if before.get(place) != after.get(place)
    ]


def _cells(grid):
    if not grid:
        return {}
    return {
        (float(width), float(height)): None if price is None else float(price)
        for height, row in zip(grid['heights'], grid['rows'], strict=True)
        for width, price in zip(grid['widths'], row, strict=True)
    }


def _text(cell):
    return '' if cell is None else str(cell).strip()


def _number(text):
    """A number with a decimal comma or point, thousands by spaces; None when it is none."""
    clean = text.replace('\u202f', '').replace('\xa0', '').replace(' ', '').replace(',', '.')
    try:
        number = Decimal(clean)
    except InvalidOperation:
        return None
    return float(number) if number.is_finite() and abs(number) < 10**12 else None


def _read_side(cell, row, column):
    number = _number(_text(cell))
    if number is None or number <= 0:
        raise GridFileError('axis', row=row, column=column, text=_text(cell)[:40])
    return number


def _read_price(cell, row, column):
    text = _text(cell)
    if text in {'', '-', 'x', 'X'}:
        return None
    number = _number(text)
    if number is None or number < 0:
        raise GridFileError('cell', row=row, column=column, text=text[:40])
    return number
