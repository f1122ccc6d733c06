"""FID005: every day, month, year and time of the piece is the sources' own, or follows from them."""

from collections.abc import Iterator
from functools import lru_cache

from pipeline.checks.check import Check, Example, Manuscript
from pipeline.checks.fidelity.alignment import Support, supports
from pipeline.checks.fidelity.comparison import Comparison, compare
from pipeline.checks.fidelity.dated import calendar_rules, relative_dates
from pipeline.checks.fidelity.dated.almanac import Told, almanac
from pipeline.checks.fidelity.dated.date_case import Case, Fault
from pipeline.checks.fidelity.refound import once_for_words
from pipeline.model import Finding
from pipeline.text.moments import Moment, moment, published

_LOOKED_AT = 100


@once_for_words
def find_absent_date(manuscript: Manuscript) -> Iterator[Finding]:
    comparison = compare(manuscript)
    if not comparison.sources or manuscript.dossier is None:
        return
    days = tuple(d for one in manuscript.dossier.all if (d := published(one.article.credit.date)))
    sources = almanac(comparison.sources, days)
    for statement in comparison.statements:
        for span in comparison.dates(statement):
            if comparison.is_quoted(statement.paragraph, span.start):
                continue
            case = Case(comparison, sources, statement, span, moment(span, statement.block.text))
            if fault := next(
                (f for rule in (*calendar_rules.RULES, *relative_dates.RULES) if (f := rule(case))), None
            ):
                yield _finding(case, fault)


def _finding(case: Case, fault: Fault) -> Finding:
    support = supports(case.comparison)[case.statement.index]
    nearest = _nearest(case, support)
    shown = f"source: {nearest.text}; piece: {case.text}" if nearest else f"piece: {case.text}"
    evidence = (nearest.source.evidence(nearest.paragraph),) if nearest else ()
    return case.comparison.finding(
        "FID005",
        fault.severity,
        f"{fault.what} ({shown}).",
        case.statement,
        (case.span.start, case.span.end),
        evidence or tuple(c.evidence for c in support.carriers[:1]),
    )


def _nearest(case: Case, support: Support) -> Told | None:
    """The source's mention that this one most likely was: alike and in a passage that carries the statement."""
    said = _said(case.comparison, case.statement.index)
    places = ((c.source.label, c.paragraph) for c in support.carriers)
    near = [t for place in places for t in case.known.by_place.get(place, ()) if t.text.lower() not in said]
    kind = _kind(case.said)
    alike = (t for t in (*near, *case.known.told[:_LOOKED_AT]) if _kind(t.moment) == kind)
    return next((t for t in alike if t.text.lower() not in said), None) or next(iter(near), None)


@lru_cache(maxsize=4)
def _said(comparison: Comparison, index: int) -> frozenset[str]:
    statement = comparison.statements[index]
    return frozenset(statement.block.text[d.start : d.end].lower() for d in comparison.dates(statement))


def _kind(m: Moment) -> str:
    if m.weekday is not None:
        return "weekday"
    if m.day or m.month:
        return "month"
    return "year" if m.year else "clock" if m.clock is not None else "span" if m.unit else "other"


CHECKS = (
    Check(
        code="FID005",
        name="date absent from the sources",
        severity="block",
        why="A day, month or time that no source gives is an invented fact; readers plan by it.",
        source="House rule; measured on changed dates: days, months, years and times must be the source's own.",
        bad=Example(
            "# La piscine\n\nLe bassin rouvrira jeudi, après des travaux commencés en mars 2023.",
            source="La piscine rouvre mardi. Les travaux avaient débuté le 12 mars 2023.",
        ),
        good=Example(
            "# La piscine\n\nLe bassin rouvrira mardi, après des travaux commencés en mars 2023.",
            source="La piscine rouvre mardi. Les travaux avaient débuté le 12 mars 2023.",
        ),
        find=find_absent_date,
        needs_source=True,
    ),
)
