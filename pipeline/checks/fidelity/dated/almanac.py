"""When the sources say that things happen: every part of every mention of time, and what follows from them."""

import re
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import product
from typing import TypeVar

from pipeline.checks.fidelity.comparison import Source, Sources, once_for_sources
from pipeline.text.fold import tokens
from pipeline.text.moments import Moment, moment

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
_LOOKED_AT = 100
# The first letter or digit of a rank: `premier`, `2e`, `troisième`, `4e`; the half-year has two.
_RANKS = "p1d2t3q4"
_QUARTER = re.compile(
    r"(?<!\w)(?:(?P<rank>premier|deuxième|troisième|quatrième|[1-4](?:er|e|ème))[ \u00a0\u202f](?:trimestre|semestre)"
    r"|[TQ](?P<digit>[1-4])(?!\w))",
    re.IGNORECASE,
)
FROM_NOW = re.compile(r"il|voi|dans|d[’']|depuis|in |within |since |[\w ]{1,40}ago\Z", re.IGNORECASE)
"""How a span of time begins that is reckoned from the moment of speaking, in French and in English."""
_PART_WORDS = {
    "morning": "matin matinee matinale aube aurore",
    "noon": "midi dejeuner",
    "afternoon": "midi",
    "evening": "soir soiree soirees soirs crepuscule diner nocturne veillee",
    "night": "nuit nuits nocturne minuit noctambule",
}
_SEASON_WORDS = {
    "spring": "printanier printaniere",
    "summer": "estival estivale estivaux estivales",
    "autumn": "automnal automnale",
    "winter": "hivernal hivernale hivernaux hivernales",
}
# The months a season is told of, the borders twice.
_SEASON_MONTHS = {
    "spring": (3, 4, 5, 6),
    "summer": (6, 7, 8, 9),
    "autumn": (9, 10, 11, 12),
    "winter": (12, 1, 2, 3),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A mention of time in a source, with its parts."""

    moment: Moment
    text: str
    source: Source
    paragraph: int


@dataclass(frozen=True, eq=False, slots=True)
class Almanac:
    """Every time the sources tell, ready to be asked for."""

    told: tuple[Told, ...]
    by_place: dict[tuple[str, int], tuple[Told, ...]]
    """By source label and paragraph; the first ones of a long one."""
    weekdays: frozenset[int]
    """Told, or those of a day before, after or told in full."""
    weekday_ways: dict[int, frozenset[str]]
    """`lundi prochain`: how each weekday told is placed; an empty way for a weekday alone."""
    weekday_parts: dict[int, frozenset[str]]
    days: frozenset[tuple[int, int]]
    """(month, day)."""
    month_days: frozenset[int]
    loose_days: frozenset[int]
    """Days told without their month: `vendredi 11`."""
    months: frozenset[int]
    month_ways: dict[int, frozenset[str]]
    month_years: frozenset[tuple[int, int]]
    """(year, month)."""
    bare_months: frozenset[int]
    """Told without a year."""
    months_beside_years: frozenset[tuple[int, int]]
    """(year, month) told in one paragraph."""
    years: frozenset[int]
    reckoned_years: frozenset[int]
    """`deux ans plus tôt` beside a year."""
    clocks: frozenset[int]
    nears: frozenset[int]
    steps: frozenset[int]
    relations: frozenset[tuple[str, str]]
    """(way, unit): `la semaine dernière`."""
    spans: frozenset[tuple[str, int | None, int]]
    """(unit, count, sign): `il y a 14 mois`."""
    spans_from_now: frozenset[tuple[str, int | None, int]]
    """Of those, the ones told from the moment of speaking: `deux jours plus tard` is none."""
    units: frozenset[str]
    parts: frozenset[str]
    seasons: frozenset[str]
    published: tuple[date, ...]
    words: frozenset[str]
    """All words and numbers of the sources, folded."""

    def has_part(self, part: str) -> bool:
        if not self.words.isdisjoint(_PART_WORDS[part].split()) or any(
            t.moment.part == part for t in self.told
        ):
            return True
        return any(part in _parts_of(clock // 60) for clock in self.clocks)

    def has_season(self, season: str) -> bool:
        if season in self.seasons or not self.words.isdisjoint(_SEASON_WORDS[season].split()):
            return True
        return any(month in self.months for month in _SEASON_MONTHS[season])

    def related(self, way: str, unit: str) -> bool:
        return (way, unit) in self.relations

    def has_near_day(self) -> bool:
        """A day told by its distance or its weekday: it lies in this week, this month, this year."""
        return bool(self.nears or self.weekdays)


def _parts_of(hour: int) -> tuple[str, ...]:
    if 5 <= hour < 12:
        return ("morning",)
    if 12 <= hour < 18:
        return ("afternoon", "noon") if hour < 15 else ("afternoon",)
    return ("evening", "night") if hour >= 21 else ("evening",) if hour >= 17 else ("night", "morning")


@once_for_sources
def almanac(sources: Sources, published: tuple[date, ...]) -> Almanac:
    told = tuple(t for source in sources for t in _of_source(source))
    moments = [t.moment for t in told]
    places = _grouped(((t.source.label, t.paragraph), t) for t in told)
    full = [d for m in moments if (d := _full(m, published))]
    near = [day + timedelta(m.near) for m in moments for day in published if m.near is not None]
    near += _by_weekday(moments, published)
    years = {m.year for m in moments if m.year} | {m.decade for m in moments if m.decade}
    return Almanac(
        told,
        by_place={place: row[:_LOOKED_AT] for place, row in places.items()},
        weekdays=frozenset(
            {m.weekday for m in moments if m.weekday is not None}
            | set(_stepped(told, places))
            | {d.weekday() for d in (*full, *near)}
        ),
        weekday_ways=_sets((m.weekday, m.way) for m in moments if m.weekday is not None),
        weekday_parts=_sets((m.weekday, m.part) for m in moments if m.weekday is not None and m.part),
        days=frozenset(
            {(m.month, m.day) for m in moments if m.month and m.day}
            | {(d.month, d.day) for d in near}
            | set(_reckoned_days(places))
        ),
        month_days=frozenset(m.day for m in moments if m.day),
        loose_days=frozenset(m.day for m in moments if m.day and m.month is None),
        months=frozenset(
            {m.month for m in moments if m.month}
            | {d.month for d in near}
            | set(_related_months(moments, published))
            | set(_months_of_quarters(sources))
        ),
        month_ways=_sets((m.month, m.way) for m in moments if m.month),
        month_years=frozenset((m.year, m.month) for m in moments if m.year and m.month),
        bare_months=frozenset(m.month for m in moments if m.month and m.year is None),
        months_beside_years=frozenset(_beside(places)),
        years=frozenset(years | set(_related_years(moments, published))),
        reckoned_years=frozenset(_reckoned_years(places)),
        clocks=frozenset(_clocks(sources, told)),
        nears=frozenset(m.near for m in moments if m.near is not None),
        steps=frozenset(_steps(moments)),
        relations=frozenset((m.way, m.unit) for m in moments if m.way and m.unit),
        spans=frozenset((m.unit, m.count, m.sign) for m in moments if m.unit and m.sign),
        spans_from_now=frozenset(
            (t.moment.unit, t.moment.count, t.moment.sign)
            for t in told
            if t.moment.unit and t.moment.sign and FROM_NOW.match(t.text)
        ),
        units=frozenset(m.unit for m in moments if m.unit),
        parts=frozenset(m.part for m in moments if m.part),
        seasons=frozenset(m.season for m in moments if m.season),
        published=published,
        words=source_words(sources),
    )


@once_for_sources
def source_words(sources: Sources) -> frozenset[str]:
    texts = (passage.text for source in sources for passage in source.facts.passages)
    return frozenset(t.text for text in texts for t in tokens(text))


def _grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, tuple[V, ...]]:
    rows: dict[K, list[V]] = {}
    for key, value in pairs:
        rows.setdefault(key, []).append(value)
    return {key: tuple(row) for key, row in rows.items()}


def _sets(pairs: Iterable[tuple[K, V]]) -> dict[K, frozenset[V]]:
    return {key: frozenset(row) for key, row in _grouped(pairs).items()}


def _beside(places: dict[tuple[str, int], tuple[Told, ...]]) -> Iterator[tuple[int, int]]:
    for row in places.values():
        years = {t.moment.year for t in row if t.moment.year}
        months = {t.moment.month for t in row if t.moment.month}
        yield from product(sorted(years), sorted(months))


def _of_source(source: Source) -> Iterator[Told]:
    for at, (passage, row) in enumerate(zip(source.facts.passages, source.facts.dates, strict=True)):
        for span in row:
            yield Told(moment(span, passage.text), passage.text[span.start : span.end], source, at)


def _full(m: Moment, published: tuple[date, ...]) -> date | None:
    """The day of a mention that has day and month, in its year or that of publication."""
    year = m.year or (published[0].year if published else None)
    if not (year and m.month and m.day):
        return None
    try:
        return date(year, m.month, m.day)
    except ValueError:
        return None


def _stepped(told: tuple[Told, ...], places: dict[tuple[str, int], tuple[Told, ...]]) -> Iterator[int]:
    """The weekdays a day or more before or after one told in the same paragraph or the one above."""
    weekdays = {
        place: frozenset(t.moment.weekday for t in row if t.moment.weekday is not None)
        for place, row in places.items()
    }
    for one in told:
        step = _step_of(one.moment)
        for above in (0, 1) if step is not None else ():
            beside = weekdays.get((one.source.label, one.paragraph - above), frozenset())
            yield from ((weekday + (step or 0)) % 7 for weekday in beside)


def _step_of(m: Moment) -> int | None:
    if m.step is not None:
        return m.step
    if m.near in (-2, 2):
        return m.near
    return m.sign * m.count if m.unit == "day" and m.count else None


def _steps(moments: list[Moment]) -> Iterator[int]:
    """How many days lie between days that the sources tell."""
    yield from (s for m in moments if (s := _step_of(m)) is not None)
    for m in moments:
        if m.near:
            yield m.near
        elif m.unit == "day" and m.count:
            yield -m.sign * m.count  # a day before the meeting: the meeting is the day after


def _by_weekday(moments: list[Moment], published: tuple[date, ...]) -> Iterator[date]:
    """The days of the week before and the week after publication that the weekdays told may be."""
    weekdays = {m.weekday for m in moments if m.weekday is not None}
    for day in published:
        for shift in range(-7, 8):
            if (day + timedelta(shift)).weekday() in weekdays:
                yield day + timedelta(shift)


def _months_of_quarters(sources: Sources) -> Iterator[int]:
    for source in sources:
        for passage in source.facts.passages:
            for match in _QUARTER.finditer(passage.text):
                length = 6 if "sem" in match.group().lower() else 3
                rank = _RANKS.index((match["rank"] or match["digit"])[0].lower()) // 2
                yield from range(rank * length + 1, min(12, (rank + 1) * length) + 1)


def _related_months(moments: list[Moment], published: tuple[date, ...]) -> Iterator[int]:
    shift = {"this": 0, "last": -1, "next": 1}
    for m in moments:
        if m.unit == "month" and m.way in shift:
            yield from ((day.month - 1 + shift[m.way]) % 12 + 1 for day in published)


def _related_years(moments: list[Moment], published: tuple[date, ...]) -> Iterator[int]:
    shift = {"this": 0, "last": -1, "next": 1}
    for m in moments:
        if m.unit == "year" and m.way in shift:
            yield from (day.year + shift[m.way] for day in published)
        elif m.unit == "year" and m.count:
            yield from (day.year + m.sign * m.count for day in published)


def _reckoned_days(places: dict[tuple[str, int], tuple[Told, ...]]) -> Iterator[tuple[int, int]]:
    """`le 24 février. Trois jours plus tard`: the 27th."""
    for row in places.values():
        day: date | None = None
        for one in row:
            said = one.moment
            if full := _full(said, ()) or (_full(replace(said, year=_ANY_YEAR), ()) if said.day else None):
                day = full
            elif day is not None and (step := _shift_of(one)):
                day += timedelta(step)
                yield day.month, day.day


_ANY_YEAR = 2023
"""Of a day told without its year."""


def _shift_of(one: Told) -> int:
    """How many days a mention lies from the day told before it; 0 of one that says nothing of it."""
    said = one.moment
    if said.step:
        return said.step
    if not (said.sign and said.count) or FROM_NOW.match(one.text):
        return 0
    return said.sign * said.count * {"day": 1, "week": 7}.get(said.unit or "", 0)


def _reckoned_years(places: dict[tuple[str, int], tuple[Told, ...]]) -> Iterator[int]:
    for row in places.values():
        years = {t.moment.year for t in row if t.moment.year}
        shifts = {t.moment.sign * t.moment.count for t in row if t.moment.unit == "year" and t.moment.count}
        yield from (year + shift for year, shift in product(sorted(years), sorted(shifts)))


def _clocks(sources: Sources, told: tuple[Told, ...]) -> Iterator[int]:
    """The times told, and the hours told as figures (`de 8 à 12 heures`)."""
    for one in told:
        clock = one.moment.clock
        if clock is not None:
            yield clock
            passage = one.source.facts.passages[one.paragraph].text
            if clock < 12 * 60 and ("soir" in passage or "après-midi" in passage):
                yield clock + 12 * 60
    for source in sources:
        for row in source.facts.figures:
            yield from (round(f.value * 60) for f in row if f.unit == "hour" and 0 <= f.value < 24)
