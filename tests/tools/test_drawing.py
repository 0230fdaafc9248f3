from xml.etree import ElementTree

from odoo.tests import BaseCase, tagged

from ...tools.dimension import parse_size
from ...tools.drawing import draw_cutting, draw_tile, place_panels
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
