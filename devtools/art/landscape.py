"""Sahara and mountains: dunes, caravans, oases, the Hoggar, the Djurdjura."""

import math

from .kit import Sheet, bezier, mix, polar, ramp, ridge, spline


def _stars(art, rnd, many, floor, colour='#fff6dc'):
    for _star in range(many):
        y = rnd.uniform(0, 1) ** 1.3 * floor
        art.disc(
            rnd.uniform(0, 800),
            y,
            rnd.choice([0.7, 0.9, 1.1, 1.6, 2.2]),
            colour,
            rnd.uniform(0.4, 1),
        )


def _crest(rnd, base, lean, sway):
    """Give the crest of one dune: a long curve, with a knee."""
    return spline(
        [
            (-60, base + lean + rnd.uniform(-20, 20)),
            (150, base + lean * 0.3 + rnd.uniform(-sway, sway)),
            (380, base - lean * 0.25 + rnd.uniform(-sway, sway)),
            (600, base - lean * 0.1 + rnd.uniform(-sway, sway)),
            (860, base - lean + rnd.uniform(-20, 20)),
        ],
        20,
    )


def _dune(art, rnd, crest, lit, dark):
    """Fill a dune under its crest, its leeward face in shade along a winding edge."""
    art.poly([*crest, (860, 1040), (-60, 1040)], lit)
    top = min(range(15, len(crest) - 15), key=lambda i: crest[i][1])
    x, y = crest[top]
    edge = spline(
        [
            (x, y),
            (x - 26, y + 60),
            (x + 46, y + 140),
            (x - 40, y + 250),
            (x + 60, y + 420),
            (x - 30, 1040),
        ],
        12,
    )
    shape = [*crest[top:], (860, 1040), *edge[::-1]]
    art.poly(shape, dark)
    field = art.mask(lambda sheet: sheet.poly([*crest, (860, 1040), (-60, 1040)], '#ffffff'))
    art.cloud(rnd, mix(lit, '#ffffff', 0.6), 0.18, 4, 120, 220, field)


def _camel(art, x, y, size, colour):
    """Draw a walking camel and its rider's blanket, standing at (x, y)."""
    at = lambda px, py: (x + px * size, y + py * size)
    body = [
        (-30, -44),
        (-24, -56),
        (-10, -60),
        (-4, -72),
        (4, -74),
        (10, -62),
        (22, -58),
        (30, -54),
        (36, -56),
        (42, -70),
        (46, -84),
        (54, -88),
        (66, -84),
        (65, -79),
        (54, -77),
        (51, -66),
        (45, -48),
        (36, -40),
        (20, -36),
        (-18, -36),
        (-28, -36),
    ]
    art.poly([at(*p) for p in spline(body, 6, closed=True)], colour)
    for foot, knee in ((-26, -30), (-14, -22), (22, 16), (34, 32)):
        art.line([at((foot + knee) / 2, -40), at(knee, -20), at(foot, 0)], colour, 4.6 * size)
    art.line([at(-29, -48), at(-37, -30)], colour, 2.4 * size)


def dunes(rnd, palette):
    """Dunes under a great sun; a caravan on the crest."""
    sky_high, sky_low, sun, *sands = palette
    art = Sheet(sky_high)
    art.shade([sky_high, mix(sky_high, sky_low, 0.6), sky_low, sky_low])
    x = rnd.choice([250, 540])
    art.glow(x, 380, 420, mix(sun, '#ffffff', 0.3), 0.8)
    art.disc(x, 370, 112, sun)
    for k in range(3):
        line = ridge(rnd, 500 + 26 * k, 40, 1 + k * 0.6, 0.25)
        art.poly([*line, (830, 1020), (-30, 1020)], mix(sky_low, sands[0], 0.35 + 0.2 * k))
    caravan = _crest(rnd, 610, 30, 8)
    for k, (base, lean) in enumerate(((610, 30), (700, -70), (800, 90), (920, -60))):
        crest = caravan if k == 0 else _crest(rnd, base, lean, 26)
        lit = ramp(sands, k / 3)
        _dune(art, rnd, crest, mix(lit, '#ffffff', 0.12), mix(lit, '#2a0f18', 0.34))
        if k == 0:
            for beast in range(5):
                point = caravan[22 + beast * 8]
                _camel(art, point[0], point[1] + 3, 0.5, mix(sands[-1], '#14070a', 0.75))
    return art.done(rnd, 0.05)


