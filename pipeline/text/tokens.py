"""A text as words and marks, elided words apart (`l’`, `Ukraine`), each with its place."""

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.text.grammar import plain

_TOKEN = re.compile(
    r"(?<!\w)(?i:aujourd[’']hui)(?!\w)"
    r"|(?<!\w)(?i:[ldjnscmt]|qu|jusqu|lorsqu|puisqu|quoiqu|presqu|quelqu)[’'](?=\w)"
    r"|(?<!\w)(?:[A-ZÀ-Þ]\.(?:-?[A-ZÀ-Þ]\.){1,5}|(?:Mme|Mlle|Dr|Pr|Me)\b\.?|MM?\.(?=[ \u00a0\u202f][A-ZÀ-Þ]))"
    r"|(?<!\w)[A-ZÀ-Þ]\.(?=[ \u00a0\u202f][A-ZÀ-Þ][a-zà-ÿ])"
    r"|[^\W_]+(?:[-‑’'][^\W_]+)*"
    r"|[^\w\s]"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a mark, with its place."""

    text: str
    low: str
    """As the closed classes of the grammar have it."""
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        return self.text[0].isalnum()

    @property
    def is_capital(self) -> bool:
        """Begins as a name does: `Kiev`, `MiG-29`, `5G`."""
        first = self.text[0]
        return first.isupper() or (first.isdigit() and self.text[-1].isupper() and len(self.text) < 5)


def tokens(text: str) -> tuple[Token, ...]:
    return _kept(text) if len(text) < _SHORT else _tokens(text)


def _tokens(text: str) -> tuple[Token, ...]:
    return tuple(Token(m.group(), plain(m.group()), *m.span()) for m in _TOKEN.finditer(text))


# As in pipeline/text/fold.py: a paragraph has several readers; a longer text would fill the memory.
_SHORT = 4000
_kept = lru_cache(maxsize=512)(_tokens)
