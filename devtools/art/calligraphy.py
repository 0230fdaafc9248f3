"""Strokes of the reed pen. They look like writing and say nothing: no letter, no word."""

import math

from .kit import Sheet, bezier, mix, polar


def _dots(art, x, y, size, colour, many=3):
    """Draw the lozenge points that a reed leaves."""
    for k in range(many):
        px, py = x + (k - (many - 1) / 2) * size * 1.7, y + (size * 0.9 if k % 2 else 0)
        art.poly([(px, py - size), (px + size, py), (px, py + size), (px - size, py)], colour)


def _bowl(x, y, size, deep=1.0):
    """Give the path of a deep open bowl, from its left head to its right tip."""
    return bezier(
        [
            (x - size, y - size * 0.35),
            (x - size * 0.95, y + size * 1.05 * deep),
            (x + size * 0.8, y + size * 1.1 * deep),
            (x + size, y - size * 0.42),
        ],
        60,
    )


def _mast(x, y, tall, sway=12):
    """Give the path of a tall upright."""
    return bezier([(x + sway, y - tall), (x - sway, y - tall * 0.5), (x, y)], 30)


def bowls(rnd, palette):
    """Deep bowls and tall masts around one heavy stroke."""
    paper, ink, accent, wash = palette
    art = Sheet(paper)
    art.cloud(rnd, wash, 0.5, 2, 115, 220)
    art.disc(520, 360, 190, accent, 0.92)
    art.nib(_bowl(400, 560, 260), ink, 60, -38)
    art.nib(_bowl(300, 400, 150, 0.9), ink, 36, -38)
    for x, tall in ((190, 380), (262, 430), (560, 470), (640, 420)):
        art.nib(_mast(x, 560, tall), ink, 30, -38)
    art.nib(bezier([(90, 780), (300, 700), (520, 860), (740, 740)], 60), ink, 22, -38)
    _dots(art, 410, 620, 20, accent)
    _dots(art, 300, 410, 14, ink, 1)
    _dots(art, 640, 830, 13, ink, 2)
    return art.done(rnd, 0.06)


def wheel(rnd, palette):
    """Strokes gathered in a wheel of gold."""
    ground, gold, second, pale = palette
    art = Sheet(ground)
    art.cloud(rnd, mix(ground, '#000000', 0.5), 0.5, 2)
    many = 12
    for k in range(many):
        turn = 360 * k / many

        def spin(p, t=turn):
            return polar(400, 480, math.hypot(*p), t + math.degrees(math.atan2(p[1], p[0])))

        art.nib(
            [spin(p) for p in bezier([(70, 0), (170, -90), (300, -70), (330, 40)], 44)],
            gold,
            26,
            turn - 40,
        )
        art.nib(
            [spin(p) for p in bezier([(110, 40), (210, 70), (250, 10)], 30)], second, 15, turn - 40
        )
        x, y = spin((268, 6))
        _dots(art, x, y, 9, pale, 1)
    for radius, thick in ((64, 4), (348, 4), (362, 10)):
        art.ring(400, 480, radius, gold, thick)
    for k in range(8):
        art.nib([polar(400, 480, 14 + i, 45 * k + i) for i in range(0, 40, 4)], pale, 9, 45 * k)
    art.nib(bezier([(180, 920), (330, 890), (470, 950), (620, 915)], 40), second, 14, -40)
    return art.done(rnd, 0.05)


