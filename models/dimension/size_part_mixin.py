from odoo import api, fields, models


class EcrmSizePartMixin(models.AbstractModel):
    """A part of a size profile: whatever happens to it changes the prices of the profile's products."""

    _name = 'ecrm.size.part.mixin'
    _description = "Part of a size profile"

    profile_id = fields.Many2one('ecrm.size.profile', required=True, ondelete='cascade', index=True)

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        parts = super().create(vals_list)
        parts.profile_id._refresh_prices()
        return parts

    def write(self, vals):
        # A part that moves leaves a profile behind
        profiles = self.profile_id
        res = super().write(vals)
        (profiles | self.profile_id)._refresh_prices()
        return res

    def unlink(self):
        profiles = self.profile_id
        res = super().unlink()
        profiles.exists()._refresh_prices()
        return res
