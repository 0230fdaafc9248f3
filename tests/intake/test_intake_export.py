import csv
import io
import json

from openpyxl import load_workbook

from odoo.http import Request
from odoo.tests import HttpCase, tagged

from .common_intake import IntakeCommon

ALIVE = (
    '=HYPERLINK("http://x")',
    '+1+1',
    '-1+1',
    '@SUM(A1)',
    '|cmd',
    '\tx',
    'https://x.example.com',
)


@tagged('post_install', '-at_install')
class TestIntakeExport(IntakeCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_manager.group_ids += cls.env.ref('base.group_allow_export')
        cls.leads = cls.env['crm.lead'].create(
            [
                {
                    'name': text,
                    'contact_name': text,
                    'phone': '+213663352542',
                    'team_id': cls.team.id,
                }
                for text in ALIVE
            ]
        )

    def _export(self, extension, names=('name', 'phone', 'contact_name'), groupby=()):
        self.authenticate('ecrm_manager', 'ecrm_manager')
        data = {
            'model': 'crm.lead', 'domain': [('id', 'in', self.leads.ids)], 'ids': False,
            'fields': [{'name': name, 'label': name, 'type': 'char'} for name in names],
            'import_compat': True, 'groupby': list(groupby), 'context': {},
        }  # fmt: skip
        response = self.url_open(
            f'/web/export/{extension}',
            data={'data': json.dumps(data), 'csrf_token': Request.csrf_token(self)},
        )
        self.assertEqual(response.status_code, 200)
        return response.content

    def test_no_cell_of_an_xlsx_list_is_a_formula_or_a_link(self):
        for groupby in ((), ('phone',)):
            with self.subTest(groupby=groupby):
                page = load_workbook(io.BytesIO(self._export('xlsx', groupby=groupby))).active
                cells = [cell for row in page.iter_rows() for cell in row if cell.value is not None]
                self.assertEqual({cell.data_type for cell in cells}, {'s'})
                self.assertFalse([cell for cell in cells if cell.hyperlink])
                texts = [cell.value for cell in cells]
                self.assertIn('=HYPERLINK("http://x")', texts)
                self.assertIn('+213663352542', texts)

    def test_numbers_of_an_xlsx_list_stay_numbers(self):
        page = load_workbook(io.BytesIO(self._export('xlsx', names=('name', 'probability')))).active
        self.assertEqual(page.cell(2, 2).data_type, 'n')

    def test_no_cell_of_a_csv_list_is_a_formula(self):
        rows = list(csv.reader(io.StringIO(self._export('csv').decode())))[1:]
        self.assertEqual(len(rows), len(ALIVE))
        for cell in (cell for row in rows for cell in row):
            self.assertNotIn(cell[:1], ('=', '+', '-', '@', '|', '%', '\t', '\r'))

    def test_a_phone_survives_the_round_trip_of_both_formats(self):
        header, *rows = csv.reader(io.StringIO(self._export('csv').decode()))
        page = load_workbook(io.BytesIO(self._export('xlsx'))).active
        for data in (rows, [[cell.value for cell in row] for row in page.iter_rows(min_row=2)]):
            loaded = self.env['crm.lead'].load(header, data)
            leads = self.env['crm.lead'].browse(loaded['ids'])
            self.assertEqual(leads.mapped('phone'), ['+213663352542'] * len(ALIVE))
            self.assertCountEqual(
                [name.strip() for name in leads.mapped('name')], [text.strip() for text in ALIVE]
            )
