import csv
import io
import zipfile
from decimal import Decimal
from pathlib import Path

from odoo.tests import BaseCase, tagged

from ...tools import legacy
from ...tools.sheet import SheetError, guard_cell, read_table, unguard_cell
from ...tools.wilaya import WILAYAS

DATA = Path(__file__).parents[1] / 'data'
SHEET = (
    "client,tél,réf,dimension,prix,Adresse\n"
    'Samira Amrani,0661387837,m311,60x90cm,٤٩٠٠,constantine\n'
    'asma  MANSOURI,"664,125,242",m007,80 x 1m20,7 800 DA,baba hssen\n'
    "Djamila Rahmani,'0771003790,M250,40/50*3,9200,وهران\n"
)


def rows_of(text):
    table = read_table(text.encode() if isinstance(text, str) else text)
    columns, header = legacy.find_columns(table)
    return legacy.read_rows(table[header:], columns)


@tagged('post_install', '-at_install')
class TestLegacy(BaseCase):
    def test_rows_are_read_whatever_they_are_kept_in(self):
        latin = SHEET.translate({0x660 + digit: str(digit) for digit in range(10)})
        ways = [
            SHEET.encode(), SHEET.encode('utf-16'), SHEET.encode('utf-8-sig'),
            latin.encode('cp1256'),
            self._xlsx(SHEET), self._ods(SHEET),
            '\n'.join(';'.join(row) for row in csv.reader(io.StringIO(SHEET))).encode(),
            '\n'.join(' | '.join(row) for row in csv.reader(io.StringIO(SHEET))).encode(),
        ]  # fmt: skip
        for content in ways:
            with self.subTest(content=content[:12]):
                rows = rows_of(content)
                self.assertEqual(
                    [(row.name, row.phone, row.model, row.price, row.wilaya) for row in rows],
                    [
                        ("Samira Amrani", '+213661387837', 'M311', 4900, '25'),
                        ("Asma Mansouri", '+213664125242', 'M007', 7800, '16'),
                        ("Djamila Rahmani", '+213771003790', 'M250', 9200, '31'),
                    ],
                )
                self.assertEqual(
                    [(row.size.width_mm, row.size.height_mm, row.size.panels) for row in rows],
                    [(600, 900, 1), (800, 1200, 1), (400, 500, 3)],
                )

    def _xlsx(self, text):
        from openpyxl import Workbook

        book = Workbook()
        for row in csv.reader(io.StringIO(text)):
            # A spreadsheet keeps phones as numbers
            book.active.append([float(cell) if cell.isdecimal() else cell for cell in row])
        stream = io.BytesIO()
        book.save(stream)
        return stream.getvalue()

    def _ods(self, text):
        cells = ''.join(
            '<table:table-row>'
            + ''.join(
                f'<table:table-cell><text:p>{cell}</text:p></table:table-cell>' for cell in row
            )
            + '<table:table-cell table:number-columns-repeated="1000"/></table:table-row>'
            for row in csv.reader(io.StringIO(text))
        )
        return self._pack(cells)

    def _pack(self, rows):
        spaces = ' '.join(
            f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
            for name in ('office', 'table', 'text')
        )
        xml = (
            f'<office:document-content {spaces}><office:body><office:spreadsheet><table:table>{rows}'
            '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
            '</table:table></office:spreadsheet></office:body></office:document-content>'
        )
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, 'w') as archive:
            archive.writestr('content.xml', xml)
        return stream.getvalue()

    def test_a_whole_old_sheet_is_read_as_its_truth_says(self):
        names = {wilaya.code: wilaya.name for wilaya in WILAYAS}
        read = rows_of((DATA / 'legacy_sheet.csv').read_bytes())
        with (DATA / 'legacy_sheet_truth.csv').open(encoding='utf-8') as file:
            truth = list(csv.DictReader(file))
        self.assertEqual(len(read), len(truth))
        for row, true in zip(read, truth, strict=True):
            with self.subTest(line=true['line']):
                state, _colon, reason = true['state'].partition(':')
                if state == 'review':
                    self.assertEqual((row.state, row.reasons), ('review', (reason,)))
                    continue
                self.assertIn(row.state, ('ok', 'fixed'))
                self.assertEqual(
                    (row.phone, row.name, row.model, names[row.wilaya], int(row.price)),
                    (
                        true['phone'], true['name'], true['model'], true['wilaya'],
                        int(true['price_dzd']),
                    ),
                )  # fmt: skip
                self.assertEqual(
                    (row.size.width_mm, row.size.height_mm, row.size.panels),
                    (int(true['width_mm']), int(true['height_mm']), int(true['panels'])),
                )

    def test_columns_are_known_by_their_words_in_three_languages(self):
        for header in (
            ['Nom', 'Téléphone', 'Dimensions', 'Prix'], ['Name', 'Phone', 'Size', 'Price'],
            ['الاسم', 'الهاتف', 'المقاس', 'السعر'],
        ):  # fmt: skip
            columns, count = legacy.find_columns([header])
            self.assertEqual((columns, count), ({'name': 0, 'phone': 1, 'size': 2, 'price': 3}, 1))

    def test_a_sheet_without_header_is_known_by_its_content(self):
        rows = rows_of(
            "663,352,542 | m361 | 30/60 | 3000 | oran\n668,198,091 | m361 | 50/100 | 5200 | blida\n"
        )
        self.assertEqual(
            [(row.phone, row.model, row.price) for row in rows],
            [('+213663352542', 'M361', 3000), ('+213668198091', 'M361', 5200)],
        )

    def test_doubtful_cells_are_reviewed_for_their_reason(self):
        good = ['Samira', '0661387837', 'M311', '50x50', '3400', 'oran']
        columns = dict(
            zip(('name', 'phone', 'model', 'size', 'price', 'address'), range(6), strict=True)
        )
        self.assertEqual(legacy.read_row(good, columns, Decimal(50000)).state, 'fixed')
        for column, text, reason in (
            (3, '30x60x3', 'size'), (3, 'A4', 'size'), (3, '30', 'size'), (3, '0/60', 'size'),
            (3, '3000/2', 'size'), (3, '2021-06-30', 'size'), (3, '30-juin', 'size'), (3, '', 'size'),
            (1, '6633525421', 'phone'), (1, '66335254', 'phone'), (1, '', 'phone'),
            (4, '340000', 'price'), (4, '', 'price'), (4, '-5', 'price'), (4, '0', 'price'),
            (0, '=HYPERLINK("http://x")', 'name'), (0, '@cmd', 'name'), (2, '=1+1', 'model'),
        ):  # fmt: skip
            row = [*good]
            row[column] = text
            read = legacy.read_row(row, columns, Decimal(50000))
            with self.subTest(text=text):
                self.assertEqual((read.state, read.reasons), ('review', (reason,)))

    def test_what_a_doubtful_cell_might_mean_is_proposed_and_never_taken(self):
        for text, readings in (
            ('30x60x3', ('30x60*3', '30x60')), ('A4', ('21x29.7',)), ('30', ('30x30',)), ('0/60', ()),
            ('3000/2', ()), ('2021-06-30', ('30x6', '30x60')), ('30-juin', ('30x6', '30x60')),
            ('5-juil.', ('5x7', '5x70')), ('', ()), ('grand', ()),
        ):  # fmt: skip
            with self.subTest(text=text):
                self.assertEqual(legacy.guess_size(text), readings)
        row = legacy.read_row(
            ['0661387837', '30x60x3', '340000'], {'phone': 0, 'size': 1, 'price': 2}, Decimal(34000)
        )
        self.assertEqual((row.size, row.hints), (None, ('30x60*3', '30x60', '3400')))
        self.assertEqual(legacy.guess_price(Decimal(3000), Decimal(34000)), ())
        self.assertEqual(legacy.guess_price(None, None), ())

    def test_prices_as_people_write_them(self):
        for text, price in (
            ('3000', 3000), ('3 000 DA', 3000), ('3.000,00', 3000), ('٣٠٠٠', 3000), ('3,000.00', 3000),
            ('3.000', 3000), ('3000,5', Decimal('3000.5')), ('3 400 د.ج', 3400),
            ('', None), ('abc', None), ('1e5', None), ('-5', None), ('9' * 12, None),
        ):  # fmt: skip
            with self.subTest(text=text):
                self.assertEqual(legacy.read_price(text), price)

    def test_days_are_read_day_first(self):
        self.assertEqual(str(legacy.read_day('28/09/2021')), '2021-09-28')
        self.assertEqual(str(legacy.read_day('2021-09-28 00:00:00')), '2021-09-28')
        for text in (
            '', '31/02/2021', '9/28/2021', 'soon', '31/12/0202', '2201-05-05', '28/09/21', '44467',
            '00/00/0000', '0001-01-01',
        ):  # fmt: skip
            self.assertIsNone(legacy.read_day(text))

    def test_an_empty_row_is_rejected_and_the_longest_name_wins(self):
        self.assertEqual(legacy.read_row(['Total'], {'name': 0, 'price': 1}).state, 'reject')
        self.assertEqual(
            legacy.longest(["Bilal B", "Bilal Bou-Da", '', "Bilal B"]),
            ("Bilal Bou-Da", ("Bilal B",)),
        )

    def test_a_file_that_is_none_is_refused(self):
        for content, code in (
            (b'', 'empty'), (b' \n ', 'empty'), (b'PK\x03\x04 broken', 'unreadable'),
            (b'\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 broken', 'unreadable'), (b'a\n' * 50001, 'rows'),
        ):  # fmt: skip
            with self.assertRaises(SheetError) as caught:
                read_table(content)
            self.assertEqual(caught.exception.code, code)

    def test_a_quotation_mark_that_nobody_closed_swallows_no_row(self):
        text = 'nom;tel;dim\n"Amina;0551;16x20\n"Bilal ""B""";0552;40x50\nChahra;0553;50\n'
        rows = read_table(text.encode())
        self.assertEqual([row[1] for row in rows], ['tel', '0551', '0552', '0553'])
        self.assertEqual((rows[1][0], rows[2][0]), ('"Amina', 'Bilal "B"'))
        # Closed, it may hold a line of its own
        self.assertEqual(len(read_table(b'a;b\n"1\n2";3\nc;d\n')), 3)

    def test_marks_of_a_program_and_unmarked_files_are_read(self):
        rows = [['nom', 'tel'], ['Amina', '0551']]
        for text in ('sep=;\r\nnom;tel\r\nAmina;0551\r\n', 'nom;tel\rAmina;0551\r'):
            self.assertEqual(read_table(text.encode()), rows)
        self.assertEqual(read_table(b'nom;t\x00el\nAmina;0551\n'), rows)
        arabic = 'الاسم;هاتف;المقاس\nأمينة;0551234567;40x50\n'
        for name in ('utf-16-le', 'utf-16-be', 'utf-16', 'utf-8', 'cp1256'):
            with self.subTest(name):
                self.assertEqual(read_table(arabic.encode(name))[1][1], '0551234567')

    def test_a_file_that_says_it_is_endless_is_refused_at_once(self):
        row = (
            '<table:table-row table:number-rows-repeated="%s"><table:table-cell><text:p>a</text:p>'
            '</table:table-cell></table:table-row>'
        )
        self.assertEqual(len(read_table(self._pack(row % 3))), 3)
        for content, code in (
            (self._pack(row % 900_000_000), 'rows'), (self._pack(row % 50_001), 'rows'),
            (b'a' * (50 * 1024 * 1024 + 1), 'size'),
        ):  # fmt: skip
            with self.assertRaises(SheetError) as caught:
                read_table(content)
            self.assertEqual(caught.exception.code, code)

    def test_a_row_far_below_an_empty_stretch_is_read(self):
        from openpyxl import Workbook

        book, stream = Workbook(), io.BytesIO()
        book.active['A1'], book.active['A60000'] = 'first', 'last'
        book.save(stream)
        self.assertEqual([row[0] for row in read_table(stream.getvalue())], ['first', 'last'])

    def test_an_address_with_a_line_break_is_no_address(self):
        columns = {'phone': 0, 'size': 1, 'price': 2, 'email': 3}
        for text, email in (
            ('A@b.dz', 'a@b.dz'),
            ('a@b.dz\nBcc: c@d.dz', ''),
            ('a@b.dz;c@d.dz', ''),
        ):
            row = legacy.read_row(['0661387837', '40x50', '3400', text], columns)
            self.assertEqual(row.email, email)

    def test_a_guarded_cell_is_dead_and_comes_back_as_it_was(self):
        for text in ('@SUM(A1)', '|cmd', '\tx', '%x'):
            self.assertEqual(guard_cell(text), f"'{text}")
            self.assertEqual(unguard_cell(guard_cell(text)), text)
        for value in ('Amina', "d'Oran", '0663', 12, None, False, "'tis"):
            self.assertEqual(guard_cell(value), value)
            self.assertEqual(unguard_cell(value), value)
        self.assertEqual(unguard_cell("'+213663352542"), '+213663352542')
