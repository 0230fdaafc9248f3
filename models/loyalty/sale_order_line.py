from odoo import api, models

AMOUNTS = {'product_uom_qty', 'price_unit', 'discount', 'tax_ids', 'price_subtotal', 'order_id'}


class SaleOrderLine(models.Model):
    _inherit = 'sale.order.line'

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        # EXTENDS sale
        lines = super().create(vals_list)
        lines._ecrm_mark_customers()
        return lines

    def write(self, vals):
        # EXTENDS sale
        result = super().write(vals)
        if not AMOUNTS.isdisjoint(vals):
            self._ecrm_mark_customers()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_ecrm_mark(self):
        self._ecrm_mark_customers()

    # === BUSINESS METHODS === #

    def _ecrm_mark_customers(self):
        """Only confirmed orders count, so a cart being filled costs nothing."""
        confirmed = self.order_id.filtered(lambda order: order.state == 'sale')
        confirmed._ecrm_mark_customers()
