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

    def _action_done(self, cancel_backorder=False):
        # EXTENDS stock: what was delivered has been packed, whether the workshop said so or not
        moves = super()._action_done(cancel_backorder=cancel_backorder)
        lines = moves.filtered(lambda move: move.location_dest_id.usage == 'customer').sale_line_id
        jobs = lines.sudo().ecrm_workshop_job_ids.filtered(lambda job: job.state != 'packed')
        delivered = jobs.filtered(lambda job: job.sale_line_id.qty_delivered >= job.quantity)
        if delivered:
            delivered.with_context(tracking_disable=True).state = 'packed'
        return moves
