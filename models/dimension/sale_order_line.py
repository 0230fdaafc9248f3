from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import float_is_zero

from ...tools.dimension import size_code
from ...tools.price import PriceError

SIZE_FIELDS = ('ecrm_width_mm', 'ecrm_height_mm', 'ecrm_panels', 'ecrm_layout')


class SaleOrderLine(models.Model):
    _name = 'sale.order.line'
    _inherit = ['sale.order.line', 'ecrm.size.input.mixin']

    ecrm_is_sized = fields.Boolean(
        compute='_compute_ecrm_is_sized', help="The product is sold by size."
    )
    ecrm_size_problem = fields.Char(
        compute='_compute_ecrm_size_problem', help="Why this size has no price."
    )

    ecrm_promised_date = fields.Date(
        string="Promised",
        compute='_compute_ecrm_promised_date',
        store=True,
        readonly=False,
        copy=False,
        help="Day on which the workshop has it packed: kept from the moment the order is confirmed.",
    )
    ecrm_workshop_job_ids = fields.One2many('ecrm.workshop.job', 'sale_line_id')
    ecrm_workshop_state = fields.Selection(related='ecrm_workshop_job_ids.state', string="Workshop")

    # === COMPUTE METHODS === #

    @api.depends('product_id.product_tmpl_id.ecrm_size_profile_id')
    def _compute_ecrm_is_sized(self):
        for line in self:
            line.ecrm_is_sized = bool(line._get_ecrm_profile())

    @api.depends(
        *SIZE_FIELDS, 'product_id.product_tmpl_id.ecrm_size_profile_id.revision', 'display_type'
    )
    @api.depends_context('lang')
    def _compute_ecrm_size_problem(self):
        for line in self:
            line.ecrm_size_problem = line._find_ecrm_size_problem()

    @api.depends(*SIZE_FIELDS)
    def _compute_pricelist_item_id(self):
        # EXTENDS sale: a rule may ask for a minimum of square metres
        super()._compute_pricelist_item_id()
        sized = self.filtered(lambda line: line.order_id.pricelist_id and line._has_ecrm_price())
        for pricelist, lines in sized.grouped(lambda line: line.order_id.pricelist_id).items():
            if pricelist._has_ecrm_area_minimum():
                for line in lines:
                    line.pricelist_item_id = pricelist._get_product_rule(
                        line.product_id.with_context(**line._get_product_price_context()),
                        **line._get_pricelist_kwargs(),
                    )

    @api.depends(*SIZE_FIELDS)
    def _compute_price_unit(self):
        # EXTENDS sale: one more dependency
        super()._compute_price_unit()

    @api.depends(*SIZE_FIELDS)
    def _compute_discount(self):
        # EXTENDS sale: one more dependency
        super()._compute_discount()

    @api.depends(*SIZE_FIELDS)
    def _compute_name(self):
        # EXTENDS sale: one more dependency
        super()._compute_name()

    @api.depends(
        *SIZE_FIELDS, 'product_id', 'product_uom_qty', 'order_id.date_order', 'order_id.state'
    )
    def _compute_ecrm_promised_date(self):
        for line in self:
            size, profile = line._get_ecrm_size(), line._get_ecrm_profile()
            if not size or not profile or line.display_type:
                line.ecrm_promised_date = False
            elif line.state not in {'sale', 'cancel'} or not line.ecrm_promised_date:
                line.ecrm_promised_date = profile.with_company(line.company_id)._get_promised_date(
                    size, line.product_uom_qty or 1, line.order_id.date_order or None
                )

    # === CONSTRAINTS AND ONCHANGES === #

    @api.onchange('product_id')
    def _onchange_ecrm_product_id(self):
        """A size belongs to the product it was typed for."""
        if not self._get_ecrm_profile() and self.ecrm_width_mm:
            self.update(self._prepare_ecrm_size_values(None))

    @api.constrains('product_id', *SIZE_FIELDS)
    def _check_ecrm_size_product(self):
        for line in self:
            if line.ecrm_width_mm and not line._get_ecrm_profile():
                raise ValidationError(
                    self.env._(
                        "%(product)s is not sold by size.", product=line.product_id.display_name
                    )
                )

    # === CRUD METHODS === #

    def write(self, vals):
        if vals.keys() & {*SIZE_FIELDS, 'ecrm_size_input'}:
            self._check_ecrm_size_unlocked(vals)
        return super().write(vals)

    # === BUSINESS METHODS === #

    def _get_ecrm_profile(self):
        """Size profile of the line's product, sudoed: shoppers may not read it."""
        self.ensure_one()
        return self.product_id.product_tmpl_id.sudo().ecrm_size_profile_id

    def _get_ecrm_size_unit(self):
        # EXTENDS ecrm
        profile = self._get_ecrm_profile()
        return profile._get_facts().unit if profile else 'cm'

    def _find_ecrm_size_problem(self):
        """Why the line cannot be priced by its size, or False."""
        self.ensure_one()
        profile = self._get_ecrm_profile()
        if not profile or self.display_type:
            return False
        size = self._get_ecrm_size()
        if not size:
            return self.env._("Type the size of this product.")
        try:
            profile._compute_size_price(size)
        except PriceError as error:
            return profile._explain_refusal(error, size)
        return False

    def _has_ecrm_price(self):
        """Whether the profile has a price for the line's size.

        :rtype: bool
        """
        profile, size = self._get_ecrm_profile(), self._get_ecrm_size()
        if not profile or not size:
            return False
        try:
            profile._compute_size_price(size)
        except PriceError:
            return False
        return True

    def _get_product_price_context(self):
        # EXTENDS sale: feeds price, price before discount and discount
        context = super()._get_product_price_context()
        if self._has_ecrm_price():
            context.update(self.product_id.product_tmpl_id._get_ecrm_context(self._get_ecrm_size()))
        return context

    def _reset_price_unit(self):
        # EXTENDS sale: a size without a price keeps what was typed by hand, it never gets the "from" price
        if self._get_ecrm_profile() and self._get_ecrm_size() and not self._has_ecrm_price():
            return
        super()._reset_price_unit()

    def _get_sale_order_line_multiline_description_variants(self):
        # EXTENDS sale: quotation, portal, cart toast, delivery slip and invoice read this text
        description = super()._get_sale_order_line_multiline_description_variants()
        size = self._get_ecrm_size()
        if size:
            # Not the field: its value may be cached in another language
            label = self._ecrm_label(size, self._get_ecrm_size_unit())
            description += "\n" + self.env._("Size: %(size)s", size=label)
        return description

    def _check_ecrm_size_unlocked(self, vals):
        """Refuse to change the size of what left the workshop: slips and invoices are written from it."""
        for line in self:
            done = line.qty_delivered or line.qty_invoiced
            if not done or float_is_zero(done, precision_digits=4):
                continue
            if 'ecrm_size_input' in vals:
                new = line._parse_ecrm_size_input(
                    vals['ecrm_size_input'], line._get_ecrm_size_unit()
                )
            else:
                new = {name: vals[name] for name in SIZE_FIELDS if name in vals}
            if any((line[name] or False) != (value or False) for name, value in new.items()):
                raise UserError(
                    self.env._(
                        "The size of %(product)s can no longer be changed: it is delivered or invoiced.",
                        product=line.product_id.display_name,
                    )
                )

    def _prepare_invoice_line(self, **optional_values):
        # EXTENDS sale
        values = super()._prepare_invoice_line(**optional_values)
        if self.ecrm_width_mm:
            values.update({name: self[name] for name in SIZE_FIELDS})
        return values

    def _prepare_procurement_values(self):
        # EXTENDS sale_stock
        values = super()._prepare_procurement_values()
        if self.ecrm_width_mm:
            values.update({name: self[name] for name in SIZE_FIELDS})
        return values

    def _prepare_ecrm_job_values(self):
        """Values of the line's workshop job, those it shares with the line included.

        :rtype: dict
        """
        self.ensure_one()
        return {
            'sale_line_id': self.id,
            'order_name': self.order_id.name,
            'company_id': self.company_id.id,
            'product_id': self.product_id.id,
            'quantity': self.product_uom_qty,
            **{name: self[name] for name in SIZE_FIELDS},
            'due_date': self.ecrm_promised_date,
            'area': self._get_ecrm_set_area() * self.product_uom_qty,
            'delay_days': 0,
        }

    # === SHOP === #

    def _is_reorder_allowed(self):
        # EXTENDS website_sale: core's reorder knows no sizes, ours adds those lines itself
        if self.env.context.get('ecrm_reorder_unsized') and self.ecrm_width_mm:
            return False
        return super()._is_reorder_allowed()

    def _get_ecrm_size_code(self):
        """The size as the short text the shop sends back, or False."""
        size = self._get_ecrm_size()
        return size_code(size, self._get_ecrm_size_unit()) if size else False

    def _get_ecrm_combination_info(self):
        """Combination info of the line's product at the line's size, at today's price."""
        self.ensure_one()
        context = {}
        if self._has_ecrm_price():
            context = self.product_id.product_tmpl_id._get_ecrm_context(self._get_ecrm_size())
        return self.product_id.with_context(**context)._get_combination_info_variant()
