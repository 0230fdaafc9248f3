from odoo.tests import BaseCase, tagged

from ...tools.grid_file import GridFileError, compare_grids, read_csv, read_rows, write_csv

GRID = {'widths': [30.0, 40.5], 'heights': [50.0, 60.0], 'rows': [[1000.0, None], [1200.5, 1500.0]]}


@tagged('post_install', '-at_install')
class TestGridFile(BaseCase):
    def assertRefused(self, text, code):
        with self.assertRaises(GridFileError, msg=text) as caught:
            read_rows(read_csv(text.encode()))
        self.assertEqual(caught.exception.code, code)
        return caught.exception.values

    def test_a_table_written_is_read_back(self):
        self.assertEqual(read_rows(read_csv(write_csv(GRID))), GRID)

    def test_separators_and_decimal_commas_are_recognised(self):
        for text in (
            ';30;40,5\n50;1 000;\n60;1200,50;1500\n\n',
            '\t30\t40.5\r\n50\t1000\t-\r\n60\t1200.5\t1500',
        ):
            self.assertEqual(read_rows(read_csv(text.encode())), GRID)

    def test_what_is_wrong_is_named_by_its_place(self):
        self.assertRefused('', 'empty')
        self.assertRefused(';30\n', 'empty')
        self.assertEqual(self.assertRefused(';30;x\n50;1;2', 'axis')['column'], 3)
        self.assertEqual(
            self.assertRefused(';30\n50;abc', 'cell'), {'row': 2, 'column': 2, 'text': 'abc'}
        )
        self.assertRefused(';30\n50;-1', 'cell')
        self.assertRefused(';30\n50;NaN', 'cell')
        self.assertRefused(';30\n50;1;2', 'row_length')
        self.assertRefused(';40;30\n50;1;2', 'axis_order')
        self.assertRefused(';30;30\n50;1;2', 'axis_order')
        self.assertRefused(';30' * 300 + '\n50;1', 'too_large')
        with self.assertRaises(GridFileError):
            read_csv(b'PK\x00\x01')

    def test_changes_are_listed_cell_by_cell(self):
        new = {'widths': [30.0], 'heights': [50.0, 60.0], 'rows': [[1100.0], [1200.5]]}
        self.assertEqual(compare_grids(GRID, new), [(30, 50, 1000, 1100), (40.5, 60, 1500, None)])
        self.assertEqual(compare_grids(GRID, GRID), [])
        self.assertEqual(len(compare_grids(None, GRID)), 3)
