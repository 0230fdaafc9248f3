"""Complaints on 50,000 tickets: print each figure beside its target.

Run by ``./dev bench complaint`` on a copy of the demo database. ECRM_BENCH_TICKETS makes it smaller.
"""

import os
import sys
import time

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tools import SQL, config

TICKETS = int(os.environ.get('ECRM_BENCH_TICKETS', '50000'))
ACTIVE = ('new', 'open', 'waiting_customer', 'waiting_internal')
MISSED = []


def say(name, value, target, unit='ms'):
    """Print one figure; remember a missed target."""
    missed = value > target
    if missed:
        MISSED.append(name)
    print(
        f'{name}: {value:.1f} {unit} (<= {target:g} {unit}){" MISSED" if missed else ""}',
        flush=True,
    )


def best(env, function, repeat=7):
    """Median milliseconds of a call on a cold cache."""
    spent = []
    for _index in range(repeat):
        env.flush_all()
        env.invalidate_all()
        start = time.perf_counter()
        function()
        env.flush_all()
        spent.append((time.perf_counter() - start) * 1000)
    return sorted(spent)[repeat // 2]


def fill(env):
    """Write tickets by SQL: six months of them, spread over stages, partners and deadlines."""
    partners = env['res.partner'].search([('customer_rank', '>=', 0)], limit=500).ids
    stages = env['ecrm.complaint.stage'].search([('kind', 'in', ACTIVE)])
    team = env['ecrm.complaint.team'].search([('company_id', '=', env.company.id)], limit=1)
    team = team or env['ecrm.complaint.team'].search([('company_id', '=', False)], limit=1)
    env.execute_query(
        SQL(
            """
            INSERT INTO ecrm_complaint (reference, name, company_id, team_id, stage_id, kind, partner_id,
                   commercial_partner_id, email_from, email_normalized, channel, priority, active,
                   received_at, deadline, response_due, resolution_due, sla_id, sla_state, user_id,
                   create_date, write_date, create_uid, write_uid, order_date)
            SELECT 'B/' || n, 'Ticket ' || n, %(company)s, %(team)s, s.id, s.kind,
                   (%(partners)s::int[])[1 + n %% %(count)s], (%(partners)s::int[])[1 + n %% %(count)s],
                   'p' || n || '@example.com', 'p' || n || '@example.com', 'form', (n %% 3)::text, TRUE,
                   now() - n * interval '5 minutes', now() + (n %% 200 - 2) * interval '1 hour',
                   now() + (n %% 200 - 2) * interval '1 hour', now() + (n %% 300) * interval '1 hour',
                   %(sla)s, 'ok', %(user)s, now(), now(), 1, 1, now()::date
              FROM generate_series(1, %(tickets)s) n
              JOIN ecrm_complaint_stage s ON s.id = (%(stages)s::int[])[1 + n %% 4]
         RETURNING id
            """,
            company=env.company.id,
            team=team.id,
            partners=partners,
            count=len(partners),
            stages=stages.ids[:4],
            sla=env['ecrm.complaint.sla'].search([('active', '=', True)], limit=1).id,
            user=env.uid,
            tickets=TICKETS,
        )
    )
    env.execute_query(SQL("ANALYZE ecrm_complaint"))
    env.invalidate_all()


def main():
    config.parse_config(['-c', os.environ['ODOO_RC']])
    names = config['db_name']
    registry = Registry(names[0] if isinstance(names, list) else names)
    with registry.cursor() as cr:
        cr.commit = lambda: None  # a benchmark leaves nothing
        env = api.Environment(cr, SUPERUSER_ID, {})
        env = env(user=env.ref('base.user_admin'), su=False)
        fill(env)
        measure(env)
        cr.rollback()
    sys.exit(1 if MISSED else 0)


def measure(env):
    complaints = env['ecrm.complaint']
    card = {
        name: {'fields': {'display_name': {}}} if complaints._fields[name].type == 'many2one' else {}
        for name in ('reference', 'name', 'partner_id', 'order_id', 'product_id', 'size_label', 'cause_id',
                     'deadline', 'sla_state', 'priority', 'user_id', 'kind', 'order_amount')
    }  # fmt: skip

    def kanban():
        complaints.web_read_group(
            [],
            ['stage_id'],
            ['__count'],
            auto_unfold=True,
            unfold_read_specification=card,
            unfold_read_default_limit=40,
        )

    def by_deadline():
        complaints.web_search_read([], card, limit=80, order='deadline, priority desc, id')

    say('kanban first page', best(env, kanban), 400)
    say('list sorted by deadline', best(env, by_deadline), 120)
    record = complaints.search([], limit=1)
    form = {
        name: {}
        for name, field in complaints._fields.items()
        if field.store and not field.relational
    }
    say('form open', best(env, lambda: record.web_read(form)), 50)
    values = {'name': "New one", 'partner_id': record.partner_id.id}
    say(
        'create',
        best(env, lambda: complaints.with_context(tracking_disable=True).create(dict(values))),
        60,
    )
    customer = record.partner_id

    def portal():
        domain = complaints._customer_domain(customer)
        found = complaints.sudo().search(domain, order='id desc', limit=20)
        found.mapped('stage_id.name')

    say("customer's portal list", best(env, portal), 50)
    partners = env['res.partner'].search([('customer_rank', '>=', 0)], limit=80)
    say('counters of 80 partners', best(env, lambda: partners.mapped('ecrm_complaint_count')), 50)
    start = time.perf_counter()
    cron_check(env)
    say('deadline cron', time.perf_counter() - start, 5, 's')


def cron_check(env):
    cron = type(env['ir.cron'])
    original = cron._commit_progress
    cron._commit_progress = lambda self, *args, **kwargs: 60.0
    try:
        env['ecrm.complaint'].sudo()._cron_check_deadlines()
        env.flush_all()
    finally:
        cron._commit_progress = original


main()
