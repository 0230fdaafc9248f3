import gzip
import http.client
import json
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from odoo.tests import HttpCase, tagged
from odoo.tests.common import TEST_CURSOR_COOKIE_NAME

from .common_intake import IntakeCommon

CLIENT = Path(__file__).parents[2] / 'static/src/intake/client'
MAX_BYTES = 8192


class Way(BaseHTTPRequestHandler):
    """The way to the shop: it can be down, or break after the shop has stored the post."""

    target = ('127.0.0.1', 0)
    case = None
    mode = 'up'
    posts = 0

    def _pass(self):
        if self.mode == 'down':
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        if self.mode in {'strange', 'aged'} and self.command == 'POST':
            status = 404 if self.mode == 'strange' else 401
            type(self).mode = 'up'
            self.send_response(status)
            self.send_header('Access-Control-Allow-Origin', '*')
            self.send_header('Content-Length', '0')
            self.end_headers()
            return
        length = int(self.headers.get('Content-Length') or 0)
        body = self.rfile.read(length) if length else None
        headers = {
            name: value
            for name, value in self.headers.items()
            if name.lower() not in ('host', 'cookie', 'connection')
        }
        cookie = f'{TEST_CURSOR_COOKIE_NAME}={self.case.http_request_key}'
        shop = http.client.HTTPConnection(*self.target, timeout=20)
        shop.request(self.command, self.path, body, {**headers, 'Cookie': cookie})
        answer = shop.getresponse()
        content = answer.read()
        if self.command == 'POST':
            type(self).posts += 1
            if self.mode == 'breaks':
                type(self).mode = 'up'
                self.connection.shutdown(socket.SHUT_RDWR)
                return
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in ('content-length', 'transfer-encoding', 'connection'):
                self.send_header(name, value)
        self.send_header('Content-Length', str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_OPTIONS = _pass

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


@tagged('post_install', '-at_install')
class TestIntakeClient(IntakeCommon, HttpCase):
    def setUp(self):
        super().setUp()
        self.way = type(
            'ThisWay', (Way,), {'target': ('127.0.0.1', self.http_port()), 'case': self}
        )
        self.site = type('ThisSite', (Site,), {})
        self.way_url, self.site_url = self._serve(self.way), self._serve(self.site)
        self.browser.allowed_origins = self.site_url
        page = (CLIENT / 'example.html').read_text(encoding='utf-8')
        page = page.replace('https://shop.example.com', self.way_url)
        self.site.page = page.replace('KEY', self.browser.public_key).encode()

    def _serve(self, handler):
        server = ThreadingHTTPServer(('127.0.0.1', 0), handler)
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        return f'http://127.0.0.1:{server.server_port}'

    def _fill_in(self, until, when='sent', name="Amina"):
        """Fill in the example's form; ``until`` is JavaScript that ends the test ``when`` it is sent, kept or refused."""
        code = """
            const form = document.querySelector("form");
            form.querySelector("[name=name]").value = %s;
            form.querySelector("[name=phone]").value = "0551 23 45 67";
            if ("%s" !== "refused") {
                form.addEventListener("ecrm:refused", (ev) => console.error(JSON.stringify(ev.detail)));
            }
            form.addEventListener("ecrm:%s", async () => { %s });
            form.requestSubmit();
        """
        self.browser_js(
            f'{self.site_url}/?utm_source=facebook',
            code % (json.dumps(name), when, when, until),
            ready='!!(window.ecrm && document.querySelector("form").ecrm)',
            error_checker=lambda message: 'Failed to load resource' not in message,
        )

    def _rows(self):
        return self.env['ecrm.submission'].search([('source_id', '=', self.browser.id)])

    def test_the_file_is_small(self):
        size = len(gzip.compress((CLIENT / 'ecrm.js').read_bytes(), 9))
        self.assertLess(size, MAX_BYTES)

    def test_a_form_of_another_site_arrives(self):
        self._fill_in('if (!ecrm.kept().length) console.log("test successful");')
        row = self._rows()
        self.assertEqual((row.kind, row.phone), ('callback', '+213551234567'))
        self.assertEqual(row.touches['first']['utm_source'], 'facebook')
        self.assertEqual(row.lang, 'fr')

    def test_an_answer_that_is_lost_makes_one_row(self):
        self.way.mode = 'breaks'
        self._fill_in('if (!ecrm.kept().length) console.log("test successful");')
        self.assertEqual(self.way.posts, 2)
        self.assertEqual(len(self._rows()), 1)

    def test_a_proxys_404_is_no_refusal_of_the_shop(self):
        self.way.mode = 'strange'
        self._fill_in('if (!ecrm.kept().length) console.log("test successful");')
        self.assertEqual((self.way.mode, len(self._rows())), ('up', 1))

    def _go_down(self, seconds):
        """Close the way to the shop for a time, with the script already in the browser."""
        self.way.mode = 'down'
        client = (CLIENT / 'ecrm.js').read_bytes()
        self.site.page = self.site.page.replace(
            b'<h1>', b'<script>' + client.replace(b'</script>', b'') + b'</script><h1>'
        )
        timer = threading.Timer(seconds, lambda: setattr(self.way, 'mode', 'up'))
        timer.start()
        self.addCleanup(timer.cancel)

    def test_a_shop_that_is_down_gets_the_form_when_it_is_back(self):
        self._go_down(4)
        self._fill_in('if (!ecrm.kept().length) console.log("test successful");')
        self.assertEqual(len(self._rows()), 1)

    def test_a_page_that_is_left_while_the_shop_is_down_sends_at_the_next_visit(self):
        self._go_down(6)
        # What the next visit finds: a form that is kept, until it is sent
        self.site.page += b"""
            <script>
                if (ecrm.kept().length) {
                    setInterval(() => {
                        if (!ecrm.kept().length && document.title !== "sent") {
                            document.title = "sent";
                            console.log("test successful");
                        }
                    }, 100);
                }
            </script>
        """
        self._fill_in('location.reload();', when='kept')
        self.assertEqual(len(self._rows()), 1)

    def test_what_is_refused_after_a_wait_comes_back_into_the_form(self):
        self.browser.max_kilobytes = 1
        self._go_down(4)
        self._fill_in(
            'if (form.querySelector("[name=name]").value.length === 2000 && !ecrm.kept().length)'
            ' console.log("test successful");',
            when='refused',
            name="A" * 2000,
        )
        self.assertFalse(self._rows())

    def test_a_page_asks_for_another_token_when_the_shop_no_longer_takes_its_own(self):
        self.way.mode = 'aged'
        self._fill_in('if (!ecrm.kept().length) console.log("test successful");')
        self.assertEqual((self.way.mode, len(self._rows())), ('up', 1))

    def test_the_file_asks_for_nothing_but_the_shop(self):
        script = (CLIENT / 'ecrm.js').read_text(encoding='utf-8')
        code = script.split('*/', 1)[1]
        for word in ('import ', 'require(', 'importScripts', 'eval(', 'http://', 'https://'):
            self.assertNotIn(word, code)
