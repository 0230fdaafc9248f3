from odoo import api, fields, models

from .timeline_sql import KINDS, timeline_query

CODED = {
    'form': ('ecrm.submission', 'kind'),
    'complaint': ('ecrm.complaint', 'kind'),
    'mailing': ('mailing.trace', 'trace_status'),
}
"""Where the words of a code stand that the query gives as name or note."""
AMOUNTS = {'sale.order': 'amount_total', 'account.move': 'amount_total'}


class EcrmTimeline(models.Model):
    """Every interaction with a customer in one list, over the records where they happened.

    Nothing is copied: rows point to orders, deliveries, invoices, forms, complaints, mails ... The
    amount is read from the record, so that nobody can add up the shop here.
    """

    _name = 'ecrm.timeline'
    _description = "Customer Timeline"
    _auto = False
    _order = 'date DESC, id DESC'
    _rec_name = 'name'

    date = fields.Datetime(readonly=True)
    kind = fields.Selection(KINDS, readonly=True)
    name = fields.Char("What", readonly=True)
    note = fields.Char("Stored Details", readonly=True)
    label = fields.Char("Event", compute='_compute_label')
    detail = fields.Char("Details", compute='_compute_label')
    partner_id = fields.Many2one('res.partner', string="Contact", readonly=True)
    company_id = fields.Many2one('res.company', readonly=True)
    user_id = fields.Many2one('res.users', string="By", readonly=True)
    res_model = fields.Char("Model", readonly=True)
    res_id = fields.Integer("Record", readonly=True)
    currency_id = fields.Many2one('res.currency', compute='_compute_amount')
    amount = fields.Monetary(compute='_compute_amount')

    @property
    def _table_query(self):
        return timeline_query()

    # === COMPUTE METHODS === #

    @api.depends_context('lang')
    @api.depends('kind', 'name', 'note')
    def _compute_label(self):
        """The query's codes in the reader's words."""
        words = {
            kind: dict(self.env[model]._fields[field]._description_selection(self.env))
            for kind, (model, field) in CODED.items()
        }
        for row in self:
            row.label, row.detail = row.name, row.note
            if row.kind == 'form':
                row.label = words['form'].get(row.name, row.name)
            elif row.kind in ('complaint', 'mailing'):
                row.detail = words[row.kind].get(row.note, row.note)
            elif row.kind == 'visit':
                row.label = self.env._("Pages seen on the site: %(count)s", count=row.name)
            elif row.kind == 'feedback':
                row.label = self.env._("%(score)s out of 10", score=row.name)
            elif row.kind == 'rating':
                score, _space, about = row.name.partition(' ')
                row.label = self.env._("%(score)s out of 5", score=score)
                row.detail = ' – '.join(filter(None, [about, row.note]))

    @api.depends('res_model', 'res_id')
    def _compute_amount(self):
        self.currency_id = self.amount = False
        for model, field in AMOUNTS.items():
            rows = self.filtered(lambda row, model=model: row.res_model == model)
            # sudo: the amount of a document of a customer whose card one may read
            records_sudo = self.env[model].sudo().browse(rows.mapped('res_id'))
            for row, record_sudo in zip(rows, records_sudo, strict=True):
                row.currency_id = record_sudo.currency_id
                row.amount = record_sudo[field]

    # === ACTIONS === #

    def action_open_record(self):
        """The record behind the row, if the reader may see it."""
        self.ensure_one()
        return {
            'type': 'ir.actions.act_window',
            'res_model': self.res_model,
            'res_id': self.res_id,
            'views': [(False, 'form')],
        }
