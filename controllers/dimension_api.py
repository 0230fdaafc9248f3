import io
import json

import xlsxwriter

from odoo.exceptions import UserError
from odoo.http import Controller, content_disposition, request, route

from ..tools.grid_file import grid_rows, write_csv

MAX_QUOTES = 1000
XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'


class DimensionApi(Controller):
    @route(
        '/ecrm/api/quote',
        type='http',
        auth='bearer',
        methods=['POST'],
        csrf=False,
        save_session=False,
        readonly=True,
    )
    def quote(self, **_kwargs):
        """Price sizes for phone and chat. One quote, or many under ``quotes``.

        Body: ``{"product": "M054", "size": "40/50*3", "quantity": 1, "breakdown": true}`` or ``{"quotes": [{...}]}``,
        with ``pricelist`` beside. `product` is a reference or a template id; ``options`` lists ids or names of its
        attribute values.
        """
        if not request.env.user.has_group('ecrm.group_user'):
            return self._refuse(403, request.env._("This key may not ask for prices."))
        try:
            body = json.loads(request.httprequest.get_data())
        except (ValueError, RecursionError):
            return self._refuse(400, request.env._("The body must be JSON."))
        quotes = body.get('quotes', [body]) if isinstance(body, dict) else None
        if not isinstance(quotes, list) or not all(isinstance(quote, dict) for quote in quotes):
            return self._refuse(
                400, request.env._("Send one quote, or a list of them under “quotes”.")
            )
        if len(quotes) > MAX_QUOTES:
            return self._refuse(
                413, request.env._("At most %(count)s quotes at once.", count=MAX_QUOTES)
            )
        try:
            answers = request.env['ecrm.size.quote']._quote(quotes, body.get('pricelist'))
        except UserError as error:
            return self._refuse(400, str(error))
        return request.make_json_response({'quotes': answers} if 'quotes' in body else answers[0])

    def _refuse(self, status, message):
        return request.make_json_response({'error': message}, status=status)

    @route(
        '/ecrm/size_profile/<model("ecrm.size.profile"):profile>/grid.<string:kind>',
        type='http',
        auth='user',
        methods=['GET'],
        readonly=True,
    )
    def export_grid(self, profile, kind, **_kwargs):
        """Give the price table of a profile as CSV or XLSX, as the import reads it."""
        profile.check_access('read')
        if kind not in {'csv', 'xlsx'} or not profile.grid:
            raise request.not_found()
        content = write_csv(profile.grid) if kind == 'csv' else self._write_workbook(profile.grid)
        return request.make_response(content, [
            ('Content-Type', XLSX if kind == 'xlsx' else 'text/csv; charset=utf-8'),
            ('Content-Disposition', content_disposition(f'{profile.name}.{kind}')),
        ])  # fmt: skip

    def _write_workbook(self, grid):
        out = io.BytesIO()
        with xlsxwriter.Workbook(out, {'in_memory': True}) as workbook:
            sheet = workbook.add_worksheet()
            for number, row in enumerate(grid_rows(grid)):
                sheet.write_row(number, 0, row)
            sheet.freeze_panes(1, 1)
        return out.getvalue()
