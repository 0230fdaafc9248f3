from odoo.tests import BaseCase, tagged

from ...tools.phone import MAX_LENGTH, normalise

GOOD = '+213663352542'


@tagged('post_install', '-at_install')
class TestPhone(BaseCase):
    def test_every_way_of_writing_one_number_reads_the_same(self):
        for text in (
            '663352542',
            '663352542.0',
            '6.63352542E8',
            '6.63352542E+08',
            '0663 35 25 42',
            '+213 (0) 663 35 25 42',
            '٠٦٦٣٣٥٢٥٤٢',
            '06 63 35 25 42 whatsapp',
            '663,352,542',
            "'0663352542",
            '00213663352542',
            '٠٠٢١٣٦٦٣٣٥٢٥٤٢',
            '213663352542',
            '0663/35/25/42',
            'Tel: 0663.35.25.42 (Amina)',
            '\u200e0663352542',
            663352542,
            663352542.0,
        ):
            with self.subTest(text=text):
                self.assertEqual(normalise(text).e164, GOOD)

    def test_vectors_of_algeria(self):
        for text, e164 in (
            ('0551234567', '+213551234567'),
            ('012345678', '+21312345678'),
            ('+213563123456', '+213563123456'),
            ('028123456', '+21328123456'),
        ):
            with self.subTest(text=text):
                self.assertEqual(normalise(text).e164, e164)

    def test_several_numbers_keep_the_first_as_primary(self):
        for text in (
            '0663352542 / 0551234567',
            '0663352542 ou 0551 23 45 67',
            '0663352542;0551234567',
            '0663352542\n0551234567',
            '0663352542 0551234567',
            '0663352542 و 0551234567',
        ):
            with self.subTest(text=text):
                phone = normalise(text)
                self.assertEqual((phone.e164, phone.others), (GOOD, ('+213551234567',)))
                self.assertIn('several', phone.flags)

    def test_the_same_number_twice_is_one(self):
        phone = normalise('0663352542 / 0663 35 25 42')
        self.assertEqual((phone.e164, phone.others), (GOOD, ()))

    def test_a_number_too_long_or_too_short_is_never_guessed(self):
        for text in ('6633525421', '66335254', '6.63E8', '12', 'call me', '+', '++213', '0' * 12):
            with self.subTest(text=text):
                phone = normalise(text)
                self.assertEqual(phone.e164, '')
                self.assertEqual(phone.raw, text)
                self.assertIn('unreadable', phone.flags)

    def test_another_country_needs_its_prefix(self):
        self.assertEqual(normalise('0033 6 12 34 56 78').e164, '+33612345678')
        self.assertIn('foreign', normalise('+33612345678').flags)
        self.assertEqual(normalise('33612345678').e164, '')
        self.assertEqual(normalise('06 12 34 56 78', region='FR').e164, '+33612345678')

    def test_nothing_is_empty_and_a_novel_is_capped(self):
        for text in (None, False, '', '  ', '\x00'):
            self.assertEqual(normalise(text).flags, ('empty',))
        phone = normalise('x' * 5000)
        self.assertEqual(len(phone.raw), MAX_LENGTH)
        self.assertFalse(phone.readable)

    def test_a_part_that_cannot_be_read_is_said(self):
        phone = normalise('0663352542 / 66335')
        self.assertEqual(phone.e164, GOOD)
        self.assertIn('partial', phone.flags)
