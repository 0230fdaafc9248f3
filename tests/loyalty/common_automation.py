from datetime import timedelta

from odoo.addons.ecrm.tests.loyalty.common_loyalty import NOW, LoyaltyCommon


class AutomationCommon(LoyaltyCommon):
    """A segment with one customer in it, and automations about it.

    Attributes set: ``segment``, ``before`` (who stood in it first) and ``before_indicator``.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.before = cls._customer("Before", email='before@example.com')
        cls._order(cls.before, 1)
        cls.indicators._refresh_all()
        cls.segment = cls.before.ecrm_segment_id
        cls.before_indicator = cls.indicators.search([('partner_id', '=', cls.before.id)])

    def _automation(self, **values):
        return self.env['ecrm.segment.automation'].create(
            {
                'name': "Welcome",
                'segment_id': self.segment.id,
                'company_id': self.shop.id,
                'action': 'call',
                'holdout_percent': 0,
                **values,
            }
        )

    def _enter(self, name="After"):
        customer = self._customer(name, email=f'{name}@example.com', user_id=self.user_sales.id)
        self._order(customer, 1)
        self.indicators._refresh_partners(customer.ids)
        self.assertEqual(customer.ecrm_segment_id, self.segment)
        return customer

    def _run_all(self, automation):
        history = self.env['ecrm.customer.segment.history']
        runs = [automation._run(history.browse(movement)) for movement in automation._due(100)]
        return runs

    def _turns(self, automation, names, days_ago=40, **values):
        """Runs of new customers without going through the segment, some days before ``NOW``."""
        customers = self.env['res.partner'].create([{'name': name} for name in names])
        movements = self.env['ecrm.customer.segment.history'].create(
            [
                {
                    'indicator_id': self.before_indicator.id,
                    'partner_id': customer.id,
                    'company_id': self.shop.id,
                    'segment_id': self.segment.id,
                    'date_in': NOW - timedelta(days=days_ago),
                    'date_out': NOW,
                }
                for customer in customers
            ]
        )
        self.env['ecrm.segment.automation.run'].create(
            [
                {
                    'automation_id': automation.id,
                    'history_id': movement.id,
                    'partner_id': movement.partner_id.id,
                    'date': NOW - timedelta(days=days_ago),
                    'state': 'done',
                    **values,
                }
                for movement in movements
            ]
        )
        automation.invalidate_recordset()
        return customers
