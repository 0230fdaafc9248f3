from odoo import api, fields, models


class MailTemplate(models.Model):
    _inherit = 'mail.template'

    ecrm_complaint_reply = fields.Boolean(
        string="Reply to Complaints",
        help="Offered to agents who answer a complaint, in the customer's language.",
    )
    ecrm_complaint_remedy = fields.Selection(
        selection='_selection_ecrm_complaint_remedy',
        string="Remedy That Goes with It",
        help="Proposed together with the reply; nothing is made before the agent sends it.",
    )
    ecrm_complaint_next = fields.Selection(
        selection=[
            ('waiting_customer', "Wait for the customer"),
            ('waiting_internal', "Wait for the workshop"),
            ('resolved', "Resolve"),
        ],
        string="What Comes Next",
    )

    @api.model
    def _selection_ecrm_complaint_remedy(self):
        return self.env['ecrm.complaint.remedy']._fields['kind']._description_selection(self.env)
