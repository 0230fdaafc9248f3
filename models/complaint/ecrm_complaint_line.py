import base64
import contextlib

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from ...tools import media

SIZE_FIELDS = ('ecrm_width_mm', 'ecrm_height_mm', 'ecrm_panels', 'ecrm_layout')


class EcrmComplaintLine(models.Model):
    _name = 'ecrm.complaint.line'
    _description = "Complaint Line"
    _inherit = ['ecrm.sized.mixin', 'ecrm.complaint.names']
    _order = 'id'
    _NAMED = {
        'sale_line_id': (
            'name',
            'product_id',
            'product_uom_id',
            'qty_delivered',
            'product_uom_qty',
            *SIZE_FIELDS,
        ),
    }

    complaint_id = fields.Many2one(
        comodel_name='ecrm.complaint', required=True, ondelete='cascade', index=True
    )
    company_id = fields.Many2one(related='complaint_id.company_id', store=True)
    order_id = fields.Many2one(related='complaint_id.order_id')
    sale_line_id = fields.Many2one(
        comodel_name='sale.order.line',
        string="Order Line",
        domain="[('order_id', '=', order_id), ('display_type', '=', False)]",
        index=True,
        ondelete='restrict',
    )
    product_id = fields.Many2one(
        comodel_name='product.product',
        compute='_compute_product_id',
        store=True,
        readonly=False,
        index=True,
    )
    # The line's own copy, as the product is: it outlives the order once the customer is forgotten
    ecrm_width_mm = fields.Float(compute='_compute_size', store=True)
    ecrm_height_mm = fields.Float(compute='_compute_size', store=True)
    ecrm_panels = fields.Integer(compute='_compute_size', store=True)
    ecrm_layout = fields.Char(compute='_compute_size', store=True)
    size_label = fields.Char(string="Size as Ordered", related='ecrm_size_label')
    quantity = fields.Float(digits='Product Unit', default=1.0, required=True)
    claimable_quantity = fields.Float(
        string="Can Be Claimed", digits='Product Unit', compute='_compute_claimable_quantity'
    )
    cause_id = fields.Many2one(comodel_name='ecrm.complaint.cause', ondelete='restrict', index=True)
    photo = fields.Image(max_width=1920, max_height=1920)
    note = fields.Char()

    _quantity_positive = models.Constraint(
        'CHECK (quantity > 0)', "The quantity complained about must be above zero."
    )

    # === COMPUTE METHODS === #

    @api.depends('sale_line_id')
    def _compute_product_id(self):
        for line in self:
            if line._shown_sale_line():
                line.product_id = line.sale_line_id.product_id

    @api.depends(*(f'sale_line_id.{name}' for name in SIZE_FIELDS))
    def _compute_size(self):
        for line in self:
            source_sudo = line._shown_sale_line().sudo() or line
            for name in SIZE_FIELDS:
                line[name] = source_sudo[name]

    @api.depends('sale_line_id', 'cause_id', 'complaint_id.cause_id')
    def _compute_claimable_quantity(self):
        compensated = self.sale_line_id._ecrm_compensated_quantities(excluding=self._origin)
        for line in self:
            cause = line.cause_id or line.complaint_id.cause_id
            sale_line_sudo = line._shown_sale_line().sudo()
            line.claimable_quantity = sale_line_sudo._ecrm_claimable_quantity(
                cause, compensated.get(line.sale_line_id.id, 0.0)
            )

    @api.depends('product_id', 'size_label')
    def _compute_display_name(self):
        for line in self:
            parts = [line.product_id.display_name, line.size_label]
            line.display_name = ', '.join(part for part in parts if part)

    @api.depends('product_id')
    def _compute_ecrm_size_label(self):
        # EXTENDS ecrm: of the hundred columns of a product these are asked for
        self.fetch(['product_id', *SIZE_FIELDS])
        products_sudo = self.sudo().product_id
        products_sudo.fetch(['product_tmpl_id'])
        products_sudo.product_tmpl_id.fetch(['name', 'ecrm_size_profile_id'])
        products_sudo.product_tmpl_id.ecrm_size_profile_id.fetch(['unit'])
        return super()._compute_ecrm_size_label()

    def _get_ecrm_size_unit(self):
        # EXTENDS ecrm
        # Who handles a complaint need not be a salesperson, so he may not read the product itself
        return self.sudo().product_id.product_tmpl_id.ecrm_size_profile_id.unit or 'cm'

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._clean_photo(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._clean_photo(vals))

    @api.model
    def _clean_photo(self, vals):
        """Take the place out of a photo: Odoo writes only those anew that are too large."""
        if not vals.get('photo'):
            return vals
        with contextlib.suppress(media.MediaError, ValueError):
            # What is no picture at all is refused by the field itself
            data = media.keep('', base64.b64decode(vals['photo']))
            return {**vals, 'photo': base64.b64encode(data)}
        return vals

    # === BUSINESS METHODS === #

    def _shown_sale_line(self):
        """The order line, or none where a form that is being filled in names one that its reader may not know.

        Lines of the complaint's own order are known to whoever handles it.
        """
        self.ensure_one()
        line = self.sale_line_id
        complaint = self.complaint_id.sudo(False)
        if self.id or not line:
            return line
        if (
            line.sudo().order_id == complaint.sudo().order_id._origin
            and (complaint._origin or complaint).has_access('read')
            and complaint._shows_order()
        ):
            return line
        return line if line._origin.sudo(False).has_access('read') else line.browse()

    @api.model
    def _get_sizes_by_complaint(self, complaint_ids):
        """Sizes of complaints in one statement: a board reads neither order lines nor products for them.

        :param complaint_ids: ids of complaints that the reader may read
        :return: lists of ``(width_mm, height_mm, panels, layout, unit)`` by complaint, in the order of the lines
        :rtype: dict
        """
        self.flush_model(['complaint_id', 'product_id', *SIZE_FIELDS])
        self.env['product.template'].flush_model(['ecrm_size_profile_id'])
        self.env['ecrm.size.profile'].flush_model(['unit'])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT line.complaint_id, line.ecrm_width_mm, line.ecrm_height_mm, line.ecrm_panels,
                       line.ecrm_layout, COALESCE(profile.unit, 'cm')
                  FROM ecrm_complaint_line line
             LEFT JOIN product_product product ON product.id = line.product_id
             LEFT JOIN product_template template ON template.id = product.product_tmpl_id
             LEFT JOIN ecrm_size_profile profile ON profile.id = template.ecrm_size_profile_id
                 WHERE line.complaint_id = ANY(%s) AND line.ecrm_width_mm > 0
              ORDER BY line.id
                """,
                complaint_ids,
            )
        )
        sizes = {}
        for complaint_id, *size in rows:
            sizes.setdefault(complaint_id, []).append(tuple(size))
        return sizes

    @api.model
    def _put_size_in_words(self, size):
        """A row of ``_get_sizes_by_complaint`` in the reader's language."""
        *values, unit = size
        return self._ecrm_label(self._make_ecrm_size(*values), unit)

    # === CONSTRAINTS === #

    @api.constrains('sale_line_id', 'quantity', 'cause_id')
    def _check_quantity(self):
        for line in self.filtered('sale_line_id'):
            if line.sale_line_id.sudo().order_id != line.complaint_id.sudo().order_id:
                raise ValidationError(
                    self.env._("A line of another order does not belong to this complaint.")
                )
            uom = line.sale_line_id.sudo().product_uom_id
            if uom.compare(line.quantity, line.claimable_quantity) > 0:
                raise ValidationError(
                    self.env._(
                        "“%(product)s”: %(asked)s complained about, but only %(most)s can be.",
                        product=line.product_id.display_name,
                        asked=line.quantity,
                        most=line.claimable_quantity,
                    )
                )
