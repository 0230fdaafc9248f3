"""Read a table out of whatever an old customer list is kept in.

CSV in any usual encoding and delimiter, pasted text, xlsx, xls and ods. Every cell comes back as
the text a person saw, as far as the file still knows it: a date is ISO text, so that what a
spreadsheet mangled stays visible.
"""

import csv
import io
import re
import zipfile
from datetime import date, datetime, time
from itertools import islice

MAX_ROWS = 50_000
MAX_COLUMNS = 60
MAX_UNPACKED = 200 * 1024 * 1024
MAX_TEXT = 50 * 1024 * 1024
SHEET_ROWS = 1_048_576
"""A spreadsheet has no more lines, whatever a file says."""
ENCODINGS = ('utf-8-sig', 'cp1256', 'cp1252')
_ARABIC = range(0x0600, 0x0700)
_ODS = {
    'table': '{urn:oasis:names:tc:opendocument:xmlns:table:1.0}',
    'text': '{urn:oasis:names:tc:opendocument:xmlns:text:1.0}',
    'office': '{urn:oasis:names:tc:opendocument:xmlns:office:1.0}',
}
_ALIVE = ('=', '+', '-', '@', '\t', '\r', '\n', '|', '%')
_GUARDED_BY_ODOO = ('=', '+', '-')


class SheetError(ValueError):
    """``code``: ``empty``, ``unreadable``, ``rows`` (with ``limit``), ``size`` (with ``limit``)."""

    def __init__(self, code, **values):
        super().__init__(code)
        self.code = code
        self.values = values


def read_table(content: bytes, filename: str = '') -> list[list[str]]:
    """Return the rows of the first sheet that are not empty, as lists of text.

    :param content: the file.
    :param filename: only tells xls from other old formats; the content decides.
    :raise SheetError: the file is empty, cannot be read, or has more than 50 000 rows.
    """
    if not content or not content.strip():
        raise SheetError('empty')
    try:
        if content[:4] == b'PK\x03\x04':
            rows = _read_zip(content)
        elif content[:8] == b'\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1':
            rows = _read_xls(content)
        else:
            rows = _read_text(decode(content))
    except SheetError:
        raise
    except Exception as error:  # a broken file breaks its reader in ways of its own
        raise SheetError('unreadable', filename=filename) from error
    rows = [[cell.strip() for cell in row[:MAX_COLUMNS]] for row in rows]
    rows = [row for row in rows if any(row)]
    if not rows:
        raise SheetError('empty')
    if len(rows) > MAX_ROWS:
        raise SheetError('rows', limit=MAX_ROWS)
    return rows


def decode(content: bytes) -> str:
    """Return the text of a file: UTF-16 by its mark, UTF-8, else Windows' Arabic or Latin.

    Both Windows sets read any bytes; the Arabic one is right when it gives words in Arabic.
    """
    if content[:2] in (b'\xff\xfe', b'\xfe\xff'):
        return content.decode('utf-16', 'replace')
    head = content[:2000]
    for start, name in ((1, 'utf-16-le'), (0, 'utf-16-be')):
        # Digits, spaces and delimiters have an empty half; no other encoding has empty bytes
        if head[start::2].count(0) > 4 + len(head) // 20 and not head[1 - start :: 2].count(0):
            return content.decode(name, 'replace')
    try:
        return content.decode('utf-8-sig')
    except UnicodeDecodeError:
        arabic = content.decode('cp1256', 'replace')
        letters = [ord(char) in _ARABIC for char in arabic if ord(char) > 127]
        if letters and sum(letters) * 2 > len(letters):
            # Accented French between Arabic words survives: 1256 has é, è, à, ç as well.
            return arabic
        return content.decode('cp1252', 'replace')


