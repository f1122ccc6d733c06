"""Comparing words whatever their case, accents, ligatures and apostrophes."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from pipeline.text.kept import kept

_LIGATURES = {"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "’": "'", "ʼ": "'", "‘": "'"}
# Signs nobody sees (soft hyphens, zero-width spaces) do not part a word.
_UNSEEN = "\u00ad\u200b-\u200f\u2060-\u2064\ufeff"
# An accent may stand as a sign of its own (NFD).
_TOKEN = re.compile(rf"[^\W_](?:[^\W_{_UNSEEN}]|[\u0300-\u036f]|[{_UNSEEN}](?=[^\W_]))*")
_DROPPED = re.compile(f"[{_UNSEEN}]")


class Token(NamedTuple):  # there are thousands in an article: made three times as fast as a dataclass
    """A run of letters and digits: `l’Ukraine` gives `l` and `ukraine`."""

    text: str
    """Folded."""
    start: int
    end: int


def fold(text: str) -> str:
    """Lower case, no accents, `œ` as `oe`, one kind of apostrophe. The length may change."""
    return text.lower() if text.isascii() else text.translate(_FOLDED)


class _Folded(dict[int, str]):
    """Each character as it is folded, worked out when it is met first."""

    def __missing__(self, code: int) -> str:
        letter = seen(chr(code))
        decomposed = unicodedata.normalize("NFD", _LIGATURES.get(letter, letter).casefold())
        folded = self[code] = "".join(c for c in decomposed if not unicodedata.combining(c))
        return folded


_FOLDED = _Folded()


def seen(text: str) -> str:
    """The text without soft hyphens, zero-width spaces and the like."""
    return _DROPPED.sub("", text)


def tokens(text: str) -> tuple[Token, ...]:
    """The folded words of a text with their places in it."""
    return _tokens(text)


@kept
def _tokens(text: str) -> tuple[Token, ...]:
    return tuple(Token(_word(m.group()), m.start(), m.end()) for m in _TOKEN.finditer(text))


# A text has few words, each many times.
_word = lru_cache(maxsize=20000)(fold)
