from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

TOUCHING = {'state', 'partner_id', 'date_order', 'company_id', 'currency_id', 'pricelist_id'}


class SaleOrder(models.Model):
    _inherit = 'sale.order'

    ecrm_feedback_ids = fields.One2many('ecrm.feedback', 'order_id', string="Feedback")

    ecrm_companion_ids = fields.Many2many(
        'product.template',
        string="Goes Well With",
        compute='_compute_ecrm_companion_ids',
        groups='ecrm.group_user',
        help="Bought by other customers of these products, and not owned by this one.",
    )

    # === COMPUTE METHODS === #

    @api.depends('order_line.product_id', 'partner_id')
    def _compute_ecrm_companion_ids(self):
        for order in self:
            order.ecrm_companion_ids = order._ecrm_companions()

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        # EXTENDS sale
        orders = super().create(vals_list)
        orders._ecrm_mark_customers()
        return orders

    def write(self, vals):
        # EXTENDS sale
        if TOUCHING.isdisjoint(vals):
            return super().write(vals)
        if 'partner_id' in vals:
            self._ecrm_mark_customers()
        result = super().write(vals)
        self._ecrm_mark_customers()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_ecrm_mark(self):
        self._ecrm_mark_customers()

    # === ACTIONS === #

    def action_ecrm_add_companion(self, template_id):
        """Add one of the products that go with the order, at the size of its last sized line.

        :param int template_id: one of ``ecrm_companion_ids``
        :raises UserError: it is not proposed (any more), or the order is closed
        """
        self.ensure_one()
        self.check_access('write')
        template = self.ecrm_companion_ids.filtered(lambda product: product.id == template_id)
        if not template:
            raise UserError(
                self.env._("This product is no longer proposed for %(order)s.", order=self.name)
            )
        if self.locked or self.state == 'cancel':
            raise UserError(
                self.env._("%(order)s is locked or cancelled: nothing is added.", order=self.name)
            )
        self.order_line = [Command.create(self._prepare_ecrm_companion_line(template))]

    # === BUSINESS METHODS === #

    def _prepare_ecrm_companion_line(self, template):
        """Values of a line for one proposed product, in its first possible variant."""
        combination = template._get_first_possible_combination()
        variant = template._create_product_variant(combination)
        if not variant:
            raise UserError(
                self.env._("%(product)s has no variant for sale.", product=template.name)
            )
        options = combination.filtered(
            lambda value: value.attribute_id.create_variant == 'no_variant'
        )
        return {
            'product_id': variant.id,
            'product_no_variant_attribute_value_ids': options.ids,
            **self._prepare_ecrm_same_size(template),
        }

    def _ecrm_mark_customers(self):
        """Have the indicators of these orders' customers recomputed, visitors left aside."""
        customers = self.sudo().partner_id
        visitors = self.sudo().website_id.user_id.partner_id
        self.env['ecrm.customer.dirty']._mark(customers - visitors)

    def _ecrm_companions(self, limit=4):
        """Products to propose beside those of the order, see ``ecrm.product.pair``."""
        self.ensure_one()
        visitor = self.sudo().website_id.user_id.partner_id
        customer = self.partner_id._origin if self.partner_id != visitor else visitor.browse()
        return self.env['ecrm.product.pair']._companions(
            self.order_line.product_id.product_tmpl_id, customer, self.company_id, limit
        )

    def _ecrm_published_companions(self):
        """The same on the website: published products only."""
        return self._ecrm_companions(limit=8).filtered('is_published')[:4]

    def _try_apply_code(self, code):
        # EXTENDS sale_loyalty: a personal coupon is refused on an order of anybody else
        card_sudo = (
            self.env['loyalty.card']
            .sudo()
            .search([('code', '=', code), ('ecrm_is_personal', '=', True)], limit=1)
        )
        if card_sudo:
            partners = card_sudo.partner_id | self.partner_id.sudo()
            if len(set(self.env['ecrm.customer.link']._of_cards(partners.ids).values())) > 1:
                return {'error': self.env._("This code was given to another customer.")}
        return super()._try_apply_code(code)
