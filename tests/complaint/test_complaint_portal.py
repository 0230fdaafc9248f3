import io

from odoo import http
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common_complaint import ComplaintCommon, photo


@tagged('post_install', '-at_install')
class TestComplaintPortal(ComplaintCommon, HttpCase):
    def setUp(self):
        super().setUp()
        self.complaint = self._new_complaint()
        self.token = self.complaint._portal_ensure_token()

    def authenticate(self, *args, **kwargs):
        # Sentences are compared in English, whatever the site speaks
        result = super().authenticate(*args, **kwargs)
        self.opener.cookies['frontend_lang'] = 'en_US'
        return result

    def _post(self, url, data=None, files=None, csrf=True):
        data = dict(data or {})
        if csrf:
            data['csrf_token'] = http.Request.csrf_token(self)
        return self.opener.post(
            self.base_url() + url, data=data, files=files, timeout=30, allow_redirects=False
        )

    def _last(self):
        return self.env['ecrm.complaint'].search([], order='id desc', limit=1)

    def _form(self, **values):
        return {
            f'line_{self.line.id}': '1',
            f'qty_{self.line.id}': '2',
            'cause_id': self.cause.id,
            'text': "There are lines\non the print",
            'wish': 'remake',
            **values,
        }

    def test_customer_complains_from_his_order_with_a_photo(self):
        self.authenticate('ecrm_portal', 'ecrm_portal')
        page = self.url_open(f'/my/orders/{self.order.id}/complaint')
        self.assertIn("Canvas of the bay", page.text)
        answer = self._post(
            f'/my/orders/{self.order.id}/complaint',
            self._form(),
            files=[('files', ('IMG.JPG', photo(), 'image/jpeg'))],
        )
        complaint = self._last()
        self.assertEqual(answer.status_code, 303)
        self.assertEqual(answer.headers['Location'].split('?')[0], f'/my/complaints/{complaint.id}')
        self.assertNotEqual(complaint, self.complaint)
        self.assertEqual((complaint.channel, complaint.wish), ('order', 'remake'))
        self.assertEqual(complaint.partner_id, self.partner)
        self.assertEqual(complaint.line_ids.mapped('quantity'), [2.0])
        first = complaint._customer_messages()[0]
        self.assertEqual(first.author_id, self.partner)
        self.assertEqual(first.attachment_ids.mimetype, 'image/jpeg')
        shown = self.url_open(f'/my/complaints/{complaint.id}')
        self.assertIn(complaint.reference, shown.text)
        file = self.url_open(f'/my/complaints/{complaint.id}/file/{first.attachment_ids.id}')
        self.assertEqual((file.status_code, file.content[:3]), (200, b'\xff\xd8\xff'))

    def test_guest_with_the_orders_link_complains_and_follows(self):
        self.authenticate(None, None)
        order_token = self.order._portal_ensure_token()
        answer = self._post(
            f'/my/orders/{self.order.id}/complaint', self._form(access_token=order_token)
        )
        complaint = self._last()
        self.assertIn(f'access_token={complaint.access_token}', answer.headers['Location'])
        self.assertEqual(self.url_open(answer.headers['Location']).status_code, 200)
        self.assertEqual(self.url_open(f'/my/complaints/{complaint.id}').status_code, 404)

    def test_wrong_form_keeps_what_was_typed_and_names_the_fault(self):
        self.authenticate('ecrm_portal', 'ecrm_portal')
        before = self._last()
        url = f'/my/orders/{self.order.id}/complaint'
        cases = [
            ({'cause_id': ''}, "Choose what is wrong"),
            ({'cause_id': '0'}, "Choose what is wrong"),
            ({'text': ' '}, "Tell us in a few words"),
            ({'text': 'x' * 5001}, "at most 5000"),
            ({f'line_{self.line.id}': ''}, "Choose at least one product"),
            ({f'qty_{self.line.id}': '4'}, "between 1 and 3"),
            ({f'qty_{self.line.id}': '-1'}, "between 1 and 3"),
            ({f'qty_{self.line.id}': 'nan'}, "between 1 and 3"),
            ({f'qty_{self.line.id}': 'many'}, "between 1 and 3"),
            ({'wish': 'gold'}, "Choose one of the wishes"),
        ]
        for change, message in cases:
            answer = self._post(url, self._form(**change))
            self.assertEqual(answer.status_code, 200)
            self.assertIn(message, answer.text)
            if 'text' not in change:
                self.assertIn("There are lines", answer.text)
        self.assertEqual(self._last(), before)

    def test_form_says_until_when_goods_may_be_sent_back_and_takes_the_wish_later_as_well(self):
        self.authenticate('ecrm_portal', 'ecrm_portal')
        url = f'/my/orders/{self.order.id}/complaint'
        self.assertNotIn('o_ecrm_return_over', self.url_open(url).text)
        done = self.order.picking_ids.filtered(lambda picking: picking.state == 'done')
        done.date_done = '2026-01-05 10:00:00'
        self.assertIn('o_ecrm_return_over', self.url_open(url).text)
        self._post(url, self._form(wish='return'))
        complaint = self._last()
        self.assertEqual((complaint.wish, complaint.return_over), ('return', True))

    def test_page_shows_the_next_step_the_voucher_and_you(self):
        self.authenticate('ecrm_portal', 'ecrm_portal')
        self.complaint._post_from_customer("It is torn", [])
        remedy = self.env['ecrm.complaint.remedy'].create(
            {'complaint_id': self.complaint.id, 'kind': 'coupon', 'amount': 900}
        )
        remedy.action_do()
        page = self.url_open(f'/my/complaints/{self.complaint.id}').text
        self.assertIn(remedy.card_id.code, page)
        self.assertIn('o_ecrm_promise', page)
        self.assertIn('<strong>You</strong>', page)
        self.assertIn('cause/print.svg', self.url_open('/my/complaints').text)

    def test_lines_of_another_order_are_ignored(self):
        self.authenticate('ecrm_portal', 'ecrm_portal')
        foreign = self.order_stranger.order_line.id
        answer = self._post(
            f'/my/orders/{self.order.id}/complaint',
            {f'line_{foreign}': '1', 'cause_id': self.cause.id, 'text': "x"},
        )
        self.assertIn("Choose at least one product", answer.text)

    def test_bad_files_are_refused_and_nothing_is_made(self):
        self.authenticate('ecrm_portal', 'ecrm_portal')
        before = self._last()
        url = f'/my/orders/{self.order.id}/complaint'
        svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
        for files in (
            [('a.jpg', b'MZ' + bytes(200))],
            [('a.svg', svg)],
            [('a.jpg', svg)],
            [('a.jpg', photo() + bytes(9 * 1024 * 1024))],
            [(f'{index}.jpg', photo()) for index in range(6)],
        ):
            answer = self._post(
                url,
                self._form(),
                files=[('files', (name, io.BytesIO(data))) for name, data in files],
            )
            self.assertEqual(answer.status_code, 200)
            self.assertIn('text-danger', answer.text)
        self.assertEqual(self._last(), before)

    def test_reply_reaches_the_thread_and_the_agent_answers(self):
        self.authenticate('ecrm_portal', 'ecrm_portal')
        answer = self._post(f'/my/complaints/{self.complaint.id}/reply', {'text': "Any news?"})
        self.assertEqual(answer.status_code, 303)
        self._answer(self.complaint, "On its way")
        self._note(self.complaint, "Secret note")
        page = self.url_open(f'/my/complaints/{self.complaint.id}').text
        self.assertIn("Any news?", page)
        self.assertIn("On its way", page)
        self.assertNotIn("Secret note", page)

    def test_empty_or_overlong_reply_is_refused(self):
        self.authenticate('ecrm_portal', 'ecrm_portal')
        url = f'/my/complaints/{self.complaint.id}/reply'
        self.assertIn("Write a message", self._post(url, {'text': "  "}).text)
        self.assertIn("5000", self._post(url, {'text': "x" * 6000}).text)

    def test_customer_closes_reopens_and_withdraws_by_post_only(self):
        self.authenticate('ecrm_portal', 'ecrm_portal')
        url = f'/my/complaints/{self.complaint.id}'
        self.assertEqual(self._post(f'{url}/close').status_code, 403)
        self.complaint.action_resolve()
        self.assertEqual(self._post(f'{url}/close').status_code, 303)
        self.assertEqual(self.complaint.kind, 'closed')
        self.assertEqual(self._post(f'{url}/reopen').status_code, 303)
        self.assertEqual(self.complaint.kind, 'open')
        self.assertEqual(self._post(f'{url}/cancel').status_code, 303)
        self.assertEqual(self.complaint.kind, 'cancelled')
        self.assertEqual(self._post(f'{url}/reopen').status_code, 403)
        self.assertEqual(self._post(f'{url}/spam').status_code, 404)

    def test_rating_is_recorded_by_post_and_locked_when_it_should_be(self):
        self.authenticate('ecrm_portal', 'ecrm_portal')
        url = f'/my/complaints/{self.complaint.id}'
        self.assertEqual(self._post(f'{url}/rate', {'score': '5'}).status_code, 403)
        self.complaint.action_resolve()
        self.assertIn('id="rate"', self.url_open(url).text)
        for score in ('', '0', '6', 'x', '٣'):
            self.assertIn("Choose from 1 to 5", self._post(f'{url}/rate', {'score': score}).text)
        self.assertIn(self.url_open(f'{url}/rate?score=5').status_code, (404, 405))
        self.assertFalse(self.complaint.score)
        answer = self._post(f'{url}/rate', {'score': '4', 'comment': "Fine"})
        self.assertEqual(answer.status_code, 303)
        self.assertEqual((self.complaint.score, self.complaint.score_comment), (4, "Fine"))

    def test_merged_complaint_leads_its_customer_to_the_other(self):
        self.authenticate('ecrm_portal', 'ecrm_portal')
        target = self._new_complaint()
        self.complaint._merge_into(target)
        page = self.url_open(f'/my/complaints/{self.complaint.id}')
        self.assertIn(target.reference, page.text)

    def test_get_changes_nothing(self):
        self.authenticate('ecrm_portal', 'ecrm_portal')
        self.complaint.action_resolve()
        for action in ('close', 'reopen', 'cancel', 'reply', 'rate'):
            answer = self.url_open(f'/my/complaints/{self.complaint.id}/{action}')
            self.assertIn(answer.status_code, (404, 405))
        self.assertEqual(self.complaint.kind, 'resolved')

    @mute_logger('odoo.http')
    def test_post_without_csrf_token_is_refused(self):
        self.authenticate('ecrm_portal', 'ecrm_portal')
        self.complaint.action_resolve()
        answer = self._post(f'/my/complaints/{self.complaint.id}/close', csrf=False)
        self.assertEqual(answer.status_code, 400)
        answer = self._post(f'/my/orders/{self.order.id}/complaint', self._form(), csrf=False)
        self.assertEqual(answer.status_code, 400)
        self.assertEqual(self.complaint.kind, 'resolved')

    def test_strangers_and_guests_find_nothing_by_any_route(self):
        self.complaint.action_resolve()
        own = self._new_complaint(partner_id=self.stranger.id, order_id=self.order_stranger.id)
        message = self.complaint._post_from_customer("mine", [])
        attachment = self.env['ir.attachment'].create(
            {
                'name': 'a.txt',
                'raw': b'x',
                'res_model': 'ecrm.complaint',
                'res_id': self.complaint.id,
            }
        )
        message.attachment_ids = attachment
        url = f'/my/complaints/{self.complaint.id}'
        for login in ('ecrm_portal2', None):
            self.authenticate(login, login)
            for token in ('', 'wrong', own._portal_ensure_token()):
                query = f'?access_token={token}'
                self.assertEqual(self.url_open(url + query).status_code, 404)
                self.assertEqual(
                    self.url_open(f'{url}/file/{attachment.id}{query}').status_code, 404
                )
                for action in ('close', 'reopen', 'cancel', 'reply', 'rate'):
                    answer = self._post(f'{url}/{action}', {'access_token': token, 'text': "x"})
                    self.assertEqual(answer.status_code, 404, action)
                answer = self._post(
                    f'/my/orders/{self.order.id}/complaint', self._form(access_token=token)
                )
                self.assertEqual(answer.status_code, 404)
            missing = self.url_open('/my/complaints/999999999')
            self.assertEqual(missing.status_code, 404)
        self.authenticate('ecrm_portal2', 'ecrm_portal2')
        self.assertNotIn(self.complaint.reference, self.url_open('/my/complaints').text)

    def test_file_of_a_note_or_of_another_complaint_is_not_served(self):
        self.authenticate('ecrm_portal', 'ecrm_portal')
        note = self._note(self.complaint, attachments=[('n.jpg', photo())])
        other = self._new_complaint(partner_id=self.stranger.id, order_id=self.order_stranger.id)
        foreign = other._post_from_customer("x", [])
        foreign.attachment_ids = self.env['ir.attachment'].create({'name': 'f', 'raw': b'f'})
        for attachment in (note | foreign).attachment_ids:
            url = f'/my/complaints/{self.complaint.id}/file/{attachment.id}'
            self.assertEqual(self.url_open(url).status_code, 404)
            self.assertEqual(self.url_open(f'/web/content/{attachment.id}').status_code, 404)

    @mute_logger('odoo.http')
    def test_mail_routes_open_no_door_by_token(self):
        for login in ('ecrm_portal', None):
            self.authenticate(login, login)
            target = {'thread_model': 'ecrm.complaint', 'thread_id': self.complaint.id}
            answer = self.url_open(
                '/mail/message/post',
                json={
                    'params': {
                        **target,
                        'token': self.token,
                        'context': {'mail_create_nosubscribe': True},
                        'post_data': {'body': "x", 'message_type': 'comment'},
                    }
                },
            )
            self.assertIn('error', answer.json())
            answer = self.url_open(
                '/mail/chatter_fetch', json={'params': {**target, 'token': self.token}}
            )
            self.assertIn('error', answer.json())
            upload = self._post(
                '/mail/attachment/upload',
                {**target, 'token': self.token},
                files={'ufile': ('a.exe', b'MZ')},
            )
            self.assertEqual(upload.status_code, 404)
        self.assertFalse(self.complaint._customer_messages())

    def test_list_counts_and_links_the_customers_own(self):
        self.authenticate('ecrm_portal', 'ecrm_portal')
        page = self.url_open('/my/complaints').text
        self.assertIn(self.complaint.reference, page)
        crumbs = page[page.index('o_portal_submenu') :]
        self.assertNotIn(self.complaint.reference, crumbs[: crumbs.index('</ol>')])
        counts = self.make_jsonrpc_request('/my/counters', {'counters': ['complaint_count']})
        self.assertEqual(counts['complaint_count'], 1)
