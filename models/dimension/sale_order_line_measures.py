from odoo import api, fields, models

SIZE_FIELDS = ('ecrm_width_mm', 'ecrm_height_mm', 'ecrm_panels', 'ecrm_layout')


class SaleOrderLine(models.Model):
    """What scales with the size: area sold, weight, cost."""

    _inherit = 'sale.order.line'

    ecrm_area = fields.Float(
        string="m²",
        compute='_compute_ecrm_area',
        store=True,
        digits=(12, 4),
        help="Area of all sets of the line.",
    )

    # === COMPUTE METHODS === #

    @api.depends(*SIZE_FIELDS, 'product_uom_qty')
    def _compute_ecrm_area(self):
        for line in self:
            line.ecrm_area = line._get_ecrm_set_area() * line.product_uom_qty

    @api.depends(*SIZE_FIELDS)
    def _compute_purchase_price(self):
        # EXTENDS sale_margin: the cost of a product may be the cost of a square metre
        super()._compute_purchase_price()
        for line in self:
            profile = line._get_ecrm_profile()
            if line.ecrm_width_mm and profile and profile._get_facts().cost_per_area:
                line.purchase_price *= line._get_ecrm_set_area()

    # === BUSINESS METHODS === #

    def _get_ecrm_set_area(self):
        """Visible square metres of one set.

        :rtype: float
        """
        size = self._get_ecrm_size()
        return (
            float(sum(width * height for width, height in size.sides)) / 1_000_000 if size else 0.0
        )

    def _get_ecrm_weight(self):
        """Weight of one set in the database's unit of weight.

        :rtype: float
        """
        self.ensure_one()
        weight = self.product_id.weight
        profile = self._get_ecrm_profile()
        if self.ecrm_width_mm and profile and profile._get_facts().weight_per_area:
            return self._get_ecrm_set_area() * weight
        return weight

    def _get_ecrm_longest_side(self):
        """Longest side of a panel in millimetres, 0 without a size.

        :rtype: float
        """
        size = self._get_ecrm_size()
        return float(max(max(side) for side in size.sides)) if size else 0.0
