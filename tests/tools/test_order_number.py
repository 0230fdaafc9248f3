from odoo.tests import BaseCase, tagged

from ...tools import order_number


@tagged('post_install', '-at_install')
class TestOrderNumber(BaseCase):
    def test_running_number_alone_means_its_order_and_no_longer_one(self):
        for said in ('42', '00042', 's42', 'S00042', ' s00042 ', "commande n° 42", '٤٢'):
            self.assertTrue(order_number.is_meant(said, 'S00042'), said)
        for said in ('142', '4', '420', 'S00142', '', '0', 'S', "order"):
            self.assertFalse(order_number.is_meant(said, 'S00042'), said)

    def test_year_of_a_number_is_not_its_running_number(self):
        self.assertTrue(order_number.is_meant('17', 'CMD/2026/0017'))
        self.assertTrue(order_number.is_meant('cmd/2026/0017', 'CMD/2026/0017'))
        self.assertFalse(order_number.is_meant('2026', 'CMD/2026/0017'))

    def test_number_without_digits_is_meant_by_its_whole_name_only(self):
        self.assertTrue(order_number.is_meant('first', 'FIRST'))
        self.assertFalse(order_number.is_meant('fir', 'FIRST'))
        self.assertEqual(order_number.spoken_digits('x' * 100 + '42'), '')
