from odoo import fields, models


class EcrmSubmissionLink(models.TransientModel):
    """Choose the customer a submission comes from, when neither phone nor e-mail tells."""

    _name = 'ecrm.submission.link'
    _description = "Link a Submission to a Customer"

    submission_id = fields.Many2one('ecrm.submission', required=True, ondelete='cascade')
    partner_id = fields.Many2one('res.partner', "Customer", required=True, ondelete='cascade')

    def action_link(self):
        """Link; the customer's card stays as it is."""
        self.ensure_one()
        self.submission_id.action_link_partner(self.partner_id.id)
