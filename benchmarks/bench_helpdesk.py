"""The peer of the complaint benchmark: OCA's helpdesk, installed for it alone, and the same tickets for both.

The peer is AGPL: nothing of it enters this repository. It is fetched by pip at a pinned version into the cache of
``./dev`` and installed in a copy of the database that has the dependencies of this addon without this addon.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from bench_server import copy_database, read_options

from odoo.fields import Command
from odoo.tools import SQL

PEER = 'odoo-addon-helpdesk-mgmt'
VERSION = '19.0.1.3.2'
PARTNERS = 4000
AGENTS = 8
PASSWORD = 'bench-portal-1'
ROUND_OF_STAGES = 20
# Of twenty tickets: two new, three in progress, two waiting, twelve done, one cancelled
STAGES = ('new', 'new', 'open', 'open', 'open', 'wait', 'wait', *['done'] * 12, 'cancelled')


def peer_path():
    """Return the addons directory of the peer, fetched when it is not there yet."""
    place = Path(read_options()['data_dir']).with_name(f'{PEER}-{VERSION}')
    if not place.exists():
        building = place.with_suffix('.building')
        shutil.rmtree(building, ignore_errors=True)
        subprocess.run(
            [
                sys.executable, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps',
                '--no-compile', '--target', str(building), f'{PEER}=={VERSION}',
            ],
            check=True,
        )  # fmt: skip
        building.rename(place)
    return place / 'odoo' / 'addons'


def addons_path():
    """Return the addons path with the peer on it."""
    return f'{read_options()["addons_path"]},{peer_path()}'


def make_peer(name):
    """Install the peer on a copy of the template of dependencies."""
    copy_database(os.environ['ECRM_TEMPLATE'], name)
    subprocess.run(
        [
            sys.executable, '-m', 'odoo', '-c', os.environ['ODOO_RC'], '-d', name, '--db-filter=.*',
            f'--addons-path={addons_path()}', '-i', 'helpdesk_mgmt', '--without-demo=True', '--stop-after-init',
            '--no-http', '--max-cron-threads=0', '--log-level=error',
        ],
        check=True,
    )  # fmt: skip
    return name


# === THE SAME IN BOTH === #


def fill_people(env, group):
    """Make customers, agents and one customer with a login.

    :param group: external identifier of the group that sees every ticket
    :return: ``(partner ids, users of the agents)``
    """
    rows = env.execute_query(
        SQL(
            """
            INSERT INTO res_partner (name, complete_name, email, email_normalized, phone, type, active, is_company,
                   lang, autopost_bills, create_date, write_date, create_uid, write_uid)
            SELECT 'Customer ' || n, 'Customer ' || n, 'c' || n || '@example.com', 'c' || n || '@example.com',
                   '+2135500' || lpad(n::text, 5, '0'), 'contact', TRUE, FALSE, 'fr_FR', 'ask', now(), now(), 1, 1
              FROM generate_series(1, %s) n
         RETURNING id
            """,
            PARTNERS,
        )
    )
    ids = [row[0] for row in rows]
    env.execute_query(
        SQL("UPDATE res_partner SET commercial_partner_id = id WHERE id = ANY(%s)", ids)
    )
    users = env['res.users'].with_context(no_reset_password=True)
    groups = env.ref('base.group_user') + env.ref(group)
    agents = users.create(
        [
            {'name': f'Agent {n}', 'login': f'agent{n}', 'email': f'agent{n}@example.com',
             'group_ids': [Command.set(groups.ids)]}
            for n in range(AGENTS)
        ]
    )  # fmt: skip
    users.create({
        'login': 'bench-customer', 'password': PASSWORD, 'partner_id': ids[0],
        'group_ids': [Command.set(env.ref('base.group_portal').ids)],
    })  # fmt: skip
    return ids, agents


def make_site_alike(env):
    """Put the same plain site around both lists: four fifths of either page are the site's own menu, languages and footer.

    One language, the customer's; Odoo's own menu; of the demo shop neither footer nor telephone number.
    """
    french = env['res.lang']._activate_lang('fr_FR')
    for website in env['website'].search([]):
        website.write({'language_ids': [Command.set(french.ids)], 'default_lang_id': french.id})
        website.menu_id.child_id.unlink()
        env['website.menu'].create(
            [
                {
                    'name': name,
                    'url': url,
                    'parent_id': website.menu_id.id,
                    'website_id': website.id,
                }
                for name, url in (("Home", '/'), ("Shop", '/shop'), ("Contact us", '/contactus'))
            ]
        )
    env['ir.ui.view'].search([('key', '=like', 'ecrm.demo_view_%')]).active = False


def fill_thread(env, model, table, agent):
    """Give every ticket a message of the customer, an answer, and its customer as follower."""
    comment = env.ref('mail.mt_comment').id
    for body, author in (
        ("<p>The print has lines.</p>", SQL("t.partner_id")),
        ("<p>We are sorry.</p>", SQL("%s", agent.partner_id.id)),
    ):
        env.execute_query(
            SQL(
                """
                INSERT INTO mail_message (model, res_id, body, message_type, subtype_id, author_id, date, is_internal,
                       create_date, write_date, create_uid, write_uid)
                SELECT %(model)s, t.id, %(body)s, 'comment', %(comment)s, %(author)s, t.create_date, FALSE,
                       t.create_date, t.create_date, 1, 1
                  FROM %(table)s t
             RETURNING id
                """,
                model=model, body=body, comment=comment, author=author, table=SQL.identifier(table),
            )
        )  # fmt: skip
    env.execute_query(
        SQL(
            "INSERT INTO mail_followers (res_model, res_id, partner_id) "
            "SELECT %s, id, partner_id FROM %s WHERE partner_id IS NOT NULL "
            "ON CONFLICT DO NOTHING RETURNING id",
            model,
            SQL.identifier(table),
        )
    )


def clone(env, table, source, count, **values):
    """Copy one row of a table, each copy with its own values.

    :param values: SQL by column; ``n`` is the number of the copy
    :return: ids of the copies, in order
    """
    columns = [
        row[0]
        for row in env.execute_query(
            SQL(
                "SELECT column_name FROM information_schema.columns "
                "WHERE table_name = %s AND table_schema = 'public' AND column_name <> 'id'",
                table,
            )
        )
    ]
    rows = env.execute_query(
        SQL(
            "INSERT INTO %s (%s) SELECT %s FROM %s s CROSS JOIN generate_series(1, %s) n "
            "WHERE s.id = %s ORDER BY n RETURNING id",
            SQL.identifier(table),
            SQL(", ").join(SQL.identifier(name) for name in columns),
            SQL(", ").join(values.get(name, SQL.identifier('s', name)) for name in columns),
            SQL.identifier(table),
            count,
            source,
        )
    )
    return [row[0] for row in rows]


# === THE PEER'S TICKETS === #


def fill_peer(env, tickets):
    """Write the tickets of the peer; return what the measures need."""
    partners, agents = fill_people(env, 'helpdesk_mgmt.group_helpdesk_user')
    team = env['helpdesk.ticket.team'].create(
        {'name': "Care", 'user_ids': [Command.set(agents.ids)]}
    )
    stages = {
        kind: env.ref(f'helpdesk_mgmt.helpdesk_ticket_stage_{name}')
        for kind, name in (
            ('new', 'new'), ('open', 'in_progress'), ('wait', 'awaiting'), ('done', 'done'), ('cancelled', 'cancelled'),
        )
    }  # fmt: skip
    categories = env['helpdesk.ticket.category'].create(
        [{'name': f'Category {n}'} for n in range(10)]
    )
    env.execute_query(
        SQL(
            """
            INSERT INTO helpdesk_ticket (number, name, description, company_id, team_id, stage_id, unattended,
                   partner_id, commercial_partner_id, partner_name, partner_email, user_id, category_id, priority,
                   sequence, active, last_stage_update, assigned_date, closed_date,
                   create_date, write_date, create_uid, write_uid)
            SELECT 'HT' || lpad(n::text, 5, '0'), 'Lines on the print ' || n, '<p>The print has lines.</p>',
                   %(company)s, %(team)s, stage.id, stage.unattended, p.id, p.id, p.name, p.email,
                   (%(agents)s::int[])[1 + n %% %(agent_count)s],
                   (%(categories)s::int[])[1 + n %% 10], (n %% 3)::text, 10, TRUE,
                   now() - n * interval '5 minutes', now() - n * interval '5 minutes',
                   CASE WHEN stage.closed THEN now() - n * interval '4 minutes' END,
                   now() - n * interval '5 minutes', now() - n * interval '5 minutes', 1, 1
              FROM generate_series(1, %(tickets)s) n
              JOIN helpdesk_ticket_stage stage ON stage.id = (%(stages)s::int[])[1 + (n / 7) %% 20]
              JOIN res_partner p ON p.id = (%(partners)s::int[])[1 + n %% %(partner_count)s]
         RETURNING id
            """,
            company=env.company.id,
            team=team.id,
            agents=agents.ids,
            agent_count=AGENTS,
            categories=categories.ids,
            tickets=tickets,
            stages=[stages[kind].id for kind in STAGES],
            partners=partners,
            partner_count=PARTNERS,
        )
    )
    fill_thread(env, 'helpdesk.ticket', 'helpdesk_ticket', agents[0])
    return {'partners': partners, 'agent': agents[0].id, 'team': team.id}


# === OUR TICKETS === #


def fill_orders(env, partners, count):
    """Copy a delivered order of the demo shop; return the ids of its copies and of their lines."""
    line = env['sale.order.line'].search(
        [('qty_delivered', '>', 0), ('product_id.type', '=', 'consu'), ('order_id.state', '=', 'sale')], limit=1
    )  # fmt: skip
    partner = SQL("(%s::int[])[1 + n %% %s]", partners, len(partners))
    orders = clone(
        env, 'sale_order', line.order_id.id, count,
        name=SQL("'BENCH/' || n"), access_token=SQL("NULL"), partner_id=partner, partner_invoice_id=partner,
        partner_shipping_id=partner, date_order=SQL("now() - n * interval '12 minutes' - interval '7 days'"),
    )  # fmt: skip
    lines = clone(
        env, 'sale_order_line', line.id, count,
        order_id=SQL("(%s::int[])[n]", orders), order_partner_id=partner,
        ecrm_width_mm=SQL("300 + 50 * (n %% 9)"), ecrm_height_mm=SQL("400 + 100 * (n %% 7)"),
    )  # fmt: skip
    return orders, lines, line.product_id


def fill_ours(env, tickets):
    """Write our tickets: the peer's, and the order, product, cause and deadlines that it does not know."""
    partners, agents = fill_people(env, 'ecrm.group_complaint_all')
    team = env['ecrm.complaint.team'].create(
        {'name': "Care", 'company_id': env.company.id, 'member_ids': [Command.set(agents.ids)]}
    )
    stages = {
        kind: env.ref(f'ecrm.complaint_stage_{name}')
        for kind, name in (
            ('new', 'new'), ('open', 'open'), ('wait', 'waiting_customer'), ('done', 'closed'), ('cancelled', 'cancelled'),
        )
    }  # fmt: skip
    causes = env['ecrm.complaint.cause'].search([('parent_id', '!=', False)], limit=10)
    orders, _lines, product = fill_orders(env, partners, tickets // 2)
    env.execute_query(
        SQL(
            """
            INSERT INTO ecrm_complaint (reference, name, description, company_id, team_id, stage_id, kind, partner_id,
                   commercial_partner_id, partner_name, email_from, email_normalized, user_id, cause_id, area, priority,
                   channel, active, order_id, product_id, order_date, received_at, clock_since, first_response_at, resolved_at, closed_at,
                   founded, sla_id, response_target, resolution_target, response_due, resolution_due, deadline, warn_at, sla_state,
                   create_date, write_date, create_uid, write_uid)
            SELECT 'BENCH/' || lpad(n::text, 5, '0'), 'Lines on the print ' || n, 'The print has lines.',
                   %(company)s, %(team)s, stage.id, stage.kind, p.id, p.id, p.name, p.email, p.email_normalized,
                   (%(agents)s::int[])[1 + n %% %(agent_count)s], cause.id, cause.area, (n %% 3)::text, 'form', TRUE,
                   (%(orders)s::int[])[1 + n %% %(order_count)s], %(product)s, (moment.at - interval '7 days')::date,
                   moment.at, CASE WHEN stage.kind IN ('new', 'open') THEN moment.at END,
                   CASE WHEN stage.kind <> 'new' THEN moment.at + interval '2 hours' END,
                   CASE WHEN stage.kind = 'closed' THEN moment.at + interval '3 days' END,
                   CASE WHEN stage.kind IN ('closed', 'cancelled') THEN moment.at + interval '4 days' END,
                   CASE WHEN stage.kind = 'closed' THEN (ARRAY['yes', 'no'])[1 + n %% 2] END,
                   %(sla)s, 28800, 144000, moment.due, moment.due, moment.due, moment.due - interval '8 hours',
                   CASE WHEN stage.kind = 'closed' THEN 'met' WHEN stage.kind = 'cancelled' THEN 'none' ELSE 'ok' END,
                   moment.at, moment.at, 1, 1
              FROM generate_series(1, %(tickets)s) n
              JOIN ecrm_complaint_stage stage ON stage.id = (%(stages)s::int[])[1 + (n / 7) %% 20]
              JOIN ecrm_complaint_cause cause ON cause.id = (%(causes)s::int[])[1 + n %% %(cause_count)s]
              JOIN res_partner p ON p.id = (%(partners)s::int[])[1 + n %% %(partner_count)s]
        CROSS JOIN LATERAL (
                   SELECT now() - n * interval '5 minutes' AS at,
                          CASE WHEN stage.kind IN ('new', 'open', 'waiting_customer')
                               THEN now() + (n %% 300 - 100) * interval '1 hour' END AS due
                   ) moment
         RETURNING id
            """,
            company=env.company.id, team=team.id, agents=agents.ids, agent_count=AGENTS, causes=causes.ids,
            cause_count=len(causes), tickets=tickets, stages=[stages[kind].id for kind in STAGES],
            partners=partners, partner_count=PARTNERS, orders=orders, order_count=len(orders), product=product.id,
            sla=env['ecrm.complaint.sla'].search([], limit=1).id,
        )
    )  # fmt: skip
    env.execute_query(
        SQL(
            "INSERT INTO ecrm_complaint_line (complaint_id, company_id, sale_line_id, product_id, quantity, cause_id) "
            "SELECT c.id, c.company_id, l.id, l.product_id, 1, c.cause_id FROM ecrm_complaint c "
            "JOIN sale_order_line l ON l.order_id = c.order_id WHERE c.reference LIKE 'BENCH/%%' RETURNING id"
        )
    )
    fill_thread(env, 'ecrm.complaint', 'ecrm_complaint', agents[0])
    env['ecrm.customer.indicator']._refresh_partners(partners)
    return {'partners': partners, 'agent': agents[0].id, 'team': team.id}
