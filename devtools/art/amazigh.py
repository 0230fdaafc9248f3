"""Amazigh and Tuareg motifs: woven rugs, crosses of silver, pottery, the khamsa."""

from .kit import Sheet, bezier, mix, polar, spline


def _lozenge(art, x, y, wide, tall, colour):
    art.poly([(x, y - tall), (x + wide, y), (x, y + tall), (x - wide, y)], colour)


def _steps(art, x, y, size, colour, many=5):
    """Draw a stepped lozenge, as a loom makes it."""
    unit = size / many
    for row in range(-many, many + 1):
        wide = (many - abs(row) + 0.5) * unit
        art.rect(x - wide, y + (row - 0.5) * unit, wide * 2, unit + 0.5, colour)


def _band(art, rnd, y, tall, kind, ground, inks):
    """Weave one band of a rug."""
    art.rect(0, y, 800, tall + 1, ground)
    middle = y + tall / 2
    if kind == 'steps':
        for k in range(-1, 7):
            x = 66.7 + k * 133.4
            for share, tone in ((0.46, inks[0]), (0.32, inks[1]), (0.16, inks[2])):
                _steps(art, x, middle, tall * share, tone)
    elif kind == 'zigzag':
        for layer, tone in enumerate(inks[:3]):
            line = [
                (
                    k * 50 - 50,
                    middle + (tall * 0.2 if k % 2 else -tall * 0.2) + (layer - 1) * tall * 0.24,
                )
                for k in range(19)
            ]
            art.line(line, tone, tall * 0.12)
    elif kind == 'teeth':
        for k in range(-1, 17):
            x = k * 50
            art.poly([(x, y), (x + 50, y), (x + 25, y + tall * 0.48)], inks[0])
            art.poly([(x - 25, y + tall), (x + 25, y + tall), (x, y + tall * 0.52)], inks[1])
    elif kind == 'signs':
        for k in range(9):
            _sign(art, 44 + k * 89, middle, tall * 0.34, inks[k % 2], k % 5)
    elif kind == 'lozenges':
        for k in range(-1, 9):
            for share, tone in ((1, inks[0]), (0.66, inks[1]), (0.3, inks[2])):
                _lozenge(art, k * 100 + 50, middle, 48 * share, tall * 0.46 * share, tone)
    else:
        art.rect(0, y + tall * 0.3, 800, tall * 0.4, inks[0])


def _sign(art, x, y, size, colour, kind):
    """Draw one of the marks of the weavers: eye, comb, wheat, frog, cross."""
    thick = size * 0.22
    if kind == 0:
        art.line(
            [(x, y - size), (x + size, y), (x, y + size), (x - size, y)], colour, thick, closed=True
        )
        art.disc(x, y, size * 0.24, colour)
    elif kind == 1:
        art.line([(x - size, y + size * 0.6), (x + size, y + size * 0.6)], colour, thick)
        for k in range(5):
            art.line(
                [
                    (x - size + k * size / 2, y + size * 0.6),
                    (x - size + k * size / 2, y - size * 0.7),
                ],
                colour,
                thick * 0.8,
            )
    elif kind == 2:
        art.line([(x, y - size), (x, y + size)], colour, thick)
        for k in range(4):
            top = y - size * 0.7 + k * size * 0.5
            art.line(
                [
                    (x - size * 0.7, top - size * 0.35),
                    (x, top),
                    (x + size * 0.7, top - size * 0.35),
                ],
                colour,
                thick * 0.8,
            )
    elif kind == 3:
        art.line([(x - size, y - size), (x + size, y + size)], colour, thick)
        art.line([(x - size, y + size), (x + size, y - size)], colour, thick)
        _lozenge(art, x, y, size * 0.5, size * 0.5, colour)
    else:
        art.line([(x - size, y), (x + size, y)], colour, thick)
        art.line([(x, y - size), (x, y + size)], colour, thick)
        for dx, dy in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
            art.disc(x + dx * size * 0.6, y + dy * size * 0.6, size * 0.16, colour)


def kilim(rnd, palette):
    """A rug, band upon band."""
    ground, *inks = palette
    art = Sheet(ground)
    plan = [
        ('plain', 22),
        ('teeth', 62),
        ('steps', 170),
        ('zigzag', 92),
        ('signs', 96),
        ('lozenges', 116),
    ]
    plan += [('signs', 96), ('zigzag', 92), ('steps', 170), ('teeth', 62), ('plain', 22)]
    y = 0
    for k, (kind, tall) in enumerate(plan):
        turn = min(k, len(plan) - 1 - k)
        shade = inks[turn % len(inks)] if turn % 2 else ground
        rest = [i for i in [ground, *inks] if i != shade]
        _band(art, rnd, y, tall, kind, shade, rest[turn % 2 :] + rest[: turn % 2])
        y += tall
    for line in range(0, 1000, 5):
        art.rect(0, line, 800, 1.2, '#000000', 0.07)
    for line in range(0, 800, 6):
        art.rect(line, 0, 1.2, 1000, '#ffffff', 0.05)
    return art.done(rnd, 0.1)


