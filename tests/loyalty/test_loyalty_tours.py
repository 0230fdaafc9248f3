from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged
from odoo.tools import SQL

from odoo.addons.ecrm.tests.loyalty.common_loyalty import LoyaltyCommon


@tagged('post_install', '-at_install')
class TestLoyaltyTours(LoyaltyCommon, HttpCase):
    def test_a_marketer_filters_by_segment_and_opens_a_card(self):
        customer = self._customer("Tour Champion", user_id=self.user_sales.id)
        for _turn in range(6):
            self._order(customer, 0, 5000)
        for i in range(5):
            self._order(self._customer(f"Tour Other {i}"), 0, 10 + i)
        self.indicators._refresh_all()
        self.start_tour('/odoo/ecrm-customers', 'ecrm_loyalty_card', login='ecrm_marketing')

    def test_a_salesperson_sees_segments_without_the_shops_totals(self):
        self._segment()
        self.start_tour('/odoo/ecrm-segments', 'ecrm_loyalty_segment_sales', login='ecrm_sales')

    def test_the_list_of_segments_counts_values_moves_and_mails(self):
        segment = self._segment()
        self._members(segment, "Tour Willing")
        self.start_tour('/odoo/ecrm-segments', 'ecrm_loyalty_segment_list', login='ecrm_marketing')

    def test_a_figure_of_a_dashboard_leads_to_its_records(self):
        self.user_manager.lang = 'en_US'
        here, there = self.env['ecrm.source'].create(
            [
                {'name': name, 'company_id': self.shop.id, 'kind': 'browser'}
                for name in ("Tour source", "Another source")
            ]
        )
        forms = self.env['ecrm.submission'].create(
            [
                {
                    'source_id': source.id,
                    'company_id': self.shop.id,
                    'kind': 'contact',
                    'idempotency_key': f'tour-{i}',
                }
                for i, source in enumerate((here, here, here, there))
            ]
        )
        buyer = self._customer("Tour Buyer")
        for amount in (180, 120):
            self._order(buyer, 0, amount).date_order = fields.Datetime.now()
        self.env.flush_all()
        # One of them came before the dashboard's 90 days
        self.env.cr.execute(
            "UPDATE ecrm_submission SET create_date = create_date - interval '1 year' WHERE id = %s",
            [forms[0].id],
        )
        board = self.env.ref('ecrm.spreadsheet_dashboard_voice')
        self.start_tour(
            f'/odoo/dashboards?dashboard_id={board.id}',
            'ecrm_loyalty_drill_down',
            login='ecrm_manager',
        )

    def test_a_segment_is_mailed_in_two_clicks_to_whom_it_may_be(self):
        segment = self._segment()
        names = ("Willing", "Left", "Blocked", "Refused", "Capped")
        willing, left, blocked, refused, capped = self._members(
            segment, *(f"Tour {name}" for name in names)
        )
        outsider = self._customer("Tour Outsider", email='outsider@example.com')
        news = self.env['mailing.list'].create({'name': "News"})
        contact = self.env['mailing.contact'].create({'name': "L", 'email': left.email})
        self.env['mailing.subscription'].create(
            {'contact_id': contact.id, 'list_id': news.id, 'opt_out': True}
        )
        self.env['mail.blacklist']._add(blocked.email)
        self.env['ecrm.consent']._record(
            self.shop, refused.email, 'newsletter', 'withdrawn', 'portal'
        )
        self.shop.ecrm_mail_cap = 1
        self._mailed_yesterday(capped)

        self.start_tour('/odoo/ecrm-segments', 'ecrm_loyalty_mail_segment', login='ecrm_marketing')

        mailing = self.env['mailing.mailing'].search([('subject', '=', "News of the tour")])
        self.assertEqual(mailing.mailing_model_id.model, 'res.partner')
        self.assertEqual(mailing.mailing_filter_id.mailing_domain, mailing.mailing_domain)
        members = willing | left | blocked | refused | capped
        self.assertEqual(set(mailing._get_recipients()), set(members.ids))
        self.assertNotIn(outsider.id, mailing._get_recipients())
        mailing.body_html = "<p>Hello</p>"
        mailing.action_send_mail()
        why = {trace.res_id: trace.failure_type for trace in mailing.mailing_trace_ids}
        self.assertEqual(
            why,
            {
                willing.id: False,
                left.id: 'mail_optout',
                blocked.id: 'mail_bl',
                refused.id: 'mail_optout',
                capped.id: 'mail_optout',
            },
        )
        self.assertTrue(contact.subscription_ids.opt_out, "a subscription is never deleted")

    def _segment(self):
        """A segment of its own, in front of the others, that moved this week."""
        return self.env['ecrm.customer.segment'].create(
            {'name': "Tour Segment", 'sequence': -1, 'r_min': 5, 'f_min': 5, 'm_min': 5}
        )

    def _members(self, segment, *names):
        """Customers with an order whom the nightly work put into a segment today."""
        members = self.env['res.partner']
        for name in names:
            email = f"{name.replace(' ', '.').lower()}@example.com"
            members |= self._customer(name, email=email)
        for member in members:
            self._order(member)
        self.indicators._refresh_all()
        rows = self.indicators.sudo().search([('partner_id', 'in', members.ids)])
        rows.segment_id = segment
        self.env.flush_all()
        self.env['ecrm.customer.segment.history']._follow(
            self.shop._ecrm_today(), SQL("id = ANY(%s)", rows.ids)
        )
        return members

    def _mailed_yesterday(self, partner):
        mailing = self.env['mailing.mailing'].create(
            {
                'subject': "Yesterday",
                'mailing_model_id': self.env.ref('base.model_res_partner').id,
            }
        )
        self.env['mailing.trace'].create(
            {
                'mass_mailing_id': mailing.id,
                'model': 'res.partner',
                'res_id': partner.id,
                'email': partner.email,
                'trace_status': 'sent',
                'sent_datetime': fields.Datetime.now() - timedelta(days=1),
            }
        )


@tagged('post_install', '-at_install')
class TestLoyaltyPhone(LoyaltyCommon, HttpCase):
    browser_size = '390x844'
    touch_enabled = True

    def _asked(self, **values):
        self.shop.write(values)
        customer = self._customer("Amina", email='amina@example.com', lang='en_US')
        self.product.product_tmpl_id.is_published = True
        order = self._order(customer)
        order.website_id = self.website
        return self.env['ecrm.feedback']._ask(order)

    def _address(self, feedback):
        return f'/ecrm/feedback/{feedback.id}/{feedback.sudo().access_token}'

    def test_a_happy_customer_answers_and_is_led_to_the_reviews(self):
        website = self.website.with_context(website_id=self.website.id, active_test=False)
        website.viewref('website_sale.product_comment').active = True
        feedback = self._asked()
        self.start_tour(self._address(feedback), 'ecrm_loyalty_feedback_high')
        self.assertEqual((feedback.score, feedback.comment), (10, "Lovely canvas"))
        self.assertEqual(feedback.group, 'promoter')

    def test_an_unhappy_customer_answers_once_and_his_words_are_a_complaint(self):
        feedback = self._asked(ecrm_feedback_low='complaint')
        self.start_tour(self._address(feedback), 'ecrm_loyalty_feedback_low')
        self.assertEqual((feedback.score, feedback.state), (2, 'answered'))
        complaint = self.env['ecrm.complaint'].search([('order_id', '=', feedback.order_id.id)])
        self.assertEqual(complaint.description, "Torn at a corner")
