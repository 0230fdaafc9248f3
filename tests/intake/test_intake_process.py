from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from ...models.intake.ecrm_submission_process import DELAYS
from .common_intake import IntakeCommon


@tagged('post_install', '-at_install')
class TestIntakeProcess(IntakeCommon):
    # === MATCHING === #

    def test_a_known_phone_links_the_customer_and_changes_nothing_on_his_card(self):
        before = self.customer.read()[0]
        submission = self._process(
            self._accept(name="Somebody else", phone='+213663352542', message="x")
        )
        self.env.flush_all()
        self.assertEqual((submission.match, submission.partner_id), ('phone', self.customer))
        self.assertEqual(submission.lead_id.partner_id, self.customer)
        self.env.invalidate_all()
        after = self.customer.read()[0]
        for name in ('name', 'phone', 'email', 'lang', 'street', 'city', 'write_date'):
            self.assertEqual(after[name], before[name], name)

    def test_a_known_phone_with_another_address_suggests_and_does_not_link(self):
        submission = self._process(self._accept(phone='0663352542', email='other@example.com'))
        self.env.flush_all()
        self.assertEqual(submission.match, 'conflict')
        self.assertFalse(submission.partner_id)
        self.assertEqual(submission.candidate_ids, self.customer)
        self.assertEqual(self.customer.email, 'amina@example.com')
        self.assertEqual(submission.lead_id.email_from, 'other@example.com')

    def test_a_known_address_with_a_new_phone_suggests_and_does_not_link(self):
        self.customer.phone = False
        submission = self._process(self._accept(phone='0551234567', email='Amina@Example.com'))
        self.env.flush_all()
        self.assertEqual(submission.match, 'conflict')
        self.assertFalse(self.customer.phone)

    def test_a_known_address_alone_links(self):
        submission = self._process(self._accept(email='AMINA@example.com', message="x"))
        self.assertEqual((submission.match, submission.partner_id), ('email', self.customer))

    def test_several_hits_link_nothing_and_list_them(self):
        twin = self.customer.copy({'name': "Amina K.", 'email': False})
        submission = self._process(self._accept(phone='0663352542'))
        self.assertEqual(submission.match, 'several')
        self.assertEqual(submission.candidate_ids, self.customer + twin)
        self.assertFalse(submission.lead_id.partner_id)

    def test_a_name_alone_matches_nobody(self):
        submission = self._process(self._accept(name="Amina Kaci", phone='0551234567'))
        self.assertEqual(submission.match, 'none')

    def test_another_companys_customer_is_not_found(self):
        self.customer.company_id = self.env['res.company'].create({'name': "Elsewhere"})
        self.assertEqual(self._process(self._accept(phone='0663352542')).match, 'none')

    def test_staff_link_a_suggestion_and_the_card_stays(self):
        submission = self._process(self._accept(phone='0663352542', email='other@example.com'))
        submission.with_user(self.user_sales).action_link_partner(self.customer.id)
        self.env.flush_all()
        self.assertEqual(submission.lead_id.partner_id, self.customer)
        self.assertEqual(self.customer.email, 'amina@example.com')
        self.assertEqual(submission.match, 'manual')
        self.assertIn('other@example.com', ''.join(submission.lead_id.message_ids.mapped('body')))

    # === DEDUPLICATION === #

    def test_the_same_request_again_is_a_note_on_the_open_lead(self):
        first = self._process(self._accept(phone='0551234567', message="one"))
        second = self._process(self._accept(phone='0551234567', message="two"))
        self.assertEqual(second.lead_id, first.lead_id)
        self.assertTrue(second.is_appended)
        self.assertIn('two', first.lead_id.message_ids[0].body)

    def test_another_kind_a_later_time_or_a_lost_lead_makes_a_new_lead(self):
        first = self._process(self._accept(phone='0551234567', message="one"))
        call = self._process(self._accept(kind='callback', phone='0551234567'))
        self.assertNotEqual(call.lead_id, first.lead_id)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE ecrm_submission SET create_date = create_date - interval '11 minutes' WHERE id = %s",
            [first.id],
        )
        self.env.invalidate_all()
        later = self._process(self._accept(phone='0551234567', message="two"))
        self.assertNotEqual(later.lead_id, first.lead_id)
        # Each leads to the others of the same person
        self.assertIn(first.lead_id, later.lead_id.duplicate_lead_ids)
        later.lead_id.action_set_lost()
        self.assertNotEqual(
            self._process(self._accept(phone='0551234567', message="three")).lead_id, later.lead_id
        )

    def test_a_merge_keeps_submissions_and_origin(self):
        one = self._process(self._accept(phone='0551234567', message="one"))
        two = self._process(self._accept(kind='callback', phone='0551234567'))
        merged = (one.lead_id + two.lead_id).merge_opportunity(auto_unlink=True)
        self.assertEqual(merged.ecrm_submission_ids, one + two)
        self.assertEqual(merged.ecrm_source_id, self.browser)

    # === ASSIGNMENT === #

    def test_somebody_always_gets_the_lead(self):
        submission = self._process(self._accept(phone='0551234567'))
        self.assertEqual(submission.user_id, self.user_sales)
        bare = self._new_source(kind='signed', team_id=False)
        self.env['crm.team'].search([]).active = False
        submission = self._process(self._accept(bare, phone='0551234568'))
        self.assertTrue(submission.lead_id.user_id)

    def test_members_take_turns(self):
        second = self._new_user('ecrm_sales_two', 'sales_team.group_sale_salesman')
        self.team.member_ids += second
        users = [self._process(self._accept(phone=f'055123450{n}')).user_id for n in range(4)]
        self.assertEqual(users[:2], users[2:])
        self.assertEqual(set(users), {self.user_sales, second})

    def test_an_archived_salesperson_gets_nothing(self):
        self.browser.write(
            {'user_id': self.user_marketing.id, 'fallback_user_id': self.user_manager.id}
        )
        (self.user_marketing + self.user_sales).active = False
        self.assertEqual(self._process(self._accept(phone='0551234567')).user_id, self.user_manager)

    def test_a_callback_is_a_call_to_make_today(self):
        submission = self._process(self._accept(kind='callback', name="A", phone='0551234567'))
        activity = submission.lead_id.activity_ids
        self.assertEqual(activity.activity_type_id, self.env.ref('mail.mail_activity_data_call'))
        self.assertEqual(activity.user_id, self.user_sales)
        self.assertIn('+213551234567', activity.summary)

    # === ATTRIBUTION === #

    def test_campaigns_are_found_and_never_created(self):
        campaign = self.env['utm.campaign'].create({'name': 'ramadan', 'title': "Ramadan"})
        count = self.env['utm.campaign'].search_count([])
        touches = {
            'first': {
                'utm_source': 'no such source',
                'landing_page': '/shop',
                'referrer': 'https://a.b/c',
            },
            'last': {'utm_campaign': 'Ramadan', 'utm_medium': '%'},
        }
        submission = self._process(
            self.env['ecrm.submission']._accept(
                self.browser, 'contact', {'phone': '0551234567'}, touches=touches
            )
        )
        lead = submission.lead_id
        self.assertEqual(lead.campaign_id, campaign)
        self.assertEqual(lead.medium_id, self.env.ref('utm.utm_medium_website'))
        self.assertFalse(lead.source_id)
        self.assertEqual(lead.ecrm_landing_page, '/shop')
        self.assertIn('utm_source=no such source', lead.ecrm_first_touch)
        self.assertEqual(self.env['utm.campaign'].search_count([]), count)

    def test_a_wilaya_and_a_language_are_understood(self):
        self.env['res.lang']._activate_lang('en_US')
        submission = self._process(self._accept(phone='0551234567', wilaya='وهران', lang='en'))
        self.assertEqual(submission.lead_id.state_id.code, '31')
        self.assertEqual(submission.lead_id.lang_id.code, 'en_US')

    # === FAILURES === #

    def _fail(self):
        return patch.object(
            type(self.env['ecrm.submission']), '_create_lead', side_effect=ValueError("boom")
        )

    def test_nothing_to_answer_to_goes_to_review(self):
        submission = self._process(self._accept(name="A", message="hello"))
        self.assertEqual((submission.state, submission.reason), ('review', 'no_contact'))

    def test_an_unreadable_phone_is_kept_raw_and_becomes_a_lead(self):
        submission = self._process(self._accept(phone='6633525421'))
        self.assertEqual(submission.lead_id.phone, '6633525421')
        self.assertIn('phone_unreadable', submission.flags)

    def test_a_failure_waits_longer_each_time_then_asks_a_person(self):
        submission = self._accept(phone='0551234567')
        with self._fail():
            for delay in DELAYS:
                self._process(submission)
                self.assertEqual(submission.state, 'new')
                wait = submission.next_attempt - fields.Datetime.now()
                self.assertAlmostEqual(wait.total_seconds(), delay.total_seconds(), delta=5)
            self._process(submission)
        self.assertEqual(submission.state, 'dead')
        self.assertEqual(len(submission.attempt_ids), len(DELAYS) + 1)
        self.assertIn('boom', submission.attempt_ids[0].error)
        self.assertTrue(submission.activity_ids.user_id)
        submission.with_user(self.user_manager).action_process_again()
        self.assertEqual(submission.state, 'processed')
        self.assertFalse(submission.activity_ids)
        self.assertEqual(self.env['crm.lead'].search_count([('phone', '=', '+213551234567')]), 1)

    def test_one_bad_row_does_not_stop_the_others(self):
        bad, good = self._accept(phone='0551234567'), self._accept(phone='0551234568')
        create = type(bad)._create_lead

        def _create_lead(record, user, team):
            if record == bad:
                raise ValueError("boom")
            return create(record, user, team)

        with patch.object(type(bad), '_create_lead', _create_lead), self.enter_registry_test_mode():
            self.env.ref('ecrm.ir_cron_process_submissions').method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual((bad.state, good.state), ('new', 'processed'))
        self.assertEqual(bad.attempts, 1)

    def test_a_row_whose_time_has_not_come_waits(self):
        submission = self._accept(phone='0551234567')
        submission.next_attempt = fields.Datetime.now() + timedelta(minutes=5)
        with self.enter_registry_test_mode():
            self.env.ref('ecrm.ir_cron_process_submissions').method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(submission.state, 'new')

    def test_a_processed_row_is_never_processed_twice(self):
        submission = self._process(self._accept(phone='0551234567'))
        lead = submission.lead_id
        submission.action_process_again()
        self.assertFalse(submission._process_locked())
        self.assertEqual(submission.lead_id, lead)

    def test_spam_archives_the_lead_it_made(self):
        submission = self._process(self._accept(phone='0551234567'))
        submission.with_user(self.user_sales).action_mark_spam()
        self.assertEqual(submission.state, 'spam')
        self.assertFalse(submission.lead_id.active)

    def test_a_silent_source_says_so_once(self):
        self.browser.silent_hours = 1
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE ecrm_source SET create_date = now() - interval '3 hours' WHERE id = %s",
            [self.browser.id],
        )
        self.env.invalidate_all()
        self.assertTrue(self.browser.is_silent)
        for _turn in range(2):
            self.env['ecrm.submission']._cron_watch_sources()
        self.assertEqual(len(self.browser.activity_ids), 1)
        # Who has read it and closed it is not told again before something has come and stopped again
        self.browser.activity_ids.action_done()
        self.browser.invalidate_recordset()
        self.env['ecrm.submission']._cron_watch_sources()
        self.assertFalse(self.browser.activity_ids)
        # The clock of the database stands still in a test: the word was said before what comes now
        self.browser.silence_told_date = fields.Datetime.now() - timedelta(hours=1)
        self._accept(name="A")
        self.browser.invalidate_recordset()
        self.assertFalse(self.browser.is_silent)
        with freeze_time(fields.Datetime.now() + timedelta(hours=5)):
            self.browser.invalidate_recordset()
            self.env['ecrm.submission']._cron_watch_sources()
        self.assertEqual(len(self.browser.activity_ids), 1)

    # === ACCESS === #

    def test_who_sees_and_does_what(self):
        submission = self._process(self._accept(phone='0551234567'))
        other = self._new_user('ecrm_sales_other', 'sales_team.group_sale_salesman')
        for user in (self.user_sales, self.user_marketing, self.user_manager):
            self.assertEqual(submission.with_user(user).contact_name, submission.contact_name)
        for user in (other, self.user_portal, self.user_internal, self.user_workshop):
            record = submission.with_user(user)
            for call in (
                lambda r=record: r.read(['phone']),
                record.action_process_again,
                record.action_mark_spam,
                lambda r=record: r.action_link_partner(1),
            ):
                with self.assertRaises(AccessError):
                    call()
        with self.assertRaises(AccessError):
            submission.with_user(self.user_manager).write({'payload': {}})
        with self.assertRaises(AccessError):
            self.browser.with_user(self.user_manager).read(['secret'])
        with self.assertRaises(AccessError):
            self.browser.with_user(self.user_sales).write({'rate_limit': 5})

    def test_a_customer_that_is_gone_cannot_be_linked(self):
        submission = self._process(self._accept(phone='0551234567'))
        with self.assertRaises(UserError):
            submission.action_link_partner(0)
