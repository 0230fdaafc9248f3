from odoo import api, fields, models


class SaleOrderLine(models.Model):
    """The line of a set-up charged once an order; it follows the sized lines that ask for it."""

    _inherit = 'sale.order.line'

    ecrm_is_setup = fields.Boolean(string="Set-up of the order", readonly=True)

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._filter_ecrm_setup_asked().order_id._sync_ecrm_setup_lines()
        return lines

    def write(self, vals):
        res = super().write(vals)
        if 'product_id' in vals:
            self.order_id._sync_ecrm_setup_lines()
        return res

    def unlink(self):
        orders = self.env['sale.order']
        if not self.env.context.get('ecrm_setup_sync'):
            orders = self._filter_ecrm_setup_asked().order_id
            # Staff may waive a set-up; a shopper may not
            orders |= self.filtered(
                lambda line: (
                    line.ecrm_is_setup and line.order_id.website_id and line.state == 'draft'
                )
            ).order_id
        res = super().unlink()
        orders.exists()._sync_ecrm_setup_lines()
        return res

    # === BUSINESS METHODS === #

    def _filter_ecrm_setup_asked(self):
        """Lines whose size profile charges a set-up."""
        return self.filtered(
            lambda line: (profile := line._get_ecrm_profile()) and profile._get_facts().setup_id
        )

    def _is_sellable(self):
        # EXTENDS website_sale: neither counted nor removed by the shopper
        return not self.ecrm_is_setup and super()._is_sellable()

    def _is_reorder_allowed(self):
        # EXTENDS website_sale: comes of itself with the sized line
        return not self.ecrm_is_setup and super()._is_reorder_allowed()
