from odoo import fields, models


class EcrmSubmissionAttempt(models.Model):
    _name = 'ecrm.submission.attempt'
    _description = "Attempt to Process a Submission"
    _order = 'id desc'

    submission_id = fields.Many2one(
        'ecrm.submission', required=True, ondelete='cascade', index=True
    )
    create_date = fields.Datetime("Date", readonly=True)
    is_success = fields.Boolean("Succeeded")
    error = fields.Text()
    next_attempt = fields.Datetime("Next attempt")
