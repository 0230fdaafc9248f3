"""Sizes on the shop's real pages: what a visitor waits for, a sized product beside the same one without sizes.

One server of the demo shop answers requests over HTTP, alternated one by one: the price of a size, the product page and
its queries (Odoo's own log counts them), a page of forty products. The peers are copies of the same product.
"""

import http.client
import json
import os
import re
import statistics
import sys
import time

from bench_server import MISSED, Server, read_options, say

from odoo import SUPERUSER_ID, api
from odoo.fields import Command
from odoo.modules.registry import Registry
from odoo.tools import config

ROUNDS = int(os.environ.get('ECRM_BENCH_ROUNDS', '80'))
TILES = 40
# «GET /shop/x HTTP/1.1" 200 - 28 0.012 0.020»: queries, seconds of SQL, other seconds
LOGGED = re.compile(r'"GET (\S+) HTTP/1.1" 200 - (\d+) ')


def make_products(name):
    """Copy one product of the demo shop with its sizes and without; return what the requests need."""
    config.parse_config(['-c', os.environ['ODOO_RC'], '--log-level=error'])
    with Registry(name).cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {'tracking_disable': True})
        website = env.ref('ecrm.demo_website')
        website.shop_ppg = TILES
        model = env['product.template'].search(
            [('ecrm_size_profile_id', '!=', False), ('website_published', '=', True)], limit=1
        )
        pages = {}
        for kind, values in (
            ('sized', {}),
            ('plain', {'ecrm_size_profile_id': False, 'list_price': 3400}),
        ):
            category = env['product.public.category'].create({'name': kind})
            products = env['product.template'].browse()
            for number in range(TILES):
                products += model.copy({
                    'name': f'{kind} {number}', 'is_published': True, 'website_id': website.id,
                    'public_categ_ids': [Command.set(category.ids)], **values,
                })  # fmt: skip
            pages[kind] = {
                'product': products[0].website_url,
                'shop': f'/shop/category/{category.id}',
                'ids': (products[0].id, products[0].product_variant_id.id),
            }
        return pages


class Visitor:
    """A visitor with one open connection and his cookies."""

    def __init__(self, server):
        self.client = http.client.HTTPConnection('127.0.0.1', server.port, timeout=60)
        self.cookie = ''

    def ask(self, method, path, body=None):
        """Send one request, follow redirects; return the seconds of the last answer."""
        headers = {'Cookie': self.cookie, 'Content-Type': 'application/json'}
        began = time.perf_counter()
        self.client.request(method, path, body, headers)
        answer = self.client.getresponse()
        content = answer.read()
        seconds = time.perf_counter() - began
        if session := re.search(r'session_id=\w+', str(answer.getheader('Set-Cookie'))):
            self.cookie = session[0]
        if answer.status in {301, 302, 303, 308}:
            return self.ask(method, answer.getheader('Location'), body)
        if answer.status != 200 or b'"error"' in content[:200]:
            raise RuntimeError(f'{method} {path}: {answer.status} {content[:200]}')
        return seconds


def price_request(page, **size):
    """Return the body of a price request."""
    template, product = page['ids']
    params = {
        'product_template_id': template, 'product_id': product, 'combination': [], 'add_qty': 1, **size,
    }  # fmt: skip
    return json.dumps({'jsonrpc': '2.0', 'method': 'call', 'params': params})


def ratio(visitor, sized, plain, rounds=ROUNDS):
    """Ratio of the medians of two requests, alternated; each goes first as often, since one pays for the other's garbage."""
    requests = {'sized': sized, 'plain': plain}
    seconds = {name: [] for name in requests}
    for number in range(rounds + 4):
        for name in sorted(requests, reverse=number % 2):
            taken = visitor.ask(*requests[name])
            if number >= 4:
                seconds[name].append(taken)
    medians = [statistics.median(seconds[name]) for name in ('sized', 'plain')]
    print(f'  medians {medians[0] * 1000:.1f} and {medians[1] * 1000:.1f} ms', flush=True)
    return medians[0] / medians[1]


def queries(log, path):
    """Median number of queries of the warm requests of a page, as Odoo's log has it."""
    counts = [
        int(count)
        for logged, count in LOGGED.findall(log.read_text(errors='replace'))
        if logged.endswith(path)
    ]
    return statistics.median(counts[4:])


def main():
    """Measure, and exit non-zero when a target is missed."""
    name = read_options()['db_name']
    pages = make_products(name)
    server = Server(name, log_level='info')
    server.log.unlink(missing_ok=True)
    server.start()
    try:
        visitor = Visitor(server)
        price = '/website_sale/get_combination_info'
        value = ratio(
            visitor,
            ('POST', price, price_request(pages['sized'], ecrm_size='45x72*2')),
            ('POST', price, price_request(pages['plain'])),
        )
        say('price answer for a size', value, 1.10, 'times')
        value = ratio(
            visitor,
            ('GET', pages['sized']['product']),
            ('GET', pages['plain']['product']),
            2 * ROUNDS,
        )
        say('product page', value, 1.05, 'times')
        more = queries(server.log, pages['sized']['product']) - queries(
            server.log, pages['plain']['product']
        )
        say('more queries of the product page', more, 3, 'queries')
        value = ratio(
            visitor, ('GET', pages['sized']['shop']), ('GET', pages['plain']['shop']), ROUNDS // 2
        )
        say(f'shop page of {TILES} products', value, 1.10, 'times')
    finally:
        server.stop()
    sys.exit(bool(MISSED))


if __name__ == '__main__':
    main()
