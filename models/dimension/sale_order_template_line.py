from odoo import models

SIZE_FIELDS = ('ecrm_width_mm', 'ecrm_height_mm', 'ecrm_panels', 'ecrm_layout')


class SaleOrderTemplateLine(models.Model):
    """A quotation template may hold a sized product at a size."""

    _name = 'sale.order.template.line'
    _inherit = ['sale.order.template.line', 'ecrm.size.input.mixin']

    # === BUSINESS METHODS === #

    def _get_ecrm_size_unit(self):
        # EXTENDS ecrm
        return self.product_id.product_tmpl_id.sudo().ecrm_size_profile_id.unit or 'cm'

    def _prepare_order_line_values(self):
        # EXTENDS sale_management
        values = super()._prepare_order_line_values()
        profile = self.product_id.product_tmpl_id.sudo().ecrm_size_profile_id
        if self.ecrm_width_mm and profile:
            values.update({name: self[name] for name in SIZE_FIELDS})
        return values
