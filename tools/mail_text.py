"""What a person wrote in a mail: his own words, whom he passes on, and in which language.

Pure functions on plain text. The marks are those that Gmail, Outlook, Apple Mail, Thunderbird, Yahoo
and Zimbra put around quoted and forwarded mails, in English, French and Arabic.
"""

import re
from dataclasses import dataclass

_ADDRESS = re.compile(r'[\w.+\'-]+@[\w-]+(?:\.[\w-]+)+')
_FORWARD = re.compile(r'^\s*(?:fwd?|fw|tr|tr\.|wg|rv|enc|إعادة توجيه|محول)\s*:', re.IGNORECASE)
_REFERENCE = re.compile(r'(?<![\w/])[A-Z]{2,8}/\d{4}/\d{3,}(?![\w/])')
_ORDER = re.compile(r'(?<![\w/-])[A-Za-z]{1,5}[-/]?\d[\d/-]{2,14}(?![\w/-])')

# "On Monday … wrote:", on one line or on two
_WROTE = re.compile(
    r'^\W{0,2}(?:On\b.{5,200}\bwrote|Le\b.{5,200}\ba écrit|(?:في|بتاريخ)\b.{5,200}(?:كتب|كتبت)\b.{0,120})\s*:\s*$',
    re.IGNORECASE,
)
_RULER = re.compile(
    r"^\W*-{2,}\s*(?:original message|message d['’]origine|mail original|الرسالة الأصلية)\s*-{2,}\s*$",
    re.IGNORECASE,
)
_HEADER = re.compile(
    r'^\W{0,3}(?P<name>from|de|من|sent|date|envoyé|expédié|to|à|pour|cc|subject|objet|sujet'
    r'|التاريخ|تاريخ الإرسال|إلى|الموضوع|تم الإرسال|reply-to)\s*:',
    re.IGNORECASE,
)
_SENDERS = ('from', 'de', 'من')
_ARABIC = re.compile(r'[\u0600-\u06ff]')
_LETTERS = re.compile(r'[^\W\d_]')
_FRENCH = (
    'je j vous nous le la les des du est et un une pas que qui mon ma mes bonjour merci commande reçu '
    'tableau cassé livraison avec pour dans sur c ai avez toujours cadre problème svp cordialement'
)
_ENGLISH = (
    'i you we the a an is and my it not that this with for in on hello thanks order received have has '
    'broken delivery painting frame please was were still regards'
)
_WORDS = {'fr': frozenset(_FRENCH.split()), 'en': frozenset(_ENGLISH.split())}


@dataclass(frozen=True)
class Forwarded:
    """A mail inside another.

    :param sender: the From of the inner mail, name and address as written
    :param email: its address
    :param text: its words, without the headers above them
    """

    sender: str
    email: str
    text: str


def is_forward(subject):
    """Tell whether a subject says that the mail is passed on."""
    return bool(_FORWARD.match(subject or ''))


def references_in(subject):
    """Complaint references that a subject names, in order, each once."""
    return list(dict.fromkeys(_REFERENCE.findall((subject or '').upper())))


def order_names_in(text, most=10):
    """What may be an order's number in a text, in capitals, each once."""
    found = (name.upper() for name in _ORDER.findall(text or ''))
    return list(dict.fromkeys(found))[:most]


def own_words(text):
    """Cut what a mail program quoted below a reply; all of it when nothing else is there.

    :param text: plain text of the mail
    :return: text without the history
    """
    lines = (text or '').splitlines()
    end = len(lines)
    for index, line in enumerate(lines):
        pair = ' '.join(lines[index : index + 2])
        if _WROTE.match(line) or _WROTE.match(pair) or _RULER.match(line):
            end = index
            break
        if _starts_header_block(lines, index):
            end = index
            break
    kept = lines[:end]
    while kept and (not kept[-1].strip() or kept[-1].lstrip().startswith('>')):
        kept.pop()
    return '\n'.join(kept).strip() or (text or '').strip()


def forwarded(text):
    """Read the first mail that was forwarded inside a text.

    :param text: plain text of the mail
    :return: Forwarded, or None
    """
    lines = (text or '').splitlines()
    for index, line in enumerate(lines):
        header = _HEADER.match(line)
        if not header or header['name'].lower() not in _SENDERS:
            continue
        sender = line.split(':', 1)[1].strip()
        address = _ADDRESS.search(sender)
        if not address and index + 1 < len(lines):  # an address that was broken off the line
            address = _ADDRESS.search(lines[index + 1])
        if address:
            words = _below_headers(lines[index + 1 :])
            return Forwarded(sender, address[0].lower(), '\n'.join(words).strip())
    return None


def language(text):
    """Guess the language of a text.

    :param text: plain text
    :return: ``ar``, ``fr``, ``en``, or an empty text when too little tells
    """
    letters = len(_LETTERS.findall(text or ''))
    if letters and len(_ARABIC.findall(text)) / letters > 0.3:
        return 'ar'
    words = re.findall(r"[^\W\d_]+", (text or '').lower())
    scores = {code: sum(word in known for word in words) for code, known in _WORDS.items()}
    best = max(scores, key=scores.get)
    return best if scores[best] > min(scores.values()) else ''


def _starts_header_block(lines, index):
    """A sender's line that is followed by another header: the way Outlook quotes."""
    header = _HEADER.match(lines[index])
    if not header or header['name'].lower() not in _SENDERS:
        return False
    return any(_HEADER.match(line) for line in lines[index + 1 : index + 4])


def _below_headers(lines):
    rest = list(lines)
    while rest and (rest[0].strip() == '' or _HEADER.match(rest[0])):
        blank = not rest.pop(0).strip()
        if blank and rest and not _HEADER.match(rest[0]):
            break
    return [re.sub(r'^\s*>\s?', '', line) for line in rest]