def sweep(rnd, palette):
    """One stroke of a broad brush across the sheet."""
    paper, ink, accent, wash = palette
    art = Sheet(paper)
    art.cloud(rnd, wash, 0.45, 2, 115, 215)
    path = bezier(
        [(700, 130), (120, 60), (40, 560), (420, 560), (820, 560), (640, 960), (90, 830)], 130
    )
    for hair in range(46):
        shift = (hair - 23) * 2.7
        start, stop = rnd.randrange(0, 8), 131 - rnd.randrange(0, 34)
        line = [(x + shift * 0.7, y - shift * 0.7) for x, y in path[start:stop]]
        art.line(
            line, mix(ink, accent, rnd.uniform(0, 0.25)), rnd.uniform(2.4, 5), rnd.uniform(0.75, 1)
        )
    for _drop in range(60):
        x, y = path[rnd.randrange(131)]
        art.disc(x + rnd.gauss(0, 80), y + rnd.gauss(0, 80), rnd.choice([1.4, 2, 3, 5]), ink, 0.9)
    _dots(art, 520, 360, 26, accent, 2)
    art.rect(640, 880, 54, 54, '#b3261e', radius=5)
    _dots(art, 667, 907, 11, paper, 1)
    return art.done(rnd, 0.06)


def rows(rnd, palette):
    """Rows of script-like strokes fading up the sheet, a gold one amid them."""
    paper, ink, gold, wash = palette
    art = Sheet(paper)
    art.cloud(rnd, wash, 0.5, 2, 110, 215)
    for row in range(7):
        y, tone = (
            150 + 122 * row,
            gold if row == 3 else mix(ink, paper, 0.62 - 0.1 * row if row < 6 else 0),
        )
        x = 730
        while x > 80:
            kind, size = rnd.randrange(4), rnd.uniform(30, 58)
            if kind == 0:
                art.nib(_bowl(x - size, y, size), tone, 15, -40)
                _dots(art, x - size, y + size * 0.1, 6, tone, rnd.randrange(1, 4))
                x -= size * 2.15
            elif kind == 1:
                art.nib(_mast(x, y, size * 1.7, 5), tone, 13, -40)
                x -= 26
            elif kind == 2:
                art.nib(
                    bezier([(x, y), (x - size * 0.3, y + 16), (x - size, y)], 20), tone, 14, -40
                )
                art.nib(
                    bezier(
                        [
                            (x - size, y),
                            (x - size * 1.2, y - 40),
                            (x - size * 0.8, y - 46),
                            (x - size * 0.7, y - 10),
                        ],
                        20,
                    ),
                    tone,
                    11,
                    -40,
                )
                x -= size * 1.2
            else:
                art.nib(
                    bezier(
                        [
                            (x + 8, y - 10),
                            (x - size * 0.4, y + size),
                            (x - size * 1.5, y + size * 1.1),
                        ],
                        30,
                    ),
                    tone,
                    15,
                    -40,
                )
                x -= size * 0.9
    art.turn_over()  # read backwards, the strokes cannot happen to spell anything
    return art.done(rnd, 0.06)


def crescent(rnd, palette):
    """Strokes bent into a crescent and a star of dots."""
    ground, gold, second, pale = palette
    art = Sheet(ground)
    art.cloud(rnd, mix(ground, '#ffffff', 0.4), 0.22, 2, 120, 220)
    for k in range(13):
        share = k / 12
        arc = [polar(390 + 15 * k, 500, 318 - 8 * k, 58 + 244 * i / 70) for i in range(71)]
        tone = mix(gold, second, share)
        cut = rnd.randrange(0, 9)
        art.swell(
            arc[cut : 71 - rnd.randrange(0, 9)],
            tone,
            20 + 10 * math.sin(share * math.pi),
            0.95,
            0.05,
        )
    for long, turn in ((120, 0), (70, 45)):
        for k in range(4):
            way = turn + 90 * k
            art.poly(
                [polar(560, 470, r, way + a) for r, a in ((30, -45), (long, 0), (30, 45))]
                + [(560, 470)],
                pale,
            )
    art.disc(560, 470, 16, gold)
    for k in range(16):
        art.disc(*polar(560, 470, 150, 22.5 * k), 4 + 3 * (k % 2), gold if k % 2 else second)
    art.nib(bezier([(220, 905), (360, 870), (500, 940), (650, 890)], 40), gold, 15, -40)
    return art.done(rnd, 0.05)


STYLES = {f.__name__: f for f in (bowls, wheel, sweep, rows, crescent)}
