from odoo import fields, models


class EcrmComplaintRefuse(models.TransientModel):
    """Ask why a remedy is refused."""

    _name = 'ecrm.complaint.refuse'
    _description = "Refuse a Remedy"

    remedy_ids = fields.Many2many(
        comodel_name='ecrm.complaint.remedy',
        default=lambda self: self.env['ecrm.complaint.remedy'].browse(
            self.env.context.get('active_ids', [])
        ),
    )
    reason = fields.Char(required=True)

    def action_refuse(self):
        """Refuse the remedies for the reason given."""
        self.remedy_ids.check_access('write')
        self.remedy_ids._refuse(self.reason)