def shaggy(rnd, palette):
    """A white rug with dark wandering lozenges."""
    wool, ink, accent = palette
    art = Sheet(wool)
    wander = lambda p: (p[0] + rnd.uniform(-7, 7), p[1] + rnd.uniform(-7, 7))
    for i in range(-1, 4):
        for j in range(-1, 4):
            x, y = 133 + i * 267, 166 + j * 333
            frame = [
                wander(p)
                for p in ((x, y - 166), (x + 133, y), (x, y + 166), (x - 133, y), (x, y - 166))
            ]
            art.line(spline(frame, 6), ink, 9)
            art.line(
                spline([wander((x + (p[0] - x) * 0.48, y + (p[1] - y) * 0.48)) for p in frame], 6),
                ink,
                5,
            )
            _sign(art, x, y, 26, accent if (i + j) % 2 else ink, rnd.randrange(5))
    for _tuft in range(16000):
        x, y = rnd.uniform(0, 800), rnd.uniform(-10, 1000)
        art.line(
            [(x, y), (x + rnd.uniform(-3, 3), y + rnd.uniform(5, 11))],
            rnd.choice(['#ffffff', wool, '#9a8a74']),
            1.4,
            0.22,
        )
    return art.done(rnd, 0.08)


def cross(rnd, palette):
    """A Tuareg cross of engraved silver on indigo."""
    ground, silver, dark, accent = palette
    art = Sheet(ground)
    art.cloud(rnd, mix(ground, '#000000', 0.6), 0.55, 2)
    art.cloud(rnd, mix(ground, '#ffffff', 0.4), 0.25, 5, 130, 220)
    x, y = 400, 560

    def jewel(sheet, tone):
        sheet.ring(x, y - 262, 92, tone, 30)
        sheet.poly(
            [(x - 34, y - 180), (x + 34, y - 180), (x + 60, y - 110), (x - 60, y - 110)], tone
        )
        sheet.poly(
            [
                *bezier([(x, y - 150), (x + 50, y - 70), (x + 130, y - 50), (x + 240, y)], 24),
                *bezier([(x + 240, y), (x + 120, y + 60), (x + 50, y + 150), (x, y + 300)], 24),
                *bezier([(x, y + 300), (x - 50, y + 150), (x - 120, y + 60), (x - 240, y)], 24),
                *bezier([(x - 240, y), (x - 130, y - 50), (x - 50, y - 70), (x, y - 150)], 24),
            ],
            tone,
        )
        for px, py in ((x - 250, y), (x + 250, y), (x, y + 312)):
            sheet.disc(px, py, 26, tone)
            sheet.disc(px + (px - x) * 0.13, py + (py - y) * 0.1, 13, tone)

    art.shadow(lambda s: jewel(s, '#ffffff'), 14, 0.6, '#000000')
    mask = art.mask(lambda s: jewel(s, '#ffffff'))
    art.shade(
        [
            mix(silver, '#ffffff', 0.5),
            silver,
            mix(silver, dark, 0.35),
            silver,
            mix(silver, '#ffffff', 0.3),
        ],
        60,
        mask,
    )
    for share in (0.78, 0.66):
        shape = [
            (x, y - 130 * share),
            (x + 210 * share, y),
            (x, y + 260 * share),
            (x - 210 * share, y),
        ]
        art.line(shape, dark, 3, closed=True)
    for k in range(-4, 5):
        art.disc(x + k * 26, y, 5, dark)
    for k in range(-2, 7):
        art.disc(x, y + k * 26, 5, dark)
    _lozenge(art, x, y, 34, 34, accent)
    for k in range(20):
        art.line([polar(x, y - 262, 80, 18 * k), polar(x, y - 262, 88, 18 * k)], dark, 3)
    cord = bezier([(250, -20), (300, 120), (x, y - 360), (x, y - 340)], 20) + bezier(
        [(x, y - 340), (x, y - 360), (500, 120), (550, -20)], 20
    )
    art.line(cord, mix(accent, '#000000', 0.2), 9)
    return art.done(rnd, 0.05)


