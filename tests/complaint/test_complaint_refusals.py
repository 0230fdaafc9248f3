import io
import json
import re

from odoo import http
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ...tools import media
from .. import common_files as files
from .common_complaint import ComplaintCommon, photo

MOVES = ('close', 'reopen', 'cancel')


@tagged('post_install', '-at_install')
class TestComplaintRefusals(ComplaintCommon, HttpCase):
    """Every route of the customer's desk, and what it refuses.

    ``{id}`` is a complaint of ``partner``, ``{order}`` his order, ``{file}`` a file on his message.
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

    # === WHO === #

    def test_another_customer_and_a_guest_reach_nothing_with_any_token_but_the_right_one(self):
        colleague = self._new_user('ecrm_colleague', 'base.group_portal')
        firm = self.env['res.partner'].create({'name': "Firm", 'is_company': True})
        (self.partner | colleague.partner_id).parent_id = firm
        before = self._state()
        tokens = (
            '',
            'wrong',
            self.complaint.access_token[:-1],
            self.other.access_token,
            self.order._portal_ensure_token(),
            self.complaint.reference,
        )
        for login in ('ecrm_portal2', 'ecrm_colleague', None):
            self.authenticate(login, login)
            for token in tokens:
                for url in self.PAGES:
                    answer = self.url_open(f'{self._url(url)}?access_token={token}')
                    self.assertEqual(answer.status_code, 404, (login, url, token))
                for url, data in self.CHANGES:
                    answer = self._post(url, {**data, 'access_token': token})
                    self.assertEqual(answer.status_code, 404, (login, url, token))
                # A colleague reads the orders of his company, and may complain of one himself
                if login != 'ecrm_colleague' and token != self.order.access_token:
                    answer = self._post(self.ORDER, self._order_form(access_token=token))
                    self.assertEqual(answer.status_code, 404, (login, self.ORDER, token))
        self.assertEqual(self._state(), before)

    def test_colleague_complains_of_an_order_for_himself_and_follows_his_own_only(self):
        colleague = self._new_user('ecrm_colleague', 'base.group_portal')
        firm = self.env['res.partner'].create({'name': "Firm", 'is_company': True})
        (self.partner | colleague.partner_id).parent_id = firm
        self.authenticate('ecrm_colleague', 'ecrm_colleague')
        answer = self._post(self.ORDER, self._order_form())
        made = self.env['ecrm.complaint'].search([], order='id desc', limit=1)
        self.assertEqual((made.partner_id, made.order_id), (colleague.partner_id, self.order))
        self.assertEqual(self.url_open(answer.headers['Location']).status_code, 200)
        self.authenticate('ecrm_portal', 'ecrm_portal')
        self.assertEqual(self.url_open(f'/my/complaints/{made.id}').status_code, 404)

    def test_what_is_missing_answers_as_what_is_forbidden(self):
        self.authenticate('ecrm_portal2', 'ecrm_portal2')
        for url in (*self.PAGES, self.ORDER, *(url for url, _data in self.CHANGES)):
            real, missing = (
                self._post(each, {'text': "x"})
                if url not in self.PAGES
                else self.url_open(self._url(each))
                for each in (url, url.replace('{id}', '999999999').replace('{order}', '999999999'))
            )
            self.assertEqual((real.status_code, missing.status_code), (404, 404), url)
            words = [
                re.sub(r'\d+', '', answer.text.split('<main')[-1].split('</main')[0])
                for answer in (real, missing)
            ]
            self.assertEqual(*words, url)

    def test_list_is_for_who_is_logged_in_and_holds_his_own_only(self):
        self.authenticate(None, None)
        answer = self.url_open('/my/complaints', allow_redirects=False)
        self.assertEqual(answer.status_code, 303)
        self.assertIn('/web/login', answer.headers['Location'])
        self.authenticate('ecrm_portal2', 'ecrm_portal2')
        page = self.url_open('/my/complaints').text
        self.assertNotIn(self.complaint.reference, page)
        self.assertIn(self.other.reference, page)

    def test_files_of_notes_of_others_and_of_nothing_are_not_served_by_any_address(self):
        note = self._note(self.complaint, attachments=[('n.jpg', photo())])
        foreign = self.other._post_from_customer("x", [])
        foreign.attachment_ids = self.env['ir.attachment'].create(
            {'name': 'f', 'raw': b'of another customer'}
        )
        loose = self.env['ir.attachment'].create(
            {
                'name': 'l.jpg',
                'raw': photo(),
                'res_model': 'ecrm.complaint',
                'res_id': self.complaint.id,
            }
        )
        self.authenticate('ecrm_portal', 'ecrm_portal')
        for attachment in note.sudo().attachment_ids | foreign.attachment_ids | loose:
            for url in (
                f'/my/complaints/{self.complaint.id}/file/{attachment.id}',
                f'/web/content/{attachment.id}',
                f'/web/image/{attachment.id}?access_token={self.complaint.access_token}',
            ):
                answer = self.url_open(url)
                self.assertNotIn(attachment.raw, answer.content, url)
        self.assertEqual(self.url_open(self._url(self.PAGES[1])).content, self.file.raw)

    @mute_logger('odoo.http', 'odoo.addons.base.models.ir_model')
    def test_no_method_of_the_models_answers_a_customer(self):
        self.authenticate('ecrm_portal', 'ecrm_portal')
        before = self._state()
        calls = (
            ('read', [[self.complaint.id], ['name']]),
            ('search_read', [[]]),
            ('write', [[self.complaint.id], {'name': "x"}]),
            ('action_close', [[self.complaint.id]]),
            ('action_reopen', [[self.complaint.id]]),
            ('message_post', [[self.complaint.id]]),
            ('unlink', [[self.complaint.id]]),
            ('_rate_from_customer', [[self.complaint.id], 5]),
            ('_for_customer', [self.complaint.id]),
        )
        for method, args in calls:
            answer = self.url_open(
                f'/web/dataset/call_kw/ecrm.complaint/{method}',
                data=json.dumps(
                    {
                        'params': {
                            'model': 'ecrm.complaint',
                            'method': method,
                            'args': args,
                            'kwargs': {'context': {'default_kind': 'closed'}},
                        }
                    }
                ),
                headers={'Content-Type': 'application/json'},
            )
            self.assertIn('error', answer.json(), method)
        self.assertEqual(self._state(), before)

    # === HOW === #

    def test_opening_the_address_of_a_change_changes_nothing(self):
        self.authenticate('ecrm_portal', 'ecrm_portal')
        before = self._state()
        for url, data in (*self.CHANGES, ('/complaint/send', self._public_form())):
            query = '&'.join(f'{key}={value}' for key, value in data.items())
            answer = self.url_open(f'{self._url(url)}?{query}')
            self.assertIn(answer.status_code, (404, 405), url)
        self.url_open(
            f'{self._url(self.ORDER)}?{"&".join(f"{k}={v}" for k, v in self._order_form().items())}'
        )
        self.assertEqual(self._state(), before)

    @mute_logger('odoo.http')
    def test_post_without_the_forms_own_token_is_refused(self):
        self.authenticate('ecrm_portal', 'ecrm_portal')
        before = self._state()
        for url, data in (*self.CHANGES, *self._forms()):
            self.assertEqual(self._post(url, data, csrf=False).status_code, 400, url)
        self.assertEqual(self._state(), before)

    def test_what_a_client_adds_to_a_form_is_not_listened_to(self):
        self.authenticate('ecrm_portal', 'ecrm_portal')
        extra = {
            'context': '{"default_message_type": "notification", "lang": "fr_FR"}',
            'message_type': 'notification',
            'subtype_xmlid': 'mail.mt_note',
            'author_id': self.user_manager.partner_id.id,
            'partner_ids': self.user_manager.partner_id.id,
            'partner_id': self.stranger.id,
            'company_id': 0,
            'user_id': self.user_agent2.id,
            'priority': '2',
            'channel': 'staff',
            'stage_id': 1,
            'founded': 'yes',
            'is_internal': '1',
            'attachment_ids': self.file.id,
        }
        self.assertEqual(
            self._post('/my/complaints/{id}/reply', {'text': "Hi", **extra}).status_code, 303
        )
        message = self.complaint._customer_messages().sorted('id')[-1]
        self.assertIn("Hi", message.body)
        self.assertEqual((message.author_id, message.message_type), (self.partner, 'comment'))
        self.assertFalse(message.partner_ids)
        self.assertFalse(message.attachment_ids)
        self.assertEqual(self._post(self.ORDER, self._order_form(**extra)).status_code, 303)
        made = self.env['ecrm.complaint'].search([], order='id desc', limit=1)
        self.assertEqual(
            (made.partner_id, made.channel, made.priority, made.kind, made.founded),
            (self.partner, 'order', '0', 'new', False),
        )
        self.assertEqual(made.user_id, self.user_agent)

    def test_moves_that_are_not_the_customers_are_refused(self):
        self.authenticate('ecrm_portal', 'ecrm_portal')
        for kind, refused in (
            ('new', ('close', 'reopen', 'rate')),
            ('closed', ('close', 'cancel')),
            ('spam', ('close', 'reopen', 'cancel', 'rate', 'reply')),
        ):
            stage = self.env['ecrm.complaint.stage']._first_of_kind(kind, self.team)
            complaint = self._new_complaint(stage_id=stage.id)
            for action in refused:
                answer = self._post(
                    f'/my/complaints/{complaint.id}/{action}', {'score': '5', 'text': "x"}
                )
                self.assertEqual(answer.status_code, 403, (kind, action))
            self.assertEqual(complaint.kind, kind)

    # === HOW MUCH === #

    def test_words_and_files_over_their_bound_are_refused_by_a_sentence_that_names_it(self):
        self.authenticate('ecrm_portal', 'ecrm_portal')
        before = self._state()
        for url, form in self._forms():
            answer = self._post(url, {**form, 'text': "y" * 5001})
            self.assertEqual(answer.status_code, 200, url)
            self.assertIn('5000', answer.text, url)
            six = [(f'{index}.jpg', photo()) for index in range(6)]
            answer = self._post(url, form, six)
            self.assertIn("At most 5 files", answer.text, url)
            self.assertIn(form['text'], answer.text, url)
        self.assertEqual(self._state(), before)

    def test_thirty_megabytes_are_refused_and_nothing_typed_is_lost(self):
        self.authenticate('ecrm_portal', 'ecrm_portal')
        before = self._state()
        film = files.film(bytes(30 * media.MEBIBYTE))
        for url, form in self._forms():
            answer = self._post(url, form, [('long.mp4', film)])
            self.assertEqual(answer.status_code, 200, url)
            self.assertIn("long.mp4” is too large: a file may have 8 MB at most", answer.text, url)
            self.assertIn(form['text'], answer.text, url)
        self.assertEqual(self._state(), before)

    def test_a_file_is_read_no_further_than_its_bound(self):
        class Endless:
            taken = 0

            def _take(self, size):
                Endless.taken += size
                return bytes(size)

            read = _take

        errors = {}
        self.env['ecrm.complaint']._accept_files([('a.mp4', Endless())], errors)
        self.assertIn('8 MB', errors['files'])
        self.assertEqual(Endless.taken, 8 * media.MEBIBYTE + 1)

    def test_posts_over_the_limit_are_refused_on_each_form_and_nothing_typed_is_lost(self):
        self.company.ecrm_complaint_reply_hourly = 2
        for limits in ({'ecrm_complaint_hourly': 2}, {'ecrm_complaint_daily': 2}):
            self.company.write({'ecrm_complaint_hourly': 0, 'ecrm_complaint_daily': 0, **limits})
            for url, form in self._forms():
                self.env['ecrm.complaint.hit'].search([]).unlink()
                self.authenticate('ecrm_portal', 'ecrm_portal')
                for _index in range(2):
                    self.assertEqual(self._post(url, form).status_code, 303, url)
                before = self._state()
                answer = self._post(url, form)
                self.assertEqual(answer.status_code, 429, (url, limits))
                self.assertIn(form['text'], answer.text, url)
                self.assertEqual(self._state(), before)

    def test_order_page_and_public_form_share_one_limit(self):
        self.company.ecrm_complaint_hourly = 2
        self.authenticate('ecrm_portal', 'ecrm_portal')
        self.assertEqual(self._post(self.ORDER, self._order_form()).status_code, 303)
        self.assertEqual(self._post('/complaint/send', self._public_form()).status_code, 303)
        self.assertEqual(self._post(self.ORDER, self._order_form()).status_code, 429)

    # === WHAT === #

    def test_files_that_are_not_what_they_say_are_refused_by_each_form(self):
        self.authenticate('ecrm_portal', 'ecrm_portal')
        before = self._state()
        refused = (
            ('drawing.svg', files.SVG, "cannot be sent"),
            ('drawing.jpg', files.SVG, "cannot be sent"),
            ('photo.jpg', files.PROGRAM, "cannot be sent"),
            ('page.png', b'<html><script>alert(1)</script></html>', "cannot be sent"),
            ('run.sh', b'#!/bin/sh\nrm -r /', "cannot be sent"),
            ('half.jpg', photo()[:80], "cannot be read"),
            ('empty.jpg', b'', "cannot be read"),
            ('ride.mp4', files.film_with_journey(), "the places you went to"),
        )
        for url, form in self._forms():
            for name, content, message in refused:
                answer = self._post(url, form, [('good.jpg', photo()), (name, content)])
                self.assertEqual(answer.status_code, 200, (url, name))
                self.assertIn(message, answer.text, (url, name))
                self.assertIn(form['text'], answer.text, (url, name))
        self.assertEqual(self._state(), before)

    def test_place_is_gone_from_every_file_that_is_taken(self):
        self.authenticate('ecrm_portal', 'ecrm_portal')
        heic, latitude = files.heic()
        taken = (
            ('a.jpg', files.photo_with_place()),
            ('a.png', files.photo_with_place('PNG')),
            ('a.webp', files.photo_with_place('WEBP')),
            ('a.heic', heic),
            ('a.mp4', files.film_with_places()),
        )
        self.assertEqual(self._post('/my/complaints/{id}/reply', {}, taken).status_code, 303)
        message = self.complaint._customer_messages().sorted('id')[-1]
        self.assertEqual(len(message.attachment_ids), len(taken))
        for attachment in message.attachment_ids:
            answer = self.url_open(f'/my/complaints/{self.complaint.id}/file/{attachment.id}')
            self.assertEqual(answer.status_code, 200)
            for place in (*files.PLACE, latitude, b'+3645.22'):
                self.assertNotIn(place, answer.content, attachment.name)

    def test_file_of_two_kinds_comes_back_as_a_picture_only(self):
        self.authenticate('ecrm_portal', 'ecrm_portal')
        pages = (
            ('a.jpg', files.polyglot()),
            ('b.pdf', b'%PDF-1.4\n<html><script>alert(1)</script></html>\n%%EOF'),
        )
        self._post('/my/complaints/{id}/reply', {}, pages)
        message = self.complaint._customer_messages().sorted('id')[-1]
        for attachment in message.attachment_ids:
            answer = self.url_open(f'/my/complaints/{self.complaint.id}/file/{attachment.id}')
            self.assertEqual(answer.headers['X-Content-Type-Options'], 'nosniff')
            if attachment.name == 'a.jpg':
                self.assertEqual(answer.headers['Content-Type'], 'image/jpeg')
                for part in (b'<script>', b'PK\x03\x04'):
                    self.assertNotIn(part, answer.content)
            else:
                self.assertEqual(answer.headers['Content-Type'], 'application/pdf')
                self.assertIn('attachment', answer.headers['Content-Disposition'])
