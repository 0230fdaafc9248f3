"""The addon's icon and the demo shop's logo."""

from PIL import Image, ImageDraw, ImageFont

from .kit import rgb

SANS = 'DejaVuSans-Bold.ttf'


def icon():
    """Give the application icon: a picture on its frame, and a customer's heart. 256 x 256."""
    big = 1024
    image = Image.new('RGBA', (big, big), (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle((60, 60, 850, 850), 130, rgb('#2F4858'))
    window = Image.new('RGBA', (big, big), (0, 0, 0, 0))
    inner = ImageDraw.Draw(window)
    inner.rectangle((0, 0, big, big), rgb('#F9D9A8'))
    inner.ellipse((430, 230, 690, 490), rgb('#F26B4E'))
    inner.polygon(
        [(0, 620), (330, 400), (640, 640), (1024, 480), (1024, 1024), (0, 1024)], rgb('#E9A24B')
    )
    inner.polygon([(0, 760), (420, 560), (1024, 800), (1024, 1024), (0, 1024)], rgb('#C8553D'))
    hole = Image.new('L', (big, big), 0)
    ImageDraw.Draw(hole).rounded_rectangle((150, 150, 760, 760), 60, 255)
    image.paste(window, (0, 0), hole)
    pen.ellipse((520, 520, 980, 980), rgb('#1FA187'))
    pen.polygon([(575, 800), (540, 990), (740, 950)], rgb('#1FA187'))
    white = rgb('#FFFFFF')
    pen.pieslice((630, 640, 762, 772), 135, 360, white)
    pen.pieslice((738, 640, 870, 772), 180, 405, white)
    pen.polygon([(640, 742), (750, 690), (860, 742), (750, 868)], white)
    pen.ellipse((630, 640, 762, 772), white)
    pen.ellipse((738, 640, 870, 772), white)
    pen.polygon([(648, 750), (852, 750), (750, 868)], white)
    return image.resize((256, 256), Image.LANCZOS)


def logo(face=SANS):
    """Give the shop's logo on a clear ground: a mark of three canvases and the name."""
    wide, tall, ink = 1480, 320, rgb('#2F4858')
    image = Image.new('RGBA', (wide, tall), (255, 255, 255, 0))
    pen = ImageDraw.Draw(image)
    for x, top, low, tone in (
        (20, 70, 250, '#C8553D'),
        (110, 30, 290, '#E9B44C'),
        (200, 70, 250, '#2D6A6A'),
    ):
        pen.rounded_rectangle((x, top, x + 74, low), 14, rgb(tone))
    pen.ellipse((128, 62, 166, 100), rgb('#FFFFFF'))
    font = ImageFont.truetype(face, 168)
    pen.text((320, 160), "Deco", font=font, fill=ink, anchor='lm')
    left = 320 + pen.textlength("Deco", font=font)
    pen.text((left, 160), "Space", font=font, fill=rgb('#C8553D'), anchor='lm')
    right = int(left + pen.textlength("Space", font=font)) + 20
    return image.crop((0, 0, min(right, wide), tall)).resize(
        (min(right, wide) * 2 // 5, tall * 2 // 5), Image.LANCZOS
    )
