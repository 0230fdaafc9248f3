"""Abstract works: arches, blots, colour fields, ink and gold, strata, ribbons."""

import math

from .kit import Sheet, bezier, mix, polar, ramp, ridge, spline


def arches(rnd, palette):
    """Mid-century arches and a sun over a warm paper."""
    paper, *inks = palette
    art = Sheet(paper)
    art.cloud(rnd, mix(paper, '#ffffff', 0.7), 0.5, 3)
    art.disc(560, 270, 150, inks[0])
    for step, ink in enumerate([inks[1], inks[2], inks[3], inks[1], paper]):
        radius = 250 - 48 * step
        art.pie(310, 560, radius, 180, 360, ink)
        art.rect(310 - radius, 558, radius * 2, 292, ink)
    art.rect(0, 850, 800, 150, inks[4])
    art.rect(520, 640, 170, 212, inks[2])
    art.pie(605, 642, 85, 180, 360, inks[2])
    art.line([(605, 850), (605, 690)], paper, 3)
    for k in range(5):
        y = 720 + k * 26
        art.line(bezier([(605, y + 26), (570, y + 10), (560, y - 16)], 20), paper, 3)
        art.line(bezier([(605, y + 26), (640, y + 10), (650, y - 16)], 20), paper, 3)
    return art.done(rnd)


def _blot(rnd, x, y, radius, wild=0.28, many=7):
    turn = rnd.uniform(0, 360)
    points = [
        polar(x, y, radius * rnd.uniform(1 - wild, 1 + wild), turn + 360 * k / many)
        for k in range(many)
    ]
    return spline(points, closed=True)


def blots(rnd, palette):
    """Cut-out shapes and a wandering line."""
    paper, *inks = palette
    art = Sheet(paper)
    places = [(250, 250, 215), (580, 380, 190), (300, 640, 205), (560, 790, 165), (640, 130, 95)]
    for (x, y, radius), ink in zip(places, inks, strict=False):
        shape = _blot(rnd, x, y, radius)
        art.poly(shape, ink)
        field = art.mask(lambda sheet, shape=shape: sheet.poly(shape, '#ffffff'))
        art.cloud(rnd, mix(ink, '#ffffff', 0.5), 0.35, 5, 110, 210, field)
    dark = inks[-1]
    art.line(
        spline([(110, 900), (190, 610), (420, 520), (390, 300), (560, 230), (700, 300)]), dark, 5
    )
    art.line(spline([(420, 930), (520, 700), (480, 560), (640, 520), (720, 600)]), dark, 5)
    for _dot in range(16):
        x, y = 610 + rnd.uniform(-60, 90), 560 + rnd.uniform(-50, 60)
        art.disc(x, y, rnd.uniform(4, 7), dark)
    return art.done(rnd)


def fields(rnd, palette):
    """Two or three breathing fields of colour, one above the other."""
    paper, *inks = palette
    art = Sheet(paper)
    art.cloud(rnd, inks[0], 0.25, 3)
    shares = [0.46, 0.14, 0.40] if len(inks) > 2 else [0.58, 0.42]
    top = 60
    for ink, share in zip(inks, shares, strict=False):
        tall = 880 * share - 22
        for layer in range(16):
            slack = 16 - layer
            shape = [
                (62 + rnd.uniform(-slack, slack), top + rnd.uniform(-slack, slack) / 2),
                (400, top + rnd.uniform(-slack, slack) / 2),
                (738 + rnd.uniform(-slack, slack), top + rnd.uniform(-slack, slack) / 2),
                (738 + rnd.uniform(-slack, slack), top + tall),
                (62 + rnd.uniform(-slack, slack), top + tall + rnd.uniform(-slack, slack) / 2),
            ]
            art.poly(shape, ink, 0.16)
        field = art.mask(
            lambda s, top=top, tall=tall: s.rect(70, top, 660, tall, '#ffffff', radius=8)
        )
        art.cloud(rnd, mix(ink, '#ffffff', 0.45), 0.4, 3, 110, 220, field)
        art.cloud(rnd, mix(ink, '#000000', 0.35), 0.35, 5, 120, 220, field)
        top += tall + 24
    art.soften(1.2)
    return art.done(rnd, 0.08)


def ink(rnd, palette):
    """Clouds of ink with veins of gold."""
    paper, *inks = palette
    gold = inks[-1]
    art = Sheet(paper)
    for k, tone in enumerate(inks[:-1] * 2):
        art.cloud(rnd, tone, 0.75, 2 + k % 3, 105 + 6 * k, 165 + 6 * k)
    for k in range(9):
        slope = 95 * k - 60
        points = [
            (x, slope + x * 0.45 + 70 * math.sin(x / 130 + k) + rnd.uniform(-26, 26))
            for x in range(-60, 900, 60)
        ]
        line = spline(points)
        art.line(line, gold, 1.2, 0.85)
        cut = rnd.randrange(10, 120)
        art.swell(line[cut : cut + 80], gold, rnd.uniform(5, 13), 0.95, 0.05)
    for _speck in range(130):
        x = rnd.uniform(0, 800)
        y = min(max(rnd.gauss(200 + x * 0.5, 190), 0), 1000)
        art.disc(x, y, rnd.choice([1, 1.4, 2, 3.2]), gold, 0.9)
    return art.done(rnd, 0.04)


def strata(rnd, palette):
    """Sheets of cut paper, one over the other, each with its shadow."""
    art = Sheet(palette[0])
    many = 11
    for k in range(many):
        tone = ramp(palette, k / (many - 1))
        line = ridge(rnd, 190 + 82 * k, 190, rnd.uniform(0.8, 1.5), 0.3)
        line = [(x, y + (x - 400) * 0.12) for x, y in line]
        shape = [*line, (830, 1020), (-30, 1020)]
        art.shadow(lambda sheet, shape=shape: sheet.poly(shape, '#ffffff'), 9, 0.4, '#0b1020')
        art.poly(shape, tone)
        art.line(line, mix(tone, '#ffffff', 0.35), 2, 0.7)
    return art.done(rnd, 0.03)


def ribbons(rnd, palette):
    """A sheaf of fine lines that twists like silk."""
    paper, *inks = palette
    art = Sheet(paper)
    phase = rnd.uniform(0, 6)
    many = 150
    for k in range(many):
        share = k / (many - 1)
        tone = ramp(inks, share)
        points = []
        for y in range(-20, 1041, 20):
            t = y / 1000
            wide = 250 * math.sin(math.pi * (t * 0.9 + 0.1)) * math.cos(2.4 * t + phase)
            x = 400 + 130 * math.sin(4.2 * t + phase) + (share - 0.5) * 2 * wide
            x += 46 * math.sin(6.5 * t + share * 3)
            points.append((x, y))
        art.line(points, tone, 2.2, 0.8)
    return art.done(rnd, 0.04)


STYLES = {f.__name__: f for f in (arches, blots, fields, ink, strata, ribbons)}
