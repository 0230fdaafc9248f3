"""Tokens of links: what a stranger may send in their place."""

import hmac


def is_token(text) -> bool:
    """Tell whether ``text`` can be a token at all: printable ASCII, at most 128 characters.

    Comparing anything else raises ``TypeError`` (``hmac.compare_digest``), in Odoo's own pages too.
    """
    return isinstance(text, str) and 0 < len(text) <= 128 and text.isascii() and text.isprintable()


def same_token(known, given) -> bool:
    """Compare a token with the one that is known, in constant time; nothing is ever the same as no token."""
    return is_token(known) and is_token(given) and hmac.compare_digest(known, given)
