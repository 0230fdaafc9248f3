from decimal import Decimal
from unittest.mock import sentinel

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ...tools.dimension import (
    MAX_PANELS,
    SizeError,
    _parse_any,
    make_size,
    parse_size,
    size_code,
    to_mm,
    to_panels,
    typed_unit,
)
from ...tools.size import format_number, from_mm

MILLIMETRES = st.integers(1, 50_000).map(lambda tenths: Decimal(tenths) / 10)


@tagged('post_install', '-at_install')
class TestDimensionParse(BaseCase):
    def assertReads(self, text, width, height, panels=1, unit='cm'):
        size = parse_size(text, unit)
        self.assertEqual(
            (size.width_mm, size.height_mm, size.panels),
            (Decimal(width), Decimal(height), panels),
            text,
        )
        self.assertEqual(size.text, text.strip())

    def assertRefused(self, text, code, unit='cm'):
        with self.assertRaises(SizeError, msg=text) as caught:
            parse_size(text, unit)
        self.assertEqual(caught.exception.code, code, text)

    # === READ === #

    def test_every_form_of_the_shop_is_read(self):
        self.assertReads('40/50*3', 400, 500, 3)
        self.assertReads('50x50cm', 500, 500)
        self.assertReads('50×100', 500, 1000)
        self.assertReads('1m20 x 80', 1200, 800)
        self.assertReads('80 x 1m20', 800, 1200)
        self.assertReads('٥٠x٥٠', 500, 500)
        self.assertReads('40,5/60', 405, 600)
        self.assertReads('16x20in', '406.4', 508)
        self.assertReads(' 60 / 90 cm ', 600, 900)
        self.assertReads('30*60', 300, 600)
        self.assertReads('40 x 50 x 3', 400, 500, 3)

    def test_digits_of_other_scripts_and_widths_are_read(self):
        self.assertReads('۴۰x۵۰', 400, 500)
        self.assertReads('３０ｘ４０', 300, 400)
        self.assertReads('٤٠٫٥ في ٦٠ سم', 405, 600)
        self.assertReads('\u200e50x50\u200f', 500, 500)

    def test_a_unit_written_once_serves_both_sides(self):
        self.assertReads('500x700mm', 500, 700)
        self.assertReads('1.2 x 0.8 m', 1200, 800)
        self.assertReads('40cm x 60', 400, 600)
        self.assertReads('1m x 80cm', 1000, 800)
        self.assertReads('400/500', 400, 500, unit='mm')

    def test_inches_are_exact_and_take_fractions(self):
        self.assertReads('16 1/2 x 20"', '419.1', 508)
        self.assertReads('16½x20in', '419.1', 508)
        self.assertReads('8x10 pouces', '203.2', 254)

    def test_panels_are_read_in_words_before_and_after(self):
        self.assertReads('3 panneaux 40x50', 400, 500, 3)
        self.assertReads('40x50 (3 pièces)', 400, 500, 3)
        self.assertReads('40 x 50 cm x 3 panels', 400, 500, 3)
        self.assertReads('3 لوحات 40x50', 400, 500, 3)
        self.assertReads('3*40/50', 400, 500, 3)

    def test_named_sides_may_come_in_any_order(self):
        self.assertReads('H40 L60', 600, 400)
        self.assertReads('largeur 60 hauteur 40', 600, 400)
        self.assertReads('60L x 40H', 600, 400)

    def test_unequal_panels_keep_each_its_size(self):
        size = parse_size('30x60 + 40x80 + 30x60')
        self.assertEqual(size.panels, 3)
        self.assertEqual((size.width_mm, size.height_mm), (400, 800))
        self.assertEqual(size.sides, ((300, 600), (400, 800), (300, 600)))
        self.assertEqual(parse_size('40x50+40x50').key, parse_size('40x50x2').key)

    # === REFUSED === #

    def test_what_cannot_be_read_is_refused_with_its_reason(self):
        for text, code in (
            ('', 'empty'),
            ('   ', 'empty'),
            ('A4', 'missing_side'),
            ('40', 'missing_side'),
            ('40x50x3x2', 'too_many_sides'),
            ('40x50x3cm', 'too_many_sides'),
            ('40x50*2.5', 'too_many_sides'),
            ('0/60', 'not_positive'),
            ('-40x50', 'unreadable'),
            ('nan x 40', 'unreadable'),
            ('1e5x50', 'unreadable'),
            ('40x50x0', 'panels'),
            ('40x50x60', 'panels'),
            ('9' * 30 + 'x50', 'too_big'),
            ('1' * 200, 'too_long'),
        ):
            self.assertRefused(text, code)

    def test_two_readings_are_refused_rather_than_chosen(self):
        self.assertRefused('1,200 x 800 mm', 'ambiguous_number')
        self.assertRefused('1m5 x 80', 'ambiguous_number')
        self.assertRefused('3*40/5', 'ambiguous')
        self.assertRefused('L60 L40', 'ambiguous')

    def test_what_is_not_text_is_refused(self):
        for value in (None, 12, [40, 50], sentinel.size):
            with self.assertRaises(SizeError):
                parse_size(value)
        with self.assertRaises(SizeError):
            parse_size('40x50', 'parsec')

    def test_nan_and_infinity_do_not_pass_as_lengths(self):
        for value in (
            float('nan'),
            float('inf'),
            'NaN',
            '-Infinity',
            'sNaN',
            True,
            None,
            [],
            '1e99999',
        ):
            with self.assertRaises(SizeError, msg=repr(value)):
                to_mm(value)

    def test_panels_are_whole_and_few(self):
        self.assertEqual([to_panels(value) for value in (None, 3, '3', 3.0)], [1, 3, 3, 3])
        for value in (0, -1, 2.5, MAX_PANELS + 1, 'NaN', True, '', []):
            with self.assertRaises(SizeError, msg=repr(value)):
                to_panels(value)

    def test_a_length_in_inches_is_written_as_short_as_reads_back_and_shown_with_two_decimals(self):
        for mm, exact, shown in (
            ('406.4', '16', '16'), ('500', '19.685', '19.69'), ('514.4', '20.25', '20.25'), ('409.6', '16.126', '16.13'),
        ):  # fmt: skip
            self.assertEqual(str(from_mm(Decimal(mm), 'in')), exact)
            self.assertEqual(format_number(Decimal(mm), 'in'), shown)
            self.assertEqual(to_mm(exact, 'in'), Decimal(mm))

    # === PROPERTIES === #

    @settings(max_examples=150, deadline=None, database=None)
    @given(MILLIMETRES, MILLIMETRES, st.integers(1, MAX_PANELS))
    def test_a_size_written_out_is_read_back(self, width, height, panels):
        size = make_size(width, height, panels)
        for unit in ('cm', 'mm', 'm', 'in'):
            self.assertEqual(parse_size(size_code(size, unit)).key, size.key)

    @settings(max_examples=150, deadline=None, database=None)
    @given(MILLIMETRES)
    def test_a_length_is_the_same_in_every_metric_unit(self, length):
        self.assertEqual(to_mm(length / 10, 'cm'), length)
        self.assertEqual(to_mm(length / 1000, 'm'), length)

    @settings(max_examples=300, deadline=None, database=None)
    @given(st.text(alphabet='0123456789x*/.,+ mcin"½٥LHة-', max_size=20))
    def test_any_text_is_read_or_refused_and_never_breaks(self, text):
        try:
            size = parse_size(text)
        except SizeError:
            return
        self.assertTrue(size.width_mm > 0 and size.height_mm > 0 and 1 <= size.panels <= MAX_PANELS)

    def test_the_unit_a_size_was_typed_in_is_known(self):
        for text, unit in (
            ('16x20in', 'in'), ('16 1/2 x 20"', 'in'), ('16"x20"*3', 'in'), ('1m20 x 80', 'm'), ('400x500mm', 'mm'),
            ('٥٠x٥٠ سم', 'cm'), ('3 panneaux 40x50', 'ft'), ('40/50*3', 'ft'), ('L60 x H40', 'ft'), ('2 ft x 3 ft', 'ft'),
            ('30x60cm + 16x20in', 'in'),
        ):  # fmt: skip
            self.assertEqual(typed_unit(text, 'ft'), unit, text)

    @settings(deadline=None, max_examples=400)
    @given(
        st.from_regex(r'[0-9]{1,5}([.,][0-9]{1,3})?', fullmatch=True),
        st.sampled_from('xX*/'),
        st.from_regex(r'[0-9]{1,5}([.,][0-9]{1,3})?', fullmatch=True),
        st.sampled_from(('', 'x1', '*3', '/2', 'x0', '*20', '*21', 'x07')),
        st.sampled_from(('mm', 'cm', 'm', 'in')),
    )
    def test_the_short_way_reads_as_the_long_way_does(self, width, sign, height, panels, unit):
        text = width + sign + height + panels
        self.assertEqual(self._read(parse_size, text, unit), self._read(_parse_any, text, unit))

    def _read(self, read, text, unit):
        try:
            return read(text, unit)
        except SizeError as error:
            return error.code, set(error.values)
