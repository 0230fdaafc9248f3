from odoo import api, fields, models
from odoo.exceptions import AccessError


class EcrmComplaintFindRow(models.TransientModel):
    """One line of an order found for a customer on the telephone."""

    _name = 'ecrm.complaint.find.row'
    _description = "Order Line Found for a Complaint"
    _order = 'id'

    find_id = fields.Many2one('ecrm.complaint.find', required=True, ondelete='cascade')
    sale_line_id = fields.Many2one(
        'sale.order.line', string="Order Line", required=True, ondelete='cascade'
    )
    order_name = fields.Char(string="Order", compute='_compute_from_line')
    order_date = fields.Datetime(compute='_compute_from_line')
    product_name = fields.Char(string="Product", compute='_compute_from_line')
    size_label = fields.Char(string="Size", compute='_compute_from_line')
    ordered = fields.Float(digits='Product Unit', compute='_compute_from_line')
    delivered = fields.Float(digits='Product Unit', compute='_compute_from_line')
    amount = fields.Monetary(compute='_compute_from_line')
    currency_id = fields.Many2one('res.currency', compute='_compute_from_line')
    quantity = fields.Float(string="Complained About", digits='Product Unit')

    @api.depends('sale_line_id')
    @api.depends_context('lang')
    def _compute_from_line(self):
        for row, row_sudo in zip(self, self.sudo(), strict=True):
            line_sudo = row_sudo.sale_line_id
            row.order_name = line_sudo.order_id.name
            row.order_date = line_sudo.order_id.date_order
            row.product_name = line_sudo.product_id.name
            row.size_label = line_sudo.ecrm_size_label
            row.ordered = line_sudo.product_uom_qty
            row.delivered = line_sudo.qty_delivered
            row.currency_id = line_sudo.currency_id
            row.amount = line_sudo.price_total

    def write(self, vals):
        if not self.env.su and set(vals) - {'quantity'}:
            raise AccessError(self.env._("Of a line that was found, only its quantity is written."))
        return super().write(vals)
