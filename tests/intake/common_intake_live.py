import http.client
import socket
import subprocess
import sys
import time
from contextlib import closing
from urllib.parse import urlencode

from odoo import SUPERUSER_ID, api
from odoo.sql_db import db_connect
from odoo.tests import get_db_name
from odoo.tools import config

START_SECONDS = 240


class LiveCase:
    """A server of its own on the database of the tests: what it stores is really stored.

    Who uses it removes what was stored.
    """

    def _command(self, *words, host=None):
        values = {
            'db_host': host or config['db_host'],
            'db_port': config['db_port'],
            'db_user': config['db_user'],
        }
        return [
            sys.executable, '-m', 'odoo', *words, '-d', get_db_name(), '--log-level=critical',
            f'--addons-path={",".join(config["addons_path"])}', f'--data-dir={config["data_dir"]}',
            *(f'--{name}={value}' for name, value in values.items() if value),
        ]  # fmt: skip

    def _start(self, host=None, cron_threads=0):
        """Start it and come back when it answers."""
        with socket.socket() as probe:
            probe.bind(('127.0.0.1', 0))
            self.port = probe.getsockname()[1]
        server = subprocess.Popen(
            self._command(
                f'--db-filter=^{get_db_name()}$', f'--http-port={self.port}', '--http-interface=127.0.0.1',
                f'--max-cron-threads={cron_threads}', '--workers=0', host=host,
            ),
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self.addCleanup(server.wait)
        self.addCleanup(server.kill)
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            self.assertIsNone(server.poll(), "The server ended by itself.")
            try:
                self._post('/website/form', {})
            except OSError:
                time.sleep(0.2)
            else:
                return server
        raise AssertionError(f"The server did not answer within {START_SECONDS} seconds.")

    def _post(self, path, values):
        with closing(http.client.HTTPConnection('127.0.0.1', self.port, timeout=60)) as client:
            client.request(
                'POST',
                path,
                urlencode(values),
                {'Content-Type': 'application/x-www-form-urlencoded'},
            )
            answer = client.getresponse()
            return answer.status, answer.read()

    @classmethod
    def _with_env(cls, work):
        """Do ``work`` in a transaction that is committed, whatever the tests' own one is."""
        with db_connect(get_db_name()).cursor() as cr:
            return work(api.Environment(cr, SUPERUSER_ID, {}))
