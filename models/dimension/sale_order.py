from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.price import PriceError


class SaleOrder(models.Model):
    _inherit = 'sale.order'

    ecrm_promised_date = fields.Date(string="Promised", compute='_compute_ecrm_promised_date')

    # === COMPUTE METHODS === #

    @api.depends('order_line.ecrm_promised_date')
    def _compute_ecrm_promised_date(self):
        for order in self:
            dates = order.order_line.filtered('ecrm_promised_date').mapped('ecrm_promised_date')
            order.ecrm_promised_date = max(dates, default=False)

    # === BUSINESS METHODS === #

    def action_confirm(self):
        # EXTENDS sale: nothing goes to the workshop without its size
        for order in self:
            missing = order.order_line.filtered(
                lambda line: line.ecrm_is_sized and not line.display_type and not line.ecrm_width_mm
            )
            if missing:
                raise UserError(
                    self.env._(
                        "Type the size of these products before confirming: %(products)s.",
                        products=missing.product_id.mapped('display_name'),
                    )
                )
        return super().action_confirm()

    def _action_confirm(self):
        # EXTENDS sale: also the road of a paid cart
        res = super()._action_confirm()
        self.sudo()._create_ecrm_workshop_jobs()
        return res

    def _action_cancel(self):
        # EXTENDS sale
        res = super()._action_cancel()
        jobs = self.sudo().order_line.ecrm_workshop_job_ids
        jobs.filtered(lambda job: job.state != 'packed').active = False
        return res

    def _prepare_ecrm_same_size(self, template):
        """Size values for a line of one more product: those of the last line whose size it comes in.

        :param template: one ``product.template``
        :return: values of ``sale.order.line``; empty for a product without sizes or without this one
        :rtype: dict
        """
        self.ensure_one()
        profile = template.sudo().ecrm_size_profile_id
        for line in reversed(self.order_line) if profile else ():
            size = line._get_ecrm_size()
            try:
                if size and profile._compute_size_price(size):
                    return line._prepare_ecrm_size_values(size)
            except PriceError:
                continue
        return {}

    def _create_ecrm_workshop_jobs(self):
        """Give the workshop every made-to-measure line that it has not yet; one order put back comes back."""
        lines = self.order_line.filtered(lambda line: line.ecrm_width_mm and not line.display_type)
        jobs = lines.with_context(active_test=False).ecrm_workshop_job_ids
        jobs.active = True
        missing = lines - jobs.sale_line_id
        jobs = self.env['ecrm.workshop.job'].with_context(
            tracking_disable=True, mail_create_nolog=True, mail_create_nosubscribe=True
        )
        jobs._create_from_lines(missing)
