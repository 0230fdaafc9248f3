"""What benchmarks of a real server share: a database of their own, a process to start and kill, posts, figures."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from configparser import ConfigParser
from pathlib import Path

import psycopg2

MISSED = []
START_SECONDS = 180


def say(name, value, target, unit, at_most=True):
    """Print one figure; remember a missed target."""
    missed = value > target if at_most else value < target
    if missed:
        MISSED.append(name)
    sign = '<=' if at_most else '>='
    print(
        f'{name}: {value:.2f} {unit} ({sign} {target:g} {unit}){" MISSED" if missed else ""}',
        flush=True,
    )


def read_options():
    """Return Odoo's configuration of this checkout."""
    parser = ConfigParser(interpolation=None)
    parser.read(os.environ['ODOO_RC'])
    return parser['options']


def connect(name):
    """Return a connection that commits each statement."""
    options = read_options()
    connection = psycopg2.connect(
        dbname=name,
        host=options['db_host'],
        port=options['db_port'],
        user=options['db_user'],
        password=options.get('db_password'),
    )
    connection.autocommit = True
    return connection


def query(name, statement, *values):
    """Return the rows of one statement."""
    connection = connect(name)
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


def copy_database(source, name):
    """Make ``name`` a copy of the database ``source``; its files stay where they are."""
    query('postgres', f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    query('postgres', f'CREATE DATABASE "{name}" TEMPLATE "{source}"')
    return name


def drop_database(name):
    """Forget a copy."""
    query('postgres', f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def free_port():
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


class Server:
    """An Odoo server on one database.

    Without ``workers`` it is one process with threads, which a SIGKILL ends whole; with them it is what a shop runs:
    that many processes behind one port.
    """

    def __init__(self, name, cron_threads=0, log_level='error', addons_path=None, workers=0):
        self.name, self.cron_threads, self.port = name, cron_threads, free_port()
        self.log_level, self.addons_path, self.workers = log_level, addons_path, workers
        self.log = Path(os.environ['ODOO_RC']).with_name(f'{name}.bench.log')
        self.process = None

    def start(self):
        """Start it and come back when it answers."""
        command = [
            sys.executable, '-m', 'odoo', '-c', os.environ['ODOO_RC'], '-d', self.name,
            f'--db-filter=^{self.name}$', f'--http-port={self.port}',
            f'--max-cron-threads={self.cron_threads}', f'--log-level={self.log_level}',
            f'--workers={self.workers}',
        ]  # fmt: skip
        if self.workers:
            command.append(f'--gevent-port={free_port()}')
        if self.addons_path:
            command.append(f'--addons-path={self.addons_path}')
        with self.log.open('ab') as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log)
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            if self._answers():
                return self
            time.sleep(0.1)
        raise RuntimeError(f'The server of {self.name} does not answer: see {self.log}')

    def _answers(self):
        try:
            self.post('/website/form', b'', {'Content-Type': 'text/plain'})
        except OSError:
            return False
        return True

    def connection(self):
        """Return a new connection to it."""
        return http.client.HTTPConnection('127.0.0.1', self.port, timeout=60)

    def post(self, path, body, headers, connection=None):
        """Post once; return the status and the body of the answer."""
        client = connection or self.connection()
        client.request('POST', path, body, headers)
        answer = client.getresponse()
        content = answer.read()
        if connection is None:
            client.close()
        return answer.status, content

    def kill(self):
        """End it as a power cut does."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        """End it politely."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.kill()
