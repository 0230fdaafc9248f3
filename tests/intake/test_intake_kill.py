import json
import os
import shutil
import socket
import subprocess
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from odoo.tests import BaseCase, tagged
from odoo.tools import config

from .common_intake_live import START_SECONDS, LiveCase

PHONE = '+213559990417'
RESTART = """
cron = env.ref('ecrm.ir_cron_process_submissions')
for turn in range(2):
    cron.method_direct_trigger()
    env.cr.commit()
"""


def hang_up(end):
    """End both ways of a socket; the other side may have been faster."""
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)


class Line:
    """The line to PostgreSQL: a socket that passes everything on until it is cut."""

    def __init__(self):
        self.folder = tempfile.mkdtemp()
        self.port = int(config['db_port'] or 5432)
        self.path = f'{self.folder}/.s.PGSQL.{self.port}'
        self.ends, self.listener = [], None
        self.mend()

    def mend(self):
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(self.path)
        self.listener.listen(50)
        threading.Thread(target=self._accept, args=(self.listener,), daemon=True).start()

    def cut(self):
        self.listener.close()
        os.unlink(self.path)
        for end in self.ends:
            hang_up(end)
            end.close()
        self.ends = []

    def _accept(self, listener):
        while True:
            try:
                near, _address = listener.accept()
            except OSError:
                return
            host = config['db_host'] or '/var/run/postgresql'
            if host.startswith('/'):
                far = socket.socket(socket.AF_UNIX)
                far.connect(f'{host}/.s.PGSQL.{self.port}')
            else:
                far = socket.create_connection((host, self.port))
            self.ends += [near, far]
            for pair in ((near, far), (far, near)):
                threading.Thread(target=self._pump, args=pair, daemon=True).start()

    @staticmethod
    def _pump(source, target):
        try:
            while data := source.recv(65536):
                target.sendall(data)
        except OSError:
            return
        finally:
            hang_up(source)
            hang_up(target)


@tagged('post_install', '-at_install')
class TestIntakeKill(LiveCase, BaseCase):
    """A server of its own on the database of the tests: what it stores is really stored, and removed after."""

    def setUp(self):
        super().setUp()
        self.line = Line()
        self.addCleanup(shutil.rmtree, self.line.folder)
        self.addCleanup(self.line.cut)
        self.addCleanup(self._remove)

    def _state(self):
        def read(env):
            rows = env['ecrm.submission'].search([('phone', '=', PHONE)])
            leads = env['crm.lead'].with_context(active_test=False).search([('phone', '=', PHONE)])
            return rows.mapped('state'), rows.lead_id == leads, len(leads)

        return self._with_env(read)

    def _remove(self):
        def remove(env):
            rows = env['ecrm.submission'].search([('phone', '=', PHONE)])
            rows.lead_id.unlink()
            rows.write({'state': 'spam'})
            rows.unlink()

        self._with_env(remove)

    def test_a_server_killed_between_answer_and_processing_loses_nothing_and_a_lost_database_is_5xx(
        self,
    ):
        server = self._start(host=self.line.folder)
        self.line.cut()
        status, _body = self._post('/ecrm/intake/any-source', {})
        self.assertGreaterEqual(status, 500)
        self.line.mend()
        self.assertEqual(self._post('/ecrm/intake/any-source', {})[0], 404)

        form = {'contact_name': "Killed", 'phone': PHONE, 'description': "Hello"}
        with ThreadPoolExecutor(20) as pool:
            answers = list(
                pool.map(lambda _turn: self._post('/website/form/crm.lead', form), range(20))
            )
        server.kill()
        self.assertEqual({status for status, _body in answers}, {200})
        self.assertEqual(len({json.loads(body).get('id') for _status, body in answers}), 1, answers)
        self.assertEqual(self._state(), (['new'], True, 0))

        subprocess.run(
            self._command('shell', '--no-http'), input=RESTART.encode(), check=True, timeout=START_SECONDS,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self.assertEqual(self._state(), (['processed'], True, 1))
