"""Intake: how fast a submission is accepted, beside Odoo's own form, and a customer found among 300,000.

Run by ``./dev bench intake`` on a copy of the demo database. ECRM_BENCH_PARTNERS makes the base smaller. The
peer is what ``/website/form/crm.lead`` does in the same request: create a lead.
"""

import os
import statistics
import sys
import time

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tools import SQL, config

PARTNERS = int(os.environ.get('ECRM_BENCH_PARTNERS', '300000'))
ROUNDS = 300
MISSED = []


def say(name, value, target, unit, at_most=True):
    """Print one figure; remember a missed target."""
    missed = value > target if at_most else value < target
    if missed:
        MISSED.append(name)
    sign = '<=' if at_most else '>='
    print(
        f'{name}: {value:.2f} {unit} ({sign} {target:g} {unit}){" MISSED" if missed else ""}',
        flush=True,
    )


def timed(env, work, rounds=ROUNDS):
    """Return the milliseconds of each round, committed as a request is."""
    spent = []
    for number in range(rounds):
        start = time.perf_counter()
        work(number)
        env.cr.commit()
        spent.append(1000 * (time.perf_counter() - start))
    return spent


def fill(env):
    """Partners with a phone and an address each, by one statement."""
    env.cr.execute(
        SQL(
            """
            INSERT INTO res_partner (name, active, type, phone, phone_sanitized, email, email_normalized,
                                     autopost_bills, complete_name)
            SELECT 'Customer ' || n, true, 'contact', '+2135' || lpad(n::text, 8, '0'),
                   '+2135' || lpad(n::text, 8, '0'), 'c' || n || '@example.com',
                   'c' || n || '@example.com', 'ask', 'Customer ' || n
              FROM generate_series(1, %s) n
            """,
            PARTNERS,
        )
    )
    env.cr.execute(SQL("ANALYZE res_partner"))
    env.cr.commit()


def accept(env):
    """Accepting a row against creating a lead."""
    submissions = env['ecrm.submission']
    source = env.ref('ecrm.source_site')
    leads = env['crm.lead'].with_context(mail_create_nosubscribe=True)

    def ours(number):
        submissions._accept(source, 'contact', {
            'name': f'Bench {number}', 'phone': f'05512{number:05}', 'message': "Hello",
        })  # fmt: skip

    def theirs(number):
        leads.create({
            'name': "Bench", 'contact_name': f'Bench {number}', 'phone': f'05512{number:05}',
            'description': "Hello",
        })  # fmt: skip

    timed(env, lambda number: ours(number + ROUNDS), 20)
    timed(env, theirs, 20)
    mine, plain = timed(env, ours), timed(env, theirs)
    say('accept a submission, median', statistics.median(mine), 50, 'ms')
    say('accepted per lead created by plain Odoo', sum(plain) / sum(mine), 3, 'x', at_most=False)


def match(env):
    """Finding a sender among all customers, by index."""
    submissions = env['ecrm.submission']
    source = env.ref('ecrm.source_site')
    rows = [
        submissions._accept(source, 'contact', {'phone': f'+2135{1000 + number:08}', 'n': number})
        for number in range(50)
    ]
    env.cr.commit()
    spent = timed(env, lambda number: rows[number]._find_partners(), 50)
    say('find a sender, median', statistics.median(spent), 5, 'ms')


def main():
    """Fill a copy of the demo database and time."""
    config.parse_config(['-c', os.environ['ODOO_RC']])
    registry = Registry(
        config['db_name'][0] if isinstance(config['db_name'], list) else config['db_name']
    )
    with registry.cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        accept(env)
        fill(env)
        match(env)
    sys.exit(bool(MISSED))


if __name__ == '__main__':
    main()
