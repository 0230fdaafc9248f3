"""Algiers and the sea: the Casbah, the bay, sails, Constantine's bridge, a lighthouse."""

import math

from .kit import Sheet, mix, ridge, spline


def _house(art, rnd, x, y, wide, tall, wall, shade, door):
    """Draw one white house of the Casbah: terrace, parapet, windows, sometimes a dome."""
    art.rect(x, y - tall, wide, tall + 60, wall)
    art.rect(x + wide * 0.72, y - tall, wide * 0.28, tall + 60, shade, 0.55)
    art.rect(x - 3, y - tall - 7, wide + 6, 9, mix(wall, shade, 0.3))
    for column in range(max(1, int(wide / 42))):
        for row in range(max(1, int(tall / 62))):
            if rnd.random() < 0.3:
                continue
            left, top = x + 13 + column * 38, y - tall + 22 + row * 56
            if left + 16 > x + wide - 6:
                continue
            tone = rnd.choice([door, door, mix(door, '#10202c', 0.5)])
            art.rect(left, top + 8, 15, 20, tone)
            art.pie(left + 7.5, top + 9, 7.5, 180, 360, tone)
            art.rect(left - 2, top + 29, 19, 3, shade)
    hazard = rnd.random()
    if hazard < 0.16:
        art.pie(x + wide / 2, y - tall - 5, wide * 0.3, 180, 360, mix(wall, shade, 0.12))
        art.line(
            [(x + wide / 2, y - tall - wide * 0.3 - 5), (x + wide / 2, y - tall - wide * 0.3 - 26)],
            door,
            3,
        )
    elif hazard < 0.34:
        art.line(
            [(x + 8, y - tall - 8), (x + 8, y - tall - 34), (x + wide - 10, y - tall - 30)],
            mix(shade, '#000000', 0.3),
            2,
        )
        for cloth in range(3):
            art.rect(
                x + 14 + cloth * 15,
                y - tall - 32,
                11,
                17,
                rnd.choice(['#d1603d', '#e9b44c', '#2a7f8e', '#ffffff']),
            )


def _minaret(art, x, y, tall, wall, shade, trim):
    art.rect(x, y - tall, 46, tall + 60, wall)
    art.rect(x + 32, y - tall, 14, tall + 60, shade, 0.5)
    art.rect(x - 5, y - tall - 8, 56, 12, trim)
    art.rect(x + 11, y - tall - 62, 24, 56, wall)
    art.pie(x + 23, y - tall - 60, 15, 180, 360, trim)
    art.line([(x + 23, y - tall - 74), (x + 23, y - tall - 100)], trim, 3)
    for row in range(2):
        for k in range(2):
            art.rect(x + 9 + k * 17, y - tall + 24 + row * 60, 10, 26, trim)
            art.pie(x + 14 + k * 17, y - tall + 25 + row * 60, 5, 180, 360, trim)


def casbah(rnd, palette):
    """The white Casbah climbing its hill above the bay."""
    high, low, sun, wall, shade, door = palette
    art = Sheet(high)
    art.shade([high, low, mix(low, '#ffffff', 0.3), low])
    art.glow(590, 220, 300, mix(sun, '#ffffff', 0.4), 0.7)
    art.disc(590, 220, 82, sun)
    art.poly([*ridge(rnd, 400, 90, 1.1, 0.3), (830, 1020), (-30, 1020)], mix(shade, low, 0.55))
    for layer in range(9):
        tint = 0.42 * (1 - layer / 8)
        x = -50 + rnd.uniform(-30, 0)
        while x < 820:
            wide = rnd.uniform(64, 122)
            hill = 75 * math.sin(math.pi * (x + 130) / 860)
            y = 440 + layer * 74 - hill + rnd.uniform(-16, 16)
            tall = rnd.uniform(68, 128)
            tone = mix(
                mix(wall, rnd.choice([shade, sun, '#ffffff']), rnd.uniform(0, 0.14)), low, tint
            )
            _house(art, rnd, x, y, wide, tall, tone, mix(shade, low, tint), mix(door, low, tint))
            x += wide * rnd.uniform(0.8, 1.0)
        if layer in (2, 5):
            _minaret(
                art,
                210 if layer == 2 else 560,
                440 + layer * 74 - 60,
                190,
                mix(wall, low, tint),
                shade,
                door,
            )
    return art.done(rnd, 0.05)


