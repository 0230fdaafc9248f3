from odoo import api, fields, models


class EcrmSubmission(models.Model):
    _inherit = 'ecrm.submission'

    last_error = fields.Text("Last error", compute='_compute_last_error')
    is_late = fields.Boolean("Not called in time", compute='_compute_is_late')

    # === COMPUTE METHODS === #

    @api.depends('state', 'attempt_ids.error')
    def _compute_last_error(self):
        for row in self:
            waits = row.state in ('new', 'dead')
            row.last_error = waits and row.attempt_ids.sorted('id', reverse=True)[:1].error

    @api.depends('call_deadline', 'first_contact_date', 'state')
    def _compute_is_late(self):
        now = fields.Datetime.now()
        for row in self:
            row.is_late = bool(
                row.state == 'processed'
                and not row.first_contact_date
                and row.call_deadline
                and row.call_deadline < now
            )
