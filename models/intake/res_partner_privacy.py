from odoo import fields, models


class ResPartner(models.Model):
    _inherit = 'res.partner'

    ecrm_consent_ids = fields.One2many('ecrm.consent', 'partner_id', "Consents")

    # === ACTIONS === #

    def action_ecrm_erase(self):
        """Erase what forms and imports know of these people; orders stay, without a name to them.

        Only for administrators of the e-CRM: orders and invoices that the law keeps are kept.
        """
        self.check_access('write')
        self.env['ecrm.consent'].check_access('create')
        person = self.env['ecrm.person']
        for partner in self:
            found = person._find(partners=partner)
            person._check_may_erase(found)
            identities = partner.sudo()._ecrm_get_identities()
            self.env['ecrm.erasure']._record('card', identities, person._erase(found))

    def action_ecrm_open_erasure(self):
        """Show what is known of a customer before it is erased."""
        self.ensure_one()
        action = self.env['ir.actions.act_window']._for_xml_id('ecrm.action_ecrm_erase_person')
        return {**action, 'context': {'default_partner_id': self.id}}

    # === BUSINESS METHODS === #

    def _ecrm_get_identities(self):
        """Return the person's e-mail and phone as the register and the forms keep them."""
        return [value for value in (self.email_normalized, self.phone_sanitized) if value]

    def _ecrm_prepare_export(self, **options):
        """Return what is tied to a person's card as plain values, for his own download.

        :param options: as ``ecrm.person._export`` takes them
        """
        self.ensure_one()
        person = self.env['ecrm.person']
        return person._export(person._find_own(self), **options)

    def _ecrm_get_consents(self):
        return (
            self.env['ecrm.consent']
            .sudo()
            .search(
                [
                    '|',
                    ('partner_id', 'in', self.ids),
                    ('identity', 'in', self.sudo()._ecrm_get_identities()),
                ]
            )
        )

    def _ecrm_consent_states(self, purposes):
        """Where a person's consents stand, in every company that asked him.

        :param purposes: values of the register's field
        :return: dict of purpose to ``{company: status}``, the last word of each company
        """
        self.ensure_one()
        states = {purpose: {} for purpose in purposes}
        for consent_sudo in self._ecrm_get_consents():
            if consent_sudo.purpose in states:
                states[consent_sudo.purpose].setdefault(
                    consent_sudo.company_id, consent_sudo.status
                )
        return states

    def _ecrm_withdraw(self, purpose):
        """Record a withdrawal in every company that knows the person, and leave every mailing list.

        It takes effect at once: mailings ask the register.
        """
        self.ensure_one()
        partner_sudo = self.sudo()
        companies = self._ecrm_get_consents().company_id | self.env.company
        orders = self.env['sale.order'].sudo()
        companies |= orders.search([('partner_id', 'child_of', self.id)]).company_id
        for company in companies:
            for identity in partner_sudo._ecrm_get_identities():
                self.env['ecrm.consent']._record(
                    company, identity, purpose, 'withdrawn', 'portal', partner_id=self.id,
                    lang=self.env.lang, page='/my/data',
                )  # fmt: skip
        if purpose == 'newsletter' and partner_sudo.email_normalized:
            self.env['mailing.subscription'].sudo().search(
                [('contact_id.email_normalized', '=', partner_sudo.email_normalized)]
            ).opt_out = True
