import base64
import io

import xlsxwriter

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common_dimension import DimensionCommon


@tagged('post_install', '-at_install')
class TestDimensionGrid(DimensionCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.grid = {'widths': [40, 60], 'heights': [50, 90], 'rows': [[3000, 4000], [4000, 5000]]}
        cls.profile.write({'price_model': 'grid', 'grid': cls.grid})
        cls.Import = cls.env['ecrm.size.grid.import']

    def _wizard(self, **values):
        return self.Import.create({'profile_id': self.profile.id, **values})

    def test_nothing_is_written_before_the_preview_is_accepted(self):
        wizard = self._wizard(pasted=';40;60\n50;3100;4000\n90;4000;')
        self.assertEqual(wizard.change_count, 2)
        self.assertIn('40 x 50 cm', wizard.preview)
        self.assertEqual(self.profile.grid, self.grid)
        wizard.action_import()
        self.assertEqual(self.profile.grid['rows'], [[3100, 4000], [4000, None]])
        self.assertEqual(
            float(self.profile._compute_size_price(self.profile._read_size('40x50')).amount), 3100
        )

    def test_csv_and_excel_files_are_read(self):
        csv_file = base64.b64encode(b'\xef\xbb\xbf;40;60\r\n50;3200,5;4000')
        self.assertEqual(self._wizard(file=csv_file).change_count, 3)
        out = io.BytesIO()
        with xlsxwriter.Workbook(out) as workbook:
            sheet = workbook.add_worksheet()
            for number, row in enumerate((['', 40, 60], [50, 3300, None])):
                sheet.write_row(number, 0, row)
        wizard = self._wizard(file=base64.b64encode(out.getvalue()))
        wizard.action_import()
        self.assertEqual(
            self.profile.grid, {'widths': [40, 60], 'heights': [50], 'rows': [[3300, None]]}
        )

    def test_a_wrong_file_is_refused_and_changes_nothing(self):
        for content in (b';40\n50;abc', b'PK\x03\x04 not a zip', b'\x00\x01', b'nothing'):
            wizard = self._wizard(file=base64.b64encode(content))
            self.assertTrue(wizard.problem, content)
            with self.assertRaises(UserError):
                wizard.action_import()
        self.assertEqual(self.profile.grid, self.grid)

    def test_each_wrong_table_is_refused_by_a_sentence_of_its_own(self):
        wide = ';'.join(['', *(str(width) for width in range(1, 203))]) + '\n50' + ';1' * 202
        for content, sentence in (
            (b'x' * 2_000_001, "larger than 2 MB"),
            (b';forty;60\n50;1;2', "not a width or a height"),
            (b';40;60\n50;-1;2', "not a price"),
            (b';40;60\n50;nan;2', "not a price"),
            (b';60;40\n50;1;2', "go upwards"),
            (b';40\n50;1;2', "more prices than"),
            (wide.encode(), "at most 200"),
            (b'PK\x03\x04 not a zip', "cannot be opened"),
        ):
            wizard = self._wizard(file=base64.b64encode(content))
            self.assertIn(sentence, wizard.problem, content[:20])
            with self.assertRaisesRegex(UserError, sentence):
                wizard.action_import()
        self.assertEqual(self.profile.grid, self.grid)

    def test_only_managers_import(self):
        with self.assertRaises(AccessError):
            self.Import.with_user(self.user_sales).create({'profile_id': self.profile.id})

    @mute_logger('odoo.http')
    def test_a_table_is_exported_as_it_is_imported(self):
        url = f'/ecrm/size_profile/{self.profile.id}/grid'
        self.authenticate('ecrm_sales', 'ecrm_sales')
        exported = self.url_open(f'{url}.csv')
        self.assertEqual(self._wizard(file=base64.b64encode(exported.content)).change_count, 0)
        exported = self.url_open(f'{url}.xlsx')
        self.assertEqual(self._wizard(file=base64.b64encode(exported.content)).change_count, 0)
        self.assertEqual(self.url_open(f'{url}.pdf').status_code, 404)
        self.authenticate('ecrm_portal', 'ecrm_portal')
        self.assertIn(self.url_open(f'{url}.csv').status_code, (403, 404))

    def test_the_form_shows_the_table_and_the_curve(self):
        self.assertIn('>3,000<', self.profile.grid_table)
        self.profile.grid = {'widths': [40], 'heights': [50], 'rows': [[1234567.5]]}
        self.assertIn('>1,234,567.50<', self.profile.grid_table)
        self.profile.write({'price_model': 'area'})
        self.assertIn('<polyline', self.profile.price_chart)
