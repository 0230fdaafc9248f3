"""Lists that leave the shop: strangers write in them, so no cell may be alive in a spreadsheet.

Odoo guards its CSV files against ``=``, ``+`` and ``-`` only, and writes ``=…`` into XLSX files as a formula.
"""

from odoo.addons.web.controllers import export

from ..tools.sheet import guard_cell


class PlainXlsx:
    """Write every text as a text: neither a formula nor a link."""

    def write(self, row, column, cell_value, style=None):
        # EXTENDS web
        if isinstance(cell_value, str) and cell_value:
            self.worksheet.write_string(row, column, cell_value, style)
        else:
            super().write(row, column, cell_value, style)


class PlainExportXlsxWriter(PlainXlsx, export.ExportXlsxWriter):
    pass


class PlainGroupExportXlsxWriter(PlainXlsx, export.GroupExportXlsxWriter):
    pass


class ExcelExport(export.ExcelExport):
    def from_data(self, fields, columns_headers, rows):
        # OVERRIDES web: the same by our writer
        with PlainExportXlsxWriter(fields, columns_headers, len(rows)) as writer:
            for row_index, row in enumerate(rows, 1):
                for column, value in enumerate(row):
                    writer.write_cell(row_index, column, value)
        return writer.value

    def from_group_data(self, fields, columns_headers, groups):
        # OVERRIDES web: the same by our writer
        with PlainGroupExportXlsxWriter(fields, columns_headers, groups.count) as writer:
            row, column = 1, 0
            for name, group in groups.children.items():
                row, column = writer.write_group(row, column, name, group)
        return writer.value


class CSVExport(export.CSVExport):
    def from_data(self, fields, columns_headers, rows):
        # EXTENDS web: what it leaves alive
        rows = [[guard_cell(cell) for cell in row] for row in rows]
        return super().from_data(fields, [guard_cell(name) for name in columns_headers], rows)
