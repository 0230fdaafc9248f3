"""Geometric works: bauhaus tiles, circles, shards, cubes, rays, quilts."""

import math

from .kit import Sheet, mix, polar, ramp


def bauhaus(rnd, palette):
    """A grid of quarter circles, half circles and bars."""
    paper, *inks = palette
    art = Sheet(paper)
    side = 160
    for column in range(5):
        for row in range(7):
            x, y = column * side, row * side - 60
            ground, shape = rnd.sample(palette, 2)
            art.rect(x, y, side + 1, side + 1, ground)
            kind = rnd.randrange(6)
            quarter = rnd.randrange(4)
            corner = (x + side * (quarter in (1, 2)), y + side * (quarter > 1))
            if kind == 0:
                art.clip(
                    art.mask(lambda s, x=x, y=y: s.rect(x, y, side, side, '#ffffff')),
                    lambda s, c=corner, i=shape, g=ground: (
                        s.disc(*c, side, i),
                        s.disc(*c, side * 0.66, g),
                        s.disc(*c, side * 0.33, i),
                    ),
                )
            elif kind == 1:
                art.pie(*corner, side, 90 * quarter, 90 * quarter + 90, shape)
            elif kind == 2:
                art.disc(x + side / 2, y + side / 2, side * 0.42, shape)
                art.disc(x + side / 2, y + side / 2, side * 0.2, rnd.choice(inks))
            elif kind == 3:
                art.poly([(x, y), (x + side, y + side), (x, y + side)], shape)
            elif kind == 4:
                for bar in range(4):
                    art.rect(x, y + bar * side / 4, side, side / 8, shape)
            else:
                art.pie(x + side / 2, y, side / 2, 0, 180, shape)
                art.pie(x + side / 2, y + side / 2, side / 2, 0, 180, rnd.choice(inks))
    return art.done(rnd, 0.04)


def orbits(rnd, palette):
    """Circles within circles, held by a fine line."""
    paper, *inks = palette
    art = Sheet(paper)
    big = (430, 420, 300)
    art.disc(*big, inks[0])
    art.clip(
        art.mask(lambda s: s.disc(*big, '#ffffff')),
        lambda s: (
            s.disc(250, 600, 270, inks[1]),
            s.disc(640, 260, 190, inks[2]),
            s.disc(250, 600, 130, inks[3]),
        ),
    )
    art.ring(430, 420, 340, inks[4], 3)
    art.line([(60, 880), (740, 130)], inks[4], 3)
    art.line([(60, 130), (60, 880), (740, 880)], inks[4], 3)
    art.disc(640, 720, 88, inks[2])
    art.pie(640, 720, 88, 90, 270, inks[4])
    art.disc(150, 770, 46, inks[3])
    for k in range(6):
        art.disc(560 + 36 * k, 840, 7, inks[4])
    return art.done(rnd, 0.06)


def shards(rnd, palette):
    """A mosaic of triangles lit from one corner."""
    art = Sheet(palette[0])
    columns, rows = 8, 10
    nodes = {}
    for i in range(columns + 1):
        for j in range(rows + 1):
            edge = i in (0, columns) or j in (0, rows)
            slack = 0 if edge else 36
            nodes[i, j] = (
                i * 800 / columns + rnd.uniform(-slack, slack),
                j * 1000 / rows + rnd.uniform(-slack, slack),
            )
    for i in range(columns):
        for j in range(rows):
            a, b, c, d = nodes[i, j], nodes[i + 1, j], nodes[i + 1, j + 1], nodes[i, j + 1]
            cuts = [(a, b, c), (a, c, d)] if rnd.random() < 0.5 else [(a, b, d), (b, c, d)]
            for cut in cuts:
                x = sum(p[0] for p in cut) / 2400
                y = sum(p[1] for p in cut) / 3000
                share = (
                    0.55 * y + 0.45 * (1 - math.hypot(x - 0.7, y - 0.25)) + rnd.uniform(-0.13, 0.13)
                )
                tone = ramp(palette, share)
                art.poly(cut, tone)
                art.line([*cut, cut[0]], mix(tone, '#ffffff', 0.3), 1, 0.6)
    return art.done(rnd, 0.03)


def cubes(rnd, palette):
    """Stacked cubes in three lights."""
    art = Sheet(palette[0])
    side = 92
    dx, dy = side * math.cos(math.pi / 6), side / 2
    for row in range(-1, 14):
        for column in range(-1, 7):
            x = column * dx * 2 + (dx if row % 2 else 0)
            y = row * side * 1.5
            tone = ramp(palette[1:], rnd.random())
            if rnd.random() < 0.12:
                tone = palette[0]
            top = [(x, y - side), (x + dx, y - dy), (x, y), (x - dx, y - dy)]
            left = [(x - dx, y - dy), (x, y), (x, y + side), (x - dx, y + dy)]
            right = [(x + dx, y - dy), (x, y), (x, y + side), (x + dx, y + dy)]
            art.poly(top, mix(tone, '#ffffff', 0.32))
            art.poly(left, tone)
            art.poly(right, mix(tone, '#10131c', 0.38))
    return art.done(rnd, 0.03)


def rainbow(rnd, palette):
    """Rainbow arches turned to the four winds."""
    paper, *inks = palette
    art = Sheet(paper)
    step = 266.7
    for column in range(3):
        for row in range(4):
            x, y = column * step, row * step - 33
            quarter = (column + row * 3 + rnd.randrange(2)) % 4
            corner = (x + step * (quarter in (1, 2)), y + step * (quarter > 1))
            inks_here = rnd.sample(inks, len(inks))
            box = art.mask(lambda s, x=x, y=y: s.rect(x, y, step, step, '#ffffff'))

            def draw(sheet, corner=corner, tones=inks_here, x=x, y=y):
                sheet.rect(x, y, step, step, paper)
                for k in range(6):
                    sheet.disc(*corner, step * (0.97 - 0.155 * k), tones[k % len(tones)])
                    sheet.disc(*corner, step * (0.97 - 0.155 * k - 0.115), paper)

            art.clip(box, draw)
    return art.done(rnd, 0.05)


def rays(rnd, palette):
    """A sun whose rays cross a chequered ground."""
    paper, *inks = palette
    art = Sheet(paper)
    x, y = 400, 620
    many = 48
    for k in range(many):
        start = 180 + 180 * k / many
        tone = inks[k % 2] if k % 4 < 2 else mix(inks[k % 2], paper, 0.35)
        art.poly([(x, y), polar(x, y, 1100, start), polar(x, y, 1100, start + 180 / many)], tone)
    for k, tone in enumerate([inks[2], paper, inks[3], inks[4]]):
        art.pie(x, y, 250 - 52 * k, 180, 360, tone)
    rows = [620, 660, 715, 785, 875, 1000]
    for j, (top, low) in enumerate(zip(rows, rows[1:], strict=False)):
        for i in range(-12, 12):
            tone = inks[2] if (i + j) % 2 else inks[4]
            spread = lambda v, line: 400 + v * (60 + (line - 620) * 0.42)
            art.poly(
                [
                    (spread(i, top), top),
                    (spread(i + 1, top), top),
                    (spread(i + 1, low), low),
                    (spread(i, low), low),
                ],
                tone,
            )
    return art.done(rnd, 0.05)


STYLES = {f.__name__: f for f in (bauhaus, orbits, shards, cubes, rainbow, rays)}
