from odoo import fields, models


class EcrmSizeProfileAssign(models.TransientModel):
    """Give one size profile to many products."""

    _name = 'ecrm.size.profile.assign'
    _description = "Assign a size profile"

    profile_id = fields.Many2one(
        'ecrm.size.profile', help="Empty: the products are no longer sold by size."
    )
    product_tmpl_ids = fields.Many2many('product.template', required=True, string="Products")

    def action_assign(self):
        """Write the profile on the products, and only that: a manager of sizes need not be one of products."""
        self.ensure_one()
        self.product_tmpl_ids.check_access('read')
        self.product_tmpl_ids.sudo().write({'ecrm_size_profile_id': self.profile_id.id})
        return {'type': 'ir.actions.act_window_close'}
