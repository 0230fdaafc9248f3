"""Intake: the back office while ten thousand posts a minute are sent, and what the flood is told.

A server of five processes, Odoo's own rule for two processors (twice their number and one). Staff work alone and under
the flood in turn, so that the machine's other work weighs on both. Forty clients post what a page of an allowed origin
would, each paced to its share of 10,000 a minute. Staff's waits are held against the two limits of J. Nielsen, Usability
Engineering (1993), chapter 5: a second keeps the flow of thought, ten seconds the attention. Beside them stand the times
alone, without a target.
"""

import json
import os
import statistics
import sys
import threading
import time
from collections import Counter

from bench_server import MISSED, Server, query, read_options, say

PER_MINUTE = 10000
TURNS = int(os.environ.get('ECRM_BENCH_TURNS', '4'))
SECONDS = 6
CLIENTS = 40
WORKERS = 5
FLOW, ATTENTION = 1000, 10000
RATE_LIMIT = 20
ORIGIN = 'https://shop.example.com'
LOGIN = os.environ.get('ECRM_BENCH_LOGIN', 'sales')
LEAD = {key: {} for key in ('name', 'phone', 'email_from', 'expected_revenue', 'create_date')} | {
    'user_id': {'fields': {'display_name': {}}},
    'stage_id': {'fields': {'display_name': {}}},
}
ROW = {key: {} for key in ('contact_name', 'phone', 'state', 'create_date')}


def new_source(name):
    """A source for browsers with the usual limit; return its key."""
    query(
        name,
        """
        INSERT INTO ecrm_source (name, kind, public_key, allowed_origins, signature_profile, default_kind,
                                 rate_limit, max_kilobytes, token_minutes, callback_minutes, retention_days,
                                 silent_hours, active, country_id)
        SELECT '{"en_US": "Flood"}', 'browser', 'flood', %s, 'standard', 'contact', %s, 64, 120, 30, 730, 0, true,
               (SELECT id FROM res_country WHERE code = 'DZ')
        """,
        ORIGIN,
        RATE_LIMIT,
    )
    return 'flood'


class Staff:
    """A salesperson at work: lists of leads and of submissions, a lead, as his browser asks for them."""

    def __init__(self, server, name):
        self.line = server.connection()
        answer, headers = self._ask(
            '/web/session/authenticate', {'db': name, 'login': LOGIN, 'password': LOGIN}, {}
        )
        if not answer.get('result', {}).get('uid'):
            raise RuntimeError(answer)
        self.cookie = {'Cookie': headers['Set-Cookie'].partition(';')[0]}
        self.lead = self.call('crm.lead', 'search_read', [[]], fields=['id'], limit=1)[0]['id']

    def _ask(self, path, params, cookie):
        body = json.dumps({'jsonrpc': '2.0', 'method': 'call', 'params': params})
        self.line.request('POST', path, body, {'Content-Type': 'application/json', **cookie})
        answer = self.line.getresponse()
        return json.loads(answer.read()), answer.headers

    def call(self, model, method, args, **kwargs):
        """Return the result of one call; an error ends the benchmark."""
        params = {'model': model, 'method': method, 'args': args, 'kwargs': kwargs}
        answer, _headers = self._ask(f'/web/dataset/call_kw/{model}/{method}', params, self.cookie)
        if 'result' not in answer:
            raise RuntimeError(answer)
        return answer['result']

    def work(self, seconds, spent):
        """Work for some seconds; add the milliseconds of each call to the lists of ``spent``."""
        page = {'domain': [], 'limit': 40}
        ways = {
            'list of leads': lambda: self.call(
                'crm.lead', 'web_search_read', [], specification=LEAD, **page
            ),
            'list of submissions': lambda: self.call(
                'ecrm.submission', 'web_search_read', [], specification=ROW, **page
            ),
            'a lead': lambda: self.call('crm.lead', 'web_read', [[self.lead]], specification=LEAD),
        }
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            for name, call in ways.items():
                start = time.perf_counter()
                call()
                spent.setdefault(name, []).append(1000 * (time.perf_counter() - start))
                time.sleep(0.05)


