"""What a person may do about his data: read it, take it along, withdraw, ask for erasure."""

import json

from odoo import http
from odoo.exceptions import AccessError, MissingError
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal

PURPOSES = ('newsletter', 'sms')


class IntakePrivacy(CustomerPortal):
    @http.route('/my/data', type='http', auth='user', website=True, methods=['GET'], sitemap=False)
    def my_data(self, done='', **_query):
        """Show the signed-in person what the shop knows of him."""
        partner = request.env.user.partner_id
        data = partner._ecrm_prepare_export(file_bytes=0)
        kinds = request.env['ecrm.submission']._fields['kind']
        values = self._prepare_portal_layout_values()
        values.update(
            page_name='ecrm_data', data=data, states=partner._ecrm_consent_states(PURPOSES),
            kinds=dict(kinds._description_selection(request.env)),
            done=done if done in ('withdrawn', 'asked') else '',
        )  # fmt: skip
        return request.render('ecrm.portal_my_data', values)

    @http.route(
        '/my/data/export', type='http', auth='user', website=True, methods=['GET'], sitemap=False
    )
    def my_data_export(self, **_query):
        """Give it to him as a JSON file."""
        data = request.env.user.partner_id._ecrm_prepare_export()
        return request.make_response(
            json.dumps(data, ensure_ascii=False, indent=2, default=str),
            headers=[
                ('Content-Type', 'application/json; charset=utf-8'),
                ('Content-Disposition', 'attachment; filename="my-data.json"'),
                ('Cache-Control', 'no-store'),
                ('X-Content-Type-Options', 'nosniff'),
            ],
        )

    @http.route(
        '/my/data/withdraw', type='http', auth='user', website=True, methods=['POST'], sitemap=False
    )
    def my_data_withdraw(self, purpose='', **_form):
        """Withdraw one consent."""
        if purpose in PURPOSES:
            request.env.user.partner_id._ecrm_withdraw(purpose)
        return request.redirect('/my/data?done=withdrawn')

    @http.route(
        '/my/data/erase', type='http', auth='user', website=True, methods=['POST'], sitemap=False
    )
    def my_data_erase(self, **_form):
        """Ask for erasure: a person looks at it, since orders in progress need an address."""
        partner_sudo = request.env.user.partner_id.sudo()
        summary = self.env._("This customer asks for the erasure of his data.")
        if not partner_sudo.activity_ids.filtered(lambda activity: activity.summary == summary):
            source = request.env['ecrm.source']._get_site_source(request.website)
            user = request.env['ecrm.submission'].sudo()._get_alarm_user(source)
            partner_sudo.activity_schedule(
                'mail.mail_activity_data_todo', user_id=user.id, summary=summary
            )
        return request.redirect('/my/data?done=asked')

    @http.route(
        '/ecrm/cart/<int:order_id>/<string:token>', type='http', auth='public', website=True,
        methods=['GET', 'POST'], sitemap=False,
    )  # fmt: skip
    def cart_reason(self, order_id, token, reason='', **_form):
        """Ask why a cart was left. The link's own reason is sent by the page, not by the link:
        programs that read mail follow links."""
        try:
            order_sudo = self._document_check_access('sale.order', order_id, token)
        except (AccessError, MissingError):
            raise request.not_found() from None
        reasons = order_sudo._fields['ecrm_abandon_reason']._description_selection(request.env)
        done = False
        if request.httprequest.method == 'POST':
            done = order_sudo._ecrm_set_abandon_reason(reason)
        return request.render('ecrm.cart_reason', {
            'done': done, 'reasons': reasons, 'reason': reason if reason in dict(reasons) else '',
            'action': f'/ecrm/cart/{order_id}/{token}',
        })  # fmt: skip

    @http.route(
        '/ecrm/newsletter/<string:token>', type='http', auth='public', website=True,
        methods=['GET', 'POST'], sitemap=False,
    )  # fmt: skip
    def newsletter_confirm(self, token, **_form):
        """Show a button; only pressing it confirms, for programs that read mail follow links."""
        submission_sudo = request.env['ecrm.submission']._find_by_confirm_token(token)
        state = 'ask' if submission_sudo else 'expired'
        if submission_sudo and request.httprequest.method == 'POST':
            state = 'done' if submission_sudo._confirm_newsletter() else 'expired'
        return request.render('ecrm.newsletter_confirm', {'state': state, 'token': token})
