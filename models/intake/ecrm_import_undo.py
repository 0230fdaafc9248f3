from odoo import models
from odoo.exceptions import UserError


class EcrmImportRow(models.Model):
    _inherit = 'ecrm.import.row'

    # === BUSINESS METHODS === #

    def _undo(self):
        """Remove the orders, then the customers, that nobody has edited or used since."""
        rows = self.filtered(lambda row: row.state == 'done')
        untouched = rows.filtered(lambda row: row.order_id and row._is_untouched(row.order_id))
        orders = untouched.order_id.filtered(
            lambda order: not order.invoice_ids and not order.picking_ids
        )
        gone = untouched.filtered(lambda row: row.order_id in orders)
        partners = gone.filtered(
            lambda row: row.made_partner and row._is_untouched(row.partner_id)
        ).partner_id
        orders.with_context(tracking_disable=True).write({'locked': False, 'state': 'cancel'})
        orders.unlink()
        gone.write({'state': 'fixed', 'made_partner': False, 'stamp': False})
        used = self.env['sale.order'].search([('partner_id', 'in', partners.ids)]).partner_id
        used += self.env['crm.lead'].search([('partner_id', 'in', partners.ids)]).partner_id
        for partner in partners - used:
            self._remove_partner(partner)

    def _remove_partner(self, partner):
        """Remove a customer unless something else holds on to him."""
        try:
            with self.env.cr.savepoint():
                partner.unlink()
        except UserError:
            partner.comment = self.env._("Kept when the import was undone: he is in use.")

    def _is_untouched(self, record):
        """Tell whether nobody has written the record, its lines or a word beside it since the import."""
        dates = [record.write_date, *record.message_ids.mapped('create_date')]
        if record._name == 'sale.order':
            dates += record.order_line.mapped('write_date')
        return bool(record.write_date and not record.activity_ids and max(dates) <= self.stamp)
