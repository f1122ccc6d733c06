"""Weekdays, days, months, years, seasons and times of the piece that the sources do not have.

Vaguer than the source is fine, more exact is not. Each rule answers with a fault or None.
"""

import re
from calendar import monthrange
from datetime import date, timedelta

from pipeline.checks.fidelity.alignment import supports
from pipeline.checks.fidelity.comparison import Sources, once_for_sources
from pipeline.checks.fidelity.dated.date_case import Case, Fault
from pipeline.checks.fidelity.dated.month_parts import part_of_month
from pipeline.text.calendar import MONTHS
from pipeline.text.fold import fold
from pipeline.text.moments import moment

_NO_YEAR = "No source has this year"
_BETWEEN = "No source has this year, which lies between two that it tells"
_BEFORE = re.compile(r"(?:avant|d[’']ici)[ \u00a0\u202f]\Z", re.IGNORECASE)
_SEPTEMBER = 9
"""The month of `la rentrée`."""
_LAST_DAYS = (28, 29, 30, 31)
# How many minutes later than told it may have been.
_NEAR_THE_HOUR = (
    (re.compile(r"peu après[ \u00a0\u202f]\Z", re.IGNORECASE), range(31)),
    (re.compile(r"peu avant[ \u00a0\u202f]\Z", re.IGNORECASE), range(-30, 1)),
    (
        re.compile(r"(?:vers|aux alentours de|autour de|environ|près de)[ \u00a0\u202f]\Z", re.IGNORECASE),
        range(-15, 16),
    ),
)


def _weekday(case: Case) -> Fault | None:
    day, known = case.said.weekday, case.known
    if day is None:
        return None
    if day not in known.weekdays:
        dated = case.said.month and case.said.day
        stepped = dated and _is_a_step_from_one(case, case.said.month or 0, case.said.day or 0)
        return Fault("warn" if stepped else "block", "No source has this day of the week")
    ways = known.weekday_ways.get(day, frozenset())
    if case.said.way and ways and "" not in ways and case.said.way not in ways:
        return Fault("block", "The source says another week")
    parts = known.weekday_parts.get(day, frozenset())
    if case.said.part and parts and case.said.part not in parts and known.has_part(case.said.part):
        return Fault("warn", "The source says another part of that day")
    return None


def _part(case: Case) -> Fault | None:
    part = case.said.part
    if part is None or case.known.has_part(part):
        return None
    return Fault("block", "No source has this part of the day")


def _day(case: Case) -> Fault | None:
    month, day, known = case.said.month, case.said.day, case.known
    if day is None:
        return None
    if month is None:
        absent = day not in known.month_days and all(day != d for _, d in known.days)
        return Fault("block", "No source has this day of the month") if absent else None
    if (month, day) in known.days or (month in known.months and day in known.loose_days):
        return None
    return Fault("warn" if _is_a_step_from_one(case, month, day) else "block", "No source has this day")


def _is_a_step_from_one(case: Case, month: int, day: int) -> bool:
    """`le lendemain, mardi 13 mai` of a source's 12 May: the piece says how it reckons."""
    row = case.comparison.dates(case.statement)
    steps = {m.step for d in row if (m := moment(d, case.statement.block.text)).step}
    told = date(_LEAP, month, min(day, monthrange(_LEAP, month)[1]))
    before = (told - timedelta(step) for step in steps)
    return any((one.month, one.day) in case.known.days for one in before)


_LEAP = 2024
"""Of a day told without its year; a leap year has them all."""


def _month(case: Case) -> Fault | None:
    month, known = case.said.month, case.known
    if month is None:
        return None
    before = (month - 2) % 12 + 1
    if _BEFORE.search(case.before) and any((before, day) in known.days for day in _LAST_DAYS):
        return None  # `avant septembre` of the 31st of August
    if month == _SEPTEMBER and "rentree" in known.words and case.said.day is None:
        return None
    if month not in known.months and fold(MONTHS[month - 1]) not in known.words:
        return Fault("block", "No source has this month")
    opposite = {"last": "next", "next": "last"}.get(case.said.way)
    ways = known.month_ways.get(month, frozenset())
    if opposite in ways and case.said.way not in ways:
        return Fault("block", "The source says another year")
    return _year_of_month(case, month) if case.said.year else None


