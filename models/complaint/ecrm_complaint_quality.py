from markupsafe import Markup

from odoo import api, fields, models


class EcrmComplaint(models.Model):
    """Remedies of a complaint and what they cost."""

    _inherit = 'ecrm.complaint'

    remedy_ids = fields.One2many('ecrm.complaint.remedy', 'complaint_id', string="Remedies")
    quality_cost = fields.Monetary(
        string="Cost of Non-Quality", compute='_compute_quality_cost', store=True
    )

    @api.depends('remedy_ids.cost', 'remedy_ids.state')
    def _compute_quality_cost(self):
        for complaint in self:
            done = complaint.remedy_ids.filtered(lambda remedy: remedy.state == 'done')
            complaint.quality_cost = sum(done.mapped('cost'))

    def _note_remedy(self, remedy):
        """Log which document a remedy made."""
        labels = dict(remedy._fields['kind']._description_selection(self.env))
        self.sudo()._message_log(
            body=Markup('<p>%s</p>')
            % self.env._(
                "Done: %(remedy)s %(document)s",
                remedy=labels[remedy.kind],
                document=remedy.document_name or '',
            ),
            author_id=self.env.user.partner_id.id,
        )
