from odoo import api, models

SIZE_FIELDS = ['ecrm_width_mm', 'ecrm_height_mm', 'ecrm_panels', 'ecrm_layout']


class StockMove(models.Model):
    _name = 'stock.move'
    _inherit = ['stock.move', 'ecrm.sized.mixin']

    def _get_ecrm_size_unit(self):
        # EXTENDS ecrm
        return self.product_id.product_tmpl_id.sudo().ecrm_size_profile_id.unit or 'cm'

    @api.model
    def _prepare_merge_moves_distinct_fields(self):
        # EXTENDS stock: two sizes are two moves
        return super()._prepare_merge_moves_distinct_fields() + SIZE_FIELDS
