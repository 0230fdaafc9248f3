from odoo import api, fields, models


class EcrmSizePreset(models.Model):
    """A size offered as a tile, with or without a price of its own."""

    _name = 'ecrm.size.preset'
    _inherit = 'ecrm.size.input.mixin'
    _description = "Preset size"
    _order = 'profile_id, sequence, id'
    _rec_name = 'ecrm_size_label'

    profile_id = fields.Many2one('ecrm.size.profile', required=True, ondelete='cascade', index=True)
    sequence = fields.Integer(default=10)
    label = fields.Char(
        translate=True, help="Said beside the size on its tile, for example: Best seller."
    )
    price = fields.Monetary(help="Price of the whole set. Empty: priced by the profile's rules.")
    currency_id = fields.Many2one(related='profile_id.currency_id')
    is_default = fields.Boolean(string="Chosen first")
    computed_price = fields.Monetary(string="Sold at", compute='_compute_computed_price')

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

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        presets = super().create(vals_list)
        presets.profile_id._refresh_prices()
        return presets

    def write(self, vals):
        res = super().write(vals)
        self.profile_id._refresh_prices()
        return res

    def unlink(self):
        profiles = self.profile_id
        res = super().unlink()
        profiles.exists()._refresh_prices()
        return res

    def _update_field_translations(self, *args, **kwargs):
        # EXTENDS base: the label stands in what the pages keep of the profile
        res = super()._update_field_translations(*args, **kwargs)
        self.env.registry.clear_cache()
        return res

    # === BUSINESS METHODS === #

    def _get_ecrm_size_unit(self):
        # EXTENDS ecrm
        return self.profile_id.unit or 'cm'
