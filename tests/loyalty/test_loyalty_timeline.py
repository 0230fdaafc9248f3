from odoo.tests import freeze_time, tagged

from odoo.addons.ecrm.tests.loyalty.common_loyalty import NOW, LoyaltyCommon


@tagged('post_install', '-at_install')
@freeze_time(NOW)
class TestLoyaltyTimeline(LoyaltyCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._customer("Amina", email='amina@example.com')
        cls.again = cls._customer("Amina again", email='amina@example.com')
        cls.order = cls._order(cls.customer, 20, 70)
        cls._order(cls.again, 10, 30)
        cls.indicators._refresh_all()

    def _kinds(self, user=None):
        self.env.flush_all()
        rows = self.env['ecrm.timeline'].with_user(user or self.env.user)
        return rows.search(self.customer._ecrm_timeline_domain()).mapped('kind')

    def test_everything_stands_in_one_list_newest_first(self):
        self.env['crm.lead'].create(
            {'name': "Large canvas", 'partner_id': self.customer.id, 'company_id': self.shop.id}
        )
        words = "Hello"
        self.customer.message_post(body=words, message_type='comment')
        self.customer.activity_schedule('mail.mail_activity_data_call').action_feedback("Called")
        feedback = self.env['ecrm.feedback']._ask(self.order)
        feedback._answer(9, "Lovely")
        kinds = self._kinds()
        for kind in ('order', 'lead', 'mail', 'call', 'feedback'):
            self.assertIn(kind, kinds)
        self.assertEqual(kinds.count('order'), 2)
        rows = self.env['ecrm.timeline'].search(self.customer._ecrm_timeline_domain())
        dates = [row.date for row in rows if row.date]
        self.assertEqual(dates, sorted(dates, reverse=True))

    def test_amounts_are_read_from_the_record(self):
        row = self.env['ecrm.timeline'].search(
            [('res_model', '=', 'sale.order'), ('res_id', '=', self.order.id)]
        )
        self.assertAlmostEqual(row.amount, 70)
        self.assertEqual(row.action_open_record()['res_id'], self.order.id)
        self.assertFalse(self.env['ecrm.timeline']._fields['amount'].store)

    def test_the_card_shows_it_to_a_salesperson(self):
        card = self.customer.with_user(self.user_sales)
        self.assertEqual(card.ecrm_timeline_ids.mapped('kind').count('order'), 2)

    def test_every_source_can_be_read(self):
        for kind, _label in (
            self.env['ecrm.timeline']._fields['kind']._description_selection(self.env)
        ):
            self.env['ecrm.timeline'].search([('kind', '=', kind)], limit=1).read(['name', 'date'])

    def test_another_company_is_left_out(self):
        other = self.env['res.company'].create({'name': "Other", 'currency_id': self.eur.id})
        marketer = self._new_user('ecrm_other', 'ecrm.group_marketing')
        marketer.write({'company_ids': other.ids, 'company_id': other.id})
        rows = self.env['ecrm.timeline'].with_user(marketer)
        rows = rows.with_context(allowed_company_ids=other.ids)
        self.assertFalse(
            rows.search([('res_model', '=', 'sale.order'), ('res_id', '=', self.order.id)])
        )
