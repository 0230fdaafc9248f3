"""Complaints side by side with OCA's helpdesk on 50,000 tickets, alternated call by call.

Run by ``./dev bench complaint``. Both have the same customers, agents, stages, dates and messages; what is read are the
fields of each one's real view, as the web client asks for them. ECRM_BENCH_TICKETS makes it smaller,
ECRM_BENCH_ONLY names one measure.
"""

import contextlib
import os
import statistics
import sys
import time

import bench_helpdesk as peers
from bench_server import MISSED, Server, copy_database, drop_database, query, read_options, say
from bench_views import read_specification
from bench_visitor import Visitor

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tools import config

TICKETS = int(os.environ.get('ECRM_BENCH_TICKETS', '50000'))
ROUNDS = int(os.environ.get('ECRM_BENCH_ROUNDS', '21'))
ONLY = os.environ.get('ECRM_BENCH_ONLY', '')
FAST_MS = 50
OURS, THEIRS = 'ecrm.complaint', 'helpdesk.ticket'


def compare(name, ours, theirs):
    """Print our median beside theirs and the ratio beside its target.

    The target is half of their time, or their time where it is under 50 ms already.
    """
    mine, other = statistics.median(ours) * 1000, statistics.median(theirs) * 1000
    print(f'  {name}: medians {mine:.1f} ms and {other:.1f} ms', flush=True)
    say(name, mine / other, 1.0 if other < FAST_MS else 0.5, 'times')


def alternate(name, ours, theirs):
    """Measure two functions by turns; each gets a cold cache of records."""
    if ONLY and ONLY not in name:
        return
    spent = ([], [])
    for turn in range(ROUNDS + 2):
        for (env, function), column in zip((ours, theirs), spent, strict=True):
            env.invalidate_all()
            began = time.perf_counter()
            function()
            env.flush_all()
            if turn > 1:  # the first two warm both up
                column.append(time.perf_counter() - began)
    compare(name, *spent)


def measure(mine, other):
    """Everything that staff wait for.

    :param mine: ``(env, facts)`` of our database, as an agent who sees all
    :param other: the same of the peer's
    """
    envs = mine[0], other[0]
    models = envs[0][OURS], envs[1][THEIRS]

    def both(name, *functions):
        alternate(name, (envs[0], functions[0]), (envs[1], functions[1]))

    both('kanban first page', *(kanban(model) for model in models))
    both(
        'list sorted by deadline',
        listing(models[0], 'deadline, priority desc, id'),
        # It has no deadline: its list by the date that it shows
        listing(models[1], 'create_date, priority desc, id'),
    )
    both('form open', *(form(model) for model in models))
    both(
        'create',
        create(models[0], mine[1], "The print has lines."),
        create(models[1], other[1], "<p>The print has lines.</p>"),
    )
    both(
        'counters of 80 partners',
        counters(*mine, 'ecrm_complaint_count'),
        counters(*other, 'helpdesk_ticket_count_string'),
    )


def kanban(model):
    """Groups, their cards and the bars above them."""
    card, bar = read_specification(model, 'kanban')

    # As the web client does: stages that are folded stay so
    model = model.with_context(read_group_expand=True)

    def call():
        model.web_read_group(
            [],
            ['stage_id'],
            ['__count'],
            auto_unfold=True,
            unfold_read_specification=card,
            unfold_read_default_limit=40,
        )
        model.read_progress_bar([], 'stage_id', bar)

    return call


def listing(model, order):
    """Return the first page of a list with its count."""
    fields, _bar = read_specification(model, 'list')
    return lambda: model.web_search_read([], fields, limit=80, order=order, count_limit=10001)


def form(model):
    """One ticket after the other, the same in both: those of the demo shop, with remedies and photos, are ours alone."""
    fields, _bar = read_specification(model, 'form')
    domain = [('name', '=like', "Lines on the print %")]
    ids = iter(model.search(domain, order='create_date desc', limit=ROUNDS + 2).ids)
    return lambda: model.browse(next(ids)).web_read(fields)


def create(model, facts, description):
    """Return the making of a ticket by hand, as after a telephone call."""
    partners = iter(facts['partners'][500:])
    return lambda: model.create(
        {
            'name': "Lines on the print",
            'description': description,
            'partner_id': next(partners),
            'team_id': facts['team'],
            'user_id': model.env.uid,
        }
    )


def counters(env, facts, field):
    """Return the counter of the smart button of eighty customers in one list."""
    partners = env['res.partner'].browse(facts['partners'][100:180])
    return lambda: partners.mapped(field)


