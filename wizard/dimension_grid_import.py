import base64
import io

from markupsafe import Markup
from openpyxl import load_workbook

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.grid_file import GridFileError, compare_grids, read_csv, read_rows

PREVIEW_LINES = 60
MAX_BYTES = 2_000_000


class EcrmSizeGridImport(models.TransientModel):
    """Read a price table from a file, show what it changes, then write it."""

    _name = 'ecrm.size.grid.import'
    _description = "Import a price table"

    profile_id = fields.Many2one('ecrm.size.profile', required=True, ondelete='cascade')
    file = fields.Binary(string="CSV or Excel file", attachment=False)
    file_name = fields.Char()
    pasted = fields.Text(string="Or paste the cells")
    problem = fields.Char(compute='_compute_preview')
    preview = fields.Html(compute='_compute_preview', sanitize=False)
    change_count = fields.Integer(compute='_compute_preview')

    # === COMPUTE METHODS === #

    @api.depends('file', 'file_name', 'pasted', 'profile_id')
    def _compute_preview(self):
        for wizard in self:
            wizard.update({'problem': False, 'preview': False, 'change_count': 0})
            if not wizard.file and not wizard.pasted:
                continue
            try:
                changes = compare_grids(wizard.profile_id.grid, wizard._read_file())
            except UserError as error:
                wizard.problem = str(error)
            else:
                wizard.change_count = len(changes)
                wizard.preview = wizard._render_changes(changes)

    # === ACTIONS === #

    def action_import(self):
        """Write the table that was previewed."""
        self.ensure_one()
        self.profile_id.check_access('write')
        self.profile_id.write({'grid': self._read_file(), 'price_model': 'grid'})
        return {'type': 'ir.actions.act_window_close'}

    # === BUSINESS METHODS === #

    def _read_file(self):
        """Read the file, or what was pasted.

        :return: see ``tools.grid_file.read_rows``
        :rtype: dict
        :raises UserError: naming the cell
        """
        self.ensure_one()
        try:
            if not self.file:
                return read_rows(read_csv((self.pasted or '').encode()))
            content = base64.b64decode(self.with_context(bin_size=False).file)
            if len(content) > MAX_BYTES:
                raise UserError(
                    self.env._("The file is larger than %(size)s MB.", size=MAX_BYTES // 1_000_000)
                )
            if content[:2] == b'PK':
                return read_rows(self._read_workbook(content))
            return read_rows(read_csv(content))
        except GridFileError as error:
            raise UserError(self._explain(error)) from error

    def _read_workbook(self, content):
        try:
            workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        # openpyxl raises whatever its zip and XML readers do
        except Exception as error:
            raise UserError(self.env._("This Excel file cannot be opened.")) from error
        sheet = workbook.worksheets[0]
        return sheet.iter_rows(max_row=202, max_col=202, values_only=True)

    def _explain(self, error):
        values = error.values
        if error.code == 'axis':
            return self.env._(
                "Row %(row)s, column %(column)s: “%(text)s” is not a width or a height.", **values
            )
        if error.code == 'cell':
            return self.env._(
                "Row %(row)s, column %(column)s: “%(text)s” is not a price.", **values
            )
        if error.code == 'row_length':
            return self.env._("Row %(row)s has more prices than there are widths.", **values)
        return {
            'empty': self.env._(
                "Put the widths in the first row, the heights in the first column, prices in between."
            ),
            'too_large': self.env._("A price table has at most 200 widths and 200 heights."),
            'encoding': self.env._("This file is neither CSV nor Excel."),
            'axis_order': self.env._("Widths and heights go upwards, each once."),
        }[error.code]

    def _render_changes(self, changes):
        if not changes:
            return Markup('<p>%s</p>') % self.env._(
                "This table is the one in use: nothing changes."
            )
        unit, currency = self.profile_id.unit, self.profile_id.currency_id
        nothing = self.env._("not made")
        rows = Markup().join(
            Markup('<tr><td>%s</td><td class="text-end text-muted">%s</td><td class="text-end">%s</td></tr>') % (
                f'{width:g} x {height:g} {unit}',
                nothing if old is None else currency.format(old),
                nothing if new is None else currency.format(new),
            )
            for width, height, old, new in changes[:PREVIEW_LINES]
        )  # fmt: skip
        head = Markup('<tr><th>%s</th><th class="text-end">%s</th><th class="text-end">%s</th></tr>') % (
            self.env._("Size"), self.env._("Now"), self.env._("After"),
        )  # fmt: skip
        more = max(0, len(changes) - PREVIEW_LINES)
        rest = self.env._("and %(count)s more", count=more) if more else ''
        return Markup('<table class="table table-sm"><thead>%s</thead><tbody>%s</tbody></table><p>%s</p>') % (
            head, rows, rest,
        )  # fmt: skip