def _year_of_month(case: Case, month: int) -> Fault | None:
    """The month with its year, as a pair: both may be told without belonging together."""
    year, known = case.said.year or 0, case.known
    if (year, month) in known.month_years:
        return None
    if month not in known.bare_months and any(m == month for _, m in known.month_years):
        return Fault("block", "The source has this month in another year")
    if any(day.year == year for day in known.published):
        return Fault("info", "The year is that of the source's date line")
    if (year, month) in known.months_beside_years:
        return None
    if year in known.years:
        return Fault("warn", "No source gives this month that year")
    if month in known.bare_months and _is_between(year, case):
        return Fault("warn", _BETWEEN)
    return Fault("block", _NO_YEAR)


def _year(case: Case) -> Fault | None:
    year, known = case.said.year, case.known
    if year is None or case.said.month is not None or year in known.years or str(year) in known.words:
        return None
    if any(day.year == year for day in known.published):
        return Fault("info", "The year is that of the source's date line")
    if year in known.reckoned_years:
        return Fault("info", "The year follows from another of the source")
    if _is_between(year, case):
        return Fault("warn", _BETWEEN)
    return Fault("block", _NO_YEAR)


def _is_between(year: int, case: Case) -> bool:
    """The year of the event itself, which a source without a date line leaves out: it tells the one before and the
    one after.
    """
    known = case.known
    if known.published or not known.bare_months or not {year - 1, year + 1} <= known.years:
        return False
    return _carried_years(case) <= {
        moment(d, case.statement.block.text).year for d in case.comparison.dates(case.statement)
    }


def _carried_years(case: Case) -> set[int | None]:
    """The years of the source sentences that carry the statement: one that is left out was replaced."""
    return {
        year
        for c in supports(case.comparison)[case.statement.index].carriers
        for d in c.source.facts.dates[c.paragraph]
        if c.start <= d.start < c.end and (year := moment(d, c.whole).year)
    }


def _decade(case: Case) -> Fault | None:
    decade = case.said.decade
    if decade is None or any(decade <= year <= decade + 9 for year in case.known.years):
        return None
    return Fault("block", "No source has these years")


def _season(case: Case) -> Fault | None:
    season = case.said.season
    if season is None or case.known.has_season(season):
        return None
    return Fault("block", "No source has this season")


def _clock(case: Case) -> Fault | None:
    clock = case.said.clock
    if clock is None or clock in case.known.clocks:
        return None
    near = next((shifts for words, shifts in _NEAR_THE_HOUR if words.search(case.before)), range(0))
    if any(clock + shift in case.known.clocks for shift in near):
        return None
    if clock % 720 in case.known.clocks or clock % 720 + 720 in case.known.clocks:
        return Fault("warn", "The source may mean another half of the day")
    apart = next(
        (m for m in _minutes(case.comparison.sources) if {clock - m, clock + m} & case.known.clocks), 0
    )
    if apart:
        return Fault("warn", f"No source has this time; it may follow from {apart} minutes")
    return Fault("block", "No source has this time")


@once_for_sources
def _minutes(sources: Sources) -> tuple[int, ...]:
    """The minutes and hours that the sources tell: `72 minutes de retard` and a time make another."""
    told = (f for source in sources for row in source.facts.figures for f in row)
    found = (int(f.value * _IN_MINUTES.get(f.unit or "", 0)) for f in told)
    return tuple(dict.fromkeys(minutes for minutes in found if 0 < minutes < _HALF_A_DAY))


_IN_MINUTES = {"minute": 1, "hour": 60}
_HALF_A_DAY = 720


RULES = (_weekday, _part, _day, _month, part_of_month, _year, _decade, _season, _clock)
