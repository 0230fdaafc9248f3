from odoo import api, fields, models
from odoo.tools import format_date


class EcrmCustomerFit(models.Model):
    """The page that explains the figures shows the thresholds of scores beside the model."""

    _inherit = 'ecrm.customer.fit'

    threshold_id = fields.Many2one(
        'ecrm.customer.threshold',
        string="Thresholds of That Day",
        compute='_compute_threshold_id',
    )
    threshold_table = fields.Html(compute='_compute_threshold_table', sanitize=False)

    # === COMPUTE METHODS === #

    @api.depends('date')
    @api.depends_context('lang')
    def _compute_display_name(self):
        for fit in self:
            fit.display_name = format_date(self.env, fit.date)

    @api.depends('company_id', 'date')
    def _compute_threshold_id(self):
        thresholds = self.env['ecrm.customer.threshold'].search(
            [('company_id', 'in', self.company_id.ids)]
        )
        for fit in self:
            fit.threshold_id = thresholds.filtered(
                lambda row, fit=fit: row.company_id == fit.company_id and row.date <= fit.date
            )[:1]

    @api.depends('threshold_id')
    @api.depends_context('lang')
    def _compute_threshold_table(self):
        for fit in self:
            fit.threshold_table = fit.threshold_id and fit.threshold_id._render_table()
