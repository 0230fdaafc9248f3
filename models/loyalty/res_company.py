import pytz

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.base.models.res_partner import _tz_get
from odoo.addons.ecrm.tools import rfm


class ResCompany(models.Model):
    _inherit = 'res.company'

    ecrm_loyalty_tz = fields.Selection(
        _tz_get,
        string="Time Zone of Sales",
        default=lambda self: self.env.user.tz or 'UTC',
        help="An order's day, and therefore its month and cohort, is taken in this time zone.",
    )
    ecrm_frequency_rule = fields.Selection(
        [('absolute', "By number of orders"), ('quintile', "By quintiles of the customers")],
        default='absolute',
        required=True,
    )
    ecrm_frequency_bounds = fields.Char(
        "Frequency Thresholds",
        default=', '.join(map(str, rfm.FREQUENCY_THRESHOLDS)),
        help="Orders from which the frequency score is 2, 3, 4 and 5.",
    )

    ecrm_order_model = fields.Selection(
        [('mbg', "MBG/NBD"), ('bg', "BG/NBD")],
        string="Order Model",
        default='mbg',
        required=True,
        help="MBG/NBD also lets customers leave after their first order.",
    )
    ecrm_horizon_days = fields.Integer("Prediction Horizon (days)", default=180)
    ecrm_margin = fields.Float(
        "Margin (%)", default=100, help="Share of net revenue that counts as value."
    )
    ecrm_discount_rate = fields.Float("Discount Rate (% a year)", default=10)
    ecrm_gate_customers = fields.Integer("Customers Needed", default=500)
    ecrm_gate_days = fields.Integer("Days of History Needed", default=180)
    ecrm_gate_recent_days = fields.Integer("Last Order Within (days)", default=30)
    ecrm_gate_orders = fields.Integer("Some Customer Has Orders", default=3)
    ecrm_churn_medium = fields.Float("Medium Churn Risk From", default=0.6)
    ecrm_churn_high = fields.Float("High Churn Risk From", default=0.85)

    ecrm_mail_cap = fields.Integer(
        "Mailings at Most", default=3, help="Per customer; 0 for no limit."
    )
    ecrm_mail_cap_days = fields.Integer("Within (days)", default=7)
    ecrm_feedback_enabled = fields.Boolean("Ask for Feedback")
    ecrm_feedback_days = fields.Integer("Days after Delivery", default=7)
    ecrm_feedback_reminder_days = fields.Integer(
        "Reminder after (days)", default=5, help="0 for no reminder."
    )
    ecrm_feedback_low = fields.Selection(
        [('call', "Schedule a call")],
        string="After a Low Score",
        default='call',
        required=True,
        help="What follows a score from 0 to 6.",
    )

    _ecrm_cap_range = models.Constraint(
        'CHECK (ecrm_mail_cap >= 0 AND ecrm_mail_cap_days BETWEEN 1 AND 365)',
        "The cap on mailings is a number of mailings within 1 to 365 days.",
    )
    _ecrm_feedback_range = models.Constraint(
        'CHECK (ecrm_feedback_days BETWEEN 0 AND 60 AND ecrm_feedback_reminder_days BETWEEN 0 AND 60)',
        "Feedback is asked for, and reminded, within 60 days.",
    )
    _ecrm_horizon_range = models.Constraint(
        'CHECK (ecrm_horizon_days BETWEEN 7 AND 1095)',
        "The prediction horizon is between 7 and 1095 days.",
    )
    _ecrm_value_range = models.Constraint(
        'CHECK (ecrm_margin BETWEEN 0 AND 100 AND ecrm_discount_rate BETWEEN 0 AND 100)',
        "Margin and discount rate are between 0 and 100 %.",
    )
    _ecrm_churn_range = models.Constraint(
        'CHECK (0 < ecrm_churn_medium AND ecrm_churn_medium < ecrm_churn_high'
        ' AND ecrm_churn_high < 1)',
        "Churn risk bands grow between 0 and 1: medium below high.",
    )
    _ecrm_gate_range = models.Constraint(
        'CHECK (ecrm_gate_customers >= 30 AND ecrm_gate_days >= 30'
        ' AND ecrm_gate_recent_days >= 1 AND ecrm_gate_orders >= 2)',
        "Predictions need at least 30 customers, 30 days of orders and repeat orders.",
    )

    # === CONSTRAINT METHODS === #

    @api.constrains('ecrm_frequency_bounds')
    def _check_ecrm_frequency_bounds(self):
        for company in self:
            if not company._ecrm_frequency_bounds():
                raise ValidationError(
                    self.env._(
                        "Frequency thresholds are four growing numbers of orders such as 2, 3, 4, 6; "
                        "“%(text)s” is not.",
                        text=company.ecrm_frequency_bounds or '',
                    )
                )

    # === BUSINESS METHODS === #

    def _ecrm_today(self):
        """Today's date in the company's time zone of sales."""
        self.ensure_one()
        now = pytz.utc.localize(fields.Datetime.now())
        return now.astimezone(pytz.timezone(self.ecrm_loyalty_tz or 'UTC')).date()

    def _ecrm_churn_domain(self, bands):
        """Condition on the chance of an order that puts a predicted customer in one of ``bands``."""
        self.ensure_one()
        high, medium = 1 - self.ecrm_churn_high, 1 - self.ecrm_churn_medium
        by_band = {
            'high': fields.Domain('p_order', '<=', high),
            'medium': fields.Domain('p_order', '>', high) & fields.Domain('p_order', '<=', medium),
            'low': fields.Domain('p_order', '>', medium),
        }
        return fields.Domain.OR(by_band[band] for band in bands if band in by_band)

    def _ecrm_frequency_bounds(self):
        """The four absolute bounds of the frequency score, as floats."""
        self.ensure_one()
        return rfm.parse_bounds(self.ecrm_frequency_bounds)
