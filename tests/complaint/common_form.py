import io

from odoo import http
from odoo.tests import HttpCase

from .common_complaint import ComplaintCommon, photo

MOVES = ('close', 'reopen', 'cancel')


class ComplaintFormCommon(ComplaintCommon, HttpCase):
    """The forms of the customer's desk, posted as his browser does.

    ``{id}`` is a complaint of ``partner``, ``{order}`` his order, ``{file}`` a file on his message.
    Attributes set besides those of ComplaintCommon: ``complaint`` (resolved), ``other`` (of ``stranger``), ``file``.
    """

    CHANGES = (
        ('/my/complaints/{id}/reply', {'text': "x"}),
        *((f'/my/complaints/{{id}}/{move}', {}) for move in MOVES),
        ('/my/complaints/{id}/rate', {'score': '5'}),
    )
    PAGES = ('/my/complaints/{id}', '/my/complaints/{id}/file/{file}')
    ORDER = '/my/orders/{order}/complaint'

    def setUp(self):
        super().setUp()
        self.company.write({'ecrm_complaint_hourly': 0, 'ecrm_complaint_daily': 0})
        self.complaint = self._new_complaint()
        self.complaint._portal_ensure_token()
        self.other = self._new_complaint(
            partner_id=self.stranger.id, order_id=self.order_stranger.id
        )
        self.other._portal_ensure_token()
        message = self.complaint._post_from_customer("mine", [])
        message.attachment_ids = self.env['ir.attachment'].create(
            {
                'name': 'a.jpg',
                'raw': photo(),
                'res_model': 'ecrm.complaint',
                'res_id': self.complaint.id,
            }
        )
        self.file = message.attachment_ids
        self.complaint.action_resolve()

    def authenticate(self, *args, **kwargs):
        # Sentences are compared in English, whatever the site speaks
        result = super().authenticate(*args, **kwargs)
        self.opener.cookies['frontend_lang'] = 'en_US'
        return result

    def _url(self, url):
        return url.format(id=self.complaint.id, order=self.order.id, file=self.file.id)

    def _post(self, url, data=None, uploads=(), csrf=True):
        data = dict(data or {})
        if csrf:
            data['csrf_token'] = http.Request.csrf_token(self)
        return self.opener.post(
            self.base_url() + self._url(url),
            data=data,
            files=[('files', (name, io.BytesIO(content))) for name, content in uploads] or None,
            timeout=60,
            allow_redirects=False,
        )

    def _order_form(self, **values):
        return {
            f'line_{self.line.id}': '1',
            'cause_id': self.cause.id,
            'text': "There are lines on the print",
            **values,
        }

    def _public_form(self, **values):
        return {
            'name': "Amine",
            'email': 'amine@example.com',
            'text': "There are lines on the print",
            'cause_id': self.cause.id,
            **values,
        }

    def _forms(self):
        """Each route that takes words and files, with a form that would be taken."""
        return (
            (self.ORDER, self._order_form()),
            ('/complaint/send', self._public_form()),
            ('/my/complaints/{id}/reply', {'text': "There are lines on the print"}),
        )

    def _state(self):
        """What a refused request must leave as it was."""
        self.env.invalidate_all()
        complaints = self.env['ecrm.complaint'].search([])
        return (
            complaints.ids,
            self.complaint.kind,
            self.complaint.score,
            len(complaints.message_ids),
            self.env['ir.attachment'].search_count([('res_model', '=', 'ecrm.complaint')]),
        )
