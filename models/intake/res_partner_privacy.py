from odoo import fields, models

CORRECTABLE = ('name', 'email', 'phone', 'street', 'street2', 'city', 'zip')


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
        for partner in self.sudo():
            partner._ecrm_erase()

    # === BUSINESS METHODS === #

    def _ecrm_get_identities(self):
        """Return the person's e-mail and phone as the register and the forms keep them."""
        return [value for value in (self.email_normalized, self.phone_sanitized) if value]

    def _ecrm_prepare_export(self):
        """Return what is known of a person as plain values, for his own download.

        Other rooms extend it; call super and add a key of the room's name.
        """
        self.ensure_one()
        partner_sudo = self.sudo()
        identities = partner_sudo._ecrm_get_identities()
        submissions = (
            self.env['ecrm.submission']
            .sudo()
            .search(
                [
                    '|',
                    '|',
                    ('partner_id', '=', self.id),
                    ('email', 'in', identities),
                    ('phone', 'in', identities),
                ]
            )
        )
        consents = self._ecrm_get_consents()
        orders = self.env['sale.order'].sudo().search([('partner_id', 'child_of', self.id)])
        return {
            'card': {name: partner_sudo[name] or '' for name in CORRECTABLE},
            'consents': [{
                'purpose': consent.purpose, 'status': consent.status, 'method': consent.method,
                'date': fields.Datetime.to_string(consent.create_date), 'text': consent.text or '',
            } for consent in consents],
            'forms': [{
                'kind': row.kind, 'date': fields.Datetime.to_string(row.create_date),
                'content': row.payload,
            } for row in submissions],
            'orders': [{
                'name': order.name, 'date': fields.Datetime.to_string(order.date_order),
                'total': order.amount_total, 'currency': order.currency_id.name,
            } for order in orders],
        }  # fmt: skip

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

    def _ecrm_withdraw(self, purpose):
        """Record a withdrawal and leave every mailing list: it takes effect at once."""
        self.ensure_one()
        partner_sudo = self.sudo()
        for identity in partner_sudo._ecrm_get_identities():
            self.env['ecrm.consent']._record(
                self.env.company, identity, purpose, 'withdrawn', 'portal', partner_id=self.id
            )
        if purpose == 'newsletter' and partner_sudo.email_normalized:
            self.env['mailing.subscription'].sudo().search(
                [('contact_id.email_normalized', '=', partner_sudo.email_normalized)]
            ).opt_out = True

    def _ecrm_erase(self):
        """Blank a person in the forms, the leads, the calendar, the outboxes and the register; counts and sums stay."""
        self.ensure_one()
        identities = self._ecrm_get_identities()
        match = [
            '|',
            '|',
            ('partner_id', '=', self.id),
            ('email', 'in', identities),
            ('phone', 'in', identities),
        ]
        submissions = self.env['ecrm.submission'].search(match)
        leads = submissions.lead_id + self.env['crm.lead'].with_context(active_test=False).search(
            [('partner_id', '=', self.id)]
        )
        consents = self._ecrm_get_consents()
        self._ecrm_erase_letters(identities)
        submissions._ecrm_erase()
        leads.exists()._ecrm_erase()
        consents.with_context(ecrm_erasure=True).write({'identity': 'erased', 'partner_id': False})
        self.with_context(tracking_disable=True).write(
            {
                'name': self.env._("Erased customer"),
                'email': False,
                'phone': False,
                'street': False,
                'street2': False,
                'zip': False,
                'comment': False,
                'active': bool(self.user_ids),
            }
        )

    def _ecrm_erase_letters(self, identities):
        """Take mails and text messages to the person out of the outboxes, sent or not."""
        self.env['sms.sms'].sudo().search(
            ['|', ('partner_id', '=', self.id), ('number', 'in', identities)]
        ).unlink()
        mails = self.env['mail.mail'].sudo()
        mails.search(
            ['|', ('recipient_ids', 'in', self.ids), ('email_to', 'in', identities)]
        ).unlink()
