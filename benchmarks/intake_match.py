"""Intake: finding the sender of a submission among 300,000 customers, and by which indexes.

Run by ``./dev bench intake`` on a copy of the demo database. ECRM_BENCH_PARTNERS makes the base smaller.
"""

import os
import statistics
import sys
import time

from bench_server import MISSED, read_options, say

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tools import SQL, config

PARTNERS = int(os.environ.get('ECRM_BENCH_PARTNERS', '300000'))
ROUNDS = 100


def fill(env):
    """Partners with a phone and an address each, by one statement."""
    env.cr.execute(
        SQL(
            """
            INSERT INTO res_partner (name, active, type, phone, phone_sanitized, email, email_normalized,
                                     autopost_bills, complete_name)
            SELECT 'Customer ' || n, true, 'contact', '+21355' || lpad(n::text, 7, '0'),
                   '+21355' || lpad(n::text, 7, '0'), 'c' || n || '@example.com',
                   'c' || n || '@example.com', 'ask', 'Customer ' || n
              FROM generate_series(1, %s) n
            """,
            PARTNERS,
        )
    )
    env.cr.execute(SQL("ANALYZE res_partner"))
    env.cr.commit()


def accept(env, values):
    """Store one submission for each of ``values``."""
    source = env.ref('ecrm.source_site')
    rows = [env['ecrm.submission']._accept(source, 'contact', payload) for payload in values]
    env.cr.commit()
    return rows


def timed(env, rows, hits):
    """Return the milliseconds of each search, each in a transaction of its own as in real life."""
    spent = []
    for row in rows:
        env.invalidate_all()
        start = time.perf_counter()
        found = row._find_partners()
        spent.append(1000 * (time.perf_counter() - start))
        if len(found) != hits:
            raise RuntimeError(
                f'{row.phone or row.email}: {len(found)} customers instead of {hits}'
            )
        env.cr.commit()
    return spent


def indexes(env, row):
    """Return the indexes that PostgreSQL says it uses for the searches of a row."""
    plan = '\n'.join(
        line for (line,) in env.execute_query(SQL("EXPLAIN %s", row._prepare_match_query()))
    )
    print(plan, flush=True)
    return {name for name in ('phone_idx', 'email_idx') if name in plan}


def main():
    """Fill a copy of the demo database, search and explain."""
    config.parse_config(['-c', os.environ['ODOO_RC'], '--log-level=error'])
    with Registry(read_options()['db_name']).cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        fill(env)
        step = PARTNERS // (ROUNDS + 1)
        known = [{'phone': f'+21355{step * n:07}', 'n': n} for n in range(1, ROUNDS + 1)]
        by_mail = [{'email': f'c{step * n}@example.com', 'n': n} for n in range(1, ROUNDS + 1)]
        unknown = [
            {'phone': f'+21366{n:07}', 'email': f'nobody{n}@example.com'} for n in range(ROUNDS)
        ]
        for name, payloads, hits in (
            ('by phone', known, 1), ('by e-mail', by_mail, 1), ('unknown', unknown, 0),
        ):  # fmt: skip
            spent = timed(env, accept(env, payloads), hits)
            say(f'find a sender {name}, median', statistics.median(spent), 5, 'ms')
        used = indexes(env, accept(env, [{'phone': '+213550000007', 'email': 'c7@example.com'}])[0])
        say('searches that use our index', len(used), 2, 'searches', at_most=False)
    sys.exit(bool(MISSED))


if __name__ == '__main__':
    main()
