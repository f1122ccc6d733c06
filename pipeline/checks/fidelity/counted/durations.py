"""Spans of time that follow from two dates of a source: `quatre mois` of 2 May to 9 September."""

from collections.abc import Iterable, Iterator
from itertools import combinations

from pipeline.checks.fidelity.alignment import Carrier
from pipeline.checks.fidelity.counted.quantities import Quantity
from pipeline.text.moments import Moment, moment

_MOST = 8
_IN_YEAR, _IN_MONTH, _IN_WEEK = 365.25, 365.25 / 12, 7.0
_DAYS_IN = {"month": _IN_MONTH, "week": _IN_WEEK, "day": 1.0, "nuit": 1.0, "nuitée": 1.0, "hour": 1 / 24}


def follows_from_dates(told: Quantity, carriers: tuple[Carrier, ...]) -> str | None:
    """The two mentions of time, as told, that lie so far apart."""
    if told.figure.unit == "trimestre" and told.is_ordinal:
        return _quarter(int(told.figure.value), carriers)
    if told.figure.unit not in _DAYS_IN and told.figure.unit != "year":
        return None
    rows = [_moments(carrier) for carrier in carriers]
    long = told.figure.unit in ("month", "year")
    dated = sorted(_months(rows), key=lambda m: (m[0].year or 0, m[0].month or 0)) if long else []
    for row in (*rows, dated[:_MOST]):
        for (one, first), (two, second) in combinations(row, 2):
            if any(_fits(told, *span) for span in _apart(one, two)):
                return f"{first} and {second}"
    return None


def _months(rows: Iterable[tuple[tuple[Moment, str], ...]]) -> Iterator[tuple[Moment, str]]:
    """Of all paragraphs together; a day of the week is one of its paragraph's week."""
    yield from (m for row in rows for m in row if m[0].month)


def _quarter(rank: int, carriers: tuple[Carrier, ...]) -> str | None:
    """`au troisième trimestre` of what went on from July to September."""
    for carrier in carriers:
        months = {m.month: words for m, words in _moments(carrier) if m.month}
        if {3 * rank - 2, 3 * rank} <= set(months):
            return f"{months[3 * rank - 2]} and {months[3 * rank]}"
    return None


def _moments(carrier: Carrier) -> tuple[tuple[Moment, str], ...]:
    """Those of the paragraph, each with its words."""
    facts = carrier.source.facts
    text = carrier.whole
    return tuple((moment(d, text), text[d.start : d.end]) for d in facts.dates[carrier.paragraph][:_MOST])


def _apart(one: Moment, two: Moment) -> Iterator[tuple[float, float]]:
    """How many days lie between two mentions, the fewest and the most."""
    if one.clock is not None and two.clock is not None:
        hours = ((two.clock - one.clock) % 1440) / 1440
        yield hours, hours
        yield 1 - hours, 1 - hours
    if one.month and two.month:
        days = ((two.month - one.month) % 12) * _IN_MONTH + (
            (two.year or 0) - (one.year or 0) if one.year and two.year else 0
        ) * _IN_YEAR
        if one.day and two.day:
            exact = days + two.day - one.day
            yield exact - 1, exact + 1
        elif not (one.day or two.day):
            yield days, days + _IN_MONTH
        else:
            yield days - _IN_MONTH / 2, days + _IN_MONTH / 2
    if one.weekday is not None and two.weekday is not None and one.weekday != two.weekday:
        for days in ((two.weekday - one.weekday) % 7, (one.weekday - two.weekday) % 7):
            yield float(days), days + 1.0


def _fits(told: Quantity, fewest: float, most: float) -> bool:
    """Told in the unit: to the half of it, for a month, a week or a year."""
    unit, value = told.figure.unit or "", told.figure.value
    length = _DAYS_IN.get(unit, _IN_YEAR)
    slack = 0.5 * length if unit in ("month", "week", "year") and most >= length else 0.01 * length
    return fewest - slack <= value * length <= most + slack
