from odoo import models


class EcrmSubmission(models.Model):
    _inherit = 'ecrm.submission'

    def _match_partner(self):
        # EXTENDS ecrm: the owner of a cart is known, there is nothing to find
        if self.kind != 'cart' or not self.order_id:
            return super()._match_partner()
        return self.write({'partner_id': self.order_id.partner_id.id, 'match': 'identity'})

    def _prepare_lead_values(self, user, team):
        # EXTENDS ecrm: the lead shows the card as it is, with what the cart is worth
        values = super()._prepare_lead_values(user, team)
        cart = self.order_id
        if self.kind == 'cart' and cart:
            amount = cart.currency_id._convert(
                cart.amount_total, self.company_id.currency_id, self.company_id, cart.date_order
            )
            values.update(
                name=self._for_reader(user).env._("Cart %(name)s", name=cart.name), expected_revenue=amount,
                phone=cart.partner_id.phone, email_from=cart.partner_id.email,
            )  # fmt: skip
        return values

    def _create_lead(self, user, team):
        # EXTENDS ecrm: the revenue of the order follows to where the cart came from
        lead = super()._create_lead(user, team)
        if self.kind == 'cart' and self.order_id.state == 'draft':
            self.order_id.opportunity_id = lead
        return lead

    def _read_quote(self):
        # EXTENDS ecrm: a cart has its lines
        if self.kind != 'cart':
            super()._read_quote()
