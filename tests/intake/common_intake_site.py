import http.client
import json
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from odoo.tests.common import TEST_CURSOR_COOKIE_NAME

CLIENT = Path(__file__).parents[2] / 'static/src/intake/client'


class Way(BaseHTTPRequestHandler):
    """The way to the shop: it can be down for some requests, or answer in the shop's place."""

    case = None
    port = 0
    down_for = 0
    mode = 'up'

    def _pass(self):
        if self.down_for:
            type(self).down_for -= 1
            self._hang_up()
        elif self.mode in {'strange', 'aged'} and self.command == 'POST':
            status = 404 if self.mode == 'strange' else 401
            type(self).mode = 'up'
            self._answer(status, [('Access-Control-Allow-Origin', '*')], b'')
        else:
            self._answer(*self._ask_shop())

    do_GET = do_POST = do_OPTIONS = _pass

    def _hang_up(self):
        self.connection.shutdown(socket.SHUT_RDWR)

    def _ask_shop(self):
        """Return status, headers and body of the shop's answer."""
        length = int(self.headers.get('Content-Length') or 0)
        body = self.rfile.read(length) if length else None
        headers = {
            name: value
            for name, value in self.headers.items()
            if name.lower() not in ('host', 'cookie', 'connection')
        }
        # A server of its own has another key, or none: it reads no test's transaction
        headers['Cookie'] = f'{TEST_CURSOR_COOKIE_NAME}={self.case.http_request_key}'
        shop = http.client.HTTPConnection('127.0.0.1', self.port, timeout=20)
        shop.request(self.command, self.path, body, headers)
        answer = shop.getresponse()
        return answer.status, answer.getheaders(), answer.read()

    def _answer(self, status, headers, content):
        self.send_response(status)
        for name, value in headers:
            if name.lower() not in ('content-length', 'transfer-encoding', 'connection'):
                self.send_header(name, value)
        self.send_header('Content-Length', str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_args):
        """Say nothing."""


class Site(BaseHTTPRequestHandler):
    """Another site, on another port, with the example page."""

    page = b''

    def do_GET(self):
        self.send_response(200)
        self.send_header('Content-Type', 'text/html; charset=utf-8')
        self.send_header('Content-Length', str(len(self.page)))
        self.end_headers()
        self.wfile.write(self.page)

    def log_message(self, *_args):
        """Say nothing."""


class SiteCase:
    """The example page of another site, in a browser, and the way from there to the shop."""

    def _open_site(self, way, port, key):
        """Serve the page, with the shop at ``port`` behind ``way`` and its source's ``key``."""
        self.way = type('ThisWay', (way,), {'case': self, 'port': port})
        self.site = type('ThisSite', (Site,), {})
        self.way_url, self.site_url = self._serve(self.way), self._serve(self.site)
        page = (CLIENT / 'example.html').read_text(encoding='utf-8')
        page = page.replace('https://shop.example.com', self.way_url)
        self.site.page = page.replace('KEY', key).encode()

    def _serve(self, handler):
        server = ThreadingHTTPServer(('127.0.0.1', 0), handler)
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        return f'http://127.0.0.1:{server.server_port}'

    def _fill_in(self, until, when='sent', name="Amina", phone="0551 23 45 67"):
        """Fill in the example's form; ``until`` is JavaScript that ends the test ``when`` it is sent, kept or refused."""
        code = """
            const form = document.querySelector("form");
            form.querySelector("[name=name]").value = %s;
            form.querySelector("[name=phone]").value = %s;
            if ("%s" !== "refused") {
                form.addEventListener("ecrm:refused", (ev) => console.error(JSON.stringify(ev.detail)));
            }
            form.addEventListener("ecrm:%s", async () => { %s });
            form.requestSubmit();
        """
        self.browser_js(
            f'{self.site_url}/?utm_source=facebook',
            code % (json.dumps(name), json.dumps(phone), when, when, until),
            ready='!!(window.ecrm && document.querySelector("form").ecrm)',
            error_checker=lambda message: 'Failed to load resource' not in message,
        )
