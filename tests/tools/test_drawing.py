from xml.etree import ElementTree

from odoo.tests import BaseCase, tagged

from ...tools.dimension import parse_size
from ...tools.drawing import draw_cutting, draw_room, draw_tile, place_panels


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
