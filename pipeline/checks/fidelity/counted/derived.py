"""Figures that a reader can work out: sums, differences, shares and multiples of the source's own, and counts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from pipeline.checks.fidelity.alignment import Support, supports
from pipeline.checks.fidelity.comparison import Comparison, Statement
from pipeline.checks.fidelity.counted.quantities import CALENDAR, Quantity, close, share
from pipeline.checks.fidelity.counted.shelf import by_noun, by_place
from pipeline.text.stems import stem

_MOST = 16
_LOOKED_AT = 4000
_HIGHEST_COUNT = 12
"""What a writer counts at a glance."""
_ROUND, _HEDGED = 0.04, 0.15
_PART_OF = re.compile(r"(?<!\w)(?:dont|parmi|sur|soit)(?!\w)")
_MARK = re.compile(r"[.!?;:()]|,|(?<!\w)(?:et|ou|ainsi que|puis)(?!\w)")
_DEFINITE = re.compile(
    r"(?<!\w)(?:les|ces|ses|leurs|nos|vos|mes|aux|des|tous|toutes|entre|eux|elles|nous|vous|ceux|celles|à|en)[ \u00a0\u202f]\Z",
    re.IGNORECASE,
)
# What a piece announces of itself: its parts, its reasons, its way of telling.
_TOLD_IN = frozenset(
    "chose raison question réponse clé conseil chiffre leçon idée piste enseignement info façon manière volet axe front "
    "registre critère aspect facteur explication repère point-clé enjeu".split()
)


@dataclass(frozen=True, slots=True)
class Absent:
    """A figure of a statement that no source has."""

    comparison: Comparison
    statement: Statement
    told: Quantity
    support: Support
    published: tuple[int, ...]
    """The years of the sources' date lines."""

    @property
    def around(self) -> tuple[Quantity, ...]:
        """The figures of the passages that carry the statement; their years last."""
        places = by_place(self.comparison.sources)
        keys = dict.fromkeys((c.source.label, c.paragraph) for c in self.support.carriers) or list(places)[:1]
        found = [q for key in keys for q in places.get(key, ())]
        return tuple(sorted(found, key=lambda q: q.dimension == CALENDAR))

    @property
    def of_same_noun(self) -> Quantity | None:
        """A figure the sources give for the same counted noun: it contradicts this one."""
        if self.told.dimension is None or self.told.is_measure:
            return None
        return by_noun(self.comparison.sources).get((stem(self.told.dimension), self.told.is_ordinal))

    @property
    def is_definite(self) -> bool:
        at = self.told.figure.start
        before = self.statement.block.text[max(0, at - 8) : at]
        return not self.told.text[0].isdigit() and _DEFINITE.search(before) is not None


def is_own_count(case: Absent) -> bool:
    """`les deux hommes`; `trois raisons`; `cinq choses à savoir` above five headings."""
    told, value = case.told, case.told.figure.value
    if told.figure.kind != "cardinal" or case.of_same_noun or value > _HIGHEST_COUNT:
        return False
    in_points = told.dimension == "point" and not told.text[0].isdigit() and case.is_definite
    if told.is_measure and not in_points:
        return False
    announced = case.statement.is_heading and value in _headings(case.comparison)
    return announced or in_points or told.dimension in _TOLD_IN or (value == 2 and case.is_definite)


@lru_cache(maxsize=2)
def _headings(comparison: Comparison) -> frozenset[int]:
    """How many headings the piece has at each level."""
    levels = [b.level for b in comparison.blocks if b.kind == "heading"]
    return frozenset(levels.count(level) for level in range(1, 7))


def derivation(case: Absent) -> str | None:
    """What the figure follows from, in words; None when it follows from nothing."""
    if not case.told.is_measure and case.of_same_noun is None and _may_be_counted(case):
        return "may be counted from a list"
    around = case.around
    if how := _worked_out(case.told, around):
        return f"follows from {how}"
    years = tuple(q.figure.value for q in around if q.dimension == CALENDAR)
    return "follows from the date line" if _is_age(case.told, years, case.published) else None


def _worked_out(told: Quantity, around: tuple[Quantity, ...]) -> str | None:
    """The two figures of one paragraph that give this one, as told; years may stand apart."""
    for one, two in combinations([q for q in around if not q.is_ordinal][:_MOST], 2):
        if _years_apart(told, one, two):
            return f"{one.text} and {two.text}"
        if (one.source, one.paragraph) != (two.source, two.paragraph) or CALENDAR in (
            one.dimension,
            two.dimension,
        ):
            continue
        if _adds(told, one, two) or _is_multiple(told, one, two):
            return f"{one.text} and {two.text}"
    return None


