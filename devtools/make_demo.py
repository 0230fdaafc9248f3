"""Write demo/product_demo.xml and demo/order_demo.xml from the catalogue and a seed.

    python devtools/make_demo.py

The files are committed: this script is run again when the catalogue or the story of the customers changes.
"""

from pathlib import Path

from art.catalogue import CATEGORIES, MODELS
from demo import orders, products

DEMO = Path(__file__).resolve().parent.parent / 'demo'
HEAD = '<?xml version="1.0" encoding="utf-8"?>\n<!-- Written by devtools/make_demo.py. %s -->\n'


def main():
    text = HEAD % 'The models of the shop, in three languages.' + products.build(CATEGORIES, MODELS)
    (DEMO / 'product_demo.xml').write_text(text, encoding='utf-8')
    text = HEAD % 'Two years of customers and orders.' + orders.build(MODELS)
    (DEMO / 'order_demo.xml').write_text(text, encoding='utf-8')


if __name__ == '__main__':
    main()