def khamsa(rnd, palette):
    """An open hand, filled with ornament."""
    ground, hand, ink, accent, pale = palette
    art = Sheet(ground)
    art.cloud(rnd, mix(ground, '#ffffff', 0.5), 0.35, 3)
    x, y = 400, 560

    def palm(sheet, tone, grow=0):
        fingers = ((-112, 300, 47), (0, 352, 49), (112, 300, 47))
        for dx, tall, half in fingers:
            sheet.rect(
                x + dx - half - grow,
                y - tall - grow,
                (half + grow) * 2,
                tall + 60,
                tone,
                radius=half + grow,
            )
        sheet.rect(x - 172 - grow, y - 60 - grow, 344 + grow * 2, 250 + grow, tone, radius=40)
        sheet.poly(
            [
                *bezier(
                    [
                        (x - 172 - grow, y + 120),
                        (x - 150, y + 300),
                        (x - 60, y + 350 + grow),
                        (x, y + 350 + grow),
                    ],
                    24,
                ),
                *bezier(
                    [
                        (x, y + 350 + grow),
                        (x + 60, y + 350 + grow),
                        (x + 150, y + 300),
                        (x + 172 + grow, y + 120),
                    ],
                    24,
                ),
            ],
            tone,
        )
        for side in (-1, 1):
            sheet.poly(
                [
                    *spline(
                        [
                            (x + side * 150, y + 220),
                            (x + side * (235 + grow), y + 130),
                            (x + side * (262 + grow), y - 10),
                            (x + side * (300 + grow), y - 66 - grow),
                            (x + side * (232 - grow), y - 50),
                            (x + side * (206 - grow), y + 20),
                            (x + side * 150, y + 40),
                        ],
                        10,
                    )
                ],
                tone,
            )

    art.shadow(lambda s: palm(s, '#ffffff'), 12, 0.35)
    palm(art, ink, 7)
    palm(art, hand)
    for radius, tone in ((124, ink), (114, accent), (92, pale)):
        art.disc(x, y + 90, radius, tone)
    art.poly(
        [
            *bezier([(x - 84, y + 90), (x, y + 6), (x + 84, y + 90)], 24),
            *bezier([(x + 84, y + 90), (x, y + 174), (x - 84, y + 90)], 24),
        ],
        ink,
    )
    art.disc(x, y + 90, 36, accent), art.disc(x, y + 90, 17, ink)
    for k in range(24):
        art.disc(*polar(x, y + 90, 142, 15 * k), 6, accent if k % 2 else pale)
    for dx, tall in ((-112, 300), (0, 352), (112, 300)):
        for step in range(4):
            top = y - tall + 60 + step * 58
            _lozenge(art, x + dx, top, 24, 24, (accent, pale)[step % 2])
            _lozenge(art, x + dx, top, 10, 10, ink)
    for k in range(-3, 4):
        _lozenge(art, x + k * 34, y + 272 - abs(k) * 7, 13, 17, accent if k % 2 else pale)
    for side in (-1, 1):
        art.line(
            spline(
                [(x + side * 190, y + 150), (x + side * 226, y + 90), (x + side * 240, y + 10)], 10
            ),
            pale,
            7,
        )
    return art.done(rnd, 0.06)


def pottery(rnd, palette):
    """Three painted jars of Kabylia on a shelf."""
    wall, shelf, clay, ink, pale = palette
    art = Sheet(wall)
    art.cloud(rnd, mix(wall, '#ffffff', 0.6), 0.5, 3)
    (
        art.pie(400, 420, 330, 180, 360, mix(wall, clay, 0.35)),
        art.rect(70, 418, 660, 420, mix(wall, clay, 0.35)),
    )
    art.rect(0, 838, 800, 162, shelf), art.rect(0, 838, 800, 10, mix(shelf, '#ffffff', 0.4))
    for x, base, size, tone in (
        (225, 842, 0.82, pale),
        (580, 842, 0.9, mix(clay, '#5a2414', 0.4)),
        (400, 856, 1.15, clay),
    ):
        half = [
            (46, -430),
            (40, -390),
            (52, -350),
            (120, -270),
            (148, -180),
            (120, -80),
            (72, -8),
            (66, 0),
        ]
        side = spline([(x + px * size, base + py * size) for px, py in half], 10)
        body = side + [(2 * x - px, py) for px, py in side[::-1]]
        for turn in (-1, 1):
            art.line(
                bezier(
                    [
                        (x + turn * 46 * size, base - 400 * size),
                        (x + turn * 170 * size, base - 400 * size),
                        (x + turn * 118 * size, base - 276 * size),
                    ],
                    20,
                ),
                mix(tone, '#000000', 0.2),
                17 * size,
            )
        art.shadow(lambda s, b=body: s.poly(b, '#ffffff'), 10, 0.4)
        art.poly(body, tone)

        def paint(sheet, x=x, base=base, size=size, body=body, tone=tone):
            line = ink if tone != pale else mix(clay, '#5a1a0c', 0.5)
            for y in (-330, -232, -128, -50):
                sheet.rect(x - 200, base + y * size, 400, 7 * size, line)
            for k in range(-8, 9):
                px = x + k * 34 * size
                _lozenge(sheet, px, base - 280 * size, 15 * size, 36 * size, line)
                sheet.line(
                    [
                        (px - 17 * size, base - 132 * size),
                        (px, base - 222 * size),
                        (px + 17 * size, base - 132 * size),
                    ],
                    line,
                    5 * size,
                )
                sheet.disc(px + 17 * size, base - 88 * size, 8 * size, line)
            sheet.poly([(px + 95 * size, py) for px, py in body], '#1a0d08', 0.25)

        art.clip(art.mask(lambda s, b=body: s.poly(b, '#ffffff')), paint)
    return art.done(rnd, 0.05)


STYLES = {f.__name__: f for f in (kilim, shaggy, cross, khamsa, pottery)}
