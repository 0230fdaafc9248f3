from odoo import api, models

from ...tools import payload as payload_tools
from ...tools import phone as phone_tools
from ...tools import wilaya as wilaya_tools

TRAP = 'ecrm_website_url'
"""Name of the field that no person sees; who fills it in is a robot."""

SYNONYMS = {
    'name': ('full_name', 'contact_name', 'your-name'),
    'email': ('email_from', 'mail', 'your-email'),
    'phone': ('phone_number', 'tel', 'mobile', 'your-phone'),
    'company': ('partner_name', 'company_name'),
    'message': ('description', 'comment', 'question', 'your-message'),
    'subject': ('title', 'your-subject'),
    'address': ('street', 'adresse'),
    'city': ('commune', 'town'),
    'product': ('ref', 'reference', 'model', 'sku'),
    'size': ('dimension', 'dimensions'),
    'call_time': ('preferred_time', 'when'),
    'lang': ('language', 'locale'),
    'wilaya': ('state', 'province'),
}
TECHNICAL = {
    'submission_id',
    'consent',
    'consent_text',
    'consent_version',
    'newsletter',
    'attribution',
    'page',
    'token',
    'kind',
    'quantity',
    'panels',
    'cart',
    'order',
    'items',
    TRAP,
}


class EcrmSubmission(models.Model):
    _inherit = 'ecrm.submission'

    @api.model
    def _get_known_fields(self):
        """Return the names a source may map its own fields to.

        Override to read more of them; who extends it extends :meth:`_read_payload` too.
        """
        return {*SYNONYMS, *TECHNICAL}

    @api.model
    def _read_payload(self, source, payload):
        """Return what is understood of a payload as field values. Pure reading, no search.

        Who is assigned, to which team, at which stage: a stranger does not decide; such names
        are listed as unknown like any other.
        """
        synonyms = {
            other: name
            for name, others in SYNONYMS.items()
            for other in others
            if not payload.get(name)
        }
        field_map = {**synonyms, **source._get_field_map()}
        found = payload_tools.pick(payload, self._get_known_fields(), field_map)
        values, line = found.values, payload_tools.clean_line
        phone = phone_tools.normalise(values.get('phone'), source.country_id.code or 'DZ')
        email = payload_tools.clean_email(values.get('email'))
        places = [line(values.get(key), 150) for key in ('wilaya', 'city', 'address')]
        wilaya = next(filter(None, map(wilaya_tools.find, places)), None)
        flags = [f'phone_{flag}' for flag in phone.flags if flag != 'empty']
        if values.get('email') and not email:
            flags.append('email_dropped')
        return {
            'contact_name': line(values.get('name'), 120),
            'company_name': line(values.get('company'), 120),
            'email': email,
            'phone': phone.e164,
            'phone_raw': payload_tools.clean_line(phone.raw),
            'other_phones': ', '.join(phone.others),
            'subject': line(values.get('subject'), 200),
            'message': payload_tools.clean_text(values.get('message')),
            'size_text': line(values.get('size'), 120),
            'product_text': line(values.get('product'), 120),
            'call_time': line(values.get('call_time'), 120),
            'lang': line(values.get('lang'), 10),
            'address': ', '.join(filter(None, (places[2], places[1]))),
            'wilaya_code': wilaya.code if wilaya else False,
            'flags': ' '.join(flags),
            'ignored': ', '.join(line(name, 60) for name in found.ignored)[:1000],
        }

    def _get_greeting(self):
        """Return the name to greet by in a letter to an address that nobody has confirmed yet."""
        self.ensure_one()
        return payload_tools.greeting(self.contact_name)

    def _get_dialled_number(self):
        """Return the number as it is dialled; of one that cannot be read, what of it could be dialled."""
        self.ensure_one()
        return self.phone or ''.join(
            sign for sign in self.phone_raw or '' if sign in '+0123456789 '
        )
