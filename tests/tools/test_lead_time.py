from decimal import Decimal

from odoo.tests import BaseCase, tagged

from ...tools.lead_time import working_days


@tagged('post_install', '-at_install')
class TestLeadTime(BaseCase):
    def test_a_small_order_takes_the_base_days(self):
        self.assertEqual(working_days(3, Decimal('0.25'), 1, 0), 3)
        self.assertEqual(working_days(3, Decimal('0.25'), 40, 10), 3)

    def test_each_started_day_of_work_adds_one(self):
        self.assertEqual(working_days(3, Decimal('0.25'), 41, 10), 4)
        self.assertEqual(working_days(3, Decimal(1), 30, 10), 5)

    def test_a_lead_time_is_never_negative(self):
        self.assertEqual(working_days(-2, Decimal(1), 1, 0), 0)
