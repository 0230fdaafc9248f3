"""Intake: submissions a second on one worker, by real posts, beside Odoo's own form without this addon.

Two servers answer in turn: a copy of the demo shop, and the same dependencies without the addon, whose
``/website/form/crm.lead`` creates a lead while the visitor waits. Neither runs scheduled actions meanwhile.
"""

import json
import os
import statistics
import sys
import time
from urllib.parse import urlencode

from bench_server import MISSED, Server, copy_database, drop_database, query, read_options, say

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from tools import signature

ROUNDS = int(os.environ.get('ECRM_BENCH_ROUNDS', '300'))
WARM = 30


def new_source(name):
    """A source that signs, wide open; return its key and secret."""
    secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
    query(
        name,
        """
        INSERT INTO ecrm_source (name, kind, public_key, secret, signature_profile, default_kind, rate_limit,
                                 max_kilobytes, token_minutes, callback_minutes, retention_days, silent_hours,
                                 active, country_id)
        SELECT '{"en_US": "Bench"}', 'signed', 'bench', %s, 'standard', 'contact', 1000000, 64, 120, 30, 730, 0,
               true, (SELECT id FROM res_country WHERE code = 'DZ')
        """,
        secret,
    )
    query(name, "UPDATE ecrm_source SET rate_limit = 1000000 WHERE kind = 'site'")
    return 'bench', secret


def signed_post(key, secret, number, payload):
    """Return path, body and headers of a signed post."""
    body, stamp = json.dumps(payload).encode(), str(int(time.time()))
    message = f'bench-{number}'
    return f'/ecrm/hook/{key}', body, {
        'Content-Type': 'application/json', 'webhook-id': message, 'webhook-timestamp': stamp,
        'webhook-signature': signature.sign_standard(secret, message, stamp, body),
    }  # fmt: skip


def form_post(number):
    """Return path, body and headers of the contact form."""
    fields = {
        'name': "Bench", 'contact_name': f'Bench {number}', 'phone': f'0551{number:06}',
        'email_from': f'bench{number}@example.com', 'description': "Hello",
    }  # fmt: skip
    return (
        '/website/form/crm.lead',
        urlencode(fields).encode(),
        {'Content-Type': 'application/x-www-form-urlencoded'},
    )


def main():
    """Post in turn and compare."""
    shop = read_options()['db_name']
    plain = copy_database(os.environ['ECRM_TEMPLATE'], f'{shop}_plain')
    key, secret = new_source(shop)
    servers = [Server(shop), Server(plain)]
    try:
        mine, theirs = [server.start() for server in servers]
        ways = {
            'signed': lambda number: (mine, *signed_post(key, secret, number, {
                'name': f'Bench {number}', 'phone': f'0551{number:06}',
                'email': f'bench{number}@example.com', 'message': "Hello",
            })),
            'form': lambda number: (mine, *form_post(number)),
            'plain': lambda number: (theirs, *form_post(number)),
        }  # fmt: skip
        connections = {way: make(0)[0].connection() for way, make in ways.items()}
        spent = {way: [] for way in ways}
        for number in range(WARM + ROUNDS):
            for way, make in ways.items():
                server, path, body, headers = make(number)
                start = time.perf_counter()
                status, content = server.post(path, body, headers, connections[way])
                elapsed = time.perf_counter() - start
                if status not in (200, 202) or b'"id"' not in content:
                    raise RuntimeError(f'{way}: {status} {content[:300]}')
                if number >= WARM:
                    spent[way].append(1000 * elapsed)
    finally:
        for server in servers:
            server.stop()
        drop_database(plain)
    medians = {way: statistics.median(times) for way, times in spent.items()}
    print({way: f'{median:.1f} ms' for way, median in medians.items()}, flush=True)
    for way, words in (('signed', "a signed post"), ('form', "the site's own form")):
        say(f'accept {words}, median', medians[way], 50, 'ms')
        say(
            f'{words}: accepted per post that plain Odoo takes in the same time',
            sum(spent['plain']) / sum(spent[way]), 3, 'x', at_most=False,
        )  # fmt: skip
    sys.exit(bool(MISSED))


if __name__ == '__main__':
    main()
