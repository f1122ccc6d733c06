"""What a sentence tells, as units that can be looked for in a source: words, names, figures, dates.

Figures and dates count by value, other words by stem. Words of general vocabulary weigh little: a rewrite is
full of them, whatever it tells.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from pipeline.text.facts import Facts
from pipeline.text.figures import FigureSpan
from pipeline.text.fold import fold, tokens
from pipeline.text.generic import is_generic
from pipeline.text.grammar import FUNCTION_WORDS
from pipeline.text.stems import stem
from pipeline.text.stopwords import STOP_WORDS

UnitKind = Literal["word", "generic", "name", "figure", "date", "quoted"]
# Measured on 165 faithful sentences and 73 invented ones: general words told apart, and names weighed less than
# words, separate them best.
WEIGHTS: dict[UnitKind, float] = {
    "word": 1.0,
    "generic": 0.3,
    "name": 0.6,
    "figure": 1.0,
    "date": 0.7,
    "quoted": 0.5,
}
_SHORTEST = 2
_EMPTY = frozenset(map(fold, FUNCTION_WORDS)) | STOP_WORDS


class Unit(NamedTuple):  # as in pipeline/text/fold.py
    """A word, name, figure or date that tells something."""

    key: str
    """The stem; `=` and the value for a figure, `@` and the value for a date."""
    kind: UnitKind
    start: int
    end: int

    @property
    def weight(self) -> float:
        return WEIGHTS[self.kind]


@lru_cache(maxsize=16)
def units(facts: Facts) -> tuple[tuple[Unit, ...], ...]:
    """For each paragraph of a text, its units in reading order."""
    return tuple(tuple(_units(facts, at)) for at in range(len(facts.passages)))


def within(row: tuple[Unit, ...], start: int, end: int) -> tuple[Unit, ...]:
    """Those of a paragraph's units that begin between two places."""
    low = bisect_left(row, start, key=lambda u: u.start)
    return row[low : bisect_left(row, end, lo=low, key=lambda u: u.start)]


def _units(facts: Facts, at: int) -> Iterator[Unit]:
    text = facts.passages[at].text
    values = sorted(
        (
            *((_counted(text, f), f.unit) for f in facts.figures[at]),
            *((Unit(f"@{d.value}", "date", d.start, d.end), None) for d in facts.dates[at]),
        ),
        key=lambda v: (v[0].start, v[0].kind),
    )
    names = _Spans([(a, b) for a, b, _ in facts.mentions[at]])
    quoted = _Spans([(s.span.outer_start, s.span.outer_end) for s in facts.speeches[at] if s.span.closed])
    inside = _Spans([(u.start, u.end) for u, _ in values])
    rest = [u for u, _ in reversed(values)]
    for token in tokens(text):
        while rest and rest[-1].start <= token.start:
            yield rest.pop()
        value = inside.index(token.start)
        if len(token.text) < _SHORTEST or token.text in _EMPTY:
            continue
        if value is not None and not _is_counted(token.text, values[value][1]):
            continue
        generic = is_generic(token.text)
        if quoted.index(token.start) is not None:
            kind: UnitKind = "quoted"
        elif names.index(token.start) is not None:
            kind = "name"
        else:
            kind = "generic" if generic else "word"
        yield Unit(stem(token.text), kind, token.start, token.end)
    yield from reversed(rest)


_AT = re.compile(r"(?:entre|et|de|à|dès|vers|avant|après|jusqu['’]à)[ \u00a0]\Z", re.IGNORECASE)
_LAST_HOUR = 24


def _counted(text: str, figure: FigureSpan) -> Unit:
    """An hour of the day where it is told as one: `entre 23 heures et 6 heures`, `de 23 heures à 6 heures`."""
    clock = figure.unit == "hour" and figure.value == int(figure.value) and 0 <= figure.value <= _LAST_HOUR
    if clock and _AT.search(text, max(0, figure.start - 10), figure.start):
        return Unit(f"@T{int(figure.value) % _LAST_HOUR:02d}:00", "date", figure.start, figure.end)
    return Unit(f"={figure.value:g}", "figure", figure.start, figure.end)


def _is_counted(word: str, unit: str | None) -> bool:
    """`voix` in `22 voix`; no part of the number, no unit of measure."""
    return unit is not None and stem(unit) == stem(word)


class _Spans:
    """Which of some spans in reading order holds a place, asked for places in reading order."""

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        self._spans = spans
        self._at = 0

    def index(self, place: int) -> int | None:
        while self._at < len(self._spans) and self._spans[self._at][1] <= place:
            self._at += 1
        holds = self._at < len(self._spans) and self._spans[self._at][0] <= place
        return self._at if holds else None
