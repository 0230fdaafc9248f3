"""Panels drawn to scale as SVG text: on a tile, on the workshop's sheet; and the curve of a price. The room is in `room.py`.

Pure functions: a size in, markup out. Every figure is computed here and every text is escaped here.
"""

from html import escape
from math import ceil, floor, log10

#: Gap between two hung panels, in millimetres
GAP = 30


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


def draw_number(value):
    """A coordinate as SVG writes it, a tenth at most."""
    return f'{value:.1f}'.rstrip('0').rstrip('.')


def draw_rect(box, style, extra=''):
    """A rectangle from ``(x, y, width, height)`` and its attributes."""
    x, y, width, height = box
    return (
        f'<rect x="{draw_number(x)}" y="{draw_number(y)}" width="{draw_number(width)}" height="{draw_number(height)}" '
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
        draw_rect(
            (left + x * scale, top + y * scale, w * scale, h * scale),
            'fill="currentColor" fill-opacity="0.25" stroke="currentColor"',
        )
        for x, y, w, h in panels
    )
    return f'<svg viewBox="0 0 {box[0]} {box[1]}" width="{box[0]}" height="{box[1]}" aria-hidden="true">{shapes}</svg>'


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
        f'<svg class="o_ecrm_cutting" role="img" viewBox="{draw_number(-margin)} {draw_number(-margin)} '
        f'{draw_number(width + 2 * margin)} {draw_number(height + 2 * margin)}">'
    ]
    for (x, y, w, h), label in zip(panels, labels, strict=True):
        parts += [
            draw_rect(
                (x - bleed, y - bleed, w + 2 * bleed, h + 2 * bleed),
                'fill="none" stroke="#555555" stroke-width="4"',
                ' stroke-dasharray="20 14"',
            ),
            draw_rect((x, y, w, h), 'fill="#eef2f3" stroke="#111111" stroke-width="5"'),
            f'<text x="{draw_number(x + w / 2)}" y="{draw_number(y + h / 2)}" font-size="{draw_number(font)}" text-anchor="middle" '
            f'dominant-baseline="middle" fill="#111111">{escape(label)}</text>',
        ]
    return ''.join([*parts, '</svg>'])


def round_ticks(high, count=4):
    """Even marks from zero up to at least `high`: steps of 1, 2 or 5 times a power of ten.

    :rtype: list[float]
    """
    rough = max(high, 1e-9) / count
    power = 10 ** floor(log10(rough))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough * 0.999)
    return [step * index for index in range(ceil(high / step - 0.001) + 1)]


def draw_curve(points, name_x, name_y, box=(640, 280), margin=(96, 28)):
    """A curve over a grid with its axes named: the price of square panels against their side.

    :param list points: ``(x, y)`` floats, two or more, ascending x
    :param name_x: from an x to its text
    :param name_y: from a y to its text
    :param tuple margin: pixels for the names of the vertical and of the horizontal axis
    :rtype: str
    """
    left, bottom, right, top = margin[0], box[1] - margin[1], box[0] - 36, 14
    ticks_y = round_ticks(max(y for _x, y in points) or 1)
    low, high = points[0][0], points[-1][0]

    def at(x, y):
        across = (x - low) / max(high - low, 1) * (right - left)
        return left + across, bottom - y / ticks_y[-1] * (bottom - top)

    grid, names = [], []
    for tick in ticks_y:
        _x, y = at(low, tick)
        grid.append(f'M{left} {draw_number(y)}H{right}')
        names.append((left - 8, y + 4, 'end', name_y(tick)))
    between = (high - low) / 8  # two names do not touch
    marks = [tick for tick in round_ticks(high, 6) if low + between < tick < high - between]
    for value in (low, *marks, high):
        x, _y = at(value, 0)
        grid.append(f'M{draw_number(x)} {bottom}v5')
        names.append((x, bottom + 20, 'middle', name_x(value)))
    path = ' '.join(
        f'{draw_number(x)},{draw_number(y)}' for x, y in (at(*point) for point in points)
    )
    labels = ''.join(
        f'<text x="{draw_number(x)}" y="{draw_number(y)}" text-anchor="{anchor}" font-size="12" fill="currentColor">'
        f'{escape(text)}</text>'
        for x, y, anchor, text in names
    )
    return (
        f'<svg class="o_ecrm_curve" role="img" viewBox="0 0 {box[0]} {box[1]}" style="width: 100%; direction: ltr;">'
        f'<path d="{"".join(grid)}" stroke="currentColor" stroke-opacity="0.15" fill="none"/>'
        f'<polygon points="{left},{bottom} {path} {right},{bottom}" fill="#714b67" fill-opacity="0.08"/>'
        f'<polyline points="{path}" fill="none" stroke="#714b67" stroke-width="2.5" stroke-linejoin="round"/>{labels}</svg>'
    )
