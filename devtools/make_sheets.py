"""Make tests/data/old_sheet.*: one old customer list, kept in each of the ways people keep one.

    python devtools/make_sheets.py tests/data

As files and not made by the tests, so that what a spreadsheet does to a cell is in them: telephones as formatted
numbers, sizes that became dates, amounts as numbers.
"""

import sys
from datetime import datetime
from pathlib import Path

import xlwt
from odf.number import DateStyle, Day, Month, Text
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style
from odf.table import Table, TableCell, TableRow
from odf.text import P
from openpyxl import Workbook

HEADER = ('client', 'tél', 'réf', 'dimension', 'prix', 'Adresse')
MANGLED = datetime(2021, 6, 30)
"""Somebody typed 30/6."""

ROWS = (
    ('سميرة عمراني', 661387837, 'm311', '60x90cm', 4900, 'constantine'),
    ('asma  MANSOURI', 664125242, 'm007', '80 x 1m20', '7 800 DA', 'baba hssen'),
    ('Djamila Rahmani', "'0771003790", 'M250', '40/50*3', 9200, 'وهران'),
    ('Karim Haddad', '0550112233', 'm012', MANGLED, 3000, 'oran'),
    ('Nadia Saïdi', 6633525421, 'm001', '50x50', 3400, 'alger'),
    ('Sofiane Kaci', '0551616828', 'm361', '30/60', 340000, 'blida'),
)


def make_xlsx(path):
    """Telephones with a number format, one in scientific notation, dates with a day format."""
    book = Workbook()
    page = book.active
    page.append(HEADER)
    for row in ROWS:
        page.append(row)
    for (phone,) in page.iter_rows(min_row=2, min_col=2, max_col=2):
        phone.number_format = '0.00E+00' if phone.row == 2 else '000\\ 000\\ 000'
    page['D5'].number_format = 'd-mmm'
    book.create_sheet('Notes').append(['another sheet'])
    book.save(path)


def make_xls(path):
    """The format of before 2007, where every number is a float."""
    book = xlwt.Workbook(encoding='utf-8')
    page = book.add_sheet('Feuil1')
    phone, day = xlwt.easyxf(num_format_str='000 000 000'), xlwt.easyxf(num_format_str='D-MMM')
    for index, row in enumerate((HEADER, *ROWS)):
        for column, value in enumerate(row):
            if isinstance(value, datetime):
                page.write(index, column, value, day)
            elif column == 1 and isinstance(value, int):
                page.write(index, column, float(value), phone)
            else:
                page.write(index, column, value)
    book.save(str(path))


def make_ods(path):
    """OpenDocument: a cell keeps its value beside the text people saw."""
    document = OpenDocumentSpreadsheet()
    day = DateStyle(name='day')
    for part in (Day(), Text(text='-'), Month(textual=True)):
        day.addElement(part)
    document.styles.addElement(day)
    document.automaticstyles.addElement(
        Style(name='day-cell', family='table-cell', datastylename='day')
    )
    table = Table(name='Feuille1')
    for row in (HEADER, *ROWS):
        line = TableRow()
        for value in row:
            if isinstance(value, datetime):
                cell = TableCell(
                    valuetype='date', datevalue=value.date().isoformat(), stylename='day-cell'
                )
                shown = '30-juin'
            elif isinstance(value, int):
                cell = TableCell(valuetype='float', value=str(value))
                shown = f'{value:,}'.replace(',', ' ')
            else:
                cell, shown = TableCell(valuetype='string'), value
            cell.addElement(P(text=shown))
            line.addElement(cell)
        table.addElement(line)
    document.spreadsheet.addElement(table)
    document.save(str(path))


def make_text(delimiter):
    """What a spreadsheet in French saves as text: numbers and dates as they looked."""
    lines = []
    for row in (HEADER, *ROWS):
        cells = ['30-juin' if isinstance(value, datetime) else str(value) for value in row]
        lines.append(delimiter.join(cells))
    return '\r\n'.join(lines) + '\r\n'


def main(folder):
    """Write all of them."""
    make_xlsx(folder / 'old_sheet.xlsx')
    make_xls(folder / 'old_sheet.xls')
    make_ods(folder / 'old_sheet.ods')
    (folder / 'old_sheet_semicolon.csv').write_bytes(make_text(';').encode('utf-8-sig'))
    (folder / 'old_sheet_1256.csv').write_bytes(make_text(';').replace('ï', 'i').encode('cp1256'))
    (folder / 'old_sheet_utf16.txt').write_bytes(make_text('\t').encode('utf-16'))


if __name__ == '__main__':
    main(Path(sys.argv[1]))
