from odoo import fields, models


class ResCompany(models.Model):
    _inherit = 'res.company'

    # === DIMENSION === #

    # === LOYALTY === #

    # === COMPLAINT === #

    ecrm_complaint_reopen_days = fields.Integer(
        string="Days to Reopen a Complaint",
        default=7,
        help="A customer who comes back within these days of the last closing opens the complaint "
        "again; later he gets a new one, linked to it.",
    )
    ecrm_complaint_silence_days = fields.Integer(
        string="Working Days of Silence",
        default=10,
        help="A complaint that waits for its customer this long is closed, after a reminder. "
        "0: never.",
    )
    ecrm_complaint_share_colleagues = fields.Boolean(
        string="Colleagues See Each Other's Complaints"
    )
    ecrm_complaint_agent_limit = fields.Monetary(
        string="Approval Limit of an Agent",
        default=10000.0,
        help="Once the remedies of one complaint are worth more than this together, a complaint "
        "administrator approves them.",
    )
    ecrm_complaint_program_id = fields.Many2one(
        comodel_name='loyalty.program',
        string="Voucher Program",
        help="Program whose vouchers make a complaint good. Empty: made with the first voucher.",
    )
    ecrm_complaint_voucher_days = fields.Integer(string="Days a Voucher Lasts", default=180)
    ecrm_complaint_return_days = fields.Integer(
        string="Return Window (working days)",
        default=4,
        help="Working days after the delivery in which the customer may send goods back by law.",
    )
    ecrm_complaint_refund_days = fields.Integer(
        string="Refund Due (days)",
        default=15,
        help="Days after the complaint in which money must be paid back by law.",
    )
    ecrm_complaint_hourly = fields.Integer(
        string="Complaints an Hour from One Address",
        default=5,
        help="Of the public form and of the orders' pages. 0: no limit.",
    )
    ecrm_complaint_daily = fields.Integer(
        string="Complaints a Day from One Mailbox",
        default=3,
        help="Of the public form and of the orders' pages. 0: no limit.",
    )
    ecrm_complaint_reply_hourly = fields.Integer(
        string="Replies an Hour to One Complaint",
        default=20,
        help="On the customer's page. 0: no limit.",
    )
    ecrm_complaint_retention_months = fields.Integer(
        string="Months a Customer Is Remembered",
        default=36,
        help="Resolved and closed complaints lose names, addresses, words and files after this time; "
        "their figures stay. 0: never.",
    )
    ecrm_complaint_cancelled_months = fields.Integer(
        string="Months after a Cancelled Complaint",
        default=12,
        help="Cancelled complaints lose names, addresses, words and files after this time. 0: never.",
    )
    ecrm_complaint_spam_days = fields.Integer(
        string="Days after Spam",
        default=30,
        help="Unwanted messages lose names, addresses, words and files after this time. 0: never.",
    )
    ecrm_complaint_ack_limit = fields.Integer(
        string="Acknowledgements to One Mailbox",
        default=10,
        help="Most confirmations of receipt that one address gets in the hours below.",
    )
    ecrm_complaint_ack_hours = fields.Integer(string="Hours of This Limit", default=3)
    ecrm_complaint_file_mb = fields.Integer(string="Largest File of a Customer (MB)", default=8)

    # === INTAKE === #

    ecrm_intake_review_days = fields.Integer(
        string="Days of Forms Nobody Answered",
        default=365,
        help="Forms that wait for a person, or could not be processed, are deleted after this time. "
        "0: never.",
    )
    ecrm_intake_attempt_days = fields.Integer(
        string="Days of Failed Attempts",
        default=90,
        help="Errors of attempts to process a form are deleted after this time. 0: never.",
    )
    ecrm_intake_visit_days = fields.Integer(
        string="Days of Visits",
        default=390,
        help="Pages and advertisements by which somebody came are forgotten after this time; the "
        "source of a lead stays. 0: never.",
    )
