from odoo import fields, models


class SaleReport(models.Model):
    _inherit = 'sale.report'

    ecrm_area = fields.Float(string="m² sold", readonly=True)

    def _select_additional_fields(self):
        # EXTENDS sale
        return {**super()._select_additional_fields(), 'ecrm_area': 'SUM(l.ecrm_area)'}
