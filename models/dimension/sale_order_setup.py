from odoo import models


class SaleOrder(models.Model):
    """A set-up charged once an order stands as a line of its own: it is never spread over the sets."""

    _inherit = 'sale.order'

    def _sync_ecrm_setup_lines(self):
        """Give every order one set-up line for each set-up product that its sized lines ask for, and no other."""
        for order in self:
            if order.state == 'cancel' or order.locked:
                continue
            wanted = order._get_ecrm_setup_parents()
            setups = order.order_line.filtered('ecrm_is_setup')
            stale = setups.browse()
            for setup in setups:
                parents = wanted.pop(setup.product_id, None)
                if parents is None:
                    stale |= setup
                elif setup.linked_line_id not in parents:
                    setup.linked_line_id = parents[0]
            stale.with_context(ecrm_setup_sync=True).unlink()
            self.env['sale.order.line'].create([
                {
                    'order_id': order.id, 'product_id': product.id, 'product_uom_qty': 1, 'ecrm_is_setup': True,
                    'linked_line_id': parents[0].id, 'sequence': parents[0].sequence,
                }
                for product, parents in wanted.items()
            ])  # fmt: skip

    def _get_ecrm_setup_parents(self):
        """Sized lines by the set-up product of their profile.

        :rtype: dict[product.product, sale.order.line]
        """
        self.ensure_one()
        parents = {}
        for line in self.order_line:
            product = line._get_ecrm_profile().setup_product_id
            if product and not line.display_type:
                product = product.with_env(self.env)
                parents[product] = parents.get(product, line.browse()) | line
        return parents

    def _verify_updated_quantity(self, order_line, product_id, new_qty, uom_id, **kwargs):
        # EXTENDS website_sale: one set-up an order, whatever a browser asks for
        if order_line.ecrm_is_setup:
            return order_line.product_uom_qty, ''
        return super()._verify_updated_quantity(order_line, product_id, new_qty, uom_id, **kwargs)
