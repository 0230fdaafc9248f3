from odoo import api, models

from ...tools.sheet import unguard_cell


class Base(models.AbstractModel):
    _inherit = 'base'

    @api.model
    def load(self, fields, data):
        # EXTENDS base: a list that was exported comes back as it was, `'+213…` as the phone +213…
        return super().load(fields, [[unguard_cell(cell) for cell in row] for row in data])
