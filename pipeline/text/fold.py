"""Comparing words whatever their case, accents, ligatures and apostrophes."""

import re
import unicodedata
from dataclasses import dataclass

_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "’": "'", "ʼ": "'", "‘": "'"})
_TOKEN = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Token:
    """A run of letters and digits: `l’Ukraine` gives `l` and `ukraine`."""

    text: str
    """Folded."""
    start: int
    end: int


def fold(text: str) -> str:
    """Lower case, no accents, `œ` as `oe`, one kind of apostrophe. The length may change."""
    decomposed = unicodedata.normalize("NFD", text.translate(_LIGATURES).casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def tokens(text: str) -> list[Token]:
    """The folded words of a text with their places in it."""
    return [Token(fold(m.group()), m.start(), m.end()) for m in _TOKEN.finditer(text)]
