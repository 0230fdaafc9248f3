from datetime import timedelta

from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.http import Request
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.ecrm.tests.loyalty.common_loyalty import LoyaltyCommon


@tagged('post_install', '-at_install')
class TestLoyaltyFeedback(LoyaltyCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.feedbacks = cls.env['ecrm.feedback']
        cls.shop.ecrm_feedback_enabled = True
        cls.customer = cls._customer("Amina", email='amina@example.com')
        cls.order = cls._delivered(cls.customer, 10)

    @classmethod
    def _delivered(cls, partner, days_ago):
        order = cls._order(partner)
        cls.env.flush_all()
        date = fields.Datetime.now() - timedelta(days=days_ago)
        cls.env.cr.execute(
            "UPDATE sale_order SET effective_date = %s WHERE id = %s", [date, order.id]
        )
        order.invalidate_recordset()
        return order

    def _due(self):
        return self.feedbacks._due_orders(self.shop, fields.Datetime.now(), 100)

    def _post(self, feedback, **data):
        url = f'/ecrm/feedback/{feedback.id}/{feedback.sudo().access_token}'
        self.authenticate(None, None)
        return self.url_open(url, data={'csrf_token': Request.csrf_token(self), **data})

    def test_delivered_orders_are_asked_about_once(self):
        self._delivered(self.customer, 3)
        self._delivered(self.customer, 200)
        self.assertEqual(self._due(), self.order)
        self.feedbacks._ask(self.order)
        self.assertFalse(self._due())
        with (
            self.assertRaises(IntegrityError),
            mute_logger('odoo.sql_db'),
            self.env.cr.savepoint(),
        ):
            self.feedbacks._ask(self.order)

    def test_the_question_goes_by_mail_by_message_or_by_call(self):
        feedback = self.feedbacks._ask(self.order)
        mail = self.env['mail.mail'].search(
            [('model', '=', 'ecrm.feedback'), ('res_id', '=', feedback.id)]
        )
        self.assertIn(feedback.sudo().access_token, mail.body_html)
        phoned = self._customer("P", phone='0661223344', country_id=self.env.ref('base.dz').id)
        asked = self.feedbacks._ask(self._delivered(phoned, 9))
        self.assertEqual(asked.channel, 'sms')
        text = self.env['sms.sms'].search([('partner_id', '=', phoned.id)])
        self.assertEqual(text.number, '+213661223344')
        self.assertIn(asked.sudo().access_token, text.body)
        nobody = self._customer("N")
        self.assertEqual(self.feedbacks._ask(self._delivered(nobody, 9)).channel, 'call')
        self.env['mail.blacklist']._add('amina@example.com')
        self.env.invalidate_all()
        self.assertEqual(self.feedbacks._ask(self._delivered(self.customer, 9)).channel, 'call')

    def test_one_reminder_and_no_more(self):
        feedback = self.feedbacks._ask(self.order)
        now = fields.Datetime.now()
        self.assertFalse(self.feedbacks._late(self.shop, now, 10))
        later = now + timedelta(days=6)
        self.assertEqual(self.feedbacks._late(self.shop, later, 10), feedback)
        feedback._send(reminder=True)
        self.assertFalse(self.feedbacks._late(self.shop, later, 10))

    def test_the_cron_asks(self):
        self.env.ref('ecrm.ir_cron_loyalty_feedback').method_direct_trigger()
        self.assertTrue(self.order.ecrm_feedback_ids)

    def test_opening_the_page_answers_nothing(self):
        feedback = self.feedbacks._ask(self.order)
        url = f'/ecrm/feedback/{feedback.id}/{feedback.sudo().access_token}'
        page = self.url_open(f'{url}?score=10')
        self.assertEqual(page.status_code, 200)
        self.assertIn(self.order.name, page.text)
        self.assertEqual(feedback.state, 'sent')

    def test_an_answer_is_taken_once(self):
        feedback = self.feedbacks._ask(self.order)
        self.assertEqual(self._post(feedback, score='9', comment=" Lovely ").status_code, 200)
        feedback.invalidate_recordset()
        self.assertEqual((feedback.score, feedback.comment), (9, "Lovely"))
        self.assertEqual((feedback.group, feedback.nps), ('promoter', 100))
        self._post(feedback, score='0')
        feedback.invalidate_recordset()
        self.assertEqual(feedback.score, 9)
        with self.assertRaises(UserError):
            feedback._answer(3, '')

    def _switch_reviews(self, active, website):
        """Switch the reviews of a website on or off as its editor does."""
        website = website.with_context(website_id=website.id)
        view = website.with_context(active_test=False).viewref('website_sale.product_comment')
        view.active = active

    def test_reviews_are_asked_for_only_where_the_product_page_has_them(self):
        here = self.env['website'].get_current_website()
        there = self.env['website'].create({'name': "Elsewhere"})
        product = self.product.product_tmpl_id
        product.is_published = True
        self.order.website_id = here
        feedback = self.feedbacks._ask(self.order)
        self._post(feedback, score='10')
        url = f'/ecrm/feedback/{feedback.id}/{feedback.sudo().access_token}'
        link = f'{product.website_url}#o_product_page_reviews'
        for shown, elsewhere in ((True, False), (False, True)):
            self._switch_reviews(shown, here)
            self._switch_reviews(elsewhere, there)
            section = 'id="o_product_page_reviews"' in self.url_open(product.website_url).text
            invited = link in self.url_open(url).text
            self.assertEqual((section, invited), (shown, shown))
        self.order.website_id = there
        self.assertEqual(feedback._review_products(), product)

    def test_scores_off_the_scale_lose_nothing(self):
        feedback = self.feedbacks._ask(self.order)
        for score in ('11', '-1', 'ten', '', '9' * 50, '٣'):
            page = self._post(feedback, score=score, comment="my words")
            self.assertEqual(page.status_code, 200)
            self.assertIn("my words", page.text)
        feedback.invalidate_recordset()
        self.assertEqual(feedback.state, 'sent')

    def test_a_wrong_token_finds_nothing(self):
        feedback = self.feedbacks._ask(self.order)
        for path in (f'{feedback.id}/wrong', f'999999/{feedback.sudo().access_token}'):
            self.assertEqual(self.url_open(f'/ecrm/feedback/{path}').status_code, 404)

    def test_a_detractor_is_called(self):
        feedback = self.feedbacks._ask(self.order)
        self.env['res.lang']._activate_lang('fr_FR')
        caller = self.order.user_id or self.env.ref('base.user_admin')
        self.order.user_id = caller
        caller.lang = 'fr_FR'
        feedback._answer(2, "Torn canvas")
        activity = self.order.activity_ids
        self.assertIn("a donné 2 sur 10", activity.summary)
        self.assertEqual(activity.activity_type_id.category, 'phonecall')
        self.assertIn("Torn canvas", activity.note)

    def test_a_low_score_opens_a_complaint_where_the_shop_wants_it(self):
        self.shop.ecrm_feedback_low = 'complaint'
        self.env['res.lang']._activate_lang('fr_FR')
        self.customer.lang = 'fr_FR'
        self.feedbacks._ask(self.order)._answer(2, "Torn canvas")
        complaint = self.env['ecrm.complaint'].search([('order_id', '=', self.order.id)])
        self.assertEqual(complaint.partner_id, self.customer)
        self.assertEqual(complaint.description, "Torn canvas")
        self.assertEqual(complaint.name, "A donné 2 sur 10", "he reads it on his page")
        self.assertFalse(self.order.activity_ids)

    def test_a_low_score_without_a_word_is_a_call(self):
        self.shop.ecrm_feedback_low = 'complaint'
        self.feedbacks._ask(self.order)._answer(0, "  ")
        self.assertFalse(self.env['ecrm.complaint'].search([('order_id', '=', self.order.id)]))
        self.assertTrue(self.order.activity_ids)

    def test_a_high_score_opens_no_complaint(self):
        self.shop.ecrm_feedback_low = 'complaint'
        self.feedbacks._ask(self.order)._answer(10, "Thank you")
        self.assertFalse(self.env['ecrm.complaint'].search([('order_id', '=', self.order.id)]))
        self.assertFalse(self.order.activity_ids)

    def test_the_mail_proposes_what_goes_with_it(self):
        lamp = self.env['product.template'].create({'name': "Lamp", 'is_published': True})
        self.env['ecrm.product.pair'].create(
            {
                'company_id': self.shop.id,
                'product_id': self.product.product_tmpl_id.id,
                'other_id': lamp.id,
                'customer_count': 2,
                'score': 0.5,
            }
        )
        self.customer.lang = 'en_US'
        feedback = self.feedbacks._ask(self.order)
        mail = self.env['mail.mail'].search(
            [('model', '=', 'ecrm.feedback'), ('res_id', '=', feedback.id)]
        )
        self.assertIn("Lamp", mail.body_html)
        self.assertIn(lamp.website_url, mail.body_html)

    def test_the_score_is_hidden_under_thirty_answers(self):
        rows = self.env['ecrm.report.nps']
        period = [('company_id', '=', self.shop.id), ('period', '=', '30')]
        for i in range(29):
            self.feedbacks._ask(self._delivered(self._customer(f"C{i}"), 9))._answer(
                9 if i % 2 else 3, ''
            )
        self.env.flush_all()
        self.assertFalse(rows.search(period).is_shown)
        company = [('company_id', '=', self.shop.id)]
        # Who has not answered yet is no passive of 0
        silent = self.feedbacks._ask(self._delivered(self.customer, 9))
        [(few, mean)] = self.feedbacks._read_group(company, [], ['nps:avg', 'score:avg'])
        self.assertFalse(few, "a pivot hides it too")
        self.assertAlmostEqual(mean, (14 * 9 + 15 * 3) / 29)
        self.assertEqual(silent.state, 'sent')
        self.feedbacks._ask(self.order)._answer(9, '')
        self.env.flush_all()
        self.env.invalidate_all()
        row = rows.search(period)
        self.assertTrue(row.is_shown)
        self.assertEqual((row.answer_count, row.promoter_count, row.detractor_count), (30, 15, 15))
        self.assertEqual(row.nps, 0)
        self.assertTrue(row.low < row.nps < row.high)
        [(average,)] = self.feedbacks._read_group(company, [], ['nps:avg'])
        self.assertEqual(average, row.nps)

    def test_answers_are_not_written_by_users(self):
        feedback = self.feedbacks._ask(self.order)
        for user in (self.user_sales, self.user_marketing):
            with self.assertRaises(AccessError):
                feedback.with_user(user).score = 10
        with self.assertRaises(AccessError):
            feedback.with_user(self.user_portal).read(['score'])
