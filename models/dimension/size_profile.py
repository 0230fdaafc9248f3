from odoo import api, fields, models
from odoo.exceptions import ValidationError

#: Units a shop may show sizes in
SIZE_UNITS = [('cm', "Centimetres"), ('mm', "Millimetres"), ('m', "Metres"), ('in', "Inches")]


class EcrmSizeProfile(models.Model):
    """How a family of products is sized and priced; shared by many products."""

    _name = 'ecrm.size.profile'
    _description = "Size profile"
    _order = 'sequence, name, id'

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    revision = fields.Integer(
        default=1, copy=False, readonly=True, help="Grows with every change of price or bounds."
    )
    company_id = fields.Many2one('res.company', default=lambda self: self.env.company, index=True)
    currency_id = fields.Many2one(
        'res.currency',
        required=True,
        default=lambda self: self.env.company.currency_id,
    )
    note = fields.Text(translate=True, help="Shown to the shopper under the size fields.")

    # Sizes
    unit = fields.Selection(
        SIZE_UNITS, required=True, default='cm', help="Unit of every length on this page."
    )
    allow_custom = fields.Boolean(string="Custom sizes", default=True)
    orientation_free = fields.Boolean(
        string="May be turned",
        help="40 x 50 and 50 x 40 are the same article: one cart line, one set of bounds.",
    )
    min_width = fields.Float(digits=(8, 2))
    max_width = fields.Float(digits=(8, 2))
    min_height = fields.Float(digits=(8, 2))
    max_height = fields.Float(digits=(8, 2))
    step = fields.Float(
        digits=(8, 2), help="Sizes are multiples of this. Empty: to the millimetre's tenth."
    )
    max_panels = fields.Integer(string="Most panels", default=1, required=True)
    min_area = fields.Float(string="Smallest area", digits=(8, 4))
    max_area = fields.Float(string="Largest area", digits=(8, 4))
    max_perimeter = fields.Float(string="Longest outline", digits=(8, 2))
    max_ratio = fields.Float(string="Longest side ratio", digits=(8, 2))
    roll_width = fields.Float(
        string="Widest roll", digits=(8, 2), help="The shorter side, wrap included, must fit."
    )
    quote_over = fields.Boolean(
        string="Quote when too large", help="Offer a quote request instead of refusing."
    )

    # Billed size
    wrap = fields.Float(
        digits=(8, 2), help="Added on both ends of every side before pricing and cutting."
    )
    side_mode = fields.Selection(
        [('none', "As typed"), ('nearest', "To the nearest"), ('up', "Up to the next")],
        default='none',
        required=True,
    )
    side_step = fields.Float(digits=(8, 2))
    waste = fields.Float(string="Waste (%)", digits=(5, 2))
    min_area_panel = fields.Float(string="Least billed area of a panel", digits=(8, 4))
    min_area_set = fields.Float(string="Least billed area of a set", digits=(8, 4))
    area_step = fields.Float(string="Area rounded up to", digits=(8, 4))

    # Price
    price_model = fields.Selection(
        [
            ('area', "Rate by area"),
            ('perimeter', "Rate by outline"),
            ('united', "Rate by width plus height"),
            ('area_perimeter', "Rate by area and outline"),
            ('tiers', "Tiers of area"),
            ('grid', "Price table"),
            ('fixed', "One price"),
        ],
        required=True,
        default='area',
    )
    rate_unit = fields.Selection(
        [('m', "m and m²"), ('cm', "cm and cm²"), ('ft', "ft and ft²"), ('in', "in and in²")],
        required=True,
        default='m',
        string="Rates are for one",
    )
    fixed_price = fields.Monetary()
    area_rate = fields.Float(digits=(16, 4))
    length_rate = fields.Float(digits=(16, 4))
    tier_ids = fields.One2many('ecrm.size.tier', 'profile_id', copy=True)
    tier_slab = fields.Boolean(string="Each tier prices its own slice")
    grid = fields.Json(
        help='{"widths": [...], "heights": [...], "rows": [[...], ...]} in the unit and the currency.'
    )
    grid_lookup = fields.Selection(
        [
            ('up', "That of the next larger size"),
            ('down', "That of the next smaller size"),
            ('nearest', "That of the nearest size"),
            ('interpolate', "In proportion to its neighbours"),
        ],
        string="Price of a size between two",
        required=True,
        default='up',
        help="What a size costs that has no price of its own in the table.",
    )
    grid_symmetric = fields.Boolean(string="Turned sizes cost the same")
    panel_fee = fields.Monetary()
    setup_fee = fields.Monetary()
    setup_product_id = fields.Many2one(
        'product.product',
        string="Set-up once an order",
        ondelete='restrict',
        check_company=True,
        domain=[('type', '=', 'service'), ('ecrm_size_profile_id', '=', False)],
        help="A service that stands once on every order with a size of this profile, on a line of its own.",
    )
    oversize_from = fields.Float(digits=(8, 2))
    oversize_percent = fields.Float(digits=(5, 2))
    minimum_price = fields.Monetary()
    price_step = fields.Float(string="Prices are multiples of", digits=(16, 2))
    price_mode = fields.Selection(
        [('nearest', "To the nearest"), ('up', "Up to the next")], default='nearest', required=True
    )
    price_ending = fields.Float(
        digits=(16, 2), help="Added to the multiple: step 1 and ending 0.99 give 12.99."
    )

    preset_ids = fields.One2many('ecrm.size.preset', 'profile_id', copy=True)
    product_ids = fields.One2many('product.template', 'ecrm_size_profile_id', string="Products")
    product_count = fields.Integer(compute='_compute_product_count')
    from_price = fields.Monetary(compute='_compute_from_price', help="The cheapest of the presets.")
    price_warning = fields.Char(compute='_compute_price_warning')

    # What scales with the size
    cost_per_area = fields.Boolean(
        string="Costs are per m²", help="The cost of the products is that of one m²."
    )
    weight_per_area = fields.Boolean(
        string="Weights are per m²", help="The weight of the products is that of one m²."
    )
    grid_table = fields.Html(compute='_compute_grid_table', sanitize=False)
    price_chart = fields.Html(compute='_compute_price_chart', sanitize=False)

    # Try-out
    try_size = fields.Char(string="Try a size", store=False)
    try_result = fields.Html(compute='_compute_try_result', sanitize=False)

    _max_panels_positive = models.Constraint(
        'CHECK(max_panels BETWEEN 1 AND 20)', "Panels go from 1 to 20."
    )
    _amounts_positive = models.Constraint(
        'CHECK(least(fixed_price, area_rate, length_rate, panel_fee, setup_fee, oversize_percent, minimum_price,'
        ' price_step, price_ending, waste, wrap, side_step, min_area, max_area, min_area_panel, min_area_set,'
        ' area_step, max_perimeter, max_ratio, roll_width, min_width, max_width, min_height, max_height, step,'
        ' oversize_from) >= 0)',
        "Prices, rates and bounds cannot be negative.",
    )

    # === COMPUTE METHODS === #

    @api.depends('product_ids')
    def _compute_product_count(self):
        counts = dict(
            self.env['product.template']._read_group(
                [('ecrm_size_profile_id', 'in', self.ids)], ['ecrm_size_profile_id'], ['__count']
            )
        )
        for profile in self:
            profile.product_count = counts.get(profile._origin, 0)

    @api.depends('grid', 'unit')
    def _compute_grid_table(self):
        for profile in self:
            profile.grid_table = profile._render_grid() if profile.grid else False

    # === CONSTRAINTS === #

    @api.constrains('min_width', 'max_width', 'min_height', 'max_height', 'min_area', 'max_area')
    def _check_bounds(self):
        for profile in self:
            for low, high in (
                (profile.min_width, profile.max_width),
                (profile.min_height, profile.max_height),
                (profile.min_area, profile.max_area),
            ):
                if high and low > high:
                    raise ValidationError(
                        self.env._(
                            "In the size profile %(name)s, the smallest value %(low)s is above the largest, %(high)s.",
                            name=profile.name, low=low, high=high,
                        )
                    )  # fmt: skip

    @api.constrains('setup_product_id')
    def _check_setup_product(self):
        for profile in self:
            if profile.setup_product_id.ecrm_size_profile_id:
                raise ValidationError(
                    self.env._(
                        "The set-up of an order is a service that is not sold by size itself."
                    )
                )

    @api.constrains('grid', 'price_model')
    def _check_grid(self):
        for profile in self:
            if profile.price_model == 'grid' and not profile.grid:
                raise ValidationError(
                    self.env._("A price table needs its widths, heights and prices.")
                )
            if profile.grid:
                profile._read_grid()

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        profiles = super().create(vals_list)
        profiles._refresh_prices()
        return profiles

    def write(self, vals):
        res = super().write(vals)
        if 'note' in vals:
            self.env.registry.clear_cache()
        # Not on display: a new name or place in the list changes no price
        if vals.keys() - {
            'name',
            'sequence',
            'note',
            'active',
            'product_ids',
            'revision',
            'try_size',
        }:
            self._refresh_prices()
        return res

    def copy_data(self, default=None):
        return [
            dict(vals, name=self.env._("%s (copy)", profile.name))
            for profile, vals in zip(self, super().copy_data(default), strict=True)
        ]

    # === ACTIONS === #

    def action_view_products(self):
        """Open the products of this profile."""
        self.ensure_one()
        action = self.env['ir.actions.act_window']._for_xml_id('sale.product_template_action')
        action['domain'] = [('ecrm_size_profile_id', '=', self.id)]
        action['context'] = {'default_ecrm_size_profile_id': self.id}
        return action

    def action_export_grid_csv(self):
        """Download the price table as CSV."""
        return self._export_grid('csv')

    def action_export_grid_xlsx(self):
        """Download the price table as an Excel file."""
        return self._export_grid('xlsx')

    # === BUSINESS METHODS === #

    def _export_grid(self, kind):
        self.ensure_one()
        url = f'/ecrm/size_profile/{self.id}/grid.{kind}'
        return {'type': 'ir.actions.act_url', 'url': url, 'target': 'download'}

    def _refresh_prices(self):
        """Forget what was cached and bring the list price of the products to the "from" price.

        The shop sorts and filters on the stored list price.
        """
        self.env.registry.clear_cache()
        for profile in self:
            profile.with_context(ecrm_skip_refresh=True).revision += 1
        self.product_ids._sync_ecrm_list_price()
