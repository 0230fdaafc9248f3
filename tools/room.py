"""The panels of a set on a wall, to scale, beside a sofa and a person, as SVG text.

Pure functions: a size in, markup out. All lengths are millimetres. The picture has one shape (3:2) whatever the size,
so that a page does not jump while a person types.
"""

from html import escape

from .drawing import GAP, draw_number, draw_rect, place_panels

#: A two-seat sofa and an adult, the known objects of the scene
SOFA_WIDTH, SOFA_HEIGHT, PERSON_HEIGHT = 1800, 800, 1700
#: Middle of a picture hung at eye level, and the least height of its lower edge above the sofa
EYE_LEVEL, LOWEST = 1550, 1000
#: Width over height of the scene
SHAPE = 1.5
_FLOOR, _MARGIN = 240, 260
_SOFA = (
    '<g transform="translate({x} {y})">'
    '<rect x="70" y="-75" width="50" height="75" fill="#5b4636"/><rect x="1680" y="-75" width="50" height="75" fill="#5b4636"/>'
    '<rect x="90" y="-800" width="1620" height="520" rx="70" fill="#8fa09d"/>'
    '<rect x="130" y="-760" width="760" height="420" rx="60" fill="#9aaba8"/><rect x="910" y="-760" width="760" height="420" rx="60" fill="#9aaba8"/>'
    '<rect x="1290" y="-700" width="330" height="330" rx="50" fill="#d9a25f" transform="rotate(9 1455 -535)"/>'
    '<rect x="100" y="-430" width="1600" height="210" rx="50" fill="#a7b6b3"/><rect x="895" y="-425" width="10" height="190" fill="#8fa09d"/>'
    '<rect x="90" y="-250" width="1620" height="180" rx="30" fill="#83948f"/>'
    '<rect x="0" y="-560" width="190" height="490" rx="80" fill="#7b8c88"/><rect x="1610" y="-560" width="190" height="490" rx="80" fill="#7b8c88"/>'
    '</g>'
)
_PERSON = (
    '<g transform="translate({x} {y})" fill="#aba49b">'
    '<ellipse cx="0" cy="-1590" rx="86" ry="110"/>'
    '<path d="M-38 -1500 L-38 -1440 C-160 -1425 -215 -1390 -228 -1300 L-258 -880 Q-262 -790 -226 -785 Q-196 -790 -192 -850'
    ' L-162 -1180 L-160 -860 L-172 -60 Q-172 0 -130 0 L-62 0 Q-30 0 -28 -40 L-12 -760 L12 -760 L28 -40 Q30 0 62 0 L130 0'
    ' Q172 0 172 -60 L160 -860 L162 -1180 L192 -850 Q196 -790 226 -785 Q262 -790 258 -880 L228 -1300'
    ' C215 -1390 160 -1425 38 -1440 L38 -1500 Z"/></g>'
)


def draw_room(size, picture='', title='', labels=('', '')):
    """The panels on a wall above a sofa, to scale, with the artwork split over them.

    :param Size size:
    :param str picture: address of the artwork
    :param str title: what a screen reader says
    :param tuple labels: texts beside the whole set's width and height
    :rtype: str
    """
    width, height, panels = place_panels(size)
    scene = _Scene(width, height)
    return ''.join([
        f'<svg class="o_ecrm_room" role="img" aria-label="{escape(title)}" preserveAspectRatio="xMidYMid meet" '
        f'viewBox="0 0 {draw_number(scene.width)} {draw_number(scene.height)}">',
        draw_rect((0, 0, scene.width, scene.floor), 'fill="#f1ece4"'),
        draw_rect((0, scene.floor, scene.width, scene.height - scene.floor), 'fill="#cdb797"'),
        draw_rect((0, scene.floor - 70, scene.width, 70), 'fill="#faf7f2"'),
        draw_rect((0, scene.floor, scene.width, 10), 'fill="#a8906f"'),
        *_draw_panels(panels, scene, picture),
        *_draw_measures(scene, labels),
        _SOFA.format(x=draw_number(scene.sofa), y=draw_number(scene.ground)),
        _PERSON.format(x=draw_number(scene.person), y=draw_number(scene.ground)),
        '</svg>',
    ])  # fmt: skip


