from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ...tools import transition


class EcrmComplaintRemedy(models.Model):
    """What is given to the customer: asked for, approved, then done by the document it makes."""

    _name = 'ecrm.complaint.remedy'
    _description = "Complaint Remedy"
    _order = 'id'

    _PROTECTED = {
        'state',
        'cost',
        'refusal_reason',
        'requested_by_id',
        'approved_by_id',
        'approved_at',
        'done_at',
        'refund_id',
        'new_order_id',
        'picking_ids',
        'card_id',
        'outside_window',
        'refund_warned',
    }

    complaint_id = fields.Many2one(
        comodel_name='ecrm.complaint', required=True, ondelete='cascade', index=True
    )
    company_id = fields.Many2one(related='complaint_id.company_id', store=True, index=True)
    currency_id = fields.Many2one(related='company_id.currency_id')
    order_id = fields.Many2one(related='complaint_id.order_id', string="Order Complained About")
    kind = fields.Selection(
        selection=[
            ('refund', "Credit note"),
            ('remake', "Made again"),
            ('replacement', "Replacement"),
            ('return', "Return"),
            ('coupon', "Voucher"),
        ],
        required=True,
    )
    state = fields.Selection(
        selection=[
            ('requested', "Requested"),
            ('approved', "Approved"),
            ('done', "Done"),
            ('refused', "Refused"),
        ],
        default='requested',
        required=True,
        readonly=True,
        copy=False,
    )
    line_ids = fields.Many2many(
        comodel_name='ecrm.complaint.line',
        string="Lines",
        domain="[('complaint_id', '=', complaint_id)]",
        help="Empty: every line of the complaint.",
    )
    amount = fields.Monetary(
        compute='_compute_amount',
        store=True,
        readonly=False,
        help="What it is worth to the customer, tax included; decides who may approve it.",
    )
    cost = fields.Monetary(
        readonly=True, copy=False, help="Cost of non-quality: what it cost the shop."
    )
    note = fields.Char()
    refusal_reason = fields.Char(readonly=True, copy=False)
    requested_by_id = fields.Many2one(
        'res.users', string="Requested by", readonly=True, default=lambda self: self.env.user
    )
    approved_by_id = fields.Many2one('res.users', string="Approved by", readonly=True, copy=False)
    approved_at = fields.Datetime(readonly=True, copy=False)
    done_at = fields.Datetime(readonly=True, copy=False, index='btree_not_null')
    due_date = fields.Date(
        string="Due by Law", compute='_compute_due_date', store=True, help="For money back."
    )

    # The documents it makes
    invoice_id = fields.Many2one(
        comodel_name='account.move',
        string="Invoice to Credit",
        domain="[('move_type', '=', 'out_invoice'), ('state', '=', 'posted'), "
        "('line_ids.sale_line_ids.order_id', '=', order_id)]",
        check_company=True,
        help="To choose only where several invoices could be meant.",
    )
    refund_id = fields.Many2one('account.move', string="Credit Note", readonly=True, copy=False)
    new_order_id = fields.Many2one('sale.order', readonly=True, copy=False)
    picking_ids = fields.Many2many(
        'stock.picking', string="Return Pickings", readonly=True, copy=False
    )
    card_id = fields.Many2one('loyalty.card', string="Voucher", readonly=True, copy=False)
    document_name = fields.Char(string="Document", compute='_compute_document_name')
    can_open = fields.Boolean(
        compute='_compute_can_open', help="The reader's rights reach the document."
    )

    _amount_positive = models.Constraint(
        'CHECK (amount >= 0)', "The amount of a remedy cannot be negative."
    )

    # === COMPUTE METHODS === #

    @api.depends('kind', 'line_ids', 'complaint_id.line_ids.quantity')
    def _compute_amount(self):
        for remedy in self:
            if remedy.state != 'requested' or (remedy.kind == 'coupon' and remedy.amount):
                continue
            remedy.amount = 0.0 if remedy.kind == 'coupon' else remedy._worth()

    @api.depends('kind', 'company_id', 'complaint_id.received_at')
    def _compute_due_date(self):
        for remedy in self:
            received = remedy.complaint_id.received_at
            days = remedy.company_id.ecrm_complaint_refund_days
            is_refund = remedy.kind == 'refund' and received and days
            remedy.due_date = received.date() + timedelta(days=days) if is_refund else False

    @api.depends('refund_id', 'new_order_id', 'picking_ids', 'card_id')
    def _compute_document_name(self):
        for remedy in self.sudo():
            documents = (
                [remedy.refund_id.name or remedy.refund_id.display_name] if remedy.refund_id else []
            )
            documents += [remedy.new_order_id.name] if remedy.new_order_id else []
            documents += remedy.picking_ids.mapped('name')
            documents += [remedy.card_id.code] if remedy.card_id else []
            remedy.document_name = ', '.join(documents)

    @api.depends('refund_id', 'new_order_id', 'picking_ids', 'card_id')
    @api.depends_context('uid')
    def _compute_can_open(self):
        # A salesperson may read an invoice; its form asks for payments, which are for the books alone
        books = any(
            self.env.user.has_group(f'account.group_account_{name}')
            for name in ('readonly', 'invoice')
        )
        for remedy in self:
            document = remedy.sudo()._document().sudo(self.env.su)
            remedy.can_open = (
                bool(document)
                and document.has_access('read')
                and (books or document._name != 'account.move')
            )

    @api.depends('kind', 'complaint_id.reference')
    def _compute_display_name(self):
        labels = dict(self._fields['kind']._description_selection(self.env))
        for remedy in self:
            remedy.display_name = f'{remedy.complaint_id.reference} {labels.get(remedy.kind, "")}'

    # === CONSTRAINTS === #

    @api.constrains('line_ids', 'complaint_id')
    def _check_lines(self):
        for remedy in self:
            if remedy.line_ids.complaint_id - remedy.complaint_id:
                raise ValidationError(
                    self.env._("A remedy covers lines of its own complaint only.")
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_done(self):
        if any(remedy.state == 'done' for remedy in self):
            raise UserError(self.env._("A remedy that is done cannot be deleted."))

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_protected(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_protected(vals)
        frozen = {'kind', 'line_ids', 'amount', 'complaint_id', 'invoice_id'} & set(vals)
        if frozen and any(remedy.state in ('approved', 'done', 'refused') for remedy in self):
            raise UserError(
                self.env._("What was approved, done or refused cannot be changed: ask for another.")
            )
        return super().write(vals)

    # === ACTIONS === #

    def action_approve(self):
        """Approve what keeps its complaint within the reader's limit; above it, a manager must."""
        self._hold_complaints()
        for remedy in self:
            if remedy.state != 'requested':
                raise UserError(self.env._("Only what is requested can be approved."))
            if remedy.kind != 'coupon':
                # Only a voucher is worth what somebody types
                remedy.amount = remedy._worth()
            remedy._check_limit()
            # At once: the next of several counts what this one was given
            remedy.sudo().write(
                {
                    'state': 'approved',
                    'approved_by_id': self.env.uid,
                    'approved_at': fields.Datetime.now(),
                }
            )
        self._after_approval()

    def action_do(self):
        """Make the document. What is still requested is approved first, if the reader may."""
        self._hold_complaints()
        self._hold_lines()
        self.filtered(lambda remedy: remedy.state == 'requested').action_approve()
        for remedy in self:
            if remedy.state != 'approved':
                raise UserError(self.env._("Only what is approved can be carried out."))
            remedy._check_quantities()
            remedy._check_worth()
            # An agent need not be an accountant or a storekeeper to keep a promise
            values = getattr(remedy.sudo(), f'_do_{remedy.kind}')()
            now = fields.Datetime.now()
            remedy.sudo().write({**values, 'state': 'done', 'done_at': now})
            remedy.complaint_id._note_remedy(remedy)

    def action_open_document(self):
        """Open the document that was made."""
        self.ensure_one()
        document = self._document()
        if not document:
            raise UserError(self.env._("No document has been made yet."))
        if not self.can_open:
            raise AccessError(
                self.env._(
                    "You may not open %(document)s: ask who keeps the books, the orders or the stock.",
                    document=self.document_name,
                )
            )
        return document.get_formview_action()

    # === BUSINESS METHODS === #

    @api.model
    def _check_protected(self, vals):
        """Keep a client from writing what only an approval or a document may set."""
        if not self.env.su and self._PROTECTED & set(vals):
            raise AccessError(self.env._("The state of a remedy changes by its buttons only."))

    def _forget(self):
        """Let go of words and documents, which name a customer; kind, state, amount and cost stay."""
        # Past the freeze of our own write: nothing that was decided changes
        super().write(  # pylint: disable=super-method-mismatch
            {
                'note': False,
                'refusal_reason': False,
                'invoice_id': False,
                'refund_id': False,
                'new_order_id': False,
                'picking_ids': [fields.Command.clear()],
                'card_id': False,
            }
        )

    def _refuse(self, reason):
        """Refuse what is requested or approved.

        :param reason: text kept for the team
        """
        for remedy in self:
            if remedy.state not in ('requested', 'approved'):
                raise UserError(self.env._("Only what is requested or approved can be refused."))
        self.sudo().write({'state': 'refused', 'refusal_reason': reason})

    def _document(self):
        self.ensure_one()
        return self.refund_id or self.new_order_id or self.picking_ids[:1] or self.card_id

    def _lines(self):
        """Complaint lines the remedy covers."""
        return self.line_ids or self.complaint_id.line_ids

    def _check_quantities(self):
        """Refuse to make good more than was delivered and not yet made good."""
        if self.kind == 'coupon':
            return
        lines = self._lines()
        if not lines.sale_line_id:
            raise UserError(self.env._("Choose the lines of the order that are made good."))
        lines.invalidate_recordset(['claimable_quantity'])
        lines._check_quantity()

    def _after_approval(self):
        """Show the workshop what it has to make again."""
        remakes = self.filtered(lambda remedy: remedy.kind == 'remake').complaint_id.sudo()
        remakes.has_remake = True
        for complaint in remakes.filtered(lambda c: c.kind in ('new', 'open')):
            complaint._move_to(transition.WAITING_INTERNAL)
