"""The thirteen behaviours that others' test suites taught, each from one end to the other under its number."""

from datetime import datetime, timedelta
from itertools import pairwise

from freezegun import freeze_time

from odoo import Command, http
from odoo.exceptions import UserError, ValidationError
from odoo.tests import HttpCase, tagged

from .common_mail import MailFileCommon


@tagged('post_install', '-at_install')
class TestComplaintBehaviours(MailFileCommon):
    def _targets(self, **hours):
        """Monday 2 March 2026 is a working day from 10 to 18, and there is one policy."""
        self.team.calendar_id = self._new_calendar("Shop", 10, 18)
        self.env['ecrm.complaint.sla'].search([]).active = False
        self.env['ecrm.complaint.sla'].create({'name': "The one", **hours})

    def _at(self, hour, minute=0, second=0, day=2):
        return freeze_time(datetime(2026, 3, day, hour, minute, second))

    def test_01_five_mails_make_five_complaints_the_sixth_none_and_one_bounce(self):
        params = self.env['ir.config_parameter']
        params.set_param('mail.gateway.loop.threshold', 5)
        params.set_param('mail.gateway.loop.minutes', 30)
        writings = ('Loop@Example.com', 'loop@example.com', 'LOOP@EXAMPLE.COM')
        bounces = 0
        for index in range(8):
            made = self._deliver('auto_bare', sender=writings[index % 3], subject="Broken")
            self.assertEqual(len(made), 1 if index < 5 else 0, index)
            bounces += len(self._new_mails) if index >= 5 else 0
        self.assertEqual(bounces, 1)
        self.assertTrue(self._deliver('auto_bare', sender='other@example.com', subject="Broken"))

    def test_02_one_message_id_is_one_complaint_and_a_stranger_gets_no_card(self):
        cards = self.env['res.partner'].search_count([])
        self.assertEqual(len(self._deliver('new_empty', sender='new@example.com', id='twice')), 1)
        self.assertFalse(self._deliver('new_empty', sender='new@example.com', id='twice'))
        self.assertEqual(self.env['res.partner'].search_count([]), cards)

    def test_04_what_is_paused_is_not_counted(self):
        self._targets(resolution_hours=4)
        with self._at(12):
            complaint = self._new_complaint()
        with self._at(12, 30):
            self._answer(complaint)
            complaint.action_wait_customer()
        with self._at(13):
            complaint._post_from_customer("Here is the photo", [])
        self.assertEqual(complaint.resolution_due, datetime(2026, 3, 2, 16, 30))
        with self._at(13, 30):
            complaint.action_resolve()
        self.assertEqual(complaint.resolution_net_hours, 1)

    def test_05_a_deadline_at_closing_time_stays_that_day_and_a_second_later_is_tomorrow(self):
        self._targets(resolution_hours=2)
        for held, due in (
            (timedelta(hours=1), datetime(2026, 3, 2, 18)),
            (timedelta(hours=1, seconds=1), datetime(2026, 3, 3, 10, 0, 1)),
        ):
            with self._at(15):
                complaint = self._new_complaint()
                self.assertEqual(complaint.resolution_due, datetime(2026, 3, 2, 17))
                self._answer(complaint)
                complaint.action_wait_customer()
            with freeze_time(datetime(2026, 3, 2, 15) + held):
                complaint._post_from_customer("Here is the photo", [])
            self.assertEqual(complaint.resolution_due, due)

    def test_06_a_late_first_answer_stays_failed_though_the_solution_is_on_time(self):
        self._targets(response_hours=1, resolution_hours=8)
        with self._at(10):
            complaint = self._new_complaint()
        with self._at(14, 30):
            self._answer(complaint)
        self.assertEqual(complaint.response_hours * 60, 270)
        with self._at(15):
            complaint.action_resolve()
        self.assertTrue(complaint.response_failed)
        self.assertFalse(complaint.resolution_failed)
        self.assertEqual(complaint.sla_state, 'failed')

    def test_07_two_days_open_it_again_and_five_make_a_linked_one_from_the_last_closing(self):
        self.company.ecrm_complaint_reopen_days = 2
        with self._at(10):
            complaint = self._deliver('new_empty', sender=self.partner.email)
            complaint.action_resolve()
            complaint.action_close()
        answered = self._acknowledgements(complaint).sorted("id")[0]
        again = {'sender': self.partner.email, 'answered': answered}
        with self._at(10, day=4):
            self.assertFalse(self._deliver('reply_gmail', **again))
            self.assertEqual(complaint.kind, 'open')
            complaint.action_resolve()
            complaint.action_close()
        with self._at(9, day=6):
            self.assertFalse(
                self._deliver('reply_gmail', **again),
                "two days after the last closing, not the first",
            )
            complaint.action_resolve()
            complaint.action_close()
        with self._at(10, day=11):
            follow = self._deliver('reply_gmail', **again)
        self.assertEqual((follow.parent_id, follow.kind), (complaint, 'new'))
        self.assertEqual(complaint.kind, 'closed')

    def test_08_a_mail_that_quotes_any_of_five_merged_lands_on_the_fifth(self):
        complaints = [self._deliver('new_empty', sender=self.partner.email) for _number in range(5)]
        quoted = [self._acknowledgements(complaint) for complaint in complaints]
        for source, target in pairwise(complaints):
            source._merge_into(target)
        before = len(complaints[-1].message_ids)
        for answered in quoted:
            self.assertFalse(
                self._deliver('reply_gmail', sender=self.partner.email, answered=answered)
            )
        self.assertEqual(len(complaints[-1].message_ids), before + 5)
        # A cycle that should never be: what comes is kept by one of them
        complaints[-1].merged_into_id = complaints[0]
        count = sum(len(complaint.message_ids) for complaint in complaints)
        self._deliver('reply_gmail', sender=self.partner.email, answered=quoted[2])
        self.assertEqual(sum(len(complaint.message_ids) for complaint in complaints), count + 1)

    def test_10_three_of_five_are_delivered_so_three_can_be_claimed_and_a_return_leaves_the_rest(
        self,
    ):
        def claim(quantity):
            line = Command.create({'sale_line_id': self.line.id, 'quantity': quantity})
            return self._new_complaint(line_ids=[line])

        with self.assertRaises(ValidationError):
            claim(5)
        self.assertEqual(claim(3).line_ids.claimable_quantity, 3)
        remedy = self.env['ecrm.complaint.remedy'].create(
            {'complaint_id': claim(1).id, 'kind': 'return'}
        )
        remedy.action_do()
        remedy.picking_ids.move_ids.write({'quantity': 1, 'picked': True})
        remedy.picking_ids.with_context(skip_sms=True).button_validate()
        with self.assertRaises(ValidationError):
            claim(3)
        self.assertEqual(claim(2).line_ids.claimable_quantity, 2)

    def test_11_a_credit_note_mirrors_its_line_and_guesses_no_invoice(self):
        line = Command.create({'sale_line_id': self.line.id, 'quantity': 1})
        complaint = self._new_complaint(line_ids=[line])
        self.line.tax_ids = self.env['account.tax'].create({'name': "19", 'amount': 19})

        def remedy():
            return self.env['ecrm.complaint.remedy'].create(
                {'complaint_id': complaint.id, 'kind': 'refund'}
            )

        with self.assertRaises(UserError):
            remedy().action_do()
        invoice = self.order._create_invoices()
        invoice.action_post()
        done = remedy()
        done.action_do()
        made, source = done.refund_id.invoice_line_ids, invoice.invoice_line_ids
        for field in ('price_unit', 'tax_ids', 'account_id'):
            self.assertEqual(made[field], source[field], field)
        self.assertEqual(made.move_id.journal_id, source.move_id.journal_id)
        self.assertEqual(made.quantity, 1)
        twin = invoice.copy()
        twin.invoice_line_ids.sale_line_ids = self.line
        twin.action_post()
        with self.assertRaisesRegex(UserError, "Several invoices"):
            remedy().action_do()

    def test_12_closing_a_day_later_changes_no_measure_and_silence_closes_for_two_teams(self):
        self._targets(resolution_hours=4)
        with self._at(10):
            complaint = self._new_complaint()
        with self._at(12):
            complaint.action_resolve()
        measures = (complaint.resolved_at, complaint.resolution_net_hours)
        with self._at(12, day=3):
            complaint.action_close()
        self.assertEqual((complaint.resolved_at, complaint.resolution_net_hours), measures)

        self.company.ecrm_complaint_silence_days = 5
        teams = self.team | self.team.copy({'name': "Second", 'alias_name': False})
        with self._at(11):
            waiting = self.env['ecrm.complaint']
            for team in teams:
                waiting |= self._new_complaint(team_id=team.id)
            for each in waiting:
                self._answer(each)
                each.action_wait_customer()
        for day in (4, 5, 9, 10):
            with self._at(12, day=day), self.enter_registry_test_mode():
                self.env.ref('ecrm.ir_cron_complaint_silence').method_direct_trigger()
            kind = 'waiting_customer' if day < 9 else 'closed'
            self.assertEqual(waiting.mapped('kind'), [kind, kind], day)
        self.assertTrue(all(waiting.mapped('auto_closed')))


