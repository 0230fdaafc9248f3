from odoo import models


class SaleOrderLine(models.Model):
    _inherit = 'sale.order.line'

    def _ecrm_compensated_quantities(self, excluding=None):
        """Quantities already made good by a remedy that is done, in one query.

        :param excluding: ecrm.complaint.line whose own claim does not count
        :return: dict of line id to quantity; lines without any are absent
        """
        return {}

    def _ecrm_claimable_quantity(self, cause, compensated):
        """How much of the line a customer can still complain about.

        :param cause: ecrm.complaint.cause, possibly empty; a late parcel needs no delivery
        :param compensated: quantity already made good
        :return: float, never negative
        """
        if not self:
            return float('inf')
        self.ensure_one()
        delivered = self.qty_delivered if cause.needs_delivery else self.product_uom_qty
        return max(delivered - compensated, 0.0)
