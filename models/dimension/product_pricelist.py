from odoo import models


class ProductPricelist(models.Model):
    _inherit = 'product.pricelist'

    def _has_ecrm_area_minimum(self):
        """Whether the rule that holds for a product depends on its size.

        :rtype: bool
        """
        # sudo: product.pricelist.item - visitors do not read rules
        return bool(
            self.env['product.pricelist.item']
            .sudo()
            .search_count(
                [('pricelist_id', 'in', self.ids), ('ecrm_minimum_in', '=', 'area')], limit=1
            )
        )
