from odoo import api, fields, models


class EcrmSizeTier(models.Model):
    """A rate that holds from an area on. Lower bounds only, so that no gap is possible."""

    _name = 'ecrm.size.tier'
    _description = "Tier of a size profile"
    _order = 'profile_id, start, id'

    profile_id = fields.Many2one('ecrm.size.profile', required=True, ondelete='cascade', index=True)
    start = fields.Float(string="From area", digits=(12, 4), required=True)
    rate = fields.Float(digits=(16, 4), required=True)

    _start_uniq = models.Constraint(
        'UNIQUE(profile_id, start)', "Two tiers start at the same area."
    )
    _positive = models.Constraint('CHECK(start >= 0 AND rate >= 0)', "Tiers cannot be negative.")

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        tiers = super().create(vals_list)
        tiers.profile_id._refresh_prices()
        return tiers

    def write(self, vals):
        res = super().write(vals)
        self.profile_id._refresh_prices()
        return res

    def unlink(self):
        profiles = self.profile_id
        res = super().unlink()
        profiles.exists()._refresh_prices()
        return res
