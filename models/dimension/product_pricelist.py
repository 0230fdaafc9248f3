from odoo import api, fields, models
from odoo.http import request


class ProductPricelist(models.Model):
    _inherit = 'product.pricelist'

    ecrm_counts_area = fields.Boolean(
        compute='_compute_ecrm_counts_area',
        store=True,
        help="A rule has a minimum in m²: which rule holds for a product depends on its size.",
    )

    # === COMPUTE METHODS === #

    @api.depends('item_ids.ecrm_minimum_in')
    def _compute_ecrm_counts_area(self):
        for pricelist in self:
            pricelist.ecrm_counts_area = 'area' in pricelist.item_ids.mapped('ecrm_minimum_in')

    # === BUSINESS METHODS === #

    def _has_ecrm_area_minimum(self):
        """Whether the rule that holds for a product depends on its size; read with the pricelist, not searched.

        :rtype: bool
        """
        # sudo: product.pricelist - a portal user may not read every field of it
        return any(self.sudo().mapped('ecrm_counts_area'))

    def _get_applicable_rules(self, products, date, **kwargs):
        # EXTENDS product: a page of a sized product asks several times for the same rules
        found = getattr(request, 'ecrm_page_rules', None) if request else None
        if not isinstance(found, dict):
            return super()._get_applicable_rules(products, date, **kwargs)
        key = (self.id, products._name, products._ids)
        if key not in found:
            found[key] = super()._get_applicable_rules(products, date, **kwargs)
        return found[key].with_env(self.env)
