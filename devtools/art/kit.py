"""A small drawing kit over Pillow for the demo shop's pictures.

Everything is drawn on a sheet measured in units (800 wide, 1000 high), `SCALE` times larger than
the picture that is kept, then reduced: that is what smooths the edges. No clock and no network;
every hazard comes from the `random.Random` given by the caller, so a picture is the same each time.
"""

import math

from PIL import Image, ImageChops, ImageDraw, ImageFilter

SCALE = 2
WIDTH, HEIGHT = 800, 1000


def rgb(colour):
    """Give the (r, g, b) of '#rrggbb'; a tuple passes through."""
    if isinstance(colour, tuple):
        return colour[:3]
    return tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5))


def mix(one, two, share):
    """Give the colour at `share` (0..1) of the way from `one` to `two`."""
    return tuple(round(a + (b - a) * share) for a, b in zip(rgb(one), rgb(two), strict=True))


def ramp(stops, share):
    """Give the colour at `share` (0..1) of evenly spread `stops`."""
    place = min(max(share, 0), 1) * (len(stops) - 1)
    low = min(int(place), len(stops) - 2)
    return mix(stops[low], stops[low + 1], place - low)


def polar(x, y, radius, degrees):
    """Give the point at `radius` from (x, y); 0 degrees is to the right, 90 is down."""
    turn = math.radians(degrees)
    return x + radius * math.cos(turn), y + radius * math.sin(turn)


def bezier(points, steps=60):
    """Give `steps` + 1 points of the Bezier curve through control `points` (any degree)."""
    curve = []
    for i in range(steps + 1):
        t = i / steps
        row = list(points)
        while len(row) > 1:
            row = [
                (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t)
                for a, b in zip(row, row[1:], strict=False)
            ]
        curve.append(row[0])
    return curve


def spline(points, steps=14, closed=False):
    """Give the points of a smooth curve that passes through every one of `points`."""
    count = len(points)

    def at(i):
        return points[i % count if closed else min(max(i, 0), count - 1)]

    curve = []
    for i in range(count if closed else count - 1):
        p0, p1, p2, p3 = at(i - 1), at(i), at(i + 1), at(i + 2)
        for j in range(steps):
            t = j / steps
            curve.append(
                tuple(
                    0.5
                    * (
                        2 * p1[k]
                        + (p2[k] - p0[k]) * t
                        + (2 * p0[k] - 5 * p1[k] + 4 * p2[k] - p3[k]) * t * t
                        + (3 * p1[k] - p0[k] - 3 * p2[k] + p3[k]) * t**3
                    )
                    for k in (0, 1)
                )
            )
    return curve if closed else [*curve, points[-1]]


def ridge(rnd, base, height, bumps, rough=0.5, width=WIDTH, step=8):
    """Give a horizon line: points from the left edge to the right one around `base`.

    :param height: greatest rise in units; :param bumps: waves over the width;
    :param rough: 0 for dunes, towards 1 for rock.
    """
    waves = []
    size, many = 1.0, bumps
    for _octave in range(5):
        waves.append((size, many, rnd.uniform(0, math.tau)))
        size, many = size * rough, many * 2.1
    total = sum(size for size, _many, _phase in waves)
    line = []
    for x in range(-20, width + 21, step):
        rise = sum(s * math.sin(m * math.tau * x / width + p) for s, m, p in waves) / total
        line.append((x, base - height * (rise + 1) / 2))
    return line


