from odoo import fields, models


class ResCompany(models.Model):
    _inherit = 'res.company'

    ecrm_feedback_low = fields.Selection(
        selection_add=[('complaint', "Open a complaint, or a call without a comment")],
        ondelete={'complaint': 'set default'},
    )
