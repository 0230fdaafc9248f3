from odoo import Command, api, fields, models


class EcrmComplaint(models.Model):
    """The order complained about: what it was worth, its sizes."""

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
