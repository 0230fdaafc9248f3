from datetime import timedelta

from odoo import api, fields, models
from odoo.tools.misc import hash_sign, verify_hash_signed

from ...tools import payload as payload_tools

SCOPE = 'ecrm.newsletter'
CONFIRM_HOURS = 72
YES = ('1', 'true', 'on', 'yes', 'oui')


class EcrmSubmission(models.Model):
    _inherit = 'ecrm.submission'

    def _process(self):
        # EXTENDS ecrm: a newsletter is no lead; a ticked box on another form is both
        if self.kind == 'newsletter':
            self._ask_newsletter()
            self.write({'state': 'processed', 'processed_date': self.env.cr.now()})
            return None
        wants = payload_tools.clean_line((self.payload or {}).get('newsletter'), 5).lower() in YES
        result = super()._process()
        if self.state == 'processed':
            self._record_contact_consent()
            if wants:
                self._ask_newsletter()
        return result

    def _record_contact_consent(self):
        identity = self.email or self.phone
        if identity:
            method = 'staff' if self.source_id.kind == 'staff' else 'form'
            self._record_consent(identity, 'contact', 'given', method)

    def _ask_newsletter(self):
        """Ask for a confirmation by e-mail, unless it was given, or the person has left for good.

        Who opted out is not asked again because somebody typed his address: he may come back by
        his own page only.
        """
        if not self.email:
            return
        last = self.env['ecrm.consent']._get_last(self.company_id, self.email, 'newsletter')
        # A link that has run out leaves the person free to ask again
        expired = fields.Datetime.now() - timedelta(hours=CONFIRM_HOURS)
        waits = last.status == 'asked' and last.create_date > expired
        blocked = (
            self.env['mail.blacklist'].sudo().search_count([('email', '=', self.email)], limit=1)
        )
        opted_out = (
            self.env['mailing.subscription']
            .sudo()
            .search_count(
                [('contact_id.email_normalized', '=', self.email), ('opt_out', '=', True)], limit=1
            )
        )
        if last.status in ('given', 'withdrawn') or waits or blocked or opted_out:
            return
        self._record_consent(self.email, 'newsletter', 'asked')
        template = self.env.ref('ecrm.mail_template_newsletter_confirm')
        template.with_context(lang=self._find_lang().code or self.env.lang).send_mail(self.id)

    def _record_consent(self, identity, purpose, status, method='form'):
        """Write down a consent with what proves it: the text shown, its version, the page and the language.

        A text without a version of its own is told from others by its fingerprint.
        """
        payload = self.payload or {}
        text = payload_tools.clean_text(payload.get('consent_text'), 2000)
        version = payload_tools.clean_line(payload.get('consent_version'), 40)
        return self.env['ecrm.consent']._record(
            self.company_id, identity, purpose, status, method,
            partner_id=self.partner_id.id, submission_id=self.id, lang=self.lang, page=self.page,
            text=text, version=version or (text and payload_tools.digest(text)[:12]),
        )  # fmt: skip

    # === DOUBLE OPT-IN === #

    def _get_confirm_url(self):
        """Return the address of the page where the newsletter is confirmed, valid three days."""
        self.ensure_one()
        token = hash_sign(self.sudo().env, SCOPE, self.id, expiration_hours=CONFIRM_HOURS)
        base = self.website_id.get_base_url() if self.website_id else self.get_base_url()
        return f'{base}/ecrm/newsletter/{token}'

    @api.model
    def _find_by_confirm_token(self, token):
        """Return the sudoed submission of a token, empty when it is forged or too old."""
        try:
            submission_id = verify_hash_signed(self.sudo().env, SCOPE, token)
        except (ValueError, IndexError):
            submission_id = None
        return self.sudo().browse(submission_id or []).exists()

    def _confirm_newsletter(self):
        """Subscribe the address that confirmed; twice is once, and a withdrawal in between wins."""
        self.ensure_one()
        consents = self.env['ecrm.consent']
        status = consents._get_status(self.company_id, self.email, 'newsletter')
        if status == 'asked':
            self._record_consent(self.email, 'newsletter', 'given', 'confirmed')
            self._subscribe()
        return status in ('asked', 'given')

    def _subscribe(self):
        mailing_list = self.env.ref('ecrm.mailing_list_newsletter').sudo()
        contacts = self.env['mailing.contact'].sudo()
        contact = contacts.search([('email_normalized', '=', self.email)], limit=1)
        if not contact:
            contact = contacts.create(
                {'email': self.email, 'name': self.contact_name or self.email}
            )
        if mailing_list not in contact.list_ids:
            contact.list_ids += mailing_list
