"""The night sky: the milky way, the phases of the moon."""

import math

from .kit import Sheet, mix, polar, ramp, ridge


def galaxy(rnd, palette):
    """The milky way over a lonely camp."""
    high, middle, low, dust, ember = palette
    art = Sheet(high)
    art.shade([high, middle, low])
    band = art.mask(
        lambda s: (
            s.poly([(120, -40), (420, -40), (700, 780), (360, 780)], '#ffffff'),
            s.soften(70),
        )
    )
    art.cloud(rnd, dust, 0.85, 3, 95, 190, band)
    art.cloud(rnd, '#ffffff', 0.5, 5, 140, 220, band)
    art.cloud(rnd, high, 0.7, 6, 130, 190, band)
    for _star in range(900):
        along = rnd.random()
        near = rnd.random() < 0.55
        x = 270 + 260 * along + rnd.gauss(0, 100) if near else rnd.uniform(0, 800)
        art.disc(x, along * 800, rnd.choice([0.6, 0.8, 1, 1.3, 2]), '#ffffff', rnd.uniform(0.35, 1))
    for k in range(3):
        art.poly(
            [*ridge(rnd, 800 + 70 * k, 120 - 30 * k, 1 + 0.4 * k, 0.3), (830, 1020), (-30, 1020)],
            ramp([mix(low, high, 0.4), '#070812'], k / 2),
        )
    art.glow(470, 850, 150, ember, 0.75, 0.7)
    art.poly([(400, 872), (470, 800), (540, 872)], '#120c12')
    art.poly([(455, 872), (470, 822), (486, 872)], ember)
    return art.done(rnd, 0.03)


def phases(rnd, palette):
    """The phases of the moon over a quiet ground."""
    ground, moon, fine = palette
    art = Sheet(ground)
    art.cloud(rnd, mix(ground, '#ffffff', 0.35), 0.3, 2, 120, 220)
    art.ring(400, 470, 300, fine, 2.4)
    for k in range(8):
        x, y = polar(400, 470, 300, 45 * k - 90)
        art.disc(x, y, 52, ground), art.disc(x, y, 46, mix(ground, moon, 0.16))
        half = art.mask(lambda s, x=x, y=y: s.disc(x, y, 46, '#ffffff'))
        if k in (0, 4):
            tone, shift = (moon, 0) if k == 0 else (ground, None)
            if shift is not None:
                art.disc(x, y, 46, tone)
        else:
            way = 1 if k > 4 else -1
            lit = {1: 26, 2: 46, 3: 66}[k if k < 4 else 8 - k]
            art.clip(
                half,
                lambda s, x=x, y=y, w=way, d=lit: (
                    s.disc(x, y, 46, moon),
                    s.disc(x - w * (lit_shift(d)), y, 52, mix(ground, moon, 0.16)),
                ),
            )
    art.glow(400, 470, 220, moon, 0.35)
    art.disc(400, 470, 128, moon)
    field = art.mask(lambda s: s.disc(400, 470, 128, '#ffffff'))
    art.cloud(rnd, mix(moon, '#7a6a55', 0.6), 0.65, 6, 118, 190, field)
    for k in range(60):
        long = 14 if k % 5 else 30
        art.line([polar(400, 470, 376, 6 * k), polar(400, 470, 376 + long, 6 * k)], fine, 2)
    for _star in range(120):
        art.disc(
            rnd.uniform(30, 770),
            rnd.uniform(30, 970),
            rnd.choice([0.9, 1.3, 2]),
            fine,
            rnd.uniform(0.4, 0.9),
        )
    for k in range(5):
        art.swell(
            [
                (250 + 300 * t / 20, 925 + k * 9 - 14 * math.sin(t / 20 * math.pi))
                for t in range(21)
            ],
            fine,
            3,
            0.8,
        )
    return art.done(rnd, 0.05)


def lit_shift(dark):
    """Give how far the shadow stands off the moon's middle for `dark` (26, 46 or 66)."""
    return {26: 78, 46: 50, 66: 26}[dark]


STYLES = {f.__name__: f for f in (galaxy, phases)}
