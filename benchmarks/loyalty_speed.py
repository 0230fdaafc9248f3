"""Loyalty on a million orders of 300,000 customers: print each figure beside its target.

Run by ``./dev bench loyalty`` on a copy of the demo database, which is committed to: as in a shop,
orders, base, scores and predictions are transactions of their own, with the rest an autovacuum
gives in between. ECRM_BENCH_CUSTOMERS makes it smaller; ECRM_BENCH_EXPLAIN names a file for the
plans of the hot queries; ECRM_BENCH_KEEP=1 measures on the orders of the last run instead of new
ones, and ECRM_BENCH_KEEP=data stops when they are made. The peers, in the same run on the same rows: Odoo's own ``_read_group``,
and the library ``lifetimes`` (see bench_lifetimes.py).
"""

import os
import sys
import time
from datetime import date, timedelta
from pathlib import Path

from bench_lifetimes import run_peer

from odoo import SUPERUSER_ID, api, sql_db
from odoo.modules.registry import Registry
from odoo.tools import SQL, config

CUSTOMERS = int(os.environ.get('ECRM_BENCH_CUSTOMERS', '300000'))
SCALE = CUSTOMERS / 300_000
KEEP = os.environ.get('ECRM_BENCH_KEEP')
YEARS = 4
MISSED = []


def say(name, value, target, unit='s'):
    """Print one figure; remember a missed target."""
    missed = value > target
    if missed:
        MISSED.append(name)
    print(
        f'{name}: {value:.2f} {unit} (<= {target:g} {unit}){" MISSED" if missed else ""}',
        flush=True,
    )


class timed:
    """How long a block took, everything flushed."""

    def __init__(self, env):
        self.env = env

    def __enter__(self):
        self.env.flush_all()
        self.start = time.perf_counter()
        return self

    def __exit__(self, *_error):
        self.env.flush_all()
        self.seconds = time.perf_counter() - self.start


def memory(field='VmRSS', reset=False):
    """Resident memory of this process in MB, now (VmRSS) or at its highest since a reset (VmHWM)."""
    if reset:
        Path('/proc/self/clear_refs').write_text('5')
    status = Path('/proc/self/status').read_text()
    return int(status.split(f'{field}:')[1].split()[0]) / 1024


PURCHASES = """
    CREATE TEMPORARY TABLE bench ON COMMIT DROP AS
    WITH who AS MATERIALIZED (
        SELECT customer, 1 + floor(random() * 365 * %(years)s)::int AS age,
               7 - 120 * ln(1 - random()) AS mean,
               floor(ln(1 - random()) / ln(power(1 - random(), 1 / 1.5) - 1e-9))::int AS repeats
          FROM generate_series(0, %(customers)s - 1) customer
    ), steps AS (
        SELECT customer, age, k, CASE WHEN k > 0 THEN 1 - mean * ln(1 - random()) ELSE 0 END AS gap
          FROM who, generate_series(0, LEAST(repeats, 300)) k
    ), days AS (
        SELECT customer, (age - SUM(gap) OVER (PARTITION BY customer ORDER BY k))::int AS age
          FROM steps
    )
    SELECT customer, age, (ARRAY[2400, 3400, 5200, 9200])[1 + floor(random() * 4)::int]
           + floor(random() * 400)::int AS amount
      FROM days
     WHERE age > 0
"""
"""(customer number, days ago, amount): many buy once, some for years; who leaves after an order
differs from customer to customer, with a share of 2 in 5 (Beta(1, 1.5)) on average: a million
orders of 300,000 customers."""


def clone(env, table, pattern_id, values, source):
    """INSERT rows like a pattern row: its NOT NULL columns, with some replaced by SQL expressions."""
    columns = [
        row[0]
        for row in env.execute_query(
            SQL(
                """
                SELECT column_name FROM information_schema.columns
                 WHERE table_name = %s AND is_nullable = 'NO' AND column_name != 'id'
                """,
                table,
            )
        )
        if row[0] not in values
    ]
    env.cr.execute(
        SQL(
            'INSERT INTO %s (%s) SELECT %s FROM %s pattern, %s WHERE pattern.id = %s',
            SQL.identifier(table),
            SQL(', ').join(map(SQL.identifier, [*columns, *values])),
            SQL(', ').join(
                [
                    *(SQL('pattern.%s', SQL.identifier(c)) for c in columns),
                    *map(SQL, values.values()),
                ]
            ),
            SQL.identifier(table),
            SQL(source),
            pattern_id,
        )
    )


