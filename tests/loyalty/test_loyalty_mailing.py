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
