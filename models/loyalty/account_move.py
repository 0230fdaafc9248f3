from odoo import models


class AccountMove(models.Model):
    _inherit = 'account.move'

    # === CRUD METHODS === #

    def write(self, vals):
        # EXTENDS account: a credit note posted, reset or given to somebody else changes net revenue
        refunds = self.browse()
        if not {'state', 'partner_id'}.isdisjoint(vals):
            refunds = self.filtered(lambda move: move.move_type == 'out_refund')
            self.env['ecrm.customer.dirty']._mark(refunds.partner_id)
        result = super().write(vals)
        if 'partner_id' in vals:
            self.env['ecrm.customer.dirty']._mark(refunds.partner_id)
        return result
