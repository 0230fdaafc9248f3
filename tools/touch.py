"""First and last touch: where a visitor came from, in a cookie small enough to keep."""

import base64
import json
from urllib.parse import urlsplit

from .payload import scrub

PARAMETERS = (
    'utm_source',
    'utm_medium',
    'utm_campaign',
    'utm_content',
    'utm_term',
    'gclid',
    'fbclid',
    'ctwa_clid',
)
MAX_VALUE = 120
MAX_COOKIE = 2600


def read_touch(params, referrer: str, page: str, host: str) -> dict:
    """Return what one request says about where the visitor came from.

    :param params: query parameters by name.
    :param referrer: the Referer header.
    :param page: path of the page.
    :param host: our own host: a click within the site is no arrival.
    :return: dict with the parameters present, ``referrer`` (scheme, host and path, without its
        query) and ``landing_page``; empty when the visitor just moves within the site.
    """
    touch = {
        name: str(params[name])[:MAX_VALUE]
        for name in PARAMETERS
        if isinstance(params.get(name), str) and params[name].strip()
    }
    try:
        parts = urlsplit(referrer or '')
    except ValueError:
        parts = urlsplit('')
    if parts.netloc and parts.netloc != host:
        touch['referrer'] = f'{parts.scheme}://{parts.netloc}{parts.path}'[:MAX_VALUE]
    if touch:
        touch['landing_page'] = page[:MAX_VALUE]
    return touch


def pack(first: dict, last: dict) -> str:
    """Return both touches as the text of a cookie, ``''`` when they do not fit."""
    data = {'first': first}
    if last and last != first:
        data['last'] = last
    text = json.dumps(data, separators=(',', ':'))
    cookie = base64.urlsafe_b64encode(text.encode()).decode().rstrip('=')
    return cookie if len(cookie) <= MAX_COOKIE else ''


def unpack(cookie) -> dict:
    """Return ``{'first': {...}, 'last': {...}}`` from a cookie; anything wrong is empty.

    The cookie comes from the visitor: only known names with short texts are read.
    """
    if not cookie or len(cookie) > MAX_COOKIE:
        return {}
    try:
        data = json.loads(base64.urlsafe_b64decode(cookie + '==='))
    except (ValueError, RecursionError):
        return {}
    return clean(data)


def clean(data) -> dict:
    """Return touches with known names and short texts only."""
    if not isinstance(data, dict):
        return {}
    known = {*PARAMETERS, 'referrer', 'landing_page'}
    return {
        name: {
            key: scrub(value)[:MAX_VALUE]
            for key, value in data[name].items()
            if key in known and isinstance(value, str)
        }
        for name in ('first', 'last')
        if isinstance(data.get(name), dict)
    }