def measure_portal(names):
    """The customer's list of his tickets, over HTTP from a server each; beside it a page of Odoo that is the same in both."""
    name = "customer's portal list"
    if ONLY and ONLY not in name:
        return
    servers = [Server(database, addons_path=peers.addons_path()) for database in names]
    spent, site = ([], []), ([], [])
    try:
        visitors = [Visitor(server.start()) for server in servers]
        for visitor in visitors:
            visitor.log_in('bench-customer', peers.PASSWORD)
        for turn in range(ROUNDS + 4):
            for visitor, path, column, plain in zip(
                visitors, ('/my/complaints', '/my/tickets'), spent, site, strict=True
            ):
                seconds = visitor.ask('GET', path, wanted=b'Lines on the print')
                around = visitor.ask('GET', '/my/security', wanted=b'csrf_token')
                if turn > 3:
                    column.append(seconds)
                    plain.append(around)
    finally:
        for server in servers:
            server.stop()
    around = [statistics.median(column) * 1000 for column in site]
    print(f'  the site around it (/my/security): medians {around[0]:.1f} ms and {around[1]:.1f} ms')
    compare(name, *spent)


def measure_cron(name):
    """The deadline cron when every ticket is open and a third is overdue."""
    if ONLY and ONLY not in 'deadline cron':
        return
    query(
        name,
        """
        UPDATE ecrm_complaint c
           SET stage_id = s.id, kind = s.kind, resolved_at = NULL, closed_at = NULL, warned = FALSE, sla_state = 'ok',
               first_response_at = CASE WHEN c.id %% 2 = 0 THEN c.received_at END,
               response_due = now() + (c.id %% 300 - 100) * interval '1 hour',
               resolution_due = now() + (c.id %% 300 - 100) * interval '1 hour',
               deadline = now() + (c.id %% 300 - 100) * interval '1 hour',
               warn_at = now() + (c.id %% 300 - 110) * interval '1 hour'
          FROM ecrm_complaint_stage s
         WHERE s.kind = %s
        """,
        'open',
    )
    query(name, "UPDATE ecrm_complaint_team SET user_id = %s", 2)
    query(name, 'VACUUM ANALYZE ecrm_complaint')
    with Registry(name).cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        with no_commit(env):
            began = time.perf_counter()
            env[OURS]._cron_check_deadlines()
            env.flush_all()
            seconds = time.perf_counter() - began
        late = env[OURS].search_count([('sla_state', '=', 'failed')])
        activities = env['mail.activity'].search_count([('res_model', '=', OURS)])
        cr.rollback()
    print(f'  {late} of {TICKETS} overdue, {activities} activities', flush=True)
    say('deadline cron', seconds, 5, 's')


@contextlib.contextmanager
def no_commit(env):
    """Let a cron's method run in this transaction."""
    cron = type(env['ir.cron'])
    original = cron._commit_progress
    cron._commit_progress = lambda self, *args, **kwargs: 60.0
    try:
        yield
    finally:
        cron._commit_progress = original


def main():
    """Measure, and exit non-zero when a target is missed."""
    shop = read_options()['db_name']
    config.parse_config(
        [
            '-c',
            os.environ['ODOO_RC'],
            f'--addons-path={peers.addons_path()}',
            '--log-level=error',
        ]
    )
    names = [copy_database(shop, f'{shop}_ours'), peers.make_peer(f'{shop}_helpdesk')]
    try:
        facts = []
        for name, fill in zip(names, (peers.fill_ours, peers.fill_peer), strict=True):
            with Registry(name).cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, {'tracking_disable': True})
                company = env.ref('ecrm.demo_company', raise_if_not_found=False) or env.company
                facts.append(
                    fill(env(context={**env.context, 'allowed_company_ids': company.ids}), TICKETS)
                )
                peers.make_site_alike(env)
            query(name, 'VACUUM ANALYZE')  # as autovacuum does on a database in use
        with Registry(names[0]).cursor() as cr, Registry(names[1]).cursor() as other_cr:
            context = {'lang': 'en_US', 'tz': 'Africa/Algiers'}
            mine = api.Environment(cr, facts[0]['agent'], context)
            other = api.Environment(other_cr, facts[1]['agent'], context)
            measure((mine, facts[0]), (other, facts[1]))
            cr.rollback()
            other_cr.rollback()
        measure_portal(names)
        measure_cron(names[0])
    finally:
        for name in names:
            Registry.delete(name)
            drop_database(name)
    sys.exit(bool(MISSED))


if __name__ == '__main__':
    main()
