"""Words, counted one way everywhere.

A word is a run between white space that holds a letter or a digit. No-break spaces do not separate: they
bind what the typographer binds. So `«`, `:` and `–` are none, `l’Ukraine` is one, and `12 000` with a
no-break space is one. This counter agrees within one word with Yoast's on French press text.
"""

import re
from collections.abc import Iterator

from pipeline.text.kept import kept

_RUN = re.compile(r"[^ \t\n\r\f\v]+")


def word_spans(text: str) -> Iterator[tuple[int, int]]:
    """The (start, end) of each word, in reading order."""
    for run in _RUN.finditer(text):
        if any(c.isalnum() for c in run.group()):
            yield run.span()


@kept
def count_words(text: str) -> int:
    return sum(any(map(str.isalnum, run)) for run in _RUN.findall(text))
