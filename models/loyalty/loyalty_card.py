from odoo import fields, models


class LoyaltyCard(models.Model):
    _inherit = 'loyalty.card'

    ecrm_is_personal = fields.Boolean(
        "For This Customer Only", readonly=True, help="Refused on an order of anybody else."
    )
