"""Intake: nothing lost and nothing doubled while the server is killed (SIGKILL) again and again.

Eight clients post through the door; each keeps its post until it is accepted, under one id, as ``ecrm.js`` and every
sender of webhooks does. The server processes what it accepted by its scheduled action and is killed at random moments.
At the end the database is counted: what was accepted, what became of it, and the leads.
"""

import http.client
import os
import random
import subprocess
import sys
import threading
import time

from bench_server import MISSED, Server, query, read_options, say
from intake_http import new_source, signed_post

POSTS = int(os.environ.get('ECRM_BENCH_POSTS', '10000'))
KILLS = int(os.environ.get('ECRM_BENCH_KILLS', '20'))
CLIENTS = 8
SECONDS = int(os.environ.get('ECRM_BENCH_SECONDS', '1500'))
DRAIN = """
import time
from odoo import api, SUPERUSER_ID
while env['ecrm.submission'].search_count([('state', '=', 'new')], limit=1):
    env['ecrm.submission']._cron_process()
    env.cr.commit()
    time.sleep(0.1)
"""


class Clients:
    """Eight threads that post until every number is accepted."""

    def __init__(self, server, key, secret):
        self.server, self.key, self.secret = server, key, secret
        self.lock, self.next = threading.Lock(), 0
        self.accepted, self.retries, self.unexpected = {}, 0, []
        self.deadline = time.monotonic() + SECONDS
        self.threads = [threading.Thread(target=self._work, daemon=True) for _ in range(CLIENTS)]

    def start(self):
        for thread in self.threads:
            thread.start()

    def _take(self):
        with self.lock:
            self.next += 1
            return self.next - 1

    def _work(self):
        connection = None
        while (number := self._take()) < POSTS:
            payload = {'name': f'Killed {number}', 'phone': f'+21355{number:07}', 'message': 'x'}
            while number not in self.accepted and time.monotonic() < self.deadline:
                try:
                    connection = connection or self.server.connection()
                    status, content = self.server.post(
                        *signed_post(self.key, self.secret, number, payload), connection
                    )
                except (OSError, http.client.HTTPException):
                    connection = None
                    self.retries += 1
                    time.sleep(0.3)
                    continue
                if status in (200, 202):
                    self.accepted[number] = content
                else:
                    self.unexpected.append((status, content[:200]))
                    time.sleep(0.3)


def kill_at_random(clients, server):
    """Kill and restart the server while posts arrive, at moments spread over them."""
    moments = sorted(random.sample(range(POSTS // 50, POSTS - POSTS // 50), KILLS))
    for moment in moments:
        while len(clients.accepted) < moment and time.monotonic() < clients.deadline:
            time.sleep(0.01)
        time.sleep(random.random() / 4)
        server.kill()
        server.start()


def drain(name):
    """Let two more processes share what still waits with the server's own scheduled action."""
    command = [sys.executable, '-m', 'odoo', 'shell', '-c', os.environ['ODOO_RC'], '-d', name,
               '--no-http', '--log-level=error']  # fmt: skip
    workers = [subprocess.Popen(command, stdin=subprocess.PIPE) for _ in range(2)]
    for worker in workers:
        worker.stdin.write(DRAIN.encode())
        worker.stdin.close()
    for worker in workers:
        worker.wait()


def count(name):
    """Return what stands in the database after all."""
    rows = query(
        name,
        """
        SELECT count(*), count(DISTINCT idempotency_key), count(*) FILTER (WHERE s.state = 'processed'),
               count(DISTINCT s.lead_id), count(*) FILTER (WHERE s.is_appended)
          FROM ecrm_submission s JOIN ecrm_source o ON o.id = s.source_id AND o.public_key = 'bench'
        """,
    )
    leads = query(
        name,
        """
        SELECT count(*), count(DISTINCT phone)
          FROM crm_lead WHERE ecrm_source_id = (SELECT id FROM ecrm_source WHERE public_key = 'bench')
        """,
    )
    return (*rows[0], *leads[0])


def main():
    """Post, kill, drain and count."""
    name = read_options()['db_name']
    key, secret = new_source(name)
    server = Server(name, cron_threads=1).start()
    clients, began = Clients(server, key, secret), time.monotonic()
    try:
        clients.start()
        kill_at_random(clients, server)
        for thread in clients.threads:
            thread.join()
        posted = time.monotonic() - began
        drain(name)
    finally:
        server.stop()
    rows, keys, processed, leads_linked, appended, leads, phones = count(name)
    accepted = len(clients.accepted)
    print(
        f'{accepted} of {POSTS} accepted in {posted:.0f} s with {KILLS} kills, {clients.retries} broken tries; '
        f'all processed after {time.monotonic() - began:.0f} s; unexpected answers: {clients.unexpected[:3]}',
        flush=True,
    )
    say('submissions that were not accepted', POSTS - accepted, 0, 'posts')
    say('accepted and lost', accepted - keys, 0, 'rows')
    say('stored twice', rows - keys, 0, 'rows')
    say('accepted and not processed', rows - processed, 0, 'rows')
    say('processed twice', leads - phones + leads - leads_linked, 0, 'leads')
    say('processed without a lead of its own', rows - leads + appended, 0, 'rows')
    say('answers that were neither 200 nor 202', len(clients.unexpected), 0, 'answers')
    sys.exit(bool(MISSED))


if __name__ == '__main__':
    main()
