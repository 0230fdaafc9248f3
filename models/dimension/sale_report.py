from odoo import fields, models


class SaleReport(models.Model):
    _inherit = 'sale.report'

    ecrm_area = fields.Float(string="m² sold", readonly=True)
    ecrm_weight = fields.Float(
        string="Weight by size",
        readonly=True,
        help="Of products weighed by the m², that of the size sold.",
    )

    def _select_additional_fields(self):
        # EXTENDS sale
        return {
            **super()._select_additional_fields(),
            'ecrm_area': 'SUM(l.ecrm_area)',
            'ecrm_weight': """SUM(p.weight * CASE
                WHEN ecrm_profile.weight_per_area AND l.ecrm_width_mm > 0 THEN l.ecrm_area
                ELSE l.product_uom_qty * u.factor / u2.factor END)""",
        }

    def _from_sale(self):
        # EXTENDS sale: how a product is weighed stands on its size profile
        return f"""{super()._from_sale()}
            LEFT JOIN ecrm_size_profile ecrm_profile ON ecrm_profile.id = t.ecrm_size_profile_id"""
