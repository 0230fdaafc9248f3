from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import ormcache
from odoo.tools.image import image_data_uri


class EcrmComplaintCause(models.Model):
    _name = 'ecrm.complaint.cause'
    _description = "Complaint Cause"
    _inherit = ['ecrm.complaint.kept']
    _parent_store = True
    _order = 'sequence, id'
    _rec_names_search = ['name', 'customer_label', 'parent_id.name']

    name = fields.Char(required=True, translate=True)
    customer_label = fields.Char(
        string="Words for the Customer",
        translate=True,
        help="What the shopper reads. Empty: the name of the cause.",
    )
    customer_hint = fields.Char(
        string="Example for the Customer",
        translate=True,
    )
    drawing = fields.Selection(
        selection=[
            ('size', "Another size"),
            ('colour', "Other colours"),
            ('print', "Lines and stains"),
            ('frame', "Crooked frame"),
            ('late', "Parcel and clock"),
            ('broken', "Torn picture"),
            ('lost', "Missing parcel"),
            ('other', "Another picture"),
            ('mind', "Way back"),
            ('service', "Unhappy talk"),
        ],
        help="Shown to the shopper beside the words, so that the cause is found without reading.",
    )
    image = fields.Image(
        string="Own Picture",
        max_width=256,
        max_height=256,
        help="Shown to the shopper instead of the drawing.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    parent_id = fields.Many2one(
        comodel_name='ecrm.complaint.cause', string="Family", ondelete='restrict', index=True
    )
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many('ecrm.complaint.cause', 'parent_id', string="Causes")
    area = fields.Selection(
        selection=[
            ('sales', "Sales"),
            ('design', "Design"),
            ('print', "Printing"),
            ('production', "Production"),
            ('delivery', "Delivery"),
            ('supplier', "Supplier"),
            ('customer', "Customer"),
            ('none', "Nobody"),
        ],
        string="Responsible Area",
        default='none',
        required=True,
    )
    founded_default = fields.Selection(
        selection=[('yes', "Founded"), ('no', "Unfounded")],
        string="Usually",
        help="Proposed on a complaint that gets this cause.",
    )
    needs_delivery = fields.Boolean(
        string="Needs Delivered Goods",
        default=True,
        help="Only what was delivered can be complained about with this cause.",
    )
    portal_visible = fields.Boolean(string="Shown to Customers", default=True)
    company_id = fields.Many2one('res.company', index=True)

    @api.constrains('parent_id', 'child_ids')
    def _check_two_levels(self):
        for cause in self:
            if cause.parent_id.parent_id or (cause.parent_id and cause.child_ids):
                raise ValidationError(
                    self.env._(
                        "“%(cause)s” would stand on a third level. Causes have two: a family and its causes.",
                        cause=cause.name,
                    )
                )

    @api.depends('name', 'parent_id.name')
    @api.depends_context('lang')
    def _compute_display_name(self):
        names = self._get_full_names(self.env.lang or 'en_US')
        for cause in self:
            if full_name := names.get(cause.id):
                cause.display_name = full_name
            else:  # not saved yet
                family = cause.parent_id.name
                cause.display_name = f'{family} / {cause.name}' if family else cause.name

    # === BUSINESS METHODS === #

    @api.model
    @ormcache('lang')
    def _get_full_names(self, lang):
        """Names of all causes with their families: every board, list and form shows some of the same few dozen.

        :rtype: dict[int, str]
        """
        causes = self.with_context(active_test=False, lang=lang, prefetch_fields=False).sudo()
        causes = causes.search_fetch([('id', '!=', False)], ['name', 'parent_id'])
        return {
            cause.id: ' / '.join(filter(None, (cause.parent_id.name, cause.name)))
            for cause in causes
        }

    @api.model
    @ormcache()
    def _get_ids_needing_delivery(self):
        """Causes with which only delivered goods can be complained about.

        :rtype: frozenset[int]
        """
        causes = self.with_context(active_test=False).sudo()
        return frozenset(causes._search([('needs_delivery', '=', True)]))

    def _asks_for_delivery(self):
        """Tell whether the cause needs delivered goods, as the registry keeps it."""
        origin = self._origin
        return origin.id in self._get_ids_needing_delivery() if origin else self.needs_delivery

    def _picture_url(self):
        """Address of what the shopper sees: the shop's own picture, else the drawing, else a mark."""
        self.ensure_one()
        drawing = self._get_drawings().get(self._origin.id)
        if drawing is None and self.image:  # its own, or not saved yet
            return image_data_uri(self.image)
        return f'/ecrm/static/src/complaint/img/cause/{drawing or self.drawing or "service"}.svg'

    @api.model
    @ormcache()
    def _get_drawings(self):
        """Drawings of the causes that have no picture of the shop's own.

        :rtype: dict[int, str]
        """
        causes = self.with_context(active_test=False).sudo()
        causes = causes.search_fetch([('image', '=', False)], ['drawing'])
        return {cause.id: cause.drawing or 'service' for cause in causes}

    @api.model
    def _offered_to_customers(self, company):
        """Causes a shopper may choose, in order.

        :param company: res.company that sold
        :return: second-level causes
        """
        return self.search(
            [
                ('portal_visible', '=', True),
                ('parent_id', '!=', False),
                ('company_id', 'in', [False, company.id]),
            ]
        )
