"""Rooms where the works hang: the second picture of a product, and the banner of the home page."""

from .kit import Sheet, bezier, mix, polar

WALLS = [
    ('#e9dfd2', '#b98d64', '#7d8c7a'),
    ('#d9dfd8', '#a98460', '#c58a63'),
    ('#e8d3c2', '#8f6748', '#4f6470'),
    ('#cfd8dc', '#a58565', '#d6b88f'),
    ('#efe6da', '#c39b74', '#a85c45'),
    ('#dcd3e0', '#9a7a62', '#5c5f7d'),
]


def _light(art, rnd):
    """Lay the light of a window on the wall."""
    wide, tall = art.width, art.height
    shift = rnd.uniform(0.05, 0.3) * wide
    field = art.mask(
        lambda s: (
            [
                s.poly(
                    [
                        (x, 0),
                        (x + wide * 0.13, 0),
                        (x - wide * 0.05, tall),
                        (x - wide * 0.18, tall),
                    ],
                    '#ffffff',
                )
                for x in (shift, shift + wide * 0.17, shift + wide * 0.34)
            ],
            s.soften(7),
        )
    )
    art.image.paste(Sheet('#fff6e6', wide, tall).image, (0, 0), field.point(lambda v: v // 4))
    art._bind()


def _plant(art, rnd, x, y, size, pot, green):
    for k in range(11):
        turn = -172 + 16.4 * k + rnd.uniform(-5, 5)
        tip = polar(x, y - size * 0.5, size * rnd.uniform(0.8, 1.15), turn)
        curve = bezier(
            [(x, y - size * 0.4), polar(x, y - size * 0.5, size * 0.6, turn - 12), tip], 24
        )
        art.swell(curve, mix(green, '#ffffff', rnd.uniform(0, 0.22)), size * 0.17, tip=0.02)
        art.line(curve, mix(green, '#ffffff', 0.3), 1)
    art.shadow(lambda s: s.disc(x, y, size * 0.34, '#ffffff', squash=0.18), 6, 0.5)
    art.poly(
        [
            (x - size * 0.26, y - size * 0.42),
            (x + size * 0.26, y - size * 0.42),
            (x + size * 0.19, y),
            (x - size * 0.19, y),
        ],
        pot,
    )
    art.poly(
        [
            (x + size * 0.06, y - size * 0.42),
            (x + size * 0.26, y - size * 0.42),
            (x + size * 0.19, y),
            (x + size * 0.05, y),
        ],
        '#000000',
        0.12,
    )


def _lamp(art, x, y, size, shade):
    art.line([(x, y), (x, y - size)], '#2b2622', 5)
    art.disc(x, y, size * 0.13, '#2b2622', squash=0.22)
    art.glow(x, y - size * 1.02, size * 0.8, '#fff0c8', 0.6)
    art.poly(
        [
            (x - size * 0.12, y - size * 1.2),
            (x + size * 0.12, y - size * 1.2),
            (x + size * 0.2, y - size * 0.92),
            (x - size * 0.2, y - size * 0.92),
        ],
        shade,
    )


def _sofa(art, x, y, wide, tone, cushions):
    """Draw a sofa standing on the floor at height `y`, its left end at `x`."""
    tall = wide * 0.36
    art.shadow(lambda s: s.disc(x + wide / 2, y, wide * 0.52, '#ffffff', squash=0.05), 10, 0.55)
    for leg in (0.09, 0.88):
        art.rect(x + wide * leg, y - tall * 0.14, wide * 0.025, tall * 0.14, '#3a2a20')
    art.rect(
        x + wide * 0.04,
        y - tall,
        wide * 0.92,
        tall * 0.72,
        mix(tone, '#000000', 0.08),
        radius=wide * 0.035,
    )
    for half in (0, 1):
        art.rect(
            x + wide * (0.085 + 0.42 * half),
            y - tall * 0.94,
            wide * 0.41,
            tall * 0.56,
            tone,
            radius=wide * 0.03,
        )
        art.rect(
            x + wide * (0.085 + 0.42 * half),
            y - tall * 0.46,
            wide * 0.41,
            tall * 0.22,
            mix(tone, '#ffffff', 0.14),
            radius=wide * 0.02,
        )
    art.rect(
        x + wide * 0.04,
        y - tall * 0.27,
        wide * 0.92,
        tall * 0.15,
        mix(tone, '#000000', 0.16),
        radius=wide * 0.014,
    )
    for end in (0, 0.88):
        art.rect(
            x + wide * end,
            y - tall * 0.66,
            wide * 0.12,
            tall * 0.55,
            mix(tone, '#ffffff', 0.07),
            radius=wide * 0.03,
        )
    for at, cushion in zip((0.14, 0.72, 0.24), cushions, strict=False):
        side = wide * 0.13
        art.rect(x + wide * at, y - tall * 0.8, side, side, cushion, radius=wide * 0.02)
        art.rect(
            x + wide * at + side * 0.62,
            y - tall * 0.8,
            side * 0.38,
            side,
            '#000000',
            0.07,
            radius=wide * 0.02,
        )


def _console(art, x, y, wide, wood):
    tall = wide * 0.3
    art.shadow(lambda s: s.disc(x + wide / 2, y, wide * 0.5, '#ffffff', squash=0.05), 9, 0.5)
    for leg in (0.05, 0.92):
        art.rect(x + wide * leg, y - tall, wide * 0.03, tall, mix(wood, '#000000', 0.3))
    art.rect(x, y - tall * 1.3, wide, tall * 0.72, wood, radius=6)
    for k in range(3):
        left = x + wide * (0.02 + 0.325 * k)
        art.rect(
            left, y - tall * 1.2, wide * 0.31, tall * 0.52, mix(wood, '#ffffff', 0.1), radius=4
        )
        art.disc(left + wide * 0.155, y - tall * 0.94, 5, '#2b2622')
    art.rect(x - 5, y - tall * 1.34, wide + 10, tall * 0.08, mix(wood, '#ffffff', 0.2))
    return y - tall * 1.34


def _room(rnd, wide, tall, wall, floor, line):
    art = Sheet(wall, wide, tall)
    art.shade([mix(wall, '#ffffff', 0.22), wall, mix(wall, '#000000', 0.07)], 60)
    art.cloud(rnd, '#ffffff', 0.12, 3)
    art.rect(0, line, wide, tall - line, floor)
    for k in range(12):
        y = line + (tall - line) * (k / 11) ** 1.5
        art.rect(0, y, wide, 2, mix(floor, '#000000', 0.22), 0.5)
    art.rect(0, line - 20, wide, 20, mix(wall, '#ffffff', 0.55))
    art.rect(0, line - 1, wide, 3, '#000000', 0.22)
    _light(art, rnd)
    return art


def room(rnd, picture, palette):
    """Hang `picture` in a small room; give an 800 x 1000 image."""
    wall, wood, cloth = WALLS[rnd.randrange(len(WALLS))]
    art = _room(rnd, 800, 1000, wall, wood, 868)
    accents = palette[1:4] if len(palette) > 3 else [cloth, wood, wall]
    if rnd.random() < 0.55:
        art.hang(picture, 206, 92, 388)
        _sofa(art, 90, 930, 620, cloth, accents)
        _plant(art, rnd, 738, 944, 150, mix(wood, '#ffffff', 0.45), '#4f7358')
    else:
        art.hang(picture, 196, 84, 408)
        top = _console(art, 120, 936, 560, mix(wood, '#6b4426', 0.35))
        _plant(art, rnd, 205, top, 110, accents[0], '#55795c')
        _lamp(art, 610, top, 112, '#f3e6cd')
        for k, tone in enumerate(accents):
            art.rect(330 + 5 * k, top - 12 * (k + 1), 120 - 10 * k, 12, tone)
    return art.done(None)


def banner(rnd, pictures):
    """Hang three `pictures` over a long sofa; give a 1920 x 760 image with room for words."""
    art = _room(rnd, 1920, 760, '#e7dccd', '#b38a63', 668)
    for (x, y, wide), picture in zip(
        ((985, 62, 268), (1283, 62, 268), (1581, 62, 268)), pictures, strict=True
    ):
        art.hang(picture, x, y, wide)
    _sofa(art, 1010, 712, 800, '#5f7a78', ['#c8553d', '#e9b44c', '#f2e6d2'])
    _plant(art, rnd, 1862, 722, 170, '#c98f63', '#4f7358')
    _lamp(art, 868, 716, 330, '#f5e8cf')
    return art.done(None)
