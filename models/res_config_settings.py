from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = 'res.config.settings'

    # === DIMENSION === #

    # === LOYALTY === #

    # === COMPLAINT === #

    ecrm_complaint_reopen_days = fields.Integer(
        related='company_id.ecrm_complaint_reopen_days', readonly=False
    )
    ecrm_complaint_silence_days = fields.Integer(
        related='company_id.ecrm_complaint_silence_days', readonly=False
    )
    ecrm_complaint_share_colleagues = fields.Boolean(
        related='company_id.ecrm_complaint_share_colleagues', readonly=False
    )
    ecrm_complaint_agent_limit = fields.Monetary(
        related='company_id.ecrm_complaint_agent_limit',
        readonly=False,
        currency_field='currency_id',
    )
    ecrm_complaint_program_id = fields.Many2one(
        related='company_id.ecrm_complaint_program_id', readonly=False
    )
    ecrm_complaint_voucher_days = fields.Integer(
        related='company_id.ecrm_complaint_voucher_days', readonly=False
    )
    ecrm_complaint_return_days = fields.Integer(
        related='company_id.ecrm_complaint_return_days', readonly=False
    )
    ecrm_complaint_refund_days = fields.Integer(
        related='company_id.ecrm_complaint_refund_days', readonly=False
    )
    ecrm_complaint_hourly = fields.Integer(
        related='company_id.ecrm_complaint_hourly', readonly=False
    )
    ecrm_complaint_daily = fields.Integer(related='company_id.ecrm_complaint_daily', readonly=False)
    ecrm_complaint_reply_hourly = fields.Integer(
        related='company_id.ecrm_complaint_reply_hourly', readonly=False
    )
    ecrm_complaint_retention_months = fields.Integer(
        related='company_id.ecrm_complaint_retention_months', readonly=False
    )
    ecrm_complaint_cancelled_months = fields.Integer(
        related='company_id.ecrm_complaint_cancelled_months', readonly=False
    )
    ecrm_complaint_spam_days = fields.Integer(
        related='company_id.ecrm_complaint_spam_days', readonly=False
    )
    ecrm_complaint_ack_limit = fields.Integer(
        related='company_id.ecrm_complaint_ack_limit', readonly=False
    )
    ecrm_complaint_ack_hours = fields.Integer(
        related='company_id.ecrm_complaint_ack_hours', readonly=False
    )
    ecrm_complaint_file_mb = fields.Integer(
        related='company_id.ecrm_complaint_file_mb', readonly=False
    )

    # === INTAKE === #
