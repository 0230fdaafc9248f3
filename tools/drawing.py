"""Panels drawn to scale as SVG text: on a tile, on a wall with a sofa, on the workshop's sheet.

Pure functions: a size in, markup out. Every figure is computed here and every text is escaped here.
"""

from html import escape

#: Gap between two hung panels, in millimetres
GAP = 30
#: A common two-seat sofa and the wall around, in millimetres
SOFA_WIDTH, SOFA_HEIGHT = 1600, 800
WALL_WIDTH, WALL_HEIGHT = 2600, 2300


def place_panels(size, gap=GAP):
    """Hang the panels side by side, middles on one line.

    :param Size size:
    :param float gap: millimetres between two panels
    :return: total width, total height, and ``(x, y, width, height)`` of each panel, all in millimetres
    :rtype: tuple[float, float, list]
    """
    sides = [(float(width), float(height)) for width, height in size.sides]
    total_height = max(height for _width, height in sides)
    panels, x = [], 0.0
    for width, height in sides:
        panels.append((x, (total_height - height) / 2, width, height))
        x += width + gap
    return x - gap, total_height, panels


def _number(value):
    return f'{value:.1f}'.rstrip('0').rstrip('.')


def _rect(box, style, extra=''):
    x, y, width, height = box
    return (
        f'<rect x="{_number(x)}" y="{_number(y)}" width="{_number(width)}" height="{_number(height)}" '
        f'{style}{extra}/>'
    )


def draw_tile(size, box=(56, 44), largest=None):
    """A small picture of the panels, all tiles of a page at one scale.

    :param Size size:
    :param tuple box: width and height in pixels
    :param tuple largest: width and height in millimetres of the largest tile, to share its scale
    :rtype: str
    """
    width, height, panels = place_panels(size)
    big_width, big_height = largest or (width, height)
    scale = min(box[0] / max(big_width, 1), box[1] / max(big_height, 1))
    left, top = (box[0] - width * scale) / 2, box[1] - height * scale
    shapes = ''.join(
        _rect(
            (left + x * scale, top + y * scale, w * scale, h * scale),
            'fill="currentColor" fill-opacity="0.25" stroke="currentColor"',
        )
        for x, y, w, h in panels
    )
    return f'<svg viewBox="0 0 {box[0]} {box[1]}" width="{box[0]}" height="{box[1]}" aria-hidden="true">{shapes}</svg>'


def draw_room(size, picture='', title=''):
    """The panels on a wall above a sofa, to scale, with the artwork split over them.

    :param Size size:
    :param str picture: address of the artwork
    :param str title: what a screen reader says
    :rtype: str
    """
    width, height, panels = place_panels(size)
    room_width = max(WALL_WIDTH, width + 300)
    room_height = max(WALL_HEIGHT, height + SOFA_HEIGHT + 450)
    left = (room_width - width) / 2
    above = room_height - SOFA_HEIGHT - 150
    top = max(100, (above - height) / 2)
    parts = [
        f'<svg class="o_ecrm_room" role="img" aria-label="{escape(title)}" preserveAspectRatio="xMidYMid meet" '
        f'viewBox="0 0 {_number(room_width)} {_number(room_height)}">',
        _rect((0, 0, room_width, room_height), 'fill="#f3efe8"'),
        _rect((0, room_height - 220, room_width, 220), 'fill="#d9c9b0"'),
        _rect((0, room_height - 235, room_width, 15), 'fill="#ffffff"'),
        _draw_sofa((room_width - SOFA_WIDTH) / 2, room_height - SOFA_HEIGHT - 60),
    ]
    parts += _draw_panels(panels, left, top, (width, height), picture)
    return ''.join([*parts, '</svg>'])


def _draw_panels(panels, left, top, whole, picture):
    """Each panel shows its part of one picture that covers them all."""
    for index, (right, down, width, height) in enumerate(panels):
        x, y = left + right, top + down
        yield _rect((x + 8, y + 14, width, height), 'fill="#000000" fill-opacity="0.18"')
        yield _rect((x, y, width, height), 'fill="#c8d3d5" stroke="#ffffff" stroke-width="4"')
        if picture:
            yield (
                f'<svg x="{_number(x)}" y="{_number(y)}" width="{_number(width)}" height="{_number(height)}" '
                f'viewBox="{_number(x)} {_number(y)} {_number(width)} {_number(height)}" data-panel="{index}">'
                f'<image href="{escape(picture)}" x="{_number(left)}" y="{_number(top)}" width="{_number(whole[0])}" '
                f'height="{_number(whole[1])}" preserveAspectRatio="xMidYMid slice"/></svg>'
            )