def _read_text(text):
    if len(text) > MAX_TEXT:
        raise SheetError('size', limit=MAX_TEXT // 1024 // 1024)
    text = text.replace('\x00', '').replace('\r\n', '\n').replace('\r', '\n')
    # Excel's own note about the file, no row of it
    text = re.sub(r'^sep=.\n', '', text)
    head = text[:20_000]
    lines = [line for line in head.splitlines() if line.strip()][:50]

    def score(delimiter):
        counts = [line.count(delimiter) for line in lines]
        # A cell with a line of its own makes lines without any
        return (sum(map(bool, counts)) * 2 > len(counts), sum(counts))

    # A comma also stands within numbers: it is chosen only when no other one is on most lines.
    delimiter = max(('\t', ';', '|'), key=score)
    if not score(delimiter)[0]:
        delimiter = ','
    try:
        return _take_rows(csv.reader(io.StringIO(text), delimiter=delimiter, strict=True))
    except csv.Error:
        # A quotation mark that nobody closed is a mark in a cell: else it swallows the rows behind it
        plain = csv.reader(io.StringIO(text), delimiter=delimiter, quoting=csv.QUOTE_NONE)
        return _take_rows([_unquote(cell) for cell in row] for row in plain)


def _take_rows(rows):
    """Return the rows that are not empty, one more than is taken at most."""
    taken = (row for row in rows if any(cell.strip() for cell in row))
    return list(islice(taken, MAX_ROWS + 1))


def _unquote(cell):
    cell = cell.strip()
    return cell[1:-1].replace('""', '"') if len(cell) > 1 and cell[0] == cell[-1] == '"' else cell


def _read_zip(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(info.file_size for info in archive.infolist()) > MAX_UNPACKED:
            raise SheetError('size', limit=MAX_UNPACKED // 1024 // 1024)
        if 'content.xml' in archive.namelist():
            return _read_ods(archive.open('content.xml'))
    return _read_xlsx(content)


def _read_xlsx(content):
    from openpyxl import load_workbook

    workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    sheet = workbook.worksheets[0]
    rows = islice(sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS), SHEET_ROWS)
    return _take_rows([cell_text(value) for value in row] for row in rows)


def _read_xls(content):
    import xlrd

    book = xlrd.open_workbook(file_contents=content)
    sheet = book.sheet_by_index(0)
    rows = []
    for index in range(min(sheet.nrows, MAX_ROWS + 1)):
        cells = []
        for cell in sheet.row(index):
            value = cell.value
            if cell.ctype == xlrd.XL_CELL_DATE:
                value = xlrd.xldate_as_datetime(value, book.datemode)
            cells.append(cell_text(value))
        rows.append(cells)
    return rows


def _read_ods(stream):
    """Read OpenDocument's own XML; repeated cells are repeated, empty tails are not."""
    from lxml import etree

    table, rows = _ODS['table'], []
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    root = etree.parse(stream, parser)
    sheet = next(root.iter(f'{table}table'), None)
    if sheet is None:
        raise SheetError('empty')
    for row in sheet.iter(f'{table}table-row'):
        cells = []
        for cell in row.iter(f'{table}table-cell', f'{table}covered-table-cell'):
            repeat = min(int(cell.get(f'{table}number-columns-repeated') or 1), MAX_COLUMNS)
            cells += [_ods_text(cell)] * repeat
        repeat = min(int(row.get(f'{table}number-rows-repeated') or 1), MAX_ROWS + 1)
        rows += [cells[:MAX_COLUMNS]] * (repeat if any(cells) else 0)
        if len(rows) > MAX_ROWS:
            break
    return rows


def _ods_text(cell):
    office = _ODS['office']
    kind = cell.get(f'{office}value-type')
    if kind == 'date':
        return cell.get(f'{office}date-value') or ''
    paragraphs = cell.iter(f'{_ODS["text"]}p')
    text = '\n'.join(''.join(paragraph.itertext()) for paragraph in paragraphs)
    if kind == 'float' and not any(char.isdigit() for char in text):
        return cell.get(f'{office}value') or ''
    return text


def cell_text(value) -> str:
    """Return a cell's value as text: whole floats without their ``.0``, dates in ISO."""
    if value is None or isinstance(value, bool):
        return ''
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(' ')
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def guard_cell(value):
    """Return a cell of a CSV file that no spreadsheet takes for a formula; Odoo's own guard comes after it.

    An apostrophe before the text: spreadsheets show the text, :func:`unguard_cell` takes it away.
    """
    if not isinstance(value, str) or not value.startswith(_ALIVE):
        return value
    return value if value.startswith(_GUARDED_BY_ODOO) else f"'{value}"


def unguard_cell(value):
    """Return the text that stood in a cell before it was guarded, as ``'+213663352542``."""
    if isinstance(value, str) and value[:1] == "'" and value[1:].startswith(_ALIVE):
        return value[1:]
    return value
