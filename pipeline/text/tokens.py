"""A text as words and marks, elided words apart (`l’`, `Ukraine`), each with its place."""

import re
from typing import NamedTuple

from pipeline.text.grammar import plain
from pipeline.text.kept import kept

_TOKEN = re.compile(
    r"(?<!\w)(?i:aujourd[’']hui)(?!\w)"
    r"|(?<!\w)(?i:[ldjnscmt]|qu|jusqu|lorsqu|puisqu|quoiqu|presqu|quelqu)[’'](?=\w)"
    r"|(?<!\w)(?:[A-ZÀ-Þ]\.(?:-?[A-ZÀ-Þ]\.){1,5}|(?:Mme|Mlle|Dr|Pr|Me)\b\.?|MM?\.(?=[ \u00a0\u202f][A-ZÀ-Þ]))"
    r"|(?<!\w)[A-ZÀ-Þ]\.(?=[ \u00a0\u202f][A-ZÀ-Þ][a-zà-ÿ])"
    r"|[^\W_]+(?:[-‑’'][^\W_]+)*"
    r"|[^\w\s]"
)


class Token(NamedTuple):  # as in pipeline/text/fold.py
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
    return _tokens(text)


@kept
def _tokens(text: str) -> tuple[Token, ...]:
    return tuple(Token(m.group(), plain(m.group()), *m.span()) for m in _TOKEN.finditer(text))
