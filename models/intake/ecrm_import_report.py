import io

import xlsxwriter

from odoo import models


class EcrmImport(models.Model):
    _inherit = 'ecrm.import'

    # === ACTIONS === #

    def action_report(self):
        """Give the sheet back with what became of each row, as a file without live formulas."""
        self.ensure_one()
        self.check_access('read')
        attachment = self.env['ir.attachment'].create(
            {
                'name': f'{self.name}.xlsx',
                'raw': self._make_report(),
                'res_model': self._name,
                'res_id': self.id,
            }
        )
        return {
            'type': 'ir.actions.act_url',
            'url': f'/web/content/{attachment.id}?download=1',
            'target': 'self',
        }

    # === BUSINESS METHODS === #

    def _make_report(self):
        stream = io.BytesIO()
        book = xlsxwriter.Workbook(stream, {'in_memory': True, 'strings_to_formulas': False})
        page = book.add_worksheet()
        states = dict(self.env['ecrm.import.row']._fields['state']._description_selection(self.env))
        titles = (
            self.env._("Line"), self.env._("State"), self.env._("Why"),
            self.env._("Customer"), self.env._("Order"), self.env._("As it stood"),
        )  # fmt: skip
        for column, title in enumerate(titles):
            page.write_string(0, column, title)
        for index, row in enumerate(self.row_ids.sorted('line'), 1):
            texts = (
                str(row.line), states[row.state], row.reason_text or '',
                row.partner_id.name or row.name or '', row.order_id.name or '', *(row.cells or ()),
            )  # fmt: skip
            for column, text in enumerate(texts):
                page.write_string(index, column, text)
        book.close()
        return stream.getvalue()
