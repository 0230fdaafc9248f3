from odoo import models


class SaleOrder(models.Model):
    """A free product that is sold by size is given in a size, and counts at the price of that size."""

    _inherit = 'sale.order'

    def _compute_reward_total(self):
        # EXTENDS sale_loyalty: it counts a free product at its list price, the "from" price
        super()._compute_reward_total()
        for order in self:
            for line in order.order_line:
                if line.reward_id.reward_type == 'product' and line.ecrm_width_mm:
                    from_price = line.product_id.lst_price
                    order.reward_amount += (from_price - line.price_unit) * line.product_uom_qty

    def _get_reward_values_product(self, reward, coupon, product=None, **kwargs):
        # EXTENDS sale_loyalty: the smallest size bought of it, else the size a page opens with
        values_list = super()._get_reward_values_product(reward, coupon, product=product, **kwargs)
        for values in values_list:
            given = self.env['product.product'].browse(values['product_id'])
            if given.sudo().ecrm_size_profile_id:
                size = self._get_ecrm_reward_size(given)
                values.update(self.env['ecrm.sized.mixin']._prepare_ecrm_size_values(size))
        return values_list

    def _get_ecrm_reward_size(self, product):
        """Size in which a product is given for free.

        :rtype: Size | None
        """
        lines = self.order_line.filtered(
            lambda line: line.product_id == product and line.ecrm_width_mm and not line.reward_id
        )
        if lines:
            return lines.sorted('price_unit')[0]._get_ecrm_size()
        return product.sudo().ecrm_size_profile_id._get_default_size()
