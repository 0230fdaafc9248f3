from markupsafe import Markup

from odoo import api, fields, models

from ...tools.drawing import draw_tile, place_panels


class EcrmSizePreset(models.Model):
    """A size offered as a tile, with or without a price of its own."""

    _name = 'ecrm.size.preset'
    _inherit = ['ecrm.size.part.mixin', 'ecrm.size.input.mixin']
    _description = "Preset size"
    _order = 'profile_id, sequence, id'
    _rec_name = 'ecrm_size_label'

    sequence = fields.Integer(default=10)
    label = fields.Char(
        translate=True, help="Said beside the size on its tile, for example: Best seller."
    )
    price = fields.Monetary(help="Price of the whole set. Empty: priced by the profile's rules.")
    currency_id = fields.Many2one(related='profile_id.currency_id')
    is_default = fields.Boolean(string="Chosen first")
    computed_price = fields.Monetary(string="Sold at", compute='_compute_computed_price')
    drawing = fields.Html(compute='_compute_drawing', sanitize=False)

    _size_uniq = models.UniqueIndex(
        "(profile_id, ecrm_width_mm, ecrm_height_mm, ecrm_panels, COALESCE(ecrm_layout, ''))",
        "This size stands twice among the presets.",
    )
    _size_given = models.Constraint(
        'CHECK(ecrm_width_mm > 0 AND ecrm_height_mm > 0)', "A preset needs a width and a height."
    )
    _price_positive = models.Constraint(
        'CHECK(price >= 0)', "The price of a preset cannot be negative."
    )

    # === COMPUTE METHODS === #

    @api.depends('price', 'ecrm_width_mm', 'ecrm_height_mm', 'ecrm_panels', 'profile_id.revision')
    def _compute_computed_price(self):
        for profile, presets in self.grouped('profile_id').items():
            prices = profile._get_preset_prices() if profile else {}
            for preset in presets:
                preset.computed_price = preset.price or float(prices.get(preset._origin, 0))

    @api.depends('ecrm_width_mm', 'ecrm_height_mm', 'ecrm_panels', 'ecrm_layout', 'profile_id')
    def _compute_drawing(self):
        """The panels as on the tiles of the shop, all of a profile at one scale."""
        for presets in self.grouped('profile_id').values():
            sizes = {preset: preset._get_ecrm_size() for preset in presets}
            placed = [place_panels(size) for size in sizes.values() if size]
            largest = [
                max(sides, default=0) for sides in ([p[0] for p in placed], [p[1] for p in placed])
            ]
            for preset, size in sizes.items():
                preset.drawing = size and Markup(draw_tile(size, largest=largest))

    # === CRUD METHODS === #

    def _update_field_translations(self, *args, **kwargs):
        # EXTENDS base: the label stands in what the pages keep of the profile
        res = super()._update_field_translations(*args, **kwargs)
        self.env.registry.clear_cache()
        return res

    # === BUSINESS METHODS === #

    def _get_ecrm_size_unit(self):
        # EXTENDS ecrm
        return self.profile_id.unit or 'cm'