def moonlit(rnd, palette):
    """Dunes by night, a crescent and its stars."""
    high, low, moon, *sands = palette
    art = Sheet(high)
    art.shade([high, mix(high, low, 0.5), low, mix(low, '#ffffff', 0.2)])
    art.cloud(rnd, mix(low, '#c9b6ff', 0.5), 0.25, 3, 120, 210)
    _stars(art, rnd, 420, 620)
    art.glow(560, 230, 260, moon, 0.55)
    shape = art.mask(lambda s: (s.disc(560, 230, 84, '#ffffff'), s.disc(592, 212, 76, '#000000')))
    art.clip(shape, lambda s: s.rect(400, 100, 300, 300, moon))
    for k, (base, lean) in enumerate(((600, -50), (690, 70), (790, -80), (910, 60))):
        lit = ramp(sands, k / 3)
        _dune(art, rnd, _crest(rnd, base, lean, 26), mix(lit, moon, 0.14), mix(lit, '#05060f', 0.5))
    return art.done(rnd, 0.04)


def _palm(art, rnd, x, y, tall, colour, leaf):
    """Draw a date palm standing at (x, y)."""
    lean = rnd.uniform(-0.18, 0.18) * tall
    trunk = bezier([(x, y), (x + lean * 0.1, y - tall * 0.5), (x + lean, y - tall)], 30)
    for i, (px, py) in enumerate(trunk):
        art.disc(px, py, tall * (0.034 - 0.0004 * i), colour)
    head = trunk[-1]
    for k in range(15):
        turn = -200 + 220 * k / 14 + rnd.uniform(-7, 7)
        long = tall * rnd.uniform(0.42, 0.55)
        tip = polar(*head, long, turn)
        tip = (tip[0], tip[1] + long * 0.42 * abs(math.cos(math.radians(turn))) + long * 0.1)
        middle = polar(*head, long * 0.62, turn - 8 if turn > -90 else turn + 8)
        curve = bezier([head, middle, tip], 26)
        art.swell(curve, leaf, tall * 0.028, tip=0.2)
        for (px, py), (qx, qy) in zip(curve[4::2], curve[5::2], strict=False):
            for side in (-1, 1):
                nx, ny = -(qy - py), qx - px
                size = tall * 0.075 / (math.hypot(nx, ny) or 1)
                end = (
                    px + nx * size * side + (qx - px) * 2,
                    py + ny * size * side + (qy - py) * 2 + tall * 0.03,
                )
                art.line([(px, py), end], leaf, tall * 0.009)
    for k in (-1, 0, 1):
        art.disc(head[0] + k * tall * 0.03, head[1] + tall * 0.05, tall * 0.022, '#b5562b')


def oasis(rnd, palette):
    """Palms of Taghit mirrored in still water."""
    high, low, sun, sand, water, dark = palette
    art = Sheet(high)
    art.shade([high, mix(high, low, 0.4), low, low, water, mix(water, '#000000', 0.25)])
    art.glow(400, 420, 380, mix(sun, '#ffffff', 0.2), 0.75)
    art.disc(400, 430, 96, sun)
    back = ridge(rnd, 590, 210, 0.9, 0.22)
    art.poly([*back, (830, 660), (-30, 660)], mix(sand, low, 0.3))
    art.poly([*ridge(rnd, 640, 120, 1.3, 0.25), (830, 690), (-30, 690)], sand)
    art.poly([*ridge(rnd, 672, 20, 3, 0.5), (830, 690), (-30, 690)], mix(dark, sand, 0.25))
    for x, tall in ((90, 300), (190, 400), (270, 260), (560, 290), (640, 430), (735, 330)):
        _palm(
            art,
            rnd,
            x,
            682,
            tall,
            mix(dark, '#3a2414', 0.4),
            mix(dark, '#1f5a46', rnd.uniform(0.1, 0.6)),
        )
    art.mirror(682, 0.55)
    art.rect(0, 682, 800, 318, water, 0.35)
    for _wave in range(60):
        y = 690 + rnd.uniform(0, 1) ** 1.4 * 300
        wide = rnd.uniform(20, 120) * (y - 600) / 250
        x = 400 + rnd.gauss(0, 210)
        art.swell([(x + wide * t / 8, y) for t in range(9)], mix(sun, '#ffffff', 0.4), 3, 0.45)
    return art.done(rnd, 0.05)


