import http.client
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import closing, suppress
from urllib.parse import urlencode

from odoo import SUPERUSER_ID, api
from odoo.sql_db import db_connect
from odoo.tests import get_db_name
from odoo.tools import config

START_SECONDS = 240


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


class LiveCase:
    """A server of its own on the database of the tests: what it stores is really stored.

    Who uses it removes what was stored.
    """

    @classmethod
    def _command(cls, *words, host=None):
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

    @classmethod
    def _start(cls, host=None, cron_threads=0, port=None):
        """Start it, on the ``port`` of the one before or on a free one, and come back when it answers."""
        cls.port = port or cls._get_free_port()
        server = subprocess.Popen(
            cls._command(
                f'--db-filter=^{get_db_name()}$', f'--http-port={cls.port}', '--http-interface=127.0.0.1',
                f'--max-cron-threads={cron_threads}', '--workers=0', host=host,
            ),
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        cls.addClassCleanup(server.wait)
        cls.addClassCleanup(server.kill)
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and server.poll() is None:
            if cls._answers():
                return server
            time.sleep(0.2)
        raise AssertionError(
            f"The server ended by itself or did not answer within {START_SECONDS} seconds."
        )

    @classmethod
    def _answers(cls):
        try:
            cls._post('/website/form', {})
        except OSError:
            return False
        return True

    @staticmethod
    def _get_free_port():
        with socket.socket() as probe:
            probe.bind(('127.0.0.1', 0))
            return probe.getsockname()[1]

    @classmethod
    def _post(cls, path, values):
        with closing(http.client.HTTPConnection('127.0.0.1', cls.port, timeout=60)) as client:
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

    @staticmethod
    def _leave_one_cron(env, name):
        """Let no other scheduled action run, which would work on the whole database; return their ids."""
        others = env['ir.cron'].search([]) - env.ref(name)
        others.active = False
        return others.ids
