from odoo.tests import BaseCase, tagged

from ...tools.token import is_token, same_token


@tagged('post_install', '-at_install')
class TestToken(BaseCase):
    def test_a_token_is_the_same_as_itself_only(self):
        self.assertTrue(same_token('c4978117-32ad', 'c4978117-32ad'))
        self.assertFalse(same_token('c4978117-32ad', 'c4978117-32a'))
        self.assertFalse(same_token('c4978117-32ad', 'C4978117-32ad'))

    def test_no_token_is_the_same_as_nothing(self):
        for known, given in ((None, None), (False, False), ('', ''), ('x', ''), (None, 'None')):
            self.assertFalse(same_token(known, given))

    def test_what_cannot_be_a_token_is_refused_without_an_error(self):
        for text in ('é', '٣٥', '\x00', 'a\x00b', '\ud800', 'a b\n', 'x' * 129, 1, None, ['x']):
            self.assertFalse(is_token(text), text)
            self.assertFalse(same_token('known', text), text)