def _draw_sofa(left, top):
    style = 'fill="#7d8a8c"'
    back, seat, arm = 'fill="#8f9c9e"', 'fill="#9aa7a9"', 140
    return ''.join([
        _rect((left + 60, top, SOFA_WIDTH - 120, 480), back, ' rx="50"'),
        _rect((left, top + 220, arm, 460), style, ' rx="60"'),
        _rect((left + SOFA_WIDTH - arm, top + 220, arm, 460), style, ' rx="60"'),
        _rect((left + arm - 10, top + 400, (SOFA_WIDTH - 2 * arm) / 2 + 5, 230), seat, ' rx="40"'),
        _rect((left + SOFA_WIDTH / 2 + 5, top + 400, (SOFA_WIDTH - 2 * arm) / 2 + 5, 230), seat, ' rx="40"'),
        _rect((left + 100, top + 660, 50, 100), 'fill="#5b4636"'),
        _rect((left + SOFA_WIDTH - 150, top + 660, 50, 100), 'fill="#5b4636"'),
    ])  # fmt: skip


def draw_cutting(size, bleed, labels):
    """The workshop's drawing: each panel, its cutting outline dashed around, its figures.

    :param Size size:
    :param float bleed: wrap on each end, in millimetres
    :param labels: one text a panel
    :rtype: str
    """
    width, height, panels = place_panels(size, gap=2 * bleed + 60)
    margin = bleed + 40
    font = max(24, min(width, height) / 12)
    parts = [
        f'<svg class="o_ecrm_cutting" role="img" viewBox="{_number(-margin)} {_number(-margin)} '
        f'{_number(width + 2 * margin)} {_number(height + 2 * margin)}">'
    ]
    for (x, y, w, h), label in zip(panels, labels, strict=True):
        parts += [
            _rect(
                (x - bleed, y - bleed, w + 2 * bleed, h + 2 * bleed),
                'fill="none" stroke="#555555" stroke-width="4"',
                ' stroke-dasharray="20 14"',
            ),
            _rect((x, y, w, h), 'fill="#eef2f3" stroke="#111111" stroke-width="5"'),
            f'<text x="{_number(x + w / 2)}" y="{_number(y + h / 2)}" font-size="{_number(font)}" text-anchor="middle" '
            f'dominant-baseline="middle" fill="#111111">{escape(label)}</text>',
        ]
    return ''.join([*parts, '</svg>'])


def draw_curve(points, name_x, name_y, box=(640, 220)):
    """A line through points, with its ends named: the price of square panels against their side.

    :param list points: ``(x, y)`` floats, two or more, ascending x
    :param name_x: from an x to its text
    :param name_y: from a y to its text
    :rtype: str
    """
    left, bottom = 10, box[1] - 30
    low_x, high_x = points[0][0], points[-1][0]
    high_y = max(y for _x, y in points) or 1
    spots = [
        (
            left + (x - low_x) / max(high_x - low_x, 1) * (box[0] - 2 * left),
            bottom - y / high_y * (bottom - 30),
        )
        for x, y in points
    ]
    path = ' '.join(f'{_number(x)},{_number(y)}' for x, y in spots)
    texts = [
        (left, box[1] - 8, 'start', name_x(low_x)),
        (box[0] - left, box[1] - 8, 'end', name_x(high_x)),
        (left, spots[0][1] - 8, 'start', name_y(points[0][1])),
        (box[0] - left, spots[-1][1] - 8, 'end', name_y(points[-1][1])),
    ]
    labels = ''.join(
        f'<text x="{_number(x)}" y="{_number(y)}" text-anchor="{anchor}" font-size="13" fill="currentColor">{escape(text)}</text>'
        for x, y, anchor, text in texts
    )
    return (
        f'<svg class="o_ecrm_curve" role="img" viewBox="0 0 {box[0]} {box[1]}" style="max-width: 100%; direction: ltr;">'
        f'<line x1="{left}" y1="{bottom}" x2="{box[0] - left}" y2="{bottom}" stroke="currentColor" stroke-opacity="0.3"/>'
        f'<polyline points="{path}" fill="none" stroke="#714b67" stroke-width="2.5"/>{labels}</svg>'
    )
