"""Figures of a French piece held against figures of another language: value, measure, and how exact they claim to be.

What is counted cannot be compared: *employés* and *employees* are two words. A converted measure warns when the
conversion is right, and blocks when it is not.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice

from pipeline.checks.fidelity.comparison import Comparison, Statement
from pipeline.checks.fidelity.counted.arithmetic import worked_out
from pipeline.checks.fidelity.counted.at_last import at_last
from pipeline.checks.fidelity.counted.beside import rest_of_a_row, told_beside
from pipeline.checks.fidelity.counted.quantities import Quantity, close, fit, quantity, same_value
from pipeline.checks.fidelity.counted.rests import rest
from pipeline.checks.fidelity.counted.rounding import rounds
from pipeline.checks.fidelity.counted.shelf import Shelf
from pipeline.checks.fidelity.dated.intervals import interval
from pipeline.model import Finding, Severity
from pipeline.text.english.figures import hedge
from pipeline.text.figures import FigureSpan
from pipeline.text.quotes import QuoteSpan

_MOST = 200
_ROUNDED = 0.05
"""A converted measure may be rounded: 12 miles are told as 19 or 20 km."""
# One of the foreign measure in the metric one: exact by definition (international yard and pound, 1959).
_CONVERSIONS = (
    ("mile", 1.609344, "km"), ("pied", 0.3048, "m"), ("pouce", 2.54, "cm"), ("yard", 0.9144, "m"),
    ("livre", 0.45359237, "kg"), ("once", 28.349523, "g"), ("acre", 0.40468564, "ha"), ("gallon", 3.785411784, "L"),
    ("gallon", 4.54609, "L"), ("mph", 1.609344, "km/h"), ("square mile", 2.589988, "km²"),
    ("square foot", 0.09290304, "m²"), ("mile", 1609.344, "m"), ("livre", 0.00045359237, "t"), ("pied", 30.48, "cm"),
)  # fmt: skip
_SAME_UNITS = (
    frozenset(("GBP", "livre")),
    frozenset(("mph", "mile")),
    frozenset(("trimestre", "quarter")),
    frozenset(("nuit", "night")),
)
_IMPERIAL = frozenset(unit for unit, _, _ in _CONVERSIONS) | {"°F"}


def find_figures(comparison: Comparison) -> Iterator[Finding]:
    """FID004, outside quotations; those inside are held against their own original."""
    for statement in comparison.statements:
        for figure in comparison.figures(statement):
            if comparison.is_quoted(statement.paragraph, figure.start) or is_idle(
                statement.block.text, figure
            ):
                continue
            told = quantity(statement.block.text, figure)
            fault = _fault(comparison, told)
            if fault and fault[0] == "block" and (parts := _derived(comparison, statement, told)):
                fault = "warn", f"No source gives “{told.text}”; it follows from {parts}.", fault[2]
            if fault:
                severity, message, source = fault
                shown = source.evidence if source else ()
                span = (figure.start, figure.end)
                yield comparison.finding("FID004", severity, message, statement, span, shown)


def _derived(comparison: Comparison, statement: Statement, told: Quantity) -> str | None:
    """What a reader works the figure out of, as in French texts."""
    if told.figure.kind == "ordinal":
        return None
    figure = told.figure
    if left := rest(comparison, statement, told):
        return left
    if dates := interval(comparison, statement, figure.start, figure.end, figure.value, figure.unit or ""):
        return dates
    if share := rest_of_a_row(comparison, statement, told, _as_told):
        return share.text
    beside = told_beside(comparison, statement.index, _as_told)
    parts = worked_out(told, beside, statement.text, apart=True) or worked_out(
        told, _passages_of(comparison, statement), statement.text
    )
    parts = parts or at_last(comparison, statement, told, known(comparison))
    return " and ".join(q.text for q in parts) or None


def _as_told(comparison: Comparison, told: Quantity) -> Quantity | None:
    """The piece's own words for a figure that the sources have: what it counts is French there."""
    return told if carriers(comparison, told) else None


def _passages_of(comparison: Comparison, statement: Statement) -> tuple[Quantity, ...]:
    """The figures of the source passages whose figures the paragraph tells up to the statement's end."""
    row = (f for f in comparison.piece.figures[statement.paragraph] if f.start < statement.end)
    told = (quantity(statement.block.text, f) for f in islice(row, _FEW))
    found = (q for t in told for q in carriers(comparison, t)[:1] if q.source)
    places = dict.fromkeys((q.source.label, q.paragraph) for q in found if q.source)
    passages = by_passage(comparison)
    return tuple(q for place in places for q in passages.get(place, ()))[:_MOST]


_FEW = 12


def is_idle(text: str, figure: FigureSpan) -> bool:
    """One, `les deux …`, `l’une des trois …`: counts that a writer makes of what was told."""
    is_name = text[figure.start : figure.start + 2].istitle() and text[: figure.start].rstrip()[-1:].islower()
    if abs(figure.value) == 1 or is_name:
        return True
    in_words = not text[figure.start].isdigit()
    counted = re.search(
        r"(?:\b(?:l|d|c)es|aux|tous|toutes|leurs|ses)[ \u00a0]\Z",
        text[max(0, figure.start - 8) : figure.start],
    )
    return (
        in_words
        and figure.kind == "cardinal"
        and (figure.value == 2 or (figure.value < 5 and counted is not None))
    )


def values_in(row: Sequence[FigureSpan], span: QuoteSpan) -> frozenset[float]:
    """The values of a passage's figures that stand inside a quotation."""
    return frozenset(round(f.value, 6) for f in row if span.start <= f.start < span.end and abs(f.value) != 1)