class Sheet:
    """One picture being drawn, in units; alpha colours are blended as they are drawn."""

    def __init__(self, paper='#ffffff', width=WIDTH, height=HEIGHT):
        self.width, self.height = width, height
        self.image = Image.new('RGB', (width * SCALE, height * SCALE), rgb(paper))
        self._bind()

    def _bind(self):
        self.pen = ImageDraw.Draw(self.image, 'RGBA')

    @staticmethod
    def _ink(colour, alpha):
        return (*rgb(colour), round(alpha * 255))

    # === FLAT SHAPES === #

    def poly(self, points, colour, alpha=1.0):
        self.pen.polygon([(x * SCALE, y * SCALE) for x, y in points], self._ink(colour, alpha))

    def rect(self, x, y, width, height, colour, alpha=1.0, radius=0):
        box = (x * SCALE, y * SCALE, (x + width) * SCALE - 1, (y + height) * SCALE - 1)
        if box[2] > box[0] and box[3] > box[1]:
            self.pen.rounded_rectangle(box, radius * SCALE, self._ink(colour, alpha))

    def disc(self, x, y, radius, colour, alpha=1.0, squash=1.0):
        box = (x - radius, y - radius * squash, x + radius, y + radius * squash)
        self.pen.ellipse([v * SCALE for v in box], self._ink(colour, alpha))

    def ring(self, x, y, radius, colour, thick=4, alpha=1.0):
        box = (x - radius, y - radius, x + radius, y + radius)
        self.pen.ellipse(
            [v * SCALE for v in box], outline=self._ink(colour, alpha), width=round(thick * SCALE)
        )

    def pie(self, x, y, radius, start, end, colour, alpha=1.0):
        box = (x - radius, y - radius, x + radius, y + radius)
        self.pen.pieslice([v * SCALE for v in box], start, end, self._ink(colour, alpha))

    def line(self, points, colour, thick=3, alpha=1.0, closed=False):
        points = [*points, points[0], points[1]] if closed else points
        self.pen.line(
            [(x * SCALE, y * SCALE) for x, y in points],
            self._ink(colour, alpha),
            max(1, round(thick * SCALE)),
            joint='curve',
        )

    def swell(self, points, colour, thick, alpha=1.0, tip=0.12):
        """Draw a stroke that is `thick` in the middle and thin (`tip` of it) at both ends."""
        outline, back, last = [], [], len(points) - 1
        for i, (x, y) in enumerate(points):
            before, after = points[max(i - 1, 0)], points[min(i + 1, last)]
            dx, dy = after[0] - before[0], after[1] - before[1]
            long = math.hypot(dx, dy) or 1
            half = thick / 2 * (tip + (1 - tip) * math.sin(math.pi * i / last))
            outline.append((x - dy / long * half, y + dx / long * half))
            back.append((x + dy / long * half, y - dx / long * half))
        self.poly(outline + back[::-1], colour, alpha)

    def nib(self, points, colour, thick, angle=-45, alpha=1.0):
        """Draw as a reed pen of breadth `thick` held at `angle` would, like a calligrapher."""
        dx, dy = (v * thick / 2 for v in polar(0, 0, 1, angle))
        for (x1, y1), (x2, y2) in zip(points, points[1:], strict=False):
            self.poly(
                [
                    (x1 - dx, y1 - dy),
                    (x1 + dx, y1 + dy),
                    (x2 + dx, y2 + dy),
                    (x2 - dx, y2 - dy),
                ],
                colour,
                alpha,
            )
            self.line([(x1 - dx, y1 - dy), (x1 + dx, y1 + dy)], colour, 2, alpha)

    # === LIGHT, SHADE AND PAPER === #

    def shade(self, stops, angle=90, mask=None):
        """Lay a gradient of `stops` over the sheet, or where `mask` is white.

        :param angle: 90 from top to bottom, 0 from left to right.
        """
        strip = Image.new('RGB', (1, 512))
        strip.putdata([ramp(stops, i / 511) for i in range(512)])
        size = self.image.size
        if angle % 360 == 90:
            field = strip.resize(size, Image.BICUBIC)
        else:
            side = round(math.hypot(*size))
            field = strip.resize((side, side), Image.BICUBIC).rotate(90 - angle, Image.BICUBIC)
            left, top = (side - size[0]) // 2, (side - size[1]) // 2
            field = field.crop((left, top, left + size[0], top + size[1]))
        self.image.paste(field, (0, 0), mask)
        self._bind()

    def glow(self, x, y, radius, colour, alpha=0.8, squash=1.0):
        """Lay a soft round light centred on (x, y), fading to nothing at `radius`."""
        light = Image.radial_gradient('L').point(
            lambda v: round((1 - min(v / 128, 1)) ** 2 * 255 * alpha)
        )
        size = (round(radius * 2 * SCALE), round(radius * 2 * squash * SCALE))
        corner = (round((x - radius) * SCALE), round((y - radius * squash) * SCALE))
        self.image.paste(
            Image.new('RGB', size, rgb(colour)), corner, light.resize(size, Image.BICUBIC)
        )
        self._bind()

    def mask(self, draw):
        """Give a mask of the sheet's size from `draw(sheet)`, which paints white on black."""
        other = Sheet('#000000', self.width, self.height)
        draw(other)
        return other.image.convert('L')

    def clip(self, mask, draw):
        """Run `draw(sheet)` on this sheet and keep it only where `mask` is white."""
        before = self.image.copy()
        draw(self)
        self.image = Image.composite(self.image, before, mask)
        self._bind()

    def soften(self, radius):
        self.image = self.image.filter(ImageFilter.GaussianBlur(radius * SCALE))
        self._bind()

    def turn_over(self):
        """Swap left and right."""
        self.image = self.image.transpose(Image.FLIP_LEFT_RIGHT)
        self._bind()

    def hang(self, picture, x, y, width):
        """Paste `picture` (an image) as a stretched canvas of `width` units at (x, y)."""
        height = width * picture.height / picture.width
        self.shadow(
            lambda s: s.rect(x + width * 0.03, y + width * 0.06, width, height, '#ffffff'),
            width * 0.05,
            0.5,
        )
        self.rect(
            x - 1,
            y - 1,
            width + width * 0.014,
            height + width * 0.014,
            mix('#3a3028', '#000000', 0.2),
        )
        size = (round(width * SCALE), round(height * SCALE))
        self.image.paste(picture.resize(size, Image.LANCZOS), (round(x * SCALE), round(y * SCALE)))
        self._bind()
        self.rect(x, y, width, max(1, width * 0.006), '#ffffff', 0.35)

    def mirror(self, line, strength=0.5):
        """Mirror what stands above `line` into what lies under it, as still water does."""
        deep, wide = self.height - line, self.width * SCALE
        bank = self.image.crop((0, (line - deep) * SCALE, wide, line * SCALE))
        bank = bank.transpose(Image.FLIP_TOP_BOTTOM)
        water = self.image.crop((0, line * SCALE, wide, self.height * SCALE))
        self.image.paste(Image.blend(water, bank, strength), (0, line * SCALE))
        self._bind()

    def cloud(self, rnd, colour, alpha=0.35, grain=4, low=90, high=200, mask=None):
        """Lay a cloud of `colour`: fractal noise, `grain` blots across, between two thresholds."""
        field = noise(rnd, self.image.size, grain)
        span = max(high - low, 1)
        field = field.point(lambda v: round(min(max((v - low) / span, 0), 1) * 255 * alpha))
        if mask:
            field = ImageChops.multiply(field, mask)
        self.image.paste(Image.new('RGB', self.image.size, rgb(colour)), (0, 0), field)
        self._bind()

    def shadow(self, draw, blur=10, alpha=0.35, colour='#1a120b'):
        """Lay the blurred shadow of what `draw(sheet)` paints in white."""
        field = self.mask(draw).filter(ImageFilter.GaussianBlur(blur * SCALE))
        field = field.point(lambda v: round(v * alpha))
        self.image.paste(Image.new('RGB', self.image.size, rgb(colour)), (0, 0), field)
        self._bind()

    def done(self, rnd=None, paper=0.05):
        """Give the picture at its final size, with a breath of paper texture."""
        image = self.image.resize((self.width, self.height), Image.LANCZOS)
        if rnd and paper:
            grain = noise(rnd, image.size, 90, octaves=2).convert('RGB')
            image = Image.blend(image, ImageChops.overlay(image, grain), min(paper * 2.2, 1))
        return image


def noise(rnd, size, grain, octaves=4):
    """Give a fractal noise of `size` in grey, `grain` blots across in its largest wave."""
    field = Image.new('L', size, 128)
    share = 1.0
    for octave in range(octaves):
        many = (grain * 2**octave + 2, round(grain * 2**octave * size[1] / size[0]) + 2)
        blots = Image.frombytes('L', many, rnd.randbytes(many[0] * many[1]))
        field = Image.blend(field, blots.resize(size, Image.BICUBIC), share)
        share = 0.42 if octave == 0 else share * 0.6
    return field
