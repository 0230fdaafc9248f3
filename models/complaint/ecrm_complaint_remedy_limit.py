from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from . import sent_defaults


class EcrmComplaintRemedy(models.Model):
    """What a remedy is worth, and who may approve that much."""

    _inherit = 'ecrm.complaint.remedy'

    @api.model
    def default_get(self, fields):
        # EXTENDS base
        values = super().default_get(fields)
        sent_defaults.take_back(self, values, self._PROTECTED)
        return values

    def _worth(self):
        """What the goods that are made good cost the customer, tax included, in the company's currency."""
        self.ensure_one()
        total = 0.0
        for line in self._lines():
            sale_line_sudo = line.sale_line_id.sudo()
            if sale_line_sudo.product_uom_qty:
                share = line.quantity / sale_line_sudo.product_uom_qty
                total += sale_line_sudo.currency_id._convert(
                    sale_line_sudo.price_total * share,
                    self.currency_id,
                    self.company_id,
                    fields.Date.today(),
                )
        return total

    def _hold_complaints(self):
        """Have remedies of one complaint that are granted at the same instant wait for each other.

        A lock alone would not do: who waited would go on seeing what was granted when his request began. A row
        that was changed meanwhile is one that PostgreSQL refuses him, and then Odoo begins his request again.
        """
        complaints = self.complaint_id
        complaints.check_access('write')
        if complaints:
            self.env.cr.execute(
                SQL(
                    "UPDATE ecrm_complaint SET write_date = write_date WHERE id IN %s",
                    tuple(complaints.ids),
                )
            )

    def _hold_lines(self):
        """Have complaints about one order line wait for each other too while it is made good."""
        lines = self.complaint_id.line_ids.sale_line_id
        if lines:
            self.env.cr.execute(
                SQL(
                    "UPDATE sale_order_line SET write_date = write_date WHERE id IN %s",
                    tuple(lines.ids),
                )
            )

    def _check_worth(self):
        """Refuse to carry out more than was approved: lines may have grown since.

        :raises UserError: naming both amounts
        """
        self.ensure_one()
        if self.kind == 'coupon':
            return
        worth = self._worth()
        if self.currency_id.compare_amounts(worth, self.amount) > 0:
            raise UserError(
                self.env._(
                    "%(approved)s was approved, but the lines are worth %(worth)s now. "
                    "Refuse this remedy and ask for another.",
                    approved=self.currency_id.format(self.amount),
                    worth=self.currency_id.format(worth),
                )
            )

    def _check_limit(self):
        """Refuse an approval that brings the complaint above the agent's limit.

        :raises AccessError: naming the limit, and what the complaint was granted already
        """
        self.ensure_one()
        if self.env.su or self.env.user.has_group('ecrm.group_complaint_manager'):
            return
        self.complaint_id.check_access('write')
        limit = self.company_id.sudo().ecrm_complaint_agent_limit
        granted = self._granted_before()
        if self.currency_id.compare_amounts(granted + self.amount, limit) <= 0:
            return
        if not granted:
            raise AccessError(
                self.env._(
                    "You can approve up to %(limit)s. Ask a complaint administrator to approve it.",
                    limit=self.currency_id.format(limit),
                )
            )
        raise AccessError(
            self.env._(
                "You can approve up to %(limit)s a complaint, and %(granted)s of it was granted "
                "already. Ask a complaint administrator to approve it.",
                limit=self.currency_id.format(limit),
                granted=self.currency_id.format(granted),
            )
        )

    def _granted_before(self):
        """What the other remedies of the complaint were approved for, whoever approved them."""
        others = self.complaint_id.sudo().remedy_ids - self
        return sum(others.filtered(lambda r: r.state in ('approved', 'done')).mapped('amount'))
