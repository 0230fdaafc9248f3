from odoo import Command, api, fields, models


class EcrmComplaintSplit(models.TransientModel):
    """Choose the messages of a complaint that are about something else."""

    _name = 'ecrm.complaint.split'
    _description = "Split a Complaint"

    complaint_id = fields.Many2one('ecrm.complaint', required=True, ondelete='cascade')
    line_ids = fields.One2many(
        comodel_name='ecrm.complaint.split.line',
        inverse_name='split_id',
        string="Messages to Take out",
        compute='_compute_line_ids',
        store=True,
        readonly=False,
    )
    name = fields.Char(string="Subject of the New Complaint", required=True)
    cause_id = fields.Many2one('ecrm.complaint.cause', domain="[('parent_id', '!=', False)]")

    @api.depends('complaint_id')
    def _compute_line_ids(self):
        for wizard in self:
            wizard.complaint_id.check_access('write')
            wizard.line_ids = [
                Command.clear(),
                *(
                    Command.create({'message_id': message.id})
                    for message in wizard.complaint_id._customer_comments()
                ),
            ]

    def action_split(self):
        """Split and open the new complaint."""
        self.ensure_one()
        messages = self.line_ids.filtered('take').message_id
        split = self.complaint_id._split_off(messages, self.name, self.cause_id)
        return split.get_formview_action()
