from odoo.tests import BaseCase, tagged

from ...tools.wording import pair, reword


@tagged('-at_install', 'post_install')
class TestWording(BaseCase):
    def test_a_term_keeps_its_own_markup_and_takes_the_words_of_another(self):
        words = pair('<span>Phone</span><span> *</span>', '<b>Téléphone</b><i> *</i>')
        self.assertEqual(words, {'Phone': 'Téléphone', '*': '*'})
        self.assertEqual(
            reword('<span class="x"> Phone</span><em> *</em>', words),
            '<span class="x"> Téléphone</span><em> *</em>',
        )
        self.assertEqual(reword('Phone', words), 'Téléphone')

    def test_what_stands_behind_an_element_is_read_in_its_place(self):
        words = pair('one<b>two</b>three', 'un<b>deux</b>trois')
        self.assertEqual(reword('three<i>one</i>two', words), 'trois<i>un</i>deux')

    def test_the_kind_of_a_space_says_nothing(self):
        words = pair('Quand vous\xa0appeler\u202f?', "متى؟")
        for typed in (
            'Quand vous appeler&nbsp;?',
            'Quand vous appeler&amp;nbsp;?',
            'Quand  vous\nappeler ?',
        ):
            self.assertEqual(reword(typed, words), "متى؟", typed)

    def test_words_of_the_editor_are_left_to_a_person(self):
        words = pair('<span>Phone</span><span> *</span>', '<span>Téléphone</span><span> *</span>')
        self.assertIsNone(reword('Your number', words))
        self.assertIsNone(reword('<span>Your number</span><span> *</span>', words))

    def test_two_terms_that_are_built_differently_say_nothing_of_each_other(self):
        self.assertEqual(pair('<b>a</b>b', '<b>x</b>'), {})

    def test_a_text_that_is_no_markup_is_taken_whole(self):
        self.assertEqual(reword('a < b', pair('a < b', 'c < d')), 'c < d')
