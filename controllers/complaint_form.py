from odoo.http import request, route
from odoo.tools.translate import LazyTranslate

from odoo.addons.ecrm.controllers.complaint import ComplaintPortal

_lt = LazyTranslate(__name__)


class ComplaintForm(ComplaintPortal):
    """The complaint form of the site, for people without an account."""

    @route(
        '/complaint',
        type='http',
        auth='public',
        methods=['GET'],
        website=True,
        list_as_website_content=_lt("Complaint Form"),
    )
    def complaint_form(self, **form):
        return self._render_public_form(form, {})

    @route(
        '/complaint/send',
        type='http',
        auth='public',
        methods=['POST'],
        website=True,
        captcha='ecrm_complaint',
        sitemap=False,
    )
    def complaint_send(self, **form):
        if form.get('nickname'):  # a field that people do not see
            return self._thank()
        company = request.website.company_id
        complaints = request.env['ecrm.complaint'].sudo().with_company(company)
        values, errors = complaints._check_public_form(form, company)
        files = complaints._accept_files(self._uploads(), errors)
        if errors:
            return self._render_public_form(form, errors)
        if not self._within_limits(company, values.get('email_from') or form.get('email')):
            return self._refuse_for_now(self._render_public_form(form, self._too_many_complaints()))
        return self._thank(complaints._create_from_customer(values, files))

    @route(
        '/complaint/sent', type='http', auth='public', methods=['GET'], website=True, sitemap=False
    )
    def complaint_sent(self, **kwargs):
        # Once: the next one at a shared telephone must not read it
        sent = request.session.pop('ecrm_complaint_sent', None) or {}
        return request.render(
            'ecrm.complaint_sent', {'reference': sent.get('reference'), 'url': sent.get('url')}
        )

    def _thank(self, complaint_sudo=None):
        """Answer alike whether an order was recognised or not: by reference and page, nothing else."""
        sent = {}
        if complaint_sudo:
            sent = {
                'reference': complaint_sudo.reference,
                'url': complaint_sudo.get_portal_url(),
            }
        request.session['ecrm_complaint_sent'] = sent
        return request.redirect('/complaint/sent')

    def _render_public_form(self, form, errors):
        complaints_sudo = request.env['ecrm.complaint'].sudo()
        company = request.website.company_id
        causes_sudo = request.env['ecrm.complaint.cause'].sudo()._offered_to_customers(company)
        return request.render(
            'ecrm.complaint_form',
            {
                'form': form,
                'errors': errors,
                'causes': causes_sudo,
                'wishes': complaints_sudo._fields['wish']._description_selection(request.env),
                'max_files': complaints_sudo._MAX_FILES,
                'max_text': complaints_sudo._MAX_TEXT,
                'file_mb': complaints_sudo.with_company(company)._file_limit() >> 20,
            },
        )
