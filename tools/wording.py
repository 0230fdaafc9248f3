"""Terms of a page in other words: a term is a sentence with the markup that stands in it."""

from html import unescape

from lxml import etree


def _parse(term):
    try:
        return etree.fromstring(f'<t>{term}</t>')
    except etree.XMLSyntaxError:
        return None


def _pieces(root):
    """Give where each piece of text stands, as ``(element, 'text' or 'tail')``, in reading order."""
    for element in root.iter(etree.Element):
        if (element.text or '').strip():
            yield element, 'text'
        for child in element:
            if (child.tail or '').strip():
                yield child, 'tail'


def _squeeze(text):
    """Return what a text says, whatever an editor made of its spaces: Odoo's writes ``&nbsp;`` for one."""
    return ' '.join(unescape(text).split())


def pair(term, translation):
    """Return what each piece of text of a term is called in its translation.

    :param str term: such as ``'<span>Phone</span><span> *</span>'``.
    :param str translation: the same in another language.
    :return: a dict of texts, empty when the two are built differently.
    """
    ours, theirs = _parse(term), _parse(translation)
    if ours is None or theirs is None:
        return {_squeeze(term): translation.strip()}
    from_pieces = [getattr(*piece) for piece in _pieces(ours)]
    to_pieces = [getattr(*piece) for piece in _pieces(theirs)]
    if len(from_pieces) != len(to_pieces):
        return {}
    return {
        _squeeze(piece): other.strip() for piece, other in zip(from_pieces, to_pieces, strict=True)
    }


def reword(term, words):
    """Return a term with its own markup and other words.

    :param str term: such as ``'<span class="x">Phone</span><span> *</span>'``.
    :param dict words: the texts as :func:`pair` gives them.
    :return: the new term, or ``None`` when one of its texts is not known.
    """
    root = _parse(term)
    if root is None:
        return words.get(_squeeze(term))
    for element, place in list(_pieces(root)):
        text = getattr(element, place)
        word = words.get(_squeeze(text))
        if word is None:
            return None
        start = len(text) - len(text.lstrip())
        end = len(text.rstrip())
        setattr(element, place, text[:start] + word + text[end:])
    return etree.tostring(root, encoding='unicode')[len('<t>') : -len('</t>')]
