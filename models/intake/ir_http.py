from odoo import models
from odoo.exceptions import UserError
from odoo.http import Response, request

from ...tools import touch as touch_tools

COOKIE = 'ecrm_touch'
COOKIE_AGE = 90 * 24 * 3600
CAPTCHAS = {
    'is_human': 'passed',
    'timeout': 'unavailable',
    'bad_request': 'unavailable',
    'wrong_secret': 'unavailable',
}
"""What Odoo says of a captcha, as the form keeps it; anything else has failed."""


class IrHttp(models.AbstractModel):
    _inherit = 'ir.http'

    @classmethod
    def _set_utm(cls, response):
        # EXTENDS utm: first and last touch, with what its three cookies leave out
        super()._set_utm(response)
        http = request.httprequest
        if http.method != 'GET' or not getattr(request, 'is_frontend', False):
            return
        touch = touch_tools.read_touch(
            http.args, http.headers.get('Referer', ''), http.path, http.host
        )
        known = touch_tools.unpack(http.cookies.get(COOKIE))
        if not touch and known:
            return
        # An arrival without any sign is a first touch too, so that the next one is not taken for it.
        first = known.get('first') or touch or {'landing_page': http.path[: touch_tools.MAX_VALUE]}
        cookie = touch_tools.pack(first, touch or known.get('last') or {})
        if cookie:
            Response.load(response).set_cookie(
                COOKIE,
                cookie,
                max_age=COOKIE_AGE,
                samesite='Lax',
                httponly=True,
                cookie_type='optional',
            )

    @classmethod
    def _ecrm_get_touches(cls):
        """Return the first and last touch of the current request's visitor, cleaned."""
        return touch_tools.unpack(request.httprequest.cookies.get(COOKIE))

    def _verify_request_recaptcha_token(self, action):
        # EXTENDS google_recaptcha, website_cf_turnstile: a captcha that fails or is down sends a
        # request to a person for review, it never throws a customer's words away
        params = request.params
        if action != 'website_form' or not request.website._ecrm_takes_form(
            params.get('model_name'), params
        ):
            return super()._verify_request_recaptcha_token(action)
        params['ecrm_captcha'] = ''  # what a visitor says of it himself counts for nothing
        try:
            super()._verify_request_recaptcha_token(action)
        except UserError:
            params['ecrm_captcha'] = params['ecrm_captcha'] or 'failed'
        return None

    def _verify_recaptcha_token(self, ip_addr, token, action=False):
        # EXTENDS google_recaptcha: that it passed, or was down, is kept beside what was sent
        result = super()._verify_recaptcha_token(ip_addr, token, action)
        if 'ecrm_captcha' in request.params and result != 'no_secret':
            request.params['ecrm_captcha'] = CAPTCHAS.get(result, 'failed')
        return result

    def _ecrm_check_captcha(self, token):
        """Ask what a token of a captcha is worth that another site's page sends along.

        :param str token: Google's, made with the public key of this database's settings
        :return: ``'passed'``, ``'failed'``, ``'unavailable'``, or ``''`` where no captcha is set up
        """
        result = self._verify_recaptcha_token(request.httprequest.remote_addr, token)
        return '' if result == 'no_secret' else CAPTCHAS.get(result, 'failed')
