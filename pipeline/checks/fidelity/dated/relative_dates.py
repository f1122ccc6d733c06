"""Time told from a point in time: `hier`, `la veille`, `le mois dernier`, `il y a un an`, `depuis des années`.

Each rule answers with a fault or None.
"""

import re
from datetime import date
from functools import lru_cache

from pipeline.checks.fidelity.alignment import supports
from pipeline.checks.fidelity.comparison import Comparison
from pipeline.checks.fidelity.counted.quantities import quantity, same_value
from pipeline.checks.fidelity.counted.shelf import shelves, units_told
from pipeline.checks.fidelity.dated.almanac import FROM_NOW as _FROM_NOW
from pipeline.checks.fidelity.dated.almanac import Almanac
from pipeline.checks.fidelity.dated.date_case import Case, Fault
from pipeline.checks.fidelity.dated.intervals import between_times, interval
from pipeline.text.figures import FigureSpan
from pipeline.text.moments import Moment, moment

# `le monde de demain`, `les gens d’aujourd’hui`, `plus qu’aujourd’hui`.
_FIGURATIVE = re.compile(r"(?<!partir )(?<!compter )(?:d[’']|qu[’']|de[ \u00a0\u202f])\Z", re.IGNORECASE)
_SHIFT = {"this": 0, "last": -1, "previous": -1, "next": 1, "following": 1}
_SPOKEN_OF = {"week": "semaine", "year": "annee"}
_NOT_SO = "No source says so of the time"
_LOOKED_AT = 200
# `vendredi, à la veille du vote`: the day told is itself the one before.
_OF_IT = re.compile(r"[ \u00a0](?:de |du |des |d[’'])", re.IGNORECASE)


def _near(case: Case) -> Fault | None:
    """`hier`, `demain`, `aujourd’hui`; `ce soir-là` is the evening of another day."""
    near, known = case.said.near, case.known
    if _THEN.match(case.statement.block.text, case.span.end) or _is_reached(case):
        return None
    if near is None or near in known.nears or (near in known.steps) or _FIGURATIVE.search(case.before):
        return None
    if any((day.weekday() + near) % 7 in known.weekdays for day in known.published):
        return None
    if near == 0 and case.said.part is None and (_is_a_state(case) or not _stands_for_a_day(case)):
        return None  # `aujourd’hui` also means these days
    return Fault("block", "No source has this day")


_THEN = re.compile(r"[-‑]là(?!\w)")


def _is_reached(case: Case) -> bool:
    """`deux jours plus tard`: two days told lie so far apart."""
    said = case.said
    count, unit = (abs(said.near), "day") if said.near else (said.count, said.unit)
    if not count or not unit:
        return False
    place = (case.span.start, case.span.end)
    return interval(case.comparison, case.statement, *place, count, unit) is not None


# `, aujourd’hui premier adjoint`; not `, aujourd’hui à dix heures`, nor `aujourd’hui, le tribunal`.
_APPOSED = re.compile(
    r"[ \u00a0](?:(?:l[ea]|une?|son|sa|leur)[ \u00a0]|l[’'])?(?!(?:à|au|aux|en|dans|sur|pour|par|avec|avant|après|dès|vers|de|du|des|les|ces|ce|cet|cette|il|elle|on|ils|elles|que|qui|et|ou|mais|où|se|ne|je|nous|vous|matin|soir|midi|même)(?!\w))[^\W\d_]{3,}"
    r"(?![ \u00a0](?:(?:l[ea]s?|une?|son|sa|ses|que|ce|cette|se|pas)(?!\w)|l[’']|qu[’']|s[’'])|\w)"
    r"|[ \u00a0](?:à la (?:tête|retraite)|en (?:poste|fonctions?|retraite|exercice)|au chômage)(?!\w)"
)
_APART = re.compile(r"[,(][ \u00a0]?(?:et[ \u00a0])?\Z")
# Present states, which last: `elle dirige aujourd’hui`.
_STATE = r"(?:reste|vit|vivent|travaill\w+|dirige(?:nt)?|compte(?:nt)?|emploie(?:nt)?|préside(?:nt)?|occupe(?:nt)?|siège(?:nt)?|enseigne(?:nt)?|habite(?:nt)?|exerce(?:nt)?|possède(?:nt)?|gère(?:nt)?|regroupe(?:nt)?|représente(?:nt)?|appartien\w+|produi(?:t|sent)|conseille(?:nt)?|fabrique(?:nt)?|abrite(?:nt)?)"
_LASTS = re.compile(rf"(?<!\w){_STATE}[ \u00a0]\Z", re.IGNORECASE)
_BEGINS = re.compile(rf",?[ \u00a0](?:[\w’'-]+[ \u00a0]){{1,5}}?{_STATE}(?!\w)", re.IGNORECASE)
_IS = re.compile(r"(?<!\w)(?:est|sont)[ \u00a0]\Z", re.IGNORECASE)
_OFFICE = re.compile(r"[ \u00a0](?:l[ea]s?[ \u00a0]|l[’']|une?[ \u00a0]|âgée?s?(?!\w))")


