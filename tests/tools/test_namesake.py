from odoo.tests import BaseCase, tagged

from ...tools.namesake import Namesakes


@tagged('post_install', '-at_install')
class TestNamesake(BaseCase):
    def test_a_name_that_is_nearly_the_same_is_found(self):
        alike = Namesakes(
            (
                ("Amina Kaci", 1),
                ("Bilal Bou-Da", 2),
                ("Sofiane", 3),
                ("نادية مرابط", 4),
                ("Amina Kaci", 5),
            )
        )
        for name, found in (
            ("KACI Amina", (1, 5)), ("Bilal Bou", (2,)), ("Hadj Bilal Bou Da", (2,)), ("مرابط ناديه", (4,)),
            ("Amina", ()), ("Sofiane", ()), ("Amina Benali", ()), ("", ()),
        ):  # fmt: skip
            with self.subTest(name=name):
                self.assertEqual(alike.find(name), found)
