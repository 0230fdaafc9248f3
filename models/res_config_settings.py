from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = 'res.config.settings'

    # === DIMENSION === #

    # === LOYALTY === #

    # === COMPLAINT === #

    ecrm_complaint_reopen_days = fields.Integer(
        related='company_id.ecrm_complaint_reopen_days', readonly=False
    )
    ecrm_complaint_share_colleagues = fields.Boolean(
        related='company_id.ecrm_complaint_share_colleagues', readonly=False
    )
    ecrm_complaint_file_mb = fields.Integer(
        related='company_id.ecrm_complaint_file_mb', readonly=False
    )

    # === INTAKE === #