def _is_a_state(case: Case) -> bool:
    """`aujourd’hui` says what somebody or something is now, and means no date."""
    text, end = case.statement.block.text, case.span.end
    if _APART.search(case.before) and _APPOSED.match(text, end):
        return True
    if _LASTS.search(case.before) or _BEGINS.match(text, end, end + _CLAUSE):
        return True
    return bool(_IS.search(case.before) and _OFFICE.match(text, end))


_CLAUSE = 60


def _stands_for_a_day(case: Case) -> bool:
    """True when the passages that carry the statement tell a day that the statement leaves out."""
    support = supports(case.comparison)[case.statement.index]
    kept = {m.weekday for m in _days_told(case.comparison, case.statement.index)}
    left = (
        t.moment
        for c in support.carriers[:1]
        for t in case.known.by_place.get((c.source.label, c.paragraph), ())
    )
    return any(m.near or (m.weekday is not None and m.weekday not in kept) for m in left)


def _step(case: Case) -> Fault | None:
    """`la veille`, `le lendemain`: a day before or after one told in the piece must be one of the sources'."""
    step, known = case.said.step, case.known
    if step is None or step in known.steps:
        return None
    references = _days_before(case)
    if references:
        of = _OF_IT.match(case.statement.block.text, case.span.end)
        fits = any(
            _shifted(m, -step if of and back else step, known) for m in references for back in (False, True)
        )
        return None if fits else Fault("block", "No source has that day")
    if any((day + step) % 7 in known.weekdays for day in known.weekdays):
        return None
    # Without a day to reckon from, one day more or less may be the source's `jeudi`; two days are claimed on purpose.
    return Fault("warn" if abs(step) == 1 and known.weekdays else "block", "No source has that day")


def _days_before(case: Case) -> frozenset[Moment]:
    """The days that the statement tells, or else the last ones told before it."""
    at = case.statement.index
    rows = (_days_told(case.comparison, index) for index in range(at, max(-1, at - 7), -1))
    return next((row for row in rows if row), frozenset())


@lru_cache(maxsize=16)
def _days_told(comparison: Comparison, index: int) -> frozenset[Moment]:
    statement = comparison.statements[index]
    row = (moment(d, statement.block.text) for d in comparison.dates(statement))
    return frozenset(m for m in row if m.weekday is not None or (m.day and m.month))


def _shifted(reference: Moment, step: int, known: Almanac) -> bool:
    if reference.weekday is not None and (reference.weekday + step) % 7 in known.weekdays:
        return True
    if reference.day and reference.month:
        shifted = date(2024, reference.month, min(reference.day, 28)).toordinal() + step
        moved = date.fromordinal(shifted)
        return (moved.month, moved.day) in known.days
    return False


def _related(case: Case) -> Fault | None:
    """`cette semaine`, `le mois dernier`, `l’année suivante`."""
    said, known = case.said, case.known
    if not said.way or said.unit is None or known.related(said.way, said.unit):
        return None
    if said.way == "this":
        return _this(case)
    sign = 1 if said.way in ("next", "following") else -1
    same = {"last": "previous", "previous": "last", "next": "following", "following": "next"}[said.way]
    if known.related(same, said.unit) and same in ("last", "previous"):
        return None
    if (said.unit, 1, sign) in known.spans:
        return None
    shift = _SHIFT[said.way]
    if said.unit == "year" and (
        any(day.year + shift in known.years for day in known.published) or _has_season_so(known, shift)
    ):
        return None
    if said.unit == "month" and any(
        (day.month - 1 + shift) % 12 + 1 in known.months for day in known.published
    ):
        return None
    if _is_next_in_a_row(said, known):
        return None
    undated = said.unit == "year" and said.way == "last" and known.years and not known.published
    return Fault("warn" if undated else "block", _NOT_SO)  # a source without a date line may mean any year


