from odoo import fields, models
from odoo.tools import format_date


class EcrmComplaintRemedy(models.Model):
    """A remedy in the customer's words."""

    _inherit = 'ecrm.complaint.remedy'

    def _customer_label(self):
        """What he gets, as a short sentence."""
        self.ensure_one()
        return {
            'refund': self.env._("We give you your money back"),
            'remake': self.env._("We make it again for you"),
            'replacement': self.env._("We send you another one"),
            'return': self.env._("We take it back"),
            'coupon': self.env._("We offer you a voucher"),
        }[self.kind]

    def _customer_detail(self):
        """What he must know of it: the amount, the order to follow, the day, the code's last day."""
        self.ensure_one()
        if self.kind == 'coupon':
            return self._customer_voucher_detail()
        if self.kind == 'refund':
            return self._customer_refund_detail()
        if self.new_order_id:
            return self.env._(
                "It is order %(order)s, free of charge.", order=self.new_order_id.name
            )
        if self.kind == 'return' and self.state == 'done':
            return self.env._("Keep it packed: the carrier comes for it.")
        return ''

    def _customer_voucher_detail(self):
        amount = self.currency_id.format(self.amount)
        if not self.card_id:
            return amount
        if not self.card_id.expiration_date:
            return self.env._("Worth %(amount)s on your next order.", amount=amount)
        return self.env._(
            "Worth %(amount)s on your next order, until %(day)s.",
            amount=amount,
            day=format_date(self.env, self.card_id.expiration_date),
        )

    def _customer_refund_detail(self):
        amount = self.currency_id.format(self.refund_id.amount_total or self.amount)
        if self.paid_back:
            return self.env._("%(amount)s were paid back.", amount=amount)
        if self.due_date and self.due_date >= fields.Date.context_today(self):
            day = format_date(self.env, self.due_date)
            return self.env._("%(amount)s, by %(day)s at the latest.", amount=amount, day=day)
        return amount
