"""Pictures of the main pages, made by Chromium over its DevTools protocol.

    python devtools/shot.py http://127.0.0.1:8069 OUTPUT_FOLDER [--only part-of-a-name]

A page is photographed when it says that it is ready: fonts and pictures loaded, no spinner or skeleton
left, and the height of the page still. Exits non-zero when a page answers with an error.
"""

import argparse
import base64
import itertools
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import websocket
from shots import PAGES

BROWSERS = ('chromium', 'google-chrome', 'chromium-browser', 'google-chrome-stable')
HEIGHTS = {390: 844, 1300: 900}
TALLEST = 4200  # pixels of a long page that are kept

# Says what the page still waits for, or '' when it can be photographed
READY = """(() => {
    if (document.readyState !== 'complete') return 'loading';
    if (document.fonts && document.fonts.status !== 'loaded') return 'fonts';
    const shown = (el) => el.getClientRects().length > 0 && getComputedStyle(el).visibility !== 'hidden';
    for (const el of document.querySelectorAll('.placeholder-glow, .o_loading_indicator, .o_spinner, .o_blockUI, .fa-spin')) {
        if (shown(el)) return el.className;
    }
    if (document.querySelector('.o_web_client') && !document.querySelector('.o_action, .o_home_menu')) return 'web client';
    if (document.querySelector('.s_dynamic.o_dynamic_snippet_loading')) return 'snippet';
    for (const img of document.images) { if (shown(img) && !img.complete && img.loading !== 'lazy') return 'picture ' + img.src; }
    return '';
})()"""
# Lazy pictures come only when they are near: ask for all of them, and stop what moves
SETTLE = """(() => {
    for (const img of document.querySelectorAll('img[loading=lazy]')) img.loading = 'eager';
    const style = document.createElement('style');
    style.textContent = '*, *::before, *::after { animation: none !important; transition: none !important; caret-color: transparent !important; }'
        + ' #oe_neutralize_banner { display: none !important; }';
    document.head.append(style);
})()"""
SIGN_IN = """(async (login, lang) => {
    const token = document.querySelector('input[name=csrf_token]').value;
    await fetch('/web/login', {method: 'POST', redirect: 'manual', body: new URLSearchParams({csrf_token: token, login, password: login})});
    const call = async (route, params) => (await (await fetch(route, {method: 'POST', headers: {'Content-Type': 'application/json'},
        body: JSON.stringify({jsonrpc: '2.0', method: 'call', params})})).json());
    const session = await call('/web/session/get_session_info', {});
    if (!session.result || !session.result.uid) return 'no session';
    if (session.result.is_internal_user && session.result.user_context.lang !== lang) {
        await call('/web/dataset/call_kw/res.users/write', {model: 'res.users', method: 'write', args: [[session.result.uid], {lang}], kwargs: {}});
        return 'again';
    }
    return 'in';
})(%s, %s)"""
TALL = "Math.max(document.documentElement.scrollHeight, (document.querySelector('#wrapwrap') || document.body).scrollHeight)"