def _has_now(known: Almanac) -> bool:
    """`cette année`, in a source without a date line, which tells the years."""
    return not known.published and known.related("this", "year")


def _has_years_in_a_row(known: Almanac) -> bool:
    return any(year + 1 in known.years for year in known.years)


def _is_next_in_a_row(said: Moment, known: Almanac) -> bool:
    """`le mois suivant`, where the source tells October and November."""
    of_another = said.way in ("previous", "following")
    if said.unit == "month":
        return of_another and _has_months_in_a_row(known)
    return said.unit == "year" and _has_years_in_a_row(known) and (of_another or _has_now(known))


def _has_months_in_a_row(known: Almanac) -> bool:
    return any(month % 12 + 1 in known.months for month in known.months)


def _has_season_so(known: Almanac, shift: int) -> bool:
    """`l’hiver précédent`, told as last year."""
    moments = (one.moment for one in known.told[:_LOOKED_AT])
    return any(m.season and _SHIFT.get(m.way) == shift for m in moments)


def _this(case: Case) -> Fault | None:
    unit, known = case.said.unit, case.known
    if unit in ("day", "hour", "minute", "century", "decade"):
        return None
    if known.has_near_day() or (unit in ("month", "year", "quarter") and "week" in known.units):
        return None
    if unit in _SPOKEN_OF and _SPOKEN_OF[unit] in known.words and not known.related("last", unit):
        return None  # `plus tard dans la semaine`
    if unit == "weekend":
        return Fault("block", _NOT_SO)
    if unit in ("year", "half-year", "quarter") and (
        known.months or "month" in known.units or known.has_season("summer")
    ):
        return None
    return Fault("warn" if unit == "year" else "block", _NOT_SO)


def _span(case: Case) -> Fault | None:
    """`il y a un an`, `dans 14 mois`, `depuis des années`. Counts above one are figures, and checked as such."""
    said, known = case.said, case.known
    if not said.sign or said.unit is None or said.way or _is_reached(case):
        return None
    if said.count is None:
        return _loose_span(case, said.unit)
    if _FROM_NOW.match(case.text) and _turned_round(said, known):
        return Fault("block", "The source says it the other way in time")
    if said.count != 1 or (said.unit, 1, said.sign) in known.spans:
        return None
    one = quantity(case.text, FigureSpan(0, len(case.text), 1, said.unit))
    if any(
        same_value(one, q)
        for shelf in shelves(case.comparison.sources)
        for q in shelf.near(one)
        if q.dimension == "time"
    ):
        return None
    so = known.related("last" if said.sign < 0 else "next", said.unit)
    if so or (said.unit == "year" and (known.related("this", "year") or _has_years_in_a_row(known))):
        return None
    apart = between_times(case.comparison.sources, 1, said.unit)
    return Fault("warn", f"{_NOT_SO}; it follows from {apart}") if apart else Fault("block", _NOT_SO)


def _turned_round(said: Moment, known: Almanac) -> bool:
    span = (said.unit or "", said.count)
    return (*span, -said.sign) in known.spans_from_now and (*span, said.sign) not in known.spans


def _loose_span(case: Case, unit: str) -> Fault | None:
    """`depuis des mois` may stand for 14 months or for a month told by its name."""
    known, counted = case.known, units_told(case.comparison.sources)
    if unit in counted or any(u == unit for u, _, _ in known.spans):
        return None
    named = {"year": known.years, "month": known.months, "day": known.weekdays, "week": known.weekdays}
    if named.get(unit) or (unit in ("month", "week") and "year" in counted):
        return None
    return Fault("block" if known.spans else "warn", _NOT_SO)


RULES = (_near, _step, _related, _span)
