"""`deux jours plus tard` of the 12th and the 14th: a time that lies so far from another one, in the piece or the source."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import combinations, islice, permutations
from typing import TypeVar

from pipeline.checks.fidelity.comparison import Comparison, Sources, Statement, once_for_sources
from pipeline.text.dates import DateSpan
from pipeline.text.moments import Moment, moment

T = TypeVar("T")
_MOST = 40
_BACK = 6
"""Sentences that a reader remembers a day for."""
_ANY_YEAR = 2024
"""Of a day told without its year; a leap year has them all."""
_DAYS_IN = {"day": 1, "week": 7}
_MINUTES_IN = {"hour": 60, "minute": 1}
_DAY = 24 * 60
_LATER = re.compile(r"[ \u00a0](?:plus tard|après|suivant|later|after)", re.IGNORECASE)
_EARLIER = re.compile(r"[ \u00a0](?:plus tôt|auparavant|avant|earlier|before)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Told:
    """The days (in the year 2024), the months, the years and the times of day (in minutes) that the sources tell."""

    days: dict[date, str]
    years: dict[int, str]
    clocks: dict[int, str]
    months: dict[int, str]


@once_for_sources
def _calendar(sources: Sources) -> Told:
    days: dict[date, str] = {}
    years: dict[int, str] = {}
    clocks: dict[int, str] = {}
    months: dict[int, str] = {}
    for source in sources:
        for passage, row in zip(source.facts.passages, source.facts.dates, strict=True):
            for span in row:
                said, words = moment(span, passage.text), passage.text[span.start : span.end]
                if day := _day(said):
                    days.setdefault(day, words)
                if said.year:
                    years.setdefault(said.year, words)
                if said.month:
                    months.setdefault(said.month, words)
                if said.clock is not None:
                    clocks.setdefault(said.clock, words)
    return Told(_first(days), _first(years), _first(clocks), months)


def _first(told: dict[T, str]) -> dict[T, str]:
    return dict(islice(told.items(), _MOST))


def _day(said: Moment) -> date | None:
    if not (said.month and said.day):
        return None
    try:
        return date(_ANY_YEAR, said.month, said.day)
    except ValueError:
        return None


def interval(
    comparison: Comparison, statement: Statement, start: int, end: int, count: float, unit: str
) -> str | None:
    """What two times lie so far apart as `start:end` says: one told before it in the piece, or two of the sources.

    Where it says neither `plus tard` nor `avant` (`en cinq jours`), the piece has told one of the two.
    """
    if count != int(count) or not 0 < count <= 400:
        return None
    told = _calendar(comparison.sources)
    said = direction(statement.block.text, start, end)
    found = (
        _apart(comparison, statement, told, sign * int(count), unit, any_two=bool(said))
        for sign in ((said,) if said else (1, -1) if count > 1 and unit in _LASTING else ())
    )
    return next((times for times in found if times), None)


_LASTING = frozenset(("day", "week", "month"))


def _apart(
    comparison: Comparison, statement: Statement, told: Told, step: int, unit: str, *, any_two: bool
) -> str | None:
    if unit == "year":
        return _years_from(comparison, statement, told, step)
    if unit == "month":
        return _months_from(comparison, statement, told, step)
    if unit in _MINUTES_IN:
        return _clocks_from(comparison, statement, told, step * _MINUTES_IN[unit])
    if unit not in _DAYS_IN:
        return None
    days = step * _DAYS_IN[unit]
    steps = (days, days + 1, days - 1) if unit == "week" else (days,)  # a fortnight, `près d’une semaine`
    found = (
        _days_from(comparison, statement, told, s) or (_days_apart(told, abs(s)) if any_two else None)
        for s in steps
    )
    return next((dates for dates in found if dates), None)


def direction(text: str, start: int, end: int) -> int:
    """1 for later, -1 for earlier, 0 for neither; the words may be part of the mention."""
    said = f" {text[start:end]}"
    after = text[end : end + 14]
    if _LATER.match(after) or _LATER.search(said):
        return 1
    return -1 if _EARLIER.match(after) or _EARLIER.search(said) else 0


def _years_from(comparison: Comparison, statement: Statement, told: Told, step: int) -> str | None:
    for said in _before(comparison, statement.index):
        if said.year in told.years and said.year + step in told.years:
            return f"{told.years[said.year]} and {told.years[said.year + step]}"
    return None


def _months_from(comparison: Comparison, statement: Statement, told: Told, step: int) -> str | None:
    for said in _before(comparison, statement.index):
        other = (said.month - 1 + step) % 12 + 1 if said.month else 0
        if said.month in told.months and other in told.months:
            return f"{told.months[said.month]} and {told.months[other]}"
    return None


def _clocks_from(comparison: Comparison, statement: Statement, told: Told, step: int) -> str | None:
    for said in _before(comparison, statement.index):
        other = (said.clock + step) % _DAY if said.clock is not None else None
        if said.clock in told.clocks and other in told.clocks:
            return f"{told.clocks[said.clock]} and {told.clocks[other]}"
    return None


def between_times(sources: Sources, count: float, unit: str) -> str | None:
    """Two times of day or months of the sources that lie so far apart, whatever the piece tells of them."""
    told = _calendar(sources)
    row, step, turn = {
        "hour": (told.clocks, count * 60, _DAY),
        "minute": (told.clocks, count, _DAY),
        "month": (told.months, count, 12),
    }.get(unit, ({}, 0, 1))
    pairs = permutations(sorted(row), 2)
    return next((f"{row[a]} and {row[b]}" for a, b in pairs if (b - a) % turn == step), None)


def _days_from(comparison: Comparison, statement: Statement, told: Told, step: int) -> str | None:
    for said in _before(comparison, statement.index):
        day = _day(said)
        other = date.fromordinal(day.toordinal() + step) if day else None
        if day in told.days and other in told.days:
            return f"{told.days[day]} and {told.days[other]}"
    return None


def _days_apart(told: Told, days: int) -> str | None:
    pairs = combinations(sorted(told.days), 2)
    return next((f"{told.days[a]} and {told.days[b]}" for a, b in pairs if (b - a).days == days), None)


def _before(comparison: Comparison, index: int) -> Iterator[Moment]:
    """The times of the statement and of those before it, the last first."""
    for at in range(index, max(-1, index - _BACK - 1), -1):
        yield from _told(comparison, at)


@lru_cache(maxsize=16)
def _told(comparison: Comparison, index: int) -> tuple[Moment, ...]:
    statement = comparison.statements[index]
    row: tuple[DateSpan, ...] = tuple(comparison.dates(statement))[:_MOST]
    return tuple(moment(d, statement.block.text) for d in row)
