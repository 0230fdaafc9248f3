import json
import time
from unittest.mock import patch

from odoo.tests import HttpCase

from ...models.intake import ecrm_source as source_module
from ...tools import signature
from .common_intake import IntakeCommon

ORIGIN = 'https://shop.example.com'


class IntakeHttpCase(IntakeCommon, HttpCase):
    """Posts to the door for browsers (``form``, ``post``) and to the one for servers that sign (``hook``)."""

    def post(self, body, path=None, origin=ORIGIN, mimetype='text/plain', **headers):
        if not isinstance(body, bytes):
            body = json.dumps(body).encode()
        headers = {'Content-Type': mimetype, **headers}
        if origin:
            headers['Origin'] = origin
        # By name: an empty body would be a GET
        return self.url_open(
            path or f'/ecrm/intake/{self.browser.public_key}',
            data=body,
            headers=headers,
            method='POST',
        )

    def token(self, source=None, origin=ORIGIN):
        """A token old enough to be taken."""
        moment = time.time() - 60
        with patch.object(source_module.time, 'time', return_value=moment):
            return (source or self.browser)._mint_token(origin)

    def form(self, values, **kwargs):
        """Post what a page of an allowed origin would."""
        return self.post({'token': self.token(), **values}, **kwargs)

    def hook(self, payload, secret=None, moment=None, message_id='msg_1', **headers):
        """Post what a server with a secret would; ``payload`` as a dict or as raw bytes."""
        body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
        stamp = str(int(moment if moment is not None else time.time()))
        return self.post(
            body,
            path=f'/ecrm/hook/{self.signed.public_key}',
            origin='',
            mimetype='application/json',
            **{
                'webhook-id': message_id,
                'webhook-timestamp': stamp,
                'webhook-signature': signature.sign_standard(
                    secret or self.signed.secret, message_id, stamp, body
                ),
                **headers,
            },
        )

    def rows(self, source=None):
        return self.env['ecrm.submission'].search([('source_id', '=', (source or self.browser).id)])

    def assertAnswer(self, response, status, code=None):
        """The status, a code for programs and a sentence for people, and never a page of Odoo."""
        self.assertEqual(response.status_code, status, response.text)
        self.assertEqual(response.headers['Content-Type'], 'application/json; charset=utf-8')
        if code:
            self.assertEqual(response.json()['error'], code)
            self.assertTrue(response.json()['message'])
