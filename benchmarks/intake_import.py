"""Intake: rows a second of the import of an old sheet, beside Odoo's own ``load`` of the same data, and its memory.

The peer runs on a copy of the same dependencies without the addon: ``res.partner.load`` of the customers, then
``sale.order.load`` of their orders, as somebody would import two prepared files. It loads a part of the rows: its
speed does not depend on their number. The old sheet is read, checked, grouped and imported whole, then taken back.
"""

import base64
import os
import random
import sys
import time

import psutil
from bench_server import MISSED, copy_database, drop_database, read_options, say

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tools import config

ROWS = int(os.environ.get('ECRM_BENCH_ROWS', '20000'))
PEER_ROWS = min(ROWS, 1000)
SIZES = ('30/60', '50x50', '40/50*3', '60x90cm', '1m20 x 80', '50×100')
PLACES = ('oran', 'Wahran', 'alger', 'Blida', 'وهران', 'setif')
MAX_GROWTH = 60
"""Megabytes from the first batches to the last: a list of what was done, no more."""


def make_rows():
    """Return customers' numbers with article, size, price and place, always the same."""
    rng = random.Random(20260301)
    people = ROWS * 3 // 5
    return [
        (rng.randrange(people), f'M{rng.randrange(1, 201):03}', rng.choice(SIZES),
         rng.randrange(15, 95) * 100, rng.choice(PLACES))
        for _number in range(ROWS)
    ]  # fmt: skip


def make_sheet(rows):
    """Return the sheet as people kept it: spellings, spreadsheet artefacts, amounts with words."""
    phones = ('0551{:06}', '551{:06}.0', '+213 551{:06}', '00213551{:06}')
    lines = ['client;tél;réf;dimension;prix;Adresse']
    for index, (person, model, size, price, place) in enumerate(rows):
        phone = phones[index % 4].format(person)
        lines.append(
            f'Client {chr(97 + person % 26)}ali;{phone};{model.lower()};{size};{price} DA;{place}'
        )
    return '\n'.join(lines).encode()


def memory():
    """Return the megabytes this process holds."""
    return psutil.Process().memory_info().rss / 1024 / 1024


def ours(env, rows):
    """Read and import the sheet as the scheduled action does; return rows a second and the growth of memory."""
    profile = env['ecrm.size.profile'].search([], limit=1)
    record = env['ecrm.import'].create({
        'file': base64.b64encode(make_sheet(rows)), 'filename': 'bench.csv', 'profile_id': profile.id,
    })  # fmt: skip
    env.cr.commit()
    start = time.perf_counter()
    record.action_read()
    env.cr.commit()
    read = time.perf_counter() - start
    record.state = 'importing'
    held, done = [], 0
    while record.state == 'importing':
        done += record._import_batch(500)
        env.cr.commit()
        held.append(memory())
    spent = time.perf_counter() - start
    print(
        f'{done} of {ROWS} rows, {record.customer_count} customers in {spent:.1f} s ({read:.1f} s to read); '
        f'memory {held[0]:.0f} to {held[-1]:.0f} MB, at most {max(held):.0f}',
        flush=True,
    )
    return record, ROWS / spent, max(held) - held[min(2, len(held) - 1)]


def undo(env, record):
    """Take the import back as the scheduled action does; return rows a second and the growth of memory."""
    start, held = time.perf_counter(), []
    rows = record.done_count
    record.action_undo()
    while record.state == 'undoing':
        record._undo_batch(500)
        env.cr.commit()
        held.append(memory())
    spent = time.perf_counter() - start
    left = len(record.row_ids.order_id) + len(record.row_ids.partner_id)
    print(
        f'{rows} rows taken back in {spent:.1f} s, {left} orders and customers left; memory {held[0]:.0f} to '
        f'{held[-1]:.0f} MB, at most {max(held):.0f}',
        flush=True,
    )
    return rows / spent, max(held) - held[min(2, len(held) - 1)]


def peer(env, rows):
    """Load the customers and the orders; return rows a second."""
    products = env['product.product'].create(
        [{'name': f'M{n:03}', 'default_code': f'M{n:03}'} for n in range(1, 201)]
    )
    by_code = {product.default_code: product.id for product in products}
    country = env.ref('base.dz').id
    rows = rows[:PEER_ROWS]
    people = sorted({row[0] for row in rows})
    env.cr.commit()
    start = time.perf_counter()
    loaded = env['res.partner'].load(
        ['name', 'phone', 'city', 'country_id/.id'],
        [[f'Client {n}', f'+213551{n:06}', 'Oran', str(country)] for n in people],
    )
    if not loaded['ids']:
        raise RuntimeError(loaded['messages'])
    partners = dict(zip(people, loaded['ids'], strict=True))
    loaded = env['sale.order'].load(
        ['partner_id/.id', 'date_order', 'order_line/product_id/.id', 'order_line/name',
         'order_line/product_uom_qty', 'order_line/price_unit'],
        [[str(partners[person]), '2022-01-15', str(by_code[model]), f'{model} {size}', '1', str(price)]
         for person, model, size, price, _place in rows],
    )  # fmt: skip
    if not loaded['ids']:
        raise RuntimeError(loaded['messages'])
    env.cr.commit()
    return len(rows) / (time.perf_counter() - start)


def main():
    """Import by both ways and compare."""
    config.parse_config(['-c', os.environ['ODOO_RC'], '--log-level=error'])
    shop, rows = read_options()['db_name'], make_rows()
    with Registry(shop).cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        record, mine, growth = ours(env, rows)
        back, undo_growth = undo(env, record)
    plain = copy_database(os.environ['ECRM_TEMPLATE'], f'{shop}_plain')
    try:
        with Registry(plain).cursor() as cr:
            theirs = peer(api.Environment(cr, SUPERUSER_ID, {'tracking_disable': True}), rows)
    finally:
        Registry.delete(plain)
        drop_database(plain)
    print(f'{mine:.0f} rows a second against {theirs:.0f}', flush=True)
    say(
        'rows imported per row that load takes in the same time',
        mine / theirs,
        3,
        'x',
        at_most=False,
    )
    say('growth of memory over the batches', growth, MAX_GROWTH, 'MB')
    say('rows taken back per row that load takes in', back / theirs, 3, 'x', at_most=False)
    say('growth of memory while taking back', undo_growth, MAX_GROWTH, 'MB')
    sys.exit(bool(MISSED))


if __name__ == '__main__':
    main()
