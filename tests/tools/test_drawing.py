from xml.etree import ElementTree

from odoo.tests import BaseCase, tagged

from ...tools.dimension import parse_size
from ...tools.drawing import draw_curve, draw_cutting, draw_tile, place_panels, round_ticks
from ...tools.room import SHAPE, draw_room


@tagged('post_install', '-at_install')
class TestDrawing(BaseCase):
    def test_panels_hang_side_by_side_on_one_line(self):
        width, height, panels = place_panels(parse_size('40x50x3'), gap=30)
        self.assertEqual((width, height), (1260, 500))
        self.assertEqual([panel[0] for panel in panels], [0, 430, 860])

    def test_unequal_panels_are_centred(self):
        _width, height, panels = place_panels(parse_size('30x60+40x80'))
        self.assertEqual(height, 800)
        self.assertEqual([panel[1] for panel in panels], [100, 0])

    def test_every_drawing_is_well_formed_whatever_the_size(self):
        for text in ('1x1', '20x200', '200x20', '40x50x3', '30x60+40x80+30x60', '900x900'):
            size = parse_size(text)
            for svg in (
                draw_tile(size),
                draw_room(size, '/web/image/1?a=1&b="2"', 'A <title> & more'),
                draw_cutting(size, 40, ['<label> & more'] * size.panels),
            ):
                ElementTree.fromstring(svg)

    def test_the_picture_is_split_over_the_panels(self):
        self.assertEqual(draw_room(parse_size('40x50x3'), '/picture').count('<image'), 3)
        self.assertNotIn('<image', draw_room(parse_size('40x50x3')))

    def _box(self, svg):
        return [float(value) for value in ElementTree.fromstring(svg).get('viewBox').split()]

    def test_the_room_keeps_its_shape_and_holds_the_whole_set(self):
        for text in ('20x20', '50x100', '40x50x3', '200x200x5', '200x20', '30x60+40x80+30x60'):
            size = parse_size(text)
            svg = draw_room(size, '/picture', labels=('1', '2'))
            _x, _y, width, height = self._box(svg)
            self.assertAlmostEqual(width / height, SHAPE, delta=0.01, msg=text)
            for panel in ElementTree.fromstring(svg).iter('{*}svg'):
                if panel.get('data-panel'):
                    left, top = float(panel.get('x')), float(panel.get('y'))
                    self.assertTrue(left > 0 and left + float(panel.get('width')) < width, text)
                    self.assertTrue(top > 0 and top + float(panel.get('height')) < height, text)

    def test_the_panels_are_drawn_in_millimetres_beside_a_sofa_of_one_metre_eighty(self):
        svg = draw_room(parse_size('50x100'), '/picture')
        panel = next(e for e in ElementTree.fromstring(svg).iter('svg') if e.get('data-panel'))
        self.assertEqual((panel.get('width'), panel.get('height')), ('500', '1000'))

    def test_the_figures_of_the_room_are_text_whatever_they_hold(self):
        svg = draw_room(parse_size('50x100'), labels=('<b>50</b>', '100'))
        self.assertIn('&lt;b&gt;50&lt;/b&gt;', svg)

    def test_a_curve_stands_over_even_marks_that_hold_its_top(self):
        self.assertEqual(round_ticks(16100), [0, 5000, 10000, 15000, 20000])
        self.assertEqual(round_ticks(0.9), [0, 0.5, 1.0])
        for high in (0.01, 1, 3, 9.99, 10, 12345, 2e7):
            ticks = round_ticks(high)
            self.assertGreaterEqual(ticks[-1], high * 0.999)
            self.assertLessEqual(len(ticks), 6)
        curve = draw_curve([(20, 100), (100, 900)], lambda x: f'{x:g} <cm>', lambda y: f'{y:g} DA')
        ElementTree.fromstring(curve)
        for text in ('20 &lt;cm&gt;', '60 &lt;cm&gt;', '100 &lt;cm&gt;', '1000 DA', '0 DA'):
            self.assertIn(f'>{text}</text>', curve)

    def test_a_flat_free_price_is_drawn_too(self):
        ElementTree.fromstring(draw_curve([(20, 0), (100, 0)], str, str))
