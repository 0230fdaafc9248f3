from odoo import Command, fields, models
from odoo.exceptions import UserError


class EcrmComplaintFind(models.TransientModel):
    """Find the order of a customer on the telephone, by what he says.

    Who handles complaints need not be a salesperson. The order is looked up for him: confirmed ones of the
    complaint's company alone, and of these he is shown what he needs to know which it is.
    """

    _name = 'ecrm.complaint.find'
    _description = "Find the Order of a Complaint"

    complaint_id = fields.Many2one('ecrm.complaint', required=True, ondelete='cascade')
    query = fields.Char(
        string="Order Number or Telephone",
        help="As the customer says it: “42” finds S00042; his telephone finds his last orders.",
    )
    row_ids = fields.One2many('ecrm.complaint.find.row', 'find_id', string="Products Found")

    # === ACTIONS === #

    def action_find(self):
        """Show the lines of the orders that what was typed may mean."""
        self.ensure_one()
        orders_sudo = self.complaint_id._find_told_orders(self.query)
        taken = self.complaint_id.line_ids.sale_line_id
        lines_sudo = self.env['sale.order.line'].sudo()
        for order_sudo in orders_sudo:
            lines_sudo |= order_sudo._ecrm_complaint_lines()
        # Rows are made here alone: nobody makes one up to read a line of any order
        self.sudo().row_ids = [
            Command.clear(),
            *(Command.create({'sale_line_id': line.id}) for line in lines_sudo - taken),
        ]
        action = self.env['ir.actions.act_window']._for_xml_id('ecrm.action_ecrm_complaint_find')
        return {**action, 'res_id': self.id}

    def action_take(self):
        """Tie the complaint to the order, with the quantities complained about.

        :raises UserError: when the lines chosen are of several orders, or of none
        """
        self.ensure_one()
        rows = self.row_ids.filtered(lambda row: row.quantity > 0)
        orders_sudo = (rows or self.row_ids).sudo().sale_line_id.order_id
        if not orders_sudo:
            raise UserError(self.env._("Find an order first."))
        if len(orders_sudo) > 1:
            raise UserError(
                self.env._(
                    "These are lines of %(orders)s. Say how many are complained about on the lines "
                    "of one of them.",
                    orders=', '.join(orders_sudo.mapped('name')),
                )
            )
        self.complaint_id._tie_to_told_order(
            orders_sudo, {row.sudo().sale_line_id: row.quantity for row in rows}
        )
        return {'type': 'ir.actions.act_window_close'}
