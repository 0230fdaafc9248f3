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

    ecrm_source_id = fields.Many2one(
        'ecrm.source', string="Forms of the Website", default=lambda self: self._default_source()
    )
    ecrm_source_calendar_id = fields.Many2one(
        related='ecrm_source_id.calendar_id', string="Opening Hours", readonly=False
    )
    ecrm_source_callback_minutes = fields.Integer(
        related='ecrm_source_id.callback_minutes', readonly=False
    )
    ecrm_source_team_id = fields.Many2one(related='ecrm_source_id.team_id', readonly=False)
    ecrm_source_user_id = fields.Many2one(
        related='ecrm_source_id.user_id', string="Answers the Forms", readonly=False
    )
    ecrm_source_fallback_user_id = fields.Many2one(
        related='ecrm_source_id.fallback_user_id', readonly=False
    )
    ecrm_source_confirm_mail = fields.Boolean(related='ecrm_source_id.confirm_mail', readonly=False)
    ecrm_source_confirm_sms = fields.Boolean(related='ecrm_source_id.confirm_sms', readonly=False)
    ecrm_source_rate_limit = fields.Integer(related='ecrm_source_id.rate_limit', readonly=False)
    ecrm_source_retention_days = fields.Integer(
        related='ecrm_source_id.retention_days', readonly=False
    )
    ecrm_source_silent_hours = fields.Integer(related='ecrm_source_id.silent_hours', readonly=False)
    ecrm_intake_review_days = fields.Integer(
        related='company_id.ecrm_intake_review_days', readonly=False
    )
    ecrm_intake_attempt_days = fields.Integer(
        related='company_id.ecrm_intake_attempt_days', readonly=False
    )
    ecrm_intake_visit_days = fields.Integer(
        related='company_id.ecrm_intake_visit_days', readonly=False
    )

    # === DEFAULTS === #

    def _default_source(self):
        website = self.env['website'].get_current_website()
        return self.env['ecrm.source']._get_site_source(website)
