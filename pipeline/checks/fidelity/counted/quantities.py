"""The quantities that the sources hold, and which of them a figure of the piece can stand for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from pipeline.checks.fidelity.comparison import Source, Sources, once_for_sources
from pipeline.model import Evidence
from pipeline.text.figures import SCORE, FigureSpan
from pipeline.text.hedges import Hedge, hedge
from pipeline.text.implied import implied
from pipeline.text.stems import stem
from pipeline.text.units import is_measure, measured

Fit = Literal["same", "noun", "unit", "none"]
_PER = re.compile(
    r"[ \u00a0\u202f]?(?:par[ \u00a0\u202f]|/)(an|année|mois|trimestre|semaine|jour|nuit|heure|minute|seconde|habitant|personne"
    r"|tête|foyer|ménage|kilo|kg|tonne|litre|hectare|km|kilomètre|mètre|match|salarié|élève|enfant)(?!\w)"
)
_LIST_LINK = re.compile(r"[ \u00a0\u202f]?(?:,|/|et|ou|à|puis|, puis|contre)[ \u00a0\u202f]?")
_TOUCHING = re.compile(r"\d(?:(?<=[^\W\d_].)|(?<=[^\W\d_][-‑].))")
_NUMBERED = re.compile(r"(?<![\w-])[^\W\d_]{1,15}[-‑]?(\d{1,4})(?!\d)")
CALENDAR = "calendar"
"""The dimension of years, days of the month and numbers of names: a bare number may be one, a count is none."""
SCORE_OF = "score"
"""The dimension of the two numbers of a score."""
# A fraction in words is a round one: `un sur quatre` is told of 24 and of 26 %.
_FRACTION_SLACK = 0.04
_FRACTION_EXACT = 0.011
# A month is told as four weeks or thirty days.
_CALENDAR_SLACK = 0.085


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure that can be compared: `magnitude` in the base of `dimension`, which is None for a bare number."""

    magnitude: float
    dimension: str | None
    figure: FigureSpan
    hedge: Hedge
    text: str
    source: Source | None = None
    """None for a figure of the piece."""
    paragraph: int = 0
    per: str | None = None
    """`par mois`, `/jour`: stem of what the figure is told for."""

    @property
    def is_measure(self) -> bool:
        return (
            self.dimension in ("time", CALENDAR, SCORE_OF)
            or is_measure(self.figure.unit)
            or is_measure(self.dimension)
        )

    @property
    def is_ordinal(self) -> bool:
        return self.figure.kind == "ordinal"

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        return (self.source.evidence(self.paragraph),) if self.source else ()


def quantity(text: str, figure: FigureSpan, source: Source | None = None, paragraph: int = 0) -> Quantity:
    told = text[figure.start : figure.end]
    magnitude, dimension = measured(figure.value, figure.unit)
    hedged = hedge(text, figure.start, figure.end, counts_in_tens=figure.kind == "approximate")
    per = _PER.match(text, figure.end)
    return Quantity(
        magnitude, dimension, figure, hedged, told, source, paragraph, per=stem(per.group(1)) if per else None
    )


@once_for_sources
def known(sources: Sources) -> tuple[Quantity, ...]:
    """The figures of the sources, in reading order. A bare `65 milliards` has the currency told before it."""
    return tuple(q for source in sources for q in _of_source(source))


def _of_source(source: Source) -> Iterator[Quantity]:
    for at, (passage, row) in enumerate(zip(source.facts.passages, source.facts.figures, strict=True)):
        told = [quantity(passage.text, figure, source, at) for figure in row]
        scores = {at for m in SCORE.finditer(passage.text) for at in (m.start(1), m.start(2))}
        after: Quantity | None = None
        for n in range(len(told) - 1, -1, -1):
            one = told[n]
            if one.dimension is None and one.figure.start in scores:
                one = replace(one, dimension=SCORE_OF)
            elif one.dimension is None and after and after.is_measure and _listed(passage.text, one, after):
                one = _told_in(one, after)
            told[n] = after = one
        for n in range(1, len(told)):
            if _is_part_told_bare(passage.text, told[n - 1], told[n]):
                whole = _beside_its_time(passage.text, told, n - 1)
                told[n] = _told_in(told[n], whole) if whole.is_measure else told[n]
        yield from _in_one_currency(passage.text, _with_currency(told))


def _listed(text: str, one: Quantity, after: Quantity) -> bool:
    """`9, 12 et 15 euros`: the unit is told once."""
    return _LIST_LINK.fullmatch(text, one.figure.end, after.figure.start) is not None


def _told_in(one: Quantity, other: Quantity) -> Quantity:
    """A bare figure in the measure of another."""
    if other.dimension in (CALENDAR, SCORE_OF) or not is_measure(other.figure.unit):
        return replace(one, dimension=other.dimension)
    magnitude, dimension = measured(one.figure.value, other.figure.unit)
    if (
        (scale := _SCALE.search(other.text))
        and other.figure.start < one.figure.start
        and "illi" not in one.text
        and one.figure.value < _WRITTEN_OUT
    ):
        magnitude *= _SCALES[scale[0]]
    return replace(one, magnitude=magnitude, dimension=dimension)


