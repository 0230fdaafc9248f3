from odoo import api, fields, models


class EcrmComplaintSplit(models.TransientModel):
    """Choose the messages of a complaint that are about something else."""

    _name = 'ecrm.complaint.split'
    _description = "Split a Complaint"

    complaint_id = fields.Many2one('ecrm.complaint', required=True, ondelete='cascade')
    movable_ids = fields.Many2many('mail.message', compute='_compute_movable_ids')
    message_ids = fields.Many2many(
        comodel_name='mail.message',
        relation='ecrm_complaint_split_message_rel',
        string="Messages to Take out",
        domain="[('id', 'in', movable_ids)]",
    )
    name = fields.Char(string="Subject of the New Complaint", required=True)
    cause_id = fields.Many2one('ecrm.complaint.cause', domain="[('parent_id', '!=', False)]")

    @api.depends('complaint_id')
    def _compute_movable_ids(self):
        for wizard in self:
            wizard.complaint_id.check_access('write')
            wizard.movable_ids = wizard.complaint_id._customer_comments()

    def action_split(self):
        """Split and open the new complaint."""
        self.ensure_one()
        split = self.complaint_id._split_off(self.message_ids, self.name, self.cause_id)
        return split.get_formview_action()
