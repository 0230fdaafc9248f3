from odoo import api, models


class SaleOrderLine(models.Model):
    _inherit = 'sale.order.line'

    @api.depends('product_id', 'ecrm_size_label')
    @api.depends_context('ecrm_in_order')
    def _compute_display_name(self):
        # EXTENDS sale
        if not self.env.context.get('ecrm_in_order'):
            return super()._compute_display_name()
        # Beside an order that is named already, the product and its size say which line it is
        for line in self:
            line_sudo = line.sudo()
            parts = [line_sudo.product_id.name or line_sudo.name, line_sudo.ecrm_size_label]
            line.display_name = ', '.join(filter(None, parts))
        return None

    def _ecrm_compensated_quantities(self, excluding=None):
        """Quantities already made good by a remedy that is done, read together.

        :param excluding: ecrm.complaint.line whose own claim does not count
        :return: dict of line id to quantity; lines without any are absent
        """
        domain = [
            ('sale_line_id', 'in', self.ids),
            ('id', 'not in', excluding.ids if excluding else []),
            ('complaint_id.remedy_ids.state', '=', 'done'),
        ]
        result = {}
        # A return lowers the delivered quantity itself, a voucher makes good without taking back
        for line in self.env['ecrm.complaint.line'].sudo().search(domain):
            remedies = line.complaint_id.remedy_ids.filtered(
                lambda remedy, line=line: (
                    remedy.state == 'done'
                    and remedy.kind in ('refund', 'remake', 'replacement')
                    and line in remedy._lines()
                )
            )
            if remedies:
                sale_line_id = line.sale_line_id.id
                result[sale_line_id] = result.get(sale_line_id, 0.0) + line.quantity
        return result

    def _ecrm_claimable_quantity(self, cause, compensated):
        """How much of the line a customer can still complain about.

        :param cause: ecrm.complaint.cause, possibly empty; a late parcel needs no delivery
        :param compensated: quantity already made good
        :return: float, never negative; nothing of no line
        """
        if not self:
            return 0.0
        self.ensure_one()
        delivered = self.qty_delivered if cause._asks_for_delivery() else self.product_uom_qty
        return max(delivered - compensated, 0.0)
