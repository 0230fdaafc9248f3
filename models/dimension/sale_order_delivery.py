from odoo import api, models


class SaleOrder(models.Model):
    """Delivery by the real weight."""

    _inherit = 'sale.order'

    @api.depends('order_line.ecrm_width_mm', 'order_line.ecrm_height_mm', 'order_line.ecrm_panels')
    def _compute_shipping_weight(self):
        # EXTENDS delivery: more dependencies
        super()._compute_shipping_weight()

    def _get_estimated_weight(self):
        # EXTENDS delivery: add what the size adds to the weight of one product
        weight = super()._get_estimated_weight()
        lines = self.order_line.filtered(
            lambda line: (
                line.ecrm_width_mm and line.product_id.type == 'consu' and line.state != 'cancel'
            )
        )
        return weight + sum(
            (line._get_ecrm_weight() - line.product_id.weight) * line.product_qty for line in lines
        )
