from odoo import models

from .stock_move import SIZE_FIELDS


class StockRule(models.Model):
    _inherit = 'stock.rule'

    def _get_custom_move_fields(self):
        # EXTENDS stock
        return super()._get_custom_move_fields() + SIZE_FIELDS
