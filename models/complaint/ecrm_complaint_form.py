from odoo import api, models
from odoo.tools import email_normalize

from ...tools.phone import normalise


class EcrmComplaint(models.Model):
    """The form of the site, open to people without an account."""

    _inherit = 'ecrm.complaint'

    @api.model
    def _check_public_form(self, form, company):
        """Read the public complaint form.

        The order number stays text unless the e-mail or the telephone is the order's own; what the
        visitor is told is the same in either case.

        :param form: dict of what was typed
        :param company: res.company of the site
        :return: ``(values, errors)`` as ``_check_customer_form`` gives them
        """
        errors = {}
        text = (form.get('text') or '').strip()
        name = (form.get('name') or '').strip()[:120]
        email = email_normalize(form.get('email') or '')
        phone = normalise(form.get('phone') or '')
        if not name:
            errors['name'] = self.env._("Tell us your name.")
        if form.get('email') and not email:
            errors['email'] = self.env._("This e-mail address cannot be read.")
        elif form.get('phone') and not phone.e164 and not email:
            errors['phone'] = self.env._("This telephone number cannot be read.")
        elif not email and not phone.e164:
            errors['email'] = self.env._("Give an e-mail address or a telephone number.")
        if not text:
            errors['text'] = self.env._("Tell us in a few words what happened.")
        elif len(text) > self._MAX_TEXT:
            errors['text'] = self.env._(
                "Your text has %(length)s characters; at most %(most)s can be sent.",
                length=len(text),
                most=self._MAX_TEXT,
            )
        causes = self.env['ecrm.complaint.cause'].sudo()._offered_to_customers(company)
        cause = causes.filtered(lambda c: str(c.id) == form.get('cause_id'))
        wishes = dict(self._fields['wish']._description_selection(self.env))
        if form.get('wish') and form['wish'] not in wishes:
            errors['wish'] = self.env._("Choose one of the wishes shown.")
        typed = (form.get('order') or '').strip()[:64]
        order = self._match_order(typed, email, phone.e164, company)
        contact = {
            'partner_name': name,
            'email_from': email or False,
            'partner_phone': phone.e164 or False,
        }
        values = {
            'name': cause.customer_label or cause.name or self.env._("Complaint from the site"),
            'description': text,
            'cause_id': cause.id,
            'wish': form.get('wish') or False,
            'company_id': company.id,
            'order_typed': typed,
            'channel': 'form',
            'lang': self.env.lang,
            **({'order_id': order.id, 'partner_id': order.partner_id.id} if order else contact),
        }
        return values, errors

    @api.model
    def _match_order(self, typed, email, phone, company):
        """The order of a number, if the address or the telephone given is its customer's."""
        orders = self.env['sale.order'].sudo()
        if not typed or not (email or phone):
            return orders
        order = orders.search(
            [('name', '=', typed.upper()), ('company_id', '=', company.id), ('state', '=', 'sale')],
            limit=1,
        )
        people = order.partner_id | order.partner_invoice_id | order.partner_shipping_id
        emails = set(people.mapped('email_normalized')) - {False}
        phones = {normalise(number).e164 for number in people.mapped('phone') if number} - {''}
        if (email and email in emails) or (phone and phone in phones):
            return order
        return orders
