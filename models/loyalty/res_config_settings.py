from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = 'res.config.settings'

    ecrm_loyalty_tz = fields.Selection(related='company_id.ecrm_loyalty_tz', readonly=False)
    ecrm_frequency_rule = fields.Selection(related='company_id.ecrm_frequency_rule', readonly=False)
    ecrm_frequency_bounds = fields.Char(related='company_id.ecrm_frequency_bounds', readonly=False)
    ecrm_order_model = fields.Selection(related='company_id.ecrm_order_model', readonly=False)
    ecrm_horizon_days = fields.Integer(related='company_id.ecrm_horizon_days', readonly=False)
    ecrm_margin = fields.Float(related='company_id.ecrm_margin', readonly=False)
    ecrm_discount_rate = fields.Float(related='company_id.ecrm_discount_rate', readonly=False)
    ecrm_gate_customers = fields.Integer(related='company_id.ecrm_gate_customers', readonly=False)
    ecrm_gate_days = fields.Integer(related='company_id.ecrm_gate_days', readonly=False)
    ecrm_gate_recent_days = fields.Integer(
        related='company_id.ecrm_gate_recent_days', readonly=False
    )
    ecrm_gate_orders = fields.Integer(related='company_id.ecrm_gate_orders', readonly=False)
    ecrm_churn_medium = fields.Float(related='company_id.ecrm_churn_medium', readonly=False)
    ecrm_churn_high = fields.Float(related='company_id.ecrm_churn_high', readonly=False)
    ecrm_mail_cap = fields.Integer(related='company_id.ecrm_mail_cap', readonly=False)
    ecrm_mail_cap_days = fields.Integer(related='company_id.ecrm_mail_cap_days', readonly=False)
    ecrm_feedback_enabled = fields.Boolean(
        related='company_id.ecrm_feedback_enabled', readonly=False
    )
    ecrm_feedback_days = fields.Integer(related='company_id.ecrm_feedback_days', readonly=False)
    ecrm_feedback_reminder_days = fields.Integer(
        related='company_id.ecrm_feedback_reminder_days', readonly=False
    )
    ecrm_feedback_low = fields.Selection(related='company_id.ecrm_feedback_low', readonly=False)
