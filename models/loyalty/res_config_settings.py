from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = 'res.config.settings'

    ecrm_loyalty_tz = fields.Selection(related='company_id.ecrm_loyalty_tz', readonly=False)
    ecrm_frequency_rule = fields.Selection(related='company_id.ecrm_frequency_rule', readonly=False)
    ecrm_frequency_bounds = fields.Char(related='company_id.ecrm_frequency_bounds', readonly=False)
