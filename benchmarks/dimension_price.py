"""Sizes against plain Odoo, in one run: print each figure beside its target.

Run by ``./dev bench dimension`` on a copy of the demo database. The peers are the same calls on a product without a
size profile, alternated call by call so that both see the same machine.
"""

import os
import statistics
import sys
import time

from odoo import SUPERUSER_ID, api
from odoo.fields import Command
from odoo.modules.registry import Registry
from odoo.tools import config

ROUNDS = 60
MISSED = []


def say(name, value, target, unit='times'):
    """Print one figure; remember a missed target."""
    missed = value > target
    if missed:
        MISSED.append(name)
    print(
        f'{name}: {value:.2f} {unit} (<= {target:g} {unit}){" MISSED" if missed else ""}',
        flush=True,
    )


def timed(call):
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def ratio(sized, plain, rounds=ROUNDS):
    """Median of one call over the median of the other, alternated."""
    for _warm in range(3):
        sized()
        plain()
    pairs = [(timed(sized), timed(plain)) for _round in range(rounds)]
    return statistics.median(pair[0] for pair in pairs) / statistics.median(
        pair[1] for pair in pairs
    )


class Shop:
    """The products and the requests that are compared."""

    def __init__(self, env):
        from odoo.addons.website_sale.tests.common import MockRequest

        self.request = MockRequest
        self.website = env.ref('ecrm.demo_website')
        context = {
            'allowed_company_ids': self.website.company_id.ids,
            'website_id': self.website.id,
            'lang': 'en_US',
            'tracking_disable': True,
        }
        self.env = env = env(context=context)
        self.profile = env.ref('ecrm.demo_size_profile_canvas')
        values = {
            'type': 'consu', 'is_published': True, 'sale_ok': True, 'company_id': self.website.company_id.id,
        }  # fmt: skip
        templates = env['product.template'].create(
            [
                {'name': f'Sized {i}', 'ecrm_size_profile_id': self.profile.id, **values}
                for i in range(40)
            ]
            + [{'name': f'Plain {i}', 'list_price': 3000, **values} for i in range(40)]
        )
        self.sized, self.plain = templates[:40], templates[40:]
        self.size = self.profile._read_size('45x72*2')
        self.partner = env['res.partner'].create({'name': "Bench"})
        env.flush_all()

    def answer(self, template, size=None):
        def call():
            # A request begins with an empty cache
            self.env.invalidate_all()
            product = template.with_context(**template._get_ecrm_context(size))
            product._get_combination_info(add_qty=1)

        return call

    def tiles(self, templates):
        def call():
            self.env.invalidate_all()
            templates._get_sales_prices(self.website)

        return call

    def add(self, template, **values):
        def call():
            order = self.env['sale.order'].create(
                {'partner_id': self.partner.id, 'website_id': self.website.id}
            )
            self.env.flush_all()
            self.env.invalidate_all()
            start = time.perf_counter()
            order._cart_add(template.product_variant_id.id, 1, **values)
            self.env.flush_all()
            self.last = time.perf_counter() - start

        return call

    def order(self, template, count, values):
        order = self.env['sale.order'].create({
            'partner_id': self.partner.id,
            'order_line': [
                Command.create({'product_id': template.product_variant_id.id, **values(index)}) for index in range(count)
            ],
        })  # fmt: skip
        self.env.flush_all()
        return timed(lambda: (order.action_confirm(), self.env.flush_all()))


def measure(env):
    """Print the figures."""
    shop = Shop(env)
    with shop.request(shop.env, website=shop.website):
        sized, plain = shop.sized[0], shop.plain[0]
        say(
            'price answer for a size',
            ratio(shop.answer(sized, shop.size), shop.answer(plain)),
            1.10,
        )
        say('prices of 40 tiles', ratio(shop.tiles(shop.sized), shop.tiles(shop.plain), 20), 1.10)
        adds = []
        sized_add, plain_add = shop.add(sized, ecrm_size='45x72*2'), shop.add(plain)
        for number in range(43):
            pair = {}
            for call in (sized_add, plain_add)[:: -1 if number % 2 else 1]:
                call()
                pair[call] = shop.last
            adds.append((pair[sized_add], pair[plain_add]))
        adds = adds[3:]
        say(
            'adding a line',
            statistics.median(a for a, _b in adds) / statistics.median(b for _a, b in adds),
            1.10,
        )
    quotes = [{'product': sized.id, 'size': f'{40 + i % 100}x{50 + i % 90}'} for i in range(1000)]
    batch = shop.env['ecrm.size.quote']
    batch._quote(quotes)
    say(
        '1,000 quotes',
        statistics.median(timed(lambda: batch._quote(quotes)) for _r in range(7)) * 1000,
        100,
        'ms',
    )
    say('confirming 200 lines', confirm(shop, sized, plain), 1.15)


def confirm(shop, sized, plain, rounds=6):
    """Confirm orders of 200 lines, sized and plain in turn: every order makes the tables longer for the next."""
    times = {sized: [], plain: []}
    for number in range(rounds + 1):
        for template in (sized, plain)[:: -1 if number % 2 else 1]:
            typed = template == sized
            spent = shop.order(
                template, 200, lambda i, typed=typed: {'ecrm_size_input': f'{40 + i % 60}x50'} if typed else {}
            )  # fmt: skip
            if number:  # the first of each finds everything for the first time
                times[template].append(spent)
    return statistics.median(times[sized]) / statistics.median(times[plain])


def main():
    """Measure, roll back, and exit non-zero when a target is missed."""
    config.parse_config(['-c', os.environ['ODOO_RC'], '--log-level=error'])
    registry = Registry(
        config['db_name'][0] if isinstance(config['db_name'], list) else config['db_name']
    )
    with registry.cursor() as cr:
        measure(api.Environment(cr, SUPERUSER_ID, {}))
        cr.rollback()
    sys.exit(bool(MISSED))


if __name__ == '__main__':
    main()
