"""The door for strangers: a browser with a public key, and a server that signs.

Handlers read, ask a model, and answer. They return every refusal as a response and raise
nothing: an exception would lose the headers that let a browser read the answer.
"""

import json
import time

from odoo import http
from odoo.http import request

from ..tools import payload as payload_tools
from ..tools import signature as signature_tools
from ..tools import touch as touch_tools
from .intake_refusals import REFUSALS

MAX_BODY = 1024 * 1024
BROWSER_TYPES = ('text/plain', 'application/json')
TRAP = 'ecrm_website_url'
CAPTCHA_FIELDS = ('g-recaptcha-response', 'recaptcha_token_response')
STRANGERS_KINDS = ('contact', 'callback', 'quote', 'newsletter', 'message')
SIGNERS_KINDS = (*STRANGERS_KINDS, 'ad', 'order')
"""A cart, a telephone call and a row of a sheet are the shop's own: nobody sends them in."""


class IntakeController(http.Controller):
    # === ROUTES === #

    @http.route(
        '/ecrm/intake/<string:key>/token',
        type='http',
        auth='public',
        methods=['GET', 'OPTIONS'],
        csrf=False,
        save_session=False,
        readonly=True,
        sitemap=False,
    )
    def intake_token(self, key, **_query):
        """Give one page of an allowed origin a token: ``{token, trap}``."""
        source, origin, refusal = self._find_browser_source(key)
        if refusal:
            return refusal
        if request.httprequest.method == 'OPTIONS':
            return self._preflight(origin)
        return self._answer(200, {'token': source._mint_token(origin), 'trap': TRAP}, origin)

    @http.route(
        '/ecrm/intake/<string:key>',
        type='http',
        auth='public',
        methods=['POST', 'OPTIONS'],
        csrf=False,
        save_session=False,
        readonly=False,
        max_content_length=MAX_BODY,
        sitemap=False,
    )
    def intake_browser(self, key, **_query):
        """Take a post from the browser of a visitor of an allowed origin."""
        source, origin, refusal = self._find_browser_source(key)
        if refusal:
            return refusal
        if request.httprequest.method == 'OPTIONS':
            return self._preflight(origin)
        refusal = self._check_envelope(source, BROWSER_TYPES, origin)
        if refusal:
            return refusal
        payload, refusal = self._parse(origin)
        if refusal:
            return refusal
        code = source._check_token(payload.pop('token', None), origin)
        if code:
            return self._refuse(401, code, origin)
        meta = {'page': payload.get('page') or request.httprequest.referrer}
        captcha = self._read_captcha(payload)
        if captcha:
            meta['captcha'] = captcha
        if payload.pop(TRAP, None):
            meta.update(state='spam', reason='trap')
        elif captcha in ('failed', 'unavailable'):
            meta.update(state='review', reason='captcha')
        return self._store(source, payload, meta, origin)

    @http.route(
        '/ecrm/hook/<string:key>',
        type='http',
        auth='public',
        methods=['POST'],
        csrf=False,
        save_session=False,
        readonly=False,
        max_content_length=MAX_BODY,
        sitemap=False,
    )
    def intake_signed(self, key, **_query):
        """Take a post from a server that signs the raw body."""
        source = self._find_source(key, 'signed')
        if not source:
            return self._refuse(404, 'source')
        refusal = self._check_envelope(source, ('application/json',))
        if refusal:
            return refusal
        headers, body = request.httprequest.headers, request.httprequest.get_data()
        try:
            signature_tools.verify(
                source.signature_profile, source._get_secrets(), headers, body, time.time()
            )
        except signature_tools.SignatureError as error:
            request.env['ecrm.submission']._keep_refused(
                source, body, error.code, ip=request.httprequest.remote_addr
            )
            return self._refuse(401, f'signature_{error.code}')
        payload, refusal = self._parse()
        if refusal:
            return refusal
        profile = source.signature_profile
        if topic := signature_tools.message_topic(profile, headers):
            payload.setdefault('topic', topic)
        key = signature_tools.message_key(profile, headers)
        return self._store(source, payload, {'idempotency_key': key})

    # === READING === #

    def _find_source(self, key, kind):
        return (
            request.env['ecrm.source']
            .sudo()
            .search(
                [('public_key', '=', payload_tools.clean_line(key, 64)), ('kind', '=', kind)],
                limit=1,
            )
        )

    def _find_browser_source(self, key):
        """Return the source, the origin and, instead of both, the refusal."""
        source = self._find_source(key, 'browser')
        if not source:
            return None, '', self._refuse(404, 'source')
        origin = (request.httprequest.headers.get('Origin') or '').lower()
        if origin not in source._get_origins():
            return None, '', self._refuse(403, 'origin')
        return source, origin, None

    def _check_envelope(self, source, types, origin=''):
        """Return the refusal of a post that is not worth reading, or ``None``."""
        http_request = request.httprequest
        limit = source.max_kilobytes
        if http_request.content_length is None:
            return self._refuse(411, 'length', origin)
        if http_request.content_length > limit * 1024:
            return self._refuse(413, 'size', origin, limit=limit)
        if http_request.mimetype not in types:
            return self._refuse(415, 'type', origin, types=', '.join(types))
        if source._is_over_rate(self._get_ip_hash()):
            return self._refuse(429, 'rate', origin)
        return None

    def _parse(self, origin=''):
        """Return the payload or the refusal."""
        try:
            return payload_tools.parse_json(request.httprequest.get_data()), None
        except payload_tools.PayloadError as error:
            return None, self._refuse(400, error.code, origin, **error.values)

    def _read_captcha(self, payload):
        """Take the captcha's token out of a payload; return what it is worth, ``''`` without one."""
        tokens = [payload.pop(name, None) for name in CAPTCHA_FIELDS]
        token = next((token for token in tokens if token and isinstance(token, str)), '')
        return request.env['ir.http']._ecrm_check_captcha(token) if token else ''

    def _get_ip_hash(self):
        return request.env['ecrm.submission']._hash_ip(request.httprequest.remote_addr)

    # === ANSWERING === #

    def _store(self, source, payload, meta, origin=''):
        """Store the post and answer the same, whoever the person is."""
        kind = payload_tools.clean_line(payload.get('kind'), 20)
        if kind not in (SIGNERS_KINDS if source.kind == 'signed' else STRANGERS_KINDS):
            kind = source.default_kind
        submission, outcome = request.env['ecrm.submission']._store(
            source,
            kind,
            payload,
            ip=request.httprequest.remote_addr,
            touches=touch_tools.clean(payload.get('attribution')),
            is_limited=True,
            **meta,
        )
        if outcome == 'over':
            return self._refuse(429, 'rate', origin)
        if outcome == 'conflict':
            return self._refuse(422, 'key_reused', origin)
        status = 200 if outcome == 'replay' or source.answer_200 else 202
        return self._answer(status, {'id': submission.public_id, 'status': 'accepted'}, origin)

    def _preflight(self, origin):
        response = self._answer(204, None, origin)
        response.headers['Access-Control-Allow-Methods'] = 'GET, POST, OPTIONS'
        response.headers['Access-Control-Allow-Headers'] = 'Content-Type'
        response.headers['Access-Control-Max-Age'] = '86400'
        return response

    def _refuse(self, status, code, origin='', **values):
        sentence = self.env._(REFUSALS.get(code, REFUSALS['signature']))
        message = sentence % {'limit': '', 'types': '', **values}
        response = self._answer(status, {'error': code, 'message': message}, origin)
        if status == 429:
            response.headers['Retry-After'] = '60'
        elif code == 'token_early':
            response.headers['Retry-After'] = '2'
        return response

    def _answer(self, status, data, origin=''):
        body = '' if data is None else json.dumps(data)
        response = request.make_response(
            body,
            status=status,
            headers=[
                ('Content-Type', 'application/json; charset=utf-8'),
                ('Cache-Control', 'no-store'),
            ],
        )
        if origin:
            response.headers['Access-Control-Allow-Origin'] = origin
            response.headers['Vary'] = 'Origin'
        return response