def _sea(art, rnd, top, tones, glint, centre=400):
    mask = art.mask(lambda s: s.rect(0, top, 800, 1000 - top, '#ffffff'))
    art.shade(
        [tones[0]] * max(1, round(top / (1000 - top) * (len(tones) - 1))) + list(tones), 90, mask
    )
    for _wave in range(240):
        share = rnd.random() ** 1.6
        y = top + 4 + share * (990 - top)
        wide = 16 + 130 * share * rnd.uniform(0.4, 1)
        near = rnd.gauss(centre, 60 + 190 * share) if rnd.random() < 0.6 else rnd.uniform(-40, 800)
        tone = glint if abs(near - centre) < 60 + 150 * share else mix(tones[-1], '#ffffff', 0.3)
        curve = [(near + wide * t / 8, y + 2 * math.sin(t)) for t in range(9)]
        art.swell(curve, tone, 1.6 + 5 * share, rnd.uniform(0.25, 0.75))


def horizon(rnd, palette):
    """Sun on the open sea."""
    high, low, sun, *tones, glint = palette
    art = Sheet(high)
    art.shade([high, mix(high, low, 0.5), low, low])
    art.cloud(rnd, mix(low, '#ffffff', 0.6), 0.4, 2, 120, 220)
    art.glow(400, 500, 470, mix(sun, '#ffffff', 0.3), 0.8)
    art.disc(400, 490, 118, sun)
    _sea(art, rnd, 520, tones, glint)
    return art.done(rnd, 0.04)


def _sail(art, x, y, size, hull, cloth, shade):
    art.poly(
        [
            (x - 60 * size, y),
            (x + 62 * size, y),
            (x + 40 * size, y + 22 * size),
            (x - 42 * size, y + 22 * size),
        ],
        hull,
    )
    art.line([(x, y), (x + 6 * size, y - 165 * size)], hull, 4 * size)
    left = spline(
        [
            (x + 6 * size, y - 170 * size),
            (x - 44 * size, y - 80 * size),
            (x - 56 * size, y - 12 * size),
        ],
        12,
    )
    art.poly([*left, (x - 2 * size, y - 12 * size)], cloth)
    right = spline(
        [
            (x + 8 * size, y - 150 * size),
            (x + 46 * size, y - 70 * size),
            (x + 54 * size, y - 12 * size),
        ],
        12,
    )
    art.poly([*right, (x + 6 * size, y - 12 * size)], shade)


def sails(rnd, palette):
    """Sails in the bay of Algiers, the Chenoua behind."""
    high, low, sun, *tones, glint = palette
    art = Sheet(high)
    art.shade([high, low, mix(low, '#ffffff', 0.4), low])
    art.disc(620, 210, 70, sun)
    for k in range(3):
        line = ridge(rnd, 440 + 20 * k, 150 - 40 * k, 0.9 + 0.5 * k, 0.4)
        art.poly([*line, (830, 470), (-30, 470)], mix(low, tones[0], 0.25 + 0.22 * k))
    _sea(art, rnd, 455, tones, glint, 600)
    for x, y, size in ((170, 500, 0.42), (640, 540, 0.62), (90, 640, 0.5), (360, 740, 1.7)):
        _sail(art, x, y, size, mix(tones[-1], '#120a06', 0.6), '#fdf6e9', mix(sun, '#fdf6e9', 0.35))
        for k in range(7):
            art.swell(
                [(x - 50 * size + 100 * size * t / 6, y + (28 + 11 * k) * size) for t in range(7)],
                '#fdf6e9',
                5 * size,
                0.5 - 0.06 * k,
            )
    return art.done(rnd, 0.04)


