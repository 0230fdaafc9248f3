"""Tell a person's mail from a machine's by its headers.

Rules: RFC 3834 (Auto-Submitted), RFC 3464 (delivery reports), RFC 8058 and 2919 (lists), and the
marks that Exchange, Outlook, Gmail, Zimbra and older answering machines leave.
"""

import codecs
import re
from dataclasses import dataclass

HUMAN = 'human'
AUTO_REPLY = 'auto_reply'
BOUNCE = 'bounce'
BULK = 'bulk'
# Reason of an automatic mail that answers nothing: the form of a site, a shop's own system
GENERATED = 'auto-generated'

_BOUNCE_SENDERS = ('mailer-daemon', 'postmaster', 'mail-daemon')
_AUTO_HEADERS = (
    'x-autoreply',
    'x-autorespond',
    'x-autoresponder',
    'x-auto-response',
    'x-mail-autoreply',
    'x-ms-exchange-inbox-rules-loop',
)
# Exchange writes here what it wants NOT to receive; only its generated mails carry these values.
_SUPPRESS = ('all', 'autoreply', 'oof')
_SUBJECTS = re.compile(
    r"^\s*(?:"
    r"auto(?:matic)?[ -]?(?:reply|response)|out of (?:the )?office|on (?:vacation|leave)"
    r"|r[ée]ponse automatique|absence du bureau|absent du bureau|message d['’]absence"
    r"|رد تلقائي|الرد التلقائي|خارج المكتب|إجابة تلقائية"
    r")\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Verdict:
    """What sent a mail, and the header that told."""

    kind: str
    reason: str = ''

    @property
    def is_human(self):
        return self.kind == HUMAN


def classify(headers, sender='', subject='', content_type=''):
    """Decide whether a person wrote a mail.

    :param headers: mapping or pairs of header names and values, any letter case
    :param sender: address in From
    :param subject: decoded subject
    :param content_type: main content type, with its parameters
    :return: Verdict; a bounce wins over an automatic answer, that over bulk mail
    """
    pairs = headers.items() if hasattr(headers, 'items') else headers
    found = {str(name).lower(): str(value or '').strip().lower() for name, value in pairs}
    content_type = (content_type or found.get('content-type', '')).lower()
    return (
        _bounce(found, (sender or found.get('from', '')).lower(), content_type)
        or _auto_reply(found, subject or found.get('subject', ''))
        or _bulk(found)
        or Verdict(HUMAN)
    )


def _bounce(found, sender, content_type):
    if content_type.startswith('multipart/report') and 'delivery-status' in content_type:
        return Verdict(BOUNCE, 'content-type')
    if found.get('return-path') == '<>' and 'auto-submitted' not in found:
        return Verdict(BOUNCE, 'return-path')
    local = re.sub(r'^.*<', '', sender).split('@', 1)[0].strip(' "')
    if local in _BOUNCE_SENDERS:
        return Verdict(BOUNCE, 'from')
    if 'x-failed-recipients' in found:
        return Verdict(BOUNCE, 'x-failed-recipients')
    return None


def _auto_reply(found, subject):
    submitted = found.get('auto-submitted', '').split(';')[0].strip()
    submitted = submitted.split('(')[0].strip()
    if submitted not in ('', 'no', 'auto-generated'):
        return Verdict(AUTO_REPLY, 'auto-submitted')
    for header in _AUTO_HEADERS:
        if found.get(header, 'no') not in ('no', 'false', ''):
            return Verdict(AUTO_REPLY, header)
    if found.get('precedence') == 'auto_reply':
        return Verdict(AUTO_REPLY, 'precedence')
    if _SUBJECTS.match(subject or ''):
        return Verdict(AUTO_REPLY, 'subject')
    if submitted == 'auto-generated':
        # Exchange marks its absence notes so, and forbids every answer to them
        suppress = {part.strip() for part in found.get('x-auto-response-suppress', '').split(',')}
        answers = suppress & set(_SUPPRESS) and (found.get('in-reply-to') or 'references' in found)
        return Verdict(AUTO_REPLY, 'x-auto-response-suppress' if answers else GENERATED)
    return None


def _bulk(found):
    if found.get('precedence') in ('bulk', 'list', 'junk'):
        return Verdict(BULK, 'precedence')
    if 'list-id' in found or 'list-unsubscribe' in found:
        return Verdict(BULK, 'list-id')
    return None


def readable_charset(part):
    """Name the character set to read a part in whose own is unknown.

    :param part: part of a mail, as the ``email`` package gives it
    :return: name, or an empty text where the announced one is known or the part is no text
    """
    announced = part.get_content_charset()
    if part.get_content_maintype() != 'text' or not announced:
        return ''
    try:
        codecs.lookup(announced)
        return ''
    except LookupError:
        data = part.get_payload(decode=True) or b''
    # A western or Arabic single-byte text is hardly ever valid UTF-8 by chance
    likely = ('utf-8', 'windows-1256' if _speaks_arabic(announced) else 'windows-1252', 'latin-1')
    return next(charset for charset in likely if _decodes(data, charset))


def _decodes(data, charset):
    try:
        data.decode(charset)
    except UnicodeDecodeError:
        return False
    return True


def _speaks_arabic(charset):
    return any(
        mark in charset for mark in ('1256', 'arab', '8859-6', '8859_6', 'asmo', '720', '864')
    )
