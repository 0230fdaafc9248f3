from odoo import models


class AccountMoveLine(models.Model):
    _name = 'account.move.line'
    _inherit = ['account.move.line', 'ecrm.sized.mixin']

    def _get_ecrm_size_unit(self):
        # EXTENDS ecrm
        return self.product_id.product_tmpl_id.sudo().ecrm_size_profile_id.unit or 'cm'
