"""Names that are nearly the same, for a person to judge."""

from .wilaya import fold


class Namesakes:
    """Find people by a name that is nearly theirs, for a person to judge: a name alone links nobody.

    Two names are alike when the words of one, at least two, all stand in the other, in any order,
    case, accents or script variants: « KACI Amina » and « Amina Kaci », « Bilal Bou » and
    « Bilal Bou-Da ».
    """

    def __init__(self, people):
        """:param people: pairs of a name and what to tell of its bearer."""
        self._by_word = {}
        for name, label in people:
            words = frozenset(fold(name).split())
            for word in words if len(words) > 1 else ():
                self._by_word.setdefault(word, {})[words, label] = None

    def find(self, name) -> tuple:
        """Return what was told of those whose name is like ``name``, in the order it was told."""
        words = frozenset(fold(name).split())
        if len(words) < 2:
            return ()
        # One of the words may be missing on the other side, never all
        bearers = {bearer: None for word in words for bearer in self._by_word.get(word, ())}
        return tuple(
            dict.fromkeys(label for other, label in bearers if words <= other or other <= words)
        )
