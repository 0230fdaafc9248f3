from odoo import Command, api, fields, models
from odoo.exceptions import AccessError

from . import sent_defaults


class EcrmComplaint(models.Model):
    """The order complained about: who may name it, what it was worth, its sizes."""

    _inherit = 'ecrm.complaint'

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
    picks_order = fields.Boolean(
        compute='_compute_picks_order', help="The reader may look through orders himself."
    )

    # === COMPUTE METHODS === #

    @api.depends('order_id.amount_total', 'order_id.currency_id')
    def _compute_order_amount(self):
        # Who handles a complaint need not be a salesperson to see what the order was worth; of the
        # hundred columns of an order a board of complaints needs these
        self.sudo().order_id.fetch(['name', 'amount_total', 'currency_id'])
        for complaint, complaint_sudo in zip(self, self.sudo(), strict=True):
            order_sudo = complaint_sudo.order_id
            if not complaint.id and not complaint._shows_order():
                order_sudo = order_sudo.browse()
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

    @api.depends_context('uid')
    def _compute_picks_order(self):
        self.picks_order = self.env['sale.order'].has_access('read')

    # === CRUD METHODS === #

    @api.model
    def default_get(self, fields):
        # EXTENDS base
        values = super().default_get(fields)
        sent_defaults.take_back(self, values, self._PROTECTED | self._MEASURED | {'channel'})
        order = self.env['sale.order'].browse(values.get('order_id'))
        if order and not order.has_access('read'):
            values.pop('order_id')
        return values

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

    # === BUSINESS METHODS === #

    def _shows_order(self):
        """Whether what the order was worth, held and delivered may be shown.

        Of a complaint that is saved it may: the order was checked when it was named. While a form is filled in, any
        number of an order can be sent, so there the reader needs a right on it.
        """
        self.ensure_one()
        if self.id or not self.order_id:
            return True
        order, saved = self.order_id._origin.sudo(False), self._origin.sudo(False)
        if saved and saved.has_access('read') and saved.sudo().order_id == order:
            return True
        return order.has_access('read')

    @api.model
    def _check_order_choice(self, order_id, customer_sudo):
        """Refuse an order that the writer neither reads nor was told of by its customer.

        Whoever handles a complaint sees what its order was worth: by its number in the database anybody's could be
        named, and read. The window that finds what a customer tells writes past this.

        :param order_id: id of a sale.order, or False
        :param customer_sudo: sudoed res.partner, the customer of the complaint; may be empty
        :raises AccessError:
        """
        if self.env.su or not order_id:
            return
        order = self.env['sale.order'].browse(order_id)
        customer_sudo = customer_sudo.commercial_partner_id
        if customer_sudo and customer_sudo == order.sudo().partner_id.commercial_partner_id:
            return
        if not order.has_access('read'):
            raise AccessError(
                self.env._(
                    "You may not look through orders: find this one by the number or the telephone "
                    "that the customer tells you."
                )
            )

    @api.model
    def _check_order_create(self, vals):
        """Check the order that a new complaint names."""
        customer_sudo = self.env['res.partner'].sudo().browse(vals.get('partner_id'))
        self._check_order_choice(vals.get('order_id'), customer_sudo)

    def _check_order_write(self, vals):
        """Check the order that a write names, complaint by complaint: it may be the one that stands there."""
        if self.env.su or not vals.get('order_id'):
            return
        customer_sudo = self.env['res.partner'].sudo().browse(vals.get('partner_id'))
        for complaint_sudo in self.sudo():
            if complaint_sudo.order_id.id != vals['order_id']:
                self._check_order_choice(
                    vals['order_id'], customer_sudo or complaint_sudo.partner_id
                )
