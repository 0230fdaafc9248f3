"""Zellige and girih: star patterns by the old way of the compass.

Each tile of a regular tiling sends two rays into itself from the middle of every side, at the
contact angle; where the rays of two neighbouring sides meet they make the points of a star.
"""

import math

from .kit import Sheet, mix, polar

# A tiling gives its tiles: (kind, corners) over the whole sheet.


def _regular(x, y, sides, side, turn):
    radius = side / (2 * math.sin(math.pi / sides))
    return [polar(x, y, radius, turn + 360 * k / sides) for k in range(sides)]


def tiling_488(side):
    """Octagons and squares."""
    pitch = side * (1 + math.sqrt(2))
    for i in range(-1, int(800 / pitch) + 3):
        for j in range(-1, int(1000 / pitch) + 3):
            x, y = i * pitch, j * pitch
            yield 8, _regular(x, y, 8, side, 22.5)
            yield 4, _regular(x + pitch / 2, y + pitch / 2, 4, side, 0)


def tiling_3_12_12(side):
    """Twelve-sided tiles in a honeycomb, triangles between them."""
    pitch = side * (2 + math.sqrt(3))
    rise = pitch * math.sqrt(3) / 2
    for j in range(-1, int(1000 / rise) + 3):
        for i in range(-1, int(800 / pitch) + 3):
            x, y = i * pitch + (pitch / 2 if j % 2 else 0), j * rise
            yield 12, _regular(x, y, 12, side, 15)
            gap = pitch / math.sqrt(3)
            yield 3, _regular(*polar(x, y, gap, 90), 3, side, 90)
            yield 3, _regular(*polar(x, y, gap, -90), 3, side, -90)


def tiling_4_6_12(side):
    """Twelve-sided tiles parted by squares and hexagons."""
    pitch = side * (3 + math.sqrt(3))
    rise = pitch * math.sqrt(3) / 2
    for j in range(-1, int(1000 / rise) + 3):
        for i in range(-1, int(800 / pitch) + 3):
            x, y = i * pitch + (pitch / 2 if j % 2 else 0), j * rise
            yield 12, _regular(x, y, 12, side, 15)
            for turn in (0, 60, 120):
                yield 4, _regular(*polar(x, y, pitch / 2, turn), 4, side, turn + 45)
            gap = pitch / math.sqrt(3)
            yield 6, _regular(*polar(x, y, gap, 90), 6, side, 0)
            yield 6, _regular(*polar(x, y, gap, -90), 6, side, 0)


def _meet(p, a, q, b):
    """Give where the ray from p at angle a meets the ray from q at angle b."""
    ax, ay, bx, by = math.cos(a), math.sin(a), math.cos(b), math.sin(b)
    cross = ax * by - ay * bx
    t = ((q[0] - p[0]) * by - (q[1] - p[1]) * bx) / cross
    return p[0] + ax * t, p[1] + ay * t


def star_of(corners, contact):
    """Give the star of a tile, as points alternating between side middles and inner points."""
    many = len(corners)
    sides = [(corners[k], corners[(k + 1) % many]) for k in range(many)]
    middles = [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in sides]
    turns = [math.atan2(b[1] - a[1], b[0] - a[0]) for a, b in sides]
    lean = math.radians(contact)
    star = []
    for k in range(many):
        after = (k + 1) % many
        inner = _meet(middles[k], turns[k] + lean, middles[after], turns[after] + math.pi - lean)
        star += [middles[k], inner]
    return star


def _inner_star(star, share):
    x = sum(p[0] for p in star) / len(star)
    y = sum(p[1] for p in star) / len(star)
    return [(x + (px - x) * share, y + (py - y) * share) for px, py in star]


def pattern(art, tiles, contact, colours, lines, strap=9):
    """Draw a star pattern: `colours` by number of sides, strapwork `lines` (edge, face)."""
    tiles = list(tiles)
    stars = [(sides, corners, star_of(corners, contact)) for sides, corners in tiles]
    for sides, corners, star in stars:
        art.poly(corners, colours['ground'])
        art.poly(star, colours.get(sides, colours['ground']))
        if sides >= 8:
            art.poly(_inner_star(star, 0.62), colours['second'])
            art.poly(_inner_star(star, 0.40), colours['heart'])
            art.poly(_inner_star(star, 0.20), colours['ground'])
    edge, face = lines
    for thick, tone in ((strap, edge), (strap * 0.58, face)):
        for _sides, _corners, star in stars:
            art.line(star, tone, thick, closed=True)


