"""The quantities of the sources in order, so that looking for one stays fast in any text."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.checks.fidelity.comparison import Sources, once_for_sources
from pipeline.checks.fidelity.counted.quantities import CALENDAR, Quantity, hinted, is_vague, known, share
from pipeline.text.stems import stem

_MOST = 60


@dataclass(frozen=True, eq=False, slots=True)
class Shelf:
    """Quantities in the order of their values, so that a figure is compared with its neighbours only."""

    keys: tuple[float, ...]
    items: tuple[Quantity, ...]

    @classmethod
    def of(cls, quantities: tuple[Quantity, ...]) -> "Shelf":
        pairs = sorted(((key, n) for n, q in enumerate(quantities) for key in _keys(q)))
        return cls(tuple(key for key, _ in pairs), tuple(quantities[n] for _, n in pairs))

    def near(self, told: Quantity) -> Iterator[Quantity]:
        """Those whose value may agree with the figure, the exact ones first; none of the others."""
        for key in _keys(told):
            exact = bisect_left(self.keys, key * (1 - 1e-6))
            yield from self._from(exact, key * (1 + 1e-6))
        if not (told.hedge or told.is_measure or told.figure.kind != "cardinal"):
            return  # only the very same count will do
        for key in _keys(told):
            low = bisect_left(self.keys, key / 2)
            yield from self._from(low, key * (15 if is_vague(told) else 2))

    def _from(self, at: int, highest: float) -> Iterator[Quantity]:
        for n in range(at, min(at + _MOST, len(self.keys))):
            if self.keys[n] > highest:
                return
            yield self.items[n]


def _keys(one: Quantity) -> tuple[float, ...]:
    keys = {abs(one.magnitude), abs(one.figure.value)}
    return tuple(sorted(keys | {share(one)} if one.figure.kind == "fraction" else keys))


@once_for_sources
def shelves(sources: Sources) -> tuple[Shelf, Shelf]:
    """The plain figures of the sources, and what they only hint at."""
    return Shelf.of(known(sources)), Shelf.of(hinted(sources))


@once_for_sources
def by_place(sources: Sources) -> dict[tuple[str, int], tuple[Quantity, ...]]:
    """The figures and the years of the sources, by source label and paragraph; the first ones of a long one."""
    places: dict[tuple[str, int], list[Quantity]] = {}
    years = (q for q in hinted(sources) if q.dimension == CALENDAR and q.figure.value >= 1000)
    for one in (*known(sources), *years):
        if one.source:
            places.setdefault((one.source.label, one.paragraph), []).append(one)
    return {place: tuple(row[:_MOST]) for place, row in places.items()}


@once_for_sources
def by_noun(sources: Sources) -> dict[tuple[str, bool], Quantity]:
    """The first figure of the sources for each counted noun (its stem, and whether it is ranked)."""
    nouns: dict[tuple[str, bool], Quantity] = {}
    for one in known(sources):
        if one.dimension and not one.is_measure:
            nouns.setdefault((stem(one.dimension), one.is_ordinal), one)
    return nouns


@once_for_sources
def all_by_noun(sources: Sources) -> dict[str, tuple[Quantity, ...]]:
    """The first figures of the sources for each counted noun."""
    nouns: dict[str, list[Quantity]] = {}
    for one in known(sources):
        if one.dimension and not (one.is_measure or one.is_ordinal):
            row = nouns.setdefault(one.dimension, [])
            if len(row) < _MOST:
                row.append(one)
    return {noun: tuple(row) for noun, row in nouns.items()}


@once_for_sources
def known_cardinals(sources: Sources) -> tuple[Quantity, ...]:
    """The counts and measures of the sources, the first ones of a long source."""
    return tuple(q for q in known(sources) if q.figure.kind == "cardinal")[: _MOST * 4]


@once_for_sources
def units_told(sources: Sources) -> frozenset[str]:
    """The units and counted nouns of the sources' figures."""
    return frozenset(q.figure.unit for q in (*known(sources), *hinted(sources)) if q.figure.unit)