def hoggar(rnd, palette):
    """The needles of the Hoggar, one range behind another."""
    high, low, sun, *rocks = palette
    art = Sheet(high)
    art.shade([high, low, mix(low, '#ffffff', 0.35), low])
    art.disc(270, 300, 84, sun)
    for k in range(5):
        base = 560 + 92 * k
        line, x = [(-30, base)], -30
        while x < 830:
            wide, tall = rnd.uniform(60, 150), rnd.uniform(30, 260 - 34 * k)
            line += [
                (x + wide * 0.30, base - tall * 0.62),
                (x + wide * 0.42, base - tall * 0.94),
                (x + wide * 0.58, base - tall),
                (x + wide * 0.70, base - tall * 0.60),
                (x + wide, base - tall * 0.16),
            ]
            x += wide
        tone = ramp(rocks, k / 4)
        art.poly([*line, (860, 1020), (-30, 1020)], tone)
        for i in range(3, len(line) - 3, 5):
            peak, right, foot = line[i], line[i + 1], line[i + 2]
            art.poly(
                [peak, right, foot, (foot[0] - 14, foot[1] + 60), (peak[0] + 2, peak[1] + 70)],
                mix(tone, '#1b0a12', 0.3),
            )
        field = art.mask(lambda s, line=line: s.poly([*line, (860, 1020), (-30, 1020)], '#ffffff'))
        art.cloud(rnd, mix(tone, low, 0.7), 0.5, 2, 110, 210, field)
    return art.done(rnd, 0.05)


def _snowy(art, rnd, peak, base, tone, snow):
    """Draw a peak down to `base`, its right face in shade and its head in snow."""
    x, y = peak
    half = (base - y) * 0.78
    art.poly([(x - half, base), (x, y), (x + half, base)], tone)
    art.poly(
        [(x, y), (x + half, base), (x - half * 0.1, base), (x + 12, y + (base - y) * 0.5)],
        mix(tone, '#0e2433', 0.28),
    )
    deep = (base - y) * 0.36
    hem = []
    for k in range(9):
        share = -1 + k / 4
        drop = deep * (1 - 0.1 * abs(share)) + (
            deep * 0.42 if k % 2 else -deep * 0.1
        ) * rnd.uniform(0.7, 1.2)
        hem.append((x + share * drop * 0.76, y + max(drop, abs(share) * drop)))
    art.poly([(x, y), *hem], snow, 0.96)
    art.poly([(x, y), *hem[4:]], mix(snow, tone, 0.42), 0.9)


def djurdjura(rnd, palette):
    """Snow on the Djurdjura, cedars in the mist."""
    high, low, snow, *greens = palette
    art = Sheet(high)
    art.shade([high, low, mix(low, '#ffffff', 0.5), low])
    for k, peaks in enumerate(
        (
            ((120, 300), (330, 190), (560, 250), (760, 340)),
            ((30, 430), (230, 380), (450, 360), (690, 420)),
        )
    ):
        tone = mix(greens[0], low, 0.5 - 0.3 * k)
        for x, y in peaks:
            _snowy(art, rnd, (x, y), 640 + 60 * k, tone, snow)
        art.glow(400, 640 + 60 * k, 640, low, 0.9, 0.26)
    for k in range(5):
        base, tone = 700 + 74 * k, ramp(greens, (k + 1) / 5)
        line = ridge(rnd, base, 70, 1.4, 0.3)
        art.poly([*line, (830, 1020), (-30, 1020)], tone)
        for x, y in line[:: 3 if k < 3 else 4]:
            tall = rnd.uniform(34, 66) * (0.7 + 0.32 * k)
            x += rnd.uniform(-8, 8)
            for step in range(6):
                wide = tall * 0.2 * (step + 1.2) / 6
                top = y - tall + tall * step / 6.2
                art.poly(
                    [(x, top), (x + wide, top + tall * 0.26), (x - wide, top + tall * 0.26)], tone
                )
        art.glow(400, base + 54, 620, low, 0.42 - 0.07 * k, 0.16)
    return art.done(rnd, 0.04)


STYLES = {f.__name__: f for f in (dunes, moonlit, oasis, hoggar, djurdjura)}
