"""The values a text binds to something: figures, dates, places and other names, each with what it may be taken for.

Two values are rivals when they are of one sort: two percentages, two weekdays, two persons. Places are known by
country, so that `Kiev` may stand for `Ukraine` and `ukrainien` for both.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.checks.fidelity.comparison import Comparison, Sources, once_for_sources, once_for_texts
from pipeline.model import NameKind
from pipeline.text.facts import Facts
from pipeline.text.name_forms import spelling_key
from pipeline.text.names import Entity
from pipeline.text.toponyms import toponyms

_DAYS = re.compile("monday|tuesday|wednesday|thursday|friday|saturday|sunday")
_SORTS = (
    ("day", re.compile(r"(?:\d{4}|-)-\d\d-\d\d")),
    ("month", re.compile(r"(?:\d{4}|-)-\d\d")),
    ("year", re.compile(r"\d{4}")),
    ("clock", re.compile(r"T\d\d:\d\d")),
)
MEASURES = frozenset("% EUR USD GBP CHF month year week day hour minute km m kg t l ha".split())
_SHAPES = {
    "name": "country",
    "region": "region",
    "people": "people",
    "peoples": "people",
    "citizen": "people",
    "prefix": "people",
    "capital": "city country",
    "city": "city",
    "seat": "seat",
}
# Small numbers stand for too much (`les deux hommes`, `à deux`).
_SMALLEST = 3
_AT = re.compile(
    r"(?:(?<!\w)(?:à|de|depuis|vers|pour|entre|et|via|par)\s|(?<!\w)d[’']|[(,]\s?)\Z", re.IGNORECASE
)
_YEAR = re.compile("1[5-9][0-9]{2}|20[0-9]{2}")


# What is told by twos as exactly as by hundreds.
_TALLIED = frozenset(("voix", "abstention", "siège", "suffrage"))


class Value(NamedTuple):  # as in pipeline/text/fold.py
    """A figure, date, place or name, with what it may be taken for."""

    sort: str
    keys: frozenset[str]
    """Any of them in common makes two values one."""
    start: int
    end: int
    text: str
    noun: str | None = None
    """What a figure counts."""
    shapes: frozenset[str] = frozenset()
    """Of a place: two places are rivals only when they can stand in one slot (`en Pologne`, `à Riga`, `letton`)."""


@once_for_texts
def piece_values(comparison: Comparison) -> tuple[tuple[Value, ...], ...]:
    """For each block of the piece. Its names are those of the sources, where they have them."""
    known = _names(comparison.sources)
    return tuple(_row(comparison.piece, at, known) for at in range(len(comparison.blocks)))


@once_for_sources
def source_values(sources: Sources) -> tuple[tuple[tuple[Value, ...], ...], ...]:
    """For each source, for each of its paragraphs."""
    known = _names(sources)
    return tuple(
        tuple(_row(source.facts, at, known) for at in range(len(source.facts.passages))) for source in sources
    )


def between(row: Sequence[Value], start: int, end: int, most: int = 60) -> tuple[Value, ...]:
    """Those of a paragraph's values that begin between two places; no sentence of a writer has so many."""
    low = bisect_left(row, start, key=lambda v: v.start)
    return tuple(row[low : min(low + most, bisect_left(row, end, lo=low, key=lambda v: v.start))])


class _Names:
    """One key and one kind for all that the sources name, whatever the form."""

    def __init__(self, sources: Sources) -> None:
        self._of: dict[str, tuple[str, NameKind]] = {}
        self._found: dict[Facts, tuple[tuple[str, NameKind] | None, ...]] = {}
        for source in sources:
            for entity in source.facts.names:
                self._add(entity)

    def _add(self, entity: Entity) -> None:
        forms = [spelling_key(form) for form in _forms(entity)]
        known = next((self._of[form] for form in forms if form in self._of), None)
        for form in forms:
            self._of.setdefault(form, known or (forms[0], entity.kind))

    def of(self, facts: Facts) -> tuple[tuple[str, NameKind] | None, ...]:
        """Of each of its names."""
        if facts not in self._found:
            self._found[facts] = tuple(map(self._find, facts.names))
        return self._found[facts]

    def _find(self, entity: Entity) -> tuple[str, NameKind] | None:
        return next((self._of[k] for k in map(spelling_key, _forms(entity)) if k in self._of), None)


_names = once_for_sources(_Names)


def _forms(entity: Entity) -> Iterator[str]:
    yield entity.text
    yield from entity.aliases
    if entity.kind == "person":
        yield entity.text.split()[-1]


def _row(facts: Facts, at: int, known: _Names) -> tuple[Value, ...]:
    text = facts.passages[at].text
    found = [*_figures(facts, at, text), *_dates(facts, at, text), *_places(text)]
    places = {i for v in found if v.sort == "place" for i in range(v.start, v.end)}
    found += [v for v in _named(facts, at, text, known) if places.isdisjoint(range(v.start, v.end))]
    return tuple(sorted(found, key=lambda v: (v.start, v.end, v.sort)))


def _figures(facts: Facts, at: int, text: str) -> Iterator[Value]:
    for f in facts.figures[at]:
        if f.value >= _SMALLEST or f.unit in MEASURES or f.unit in _TALLIED:
            sort = f"figure {f.unit}" if f.unit in MEASURES else "figure"
            if f.unit is None and _YEAR.fullmatch(text, f.start, f.end):
                sort = "year"  # `repoussé à 2028`, `remonte à 1976`
            if f.kind == "ordinal":
                sort = "figure rank"  # `la 27e journée` is no count of days
            noun = None if f.unit in MEASURES else f.unit
            yield Value(sort, frozenset((f"{f.value:g}",)), f.start, f.end, text[f.start : f.end], noun)


def _dates(facts: Facts, at: int, text: str) -> Iterator[Value]:
    for d in facts.dates[at]:
        day = _DAYS.search(d.value)
        if day:
            yield Value("weekday", frozenset((day.group(),)), d.start, d.end, text[d.start : d.end])
            continue
        for sort, form in _SORTS:
            if form.fullmatch(d.value):
                keys = frozenset((d.value, re.sub(r"\A\d{4}(?=-\d\d)", "-", d.value)))
                yield Value(sort, keys, d.start, d.end, text[d.start : d.end])
                if sort in ("day", "month") and d.value[0] != "-":
                    yield Value("year", frozenset((d.value[:4],)), d.start, d.end, text[d.start : d.end])
                break


def _places(text: str) -> Iterator[Value]:
    for place in toponyms(text):
        name = " ".join(place.words)
        keys = {name} if place.sense == "city" else {name, *place.codes}
        shapes = frozenset(_SHAPES[place.sense].split())
        if place.sense == "capital" and not _AT.search(text, max(0, place.start - 12), place.start):
            shapes = frozenset(("country",))  # `Berlin s’inquiète` is no town beside another
        yield Value(
            "place", frozenset(keys), place.start, place.end, text[place.start : place.end], shapes=shapes
        )


def _named(facts: Facts, at: int, text: str, known: _Names) -> Iterator[Value]:
    keys = known.of(facts)
    for start, end, index in facts.mentions[at]:
        found = keys[index]
        if found and found[1] in ("person", "place"):
            shapes = frozenset(("city",)) if found[1] == "place" else frozenset[str]()
            yield Value(found[1], frozenset((found[0],)), start, end, text[start:end], shapes=shapes)
