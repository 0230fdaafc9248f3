"""What the doors answer in a flood: who was told to wait a moment ago is told again, and no database is asked.

Ten thousand posts a minute would otherwise open as many transactions, and the people who work would wait behind them.
"""

import time
from functools import wraps

from odoo.http import Request, Response, root

REMEMBERED_SECONDS = 1
MAX_REMEMBERED = 10000

_refused = {}


def remember(request, refusal, whose):
    """Answer like ``refusal`` for a second: one address, or whoever posts here when ``whose`` is ``source``."""
    if len(_refused) >= MAX_REMEMBERED:
        _refused.clear()
    until = time.monotonic() + REMEMBERED_SECONDS
    headers = [pair for pair in refusal.headers.items() if pair[0] != 'Content-Length']
    _refused[_key(request, whose)] = (until, refusal.get_data(), refusal.status_code, headers)


def forget():
    """Ask the database again from now on."""
    _refused.clear()


def _key(request, whose):
    http_request = request.httprequest
    address = '' if whose == 'source' else http_request.remote_addr
    return request.db, http_request.path, http_request.headers.get('Origin'), address


def _recall(request):
    """Return the answer that is still good, or ``None``."""
    if not _refused or request.httprequest.method != 'POST':
        return None
    for whose in ('address', 'source'):
        until, body, status, headers = _refused.get(_key(request, whose), (0, b'', 0, []))
        if time.monotonic() < until:
            answer = Response(body, status=status, headers=headers)
            root.set_csp(answer)
            return answer
    return None


def tell_a_flood_to_wait(serve_db):
    """Return Odoo's own way of serving, but for what was refused a moment ago."""

    @wraps(serve_db)
    def serve(self):
        return _recall(self) or serve_db(self)

    return serve


Request._serve_db = tell_a_flood_to_wait(Request._serve_db)
