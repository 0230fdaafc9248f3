"""Verify signed posts over the raw body, against several live secrets, in constant time.

Three profiles: ``standard`` (https://www.standardwebhooks.com), ``hub`` (Meta and GitHub,
``X-Hub-Signature-256``) and ``base64`` (WooCommerce). A secret that is being rotated stands
beside its successor: any of them may sign.
"""

import base64
import binascii
import hashlib
import hmac
import re

TOLERANCE = 300
"""Seconds a signed timestamp may differ from now: the replay window."""

HEADERS = {
    'standard': ('webhook-id', 'webhook-timestamp', 'webhook-signature'),
    'hub': ('x-hub-signature-256',),
    'base64': ('x-wc-webhook-signature',),
}

_TOPIC = re.compile(r'(?:coupon|customer|order|product)\.(?:created|updated|deleted|restored)')


class SignatureError(ValueError):
    """``code``: ``missing``, ``malformed``, ``stale``, ``mismatch``, ``secret``, ``profile``."""

    def __init__(self, code, **values):
        super().__init__(code)
        self.code = code
        self.values = values


def verify(profile: str, secrets, headers, body: bytes, now: float) -> int:
    """Check a post's signature.

    :param profile: key of :data:`HEADERS`.
    :param secrets: live secrets, newest first.
    :param headers: mapping of request headers, read by lower-case name.
    :param body: raw body, exactly as it came.
    :param now: seconds since the epoch.
    :return: position of the secret that signed.
    :raise SignatureError: what is wrong; never which secret was near.
    """
    if profile not in HEADERS:
        raise SignatureError('profile', profile=profile)
    given = {str(key).lower(): value for key, value in headers.items()}
    values = [given.get(name, '') for name in HEADERS[profile]]
    if not all(values):
        raise SignatureError('missing', headers=HEADERS[profile])
    if profile == 'standard':
        _check_timestamp(values[1], now)
        return _match(
            [sign_standard(secret, values[0], values[1], body) for secret in secrets],
            values[2].split(),
        )
    sign = sign_hub if profile == 'hub' else sign_base64
    return _match([sign(secret, body) for secret in secrets], [values[0].strip()])


def message_key(profile: str, headers) -> str:
    """Return the key of a verified message, ``''`` for none.

    Only Standard Webhooks signs its id. Where a header is not signed, whoever heard a post once would
    send it again under another id.
    """
    return headers.get('webhook-id', '') if profile == 'standard' else ''


def message_topic(profile: str, headers) -> str:
    """Return what a WooCommerce message is about, such as ``order.updated``: its body does not say."""
    topic = headers.get('x-wc-webhook-topic', '') if profile == 'base64' else ''
    return topic if _TOPIC.fullmatch(topic) else ''


def sign_standard(secret: str, message_id: str, timestamp: str, body: bytes) -> str:
    """Return the ``v1,`` signature of Standard Webhooks.

    :raise SignatureError: ``secret`` when it is not base64, with or without ``whsec_``.
    """
    try:
        key = base64.b64decode(secret.removeprefix('whsec_'), validate=True)
    except (binascii.Error, ValueError) as error:
        raise SignatureError('secret') from error
    signed = f'{message_id}.{timestamp}.'.encode() + body
    return 'v1,' + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()


def sign_hub(secret: str, body: bytes) -> str:
    """Return ``sha256=`` and the hexadecimal HMAC, as Meta and GitHub send it."""
    return 'sha256=' + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def sign_base64(secret: str, body: bytes) -> str:
    """Return the base64 HMAC, as WooCommerce sends it."""
    return base64.b64encode(hmac.digest(secret.encode(), body, hashlib.sha256)).decode()


def _check_timestamp(text: str, now: float) -> None:
    if not (text.isascii() and text.isdigit() and len(text) <= 12):
        raise SignatureError('malformed')
    if abs(now - int(text)) > TOLERANCE:
        raise SignatureError('stale', tolerance=TOLERANCE)


def _match(expected: list[str], given: list[str]) -> int:
    """Compare every pair without leaving early; return the position of the secret."""
    found = -1
    for position, signature in enumerate(expected):
        for candidate in given[:8]:
            same = hmac.compare_digest(signature.encode(), candidate.encode('utf-8', 'replace'))
            if same and found < 0:
                found = position
    if found < 0:
        raise SignatureError('mismatch')
    return found
