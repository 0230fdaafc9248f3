from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import split_every

from ...tools import transition


class EcrmComplaint(models.Model):
    """Who complained is forgotten in time; what went wrong is not."""

    _inherit = 'ecrm.complaint'

    anonymised_at = fields.Datetime(string="Anonymised", readonly=True, copy=False)
    order_date = fields.Date(
        compute='_compute_order_date',
        store=True,
        readonly=False,
        help="Kept when the customer is forgotten, for the rate by month of the order.",
    )

    @api.depends('order_id.date_order')
    def _compute_order_date(self):
        for complaint in self:
            if complaint.order_id:
                complaint.order_date = complaint.order_id.date_order
            else:
                complaint.order_date = complaint.order_date

    def action_anonymise(self):
        """Forget the customers of complaints that are over."""
        if not self.env.user.has_group('ecrm.group_complaint_manager'):
            raise AccessError(self.env._("Only a complaint administrator forgets customers."))
        self.check_access('write')
        if any(complaint.kind in transition.ACTIVE for complaint in self):
            raise UserError(self.env._("A complaint that is still handled cannot be anonymised."))
        self._anonymise()

    def _anonymise(self):
        """Remove names, addresses, words, files and links; keep product, cause, times and costs."""
        complaints = self.sudo().filtered(lambda complaint: not complaint.anonymised_at)
        lines = complaints.line_ids
        messages = (
            self.env['mail.message']
            .sudo()
            .search([('model', '=', self._name), ('res_id', 'in', complaints.ids)])
        )
        files = (
            self.env['ir.attachment']
            .sudo()
            .search([('res_model', '=', self._name), ('res_id', 'in', complaints.ids)])
        )
        (files | messages.attachment_ids).unlink()
        messages.unlink()
        complaints.activity_ids.unlink()
        complaints.message_follower_ids.unlink()
        self.env['rating.rating'].sudo().search(
            [('res_model', '=', self._name), ('res_id', 'in', complaints.ids)]
        ).write({'partner_id': False, 'feedback': False})
        complaints.remedy_ids._forget()
        for complaint in complaints:
            complaint.with_context(tracking_disable=True).write(
                {
                    'name': complaint.cause_id.name or self.env._("Complaint"),
                    'description': False,
                    'partner_id': False,
                    'partner_name': False,
                    'partner_phone': False,
                    'email_from': False,
                    'email_cc': False,
                    'order_typed': False,
                    'order_id': False,
                    'score_comment': False,
                    'access_token': False,
                    'anonymised_at': fields.Datetime.now(),
                }
            )
        lines.write({'sale_line_id': False, 'photo': False, 'note': False})

    @api.model
    def _cron_forget(self, batch_size=200):
        """Forget customers whose complaints ended longer ago than the company keeps them.

        The end is the closing, or the resolution of what nobody closes: ``closed_at`` bears either.
        """
        for company in self.env['res.company'].search([]):
            for kind, limit in self._retention_limits(company):
                old = self.with_context(active_test=False).search(
                    [
                        ('company_id', '=', company.id),
                        ('kind', '=', kind),
                        ('closed_at', '<', limit),
                        ('anonymised_at', '=', False),
                    ]
                )
                for ids in split_every(batch_size, old.ids):
                    self.browse(ids)._anonymise()
                    if not self.env['ir.cron']._commit_progress(len(ids)):
                        return

    @api.model
    def _retention_limits(self, company):
        """Moments before which complaints of a company that ended are forgotten.

        :param company: res.company
        :return: list of ``(kind, naive UTC datetime)``; kinds that are kept for ever are left out
        """
        now = fields.Datetime.now()
        months, cancelled = (
            company.ecrm_complaint_retention_months,
            company.ecrm_complaint_cancelled_months,
        )
        limits = []
        if months:
            limits += [(kind, now - relativedelta(months=months)) for kind in transition.DONE]
        if cancelled:
            limits.append((transition.CANCELLED, now - relativedelta(months=cancelled)))
        if company.ecrm_complaint_spam_days:
            spam = now - timedelta(days=company.ecrm_complaint_spam_days)
            limits.append((transition.SPAM, spam))
        return limits
