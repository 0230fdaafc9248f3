from odoo import api, fields, models


class EcrmComplaintMerge(models.TransientModel):
    """Choose which of several complaints stays."""

    _name = 'ecrm.complaint.merge'
    _description = "Merge Complaints"

    complaint_ids = fields.Many2many(
        comodel_name='ecrm.complaint', string="Complaints", required=True
    )
    target_id = fields.Many2one(
        comodel_name='ecrm.complaint',
        string="Stays",
        required=True,
        domain="[('id', 'in', complaint_ids)]",
    )

    @api.model
    def default_get(self, fields):
        # EXTENDS base: the oldest of a selection stays unless told otherwise
        values = super().default_get(fields)
        ids = self.env.context.get('active_ids')
        if self.env.context.get('active_model') == 'ecrm.complaint' and ids:
            values.setdefault('complaint_ids', ids)
            values.setdefault('target_id', min(ids))
        return values

    def action_merge(self):
        """Merge and open what stays."""
        self.complaint_ids.check_access('write')
        self.target_id.check_access('write')
        self.complaint_ids._merge_into(self.target_id)
        return self.target_id._follow_merges().get_formview_action()
