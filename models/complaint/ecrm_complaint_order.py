from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools import order_number
from ...tools.phone import normalise


class EcrmComplaint(models.Model):
    """The order complained about: what it was worth, its sizes, how it is found on the telephone."""

    _inherit = 'ecrm.complaint'

    # A number may be told without its letters, a telephone may have many orders
    _TOLD_CANDIDATES = 200
    _TOLD_ORDERS = 5

    order_id = fields.Many2one(
        comodel_name='sale.order',
        domain="[('state', 'in', ('sale', 'cancel')), ('company_id', '=', company_id)]",
        check_company=True,
        tracking=True,
        index=True,
    )
    order_typed = fields.Char(
        string="Order Number Given",
        readonly=True,
        help="What an unknown visitor typed. Only text until somebody checks it.",
    )
    # A Monetary is rounded record by record: half of the time of a board, for a figure that is rounded already
    order_amount = fields.Float(string="Value of the Order", compute='_compute_order_amount')
    order_currency_id = fields.Many2one(
        comodel_name='res.currency', compute='_compute_order_amount'
    )
    size_label = fields.Char(string="Size", compute='_compute_size_label')

    # === COMPUTE METHODS === #

    @api.depends('order_id.amount_total', 'order_id.currency_id')
    def _compute_order_amount(self):
        # Who handles a complaint need not be a salesperson to see what the order was worth; of the
        # hundred columns of an order a board of complaints needs these
        self.sudo().order_id.fetch(['name', 'amount_total', 'currency_id'])
        for complaint, complaint_sudo in zip(self, self.sudo(), strict=True):
            order_sudo = complaint_sudo.order_id
            complaint.order_currency_id = order_sudo.currency_id
            complaint.order_amount = order_sudo.amount_total

    @api.depends('line_ids.size_label')
    @api.depends_context('lang')
    def _compute_size_label(self):
        saved = self.filtered('id')
        for complaint in self - saved:
            labels = complaint.line_ids.mapped('ecrm_size_label')
            complaint.size_label = ', '.join(dict.fromkeys(filter(None, labels)))
        lines = self.env['ecrm.complaint.line']
        sizes = lines._get_sizes_by_complaint(saved.ids)
        words = {}  # a shop sells the same few sizes again and again: each is put in words once
        for complaint in saved:
            labels = []
            for size in sizes.get(complaint.id, ()):
                if size not in words:
                    words[size] = lines._put_size_in_words(size)
                labels.append(words[size])
            complaint.size_label = ', '.join(dict.fromkeys(labels))

    # === ONCHANGE === #

    @api.onchange('order_id')
    def _onchange_order_id(self):
        if self.order_id:
            self.partner_id = self.order_id.partner_id
        if self.line_ids.sale_line_id.order_id != self.order_id:
            self.line_ids = [Command.clear()]

    # === ACTIONS === #

    def action_view_order(self):
        """Open the order complained about."""
        self.ensure_one()
        return self.order_id.get_formview_action()

    def action_open_find(self):
        """Find the order of who is on the telephone."""
        self.ensure_one()
        action = self.env['ir.actions.act_window']._for_xml_id('ecrm.action_ecrm_complaint_find')
        told = self.order_id.sudo().name or self.order_typed or self.partner_phone
        return {**action, 'context': {'default_complaint_id': self.id, 'default_query': told}}

    # === BUSINESS METHODS === #

    def _find_told_orders(self, told):
        """Confirmed orders of the complaint's company that a number or a telephone may mean.

        :param told: text, as the customer said it
        :return: sudoed sale.order, the newest first, five at most
        :raises UserError: in the same words whether there is none, or none that may be shown
        """
        self.ensure_one()
        self.check_access('write')
        told = (told or '').strip()[: order_number.MAX_LENGTH]
        orders_sudo = self.env['sale.order'].sudo()
        confirmed = self._told_domain()
        digits = order_number.spoken_digits(told)
        if told:
            named = Domain('name', '=ilike', told.replace('%', '').replace('_', ''))
            if digits:
                named |= Domain('name', '=like', f'%{digits}')
            orders_sudo = orders_sudo.search(
                confirmed & named, order='date_order desc, id desc', limit=self._TOLD_CANDIDATES
            ).filtered(lambda order: order_number.is_meant(told, order.name))
        phone = normalise(told).e164
        if not orders_sudo and phone:
            theirs = Domain.OR(
                Domain(f'{name}.phone_sanitized', '=', phone)
                for name in ('partner_id', 'partner_invoice_id', 'partner_shipping_id')
            )
            orders_sudo = orders_sudo.search(
                confirmed & theirs, order='date_order desc, id desc', limit=self._TOLD_ORDERS
            )
        if not orders_sudo:
            raise UserError(
                self.env._(
                    "No confirmed order of %(company)s has this number or this telephone.",
                    company=self.company_id.sudo().name,
                )
            )
        return orders_sudo[: self._TOLD_ORDERS]

    def _told_domain(self):
        return Domain('company_id', '=', self.company_id.id) & Domain('state', '=', 'sale')

    def _tie_to_told_order(self, order_sudo, quantities):
        """Tie the complaint to an order that was found for its agent.

        :param order_sudo: sudoed sale.order
        :param quantities: dict of its sudoed lines to the quantities complained about
        :raises UserError: when the order is not one to be found, or of somebody else
        """
        self.ensure_one()
        self.check_access('write')
        if not order_sudo.filtered_domain(self._told_domain()):
            raise UserError(self.env._("This order cannot be complained about any more."))
        if self.line_ids and self.order_id.sudo() != order_sudo:
            raise UserError(
                self.env._(
                    "The complaint has lines of %(order)s: take them out first.",
                    order=self.order_id.sudo().name,
                )
            )
        customer_sudo = self.sudo().partner_id.commercial_partner_id
        if customer_sudo and customer_sudo != order_sudo.partner_id.commercial_partner_id:
            raise UserError(
                self.env._(
                    "%(order)s is another customer's order: take the customer off the complaint, or "
                    "find an order of his.",
                    order=order_sudo.name,
                )
            )
        self.write(
            {
                'order_id': order_sudo.id,
                'partner_id': self.partner_id.id or order_sudo.partner_id.id,
                'line_ids': [
                    Command.create({'sale_line_id': line.id, 'quantity': quantity})
                    for line, quantity in quantities.items()
                ],
            }
        )
