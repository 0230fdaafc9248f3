from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from odoo.addons.ecrm.tests.loyalty.common_loyalty import NOW, LoyaltyCommon


@tagged('post_install', '-at_install')
@freeze_time(NOW)
class TestLoyaltyMailing(LoyaltyCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.often = cls._customer("Often", email='often@example.com')
        cls.once = cls._customer("Once", email='once@example.com')
        for days_ago in (50, 30, 10, 5):
            cls._order(cls.often, days_ago)
        cls._order(cls.once, 5)
        cls.indicators._refresh_all()

    def _mailing(self, domain):
        return self.env['mailing.mailing'].create(
            {
                'subject': "News",
                'body_html': "<p>Hello</p>",
                'mailing_model_id': self.env.ref('base.model_res_partner').id,
                'mailing_domain': str(domain),
            }
        )

    def test_indicators_are_a_mailing_domain(self):
        ours = ('id', 'in', (self.often | self.once).ids)
        mailing = self._mailing([('ecrm_order_count', '>', 1), ours])
        self.assertEqual(mailing._get_recipients(), self.often.ids)
        mailing = self._mailing(
            [('ecrm_segment_id.code', '=', self.once.ecrm_segment_id.code), ours]
        )
        self.assertEqual(mailing._get_recipients(), self.once.ids)

    def test_a_domain_on_rows_does_not_depend_on_who_sends(self):
        domain = [
            (
                'ecrm_indicator_ids',
                'any',
                [('company_id', '=', self.shop.id), ('order_count', '>', 1)],
            )
        ]
        mailing = self._mailing(domain).with_context(allowed_company_ids=self.company.ids)
        self.assertEqual(mailing._get_recipients(), self.often.ids)

    def test_a_saved_filter_takes_the_domain(self):
        saved = self.env['mailing.filter'].create(
            {
                'name': "Twice or more",
                'mailing_model_id': self.env.ref('base.model_res_partner').id,
                'mailing_domain': "[('ecrm_order_count', '>', 1)]",
            }
        )
        self.assertTrue(saved)

    def test_the_segment_button_prepares_the_mailing(self):
        segment = self.once.ecrm_segment_id.with_user(self.user_marketing)
        action = segment.action_mail()
        mailing = self.env['mailing.mailing'].with_user(self.user_marketing)
        mailing = mailing.with_context(**action['context']).create({'subject': "For you"})
        self.assertEqual(mailing.mailing_model_name, 'res.partner')
        self.assertIn(self.once.id, mailing._get_recipients())
        self.assertNotIn(self.often.id, mailing._get_recipients())
        filters = self.env['mailing.filter'].search_count([])
        segment.action_mail()
        self.assertEqual(self.env['mailing.filter'].search_count([]), filters)

    def test_a_salesperson_does_not_mail_segments(self):
        with self.assertRaises(AccessError):
            self.once.ecrm_segment_id.with_user(self.user_sales).action_mail()

    def test_who_left_a_list_is_left_out_and_stays_subscribed_elsewhere(self):
        lists = self.env['mailing.list'].create([{'name': "One"}, {'name': "Two"}])
        self._subscribe('often@example.com', lists[0], opt_out=True)
        self._subscribe('once@example.com', lists[0], opt_out=True)
        self._subscribe('once@example.com', lists[1], opt_out=False)
        found = self.env['res.partner']._mailing_get_opt_out_list(self._mailing([]))
        self.assertIn('often@example.com', found)
        self.assertNotIn('once@example.com', found)
        self.assertEqual(
            self.env['mailing.subscription'].search_count([('list_id', 'in', lists.ids)]), 3
        )

    def test_the_cap_counts_mailings_that_arrived(self):
        self.shop.write({'ecrm_mail_cap': 2, 'ecrm_mail_cap_days': 7})
        for days_ago, status in ((1, 'sent'), (3, 'open'), (5, 'error'), (20, 'sent')):
            self._trace('often@example.com', days_ago, status)
        self._trace('once@example.com', 1, 'sent')
        mailing = self._mailing([])
        self.assertEqual(mailing._get_opt_out_list(), {'often@example.com'})
        self.shop.ecrm_mail_cap = 3
        self.assertFalse(mailing._get_opt_out_list())
        self.shop.ecrm_mail_cap = 0
        self.assertFalse(mailing._get_opt_out_list())

    def test_who_is_capped_gets_no_mail(self):
        self.shop.write({'ecrm_mail_cap': 1})
        self._trace('often@example.com', 1, 'sent')
        mailing = self._mailing([('id', 'in', (self.often | self.once).ids)])
        mailing.action_send_mail()
        traces = {trace.res_id: trace.failure_type for trace in mailing.mailing_trace_ids}
        self.assertEqual(traces[self.often.id], 'mail_optout')
        self.assertFalse(traces[self.once.id])

    def test_the_register_of_consents_has_the_last_word(self):
        register = self.env['ecrm.consent']
        for status in ('given', 'withdrawn'):
            register._record(self.shop, 'often@example.com', 'newsletter', status, 'portal')
        for status in ('withdrawn', 'given'):
            register._record(self.shop, 'once@example.com', 'newsletter', status, 'portal')
        mailing = self._mailing([('id', 'in', (self.often | self.once).ids)])
        self.assertEqual(mailing._get_opt_out_list(), {'often@example.com'})
        mailing.action_send_mail()
        traces = {trace.res_id: trace.failure_type for trace in mailing.mailing_trace_ids}
        self.assertEqual(traces[self.often.id], 'mail_optout')
        self.assertFalse(traces[self.once.id])

    def test_who_was_asked_to_confirm_has_not_agreed_yet(self):
        self.env['ecrm.consent']._record(
            self.shop, 'often@example.com', 'newsletter', 'asked', 'form'
        )
        self.assertIn('often@example.com', self._mailing([])._get_opt_out_list())

    def test_text_messages_ask_for_their_own_consent(self):
        self.often.write({'phone': '+213661223344'})
        cards = self.env['res.partner']
        mailing = self._mailing([])
        self.assertNotIn(self.often.id, cards._mailing_get_opt_out_list_sms(mailing))
        self.env['ecrm.consent']._record(
            self.shop, self.often.phone_sanitized, 'sms', 'withdrawn', 'portal'
        )
        self.assertIn(self.often.id, cards._mailing_get_opt_out_list_sms(mailing))
        self.assertNotIn('often@example.com', cards._mailing_get_opt_out_list(mailing))

    def test_mails_of_automations_count_for_the_cap(self):
        self.shop.ecrm_mail_cap = 1
        movement = self.env['ecrm.customer.segment.history'].search(
            [('partner_id', '=', self.often.id)], limit=1
        )
        template = self.env['mail.template'].create(
            {'name': "Back", 'model_id': self.env['ir.model']._get_id('res.partner')}
        )
        automation = self.env['ecrm.segment.automation'].create(
            {
                'name': "Back",
                'segment_id': movement.segment_id.id,
                'company_id': self.shop.id,
                'template_id': template.id,
                'holdout_percent': 0,
            }
        )
        self.assertFalse(self._mailing([])._get_opt_out_list())
        automation._run(movement)
        self.assertEqual(self._mailing([])._get_opt_out_list(), {'often@example.com'})
        self.assertEqual(
            self.env['res.partner']._ecrm_mailed_enough(self._mailing([]), 'sms_number'), set()
        )

    def _subscribe(self, email, mailing_list, opt_out):
        contact = self.env['mailing.contact'].search([('email', '=', email)], limit=1)
        contact = contact or self.env['mailing.contact'].create({'name': email, 'email': email})
        self.env['mailing.subscription'].create(
            {'contact_id': contact.id, 'list_id': mailing_list.id, 'opt_out': opt_out}
        )

    def _trace(self, email, days_ago, status):
        self.env['mailing.trace'].create(
            {
                'mass_mailing_id': self._mailing([]).id,
                'model': 'res.partner',
                'res_id': self.often.id,
                'email': email,
                'trace_status': status,
                'sent_datetime': NOW - timedelta(days=days_ago),
            }
        )
