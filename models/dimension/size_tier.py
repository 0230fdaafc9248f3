from odoo import fields, models


class EcrmSizeTier(models.Model):
    """A rate that holds from an area on. Lower bounds only, so that no gap is possible."""

    _name = 'ecrm.size.tier'
    _inherit = 'ecrm.size.part.mixin'
    _description = "Tier of a size profile"
    _order = 'profile_id, start, id'

    start = fields.Float(string="From area", digits=(12, 4), required=True)
    rate = fields.Float(digits=(16, 4), required=True)

    _start_uniq = models.Constraint(
        'UNIQUE(profile_id, start)', "Two tiers start at the same area."
    )
    _positive = models.Constraint('CHECK(start >= 0 AND rate >= 0)', "Tiers cannot be negative.")