def _adds(told: Quantity, one: Quantity, two: Quantity) -> bool:
    a, b = abs(one.magnitude), abs(two.magnitude)
    if told.dimension == "point" and one.dimension == two.dimension == "%":
        return close(abs(told.magnitude), abs(a - b), 1e-6)
    if one.dimension == "%" or not _one_kind(one, two) or not _one_kind(told, one):
        return False  # shares of different wholes add up to nothing
    return any(close(abs(told.magnitude), x, 1e-6) for x in (a + b, abs(a - b)) if x)


def _one_kind(one: Quantity, two: Quantity) -> bool:
    if one.dimension is None or two.dimension is None:
        return one.dimension == two.dimension
    return one.dimension == two.dimension or stem(one.dimension) == stem(two.dimension)


def _years_apart(told: Quantity, one: Quantity, two: Quantity) -> bool:
    years = (one.figure.value, two.figure.value)
    apart = abs(years[0] - years[1])
    return (
        told.figure.unit == "year"
        and min(years) >= 1000
        and max(years) <= 2100
        and told.figure.value == apart
    )


def _is_multiple(told: Quantity, one: Quantity, two: Quantity) -> bool:
    """A share or a multiple. Things of two kinds make a share where the source says of which whole: `dont`."""
    a, b = sorted((abs(one.magnitude), abs(two.magnitude)))
    is_share = told.dimension == "%" or told.figure.kind == "fraction"
    if not a or one.dimension == "%" or not (is_share or told.dimension == "fois"):
        return False
    if told.dimension == "fois":
        return _one_kind(one, two) and close(told.figure.value, b / a, _HEDGED if told.hedge else _ROUND)
    shares = (
        (a / b, (b - a) / a, (b - a) / b) if _one_kind(one, two) else (a / b,) if _is_part(one, two) else ()
    )
    return any(_rounds_to(told, 100 * x) for x in shares)


def _is_part(one: Quantity, two: Quantity) -> bool:
    text = one.source.facts.passages[one.paragraph].text if one.source else ""
    return _PART_OF.search(text, one.figure.end, two.figure.start) is not None


def _rounds_to(told: Quantity, percent: float) -> bool:
    if told.hedge or told.figure.kind == "fraction":
        return close(share(told), percent, _HEDGED if told.hedge else _ROUND)
    return f"{share(told):.9g}" in (f"{percent:.0f}", f"{percent:.1f}".removesuffix(".0"), f"{percent:.2f}")


def _is_age(told: Quantity, years: tuple[float, ...], published: tuple[int, ...]) -> bool:
    """`depuis douze ans` of something that began in 2014, in a source published in 2026."""
    slack = 1 if told.hedge else 0
    return told.figure.unit == "year" and any(
        0 <= (now - year) - told.figure.value <= slack for now in published for year in years
    )


def _may_be_counted(case: Absent) -> bool:
    """`les trois hommes` whom the source names one by one; not where it counts something that is left out here."""
    told = case.told
    if told.figure.kind != "cardinal" or told.figure.value > _HIGHEST_COUNT or told.dimension == "fois":
        return False
    if _replaces_a_count(case):
        return False
    if case.is_definite:
        return True
    return told.figure.value in _counts(case.comparison, case.statement.index) | {_items_after(case)}


def _replaces_a_count(case: Absent) -> bool:
    said = _values(case.comparison, case.statement.index)
    return any(
        q.figure.value not in said and not q.is_measure and 1 < q.figure.value <= _HIGHEST_COUNT
        for q in case.around
        if not q.is_ordinal
    )


@lru_cache(maxsize=4)
def _values(comparison: Comparison, index: int) -> frozenset[float]:
    """The figures that a statement tells."""
    return frozenset(f.value for f in comparison.figures(comparison.statements[index]))


@lru_cache(maxsize=4)
def _counts(comparison: Comparison, index: int) -> frozenset[int]:
    """How many things a statement or the source sentences that carry it list, and how many the statement names."""
    statement = comparison.statements[index]
    names = {entity.text for _, _, entity in comparison.mentions(statement)}
    texts = (statement.text, *(c.text for c in supports(comparison)[index].carriers))
    return frozenset({len(names), *(n for text in texts for n in _listed(text[:_LOOKED_AT]))})


def _listed(text: str) -> Iterator[int]:
    """How many things each enumeration of a text has: `la France, l’Italie et le Portugal` has 3."""
    items = 1
    for mark in _MARK.finditer(text):
        if mark.group() == ",":
            items += 1
        elif mark.group() in ".!?;:()":
            yield items
            items = 1
        else:
            yield items + 1
    yield items


def _items_after(case: Absent) -> int:
    """The items of the list that the statement announces."""
    blocks, first = case.comparison.blocks, case.statement.paragraph + 1
    at = first
    while at < len(blocks) and blocks[at].kind == "item":
        at += 1
    return at - first
