from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools import order_number, transition
from ...tools.phone import normalise


class EcrmComplaint(models.Model):
    """The order told on the telephone, found for an agent who may not look through orders."""

    _inherit = 'ecrm.complaint'

    # A number may be told without its letters, a telephone may have many orders
    _TOLD_CANDIDATES = 200
    _TOLD_ORDERS = 5

    call_unconfirmed = fields.Boolean(string="Receipt not confirmed yet", readonly=True, copy=False)

    _call_unconfirmed_idx = models.Index('(id) WHERE call_unconfirmed IS TRUE')

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        # EXTENDS the complaint: what a person notes is confirmed to the customer, what is taken over from elsewhere not
        is_noted = not self.env.su and not self.env.context.get('tracking_disable')
        complaints = super().create([{**vals, 'call_unconfirmed': is_noted} for vals in vals_list])
        complaints._confirm_call()
        return complaints

    def write(self, vals):
        # EXTENDS the complaint: the customer of a call may be found after it was noted
        result = super().write(vals)
        if {'partner_id', 'email_from'} & set(vals):
            self._confirm_call()
        return result

    # === ACTIONS === #

    def action_open_find(self):
        """Find the order of who is on the telephone."""
        self.ensure_one()
        action = self.env['ir.actions.act_window']._for_xml_id('ecrm.action_ecrm_complaint_find')
        told = self.order_id.sudo().name or self.order_typed or self.partner_phone
        return {
            **action,
            'context': {
                'default_complaint_id': self.id,
                'default_query': told,
                'dialog_size': 'extra-large',
            },
        }

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
        # The window found it for him: he could not name it himself
        self.sudo().write(
            {
                'order_id': order_sudo.id,
                'partner_id': self.partner_id.id or order_sudo.partner_id.id,
            }
        )
        self.write(
            {
                'line_ids': [
                    Command.create({'sale_line_id': line.id, 'quantity': quantity})
                    for line, quantity in quantities.items()
                ],
            }
        )

    def _confirm_call(self):
        """Have what was noted on the telephone confirmed at once, by a job: who noted it is still talking."""
        if any(call.call_unconfirmed and call._knows_customer() for call in self):
            self.env.ref('ecrm.ir_cron_complaint_calls').sudo()._trigger()

    def _knows_customer(self):
        return bool(self.partner_id or self.email_normalized)

    @api.model
    def _cron_confirm_calls(self, limit=100):
        """Confirm the calls whose customer is known, unless he was answered already."""
        known = Domain('partner_id', '!=', False) | Domain('email_normalized', '!=', False)
        waiting = Domain('call_unconfirmed', '=', True) & known
        calls = self.search(waiting, limit=limit)
        self.env['ir.cron']._commit_progress(remaining=self.search_count(waiting))
        for call in calls:
            call.call_unconfirmed = False
            if call.kind in transition.ACTIVE and not call.staff_wrote_at:
                call._acknowledge()
            if not self.env['ir.cron']._commit_progress(1):
                return

    @api.model
    def _subject_of_call(self, vals):
        """A subject for a call whose order is looked for before anything is typed.

        :param vals: values of the new complaint
        :return: text in the customer's language, where he is known
        """
        lang = self.env['res.partner'].sudo().browse(vals.get('partner_id')).lang
        complaints = self.with_context(lang=lang or self.env.lang)
        cause_sudo = complaints.env['ecrm.complaint.cause'].sudo().browse(vals.get('cause_id'))
        return cause_sudo.customer_label or cause_sudo.name or complaints.env._("Telephone call")
