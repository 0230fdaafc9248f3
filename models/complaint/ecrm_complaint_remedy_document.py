from odoo import Command, api, fields, models
from odoo.exceptions import UserError, ValidationError


class EcrmComplaintRemedy(models.Model):
    """The documents that carry a remedy out. Each method returns the values that tie it to one."""

    _inherit = 'ecrm.complaint.remedy'

    # === CONSTRAINTS === #

    @api.constrains('invoice_id', 'complaint_id')
    def _check_invoice(self):
        for remedy_sudo in self.sudo().filtered('invoice_id'):
            orders_sudo = remedy_sudo.invoice_id.line_ids.sale_line_ids.order_id
            if remedy_sudo.complaint_id.order_id not in orders_sudo:
                raise ValidationError(
                    self.env._("Choose an invoice of the order that is complained about.")
                )

    # === CREDIT NOTE === #

    def _do_refund(self):
        """Draft a credit note that mirrors the invoiced lines: price, tax, account, journal."""
        self.ensure_one()
        invoice = self._find_invoice()
        lines = []
        for line in self._lines():
            source = invoice.invoice_line_ids.filtered(
                lambda each, line=line: line.sale_line_id in each.sale_line_ids
            )[:1]
            if not source:
                raise UserError(
                    self.env._(
                        "“%(product)s” does not stand on invoice %(invoice)s.",
                        product=line.product_id.display_name,
                        invoice=invoice.name,
                    )
                )
            values = source.copy_data({'quantity': line.quantity})[0]
            values['sale_line_ids'] = [Command.set(source.sale_line_ids.ids)]
            values.pop('move_id', None)
            lines.append(Command.create(values))
        refund = self.env['account.move'].create(
            {
                'move_type': 'out_refund',
                'partner_id': invoice.partner_id.id,
                'partner_shipping_id': invoice.partner_shipping_id.id,
                'company_id': invoice.company_id.id,
                'journal_id': invoice.journal_id.id,
                'currency_id': invoice.currency_id.id,
                'fiscal_position_id': invoice.fiscal_position_id.id,
                'reversed_entry_id': invoice.id,
                'invoice_origin': invoice.invoice_origin,
                'ref': self.complaint_id.reference,
                'invoice_date': fields.Date.context_today(self),
                'invoice_line_ids': lines,
            }
        )
        return {
            'refund_id': refund.id,
            'cost': refund.currency_id._convert(
                refund.amount_total, self.currency_id, self.company_id, fields.Date.today()
            ),
        }

    def _find_invoice(self):
        """The posted invoice that holds the lines; none or several: the reader decides."""
        candidates = self._lines().sale_line_id.invoice_lines.move_id.filtered(
            lambda move: move.move_type == 'out_invoice' and move.state == 'posted'
        )
        if self.invoice_id in candidates:
            return self.invoice_id
        if self.invoice_id:
            raise UserError(
                self.env._(
                    "%(invoice)s is no posted invoice of these lines.",
                    invoice=self.invoice_id.display_name,
                )
            )
        if not candidates:
            raise UserError(
                self.env._("No posted invoice holds these lines, so there is nothing to credit.")
            )
        if len(candidates) > 1:
            raise UserError(
                self.env._(
                    "Several invoices hold these lines: %(invoices)s. Choose the one to credit.",
                    invoices=', '.join(candidates.mapped('name')),
                )
            )
        return candidates

    # === ANOTHER ONE === #

    def _do_remake(self):
        """Order the complained lines again, sizes kept, at zero, and confirm: the workshop sees it."""
        self.ensure_one()
        source = self.order_id
        lines = []
        for line in self._lines():
            values = line.sale_line_id.copy_data()[0]
            values.pop('order_id', None)
            values['product_uom_qty'] = line.quantity
            lines.append(Command.create(values))
        order = self.env['sale.order'].create(
            {
                'partner_id': source.partner_id.id,
                'partner_invoice_id': source.partner_invoice_id.id,
                'partner_shipping_id': source.partner_shipping_id.id,
                'company_id': source.company_id.id,
                'pricelist_id': source.pricelist_id.id,
                'warehouse_id': source.warehouse_id.id,
                'user_id': source.user_id.id,
                'team_id': source.team_id.id,
                'origin': f'{self.complaint_id.reference} ({source.name})',
                'client_order_ref': self.complaint_id.reference,
                'order_line': lines,
            }
        )
        # After creation, so that the zero counts as decided by hand and stays
        order.order_line.write({'price_unit': 0.0, 'discount': 0.0})
        order.action_confirm()
        cost = sum(
            line.product_uom_qty * line.product_id.standard_price for line in order.order_line
        )
        return {'new_order_id': order.id, 'cost': cost}

    def _do_replacement(self):
        return self._do_remake()

    # === RETURN === #

    def _do_return(self):
        """Prepare the return of the delivered goods; what comes back is no longer delivered."""
        self.ensure_one()
        wanted = {line.sale_line_id: line.quantity for line in self._lines()}
        moves = self.order_id.picking_ids.move_ids.filtered(
            lambda move: (
                move.state == 'done'
                and move.location_dest_id.usage == 'customer'
                and move.sale_line_id in wanted
            )
        )
        pickings = self.env['stock.picking']
        for picking in moves.picking_id:
            returned = {}
            for move in moves.filtered(lambda move, picking=picking: move.picking_id == picking):
                quantity = min(wanted[move.sale_line_id], move.quantity)
                wanted[move.sale_line_id] -= quantity
                returned[move] = quantity
            if any(returned.values()):
                pickings |= self._return_picking(picking, returned)
        if any(quantity > 0 for quantity in wanted.values()):
            raise UserError(self.env._("More is to be returned than the deliveries hold."))
        return {'picking_ids': [Command.set(pickings.ids)], 'cost': 0.0}

    def _return_picking(self, picking, quantities):
        wizard = (
            self.env['stock.return.picking']
            .with_context(active_id=picking.id, active_ids=picking.ids, active_model=picking._name)
            .create({'picking_id': picking.id})
        )
        for line in wizard.product_return_moves:
            line.quantity = quantities.get(line.move_id, 0.0)
        result = wizard._create_return()
        result.move_ids.to_refund = True
        result.origin = self.complaint_id.reference
        return result

    # === VOUCHER === #

    def _do_coupon(self):
        """Make a voucher that only this customer can use."""
        self.ensure_one()
        partner = self.complaint_id.partner_id
        if not partner:
            raise UserError(self.env._("A voucher is bound to a customer: choose one first."))
        if not self.amount:
            raise UserError(self.env._("Say what the voucher is worth."))
        program = self._voucher_program()
        card = self.env['loyalty.card'].create(
            {
                'program_id': program.id,
                'partner_id': partner.id,
                'points': self.amount,
                'expiration_date': fields.Date.add(
                    fields.Date.context_today(self),
                    days=self.company_id.ecrm_complaint_voucher_days,
                ),
            }
        )
        return {'card_id': card.id, 'cost': self.amount}

    def _voucher_program(self):
        """The company's program for vouchers, made the first time: one point, one unit of money."""
        company = self.company_id
        if not company.ecrm_complaint_program_id:
            reward = {
                'reward_type': 'discount',
                'discount': 1,
                'discount_mode': 'per_point',
                'discount_applicability': 'order',
                'required_points': 1,
                'clear_wallet': True,
            }
            company.ecrm_complaint_program_id = self.env['loyalty.program'].create(
                {
                    'name': self.env._("Goodwill voucher"),
                    'program_type': 'coupons',
                    'applies_on': 'current',
                    'trigger': 'with_code',
                    'company_id': company.id,
                    'currency_id': company.currency_id.id,
                    'rule_ids': [Command.clear()],
                    'reward_ids': [Command.clear(), Command.create(reward)],
                }
            )
            self._name_voucher(company.ecrm_complaint_program_id)
        return company.ecrm_complaint_program_id

    def _name_voucher(self, program):
        """Call it a voucher in the cart and on the order, in every language: core writes «1 per point»."""
        for code, _name in self.env['res.lang'].get_installed():
            named = program.with_context(lang=code)
            named.name = named.reward_ids.description = named.env._("Goodwill voucher")
