"""Read what strangers send: strictly, within bounds, and without losing a word of it.

Errors are :class:`PayloadError`: a code and the values a sentence needs, no sentence.
"""

import hashlib
import json
import re
from dataclasses import dataclass

MAX_DEPTH = 12
MAX_KEYS = 400
MAX_KEY_LENGTH = 128
MAX_NUMBER_LENGTH = 40
BUCKET_SECONDS = 600
"""Two equal posts without a key of their own within this time are one."""

_SURROGATES = re.compile('[\ud800-\udfff]')
_CONTROLS = re.compile(r'[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]')
# They turn what stands behind them on a page; marks of direction, which Arabic needs, do not
_TURNS = re.compile('[\u202a-\u202e\u2066-\u2069]')
_LINKS = re.compile(r'[/\\@<>]|\w\.\w{2}|www\.', re.IGNORECASE)
_SPACES = re.compile(r'\s+')
_EMAIL = re.compile(
    r"^[^\s@<>,;:\"'()\[\]\\]+@[^\s@<>,;:\"'()\[\]\\]+\.[^\s@<>,;:\"'()\[\]\\.]{2,}$"
)


class PayloadError(ValueError):
    """The body cannot be taken. ``code`` is one of ``encoding``, ``json``, ``number``,
    ``depth``, ``keys``, ``key_length``, ``object``; ``values`` names the bound."""

    def __init__(self, code, **values):
        super().__init__(code)
        self.code = code
        self.values = values


@dataclass(frozen=True)
class Fields:
    """Known values by name, and the names nobody asked for."""

    values: dict
    ignored: tuple[str, ...]