def make_data(env, company):
    """Customers and confirmed orders, drawn and inserted by the database."""
    pattern = env['res.partner'].create({'name': "Pattern"})
    order = env['sale.order'].create({'partner_id': pattern.id, 'company_id': company.id})
    env.flush_all()
    cr = env.cr
    cr.execute('SELECT setseed(0.1971)')
    cr.execute(PURCHASES, {'years': YEARS, 'customers': CUSTOMERS})
    cr.execute("SELECT nextval('res_partner_id_seq')")
    first = cr.fetchone()[0]
    cr.execute("SELECT setval('res_partner_id_seq', %s)", [first + CUSTOMERS])
    # One in five is a guest who has another card with the same phone
    clone(
        env,
        'res_partner',
        pattern.id,
        {
            'id': f'{first} + n',
            'commercial_partner_id': f'{first} + n',
            'name': "'Customer ' || n",
            'active': 'TRUE',
            'phone_sanitized': "CASE WHEN n %% 5 < 2 THEN '+2136' || (n / 5) ELSE '+2137' || n END",
        },
        f'generate_series(0, {CUSTOMERS} - 1) n',
    )
    clone(
        env,
        'sale_order',
        order.id,
        {
            'company_id': str(company.id),
            'partner_id': f'{first} + customer',
            'partner_invoice_id': f'{first} + customer',
            'partner_shipping_id': f'{first} + customer',
            'state': "'sale'",
            'date_order': "now() AT TIME ZONE 'UTC' - age * interval '1 day'",
            'amount_untaxed': 'amount',
            'currency_rate': '1',
        },
        'bench',
    )
    cr.execute('ANALYZE res_partner')
    cr.execute('ANALYZE sale_order')
    cr.execute('SELECT COUNT(*) FROM bench')
    return first, cr.fetchone()[0]


def kept_data(env):
    """The company and the first card of the last run, forgotten what was computed of them."""
    company = env['res.company'].search([('name', '=', "Bench")])
    if not company:
        return None
    env.cr.execute(
        """
        TRUNCATE ecrm_customer_indicator, ecrm_customer_link, ecrm_customer_segment_history,
                 ecrm_customer_fit, ecrm_customer_threshold CASCADE
        """
    )
    env.invalidate_all()
    [(first, orders)] = env.execute_query(
        SQL(
            """
            SELECT (SELECT MIN(id) FROM res_partner WHERE name = 'Customer 0'), COUNT(*)
              FROM sale_order WHERE company_id = %s
            """,
            company.id,
        )
    )
    return company, first, orders


def explain(env, name, statement):
    """Write the plan with its true figures to the file ECRM_BENCH_EXPLAIN names; changes nothing."""
    if not (path := os.environ.get('ECRM_BENCH_EXPLAIN')):
        return
    env.flush_all()
    env.cr.execute('SAVEPOINT plan')
    env.cr.execute(SQL('EXPLAIN (ANALYZE, BUFFERS, SETTINGS) %s', statement))
    plan = '\n'.join(row[0] for row in env.cr.fetchall())
    env.cr.execute('ROLLBACK TO SAVEPOINT plan')
    with Path(path).open('a') as file:
        file.write(f'== {name}\n{plan}\n\n')


def settle(env):
    """Commit, and clean up as the autovacuum does."""
    env.cr.commit()
    with sql_db.db_connect(env.cr.dbname).cursor() as cr:
        cr._cnx.autocommit = True
        for table in (
            'ecrm_customer_indicator',
            'ecrm_customer_link',
            'ecrm_customer_segment_history',
        ):
            cr._obj.execute(f'VACUUM (ANALYZE) {table}')


def measure(env, company):
    """Every figure of the room, on the data just made."""
    from odoo.addons.ecrm.models.loyalty import customer_indicator_sql as queries

    indicators = env['ecrm.customer.indicator']
    before = memory(reset=True)
    with timed(env) as links:
        env['ecrm.customer.link']._rebuild()
    settle(env)
    say('loyalty grouping of guests', links.seconds, 15 * SCALE)
    with timed(env) as base:
        env.cr.execute(queries.base_statement())
    settle(env)
    say('loyalty base refresh', base.seconds, 15 * SCALE)
    explain(env, 'base refresh of everybody', queries.base_statement())
    with timed(env) as again:
        env.cr.execute(queries.base_statement())
    settle(env)
    say('loyalty base refresh, nothing changed', again.seconds, 15 * SCALE)
    with timed(env) as scores:
        score(env, company, company._ecrm_today())
    settle(env)
    print(f'loyalty scores and segments, the very first time: {scores.seconds:.2f} s')
    with timed(env) as scores:
        score(env, company, company._ecrm_today() + timedelta(days=1))
    settle(env)
    say('loyalty scores and segments, a night later', scores.seconds, 5 * SCALE)
    with timed(env) as history:
        env['ecrm.customer.segment.history']._follow(
            company._ecrm_today(), SQL('company_id = %s', company.id)
        )
    settle(env)
    say('loyalty first history', history.seconds, 10 * SCALE)
    with timed(env) as fit:
        record = env['ecrm.customer.fit']._attempt(company)
    with timed(env) as predict:
        indicators._predict(company)
    settle(env)
    say('loyalty fit, predict and write', fit.seconds + predict.seconds, 30 * SCALE)
    print(
        f'  fit {fit.seconds:.2f} s: {record.state}, {record.size} customers, {record.steps} steps,'
        f' log-likelihood {record.log_likelihood:.2f} {record.message or ""}'
    )
    say('loyalty memory growth', memory('VmHWM') - before, 150, 'MB')
    return record, base.seconds, fit.seconds, predict.seconds


