from collections import Counter
from datetime import timedelta

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import format_date
from odoo.tools.misc import formatLang

from ...tools import transition
from ...tools.phone import normalise


class ResPartner(models.Model):
    _inherit = 'res.partner'

    ecrm_complaint_count = fields.Integer(
        string="Complaints",
        compute='_compute_ecrm_complaint_count',
        groups='ecrm.group_complaint_agent',
    )

    def _compute_ecrm_complaint_count(self):
        # One query for the whole list: a contact counts his own, a company those of its contacts
        counts = Counter()
        domain = Domain('partner_id', 'in', self.ids) | Domain(
            'commercial_partner_id', 'in', self.ids
        )
        for partner, company, count in self.env['ecrm.complaint']._read_group(
            domain, ['partner_id', 'commercial_partner_id'], ['__count']
        ):
            for partner_id in {partner.id, company.id}:
                counts[partner_id] += count
        for partner in self:
            partner.ecrm_complaint_count = counts[partner._origin.id]

    def action_ecrm_view_complaints(self):
        """Open the complaints of the customer and his contacts."""
        self.ensure_one()
        action = self.env['ir.actions.act_window']._for_xml_id('ecrm.action_ecrm_complaint')
        action['domain'] = [('partner_id', 'child_of', self.id)]
        action['context'] = {'default_partner_id': self.id}
        return action

    # === BUSINESS METHODS === #

    def _ecrm_reached_by(self):
        """Addresses and telephone numbers of a person, each in its one normal form.

        :return: set of text
        """
        self.ensure_one()
        return {self.email_normalized, normalise(self.phone or '').e164} - {False, None, ''}

    def _ecrm_voice_sentences(self):
        # EXTENDS the loyalty room: counts only, whoever may read the card; the words stay with agents
        sentences = super()._ecrm_voice_sentences()
        counted = [
            ('commercial_partner_id', 'in', self._ecrm_all_cards()),
            ('company_id', '=', self.env.company.id),
            ('kind', 'not in', (transition.SPAM, transition.CANCELLED)),
        ]
        complaints_sudo = self.env['ecrm.complaint'].sudo()
        kinds = dict(complaints_sudo._read_group(counted, ['kind'], ['__count']))
        if not kinds:
            return sentences
        count, orders = sum(kinds.values()), self.ecrm_order_count
        sentences.append(
            self.env._(
                "Complaints: %(count)s, of which open: %(open)s; %(rate)s per 100 orders.",
                count=count,
                open=sum(kinds.get(kind, 0) for kind in transition.ACTIVE),
                rate=round(100 * count / orders) if orders else '-',
            )
        )
        year = fields.Datetime.now() - timedelta(days=365)
        [(last,)] = complaints_sudo._read_group(counted, [], ['received_at:max'])
        founded = complaints_sudo.search_count(
            [*counted, ('founded', '=', 'yes'), ('received_at', '>=', year)]
        )
        sentences.append(
            self.env._(
                "Last complaint: %(day)s; founded in 12 months: %(founded)s.",
                day=format_date(self.env, fields.Datetime.context_timestamp(self, last)),
                founded=founded,
            )
        )
        [(rated, score)] = complaints_sudo._read_group(
            [*counted, ('score', '>', 0)], aggregates=['__count', 'score:avg']
        )
        if rated:
            sentences.append(
                self.env._(
                    "How complaints were handled: %(score)s out of 5 on average (ratings: %(count)s).",
                    score=formatLang(self.env, score, digits=1),
                    count=rated,
                )
            )
        return sentences
