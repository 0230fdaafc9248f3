from odoo import fields, models


class DeliveryCarrier(models.Model):
    _inherit = 'delivery.carrier'

    ecrm_max_side = fields.Float(
        string="Longest side (cm)",
        digits=(8, 1),
        help="Parcels with a longer panel are not offered this carrier.",
    )

    def _match(self, partner, source):
        # EXTENDS delivery
        return super()._match(partner, source) and self._match_ecrm_side(source)

    def _match_ecrm_side(self, source):
        """Whether every panel fits the carrier."""
        self.ensure_one()
        if not self.ecrm_max_side:
            return True
        lines = source.order_line if source._name == 'sale.order' else source.move_ids.sale_line_id
        return all(line._get_ecrm_longest_side() <= self.ecrm_max_side * 10 for line in lines)

    def _get_price_available(self, order):
        # EXTENDS delivery: rules on the weight see the weight of the sizes
        if not self.env.context.get('order_weight') and any(
            order.order_line.mapped('ecrm_width_mm')
        ):
            self = self.with_context(order_weight=order._get_estimated_weight())  # noqa: PLW0642
        return super()._get_price_available(order)
