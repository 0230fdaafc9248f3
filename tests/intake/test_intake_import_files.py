import base64
from pathlib import Path

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common_intake import IntakeCommon

DATA = Path(__file__).parents[1] / 'data'
FILES = (
    'old_sheet.xlsx', 'old_sheet.xls', 'old_sheet.ods', 'old_sheet_semicolon.csv', 'old_sheet_1256.csv',
    'old_sheet_utf16.txt',
)  # fmt: skip


@tagged('post_install', '-at_install')
class TestIntakeImportFiles(IntakeCommon):
    def _read(self, content, filename):
        record = self.env['ecrm.import'].with_user(self.user_manager).create(
            {'file': base64.b64encode(content), 'filename': filename, 'company_id': self.company.id}
        )  # fmt: skip
        record.action_read()
        return record

    def test_every_kind_of_file_says_the_same(self):
        """The files are made by devtools/make_sheets.py."""
        for filename in FILES:
            with self.subTest(filename=filename):
                rows = self._read((DATA / filename).read_bytes(), filename).row_ids
                self.assertEqual(
                    [(row.state, row.reasons or '') for row in rows],
                    [('fixed', '')] * 3
                    + [('review', reason) for reason in ('size', 'phone', 'price')],
                )
                self.assertEqual(
                    [
                        (row.name, row.phone, row.model, row.price, row.wilaya_code)
                        for row in rows[:3]
                    ],
                    [
                        ("سميرة عمراني", '+213661387837', 'M311', 4900, '25'),
                        ("Asma Mansouri", '+213664125242', 'M007', 7800, '16'),
                        ("Djamila Rahmani", '+213771003790', 'M250', 9200, '31'),
                    ],
                )
                self.assertEqual(
                    [(row.ecrm_width_mm, row.ecrm_height_mm, row.ecrm_panels) for row in rows[:3]],
                    [(600, 900, 1), (800, 1200, 1), (400, 500, 3)],
                )

    def test_a_size_that_became_a_date_is_shown_as_the_date_it_is(self):
        for filename, shown in (
            ('old_sheet.xlsx', '2021-06-30'), ('old_sheet.xls', '2021-06-30'),
            ('old_sheet.ods', '2021-06-30'), ('old_sheet_semicolon.csv', '30-juin'),
        ):  # fmt: skip
            row = self._read((DATA / filename).read_bytes(), filename).row_ids[3]
            self.assertIn(shown, row.raw)
            self.assertEqual((row.ecrm_width_mm, row.size_text), (0, shown))
            self.assertEqual(row.hint, '30x6, 30x60')

    def test_a_phone_of_ten_digits_without_zero_keeps_its_digits_to_be_looked_at(self):
        for filename in FILES:
            row = self._read((DATA / filename).read_bytes(), filename).row_ids[4]
            self.assertIn('6633525421', row.raw.replace(' ', ''), filename)
            self.assertEqual(row.phone.replace(' ', ''), '6633525421')

    def test_the_name_of_a_file_decides_nothing(self):
        row = self._read((DATA / 'old_sheet.xls').read_bytes(), 'liste.csv').row_ids[0]
        self.assertEqual(row.phone, '+213661387837')

    def test_a_file_that_is_cut_off_is_said_to_be_so(self):
        for filename in FILES[:3]:
            content = (DATA / filename).read_bytes()
            with self.assertRaisesRegex(UserError, "cannot be read"):
                self._read(content[: len(content) // 3], filename)
