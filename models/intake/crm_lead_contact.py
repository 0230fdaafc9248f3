from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.tools import SQL


class CrmLead(models.Model):
    _inherit = 'crm.lead'

    ecrm_first_contact_date = fields.Datetime(
        "First contact", readonly=True, copy=False,
        help="The first call, meeting or letter of a person of ours.",
    )  # fmt: skip
    ecrm_contact_hours = fields.Float(
        "Hours to first contact", compute='_compute_ecrm_contact_hours', store=True,
        aggregator='avg', help="Since the request arrived.",
    )  # fmt: skip
    ecrm_consent = fields.Selection(
        [('asked', "Asked to confirm"), ('given', "Given"), ('withdrawn', "Withdrawn")],
        "Consent to offers", compute='_compute_ecrm_consent', store=True,
        help="The last word on the newsletter or on offers by SMS; empty: never asked.",
    )  # fmt: skip
    ecrm_consent_text = fields.Char("Consents", compute='_compute_ecrm_consent_text')

    # === COMPUTE METHODS === #

    @api.depends('ecrm_first_contact_date', 'ecrm_submission_ids')
    def _compute_ecrm_contact_hours(self):
        for lead in self:
            asked = min(
                lead.sudo().ecrm_submission_ids.mapped('create_date'), default=lead.create_date
            )
            end = lead.ecrm_first_contact_date
            spent = max(end - asked, timedelta()) if end and asked else timedelta()
            lead.ecrm_contact_hours = spent.total_seconds() / 3600

    @api.depends('email_normalized', 'phone_sanitized', 'company_id')
    def _compute_ecrm_consent(self):
        last = self._ecrm_get_consents()
        for lead in self:
            mine = [
                consent
                for consent in last.get(lead, ())
                if consent.purpose in ('newsletter', 'sms')
            ]
            lead.ecrm_consent = max(mine, key=lambda consent: consent.id).status if mine else False

    @api.depends('email_normalized', 'phone_sanitized', 'company_id')
    @api.depends_context('lang')
    def _compute_ecrm_consent_text(self):
        last = self._ecrm_get_consents()
        consents = self.env['ecrm.consent']
        purposes = dict(consents._fields['purpose']._description_selection(self.env))
        statuses = dict(consents._fields['status']._description_selection(self.env))
        for lead in self:
            lead.ecrm_consent_text = ' · '.join(
                f'{purposes[consent.purpose]}: {statuses[consent.status]}'
                for consent in last.get(lead, ())
            )

    def _read_group_select(self, aggregate_spec, query):
        # EXTENDS base: who was never contacted did not wait zero hours
        result = super()._read_group_select(aggregate_spec, query)
        if aggregate_spec.partition(':')[0] == 'ecrm_contact_hours':
            contacted = self._field_to_sql(self._table, 'ecrm_first_contact_date', query)
            return SQL("%s FILTER (WHERE %s IS NOT NULL)", result, contacted)
        return result

    # === BUSINESS METHODS === #

    def _ecrm_get_consents(self):
        """Return the last word of each lead's person on each purpose, as a dict of lead to list."""
        identities = {
            lead: {lead.email_normalized, lead.phone_sanitized} - {False} for lead in self
        }
        domain = [('identity', 'in', list(set().union(*identities.values())))]
        words = self.env['ecrm.consent'].sudo().search(domain, order='id')
        by_identity = words.grouped('identity')
        result = {}
        for lead, mine in identities.items():
            consents = words.browse().union(*(by_identity.get(one, words.browse()) for one in mine))
            if lead.company_id:
                consents = consents.filtered(
                    lambda one, lead=lead: one.company_id == lead.company_id
                )
            last = {consent.purpose: consent for consent in consents.sorted('id')}
            result[lead] = list(last.values())
        return result

    @api.model
    def _ecrm_refresh_consent(self, identities):
        """Have the leads of these persons show their consent anew."""
        leads = self.sudo().with_context(active_test=False).search(
            ['|', ('email_normalized', 'in', identities), ('phone_sanitized', 'in', identities)]
        )  # fmt: skip
        self.env.add_to_compute(self._fields['ecrm_consent'], leads)
        leads.invalidate_recordset(['ecrm_consent_text'], flush=False)

    def _ecrm_note_contact(self):
        """Keep when somebody first spoke with the persons of these leads; later times change nothing."""
        now = fields.Datetime.now()
        leads_sudo = self.sudo().exists()
        first = leads_sudo.filtered(lambda lead: not lead.ecrm_first_contact_date)
        first.with_context(tracking_disable=True).write({'ecrm_first_contact_date': now})
        rows = leads_sudo.ecrm_submission_ids.filtered(lambda row: not row.first_contact_date)
        rows.write({'first_contact_date': now})

    def _message_post_after_hook(self, message, msg_vals):
        # EXTENDS mail: a letter of a person to the customer is a contact too, a note is none
        result = super()._message_post_after_hook(message, msg_vals)
        if (
            self.env.uid != SUPERUSER_ID
            and self.env.user._is_internal()
            and message.message_type == 'comment'
            and not message.is_internal
            and message.subtype_id == self.env.ref('mail.mt_comment')
            and (message.outgoing_email_to or message.partner_ids.filtered('partner_share'))
        ):
            self._ecrm_note_contact()
        return result

    def _merge_get_fields_specific(self):
        # EXTENDS crm: the first contact of any of them is the first contact
        return {
            **super()._merge_get_fields_specific(),
            'ecrm_first_contact_date': lambda fname, leads: min(
                filter(None, leads.mapped(fname)), default=False
            ),
        }
