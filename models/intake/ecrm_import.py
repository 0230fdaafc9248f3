import base64

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date
from odoo.tools.translate import LazyTranslate

from ...tools import legacy
from ...tools import sheet as sheet_tools
from ...tools.payload import digest

_lt = LazyTranslate(__name__)

AT_ONCE = 300
BATCH = 500
STEPS = {'importing': '_import_batch', 'undoing': '_undo_batch'}
"""What the scheduled action does for a sheet, until its state is another one."""
PROBLEMS = {
    'empty': _lt("There is nothing to read: choose a file or paste a table."),
    'unreadable': _lt("This file cannot be read. Save it as CSV or XLSX and try again."),
    'rows': _lt("The sheet has more than %(limit)s rows. Split it."),
    'size': _lt("The file unpacks to more than %(limit)s MB. Split it."),
}
SUMMARIES = {
    'read': _lt(
        "Nothing has been created yet. %(ready)s rows are ready and become %(customers)s customers; "
        "%(review)s are to review; %(known)s were imported before."
    ),
    'importing': _lt(
        "The sheet comes in by itself; you may leave this page and come back. %(done)s rows are in, "
        "%(ready)s wait."
    ),
    'done': _lt(
        "%(done)s rows are orders of %(customers)s customers now; %(review)s are to review; "
        "%(rejected)s were left out."
    ),
    'undoing': _lt(
        "The import is being taken back by itself; you may leave this page and come back."
    ),
    'undone': _lt("The import is taken back: nothing of it is left."),
    'undone_kept': _lt(
        "The import is taken back. Orders that were kept, because somebody has worked on them since: "
        "%(done)s."
    ),
}


