"""What two figures of one kind make, wherever the sources tell them: `14 points gagnés` of 24 % here and 38 % there.

A paragraph that holds both figures proves more (see `arithmetic`). Here chance is the danger, as any number is the
difference of some two: the words beside the figure must say that it is reckoned, and where it is short the piece must
tell one of the two figures near it, or a source both in one sentence.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, islice, pairwise

from pipeline.checks.fidelity.comparison import (
    Comparison,
    Sources,
    Statement,
    once_for_sources,
    text_of,
)
from pipeline.checks.fidelity.counted.quantities import (
    CALENDAR,
    SCORE_OF,
    Quantity,
    close,
    is_currency,
    known,
    left_out,
    quantity,
)
from pipeline.checks.fidelity.counted.rounding import digits, last_digit
from pipeline.text.cues import has
from pipeline.text.sentences import sentences
from pipeline.text.stems import stem

_SIGNS = re.compile(
    r"(?<!\w)(?:de (?:plus|moins)|soit|écarts?|avance|retard|marge|différence|points?|fois|dépass\w+|excéd\w+|gagn\w+|gains?"
    r"|perd\w*|pertes?|progress\w+|recul\w*|hausses?|baiss\w+|augment\w+|dimin\w+|grimp\w+|chut\w+|bondi\w*|supérieur\w*"
    r"|inférieur\w*|au total|en tout|totalis\w+|à (?:eux|elles) (?:deux|trois|quatre|cinq|seuls|seules)|ensemble|cumul\w+|addition\w+|rest(?:e|ent|ait|aient|ant\w*)"
    r"|autres?|manqu\w+|économi\w+|surcoût|rallonge|sépar\w+|distanc\w+|devanc\w+|ajout\w+|supplémentaires?|moitié|tiers"
    r"|le (?:double|triple|quadruple))(?!\w)",
    re.IGNORECASE,
)
_TOGETHER = re.compile(
    r"(?<!\w)(?:au total|en tout|totalis\w+|à (?:eux|elles) (?:trois|quatre|cinq|seuls|seules)|ensemble|cumul\w+|addition\w+)(?!\w)",
    re.IGNORECASE,
)
_LEADS = re.compile(
    r"(?<!\w)(?:soit|(?:écart|avance|retard|marge|différence|hausse|baisse|recul|gain|perte|progression|augmentation|total) de)"
    r"(?:[ \u00a0](?:de|quelque|environ|près|plus|moins|un peu|à peine))*[ \u00a0]\Z",
    re.IGNORECASE,
)
_TAILS = re.compile(
    r"[ \u00a0](?:de (?:plus|moins|mieux|retard)|d[’'](?:écart|avance)|supplémentaires|autres)(?!\w)"
)
_LEAD = 44
_DONT = re.compile(r"[^.;:!?]{0,60}(?<!\w)dont[ \u00a0](?:[^.;:!?\d]{0,30}[ \u00a0])?")
_YEARLY = re.compile(
    r"(?<!\w)(?:par an|en un an|annuel\w*|chaque année|l[’']année|sur un an)(?!\w)", re.IGNORECASE
)
_MONTHLY = re.compile(
    r"[^.;:!?]{0,40}(?<!\w)(?:par mois|mensuel\w*|chaque mois|le mois)(?!\w)", re.IGNORECASE
)
_MONTHS, _WHOLE, _HALF = 12, 100, 0.51
_BEFORE, _AFTER = 70, 35
_MOST, _BACK = 160, 3
_SHORT, _LONG = 2, 3
"""Significant digits: with fewer any two figures make it; with more hardly any two of one sentence do by chance."""
_MANY = range(3, 7)
_NEARLY, _ROUGHLY, _SIDED = 0.05, 0.13, 0.25
_EXACT, _TIMES = 1e-6, 0.04


@dataclass(frozen=True, slots=True)
class _Row:
    """Figures of one kind, in the order of their magnitudes."""

    keys: tuple[float, ...]
    items: tuple[Quantity, ...]

    def between(self, low: float, high: float) -> tuple[Quantity, ...]:
        return self.items[bisect_left(self.keys, low) : bisect_right(self.keys, high)]


def reckoned(comparison: Comparison, statement: Statement, told: Quantity) -> tuple[str, bool] | None:
    """The figures that this one follows from, in words, and whether a reader sees them at once: one sentence of
    a source tells them, or the sentence of the piece tells one.
    """
    if told.is_ordinal or told.figure.kind == "fraction":
        return None
    if whole := _share_of_a_whole(comparison.sources, told) or _of_a_year(comparison, statement, told):
        return f"follows from {whole}", False
    near = _near(comparison, statement.index)
    said = tuple(q for at, q in near if at == statement.index)
    if found := _in_a_sentence(
        comparison.sources, told, said, together=has(_TOGETHER, _around(statement, told))
    ):
        return f"follows from {found[0].text} and {found[1].text}", False
    if not _says_so(statement, told):
        return None
    for kind in _kinds(told, near):
        row = _rows(comparison.sources).get(kind)
        if row is None:
            continue
        if found := _pair(told, row, near):
            here = any(_is(t, q) for at, t in near if at == statement.index for q in found)
            shown = (here and _is_told_as_such(statement, told)) or _seen_together(told, *found)
            return f"follows from {found[0].text} and {found[1].text}", shown
        if parts := _parts(told, row, statement):
            return f"follows from {', '.join(q.text for q in parts)}", True
    return None


def _share_of_a_whole(sources: Sources, told: Quantity) -> str | None:
    """`30 % du budget` of 2.1 million, of which 640,000."""
    if told.dimension != "%" or abs(told.magnitude) >= _WHOLE:
        return None
    low, high = _span(told) if told.hedge else (told.magnitude - _HALF, told.magnitude + _HALF)
    for whole, part in pairwise(islice(known(sources), _MOST * 2)):
        a, b = abs(whole.magnitude), abs(part.magnitude)
        alike = whole.dimension == part.dimension and whole.dimension not in (None, "%", CALENDAR)
        if alike and b < a and low <= _WHOLE * b / a <= high and _is_its_part(whole, part):
            return f"{whole.text} and {part.text}"
    return None


def _is_its_part(whole: Quantity, part: Quantity) -> bool:
    if whole.source is None or (whole.source, whole.paragraph) != (part.source, part.paragraph):
        return False
    text = whole.source.facts.passages[whole.paragraph].text
    return _DONT.fullmatch(text, whole.figure.end, part.figure.start) is not None


def _of_a_year(comparison: Comparison, statement: Statement, told: Quantity) -> str | None:
    """`43 800 euros par an` of 3,650 a month, or what two such make more or less in a year."""
    if not (is_currency(told.dimension) and has(_YEARLY, text_of(comparison, statement.index))):
        return None
    row = _rows(comparison.sources).get(told.dimension or "")
    monthly = [q for q in row.items if _is_monthly(q)][: _MANY.stop] if row else []
    low, high = _span(told)
    for one in monthly:
        if low <= _MONTHS * abs(one.magnitude) <= high:
            return f"{one.text} a month"
    for one, two in combinations(monthly, 2):
        if low <= _MONTHS * abs(one.magnitude - two.magnitude) <= high:
            return f"{one.text} and {two.text} a month"
    return None


def _is_monthly(one: Quantity) -> bool:
    text = one.source.facts.passages[one.paragraph].text if one.source else ""
    return _MONTHLY.match(text, one.figure.end) is not None


def _pair(
    told: Quantity, row: _Row, near: tuple[tuple[int, Quantity], ...]
) -> tuple[Quantity, Quantity] | None:
    """Two figures that make this one: of which the piece tells one near it, or else any."""
    beside = tuple(q for q in row.items if any(_is(t, q) for _, t in near))
    alone = digits(told.figure.value) >= _SHORT and told.dimension != "fois"
    pairs = ((one, _partner(told, one, row)) for one in (*beside, *row.items))
    return next(
        (
            (one, two)
            for one, two in pairs
            if two and (alone or one in beside or (told.dimension != "fois" and _in_one_sentence(one, two)))
        ),
        None,
    )


def _in_a_sentence(
    sources: Sources, told: Quantity, said: tuple[Quantity, ...], *, together: bool
) -> tuple[Quantity, Quantity] | None:
    """Two counts side by side in a sentence, whatever their nouns: `39 adultes et 22 enfants` of 61 people with 22
    children; `trente victimes au total` of seven dead and 23 wounded.
    """
    if told.is_measure or told.dimension in ("%", "point", "fois"):
        return None
    a = abs(told.magnitude)
    values = {abs(q.magnitude) for q in said}
    for one, two in pairwise(islice(known(sources), _MOST * 2)):
        if one.is_measure or two.is_measure or "%" in (one.dimension, two.dimension):
            continue
        whole, part = abs(one.magnitude), abs(two.magnitude)
        rest = whole == a + part and part in values and part > 1
        if (rest or (together and a == whole + part)) and _in_one_sentence(one, two):
            return one, two
    return None


def _parts(told: Quantity, row: _Row, statement: Statement) -> tuple[Quantity, ...]:
    """The figures of one sentence of a source, three or more in a row, that add up to this one."""
    if row.items[0].dimension == "%" or not has(_TOGETHER, _around(statement, told)):
        return ()
    in_order = sorted(
        row.items, key=lambda q: (q.source.label if q.source else "", q.paragraph, q.figure.start)
    )
    low, high = _span(told)
    for first in range(len(in_order)):
        for many in _MANY:
            parts = tuple(in_order[first : first + many])
            if low <= sum(abs(q.magnitude) for q in parts) <= high and _in_one_sentence(parts[0], parts[-1]):
                return parts
    return ()


def _says_so(statement: Statement, told: Quantity) -> bool:
    return has(_SIGNS, _around(statement, told))


def _around(statement: Statement, told: Quantity) -> str:
    start, end = max(statement.start, told.figure.start - _BEFORE), told.figure.end + _AFTER
    return statement.block.text[start : min(end, statement.end)]


def _is_told_as_such(statement: Statement, told: Quantity) -> bool:
    """The words that say so stand next to the figure."""
    text, figure = statement.block.text, told.figure
    lead = _LEADS.search(text[max(statement.start, figure.start - _LEAD) : figure.start])
    return bool(lead or _TAILS.match(text, figure.end) or told.dimension in ("fois", "point"))


@lru_cache(maxsize=4)
def _near(comparison: Comparison, index: int) -> tuple[tuple[int, Quantity], ...]:
    """The figures that a reader has before him, the last first, each with the number of its sentence."""
    rows = (comparison.statements[at] for at in range(index, max(-1, index - _BACK - 1), -1))
    return tuple(
        (one.index, quantity(one.block.text, f))
        for one in rows
        for f in reversed(tuple(islice(comparison.figures(one), _MOST // 4)))
    )


def _is(told: Quantity, source: Quantity) -> bool:
    alike = told.dimension == source.dimension or None in (told.dimension, source.dimension)
    return close(abs(told.magnitude), abs(source.magnitude), _EXACT) and alike


def _kinds(told: Quantity, near: tuple[tuple[int, Quantity], ...]) -> Iterator[str]:
    """The kinds of figures that may make this one. A bare one is of the kind told before it: `soit 25 000 de plus`."""
    dimension = told.dimension or next(
        (
            q.dimension
            for _, q in near
            if q.dimension and q.dimension != "time" and q.figure.start != told.figure.start
        ),
        None,
    )
    if dimension == "fois":
        yield from dict.fromkeys(k for _, q in near if (k := _kind(q)) and q.dimension != "fois")
    elif dimension == "point":
        yield from ("%", stem("point"))
    elif dimension and dimension != "%":
        yield _kind_of(dimension)


def _kind(one: Quantity) -> str | None:
    return _kind_of(one.dimension) if one.dimension else None


def _kind_of(dimension: str) -> str:
    return dimension if dimension == "%" or is_currency(dimension) or dimension == "time" else stem(dimension)


@once_for_sources
def _rows(sources: Sources) -> dict[str, _Row]:
    """The counts and measures of the sources by kind. A bare figure is of the kinds that its paragraph tells."""
    kinds: dict[str, list[Quantity]] = {}
    bare: dict[tuple[str, int], list[Quantity]] = {}
    places: dict[tuple[str, int], dict[str, None]] = {}
    for one in (*known(sources), *left_out(sources)):
        if one.is_ordinal or one.dimension in (CALENDAR, SCORE_OF) or one.figure.value <= 1:
            continue
        if one.source is None:
            continue
        place = (one.source.label, one.paragraph)
        if kind := _kind(one):
            kinds.setdefault(kind, []).append(one)
            places.setdefault(place, {})[kind] = None
        else:
            bare.setdefault(place, []).append(one)
    for place, row in bare.items():
        for kind in islice(places.get(place, ()), _BACK * 4):
            if not kinds[kind][0].is_measure and kind != "%":
                kinds[kind] += row[:_MOST]
    return {kind: _row(found[:_MOST]) for kind, found in kinds.items()}


def _row(found: list[Quantity]) -> _Row:
    ordered = tuple(sorted(found, key=lambda q: abs(q.magnitude)))
    return _Row(tuple(abs(q.magnitude) for q in ordered), ordered)


def _partner(told: Quantity, one: Quantity, row: _Row) -> Quantity | None:
    """The figure that makes the told one together with this one."""
    a, (low, high) = abs(one.magnitude), _span(told)
    if told.dimension == "fois":
        spans = [(a * low, a * high), (a / high, a / low)]
    else:
        spans = [(a - high, a - low), (a + low, a + high)]
        if one.dimension != "%":  # shares of two wholes add up to nothing
            spans.append((low - a, high - a))
    found = (q for lowest, highest in spans if highest > 0 for q in row.between(lowest, highest))
    return next((q for q in found if _makes(told, one, q)), None)


def _makes(told: Quantity, one: Quantity, two: Quantity) -> bool:
    """Neither is all of it by itself, nor the same figure told twice; times are told in one unit."""
    low, high = _span(told)
    a, b = abs(one.magnitude), abs(two.magnitude)
    alike = one.dimension != "time" or one.figure.unit == two.figure.unit == told.figure.unit
    named = one.dimension is not None or two.dimension is not None
    return alike and named and a != b and not (low <= a <= high or low <= b <= high)


def _span(told: Quantity) -> tuple[float, float]:
    """Between which values the figure is true, as it is hedged."""
    a = abs(told.magnitude)
    step = last_digit(told.figure.value) * (a / abs(told.figure.value) if told.figure.value else 1)
    if told.hedge == "about":
        slack = max(_NEARLY * a, min(_ROUGHLY * a, step / 2))
        return a - slack, a + slack
    if told.hedge:
        slack = max(_NEARLY * a, min(_SIDED * a, step))
        return (a, a + slack) if told.hedge == "above" else (a - slack, a)
    slack = (_TIMES if told.dimension == "fois" else _EXACT) * a
    return a - slack, a + slack


def _seen_together(told: Quantity, one: Quantity, two: Quantity) -> bool:
    return digits(told.figure.value) >= _LONG and _in_one_sentence(one, two)


def _in_one_sentence(one: Quantity, two: Quantity) -> bool:
    if one.source is None or (one.source, one.paragraph) != (two.source, two.paragraph):
        return False
    text = one.source.facts.passages[one.paragraph].text
    places = {one.figure.start, two.figure.start}
    return any(all(a <= at < b for at in places) for a, b in _sentences(text))


@lru_cache(maxsize=8)
def _sentences(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(sentences(text))
