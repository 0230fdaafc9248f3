from odoo import api, fields, models


class EcrmComplaintSplitLine(models.TransientModel):
    """One message that may go to a complaint of its own."""

    _name = 'ecrm.complaint.split.line'
    _description = "Line of a Complaint to Split"
    _order = 'message_id'

    split_id = fields.Many2one('ecrm.complaint.split', required=True, ondelete='cascade')
    message_id = fields.Many2one(
        'mail.message', string="Message to Take out", required=True, ondelete='cascade'
    )
    take = fields.Boolean(string="Take It out")
    date = fields.Datetime(compute='_compute_from_message')
    author_id = fields.Many2one('res.partner', compute='_compute_from_message')
    preview = fields.Char(compute='_compute_from_message')
    attachment_ids = fields.Many2many('ir.attachment', compute='_compute_from_message')

    @api.depends('message_id', 'split_id.complaint_id')
    def _compute_from_message(self):
        # A client may name any message here: only those of a complaint that he handles are shown
        for split in self.split_id:
            split.complaint_id.check_access('write')
        for line in self:
            message_sudo = line.message_id.sudo() & line.split_id.complaint_id._customer_comments()
            line.date = message_sudo.date
            line.author_id = message_sudo.author_id
            line.preview = message_sudo.preview
            line.attachment_ids = message_sudo.attachment_ids