class EcrmImport(models.Model):
    _name = 'ecrm.import'
    _description = "Import of an Old Customer Sheet"
    _order = 'id desc'

    name = fields.Char(compute='_compute_name', store=True)
    file = fields.Binary(attachment=True)
    filename = fields.Char()
    pasted = fields.Text("Or paste a table")
    company_id = fields.Many2one(
        'res.company', required=True, default=lambda self: self.env.company
    )
    country_id = fields.Many2one(
        'res.country', "Country of phones", default=lambda self: self.env.ref('base.dz')
    )
    order_date = fields.Date(
        "Date of orders without one", required=True, default=fields.Date.context_today
    )
    profile_id = fields.Many2one(
        'ecrm.size.profile', "Sizes of new articles",
        help="Articles of the sheet that the catalogue does not have are made with it, unpublished.",
    )  # fmt: skip
    state = fields.Selection(
        [
            ('draft', "To read"),
            ('read', "To look through"),
            ('importing', "Importing"),
            ('done', "Imported"),
            ('undoing', "Being undone"),
            ('undone', "Undone"),
        ],
        required=True, default='draft', readonly=True,
    )  # fmt: skip
    row_ids = fields.One2many('ecrm.import.row', 'import_id')
    review_row_ids = fields.One2many(
        'ecrm.import.row', 'import_id', "Rows to review", domain=[('state', '=', 'review')]
    )
    product_ids = fields.Many2many('product.template', string="Articles made", readonly=True)
    row_count = fields.Integer("Rows", compute='_compute_counts')
    ready_count = fields.Integer("Ready", compute='_compute_counts')
    review_count = fields.Integer("To review", compute='_compute_counts')
    done_count = fields.Integer(compute='_compute_counts')
    known_count = fields.Integer("Imported before", compute='_compute_counts')
    reject_count = fields.Integer("Left out", compute='_compute_counts')
    customer_count = fields.Integer("Customers", compute='_compute_counts')
    progress = fields.Float(compute='_compute_counts')
    summary = fields.Char(compute='_compute_summary')

    # === COMPUTE METHODS === #

    @api.depends('filename', 'create_date')
    def _compute_name(self):
        for record in self:
            moment = record.create_date or fields.Datetime.now()
            day = format_date(self.env, fields.Datetime.context_timestamp(record, moment))
            record.name = record.filename or self.env._("Table of %(day)s", day=day)

    @api.depends('row_ids.state')
    def _compute_counts(self):
        rows = self.env['ecrm.import.row']._read_group(
            [('import_id', 'in', self.ids)], ['import_id', 'state'], ['__count']
        )
        phones = dict(
            self.env['ecrm.import.row']._read_group(
                [('import_id', 'in', self.ids), ('state', 'in', ('ok', 'fixed', 'done'))],
                ['import_id'],
                ['phone:count_distinct'],
            )
        )
        for record in self:
            counts = {state: count for owner, state, count in rows if owner == record}
            record.row_count = sum(counts.values())
            record.ready_count = counts.get('ok', 0) + counts.get('fixed', 0)
            record.review_count = counts.get('review', 0)
            record.done_count = counts.get('done', 0)
            record.known_count = counts.get('known', 0)
            record.reject_count = counts.get('reject', 0)
            record.customer_count = phones.get(record, 0)
            total = record.ready_count + record.done_count
            record.progress = 100.0 * record.done_count / total if total else 0.0

    @api.depends('state', 'row_ids.state')
    def _compute_summary(self):
        for record in self:
            kept = record.state == 'undone' and record.done_count
            sentence = SUMMARIES.get('undone_kept' if kept else record.state)
            # A lazy sentence takes no figures when it is translated
            words = sentence and self.env._(sentence)
            record.summary = words and words % {
                'ready': record.ready_count, 'customers': record.customer_count,
                'review': record.review_count, 'known': record.known_count,
                'done': record.done_count, 'rejected': record.reject_count,
            }  # fmt: skip

    # === ACTIONS === #

    def action_read(self):
        """Read the file and show every row with what would become of it: nothing is created yet."""
        self.ensure_one()
        if self.state not in ('draft', 'read'):
            raise UserError(self.env._("This sheet has been imported: undo it first."))
        content = base64.b64decode(self.file or b'') or (self.pasted or '').encode()
        try:
            table = sheet_tools.read_table(content, self.filename or '')
        except sheet_tools.SheetError as error:
            sentence = self.env._(PROBLEMS[error.code])
            raise UserError(sentence % {'limit': '', **error.values}) from error
        columns, header = legacy.find_columns(table)
        missing = [role for role in legacy.REQUIRED if role not in columns]
        if missing:
            raise UserError(
                self.env._(
                    "These columns were not found: %(missing)s. Name them in the first row, for "
                    "example tél, dimension, prix.",
                    missing=', '.join(missing),
                )
            )
        self.row_ids.unlink()
        read = legacy.read_rows(table[header:], columns, self.country_id.code or 'DZ')
        self.env['ecrm.import.row'].create(
            self._prepare_rows(table[header:], read, header, columns)
        )
        self._mark_known_rows(self.row_ids)
        self.state = 'read'

    def action_import(self):
        """Create customers and orders of the rows that are ready; large sheets go on by themselves."""
        self.ensure_one()
        self.check_access('write')
        if self.state not in ('read', 'importing', 'done') or not self.ready_count:
            raise UserError(self.env._("No row is ready: read the sheet, then look through it."))
        self.state = 'importing'
        if self.ready_count > AT_ONCE:
            self.env.ref('ecrm.ir_cron_import').sudo()._trigger()
            return
        self.sudo()._import_batch(AT_ONCE)

    def action_check_reviewed(self):
        """Look again at the rows that a person has put right."""
        self.review_row_ids.action_check()

    def action_view_orders(self):
        self.ensure_one()
        action = self.env['ir.actions.act_window']._for_xml_id('sale.action_orders')
        return dict(action, domain=[('id', 'in', self.row_ids.order_id.ids)], context={})

    def action_view_rows(self):
        self.ensure_one()
        action = self.env['ir.actions.act_window']._for_xml_id('ecrm.action_ecrm_import_row')
        context = {'search_default_review': 1} if self.review_count else {}
        return dict(action, domain=[('import_id', '=', self.id)], context=context)

    # === CRON === #

    @api.model
    def _cron_import(self):
        """Import what waits, or take it back, a batch a transaction."""
        for waiting_record in self.search([('state', 'in', list(STEPS))]):
            # A scheduled action has no language; who began it reads what it says
            record = waiting_record.with_context(lang=waiting_record.create_uid.lang)
            while step := STEPS.get(record.state):
                done = record._run_step(step, BATCH)
                if not self._commit_batch(done):
                    return

    @api.model
    def _commit_batch(self, done):
        """Commit and say how much is left of all sheets; return the seconds that may still be spent.

        What is said to be left decides when Odoo comes back: nothing left is the next hour. And without
        being woken it comes back within the minute only.
        """
        left = sum(sheet._count_left() for sheet in self.search([('state', 'in', list(STEPS))]))
        seconds = self.env['ir.cron']._commit_progress(done, remaining=left)
        if left and not seconds:
            self.env.ref('ecrm.ir_cron_import').sudo()._trigger()
        return seconds

    # === BUSINESS METHODS === #

    def _count_left(self):
        """Return how many rows are still to import; one more look tells that there are none."""
        return max(self.ready_count, 1)

    def _prepare_rows(self, table, read, header, columns):
        """Return the values of the rows; equal rows of one sheet are different orders."""
        seen, values = {}, []
        for number, (cells, row) in enumerate(zip(table, read, strict=True), header + 1):
            content = digest(cells)
            seen[content] = seen.get(content, 0) + 1
            values.append(
                {
                    'import_id': self.id,
                    'line': number,
                    'cells': cells,
                    'key': f'{content}:{seen[content]}',
                    **self.env['ecrm.import.row']._prepare_row_values(row, cells, columns),
                }
            )
        return values

    def _mark_known_rows(self, rows):
        """Set aside the rows that another import of this company made orders of; return the others."""
        known = dict(
            self.env['ecrm.import.row']._read_group(
                [
                    ('key', 'in', rows.mapped('key')),
                    ('state', '=', 'done'),
                    ('import_id.company_id', '=', self.company_id.id),
                ],
                ['key'],
                ['order_id:max'],
            )
        )
        done = rows.filtered(lambda row: row.key in known)
        for row in done:
            row.write({'state': 'known', 'order_id': known[row.key]})
        return rows - done

    def _import_batch(self, limit):
        """Import up to ``limit`` ready rows; return how many."""
        rows = self.env['ecrm.import.row'].search(
            [('import_id', '=', self.id), ('state', 'in', ('ok', 'fixed'))],
            limit=limit, order='line',
        )  # fmt: skip
        # Looked through twice before either was imported, a sheet is still one
        if new := self._mark_known_rows(rows):
            new.with_company(self.company_id)._import()
        if len(rows) < limit:
            self.state = 'done'
            self._tell_end()
        return len(rows)

    def _tell_end(self):
        """Say on the screen of who began it that the sheet is in, or back: a large one takes minutes."""
        title, message = self.name, self.summary
        if self.state == 'done':
            title = self.env._("The sheet is imported")
            message = self.env._(
                "%(name)s: %(done)s rows imported, %(review)s to review.",
                name=self.name, done=self.done_count, review=self.review_count,
            )  # fmt: skip
        self.create_uid._bus_send(
            'simple_notification', {'type': 'success', 'title': title, 'message': message}
        )
