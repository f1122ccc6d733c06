"""A mention of time taken apart: `lundi 14 juillet au soir` is a weekday, a day, a month and a part of the day."""

import re
from dataclasses import dataclass
from datetime import date

from pipeline.text.calendar import MONTHS
from pipeline.text.date_patterns import PARTS, SEASONS, WEEKDAYS
from pipeline.text.dates import DateSpan

DAYS = tuple(WEEKDAYS.values())
_WEEKDAY_WORDS = WEEKDAYS | {day: day for day in DAYS}  # a source may be English
_PARTS = frozenset(PARTS.values())
_SEASONS = frozenset(SEASONS.values())
_NEAR = {"today": 0, "yesterday": -1, "tomorrow": 1, "-2 days": -2, "+2 days": 2}
_STEPS = {"the day before": -1, "the day after": 1, "two days before": -2}
_RELATED = re.compile(r"(?P<way>this|last|next|following|previous) (?P<what>.+)")
_AMOUNT = re.compile(
    r"(?P<sign>since -|since |[-+]|last |next |previous |following )(?P<count>\d+)? ?(?P<unit>[a-z-]+?)s?"
)
_CREDIT = re.compile(
    r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)|(?P<d2>\d{1,2})(?:er)?[ \u00a0\u202f](?P<month>[^\W\d_]+)[ \u00a0\u202f](?P<y2>\d{4})"
    r"|(?P<d3>\d{1,2})[/.](?P<m3>\d{1,2})[/.](?P<y3>\d{4})"
)


@dataclass(frozen=True, slots=True)
class Moment:
    """The parts a mention has; a part it does not have is None, or 0 in `way`."""

    weekday: int | None = None
    """0 is Monday."""
    day: int | None = None
    month: int | None = None
    year: int | None = None
    part: str | None = None
    season: str | None = None
    decade: int | None = None
    clock: int | None = None
    """Minutes after midnight."""
    near: int | None = None
    """Days from the day of speaking: `hier` is -1."""
    step: int | None = None
    """Days from another day told: `la veille` is -1."""
    way: str = ""
    """`this`, `last`, `next`, `following`, `previous`."""
    unit: str | None = None
    """Of a span of time or of `cette semaine`: `week`."""
    count: int | None = None
    """How many units; None when they are not counted (`depuis des mois`)."""
    sign: int = 0
    """-1 for the past, 1 for the future, of a span of time."""


def moment(span: DateSpan, text: str) -> Moment:
    """What a mention says; `text` is the text it stands in, for the weekday that its value leaves out."""
    value, _, part = span.value.partition("/")
    seasonal = part in _SEASONS
    base = _base(value)
    weekday = _WEEKDAY_WORDS.get(text[span.start : span.end].split(maxsplit=1)[0].lower().rstrip(","))
    return Moment(
        weekday=DAYS.index(weekday) if weekday else base.weekday,
        day=base.day,
        month=base.month,
        year=base.year,
        part=(part if part in _PARTS else None) or base.part,
        season=part if seasonal else base.season,
        decade=base.decade,
        clock=base.clock,
        near=base.near,
        step=base.step,
        way=base.way,
        unit=base.unit,
        count=base.count,
        sign=base.sign,
    )


def _base(value: str) -> Moment:
    if value in _NEAR:
        return Moment(near=_NEAR[value])
    if value in _STEPS:
        return Moment(step=_STEPS[value])
    if value.startswith("T"):
        return Moment(clock=int(value[1:3]) * 60 + int(value[4:6]))
    if value in _SEASONS:
        return Moment(season=value)
    if calendar := re.fullmatch(r"(\d{4}|-)(?:-(\d\d))?(?:-(\d\d))?(s?)", value):
        year = int(calendar.group(1)) if calendar.group(1) != "-" else None
        if calendar.group(4):
            return Moment(decade=year)
        return Moment(
            year=year, month=int(calendar.group(2) or 0) or None, day=int(calendar.group(3) or 0) or None
        )
    if amount := _AMOUNT.fullmatch(value):
        return _amount(amount)
    return _related(value)


def _amount(found: re.Match[str]) -> Moment:
    sign, unit = found["sign"].strip(), found["unit"]
    if (
        found["count"] is None
        and sign in ("last", "next", "previous", "following")
        and not found.group().endswith("s")
    ):
        return _related(found.group())
    future = sign in ("+", "next", "following")
    count = int(found["count"]) if found["count"] else None
    return Moment(unit=unit, count=count, sign=1 if future else -1)


def _related(value: str) -> Moment:
    found = _RELATED.fullmatch(value)
    way, what = (found["way"], found["what"]) if found else ("", value)
    name, _, number = what.partition(" ")
    if name in DAYS:
        return Moment(weekday=DAYS.index(name), day=int(number) if number.isdigit() else None, way=way)
    if what.startswith("--"):
        return Moment(month=int(what[2:4]), way=way)
    if what in _PARTS:
        return Moment(part=what, near=0 if way == "this" else None, way=way)
    if what in _SEASONS:
        return Moment(season=what, way=way)
    return Moment(unit=what, way=way)


def published(told: str | None) -> date | None:
    """The day of a credit line, as ISO 8601 or in French."""
    found = _CREDIT.search(told or "")
    if found is None:
        return None
    name = (found["month"] or "").lower()
    month = MONTHS.index(name) + 1 if name in MONTHS else int(found["m"] or found["m3"] or 0)
    year, day = int(found["y"] or found["y2"] or found["y3"]), int(found["d"] or found["d2"] or found["d3"])
    try:
        return date(year, month, day)
    except ValueError:
        return None