def octagram(rnd, palette):
    """The eight-fold khatam, as on the walls of Tlemcen."""
    ground, main, second, heart, edge, face = palette
    art = Sheet(ground)
    colours = {'ground': ground, 8: main, 4: heart, 'second': second, 'heart': heart}
    pattern(art, tiling_488(110), 67.5, colours, (edge, face), 11)
    return art.done(rnd, 0.05)


def dodecagram(rnd, palette):
    """Twelve-fold stars."""
    ground, main, second, heart, edge, face = palette
    art = Sheet(ground)
    colours = {'ground': ground, 12: main, 3: heart, 'second': second, 'heart': heart}
    pattern(art, tiling_3_12_12(84), 70, colours, (edge, face), 9)
    return art.done(rnd, 0.05)


def girih(rnd, palette):
    """Twelve-fold stars parted by squares and hexagons."""
    ground, main, second, heart, edge, face = palette
    art = Sheet(ground)
    colours = {'ground': ground, 12: main, 6: second, 4: heart, 'second': second, 'heart': heart}
    pattern(art, tiling_4_6_12(66), 62, colours, (edge, face), 8)
    return art.done(rnd, 0.05)


def _portal(sheet, x, wide, top, low, colour):
    """Draw a pointed horseshoe opening."""
    half = wide / 2
    spring = top + wide * 0.62
    left = [polar(x + half * 0.12, spring, half * 1.12, 168 + k * 3.8) for k in range(24)]
    right = [(2 * x - px, py) for px, py in left[::-1]]
    sheet.poly([*left, (x, top), *right, (x + half * 0.9, low), (x - half * 0.9, low)], colour)


def gate(rnd, palette):
    """A horseshoe gate, a court of stars behind it."""
    ground, main, second, heart, edge, face = palette
    art = Sheet(main)
    art.cloud(rnd, mix(main, '#000000', 0.4), 0.4, 3)
    colours = {'ground': ground, 8: second, 4: heart, 'second': face, 'heart': heart}
    for grow, tone in ((70, edge), (52, face), (44, edge)):
        _portal(art, 400, 480 + grow * 2, 110 - grow, 1000, tone)
    opening = art.mask(lambda s: _portal(s, 400, 500, 110, 1000, '#ffffff'))
    art.clip(opening, lambda s: pattern(s, tiling_488(70), 67.5, colours, (edge, face), 7))
    for x in (60, 740):
        art.line([(x, 0), (x, 1000)], edge, 3)
    return art.done(rnd, 0.06)


def medallion(rnd, palette):
    """One great rosette, ring upon ring."""
    ground, main, second, heart, edge, face = palette
    art = Sheet(ground)
    art.cloud(rnd, mix(ground, '#000000', 0.5), 0.45, 3)
    x, y = 400, 500
    for radius, tone in ((372, edge), (366, main)):
        art.disc(x, y, radius, tone)
    for many, far, wide, tone in (
        (32, 350, 30, second),
        (16, 300, 74, face),
        (16, 262, 62, main),
        (16, 222, 66, heart),
        (16, 178, 48, ground),
        (8, 150, 76, second),
        (8, 105, 54, face),
        (8, 66, 34, main),
    ):
        for k in range(many):
            turn = 360 * (k + 0.5 * (many == 16)) / many
            petal = [
                polar(x, y, far, turn),
                polar(x, y, far - wide * 0.55, turn + 150 / many),
                polar(x, y, far - wide * 1.5, turn),
                polar(x, y, far - wide * 0.55, turn - 150 / many),
            ]
            art.poly(petal, tone)
            art.line([*petal, petal[0]], edge, 2.4)
    art.disc(x, y, 22, heart)
    for radius in (372, 356, 22):
        art.ring(x, y, radius, edge, 3)
    art.rect(28, 28, 744, 4, edge), art.rect(28, 968, 744, 4, edge)
    art.rect(28, 28, 4, 944, edge), art.rect(768, 28, 4, 944, edge)
    return art.done(rnd, 0.06)


STYLES = {f.__name__: f for f in (octagram, dodecagram, girih, gate, medallion)}
