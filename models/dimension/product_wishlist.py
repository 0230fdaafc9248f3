from odoo import api, fields, models


class ProductWishlist(models.Model):
    _inherit = 'product.wishlist'

    ecrm_size_code = fields.Char(
        string="Wished size", help="Size chosen on the page, as short text."
    )
    ecrm_size_label = fields.Char(string="Size", compute='_compute_ecrm_size_label')

    # === COMPUTE METHODS === #

    @api.depends('ecrm_size_code')
    @api.depends_context('lang')
    def _compute_ecrm_size_label(self):
        for wish in self:
            size = wish._get_ecrm_size()
            unit = wish.sudo().product_id.ecrm_size_profile_id.unit
            wish.ecrm_size_label = (
                self.env['ecrm.sized.mixin']._ecrm_label(size, unit) if size else False
            )

    # === BUSINESS METHODS === #

    def _get_ecrm_size(self):
        """The wished size, None when there is none or when it is sold no more.

        :rtype: Size | None
        """
        self.ensure_one()
        template = self.sudo().product_id.product_tmpl_id
        if not self.ecrm_size_code or not template.ecrm_size_profile_id:
            return None
        return template.ecrm_size_profile_id._find_size(self.ecrm_size_code)

    def _get_ecrm_combination_info(self):
        """Combination info at the wished size, for the price on the list."""
        self.ensure_one()
        context = self.product_id.product_tmpl_id._get_ecrm_context(self._get_ecrm_size())
        return self.product_id.with_context(**context)._get_combination_info_variant()
