from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ...tools.print_boxes import Box, split_boxes

RTL = 'ابجدهوزحطيكلمنسعفصقرشتثخذضظغةىئءؤأإآ'


@tagged('post_install', '-at_install')
class TestPrintBoxes(BaseCase):
    def texts(self, line):
        return [[box.text for box in word] for word in split_boxes(line)]

    def test_a_mark_beside_an_arabic_word_is_a_box_of_its_own_without_a_space(self):
        self.assertEqual(
            self.texts('من 3 إلى 4 أيام، في 58 ولاية.'),
            [['من'], ['3'], ['إلى'], ['4'], ['أيام', '،'], ['في'], ['58'], ['ولاية', '.']],
        )
        self.assertEqual(
            self.texts('المقاس: (صغير) 3م²'), [['المقاس', ':'], ['(', 'صغير', ')'], ['3', 'م', '²']]
        )

    def test_dates_times_and_references_stay_whole(self):
        self.assertEqual(
            self.texts('فاتورة FAC/2026/00028 في 26/12/2024 06:12:50 م'),
            [['فاتورة'], ['FAC/2026/00028'], ['في'], ['26/12/2024'], ['06:12:50'], ['م']],
        )

    def test_what_is_marked_as_left_to_right_is_one_box(self):
        size = '\u200e40 × 50\u200e'
        self.assertEqual(split_boxes(f'{size} سم')[0], (Box(size, ltr=True),))

    def test_latin_words_are_read_in_their_own_order(self):
        words = split_boxes('[M054] Tableau M054 – Orbites من 3 قطع')
        self.assertEqual(words[0], (Box('[M054] Tableau M054 – Orbites', ltr=True, whole=False),))
        self.assertEqual(
            self.texts('[M303] لوحة M303 – القلم'),
            [['[M303]'], ['لوحة'], ['M303'], ['–'], ['القلم']],
        )
        self.assertEqual(split_boxes('M303')[0], (Box('M303'),))

    @settings(max_examples=200, deadline=None, database=None)
    @given(st.text(alphabet=RTL + 'abC1234 ،:.()/-²×\u200e', max_size=30))
    def test_no_box_mixes_directions_and_nothing_is_lost(self, line):
        words = split_boxes(line)
        boxes = [box for word in words for box in word]
        for box in boxes:
            letters = [char in RTL for char in box.text]
            self.assertTrue(box.ltr or all(letters) or not any(letters), box)
        printed = ''.join(''.join(box.text.split()) for box in boxes).replace('\u200e', '')
        self.assertEqual(printed, ''.join(line.split()).replace('\u200e', ''))
