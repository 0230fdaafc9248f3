from odoo import api, fields, models


class EcrmCustomerFitLine(models.Model):
    """Purchases predicted a horizon ago against those that came, by number of repeat purchases."""

    _name = 'ecrm.customer.fit.line'
    _description = "Calibration of the Prediction Model"
    _order = 'fit_id, repeats'
    _rec_name = 'label'

    fit_id = fields.Many2one(
        'ecrm.customer.fit', required=True, readonly=True, ondelete='cascade', index=True
    )
    company_id = fields.Many2one(related='fit_id.company_id', store=True)
    repeats = fields.Integer("Repeat Purchases Before", readonly=True)
    label = fields.Char("Repeat Purchases", compute='_compute_label')
    customer_count = fields.Integer("Customers", readonly=True)
    predicted = fields.Float("Predicted Purchases", digits=(16, 1), readonly=True)
    actual = fields.Float("Actual Purchases", digits=(16, 1), readonly=True)

    @api.depends('repeats')
    def _compute_label(self):
        for line in self:
            line.label = str(line.repeats)