@tagged('post_install', '-at_install')
class TestComplaintBehavioursOnPages(MailFileCommon, HttpCase):
    def setUp(self):
        super().setUp()
        self.complaint = self._new_complaint()
        self.url = f'/my/complaints/{self.complaint.id}'

    def _post(self, action, **values):
        values['csrf_token'] = http.Request.csrf_token(self)
        return self.opener.post(
            f'{self.base_url()}{self.url}/{action}', data=values, timeout=30, allow_redirects=False
        )

    def test_03_with_his_own_token_a_customer_reaches_nothing_of_anothers(self):
        own = self._new_complaint(partner_id=self.stranger.id, order_id=self.order_stranger.id)
        token = own._portal_ensure_token()
        self.complaint.action_resolve()
        before = (self.complaint.kind, self.complaint.score, len(self.complaint.message_ids))
        self.authenticate('ecrm_portal2', 'ecrm_portal2')
        self.assertEqual(self.url_open(f'{self.url}?access_token={token}').status_code, 404)
        for action in ('close', 'reopen', 'rate', 'reply', 'cancel'):
            values = {'access_token': token, 'text': "Mine", 'score': '1'}
            self.assertEqual(self._post(action, **values).status_code, 404, action)
            address = f'{self.url}/{action}?access_token={token}&score=1&text=Mine'
            self.assertIn(self.url_open(address).status_code, (404, 405), action)
        after = (self.complaint.kind, self.complaint.score, len(self.complaint.message_ids))
        self.assertEqual(after, before)

    def test_09_opening_a_rating_link_changes_nothing_and_a_second_post_replaces_the_first(self):
        self.complaint.action_resolve()
        self.authenticate('ecrm_portal', 'ecrm_portal')
        for address in (f'{self.url}?score=1', f'{self.url}/rate?score=1'):
            self.url_open(address)
            self.assertEqual((self.complaint.score, self.complaint.rating_ids.rating), (0, 0))
        for score in (2, 5):
            self.assertEqual(self._post('rate', score=str(score)).status_code, 303)
            self.assertEqual(self.complaint.score, score)
        self.assertEqual(self.complaint.rating_ids.mapped('rating'), [5])

    def test_13_colleagues_see_each_others_complaints_only_when_allowed(self):
        firm = self.env['res.partner'].create({'name': "Firm", 'is_company': True})
        (self.partner | self.stranger).parent_id = firm
        self.authenticate('ecrm_portal2', 'ecrm_portal2')
        for allowed in (False, True, False):
            self.company.ecrm_complaint_share_colleagues = allowed
            self.assertEqual(self.url_open(self.url).status_code, 200 if allowed else 404)
            listed = self.complaint.reference in self.url_open('/my/complaints').text
            self.assertEqual(listed, allowed)
