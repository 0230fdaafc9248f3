"""Make the pictures of static/description from a folder written by shot.py.

python devtools/describe.py FOLDER
"""

import sys
from pathlib import Path

from PIL import Image

TARGET = Path(__file__).resolve().parent.parent / 'static' / 'description'
# picture: (shot, height kept of it, width given to it)
PICTURES = {
    'shop': ('home-fr', 1180, 1000),
    'product': ('product-fr', 1000, 1000),
    'size_profile': ('staff-size-profile', 900, 800),
    'workshop': ('staff-workshop', 900, 800),
    'callback': ('callback-fr', 820, 800),
    'submissions': ('staff-submissions', 820, 800),
    'complaints': ('staff-complaints', 900, 1000),
    'customers': ('staff-customers', 900, 1000),
    'customer': ('staff-customer', 900, 1000),
    'segments': ('staff-segments', 900, 1000),
    'phone_shop': ('shop-fr-phone', 844, 390),
    'phone_home_ar': ('home-ar-phone', 844, 390),
    'phone_cart': ('cart-ar-phone', 844, 390),
}


def main():
    folder = Path(sys.argv[1])
    for name, (shot, height, width) in PICTURES.items():
        image = Image.open(folder / f'{shot}.png').convert('RGB')
        image = image.crop((0, 0, image.width, min(height, image.height)))
        image = image.resize((width, round(width * image.height / image.width)), Image.LANCZOS)
        image = image.quantize(256, dither=Image.Dither.NONE)
        image.save(TARGET / f'{name}.png', optimize=True)
        print(f'{name}.png {(TARGET / f"{name}.png").stat().st_size // 1024} KB')


if __name__ == '__main__':
    main()
