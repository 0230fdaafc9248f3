from psycopg2 import IntegrityError

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import mute_logger


class EcrmImportRow(models.Model):
    _inherit = 'ecrm.import.row'

    # === BUSINESS METHODS === #

    def _undo_orders(self):
        """Remove the orders that nobody has edited or used since; a row whose order stays is done with."""
        untouched = self.filtered(lambda row: row.order_id and row._is_untouched(row.order_id))
        orders = untouched.order_id.filtered(
            lambda order: not order.invoice_ids and not order.picking_ids
        )
        gone = untouched.filtered(lambda row: row.order_id in orders)
        orders.with_context(tracking_disable=True).write({'locked': False, 'state': 'cancel'})
        orders.unlink()
        gone.write({'state': 'fixed'})
        (self - gone).write({'stamp': False})

    def _undo_partners(self):
        """Remove the customers that nobody has edited or used since."""
        partners = self.filtered(lambda row: row._is_untouched(row.partner_id)).partner_id
        used = self.env['sale.order'].search([('partner_id', 'in', partners.ids)]).partner_id
        used += self.env['crm.lead'].search([('partner_id', 'in', partners.ids)]).partner_id
        self.write({'made_partner': False, 'stamp': False})
        self._remove_partners(partners - used)

    def _remove_partners(self, partners):
        """Remove customers, except those whom something else holds on to: halved until they are found."""
        try:
            with mute_logger('odoo.sql_db'), self.env.cr.savepoint():
                partners.unlink()
        except (UserError, IntegrityError):
            if len(partners) == 1:
                partners._message_log(
                    body=self.env._("Kept when the import was undone: this customer is in use.")
                )
                return
            middle = len(partners) // 2
            self._remove_partners(partners[:middle])
            self._remove_partners(partners[middle:])

    def _is_untouched(self, record):
        """Tell whether nobody has written the record, its lines or a word beside it since the import."""
        dates = [record.write_date, *record.message_ids.mapped('create_date')]
        if record._name == 'sale.order':
            dates += record.order_line.mapped('write_date')
        return bool(record.write_date and not record.activity_ids and max(dates) <= self.stamp)
