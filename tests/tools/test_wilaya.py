from odoo.tests import BaseCase, tagged

from ...tools.wilaya import WILAYAS, find


@tagged('post_install', '-at_install')
class TestWilaya(BaseCase):
    def test_there_are_58_with_their_numbers(self):
        self.assertEqual([wilaya.code for wilaya in WILAYAS], [f'{n:02}' for n in range(1, 59)])
        for wilaya in WILAYAS:
            for text in (
                wilaya.name,
                wilaya.name.upper(),
                wilaya.arabic,
                wilaya.code,
                *wilaya.aliases,
            ):
                self.assertEqual(find(text), wilaya, text)

    def test_customers_spellings(self):
        for text, name in (
            ('oran', 'Oran'),
            ('Wahran', 'Oran'),
            ('وهران', 'Oran'),
            ('baba hssen', 'Alger'),
            ('Tizi-Ouzou', 'Tizi Ouzou'),
            ('tiziouzou', 'Tizi Ouzou'),
            ('setif', 'Sétif'),
            ('16 - Alger', 'Alger'),
            ("Wilaya d'Alger", 'Alger'),
            ('ولاية الجزائر', 'Alger'),
            ('Cité 200 logements, Béjaïa', 'Béjaïa'),
            ("m sila", "M'Sila"),
            ('9', 'Blida'),
        ):
            with self.subTest(text=text):
                self.assertEqual(find(text).name, name)

    def test_what_is_not_known_for_certain_is_not_guessed(self):
        for text in ('', None, 'Paris', '59', '0', 'ora', 'rue d Oran prolongee', '30/60'):
            with self.subTest(text=text):
                self.assertIsNone(find(text))