class Client(threading.Thread):
    """One sender of the flood; no two of its posts are the same."""

    def __init__(self, server, key, token, number):
        super().__init__(daemon=True)
        self.line, self.key, self.token, self.number = server.connection(), key, token, number
        self.answers, self.waits, self.posts = Counter(), Counter(), 0
        self.on, self.over = threading.Event(), False

    def run(self):
        pause = 60 * CLIENTS / PER_MINUTE
        while not self.over:
            start = time.monotonic()
            if self.on.wait(0.1):
                self._post()
                time.sleep(max(0, start + pause - time.monotonic()))

    def _post(self):
        self.posts += 1
        phone = f'05{self.number:02}{self.posts:06}'
        body = json.dumps({'token': self.token, 'phone': phone, 'message': "Hello"})
        headers = {'Content-Type': 'text/plain', 'Origin': ORIGIN}
        try:
            self.line.request('POST', f'/ecrm/intake/{self.key}', body, headers)
            answer = self.line.getresponse()
            answer.read()
        except OSError as error:
            self.line.close()
            self.answers[type(error).__name__] += 1
            return
        self.answers[answer.status] += 1
        self.waits[answer.headers['Retry-After']] += 1


def get_token(server, key):
    """Return a token of the page, old enough to be sent."""
    line = server.connection()
    line.request('GET', f'/ecrm/intake/{key}/token', headers={'Origin': ORIGIN})
    token = json.loads(line.getresponse().read())['token']
    time.sleep(2.5)
    return token


def take_turns(server, key, staff):
    """Work alone and under the flood in turn; return the clients and the milliseconds of both."""
    token, alone, under = get_token(server, key), {}, {}
    staff.work(3, {})
    clients = [Client(server, key, token, number) for number in range(CLIENTS)]
    for client in clients:
        client.start()
    for _turn in range(TURNS):
        staff.work(SECONDS, alone)
        for client in clients:
            client.on.set()
        staff.work(SECONDS, under)
        for client in clients:
            client.on.clear()
        time.sleep(0.5)  # until the last of them has its answer
    for client in clients:
        client.over = True
        client.join(60)
    return clients, alone, under


def tell(clients, alone, under):
    """Print what came in, what it was told, and how long staff waited."""
    answers = sum((client.answers for client in clients), Counter())
    waits = sum((client.waits for client in clients), Counter())
    posts = sum(answers.values())
    print(f'answers: {dict(answers)}; Retry-After: {dict(waits)}', flush=True)
    say(
        'posts a minute that came in',
        60 * posts / (TURNS * SECONDS),
        PER_MINUTE * 0.99,
        'posts',
        at_most=False,
    )
    say('posts neither taken nor told to wait', posts - answers[202] - answers[429], 0, 'posts')
    say('refused without a time to come back', answers[429] - waits['60'], 0, 'posts')
    for call in alone:
        before, during = statistics.median(alone[call]), statistics.median(under[call])
        print(f'  {call}: medians {before:.0f} ms alone, {during:.0f} ms in the flood', flush=True)
    everything = [value for values in under.values() for value in values]
    say('a call of the back office in the flood, median', statistics.median(everything), FLOW, 'ms')
    say('the slowest of them', max(everything), ATTENTION, 'ms')


def most_in_a_minute(name, key):
    """Return the most rows that any sixty seconds have stored, and how many there are."""
    statement = """
        SELECT max(within), count(*) FROM (
            SELECT count(*) OVER (ORDER BY s.create_date RANGE BETWEEN INTERVAL '60 seconds' PRECEDING AND CURRENT ROW)
                   AS within
              FROM ecrm_submission s JOIN ecrm_source o ON o.id = s.source_id
             WHERE o.public_key = %s) rows
    """
    return query(name, statement, key)[0]


def main():
    """Work, flood, and compare."""
    name = read_options()['db_name']
    key = new_source(name)
    server = Server(name, cron_threads=1, workers=WORKERS)
    try:
        server.start()
        figures = take_turns(server, key, Staff(server, name))
    finally:
        server.stop()
    tell(*figures)
    most, rows = most_in_a_minute(name, key)
    print(f'  {rows} rows stored in all', flush=True)
    say('rows that any minute has stored', most, RATE_LIMIT, 'rows')
    sys.exit(bool(MISSED))


if __name__ == '__main__':
    main()
