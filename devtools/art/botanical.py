"""Plants: palm fans, olive, eucalyptus, prickly pears, poppies in a vase, a line drawing."""

import math

from .kit import Sheet, bezier, mix, polar, spline


def _leaf(root, long, wide, turn, bend=0.0):
    """Give the outline of a leaf from its `root`, and its midrib."""
    tip = polar(*root, long, turn + bend)
    middle = polar(*root, long * 0.5, turn)
    side = math.radians(turn + 90)
    dx, dy = math.cos(side) * wide, math.sin(side) * wide
    one = bezier(
        [root, (middle[0] + dx, middle[1] + dy), (middle[0] + dx * 0.8, middle[1] + dy * 0.8), tip],
        24,
    )
    two = bezier(
        [root, (middle[0] - dx, middle[1] - dy), (middle[0] - dx * 0.8, middle[1] - dy * 0.8), tip],
        24,
    )
    return one + two[::-1], bezier([root, middle, tip], 20)


def fan(rnd, palette):
    """Fans of the dwarf palm against a low sun."""
    paper, sun, *greens = palette
    art = Sheet(paper)
    art.cloud(rnd, mix(paper, '#ffffff', 0.7), 0.5, 3)
    art.disc(420, 330, 240, sun)
    for (x, y, size, turn), green in zip(
        (
            (220, 640, 270, -112),
            (600, 600, 290, -68),
            (390, 700, 380, -94),
            (150, 900, 230, -128),
            (640, 900, 250, -52),
        ),
        [*greens, greens[1], greens[0]],
        strict=False,
    ):
        art.line(
            bezier([(400, 1040), (400 + (x - 400) * 0.3, y + 220), (x, y)], 24),
            mix(green, '#2a2412', 0.3),
            9,
        )
        blades = 19
        for k in range(blades):
            lean = -104 + 208 * k / (blades - 1)
            long = size * (1 - 0.22 * abs(lean / 104) ** 2) * rnd.uniform(0.95, 1.03)
            outline, rib = _leaf((x, y), long, size * 0.09, turn + lean, rnd.uniform(-3, 3))
            art.poly(outline, mix(green, '#ffffff', 0.10 if k % 2 else 0))
            art.poly(outline[: len(outline) // 2] + rib[::-1], mix(green, '#08231d', 0.22), 0.6)
            art.line(rib, mix(green, paper, 0.45), 1.6)
        art.disc(x, y, 10, mix(green, '#2a2412', 0.4))
    return art.done(rnd, 0.05)


def branch(rnd, palette):
    """A branch of olive, drawn in washes."""
    paper, stem, *greens, fruit = palette
    art = Sheet(paper)
    art.cloud(rnd, mix(greens[0], paper, 0.6), 0.4, 2, 120, 220)
    twig = bezier([(250, 990), (300, 620), (480, 420), (470, 60)], 60)
    art.line(twig, stem, 6)
    for k in range(3, 60, 3):
        x, y = twig[k]
        before = twig[k - 2]
        along = math.degrees(math.atan2(y - before[1], x - before[0]))
        for side in (-1, 1):
            long = rnd.uniform(120, 185) * (1 - 0.35 * k / 60)
            outline, rib = _leaf(
                (x, y), long, long * 0.15, along + side * rnd.uniform(34, 62), side * 10
            )
            tone = rnd.choice(greens)
            art.poly(outline, tone, 0.86)
            half = outline[: len(outline) // 2] + rib[::-1]
            art.poly(half, mix(tone, '#ffffff', 0.35), 0.5)
            art.line(rib, mix(tone, paper, 0.6), 1.6)
        if k % 9 == 0:
            side = 1 if k % 2 else -1
            at = polar(x, y, 56, along + side * 100)
            art.line([(x, y), at], stem, 2.5)
            art.disc(*at, 19, fruit, squash=1.28)
            art.disc(at[0] - 6, at[1] - 8, 5, '#ffffff', 0.5)
    return art.done(rnd, 0.06)


def eucalyptus(rnd, palette):
    """Round leaves of eucalyptus, hanging."""
    paper, stem, *greens = palette
    art = Sheet(paper)
    art.cloud(rnd, mix(paper, greens[0], 0.5), 0.4, 2, 120, 220)
    for x, lean, long in (
        (180, 60, 620),
        (330, -30, 860),
        (470, 40, 740),
        (630, -60, 900),
        (300, 120, 470),
    ):
        twig = bezier([(x, -20), (x + lean * 0.2, long * 0.5), (x + lean, long)], 40)
        art.line(twig, stem, 3.4)
        for k in range(3, 41, 3):
            at = twig[k]
            size = 62 * (1 - 0.55 * k / 44)
            for side in (-1, 1):
                centre = (at[0] + side * size * 0.82, at[1] - size * 0.15 + rnd.uniform(-8, 8))
                tone = rnd.choice(greens)
                outline = spline(
                    [polar(*centre, size * rnd.uniform(0.72, 0.9), 360 * i / 8) for i in range(8)],
                    8,
                    closed=True,
                )
                art.poly(outline, tone, 0.62)
                art.line(
                    [at, (centre[0] + side * size * 0.4, centre[1])], mix(tone, '#ffffff', 0.5), 1.6
                )
    return art.done(rnd, 0.06)


def pears(rnd, palette):
    """Prickly pears against a warm wall."""
    paper, sun, *greens, fruit, spine = palette
    art = Sheet(paper)
    art.cloud(rnd, mix(paper, '#ffffff', 0.5), 0.4, 3)
    art.disc(400, 380, 250, sun)

    def pad(x, y, size, turn, green, left):
        heart = polar(x, y, size * 0.62, turn)
        outline = []
        for k in range(40):
            t = 360 * k / 40
            radius = (
                size
                * 0.62
                * (
                    1
                    - 0.22 * abs(math.sin(math.radians(t)))
                    - 0.12 * (1 - math.cos(math.radians(t - 180))) * 0
                )
            )
            outline.append(polar(*heart, radius, turn + t))
        art.shadow(lambda s: s.poly(outline, '#ffffff'), 7, 0.25)
        art.poly(outline, green)
        art.clip(
            art.mask(lambda s: s.poly(outline, '#ffffff')),
            lambda s: s.poly(
                [(px + size * 0.3, py + size * 0.12) for px, py in outline],
                mix(green, '#0a2a22', 0.4),
                0.35,
            ),
        )
        for i in range(-3, 4):
            for j in range(-2, 3):
                dx, dy = i * size * 0.16 + (j % 2) * size * 0.08, j * size * 0.16
                if math.hypot(dx / 0.55, dy / 0.44) < size * 0.9:
                    px, py = polar(*heart, dx, turn)
                    px, py = polar(px, py, dy, turn + 90)
                    art.line([(px - 4, py - 4), (px + 4, py + 4)], spine, 2)
                    art.line([(px - 4, py + 4), (px + 4, py - 4)], spine, 2)
        for k, lean in enumerate((-42, 6, 46)[: 3 if left == 0 else 2]):
            root = polar(*heart, size * 0.58, turn + lean * 1.15)
            if left:
                pad(
                    *root,
                    size * rnd.uniform(0.66, 0.8),
                    turn + lean + rnd.uniform(-10, 10),
                    greens[(left + k) % len(greens)],
                    left - 1,
                )
            else:
                art.disc(*polar(*root, 15, turn + lean), 21, fruit, squash=1.3)
                art.disc(*polar(*root, 8, turn + lean - 50), 7, '#ffffff', 0.35)

    pad(400, 960, 330, -90, greens[0], 2)
    art.rect(0, 940, 800, 60, mix(paper, '#6b3a1e', 0.55))
    return art.done(rnd, 0.05)


def vase(rnd, palette):
    """Poppies in a glazed vase."""
    wall, table, glaze, stem, *petals = palette
    art = Sheet(wall)
    art.cloud(rnd, mix(wall, '#ffffff', 0.6), 0.5, 3)
    art.rect(0, 790, 800, 210, table)
    heads = [
        (400, 190, 104),
        (230, 290, 86),
        (570, 280, 92),
        (310, 420, 70),
        (500, 430, 76),
        (150, 450, 58),
        (660, 440, 60),
    ]
    for x, y, size in heads:
        art.line(bezier([(400, 640), (400 + (x - 400) * 0.2, 520), (x, y + size)], 30), stem, 5)
    for k in range(9):
        outline, rib = _leaf(
            (400 + rnd.uniform(-30, 30), 610),
            rnd.uniform(190, 290),
            26,
            -165 + 18.5 * k,
            rnd.uniform(-14, 14),
        )
        art.poly(outline, mix(stem, '#ffffff', rnd.uniform(0, 0.3)))
        art.line(rib, mix(stem, '#ffffff', 0.5), 1.6)
    for k, (x, y, size) in enumerate(heads):
        tone = petals[k % len(petals)]
        for layer, far in ((0, 0.5), (1, 0.3)):
            for p in range(5):
                turn = 72 * p + 36 * layer + rnd.uniform(-8, 8)
                centre = polar(x, y, size * far, turn)
                shape = spline(
                    [polar(*centre, size * rnd.uniform(0.46, 0.62), 45 * i) for i in range(8)],
                    8,
                    closed=True,
                )
                art.poly(
                    shape,
                    mix(tone, '#3a0a10', 0.1 * (p % 3))
                    if layer == 0
                    else mix(tone, '#ffffff', 0.12),
                    0.94,
                )
        art.disc(x, y, size * 0.2, '#22191c')
        for p in range(14):
            art.disc(*polar(x, y, size * 0.29, p * 25.7), 3, '#22191c')
    body = spline(
        [
            (350, 600),
            (340, 650),
            (270, 740),
            (290, 870),
            (350, 900),
            (450, 900),
            (510, 870),
            (530, 740),
            (460, 650),
            (450, 600),
        ],
        12,
    )
    art.shadow(lambda s: s.disc(420, 905, 170, '#ffffff', squash=0.14), 12, 0.5)
    art.poly(body, glaze)

    def bands(sheet):
        for y, thick in ((690, 8), (800, 8)):
            sheet.rect(200, y, 400, thick, mix(glaze, '#ffffff', 0.75))
        for k in range(-6, 7):
            x = 400 + 46 * k
            sheet.poly(
                [(x, 706), (x + 23, 748), (x, 790), (x - 23, 748)], mix(glaze, '#ffffff', 0.75)
            )
        sheet.poly([(px + 120, py) for px, py in body], mix(glaze, '#000000', 0.5), 0.3)

    art.clip(art.mask(lambda s: s.poly(body, '#ffffff')), bands)
    return art.done(rnd, 0.05)


def contour(rnd, palette):
    """Blossoms in one line over patches of colour."""
    paper, ink, *patches = palette
    art = Sheet(paper)
    for (x, y, radius), tone in zip(
        ((290, 330, 190), (520, 540, 170), (330, 740, 140)), patches, strict=False
    ):
        art.poly(
            spline(
                [polar(x, y, radius * rnd.uniform(0.8, 1.15), 60 * k) for k in range(6)],
                closed=True,
            ),
            tone,
        )
    for x, y, size, turn in ((300, 300, 150, -100), (540, 450, 120, -70), (240, 590, 90, -120)):
        root = (400, 1010)
        art.line(bezier([root, (400, 760), (x, y + 190), (x, y)], 40), ink, 3.4)
        for k in range(5):
            outline, rib = _leaf((x, y), size * 1.15, size * 0.36, turn - 76 + 38 * k, 0)
            art.line(outline, ink, 3.4, closed=True)
            art.line(rib[:13], ink, 2)
        for k in range(5):
            end = polar(x, y, size * 0.42, turn - 60 + 30 * k)
            art.line([(x, y), end], ink, 2)
            art.disc(*end, 5, ink)
    for x, y, long, turn in ((400, 800, 210, -30), (396, 860, 200, -150), (400, 910, 170, -25)):
        outline, rib = _leaf((x, y), long, long * 0.24, turn)
        art.line(outline, ink, 3.4, closed=True)
        art.line(rib, ink, 2.4)
        for k in range(3, 18, 3):
            for side in (-1, 1):
                art.line(
                    [rib[k], polar(*rib[k], long * 0.13 * (1 - k / 26), turn + side * 48)], ink, 1.6
                )
    return art.done(rnd, 0.05)


STYLES = {f.__name__: f for f in (fan, branch, eucalyptus, pears, vase, contour)}