class Page:
    """One tab of a headless browser."""

    def __init__(self, port):
        with urllib.request.urlopen(f'http://127.0.0.1:{port}/json/list', timeout=10) as answer:
            target = next(t for t in json.load(answer) if t['type'] == 'page')
        self.socket = websocket.create_connection(
            target['webSocketDebuggerUrl'], timeout=90, suppress_origin=True
        )
        self.count = itertools.count(1)
        self.status = 0
        for domain in ('Page', 'Runtime', 'Network'):
            self.send(f'{domain}.enable')

    def send(self, method, **params):
        """Run a command of the protocol and give its result."""
        number = next(self.count)
        self.socket.send(json.dumps({'id': number, 'method': method, 'params': params}))
        while True:
            message = json.loads(self.socket.recv())
            if message.get('id') == number:
                if 'error' in message:
                    raise RuntimeError(f"{method}: {message['error']['message']}")
                return message['result']
            if message.get('method') == 'Network.responseReceived':
                answer = message['params']
                if answer['type'] == 'Document':
                    self.status = answer['response']['status']

    def run(self, script):
        """Give the value of a JavaScript expression."""
        result = self.send(
            'Runtime.evaluate', expression=script, returnByValue=True, awaitPromise=True
        )
        return result['result'].get('value')

    def go(self, url, width):
        self.size(width, HEIGHTS.get(width, 900))
        self.status = 0
        self.send('Page.navigate', url=url)
        time.sleep(0.4)

    def size(self, width, height):
        phone = width < 600
        self.send(
            'Emulation.setDeviceMetricsOverride',
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=phone,
        )
        self.send('Emulation.setTouchEmulationEnabled', enabled=phone)

    def wait(self, patience=25):
        """Wait until the page is ready and has been so for a moment; give what was still awaited."""
        end, calm, settled, missing = time.monotonic() + patience, 0, False, 'nothing'
        while time.monotonic() < end:
            try:
                missing = self.run(READY)
            except RuntimeError:
                missing = 'navigation'
            if not missing and not settled:
                self.run(SETTLE)
                settled, missing = True, 'settling'
            calm = calm + 1 if not missing else 0
            if calm >= 3:
                return ''
            time.sleep(0.25)
        return missing

    def picture(self, path, width, whole):
        height = HEIGHTS.get(width, 900)
        if whole:
            height = min(max(self.run(TALL) or height, height), TALLEST)
            self.size(width, height)
            time.sleep(0.5)
            self.wait(10)
        data = self.send('Page.captureScreenshot', format='png')['data']
        path.write_bytes(base64.b64decode(data))


def browser(profile):
    """Start a headless browser; give the process and its port."""
    binary = next(filter(None, map(shutil.which, BROWSERS)), None)
    if not binary:
        sys.exit("No Chromium here: install it, or run ./dev setup.")
    process = subprocess.Popen(
        [
            binary, '--headless=new', '--remote-debugging-port=0', f'--user-data-dir={profile}', '--no-first-run',
            '--disable-gpu', '--hide-scrollbars', '--disable-extensions', '--force-color-profile=srgb',
            *(['--no-sandbox'] if os.geteuid() == 0 else []), 'about:blank',
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    port = Path(profile, 'DevToolsActivePort')
    for _try in range(120):
        if port.exists() and port.read_text().strip():
            return process, int(port.read_text().split()[0])
        time.sleep(0.25)
    process.kill()
    sys.exit("Chromium did not start.")


def sign_in(page, base, login, lang):
    """Open a session for `login` (None: a visitor) in a language; passwords are the logins."""
    for _attempt in range(4):  # a session keeps the language that its user had when it was opened
        page.send('Network.clearBrowserCookies')
        page.send(
            'Network.setExtraHTTPHeaders', headers={'Accept-Language': lang.replace('_', '-')}
        )
        page.send('Network.setCookie', name='frontend_lang', value=lang, url=base)
        if not login:
            return
        page.go(f'{base}/web/login', 1300)
        page.wait()
        answer = page.run(SIGN_IN % (json.dumps(login), json.dumps(lang)))
        if answer == 'in':
            return
    raise RuntimeError(f"{login} could not sign in: {answer}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('base')
    parser.add_argument('out', type=Path)
    parser.add_argument('--only', default='')
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    base, problems, signed = options.base.rstrip('/'), [], None
    with tempfile.TemporaryDirectory(prefix='ecrm-shot-', ignore_cleanup_errors=True) as profile:
        process, port = browser(profile)
        try:
            page = Page(port)
            for shot in (s for s in PAGES if options.only in s.name):
                if signed != (shot.login, shot.lang):
                    sign_in(page, base, shot.login, shot.lang)
                    signed = (shot.login, shot.lang)
                page.go(base + shot.url, shot.width)
                missing = page.wait()
                if shot.script:
                    page.run(shot.script)
                    time.sleep(1.5)
                    missing = missing or page.wait()
                page.picture(options.out / f'{shot.name}.png', shot.width, shot.whole)
                bad = missing or (page.status not in range(200, 400) and f'status {page.status}')
                print(f"{'✗' if bad else '·'} {shot.name}{': ' + bad if bad else ''}", flush=True)
                if bad:
                    problems.append(shot.name)
        finally:
            process.terminate()
            process.wait(20)
    return bool(problems)


if __name__ == '__main__':
    sys.exit(main())