def scrub(value):
    """Return ``value`` without NUL characters and lone surrogates, at any depth.

    Both crash the database driver; a NUL is dropped, half a surrogate pair becomes U+FFFD.
    """
    if isinstance(value, str):
        return _SURROGATES.sub('\ufffd', value.replace('\x00', ''))
    if isinstance(value, dict):
        return {scrub(str(key)): scrub(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [scrub(item) for item in value]
    return value


def parse_json(body: bytes) -> dict:
    """Return the JSON object in ``body``, scrubbed.

    :param body: raw request body.
    :raise PayloadError: not UTF-8, not JSON, NaN or infinite, too deep, too many or too long
        keys, or no object at the top.
    """
    try:
        text = body.decode('utf-8-sig')
    except UnicodeDecodeError as error:
        raise PayloadError('encoding') from error
    if _depth(text) > MAX_DEPTH:
        raise PayloadError('depth', limit=MAX_DEPTH)
    try:
        data = json.loads(
            text,
            parse_constant=_refuse_number,
            parse_float=_finite,
            parse_int=_bounded_int,
        )
    except PayloadError:
        raise
    except (ValueError, RecursionError) as error:
        raise PayloadError('json') from error
    if not isinstance(data, dict):
        raise PayloadError('object')
    check_bounds(data)
    return scrub(data)


def check_bounds(data) -> None:
    """Refuse more keys or longer keys than a form can have.

    :raise PayloadError: ``keys`` or ``key_length``.
    """
    count, stack = 0, [data]
    while stack:
        node = stack.pop()
        children = node.values() if isinstance(node, dict) else node
        count += len(node)
        if count > MAX_KEYS:
            raise PayloadError('keys', limit=MAX_KEYS)
        if isinstance(node, dict) and any(len(str(key)) > MAX_KEY_LENGTH for key in node):
            raise PayloadError('key_length', limit=MAX_KEY_LENGTH)
        stack.extend(child for child in children if isinstance(child, (dict, list)))


def _depth(text: str) -> int:
    """Return how deep the brackets of a JSON text nest, without recursion."""
    depth = deepest = 0
    in_string = escaped = False
    for char in text:
        if in_string:
            if escaped:
                escaped = False
            elif char == '\\':
                escaped = True
            elif char == '"':
                in_string = False
        elif char == '"':
            in_string = True
        elif char in '[{':
            depth += 1
            deepest = max(deepest, depth)
        elif char in ']}':
            depth -= 1
    return deepest


def _refuse_number(text):
    raise PayloadError('number', value=text[:MAX_NUMBER_LENGTH])


def _finite(text):
    if len(text) > MAX_NUMBER_LENGTH or abs(number := float(text)) == float('inf'):
        _refuse_number(text)
    return number


def _bounded_int(text):
    if len(text) > MAX_NUMBER_LENGTH:
        _refuse_number(text)
    return int(text)


def canonical(payload) -> str:
    """Return the one JSON text of ``payload``, whatever the order of its keys."""
    return json.dumps(payload, sort_keys=True, ensure_ascii=True, separators=(',', ':'))


def digest(payload) -> str:
    """Return the SHA-256 of the payload's canonical text, in hexadecimal."""
    return hashlib.sha256(canonical(payload).encode()).hexdigest()


def idempotency_key(kind: str, payload: dict, timestamp: float, explicit: str = '') -> str:
    """Return the key under which a submission is stored once.

    In this order: the caller's own key, the sender's ``submission_id``, Meta's ``leadgen_id``,
    WhatsApp's message id, WooCommerce's topic, id and date of change (its Delivery-ID is not
    unique), else the content within a bucket of ten minutes.

    :param kind: kind of the submission, part of the key made from content.
    :param payload: scrubbed payload.
    :param timestamp: seconds since the epoch, given by the caller who owns the clock.
    :param explicit: key of the caller's own, such as a signed header: no sender writes one like it.
    """
    if explicit := clean_line(explicit, 200):
        return f'key:{explicit}'
    for name, prefix in (('submission_id', 'id'), ('leadgen_id', 'meta'), ('wamid', 'wa')):
        if value := clean_line(payload.get(name), 200):
            return f'{prefix}:{value}'
    topic, modified = payload.get('topic'), payload.get('date_modified_gmt')
    if topic and payload.get('id') and modified:
        return f"woo:{clean_line(topic, 60)}:{clean_line(payload['id'], 40)}:{clean_line(modified, 40)}"
    bucket = int(timestamp // BUCKET_SECONDS)
    return f'sha:{digest({"kind": kind, "payload": payload})}:{bucket}'


def clean_line(value, limit: int = 256) -> str:
    """Return a scalar as one line of at most ``limit`` characters, ``''`` for anything else."""
    if value is None or isinstance(value, (bool, dict, list, tuple)):
        return ''
    text = _TURNS.sub('', _CONTROLS.sub('', scrub(str(value))))
    return _SPACES.sub(' ', text).strip()[:limit].strip()


def clean_text(value, limit: int = 20000) -> str:
    """Return a scalar as text with its line breaks, at most ``limit`` characters."""
    if value is None or isinstance(value, (bool, dict, list, tuple)):
        return ''
    text = scrub(str(value)).replace('\r\n', '\n').replace('\r', '\n')
    return _CONTROLS.sub('', text).strip()[:limit]


def clean_email(value) -> str:
    """Return one plain address in lower case, ``''`` when it is not exactly one.

    A line break or a second address is how a form is made to send mail to strangers: such a
    value is dropped whole, never repaired.
    """
    text = scrub(str(value)).strip() if isinstance(value, str) else ''
    if len(text) > 254 or not _EMAIL.match(text) or not text.isprintable():
        return ''
    return text.lower()


def pick(payload: dict, known, field_map=None) -> Fields:
    """Split a payload into what the shop knows and what it does not.

    :param payload: scrubbed payload.
    :param known: iterable of field names the shop reads.
    :param field_map: the source's own names to ours, e.g. ``{'your-name': 'name'}``.
    :return: :class:`Fields`; the first name that carries a value wins.
    """
    known, field_map = set(known), field_map or {}
    values, ignored = {}, []
    for key, value in payload.items():
        name = field_map.get(key, key)
        if name not in known:
            ignored.append(key)
        elif value not in (None, '') and name not in values:
            values[name] = value
    return Fields(values, tuple(ignored))


def greeting(name, limit: int = 60) -> str:
    """Return a name to greet somebody by, ``''`` for what reads like an address or an advertisement.

    A form takes anybody's e-mail address: what is written in the name must not travel there as a letter of ours.
    """
    text = clean_line(name, limit + 1)
    return '' if len(text) > limit or _LINKS.search(text) else text
