from pathlib import Path

from odoo.tests import HttpCase, tagged

from ..common import EcrmCommon

SHEET = Path(__file__).parent.parent / 'data' / 'legacy_sheet.csv'


@tagged('post_install', '-at_install')
class TestIntakeImportTour(EcrmCommon, HttpCase):
    """The walk of an owner who brings his old sheet: choose, look through, import, undo."""

    def test_an_old_sheet_is_brought_and_taken_back(self):
        self.env['ir.attachment'].create({
            'name': 'legacy_sheet.csv', 'url': '/ecrm_tour/legacy_sheet.csv', 'public': True,
            'raw': SHEET.read_bytes(), 'mimetype': 'text/csv',
        })  # fmt: skip
        before = self.env['ecrm.import'].search([])
        partners, orders = (
            self.env[name].search_count([]) for name in ('res.partner', 'sale.order')
        )
        self.start_tour('/odoo/customer-sheets', 'ecrm_intake_import', login='ecrm_manager')
        record = self.env['ecrm.import'].search([]) - before
        self.assertEqual((len(record), record.state), (1, 'undone'))
        self.assertEqual(len(record.row_ids), 300)
        self.assertTrue(record.review_count)
        self.assertTrue(record.reject_count)
        self.assertEqual(self.env['res.partner'].search_count([]), partners)
        self.assertEqual(self.env['sale.order'].search_count([]), orders)
