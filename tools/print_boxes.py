"""A line of print as boxes, for a printer that lays words written from right to left over the figures beside them.

An ordinary wkhtmltopdf places a run of text by the width it would have from left to right. Where one run holds both
Arabic letters and anything else, even a comma, its pieces are printed over each other and over the edge of the page. A
box of its own for each piece is measured alone and stands where it belongs.
"""

import re
from dataclasses import dataclass

#: Letters written from right to left: Hebrew, Arabic with its Persian letters and the forms of old encodings
_RTL = r'\u0590-\u05ff\u0620-\u065f\u066e-\u06d3\u06d5-\u06ef\u06fa-\u06ff\u0750-\u077f\ufb1d-\ufdff\ufe70-\ufefc'
_LATIN = 'A-Za-z\u00c0-\u024f'
_OTHER = rf'[^\s\u200e{_RTL}]'
_PIECES = re.compile(
    rf'(?P<marked>\u200e[^\u200e]+\u200e)'
    rf'|(?P<latin>{_OTHER}*[{_LATIN}](?:[^\u200e{_RTL}]*[{_LATIN}])?{_OTHER}*)'
    rf'|(?P<letters>[{_RTL}]+)|(?P<other>{_OTHER}+)|(?P<space>\s+)'
)


@dataclass(frozen=True)
class Box:
    """A piece of a line.

    :ivar str text:
    :ivar bool ltr: it is read from left to right, several words of it too
    :ivar bool whole: it stays on one line
    """

    text: str
    ltr: bool = False
    whole: bool = True


def split_boxes(line):
    """Cut a line where the direction of writing changes.

    :param str line: what stands between two marks of direction (U+200E), such as 40 × 50, is one box
    :return: words, between which there is a space, each of one or several boxes without a space between them
    :rtype: tuple[tuple[Box]]
    """
    words = [[]]
    for piece in _PIECES.finditer(line):
        kind, text = piece.lastgroup, piece.group()
        if kind == 'space':
            words.append([])
            continue
        spaced = kind == 'latin' and ' ' in text
        words[-1].append(Box(text, kind == 'marked' or spaced, not spaced))
    return tuple(tuple(word) for word in words if word)
