"""The site's own forms: Odoo's form builder posts here, the door stores first."""

import json

from odoo.http import request
from odoo.tools.mimetypes import guess_mimetype

from odoo.addons.website_crm.controllers.website_form import WebsiteForm

from ..tools import payload as payload_tools
from ..tools import phone as phone_tools
from .intake import STRANGERS_KINDS
from .intake_refusals import REFUSALS

TRAP = 'ecrm_website_url'
MAX_FILES = 3
MAX_FILE_MEGABYTES = 5
FILE_TYPES = ('image/jpeg', 'image/png', 'image/webp', 'application/pdf')
NOT_PAYLOAD = {
    'csrf_token',
    'model_name',
    'recaptcha_token_response',
    'turnstile_captcha',
    'context',
    'website_form_signature',
    'email_to',
    'email_cc',
    'email_bcc',
    'ecrm_captcha',
    'ecrm_kind',
    TRAP,
}


class WebsiteFormIntake(WebsiteForm):
    def _handle_website_form(self, model_name, **kwargs):
        # OVERRIDES website_crm for requests to the shop: stored first, a lead moments later
        if request.website._ecrm_takes_form(model_name, kwargs):
            return json.dumps(self._ecrm_store_form(model_name, kwargs))
        return super()._handle_website_form(model_name, **kwargs)

    def _ecrm_store_form(self, model_name, values):
        """Store one form; return what the form's script expects."""
        source = request.env['ecrm.source']._get_site_source(request.website)
        submissions = request.env['ecrm.submission']
        ip = request.httprequest.remote_addr
        too_many = {'error': self.env._("Too many forms were sent: try again in a minute.")}
        if source._is_over_rate(submissions._hash_ip(ip)):
            return too_many
        kind = payload_tools.clean_line(values.get('ecrm_kind'), 20)
        if kind not in STRANGERS_KINDS:
            kind = 'contact'
        files = [value for value in values.values() if hasattr(value, 'filename')]
        payload = self._ecrm_read_form(model_name, values)
        if self._ecrm_is_too_long(source, payload):
            refusal = REFUSALS['size']
            sentence = self.env._(refusal)
            return {'error': sentence % {'limit': source.max_kilobytes}}
        errors = self._ecrm_check_form(source, kind, payload, files)
        if errors:
            return {'error_fields': errors, 'error': next(iter(errors.values()))}
        meta = {
            'website': request.website,
            'ip': ip,
            'lang': request.env.lang,
            'page': request.httprequest.referrer,
            'touches': request.env['ir.http']._ecrm_get_touches(),
            'is_limited': True,
        }
        captcha = values.get('ecrm_captcha')
        if captcha in ('passed', 'failed', 'unavailable'):
            meta['captcha'] = captcha
        if values.get(TRAP):
            meta.update(state='spam', reason='trap')
        elif captcha in ('failed', 'unavailable'):
            meta.update(state='review', reason='captcha')
        submission, outcome = submissions._store(source, kind, payload, **meta)
        if outcome == 'over':
            return too_many
        self._ecrm_keep_files(submission, files)
        return {'id': submission.public_id}

    def _ecrm_read_form(self, model_name, values):
        """Return the payload of a form. On a lead, Odoo's ``name`` is the subject."""
        payload = {
            payload_tools.clean_line(name, 128): value
            for name, value in values.items()
            if name not in NOT_PAYLOAD and isinstance(value, str)
        }
        if model_name == 'crm.lead' and 'name' in payload:
            payload.setdefault('subject', payload.pop('name'))
        if 'contact_name' in payload:
            payload['name'] = payload.pop('contact_name')
        return payload

    def _ecrm_is_too_long(self, source, payload):
        """Tell whether a form holds more than the source takes; Odoo itself stops at 128 MB."""
        size = sum(
            len(text.encode('utf-8', 'replace')) for pair in payload.items() for text in pair
        )
        return len(payload) > payload_tools.MAX_KEYS or size > source.max_kilobytes * 1024

    def _ecrm_check_form(self, source, kind, payload, files):
        """Return what the visitor has to put right, by field name; he loses nothing he typed."""
        errors = {}
        phone = phone_tools.normalise(payload.get('phone'), source.country_id.code or 'DZ')
        email = payload.get('email_from') or payload.get('email')
        if kind == 'callback' and not phone.readable:
            errors['phone'] = self.env._(
                "This phone number cannot be read. Write it like 0663 35 25 42, or with + and the "
                "country."
            )
        elif kind == 'newsletter' and not payload_tools.clean_email(email or ''):
            errors['email_from'] = self.env._("Write one e-mail address, such as name@example.com.")
        elif not phone.raw and not email:
            errors['phone'] = self.env._(
                "Leave a phone number or an e-mail address, so that we can answer."
            )
        if len(files) > MAX_FILES:
            errors['files'] = self.env._("Send at most %(count)s files.", count=MAX_FILES)
        for file in files:
            size = file.seek(0, 2) or file.tell()
            file.seek(0)
            if size > MAX_FILE_MEGABYTES * 1024 * 1024:
                errors['files'] = self.env._(
                    "A file may have at most %(size)s MB.", size=MAX_FILE_MEGABYTES
                )
            elif self._ecrm_get_type(file) not in FILE_TYPES:
                errors['files'] = self.env._("Send pictures (JPEG, PNG, WebP) or PDF files.")
        return errors

    def _ecrm_get_type(self, file):
        """Return the type of a file by what is in it: name and header are the visitor's to choose."""
        head = file.read(2048)
        file.seek(0)
        return guess_mimetype(head, default='')

    def _ecrm_keep_files(self, submission, files):
        """Keep the files as they came: one that cannot be made smaller must not cost the form."""
        if not files or submission.attachment_ids:
            return
        submission.attachment_ids = (
            request.env['ir.attachment']
            .sudo()
            .with_context(image_no_postprocess=True)
            .create(
                [
                    {
                        'name': payload_tools.clean_line(file.filename, 120),
                        'mimetype': self._ecrm_get_type(file),
                        'raw': file.read(),
                        'res_model': submission._name,
                        'res_id': submission.id,
                    }
                    for file in files
                ]
            )
        )
