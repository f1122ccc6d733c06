"""Figures that a reader can work out or count, so that no source need give them."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from pipeline.checks.fidelity.alignment import Carrier, Support, supports
from pipeline.checks.fidelity.comparison import Comparison, Statement, text_of
from pipeline.checks.fidelity.counted.arithmetic import is_age, is_part, worked_out
from pipeline.checks.fidelity.counted.at_last import at_last
from pipeline.checks.fidelity.counted.beside import in_sources, rest_of_a_row, told_beside
from pipeline.checks.fidelity.counted.durations import follows_from_dates
from pipeline.checks.fidelity.counted.quantities import CALENDAR, Quantity, known, quantity
from pipeline.checks.fidelity.counted.reckoned import reckoned
from pipeline.checks.fidelity.counted.rests import rest
from pipeline.checks.fidelity.counted.shelf import all_by_noun, by_noun, by_place
from pipeline.checks.fidelity.dated.intervals import between_times, direction, interval
from pipeline.text.cues import has
from pipeline.text.dates import DateSpan
from pipeline.text.figures import SCORE
from pipeline.text.fold import tokens
from pipeline.text.stems import stem

_NEAR, _SHORT = 24, 3
_CLAUSE = re.compile(r"[,;:.!?()]")
_LOOKED_AT = 4000
_MOST = 40
_HIGHEST_COUNT = 12
"""What a writer counts at a glance."""
# A sentence that says of itself that it reckons.
_RECKONS = re.compile(
    r"(?<!\w)(?:soit|de (?:plus|moins)|peu (?:plus|moins) de|près|dur\w+|écart|total|en tout|reste|restant\w*|différence|intervalle|supérieure?s?|inférieure?s?"
    r"|gagn\w+|perd\w+|dépass\w+|excéd\w+|hausse|baisse|avance|retard|manqu\w+|il aura fallu|du terme|de la fin|majorité|moitié|en \w+ (?:ans|mois|semaines|jours)|après|pendant|durant|en moyenne|progress\w+|recul\w+|augment\w+|dimin\w+|baiss\w+|grimp\w+|désendett\w+)(?!\w)",
    re.IGNORECASE,
)
_MARK = re.compile(r"[.!?;:()]|,|(?<!\w)(?:et|ou|ainsi que|puis)(?!\w)")
_DEFINITE = re.compile(
    r"(?<!\w)(?:les|ces|ses|leurs|nos|vos|mes|aux|des|tous|toutes|entre|eux|elles|nous|vous|ceux|celles|à|en)[ \u00a0\u202f]\Z",
    re.IGNORECASE,
)
_DAY = re.compile(r"-\d\d-\d\d(?!\d)|day(?!s)")
"""In the value of a date that is one day."""
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
    def is_looked_into(self) -> bool:
        """Not one of the many figures of a sentence that no writer writes: hostile text stays linear."""
        figures = self.comparison.piece.figures[self.statement.paragraph]
        first = bisect_left(figures, self.statement.start, key=lambda f: f.start)
        return self.told.figure.start <= figures[min(first + _MOST, len(figures)) - 1].start

    @property
    def around(self) -> tuple[Quantity, ...]:
        """The figures of the passages that carry the statement; their years last."""
        return _around(self.comparison, self.statement.index)

    @property
    def said(self) -> str:
        """The sentence."""
        return text_of(self.comparison, self.statement.index)

    @property
    def now(self) -> tuple[int, ...]:
        """The years in which the sources may have been written: of their date lines, or the last they tell."""
        told = [int(q.figure.value) for q in self.around if q.dimension == CALENDAR]
        return self.published or ((max(told), max(told) + 1) if told else ())

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
    announced = (case.statement.is_heading and value in _headings(case.comparison)) or _announces(case)
    return announced or in_points or told.dimension in _TOLD_IN or (value == 2 and case.is_definite)


_ANNOUNCES = re.compile(
    r"[^\W\d_]+(?:[ \u00a0][\w-]+){1,4}[ \u00a0](?:suiv(?:ent|ront|aient)|s[’']ouvrent|se (?:dessinent|dégagent|présentent)|se posent|demeurent"
    r"|restent (?:possibles|ouvertes?|en suspens)|sont (?:possibles|envisagées?|sur la table|à l[’']étude))\.?"
)


def _announces(case: Absent) -> bool:
    """`Deux rendez-vous suivront.`: what its own paragraph then tells."""
    goes_on = case.statement.end < len(case.statement.block.text.rstrip())
    first = case.told.figure.start == case.statement.start
    return first and goes_on and _ANNOUNCES.fullmatch(case.statement.text.strip()) is not None


@lru_cache(maxsize=2)
def _headings(comparison: Comparison) -> frozenset[int]:
    """How many headings the piece has at each level."""
    levels = [b.level for b in comparison.blocks if b.kind == "heading"]
    return frozenset(levels.count(level) for level in range(1, 7))


def derivation(case: Absent) -> tuple[str, bool] | None:
    """What the figure follows from, in words, and whether the sentence itself reckons; None when from nothing."""
    if not case.is_looked_into:
        return None
    near = _out_of_words(case) or (None if _takes_a_place(case) else _reckoned(case))
    near = near or reckoned(case.comparison, case.statement, case.told)
    if near:
        return near
    parts = at_last(case.comparison, case.statement, case.told, known(case.comparison.sources))
    return (f"may follow from {' and '.join(q.text for q in parts)}", False) if parts else None


def _out_of_words(case: Absent) -> tuple[str, bool] | None:
    """What the words around a figure of the piece or the sources say that it is."""
    told = case.told
    if whole := _split(case) or _others_before(case):
        return f"is a part of {whole.text}, as the sentence splits it", True
    if not told.is_measure and case.of_same_noun is None and _may_be_counted(case):
        return "may be counted from a list", told.figure.value in _counts(
            case.comparison, case.statement.index
        )
    if left := rest(case.comparison, case.statement, told):
        return f"follows from {left}", told.is_measure
    figure = told.figure
    placed = direction(case.statement.block.text, figure.start, figure.end)
    if dates := _apart(case):
        return f"follows from {dates}", placed != 0
    times = between_times(case.comparison.sources, figure.value, figure.unit or "") if placed else None
    return (f"follows from {times}", False) if times else None


def _reckoned(case: Absent) -> tuple[str, bool] | None:
    """What two figures make, or two dates."""
    told, said = case.told, case.said
    reckons, nearest = has(_RECKONS, said), _values(case.comparison, case.statement.index)
    around = tuple(
        sorted(case.around, key=lambda q: (q.dimension == CALENDAR, q.figure.value not in nearest))
    )
    if told.figure.kind == "fraction":
        around = (*around, *_of_nouns(case.comparison, case.statement.index))
    if parts := worked_out(told, around, said):
        shown = (
            reckons
            or all(q.dimension == CALENDAR for q in parts)
            or any(q.figure.value in nearest for q in parts)
        )
        return f"follows from {' and '.join(q.text for q in parts)}", shown
    if how := follows_from_dates(told, case.support.carriers):
        return f"follows from {how}", reckons or told.figure.unit == "trimestre"
    if is_age(told, around, case.now, said):
        return "follows from the date line", False
    return _side_by_side(case, reckons)


def _apart(case: Absent) -> str | None:
    """`deux ans plus tard`, where the times told are so far apart."""
    figure = case.told.figure
    return interval(
        case.comparison, case.statement, figure.start, figure.end, figure.value, figure.unit or ""
    )


def _side_by_side(case: Absent, reckons: bool) -> tuple[str, bool] | None:
    """Out of what the piece tells next to it."""
    if share := rest_of_a_row(case.comparison, case.statement, case.told, in_sources):
        return f"follows from {share.text}", True
    beside = told_beside(case.comparison, case.statement.index, in_sources)
    parts = worked_out(case.told, beside, case.said, apart=True)
    return (f"follows from {' and '.join(q.text for q in parts)}", reckons) if parts else None


def _others_before(case: Absent) -> Quantity | None:
    """`deux autres incendies`, where the source calls this one the third."""
    told = case.told
    if told.is_ordinal or "autre" not in told.text:
        return None
    ranks = (q for q in case.around if q.is_ordinal and _same_things(q, told))
    return next((q for q in ranks if q.figure.value == told.figure.value + 1), None)


@lru_cache(maxsize=4)
def _of_nouns(comparison: Comparison, index: int) -> tuple[Quantity, ...]:
    """What the sources count of the things that a statement counts: `la moitié des 84 000 foyers`."""
    statement = comparison.statements[index]
    said = (quantity(statement.block.text, f) for f in islice(comparison.figures(statement), _HIGHEST_COUNT))
    nouns = dict.fromkeys(q.dimension for q in said if q.dimension and not q.is_measure)
    counted = all_by_noun(comparison.sources)
    return tuple(q for noun in nouns for q in counted.get(noun, ()))[:_HIGHEST_COUNT]


def _split(case: Absent) -> Quantity | None:
    """`dix blessés légers et deux graves`, in the source twelve of whom two seriously: what the parts add up to."""
    told = case.told
    if told.figure.kind != "cardinal" or told.is_ordinal:
        return None
    said = _values(case.comparison, case.statement.index)
    parts = [q for q in case.around if q.figure.value in said and q.figure.value > 1][:_MOST]
    for whole in case.around:
        alike = told.dimension is None or whole.dimension is None or _same_things(whole, told)
        if alike and any(
            whole.figure.value == told.figure.value + part.figure.value and is_part(whole, part)
            for part in parts
        ):
            return whole
    return None


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
    """A count of the same things, or of any in a sentence that carries this one, is left out for it."""
    said = _values(case.comparison, case.statement.index)
    near = [(c.paragraph, c.start, c.end) for c in case.support.carriers]
    return any(
        q.figure.value not in said
        and not (q.is_measure or q.is_ordinal)
        and 1 < q.figure.value <= _HIGHEST_COUNT
        and (
            _same_things(q, case.told)
            or any(p == q.paragraph and a <= q.figure.start < b for p, a, b in near)
        )
        for q in case.around
    )


def _takes_a_place(case: Absent) -> bool:
    """The source has another figure of the kind beside the same word, and the sentence leaves it out."""
    said = _values(case.comparison, case.statement.index)
    mine = _beside(case.statement.block.text, case.told)
    return any(
        q.source is not None
        and q.dimension == case.told.dimension
        and q.figure.kind == case.told.figure.kind
        and q.figure.value not in said
        and not mine.isdisjoint(_beside_source(q))
        for q in case.around
        if q.dimension != CALENDAR
    )


@lru_cache(maxsize=512)
def _beside_source(one: Quantity) -> frozenset[tuple[str, str]]:
    """The same source figures are looked at for each figure of a sentence."""
    return _beside(one.source.facts.passages[one.paragraph].text, one) if one.source else frozenset()


def _beside(text: str, one: Quantity) -> frozenset[tuple[str, str]]:
    """The content words next to a figure, each with its side."""
    before, after = (
        text[max(0, one.figure.start - _NEAR) : one.figure.start],
        text[one.figure.end : one.figure.end + _NEAR],
    )
    sides = (("before", _CLAUSE.split(before)[-1], -1), ("after", _CLAUSE.split(after)[0], 0))
    found = ((side, [t.text for t in tokens(part) if len(t.text) > _SHORT], at) for side, part, at in sides)
    return frozenset((side, stem(words[at])) for side, words, at in found if words)


def _same_things(one: Quantity, other: Quantity) -> bool:
    return bool(one.dimension and other.dimension) and stem(one.dimension or "") == stem(
        other.dimension or ""
    )


@lru_cache(maxsize=4)
def _around(comparison: Comparison, index: int) -> tuple[Quantity, ...]:
    places = by_place(comparison.sources)
    carriers = supports(comparison)[index].carriers
    keys = dict.fromkeys((c.source.label, c.paragraph) for c in carriers) or list(places)[:1]
    found = [q for key in keys for q in places.get(key, ())]
    return tuple(sorted(found, key=lambda q: q.dimension == CALENDAR))


@lru_cache(maxsize=4)
def _values(comparison: Comparison, index: int) -> frozenset[float]:
    """The figures that a statement tells."""
    return frozenset(f.value for f in comparison.figures(comparison.statements[index]))


@lru_cache(maxsize=4)
def _counts(comparison: Comparison, index: int) -> frozenset[int]:
    """How many things a statement or the source sentences that carry it list, and how many the statement names."""
    statement = comparison.statements[index]
    names = {entity.text for _, _, entity in comparison.mentions(statement)}
    carriers = supports(comparison)[index].carriers
    texts = (statement.text, *(c.text for c in carriers))
    listed = (n for text in texts for n in _listed(text[:_LOOKED_AT]))
    dated = (sum(1 for d in _dates(c) if _DAY.search(d.value)) for c in carriers)
    scores = (sum(1 for _ in SCORE.finditer(c.text)) for c in carriers)
    return frozenset({len(names), *listed, *dated, *scores})


def _dates(carrier: Carrier) -> tuple[DateSpan, ...]:
    row = carrier.source.facts.dates[carrier.paragraph]
    return tuple(d for d in row if carrier.start <= d.start < carrier.end)


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
