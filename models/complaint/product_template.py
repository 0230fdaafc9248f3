from dateutil.relativedelta import relativedelta

from odoo import fields, models


class ProductTemplate(models.Model):
    _inherit = 'product.template'

    ecrm_complaint_rate = fields.Float(
        string="Founded Complaints per 100",
        compute='_compute_ecrm_complaint_rate',
        groups='ecrm.group_complaint_agent,ecrm.group_marketing',
        help="Of the deliveries of the last twelve months.",
    )

    def _compute_ecrm_complaint_rate(self):
        since = fields.Date.today() - relativedelta(months=12)
        rates = dict(
            self.env['ecrm.complaint.report']._read_group(
                [('product_tmpl_id', 'in', self.ids), ('date', '>=', since)],
                ['product_tmpl_id'],
                ['rate:avg'],
            )
        )
        for template in self:
            template.ecrm_complaint_rate = rates.get(template._origin) or 0.0

    def action_ecrm_complaint_report(self):
        """Open the analysis of the model's complaints."""
        self.ensure_one()
        action = self.env['ir.actions.act_window']._for_xml_id('ecrm.action_ecrm_complaint_report')
        action['domain'] = [('product_tmpl_id', '=', self.id)]
        return action
