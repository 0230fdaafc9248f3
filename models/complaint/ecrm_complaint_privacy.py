import re
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL, email_normalize, html2plaintext, split_every

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
            if complaint.order_id and complaint._shows_order():
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
        ).write({'partner_id': False, 'feedback': False, 'res_name': False})
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
    def _of_person(self, emails, phones, partners):
        """Complaints of a person, by his cards and by what he wrote from.

        :param emails: normalised addresses
        :param phones: numbers in E.164; a complaint bears them as they were typed
        :param partners: res.partner
        :return: recordset as the environment reads it
        """
        domain = Domain('partner_id', 'in', partners.ids) | Domain('email_normalized', 'in', emails)
        found = self.search(domain)
        tails = [re.escape(phone[-9:]) for phone in phones]
        if tails:
            self.flush_model(['partner_phone'])
            rows = self.env.execute_query(
                SQL(
                    "SELECT id FROM ecrm_complaint "
                    "WHERE regexp_replace(partner_phone, '[^0-9]', '', 'g') ~ %s",
                    f'({"|".join(tails)})$',
                )
            )
            found |= self.browse(row[0] for row in rows)
        return found

    def _export_for_person(self, cards):
        """What a customer may take along of his complaints: what he reads on their pages, his part of it.

        :param cards: res.partner that are his
        :return: list of dict; ``files`` are ir.attachment for the caller to encode
        """
        statuses = {each.id: each._customer_status() for each in self}
        wishes = dict(self._fields['wish']._description_selection(self.env))
        return [{
            'reference': each.reference, 'date': fields.Datetime.to_string(each.received_at),
            'status': statuses[each.id], 'subject': each.name, 'text': each.description or '',
            'wish': wishes.get(each.wish, ''), 'name': each.partner_name or '',
            'email': each.email_from or '', 'phone': each.partner_phone or '',
            'score': each.score, 'remark': each.score_comment or '',
            'lines': [
                {'article': line.product_id.display_name, 'size': line.size_label or '', 'quantity': line.quantity}
                for line in each.line_ids
            ],
            'messages': [{
                'date': fields.Datetime.to_string(message.date),
                'by': 'customer' if mine else 'shop',
                'text': html2plaintext(message.body or '', include_references=False).strip(),
                'files': message.attachment_ids,
            } for message, mine in each._own_messages(cards)],
        } for each in self]  # fmt: skip

    def _own_messages(self, cards):
        """Public messages of a customer and of ours to him, with whether each is his; nobody else's."""
        self.ensure_one()
        own = {self.email_normalized, *cards.mapped('email_normalized')} - {False}
        result = []
        for message in self._customer_messages():
            mine = message.author_id in cards or (
                not message.author_id and email_normalize(message.email_from or '') in own
            )
            ours = message.message_type in ('auto_comment', 'email_outgoing')
            if mine or ours or self._is_staff(message.author_id):
                result.append((message, mine))
        return result

    def _is_handled(self):
        """Tell whether somebody still works on the complaint, so that it needs its customer."""
        self.ensure_one()
        return self.kind in transition.ACTIVE

    @api.model
    def _cron_forget(self, batch_size=200):
        """Forget customers whose complaints ended longer ago than the company keeps them.

        The end is the closing, or the resolution of what nobody closes: ``closed_at`` bears either.
        """
        for company in self.env['res.company'].search(Domain.TRUE):
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
