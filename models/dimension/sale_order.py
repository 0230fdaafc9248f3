from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.dimension import Size


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

    def _create_ecrm_workshop_jobs(self):
        """Give the workshop every made-to-measure line that it has not yet; one order put back comes back."""
        lines = self.order_line.filtered(lambda line: line.ecrm_width_mm and not line.display_type)
        jobs = lines.with_context(active_test=False).ecrm_workshop_job_ids
        jobs.active = True
        missing = lines - jobs.sale_line_id
        self.env['ecrm.workshop.job'].create([{'sale_line_id': line.id} for line in missing])

    # === CART === #

    def _cart_add(self, product_id, quantity=1.0, *, uom_id=None, **kwargs):
        # EXTENDS website_sale: the size comes from a browser; it is read and checked here, once
        kwargs['ecrm_size'] = self._read_ecrm_cart_size(product_id, kwargs)
        kwargs.pop('ecrm_linked_size', None)
        return super()._cart_add(product_id, quantity, uom_id=uom_id, **kwargs)

    def _read_ecrm_cart_size(self, product_id, values):
        """Read the size of a product being added.

        A linked product is sent the main product's values: it has its own key, else its own default size.

        :param dict values: ``ecrm_size`` as text, ``ecrm_linked_size``, ``linked_line_id``
        :rtype: Size | None
        :raises UserError: the size is not sold, or the product needs one
        """
        profile = (
            self.env['product.product']
            .browse(product_id)
            .sudo()
            .product_tmpl_id.ecrm_size_profile_id
        )
        if not profile:
            return None
        value = (
            values.get('ecrm_linked_size')
            if values.get('linked_line_id')
            else values.get('ecrm_size')
        )
        if isinstance(value, Size):
            return value
        if value is not None:
            return profile._read_size(value)
        size = profile._get_default_size()
        if not size:
            raise UserError(self.env._("Choose a size first."))
        return size

    def _cart_find_product_line(
        self,
        product_id,
        uom_id,
        linked_line_id=False,
        no_variant_attribute_value_ids=None,
        **kwargs,
    ):
        # EXTENDS website_sale: two sizes of one product are two lines
        lines = super()._cart_find_product_line(
            product_id, uom_id, linked_line_id, no_variant_attribute_value_ids, **kwargs
        )
        size = kwargs.get('ecrm_size')
        size = size if isinstance(size, Size) else None
        return lines.filtered(
            lambda line: line._get_ecrm_profile()._is_same_size(line._get_ecrm_size(), size)
        )

    def _prepare_order_line_values(self, product_id, quantity, uom_id, **kwargs):
        # EXTENDS website_sale
        values = super()._prepare_order_line_values(product_id, quantity, uom_id, **kwargs)
        if isinstance(kwargs.get('ecrm_size'), Size):
            values.update(
                self.env['ecrm.sized.mixin']._prepare_ecrm_size_values(kwargs['ecrm_size'])
            )
        return values
