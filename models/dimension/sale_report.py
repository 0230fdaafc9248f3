from odoo import fields, models


class SaleReport(models.Model):
    _inherit = 'sale.report'

    ecrm_size = fields.Char(string="Size", readonly=True)
    ecrm_area = fields.Float(string="m² sold", readonly=True)
    ecrm_weight = fields.Float(
        string="Weight by size",
        readonly=True,
        help="Of products weighed by the m², that of the size sold.",
    )
    ecrm_delivery = fields.Monetary(
        string="Delivery price",
        readonly=True,
        help="What the order charges for delivery, shared over its other lines by their price.",
    )

    def _select_additional_fields(self):
        # EXTENDS sale
        rate = f"""{self._case_value_or_one('s.currency_rate')}
            * {self._case_value_or_one('account_currency_table.rate')}"""
        return {
            **super()._select_additional_fields(),
            'ecrm_size': self._select_ecrm_size(),
            'ecrm_area': 'SUM(l.ecrm_area)',
            'ecrm_weight': """SUM(p.weight * CASE
                WHEN ecrm_profile.weight_per_area AND l.ecrm_width_mm > 0 THEN l.ecrm_area
                ELSE l.product_uom_qty * u.factor / u2.factor END)""",
            # A column that no one asks for costs nothing: PostgreSQL leaves its subquery out
            'ecrm_delivery': f"""SUM(CASE WHEN l.is_delivery THEN 0 ELSE l.price_subtotal END) * (
                SELECT SUM(beside.price_subtotal) FILTER (WHERE beside.is_delivery)
                    / NULLIF(SUM(beside.price_subtotal) FILTER (WHERE beside.is_delivery IS NOT TRUE), 0)
                FROM sale_order_line beside
                WHERE beside.order_id = l.order_id
            ) / {rate}""",
        }

    def _select_ecrm_size(self):
        """The size as one types it, in the unit of its profile: 40x50x3 cm; unequal panels in millimetres.

        :rtype: str
        """
        width, height = (
            f"""trim_scale(round(l.{side}::numeric / CASE ecrm_profile.unit
                WHEN 'mm' THEN 1 WHEN 'm' THEN 1000 WHEN 'in' THEN 25.4 ELSE 10 END, 3))"""
            for side in ('ecrm_width_mm', 'ecrm_height_mm')
        )
        return f"""CASE
            WHEN COALESCE(l.ecrm_width_mm, 0) = 0 THEN NULL
            WHEN l.ecrm_layout <> '' THEN concat(l.ecrm_layout, ' mm')
            ELSE concat({width}, 'x', {height},
                CASE WHEN l.ecrm_panels > 1 THEN concat('x', l.ecrm_panels) END,
                ' ', COALESCE(ecrm_profile.unit, 'cm'))
            END"""

    def _from_sale(self):
        # EXTENDS sale: how a product is weighed and measured stands on its size profile
        return f"""{super()._from_sale()}
            LEFT JOIN ecrm_size_profile ecrm_profile ON ecrm_profile.id = t.ecrm_size_profile_id"""

    def _group_by_sale(self):
        # EXTENDS sale: two sizes are two rows
        return f"""{super()._group_by_sale()},
            l.ecrm_width_mm,
            l.ecrm_height_mm,
            l.ecrm_panels,
            l.ecrm_layout,
            ecrm_profile.unit"""
