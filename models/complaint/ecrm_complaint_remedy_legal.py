from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import format_date

# States of payment in which the customer's money is on its way or there
PAID = ('in_payment', 'paid', 'reversed')


class EcrmComplaintRemedy(models.Model):
    """The periods of the law: goods come back in time, money is paid back in time."""

    _inherit = 'ecrm.complaint.remedy'

    _REFUND_WARNING_DAYS = 3

    outside_window = fields.Boolean(
        string="After the Return Window",
        readonly=True,
        copy=False,
        help="An administrator approved the return although its last day had passed.",
    )
    refund_warned = fields.Boolean(readonly=True, copy=False)
    paid_back = fields.Boolean(
        compute='_compute_paid_back',
        help="The credit note is posted and paid.",
    )

    @api.depends('refund_id.payment_state', 'refund_id.state')
    def _compute_paid_back(self):
        for remedy in self:
            refund_sudo = remedy.sudo().refund_id
            remedy.paid_back = refund_sudo.state == 'posted' and refund_sudo.payment_state in PAID

    def action_approve(self):
        # EXTENDS the remedy: a return after its last day is an administrator's to grant
        late = self.filtered(
            lambda remedy: (
                remedy.kind == 'return'
                and remedy.state == 'requested'
                and remedy.complaint_id.return_over
            )
        )
        late._check_return_window()
        result = super().action_approve()
        for remedy in late.sudo():
            remedy.outside_window = True
            remedy.complaint_id._message_log(
                body=remedy.env._(
                    "The return was approved although its last day, %(day)s, had passed.",
                    day=format_date(remedy.env, remedy.complaint_id.return_until),
                ),
                author_id=self.env.user.partner_id.id,
            )
        return result

    def _check_return_window(self):
        """Refuse a return after its last day, unless an administrator grants it.

        :raises AccessError: naming the day
        """
        if self.env.su or self.env.user.has_group('ecrm.group_complaint_manager'):
            return
        for remedy in self:
            raise AccessError(
                self.env._(
                    "The goods could be sent back until %(day)s. Correct the day of the delivery if "
                    "they arrived later, or ask a complaint administrator to approve the return.",
                    day=format_date(self.env, remedy.complaint_id.return_until),
                )
            )

    @api.model
    def _cron_warn_refunds(self):
        """Tell the leader once of money that must soon be paid back and is not."""
        limit = fields.Date.context_today(self) + timedelta(days=self._REFUND_WARNING_DAYS)
        due = self.search(
            [
                ('kind', '=', 'refund'),
                ('state', '!=', 'refused'),
                ('due_date', '<=', limit),
                ('refund_warned', '=', False),
            ]
        ).filtered(lambda remedy: not remedy.paid_back)
        for remedy in due:
            complaint = remedy.complaint_id
            user = complaint.team_id.user_id or complaint.user_id
            if user:
                complaint.activity_schedule(
                    'mail.mail_activity_data_todo',
                    date_deadline=remedy.due_date,
                    user_id=user.id,
                    summary=complaint._for_reader(user).env._("The money must be paid back"),
                )
        due.refund_warned = True