def bridge(rnd, palette):
    """Constantine: the hanging bridge of Sidi M'Cid over its gorge."""
    high, low, sun, far, rock, dark = palette
    art = Sheet(high)
    art.shade([high, low, mix(low, '#ffffff', 0.3), low])
    art.glow(400, 330, 330, mix(sun, '#ffffff', 0.3), 0.7)
    art.disc(400, 320, 96, sun)
    art.poly([*ridge(rnd, 560, 120, 1.2, 0.45), (830, 1020), (-30, 1020)], far)
    art.glow(400, 720, 560, low, 0.8, 0.5)
    for side in (-1, 1):
        edge = [(400 + side * 470, 470), (400 + side * 262, 474), (400 + side * 236, 530)]
        for k in range(9):
            edge.append((400 + side * (236 - 19 * k + rnd.uniform(-20, 20)), 560 + 56 * k))
        edge.append((400 + side * 470, 1040))
        art.poly(edge, rock)
        art.poly(
            [(400 + side * (abs(x - 400) + 70 + rnd.uniform(0, 30)), y + 30) for x, y in edge[1:-1]]
            + [(400 + side * 470, 1040), (400 + side * 470, 500)],
            dark,
        )
        x = 400 + side * 340 - 35
        for wide, base in ((60, 472), (44, 470), (70, 476)):
            _house(
                art, rnd, x, base, wide, rnd.uniform(40, 90), mix('#ffffff', low, 0.35), rock, dark
            )
            x += side * 62
    for side in (-1, 1):
        tower = 400 + side * 230
        art.rect(tower - 21, 250, 42, 240, dark)
        art.rect(tower - 28, 240, 56, 14, dark)
        art.rect(tower - 9, 360, 18, 96, mix(low, sun, 0.3))
        art.pie(tower, 361, 9, 180, 360, mix(low, sun, 0.3))
    cable = [(170 + 46 * k, 262 + 168 * (1 - ((k - 5) / 5) ** 2)) for k in range(11)]
    art.line(spline(cable, 10), dark, 5)
    for x, y in spline(cable, 4):
        art.line([(x, y), (x, 462)], dark, 1.6)
    for side in (-1, 1):
        art.line([(400 + side * 230, 258), (400 + side * 430, 470)], dark, 5)
    art.rect(0, 458, 800, 13, dark)
    return art.done(rnd, 0.05)


def lighthouse(rnd, palette):
    """A lighthouse on its rock, beam over a dark sea."""
    high, low, beam, *tones, glint = palette
    art = Sheet(high)
    art.shade([high, mix(high, low, 0.4), low, low])
    for _star in range(220):
        art.disc(
            rnd.uniform(0, 800),
            rnd.uniform(0, 600),
            rnd.choice([0.8, 1, 1.5, 2]),
            '#fff6dc',
            rnd.uniform(0.3, 0.9),
        )
    rays = art.mask(
        lambda s: (
            s.poly([(566, 300), (-60, 120), (-60, 330)], '#8a8a8a'),
            s.poly([(566, 300), (900, 190), (900, 300)], '#6a6a6a'),
        )
    )
    art.image.paste(Sheet(beam).image, (0, 0), rays)
    art._bind()
    _sea(art, rnd, 680, tones, glint, 520)
    art.poly(
        [
            *spline([(330, 760), (420, 690), (500, 660), (640, 650), (740, 690), (860, 700)]),
            (860, 830),
            *spline([(700, 820), (560, 800), (430, 800), (330, 760)]),
        ],
        mix(tones[-1], '#05070c', 0.65),
    )
    art.poly([(528, 660), (604, 660), (594, 330), (538, 330)], '#f4ead8')
    for k in range(3):
        y = 380 + 100 * k
        art.poly(
            [(536 - k * 3, y), (596 + k * 3, y), (598 + k * 3, y + 50), (534 - k * 3, y + 50)],
            '#b8402f',
        )
    (
        art.rect(526, 322, 80, 12, '#1b2430'),
        art.rect(548, 276, 36, 46, beam),
        art.rect(540, 270, 52, 8, '#1b2430'),
    )
    art.pie(566, 271, 24, 180, 360, '#b8402f')
    art.glow(566, 298, 150, beam, 0.9)
    return art.done(rnd, 0.04)


STYLES = {f.__name__: f for f in (casbah, horizon, sails, bridge, lighthouse)}
