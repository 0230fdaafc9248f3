from odoo import api, fields, models
from odoo.exceptions import ValidationError

# Least and most that a setting may say
BOUNDS = {
    'ecrm_complaint_reopen_days': (0, 365),
    'ecrm_complaint_silence_days': (0, 365),
    'ecrm_complaint_voucher_days': (1, 3650),
    'ecrm_complaint_return_days': (0, 365),
    'ecrm_complaint_refund_days': (0, 365),
    'ecrm_complaint_hourly': (0, 1000),
    'ecrm_complaint_daily': (0, 1000),
    'ecrm_complaint_reply_hourly': (0, 1000),
    'ecrm_complaint_retention_months': (0, 240),
    'ecrm_complaint_cancelled_months': (0, 240),
    'ecrm_complaint_spam_days': (0, 365),
    'ecrm_complaint_ack_limit': (1, 100),
    'ecrm_complaint_ack_hours': (1, 168),
    'ecrm_complaint_file_mb': (1, 100),
}


class ResCompany(models.Model):
    _inherit = 'res.company'

    ecrm_feedback_low = fields.Selection(
        selection_add=[('complaint', "Open a complaint, or a call without a comment")],
        ondelete={'complaint': 'set default'},
    )

    @api.constrains(*BOUNDS)
    def _check_ecrm_complaint_bounds(self):
        for company in self:
            for name, (least, most) in BOUNDS.items():
                if least <= company[name] <= most:
                    continue
                raise ValidationError(
                    self.env._(
                        "“%(setting)s” takes a number from %(least)s to %(most)s, not %(value)s.",
                        setting=self._fields[name]._description_string(self.env),
                        least=least,
                        most=most,
                        value=company[name],
                    )
                )