_WRITTEN_OUT = 1000
"""From here on a bare figure is in no millions: `2,1 millions d’euros, dont 640 000 de dons`."""


def _is_part_told_bare(text: str, before: Quantity, one: Quantity) -> bool:
    """`quatre ans de prison, dont deux avec sursis`; `2 940 euros, contre 3 210`."""
    if one.dimension is not None or not before.is_measure or one.is_ordinal or "illi" in one.text:
        return False
    between = text[before.figure.end : one.figure.start]
    return len(between) < _APART and _OF_WHICH.search(between) is not None


def _beside_its_time(text: str, told: list[Quantity], at: int) -> Quantity:
    """`41 300 entrées en huit jours, contre 37 900`: what is compared is not the time that it took."""
    one, before = told[at], told[at - 1] if at else None
    if (
        one.dimension != "time"
        or before is None
        or not _TOOK.search(text, before.figure.end, one.figure.start)
    ):
        return one
    return before


_TOOK = re.compile(r"(?<!\w)(?:en|pendant|durant|sur)[ \u00a0\u202f]\Z")
_APART = 60
_OF_WHICH = re.compile(r"\A[^.;:!?]*(?<!\w)(?:dont|contre|au lieu de)[ \u00a0\u202f]\Z")


def sharing_scale(text: str, before: Quantity, one: Quantity) -> Quantity | None:
    """`1,1 million d’euros sur 3,2`: the second in the first's millions; None where it is not told so."""
    scale = _SCALE.search(before.text)
    if one.dimension is not None or scale is None or one.is_ordinal:
        return None
    if not _COMPARED.fullmatch(text, before.figure.end, one.figure.start):
        return None
    magnitude = one.figure.value * _SCALES[scale[0]]
    figure = replace(one.figure, value=magnitude, unit=before.figure.unit)
    return replace(one, magnitude=magnitude, dimension=before.dimension, figure=figure)


_SCALES = {"million": 1e6, "milliard": 1e9}
_SCALE = re.compile("milliard|million")
_COMPARED = re.compile(
    r",?[ \u00a0\u202f](?:sur|contre|après|au lieu de|et non|à|puis)(?:[ \u00a0\u202f](?:les|un total de|plus de|près de))?[ \u00a0\u202f]"
)


def _in_one_currency(text: str, told: Iterator[Quantity]) -> list[Quantity]:
    """`de 96 à 84 millions`: what the second is told in, the first is."""
    row = list(told)
    for n in range(len(row) - 2, -1, -1):
        if (
            row[n].dimension is None
            and is_currency(row[n + 1].dimension)
            and _listed(text, row[n], row[n + 1])
        ):
            row[n] = replace(row[n], dimension=row[n + 1].dimension)
    return row


def _with_currency(told: list[Quantity]) -> Iterator[Quantity]:
    currency = None
    for one in told:
        if is_currency(one.dimension):
            currency = one.dimension
        bare = one.dimension is None and "illi" in one.text
        yield replace(one, dimension=currency) if bare else one


def is_currency(dimension: str | None) -> bool:
    return dimension is not None and len(dimension) == 3 and dimension.isupper()


@once_for_sources
def hinted(sources: Sources) -> tuple[Quantity, ...]:
    """What the sources tell without a plain figure: `une heure`, `le double`, `un sur quatre`, times of the day, years."""
    return tuple(
        quantity(passage.text, figure, source, at)
        for source in sources
        for at, passage in enumerate(source.facts.passages)
        for figure in (
            *implied(passage.text),
            *_dated(source, at),
            *_named(passage.text),
            *_of_it(source, at),
        )
    )


@once_for_sources
def left_out(sources: Sources) -> tuple[Quantity, ...]:
    """The bare figures that are perhaps of what was told before them."""
    return tuple(
        quantity(passage.text, figure, source, at)
        for source in sources
        for at, passage in enumerate(source.facts.passages)
        for figure in _of_it(source, at)
    )


_OF_IT = re.compile(
    r"(?<![\w-])(?:en|n[’']en)(?:[ \u00a0\u202f](?:qu[’'])?[^\W\d_]{1,14}){1,3}[ \u00a0\u202f]\Z"
)
_REACH = 44
# Of what `en` stands for: no further back.
_ANTECEDENT = 200


def _of_it(source: Source, at: int) -> Iterator[FigureSpan]:
    """`15 000 euros … ; le syndicat en demandait 40 000`: perhaps of the same things, which the source leaves out."""
    text, row = source.facts.passages[at].text, source.facts.figures[at]
    named: FigureSpan | None = None
    for figure in row:
        if figure.unit:
            named = figure if figure.kind == "cardinal" else named
        elif named and figure.start - named.end < _ANTECEDENT and figure.kind == "cardinal":
            before = text[max(0, figure.start - _REACH) : figure.start]
            if _OF_IT.search(before):
                yield replace(figure, unit=named.unit)


