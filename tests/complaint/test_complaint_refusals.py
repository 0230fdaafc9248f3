import json
import re

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_complaint import photo
from .common_form import ComplaintFormCommon


@tagged('post_install', '-at_install')
class TestComplaintRefusals(ComplaintFormCommon):
    """Every route of the customer's desk, and whom and what it refuses."""

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
