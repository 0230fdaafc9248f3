import re

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL, email_normalize
from odoo.tools.mail import email_normalize_all

from ...tools import phone as phone_tools

PERSONAL_CARDS = ('delivery', 'invoice', 'other')
"""Kinds of cards under a person's that are his own addresses, not other people."""
TAIL_DIGITS = 9
"""Digits of a national number: what every notation of it ends with."""
MESSAGE_ADDRESSES = ('email_from', 'incoming_email_to', 'incoming_email_cc', 'outgoing_email_to')
UNREAD = ('refused', 'review', 'dead', 'spam')
"""States of submissions whose content may not have been understood."""


class EcrmPerson(models.AbstractModel):
    """Where the shop knows somebody from, whether he has a card or not.

    Nothing is stored here: a person is a set of cards, e-mail addresses and telephone numbers.
    """

    _name = 'ecrm.person'
    _description = "What Is Known of a Person"

    # === BUSINESS METHODS === #

    @api.model
    def _read_identity(self, text, region='DZ'):
        """Read an e-mail address or a telephone number in any notation.

        :param str text: what somebody typed
        :param str region: ISO code of the country of a number without ``+``
        :return: ``(email, phone)``, one of them empty; normalised and in E.164
        :raise UserError: when it is neither, or more than one
        """
        text = (text or '').strip()
        if '@' in text:
            email = email_normalize(text)
            if email:
                return email, ''
        else:
            phone = phone_tools.normalise(text, region)
            if phone.e164 and not phone.others:
                return '', phone.e164
        raise UserError(
            self.env._("Type one e-mail address or one telephone number, such as 0551 23 45 67.")
        )

    @api.model
    def _find(self, emails=(), phones=(), partners=None):
        """Find all that belongs to a person, in every company.

        :param emails: normalised addresses
        :param phones: numbers in E.164
        :param partners: res.partner known to be his
        :return: dict of a key of ``_labels`` to a sudoed recordset, the archived among them
        """
        everything = self.sudo().with_context(active_test=False)
        return everything._gather(
            set(emails),
            set(phones),
            everything.env['res.partner'].browse(partners and partners.ids),
        )

    def _gather(self, emails, phones, partners):
        cards = self._find_cards(emails, phones, partners)
        emails |= set(filter(None, cards.mapped('email_normalized')))
        phones |= set(filter(None, cards.mapped('phone_sanitized')))
        return self._gather_of(emails, phones, cards)

    def _gather_of(self, emails, phones, cards):
        """All records of these addresses, numbers and cards, and of no others."""
        env, his = self.env, Domain('partner_id', 'in', cards.ids)
        submissions = self._find_submissions(emails, phones, cards)
        leads = submissions.lead_id | env['crm.lead'].search(
            his | Domain('email_normalized', 'in', emails) | Domain('phone_sanitized', 'in', phones)
        )
        rows = (
            his | Domain('email', 'in', emails) | self._any_phone(('phone', 'other_phones'), phones)
        )
        return {
            'partner': cards,
            'submission': submissions,
            'lead': leads,
            'event': env['calendar.event'].search(
                Domain('opportunity_id', 'in', leads.ids) | Domain('partner_ids', 'in', cards.ids)
            ),
            'order': env['sale.order'].search(
                his
                | Domain('partner_invoice_id', 'in', cards.ids)
                | Domain('partner_shipping_id', 'in', cards.ids)
            ),
            'complaint': env['ecrm.complaint']._of_person(emails, phones, cards),
            'feedback': env['ecrm.feedback'].search(his),
            'consent': env['ecrm.consent'].search(
                his
                | Domain('identity', 'in', emails | phones)
                | Domain('submission_id', 'in', submissions.ids)
            ),
            'contact': env['mailing.contact'].search(
                Domain('email_normalized', 'in', emails) | Domain('phone_sanitized', 'in', phones)
            ),
            'trace': env['mailing.trace'].search(
                Domain('email', 'in', emails) | Domain('sms_number', 'in', phones)
            ),
            'import': env['ecrm.import.row'].search(rows),
            'payment': env['payment.transaction'].search(his),
            'visit': env['website.visitor'].search(his),
            'mail': env['mail.mail'].search(Domain('recipient_ids', 'in', cards.ids))
            | self._addressed('mail.mail', ('email_to', 'email_cc'), emails),
            'sms': env['sms.sms'].search(his | Domain('number', 'in', phones)),
            'block': env['mail.blacklist'].search(Domain('email', 'in', emails)),
            'phone_block': env['phone.blacklist'].search(Domain('number', 'in', phones)),
            'message': env['mail.message'].search(Domain('author_id', 'in', cards.ids))
            | self._addressed('mail.message', MESSAGE_ADDRESSES, emails),
        }  # fmt: skip

    def _find_cards(self, emails, phones, partners):
        """Cards of a person with the addresses under them; never the shop's own, nor a colleague's."""
        cards = partners | self.env['res.partner'].search(
            Domain('email_normalized', 'in', emails) | Domain('phone_sanitized', 'in', phones)
        )
        cards = self._with_addresses(cards)
        ours = self.env['res.company'].search(Domain.TRUE).partner_id
        if cards & ours or cards.user_ids.filtered(lambda user: not user.share):
            raise UserError(
                self.env._("This belongs to the shop or to a colleague: it is not a customer's.")
            )
        return cards

    @api.model
    def _with_addresses(self, cards):
        return cards | cards.child_ids.filtered(lambda card: card.type in PERSONAL_CARDS)

    def _find_submissions(self, emails, phones, cards):
        """Submissions by what was understood, and by the words of those that were not."""
        submissions = self.env['ecrm.submission']
        domain = (
            Domain('partner_id', 'in', cards.ids)
            | Domain('email', 'in', emails)
            | self._any_phone(('phone', 'other_phones'), phones)
        )
        patterns = [re.escape(email) for email in emails] + [
            self._phone_pattern(phone) for phone in phones
        ]
        found = submissions.search(domain)
        if patterns:
            submissions.flush_model()
            rows = self.env.execute_query(
                SQL(
                    "SELECT id FROM ecrm_submission WHERE state IN %s AND payload::text ~* %s",
                    UNREAD,
                    '|'.join(patterns),
                )
            )
            found |= submissions.browse(row[0] for row in rows)
        return found

    @api.model
    def _phone_pattern(self, phone):
        """Regular expression of every usual notation of a number in E.164."""
        return r'[\s.()/-]*'.join(phone[-TAIL_DIGITS:]) + '(?![0-9])'

    @api.model
    def _any_phone(self, names, phones):
        return (
            Domain.OR(Domain(name, 'like', phone) for name in names for phone in phones)
            if phones
            else Domain.FALSE
        )

    def _addressed(self, model, names, emails):
        """Letters with one of the addresses in one of the fields, which hold lists with names."""
        records = self.env[model]
        if not emails:
            return records
        near = Domain.OR(Domain(name, 'ilike', email) for name in names for email in emails)
        # An address may stand inside a longer one, which is somebody else's
        return records.search(near).filtered(
            lambda record: any(emails & set(email_normalize_all(record[name])) for name in names)
        )

    @api.model
    def _labels(self):
        """What is found by key, and what becomes of it, in words for staff."""
        blanked, deleted = self.env._("emptied, counted on"), self.env._("deleted")
        return {
            'partner': (self.env._("Cards and addresses"), self.env._("emptied and archived")),
            'submission': (self.env._("Form submissions"), blanked),
            'lead': (self.env._("Leads and opportunities"), blanked),
            'event': (self.env._("Appointments"), blanked),
            'order': (self.env._("Carts and orders"), self.env._("kept, without a name to them")),
            'complaint': (self.env._("Complaints"), blanked),
            'feedback': (self.env._("Answers after a sale"), blanked),
            'consent': (self.env._("Consents"), blanked),
            'contact': (self.env._("Contacts of mailing lists"), deleted),
            'trace': (self.env._("Mailings received"), blanked),
            'import': (self.env._("Rows of imported sheets"), blanked),
            'payment': (self.env._("Payments"), self.env._("kept, without a name to them")),
            'visit': (self.env._("Visitors of the site"), deleted),
            'mail': (self.env._("E-mails in the outbox"), deleted),
            'sms': (self.env._("Text messages"), deleted),
            'block': (self.env._("Blocked e-mail addresses"), deleted),
            'phone_block': (self.env._("Blocked telephone numbers"), deleted),
            'message': (self.env._("Messages written or received"), deleted),
        }

    @api.model
    def _check_companies(self, found):
        """Refuse what belongs to companies the reader does not work for.

        :raise UserError: without naming them
        """
        companies = self.env['res.company'].sudo()
        for key in ('submission', 'lead', 'order', 'complaint', 'consent'):
            companies |= found[key].company_id
        if companies - self.env.user.company_ids:
            raise UserError(
                self.env._(
                    "This person is known to a company you do not work for: "
                    "ask an administrator of all of them."
                )
            )

    @api.model
    def _check_may_erase(self, found):
        """Refuse what is not over yet, and what belongs to companies the reader does not work for.

        :raise UserError: naming how many of what
        """
        self._check_companies(found)
        orders = found['order'].filtered(
            lambda order: (
                order.state == 'sale'
                and order.picking_ids.filtered(lambda move: move.state not in ('done', 'cancel'))
            )
        )
        complaints = found['complaint'].filtered(lambda complaint: complaint._is_handled())
        if orders or complaints:
            raise UserError(
                self.env._(
                    "Not yet: orders on their way: %(orders)s, complaints being handled: "
                    "%(complaints)s. Finish or cancel them first.",
                    orders=len(orders),
                    complaints=len(complaints),
                )
            )