def _dated(source: Source, at: int) -> Iterator[FigureSpan]:
    for date in source.facts.dates[at]:
        if date.value.startswith("T"):
            hours, minutes = int(date.value[1:3]), int(date.value[4:6])
            yield FigureSpan(date.start, date.end, hours + minutes / 60, "hour")
        if date.value[:4].isdigit():
            yield FigureSpan(date.start, date.end, float(date.value[:4]), CALENDAR)
        if len(date.value) in (7, 10) and date.value[-2:].isdigit():
            yield FigureSpan(date.start, date.end, float(date.value[-2:]), CALENDAR)


def _named(text: str) -> Iterator[FigureSpan]:
    """The number of `A380`, which may also be written `A 380`."""
    for match in _NUMBERED.finditer(text) if _TOUCHING.search(text) else ():
        yield FigureSpan(*match.span(1), float(match.group(1)), CALENDAR)


def same_value(told: Quantity, source: Quantity) -> bool:
    """Equal, signs aside, once brought to one measure."""
    if any(close(a, b, slack) for a, b, slack in _pairs(told, source)):
        return True
    return _close_calendar(told, source)


def _pairs(told: Quantity, source: Quantity) -> Iterator[tuple[float, float, float]]:
    """The values to compare, with the slack that the way they are told allows."""
    a, b = abs(told.magnitude), abs(source.magnitude)
    yield a, b, 1e-6
    if told.dimension != source.dimension:
        yield abs(told.figure.value), abs(source.figure.value), 1e-6
    fraction = "fraction" in (told.figure.kind, source.figure.kind)
    if fraction and (
        told.dimension == "%" or source.dimension == "%" or told.figure.kind == source.figure.kind
    ):
        rounder = told.figure.kind == "fraction" and source.figure.kind != "fraction"
        yield share(told), share(source), _FRACTION_SLACK if rounder else _FRACTION_EXACT


def share(one: Quantity) -> float:
    return abs(one.magnitude if one.dimension == "%" else one.figure.value * 100)


def _close_calendar(told: Quantity, source: Quantity) -> bool:
    """Spans told in another unit: a month is four weeks, `quinze jours` are two weeks."""
    if told.dimension != "time" or source.dimension != "time" or told.figure.unit == source.figure.unit:
        return False
    counts = {one.figure.unit: one.figure.value for one in (told, source)}
    if (counts.get("day"), counts.get("week")) in ((8, 1), (15, 2)):
        return True
    crosses = (told.figure.unit in ("month", "year")) != (source.figure.unit in ("month", "year"))
    return crosses and close(told.magnitude, source.magnitude, _CALENDAR_SLACK)


def close(a: float, b: float, slack: float) -> bool:
    return abs(a - b) <= slack * max(abs(a), abs(b))


def fit(told: Quantity, source: Quantity) -> Fit:
    """How well what is counted agrees, where the values do: `unit` when a named unit is another one."""
    one, other = told.dimension, source.dimension
    if other in (CALENDAR, SCORE_OF):
        return "same" if one is None and not told.is_ordinal else "none"
    if told.is_ordinal != source.is_ordinal:
        return _rank_fit(told, source)
    if other is None and told.is_measure and source.figure.kind != "fraction":
        return "same" if _stands_by_itself(source) else "none"
    if one == other or one is None or other is None or told.is_ordinal:
        return "same"
    if "fraction" in (told.figure.kind, source.figure.kind) and "%" in (one, other):
        return "same"
    if told.is_measure and source.is_measure:
        return "unit"
    if told.is_measure or source.is_measure:
        return (
            "noun"
            if "point" in (one, other)
            else "same"
            if "saison" in (one, other) and "time" in (one, other)
            else "unit"
        )
    return "same"


def _stands_by_itself(source: Quantity) -> bool:
    """`Karim, 38,`, `Prix : 45`, `(12)`, `65 milliards`: what a bare number measures is left to the reader."""
    if "illi" in source.text:
        return True
    if source.source is None or not source.text[0].isdigit():
        return False
    text = source.source.facts.passages[source.paragraph].text
    return text[max(0, source.figure.start - 2) : source.figure.start].endswith((", ", "(", ": ", ":\u00a0"))


def _rank_fit(told: Quantity, source: Quantity) -> Fit:
    """`article 5` and `article V` agree, so do `75 ans` and `75e anniversaire`; a rank is no count of other things."""
    if told.dimension is None and source.dimension is None:
        return "same"
    if "time" in (told.dimension, source.dimension):
        return "same"
    return "noun" if told.dimension == source.dimension else "none"


def is_vague(told: Quantity) -> bool:
    """`des milliers`, `plusieurs dizaines`: a size rather than a count."""
    return told.figure.kind == "approximate" and told.text.split()[0].endswith("s")
