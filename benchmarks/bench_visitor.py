"""A person at a browser, for benchmarks over HTTP: one open connection, his cookies, a login."""

import http.client
import re
import time
from urllib.parse import urlencode


class Visitor:
    """One connection to a server of bench_server."""

    def __init__(self, server):
        self.client = http.client.HTTPConnection('127.0.0.1', server.port, timeout=60)
        self.cookie = ''
        self.content = b''

    def ask(self, method, path, body=None, kind='application/json', wanted=b''):
        """Send one request, follow redirects; return the seconds of the last answer.

        :param wanted: bytes without which the answer is not the page that was meant
        """
        headers = {'Cookie': self.cookie, 'Content-Type': kind}
        began = time.perf_counter()
        self.client.request(method, path, body, headers)
        answer = self.client.getresponse()
        self.content = answer.read()
        seconds = time.perf_counter() - began
        if session := re.search(r'session_id=[\w-]+', str(answer.getheader('Set-Cookie'))):
            self.cookie = session[0]
        if answer.status in {301, 302, 303, 308}:
            return self.ask('GET', answer.getheader('Location'), wanted=wanted)
        if answer.status != 200 or wanted not in self.content:
            raise RuntimeError(f'{method} {path}: {answer.status} {self.content[:200]}')
        return seconds

    def log_in(self, login, password):
        """Open a session as a form of the login page does."""
        self.ask('GET', '/web/login')
        token = re.search(rb'name="csrf_token"[^>]*value="([^"]+)"', self.content)[1].decode()
        form = urlencode({'login': login, 'password': password, 'csrf_token': token})
        self.ask('POST', '/web/login', form, kind='application/x-www-form-urlencoded')
