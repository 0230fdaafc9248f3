from odoo.tests import BaseCase, tagged

from ...tools.pareto import shares


@tagged('post_install', '-at_install')
class TestPareto(BaseCase):
    def test_shares_add_up_from_the_largest(self):
        found = shares([('late', 10), ('broken', 60), ('print', 30)])
        self.assertEqual(found, {'broken': (60, 60), 'print': (30, 90), 'late': (10, 100)})

    def test_equal_ones_stand_in_their_order(self):
        self.assertEqual(list(shares([('b', 1), ('a', 1)])), ['b', 'a'])

    def test_nothing_has_no_shares(self):
        self.assertEqual(shares([]), {})
        self.assertEqual(shares([('late', 0)]), {})