class _Scene:
    """Where everything stands, from the size of the whole set."""

    def __init__(self, set_width, set_height):
        lowest = max(EYE_LEVEL - set_height / 2, LOWEST)
        # A wide set needs room for its figure on the far side
        middle = max(_MARGIN + 100, set_width * 0.16) + max(SOFA_WIDTH, set_width) / 2
        self.set_width, self.set_height = set_width, set_height
        person = middle + max(SOFA_WIDTH, set_width) / 2 + 400
        wide, high = person + 400, max(lowest + set_height, PERSON_HEIGHT) + _MARGIN + _FLOOR
        self.width, self.height = max(wide, high * SHAPE), max(high, wide / SHAPE)
        aside = (self.width - wide) / 2
        self.floor = self.height - _FLOOR
        self.ground = self.floor + 130
        self.left = middle + aside - set_width / 2
        self.top = self.ground - lowest - set_height
        self.sofa = middle + aside - SOFA_WIDTH / 2
        self.person = person + aside


def _draw_panels(panels, scene, picture):
    """Each panel shows its part of one picture that covers them all."""
    whole = (
        f'x="{draw_number(scene.left)}" y="{draw_number(scene.top)}" width="{draw_number(scene.set_width)}" '
        f'height="{draw_number(scene.set_height)}"'
    )
    for index, (right, down, width, height) in enumerate(panels):
        x, y = scene.left + right, scene.top + down
        yield draw_rect(
            (x + 6, y + 10, width + 8, height + 12), 'fill="#000000" fill-opacity="0.10"'
        )
        yield draw_rect((x + 4, y + 8, width, height), 'fill="#000000" fill-opacity="0.18"')
        yield draw_rect((x, y, width, height), 'fill="#c8d3d5"')
        if picture:
            box = ' '.join(draw_number(value) for value in (x, y, width, height))
            yield (
                f'<svg x="{draw_number(x)}" y="{draw_number(y)}" width="{draw_number(width)}" height="{draw_number(height)}" '
                f'viewBox="{box}" data-panel="{index}"><image href="{escape(picture)}" {whole} '
                f'preserveAspectRatio="xMidYMid slice"/></svg>'
            )
        yield draw_rect(
            (x, y, width, height),
            'fill="none" stroke="#000000" stroke-opacity="0.25" stroke-width="6"',
        )


def _draw_measures(scene, labels):
    """Thin lines with the figures of the whole set, above it and on its far side from the person."""
    across, upright = labels
    unit = scene.width / 100  # of the picture, so that texts are equally large at every scale
    style = f'stroke="#6f675f" stroke-width="{draw_number(unit / 5)}" fill="none"'
    text = f'font-size="{draw_number(unit * 3.2)}" font-family="sans-serif" fill="#4a443e" direction="ltr"'
    right, bottom = scene.left + scene.set_width, scene.top + scene.set_height
    if across:
        y = scene.top - unit * 1.8
        yield f'<path d="{_line(scene.left, y, right, y)}{_ticks((scene.left, y), (right, y), (0, unit * 0.7))}" {style}/>'
        yield _text((scene.left + right) / 2, y - unit * 1.1, 'middle', text, across)
    if upright:
        x = scene.left - unit * 1.8
        yield f'<path d="{_line(x, scene.top, x, bottom)}{_ticks((x, scene.top), (x, bottom), (unit * 0.7, 0))}" {style}/>'
        yield _text(x - unit * 1.2, (scene.top + bottom) / 2 + unit * 1.1, 'end', text, upright)


def _line(*ends):
    x, y, to_x, to_y = map(draw_number, ends)
    return f'M{x} {y}L{to_x} {to_y}'


def _ticks(start, end, half):
    """Short strokes across both ends of a line; `half` is their half, as ``(wide, high)``."""
    wide, high = half
    return ''.join(_line(x - wide, y - high, x + wide, y + high) for x, y in (start, end))


def _text(x, y, anchor, style, words):
    return f'<text x="{draw_number(x)}" y="{draw_number(y)}" text-anchor="{anchor}" {style}>{escape(words)}</text>'


__all__ = ['GAP', 'PERSON_HEIGHT', 'SOFA_WIDTH', 'draw_room']