def score(env, company, today):
    """Thresholds, scores and segments of a company as they stand on a day."""
    from odoo.addons.ecrm.models.loyalty.customer_score_sql import score_statement

    threshold = env['ecrm.customer.threshold']._renew(company)
    scope = SQL('company_id = %s', company.id)
    env.cr.execute(score_statement(threshold._bounds(), today, scope))


def measure_daily(env, company, first):
    """What users and the small cron meet."""
    indicators = env['ecrm.customer.indicator']
    from odoo.addons.ecrm.models.loyalty import customer_indicator_sql as queries

    touched = list(range(first + 1000, first + 1200))
    indicators._refresh_partners(touched[:5])
    customers = env['ecrm.customer.link']._refresh(touched)
    contacts = env['ecrm.customer.link']._contacts_of(customers)
    explain(env, 'base refresh of 200 customers', queries.base_statement(customers, contacts))
    explain(
        env,
        'segment count',
        SQL(
            'SELECT segment_id, COUNT(*) FROM ecrm_customer_indicator WHERE company_id = %s GROUP BY 1',
            company.id,
        ),
    )
    with timed(env) as few:
        indicators._refresh_partners(touched)
    say('loyalty 200 touched customers', few.seconds, 0.5)
    segments = env['ecrm.customer.segment'].search([])
    segments.mapped('customer_count')
    env.invalidate_all()
    with timed(env) as counts:
        indicators._read_group([('company_id', '=', company.id)], ['segment_id'], ['__count'])
    say('loyalty segment count', 1000 * counts.seconds, 100, 'ms')
    with timed(env) as board:
        segments.mapped('customer_count')
    say('loyalty segment board', 1000 * board.seconds, 500, 'ms')
    champions = [('ecrm_segment_id.code', '=', 'champions')]
    with timed(env) as found:
        env['res.partner'].search(champions, limit=80)
    say('loyalty list of champions', 1000 * found.seconds, 500, 'ms')
    explain(env, 'list of champions', env['res.partner']._search(champions, limit=80).select())


def measure_peers(env, company, base_seconds):
    """The same counts by the ORM; printed as a ratio, not judged."""
    domain = [('company_id', '=', company.id), ('state', '=', 'sale')]
    with timed(env) as peer:
        env['sale.order']._read_group(
            domain,
            ['partner_id'],
            ['__count', 'amount_untaxed:sum', 'date_order:min', 'date_order:max'],
        )
    print(f'peer _read_group, read only, no guests, no gaps: {peer.seconds:.2f} s')
    print(f'  our base refresh reads and writes the same orders in {base_seconds:.2f} s')


def measure_lifetimes(env, company, record, fit_seconds, predict_seconds):
    """The same model of the same customers by ``lifetimes``; printed as a ratio, not judged."""
    rows = env.execute_query(
        SQL(
            """
            SELECT purchase_days - 1, (last_order_date - first_order_date) / 7.0,
                   (%s - first_order_date) / 7.0,
                   CASE WHEN purchase_days > 1
                        THEN (net_revenue - first_day_revenue) / (purchase_days - 1) ELSE 0 END
              FROM ecrm_customer_indicator WHERE company_id = %s AND order_count > 0
            """,
            date.today(),
            company.id,
        )
    )
    peer = run_peer(config['data_dir'], rows)
    if 'error' in peer:
        print(f'peer lifetimes: {peer["error"]}')
        return
    fitted = peer['orders'] + peer['spend']
    print(
        f'peer lifetimes: orders {peer["orders"]:.2f} s, spend {peer["spend"]:.2f} s, predict'
        f' {peer["predict"]:.2f} s with penalty {peer["penalty"]:g} (no calibration, nothing'
        f' written); ours with calibration, record and writing: {(fit_seconds + predict_seconds) / (fitted + peer["predict"]):.2f} of it'
    )
    ours = {
        'r': record.r,
        'alpha': record.alpha,
        'a': record.a,
        'b': record.b,
        'p': record.spend_p,
        'q': record.spend_q,
        'v': record.spend_v,
    }
    print(
        '  parameters, ours and the peer\'s: '
        + ', '.join(f'{name} {ours[name]:.4g} {peer["parameters"][name]:.4g}' for name in ours)
    )


def main():
    config.parse_config(['-c', os.environ['ODOO_RC']])
    database = config['db_name'][0] if isinstance(config['db_name'], list) else config['db_name']
    with Registry(database).cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        start = time.perf_counter()
        kept = kept_data(env) if KEEP else None
        company = kept[0] if kept else env['res.company'].create({'name': "Bench"})
        env = api.Environment(cr, SUPERUSER_ID, {'allowed_company_ids': company.ids})
        company = company.with_env(env)
        first, orders = kept[1:] if kept else make_data(env, company)
        print(f'data: {CUSTOMERS} cards, {orders} orders in {time.perf_counter() - start:.0f} s')
        settle(env)
        if KEEP == 'data':
            return False
        record, base, fit, predict = measure(env, company)
        measure_daily(env, company, first)
        measure_peers(env, company, base)
        measure_lifetimes(env, company, record, fit, predict)
    return bool(MISSED)


if __name__ == '__main__':
    sys.exit(main())
