from werkzeug.exceptions import Forbidden, NotFound

from odoo.exceptions import AccessError, MissingError, UserError
from odoo.fields import Domain
from odoo.http import request, route

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.portal.controllers.portal import pager as portal_pager


class ComplaintPortal(CustomerPortal):
    """Pages of the customer. Every change is a POST with its token; a refusal never tells why."""

    _complaints_per_page = 20

    # === HOME === #

    def _prepare_home_portal_values(self, counters):
        # EXTENDS portal
        values = super()._prepare_home_portal_values(counters)
        if 'complaint_count' in counters:
            values['complaint_count'] = (
                request.env['ecrm.complaint'].sudo().search_count(self._complaint_domain())
            )
        return values

    def _complaint_domain(self):
        """Complaints that the logged-in customer sees in his list."""
        own = request.env['ecrm.complaint']._customer_domain(request.env.user.partner_id)
        return own & Domain('kind', '!=', 'spam')

    def _get_complaint(self, complaint_id, access_token=None):
        """The complaint, sudoed, or a page that does not tell missing from forbidden."""
        complaint_sudo = request.env['ecrm.complaint']._for_customer(complaint_id, access_token)
        if not complaint_sudo:
            raise NotFound()
        return complaint_sudo

    # === LIST AND DETAIL === #

    @route(
        ['/my/complaints', '/my/complaints/page/<int:page>'],
        type='http',
        auth='user',
        methods=['GET'],
        website=True,
    )
    def portal_complaints(self, page=1, **kwargs):
        page = int(page) if str(page).isdigit() else 1
        complaints_sudo = request.env['ecrm.complaint'].sudo()
        total, complaints_sudo = complaints_sudo._read_customer_page(
            self._complaint_domain(), page, self._complaints_per_page
        )
        values = self._prepare_portal_layout_values()
        values.update(
            page_name='complaint',
            pager=portal_pager(
                url='/my/complaints', total=total, page=page, step=self._complaints_per_page
            ),
            complaints=complaints_sudo,
        )
        return request.render('ecrm.portal_my_complaints', values)

    @route(
        '/my/complaints/<int:complaint_id>',
        type='http',
        auth='public',
        methods=['GET'],
        website=True,
        sitemap=False,
    )
    def portal_complaint(self, complaint_id, access_token=None, **kwargs):
        complaint_sudo = self._get_complaint(complaint_id, access_token)
        target_sudo = complaint_sudo._follow_merges()
        if target_sudo != complaint_sudo:
            # Merging asks for one and the same customer, so the way in is his as well
            return self._redirect_to(target_sudo, access_token, 'merged')
        return self._render_complaint(complaint_sudo, access_token, notice=kwargs.get('notice'))

    def _render_complaint(self, complaint_sudo, access_token, notice=None, errors=None, text=''):
        values = self._prepare_portal_layout_values()
        values.update(
            page_name='complaint',
            complaint=complaint_sudo,
            access_token=access_token or '',
            messages=complaint_sudo._customer_messages(),
            timeline=complaint_sudo._customer_timeline(),
            actions=complaint_sudo._customer_actions(),
            remedies=complaint_sudo._customer_remedies(),
            colleague_ids=self._colleague_ids(complaint_sudo),
            max_files=complaint_sudo._MAX_FILES,
            notice=notice
            if notice in ('sent', 'replied', 'follow_up', 'moved', 'merged', 'rated')
            else None,
            errors=errors or {},
            text=text,
            file_mb=complaint_sudo.with_company(complaint_sudo.company_id)._file_limit() >> 20,
        )
        return request.render('ecrm.portal_complaint', values)

    def _colleague_ids(self, complaint_sudo):
        """Authors whose messages are named, for a logged-in reader: others than himself."""
        if request.env.user._is_public():
            return []
        return (complaint_sudo._customer_messages().author_id - request.env.user.partner_id).ids

    def _redirect_to(self, complaint_sudo, access_token=None, notice=''):
        """Answer a POST by the page it changed, with the token only where one was used."""
        token = f'&access_token={complaint_sudo._portal_ensure_token()}' if access_token else ''
        return request.redirect(f'/my/complaints/{complaint_sudo.id}?notice={notice}{token}')

    @route(
        '/my/complaints/<int:complaint_id>/file/<int:attachment_id>',
        type='http',
        auth='public',
        methods=['GET'],
        sitemap=False,
    )
    def portal_complaint_file(self, complaint_id, attachment_id, access_token=None, **kwargs):
        complaint_sudo = self._get_complaint(complaint_id, access_token)
        attachment_sudo = complaint_sudo._customer_file(attachment_id)
        if not attachment_sudo:
            raise NotFound()
        stream = request.env['ir.binary'].sudo()._get_stream_from(attachment_sudo)
        shown = attachment_sudo.mimetype in ('image/jpeg', 'image/png', 'image/webp')
        response = stream.get_response(as_attachment=not shown)
        response.headers['X-Content-Type-Options'] = 'nosniff'
        return response

    # === CHANGES === #

    @route(
        '/my/complaints/<int:complaint_id>/reply',
        type='http',
        auth='public',
        methods=['POST'],
        website=True,
    )
    def portal_complaint_reply(self, complaint_id, access_token=None, text='', **kwargs):
        complaint_sudo = self._get_complaint(complaint_id, access_token)
        if 'reply' not in complaint_sudo._customer_actions():
            raise Forbidden()
        errors = {}
        text = text.strip()[: complaint_sudo._MAX_TEXT + 1]
        files = complaint_sudo._accept_files(self._uploads(), errors)
        complaint_sudo._check_reply(text, files, errors)
        refused = not errors and not self._within_reply_limit(complaint_sudo, errors)
        if errors:
            page = self._render_complaint(complaint_sudo, access_token, errors=errors, text=text)
            return self._refuse_for_now(page) if refused else page
        target_sudo = complaint_sudo._reply_from_customer(text, files)
        notice = 'replied' if target_sudo == complaint_sudo else 'follow_up'
        return self._redirect_to(target_sudo, access_token, notice)

    @route(
        '/my/complaints/<int:complaint_id>/<any(close,reopen,cancel):action>',
        type='http',
        auth='public',
        methods=['POST'],
        website=True,
    )
    def portal_complaint_move(self, complaint_id, action, access_token=None, **kwargs):
        complaint_sudo = self._get_complaint(complaint_id, access_token)
        if action not in complaint_sudo._customer_actions():
            raise Forbidden()
        target = {'close': 'closed', 'reopen': 'open', 'cancel': 'cancelled'}[action]
        complaint_sudo._move_to(target, actor='customer')
        return self._redirect_to(complaint_sudo, access_token, 'moved')

    @route(
        '/my/complaints/<int:complaint_id>/rate',
        type='http',
        auth='public',
        methods=['POST'],
        website=True,
    )
    def portal_complaint_rate(self, complaint_id, access_token=None, score='', **kwargs):
        complaint_sudo = self._get_complaint(complaint_id, access_token)
        if not complaint_sudo._can_rate():
            raise Forbidden()
        if score not in ('1', '2', '3', '4', '5'):
            errors = {'score': request.env._("Choose from 1 to 5.")}
            return self._render_complaint(complaint_sudo, access_token, errors=errors)
        complaint_sudo._rate_from_customer(int(score), kwargs.get('comment'))
        return self._redirect_to(complaint_sudo, access_token, 'rated')

    # === MAKING ONE FROM AN ORDER === #

    def _get_order(self, order_id, access_token=None):
        try:
            order_sudo = self._document_check_access('sale.order', order_id, access_token)
        except (AccessError, MissingError) as error:
            raise NotFound() from error
        if order_sudo.state != 'sale':
            raise NotFound()
        return order_sudo

    @route(
        '/my/orders/<int:order_id>/complaint',
        type='http',
        auth='public',
        methods=['GET', 'POST'],
        website=True,
        sitemap=False,
    )
    def portal_order_complaint(self, order_id, access_token=None, **form):
        order_sudo = self._get_order(order_id, access_token)
        if request.httprequest.method != 'POST':
            return self._render_order_form(order_sudo, access_token, form, {})
        complaints = request.env['ecrm.complaint'].sudo().with_company(order_sudo.company_id)
        values, errors = complaints._check_customer_form(order_sudo, form)
        files = complaints._accept_files(self._uploads(), errors)
        if errors:
            return self._render_order_form(order_sudo, access_token, form, errors)
        mailbox = order_sudo.partner_id.email_normalized or f'partner-{order_sudo.partner_id.id}'
        if not self._within_limits(order_sudo.company_id, mailbox):
            errors = self._too_many_complaints()
            return self._refuse_for_now(
                self._render_order_form(order_sudo, access_token, form, errors)
            )
        try:
            with request.env.cr.savepoint():
                complaint_sudo = complaints._create_from_customer(values, files)
        except UserError as error:
            return self._render_order_form(order_sudo, access_token, form, {'form': str(error)})
        return self._redirect_to(complaint_sudo, access_token, 'sent')

    def _render_order_form(self, order_sudo, access_token, form, errors):
        complaints_sudo = request.env['ecrm.complaint'].sudo()
        causes_sudo = request.env['ecrm.complaint.cause'].sudo()
        wishes = complaints_sudo._fields['wish']._description_selection(request.env)
        return_until = order_sudo._ecrm_return_until()
        values = self._prepare_portal_layout_values()
        values.update(
            page_name='complaint',
            order=order_sudo,
            access_token=access_token or '',
            lines=order_sudo._ecrm_complaint_lines(),
            causes=causes_sudo._offered_to_customers(order_sudo.company_id),
            wishes=wishes,
            return_until=return_until,
            return_over=bool(return_until and return_until < order_sudo._ecrm_today()),
            form=form,
            errors=errors,
            max_files=complaints_sudo._MAX_FILES,
            max_text=complaints_sudo._MAX_TEXT,
            file_mb=complaints_sudo.with_company(order_sudo.company_id)._file_limit() >> 20,
        )
        return request.render('ecrm.portal_order_complaint', values)

    # === LIMITS === #

    def _within_limits(self, company, mailbox):
        """Count one more complaint, unless its address or its mailbox has sent enough of them."""
        hits_sudo = request.env['ecrm.complaint.hit'].sudo()
        address = request.httprequest.remote_addr
        return hits_sudo._allow('ip', address, company.ecrm_complaint_hourly, 1) and (
            hits_sudo._allow('email', mailbox, company.ecrm_complaint_daily, 24)
        )

    def _within_reply_limit(self, complaint_sudo, errors):
        """Count one more answer, unless the complaint got enough of them in an hour."""
        most = complaint_sudo.company_id.ecrm_complaint_reply_hourly
        hits_sudo = request.env['ecrm.complaint.hit'].sudo()
        if hits_sudo._allow('reply', str(complaint_sudo.id), most, 1):
            return True
        errors['text'] = request.env._(
            "You can send %(most)s messages an hour. What you wrote stands below: please send it "
            "later, or telephone us.",
            most=most,
        )
        return False

    def _too_many_complaints(self):
        return {
            'form': request.env._(
                "Too many complaints were sent from here. Please telephone us, or try again later."
            )
        }

    def _refuse_for_now(self, response):
        """The page with what was typed, answered as RFC 6585 says of too many requests."""
        response.status_code = 429
        return response

    def _uploads(self):
        """Files of the request as pairs of name and stream, empty inputs left out."""
        return [
            (upload.filename, upload.stream)
            for upload in request.httprequest.files.getlist('files')
            if upload.filename
        ]