@lru_cache(maxsize=2)
def known(comparison: Comparison) -> tuple[Quantity, ...]:
    """The figures, years, days and times of the sources."""
    return tuple(_known(comparison))


def _known(comparison: Comparison) -> Iterator[Quantity]:
    for source in comparison.sources:
        for at, passage in enumerate(source.facts.passages):
            text = passage.text
            for figure in source.facts.figures[at]:
                one = quantity(text, figure, source, at)
                if source.language == "en":
                    doubt = (
                        "about"
                        if figure.kind == "approximate"
                        else hedge(text, figure.start, lasts=one.dimension == "time")
                    )
                    one = Quantity(one.magnitude, one.dimension, figure, doubt, one.text, source, at)
                yield one
            for date in source.facts.dates[at]:
                for value in re.findall(r"\d+", date.value):
                    span = FigureSpan(date.start, date.end, float(value), None)
                    yield quantity(text, span, source, at)


@lru_cache(maxsize=2)
def shelf(comparison: Comparison) -> Shelf:
    return Shelf.of(known(comparison))


def carriers(comparison: Comparison, told: Quantity) -> list[Quantity]:
    """The figures of the sources that a figure of the piece repeats, or rounds."""
    near = list(shelf(comparison).near(told))
    same = [q for q in near if same_value(told, q) and _fits(told, q)]
    return same or [q for q in near if rounds(told, q)]


def _fits(told: Quantity, source: Quantity) -> bool:
    if frozenset(filter(None, (told.figure.unit, source.figure.unit))) in _SAME_UNITS:
        return True
    if source.dimension is None and source.figure.kind != "fraction":
        return True  # `74,` of an age, `minus 12`: what a bare number measures is left to the reader
    return fit(told, source) == "same"


def _fault(comparison: Comparison, told: Quantity) -> tuple[Severity, str, Quantity | None] | None:
    found = carriers(comparison, told)
    if found:
        return _hedge_fault(told, found)
    if converted := _converted(comparison, told):
        return converted
    same = [q for q in shelf(comparison).near(told) if same_value(told, q)]
    if same:
        return (
            "block",
            f"Another unit than the source's (source: {same[0].text}; piece: {told.text}).",
            same[0],
        )
    nearest = _nearest(comparison, told)
    shown = f" (source: {nearest.text}; piece: {told.text})" if nearest else f": {told.text}"
    return "block", f"No source gives this figure{shown}.", nearest


def _hedge_fault(told: Quantity, found: Sequence[Quantity]) -> tuple[Severity, str, Quantity] | None:
    hedges = {q.hedge for q in found}
    if (
        told.hedge in hedges
        or told.hedge == "about"
        or told.is_ordinal
        or "" in hedges
        or told.figure.kind == "approximate"
    ):
        return None
    source = found[0]
    if {told.hedge, *hedges} == {"above", "below"}:
        return "block", f"More than is not less than (source: {source.text}; piece: {told.text}).", source
    if not told.hedge:
        return "warn", f"The source is less exact about “{source.text}” (piece: {told.text}).", source
    return None


def _converted(comparison: Comparison, told: Quantity) -> tuple[Severity, str, Quantity] | None:
    unit, value = told.figure.unit, told.figure.value
    for source in _imperial(comparison):
        if unit == "°C" and source.figure.unit == "°F":
            right: list[float] = [(source.figure.value - 32) / 1.8]
        else:
            right = [
                source.figure.value * by
                for one, by, other in _CONVERSIONS
                if (one, other) == (source.figure.unit, unit)
            ]
        if any(close(value, r, _ROUNDED) or abs(value - r) < 1 <= abs(r) / 10 for r in right):
            return (
                "warn",
                f"Converted from the source's measure (source: {source.text}; piece: {told.text}).",
                source,
            )
    return None


@lru_cache(maxsize=2)
def _imperial(comparison: Comparison) -> tuple[Quantity, ...]:
    told = {
        (q.figure.unit, q.figure.value): q for q in reversed(known(comparison)) if q.figure.unit in _IMPERIAL
    }
    return tuple(reversed(told.values()))[:_MOST]


@lru_cache(maxsize=2)
def by_passage(comparison: Comparison) -> dict[tuple[str, int], tuple[Quantity, ...]]:
    """The figures of the sources, by source label and paragraph; the first ones of a long one."""
    rows: dict[tuple[str, int], list[Quantity]] = {}
    for q in known(comparison):
        if q.source:
            rows.setdefault((q.source.label, q.paragraph), []).append(q)
    return {place: tuple(row[:_MOST]) for place, row in rows.items()}


def _nearest(comparison: Comparison, told: Quantity) -> Quantity | None:
    """Of the same measure, or counted as this one is; with the most digits in common."""
    looked_at = known(comparison)[:_MOST]
    alike = [
        q
        for q in looked_at
        if q.dimension == told.dimension or frozenset((q.figure.unit, told.figure.unit)) in _SAME_UNITS
    ]
    alike = alike or [q for q in looked_at if not q.is_measure and not told.is_measure]
    return max(alike, key=lambda q: len(set(q.text) & set(told.text)), default=None)


def strange_values(
    comparison: Comparison, statement: Statement, span: QuoteSpan, theirs: Sequence[Quantity]
) -> list[Quantity]:
    """The figures of a translated quotation that its original does not have."""
    row = [f for f in comparison.piece.figures[statement.paragraph] if span.start <= f.start < span.end]
    told = [quantity(statement.block.text, f) for f in row if not is_idle(statement.block.text, f)]
    return [t for t in told if not any((same_value(t, q) and _fits(t, q)) or rounds(t, q) for q in theirs)]
