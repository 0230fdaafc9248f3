"""Draw the pictures of the demo shop: products, rooms, categories' covers, banner, logo and icon.

    python devtools/make_art.py [--only M054,M104] [--sheet contact.png]

Nothing is downloaded and nothing is random: a picture is seeded by its reference. Needs Pillow.
"""

import argparse
import importlib
import random
from pathlib import Path

from art import brand, scene
from art.catalogue import CATEGORIES, MODELS
from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
PRODUCTS = ROOT / 'static' / 'demo' / 'products'
SHOP = ROOT / 'static' / 'demo' / 'shop'
HEAVY = 66_000  # bytes
BANNER = ('M188', 'M001', 'M211')


def paint(model):
    """Give the picture of a row of the catalogue."""
    ref, _category, module, style, colours, *_names = model
    draw = importlib.import_module(f'art.{module}').STYLES[style]
    return draw(random.Random(ref), colours.split())


def save(image, path, quality):
    """Write `image`, at less than `quality` when it would be heavy; give the bytes written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    image.save(path, 'WEBP', quality=quality, method=6)
    while path.stat().st_size > HEAVY and quality > 40:
        quality -= 12
        image.save(path, 'WEBP', quality=quality, method=6)
    return path.stat().st_size


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--only', default='', help="references, separated by commas")
    parser.add_argument('--sheet', help="also write a contact sheet there")
    parser.add_argument('--font', default=brand.SANS, help="bold font of the logo")
    options = parser.parse_args()
    wanted = set(filter(None, options.only.split(',')))
    pictures, total = {}, 0
    for model in MODELS:
        ref = model[0]
        if wanted and ref not in wanted:
            continue
        pictures[ref] = picture = paint(model)
        total += save(picture, PRODUCTS / f'{ref.lower()}.webp', 76)
        seen = scene.room(random.Random(ref + 'room'), picture, model[4].split())
        total += save(seen, PRODUCTS / f'{ref.lower()}_room.webp', 68)
    print(f'{len(pictures)} models, {total / 1e6:.1f} MB')
    if not wanted:
        banner = scene.banner(random.Random('banner'), [pictures[ref] for ref in BANNER])
        save(banner, SHOP / 'banner.webp', 78)
        for key, *_names in CATEGORIES:
            first = next(model[0] for model in MODELS if model[1] == key)
            save(
                pictures[first].crop((0, 200, 800, 800)).resize((480, 360)),
                SHOP / f'category_{key}.webp',
                74,
            )
        brand.icon().save(ROOT / 'static' / 'description' / 'icon.png', optimize=True)
        brand.logo(options.font).save(SHOP / 'logo.png', optimize=True)
    if options.sheet:
        sheet = Image.new('RGB', (10 * 164, -(-len(pictures) // 10) * 204 * 2), 'white')
        for k, ref in enumerate(pictures):
            x, y = (k % 10) * 164 + 2, (k // 10) * 408 + 2
            sheet.paste(pictures[ref].resize((160, 200)), (x, y))
            sheet.paste(
                Image.open(PRODUCTS / f'{ref.lower()}_room.webp').resize((160, 200)), (x, y + 204)
            )
        sheet.save(options.sheet)


if __name__ == '__main__':
    main()
