"""Patterns that few texts can match: compiled for the first text that bears their sign.

A pattern of a thousand signs takes a millisecond to compile, and longer to be searched for in every sentence of an
article than all that is told of the sentence otherwise.
"""

import re
from dataclasses import dataclass
from functools import cache

# What `re.IGNORECASE` takes for an i or an s, and `str.lower` makes into something else.
_LOWERED = str.maketrans({"İ": "i", "ı": "i", "ſ": "s", "K": "k"})


def lowered(text: str) -> str:
    """The text in lower case, as patterns that ignore case read it: what signs are looked for in."""
    return text.translate(_LOWERED).lower() if not text.isascii() else text.lower()


@dataclass(frozen=True, slots=True)
class Rare:
    """Patterns, whatever their case, with the sign that any match of theirs bears, in lower case.

    A sign is a short pattern of its own; that no match lacks it is for a test to show.
    """

    sign: str
    patterns: tuple[str, ...]

    def found(self, text: str, low: str) -> bool:
        """Whether one of the patterns is found in the text; `low` is `lowered(text)`."""
        return bears(self.sign, low) and any(compiled(pattern).search(text) for pattern in self.patterns)


def bears(sign: str, low: str) -> bool:
    """Whether a text in lower case has a sign."""
    return _sign(sign).search(low) is not None


@cache
def _sign(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern, case ignored, compiled when it is first asked for."""
    return re.compile(pattern, re.IGNORECASE)
