"""How well a value of a sentence fits a place in the sources, by the words that stand around both."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import log
from typing import NamedTuple

from pipeline.checks.fidelity.alignment import Ground, ground
from pipeline.checks.fidelity.carried.content import Unit
from pipeline.checks.fidelity.carried.exchanged import Place, are_alike
from pipeline.checks.fidelity.carried.proof import Told
from pipeline.checks.fidelity.carried.values import MEASURES, Value, between, source_values
from pipeline.checks.fidelity.comparison import Sources, once_for_sources

_REACH = 25
"""Characters in which nearness falls by half."""
_FAR = 0.25
"""What a shared word counts for at any distance in the sentence."""
_BESIDE = 0.125
"""What it counts for in the sentence before or after."""
_GENERAL = 0.4
_AROUND = 40
"""Units on each side of a value that are looked at."""
_NEARBY = 6
"""Source sentences that are nearest to a statement: where its values may come from."""
PLACES = 16
"""Places of one value that are weighed, those in the nearest sentences first."""
_KEPT = 200
"""Places of one value that are known at all: a bound for hostile text."""
_REMEMBERED = 1_000
"""Places of the sources of which it is remembered what stands around them: an article has a few hundred."""
_FIGURES = ("figure", *sorted(f"figure {m}" for m in MEASURES))
"""What a figure may be that does not say what it counts: `9,8 millions d’euros, et 21,4 millions`."""


class Occurrence(NamedTuple):
    """A value where a source has it."""

    value: Value
    sentence: int
    """Index in `Ground.sentences`."""


@dataclass(frozen=True, eq=False, slots=True)
class Given:
    """What the sources give to what."""

    ground: Ground
    values: tuple[tuple[Value, ...], ...]
    """Of each of the ground's sentences."""
    places: dict[tuple[str, str], tuple[Occurrence, ...]]
    """(sort, key) to where the sources have it, with where only a pronoun stands for a person."""
    beside: tuple[frozenset[str], ...]
    """For each of the ground's sentences, the keys of those before and after it in its paragraph."""
    around: dict[tuple[int, int, int, str, int], dict[str, float]] = field(default_factory=dict)
    """What stands around their values, as far as it was asked for: each is held against many sentences of a piece."""


@once_for_sources
def given(sources: Sources) -> Given:
    known = ground(sources)
    rows = {
        (source.label, at): row
        for source, found in zip(sources, source_values(sources), strict=True)
        for at, row in enumerate(found)
    }
    values = tuple(between(rows[c.source.label, c.paragraph], c.start, c.end) for c in known.sentences)
    places: dict[tuple[str, str], list[Occurrence]] = {}
    for index, row in enumerate(values):
        for value in (*row, *_meant(known, values, index)):
            for key in sorted(value.keys):
                found = places.setdefault((value.sort, key), [])
                if len(found) < _KEPT:
                    found.append(Occurrence(value, index))
    beside = tuple(
        frozenset().union(
            *(
                other.stems
                for other in (*known.sentences[max(0, i - 1) : i], *known.sentences[i + 1 : i + 2])
                if other.source is here.source and other.paragraph == here.paragraph
            )
        )
        for i, here in enumerate(known.sentences)
    )
    return Given(known, values, {key: tuple(found) for key, found in places.items()}, beside)


def _meant(known: Ground, values: Sequence[Sequence[Value]], index: int) -> Iterator[Value]:
    """Persons of the two sentences before, for whom a pronoun may stand in this one: at its beginning."""
    here = known.sentences[index]
    for back in range(max(0, index - 2), index):
        if known.sentences[back].source is here.source:
            for value in values[back]:
                if value.sort == "person":
                    yield Value("person", value.keys, here.start, here.start, value.text)


class Fit:
    """How well a value of a statement fits a place in the sources."""

    def __init__(self, sources: Given, here: Told) -> None:
        self.sources = sources
        self.here = here
        self.text = here.text
        self.units = here.units
        self.scale = log(1 + len(sources.ground.sentences))
        self._nearest: list[int] | None = None
        self._seen: dict[tuple[int, int, str, int], _Weighed] = {}
        self._places: dict[tuple[str, frozenset[str]], list[Occurrence]] = {}

    @property
    def nearest(self) -> list[int]:
        if self._nearest is None:
            self._nearest = self.sources.ground.nearest([u.key for u in self.units], _NEARBY)
        return self._nearest

    def told(self, sentence: int) -> Told:
        known = self.sources.ground
        carrier = known.sentences[sentence]
        return Told(carrier.whole, carrier.start, carrier.end, known.units[sentence])

    def is_rare(self, key: str) -> bool:
        return len(self.sources.ground.holding.get(key, ())) == 1

    def stands(self, value: Value) -> list[Place]:
        """Where the sources have it; a pronoun's place is nobody's for sure."""
        return [
            Place(self.told(o.sentence), o.value, self._alike(o), o.sentence)
            for o in self.places(value)
            if o.value.start < o.value.end
        ]

    def _alike(self, place: Occurrence) -> list[Value]:
        return [v for v in self.sources.values[place.sentence] if are_alike(v, place.value)]

    def text_of(self, place: Occurrence) -> str:
        """The paragraph a place stands in."""
        return self.sources.ground.sentences[place.sentence].whole

    def places(self, value: Value) -> list[Occurrence]:
        told = value.sort, value.keys
        if told not in self._places:
            self._places[told] = self._found(value)
        return self._places[told]

    def _found(self, value: Value) -> list[Occurrence]:
        sorts: tuple[str, ...] = (value.sort,)
        if value.sort.startswith("figure "):
            sorts = (value.sort, "figure")
        if value.sort == "figure" and value.noun is None:
            sorts = _FIGURES
        found = [
            o for s in sorts for key in sorted(value.keys) for o in self.sources.places.get((s, key), ())
        ]
        near = frozenset(self.nearest)
        return sorted(found, key=lambda p: p.sentence not in near)[:PLACES]

    def __call__(self, value: Value, place: Occurrence, reach: int = _REACH, far: float = _FAR) -> float:
        near = self._there(place, reach)
        beside = self.sources.beside[place.sentence] if far else frozenset()
        total = 0.0
        for key, weight, here in self._here(value, reach):
            there = near.get(key)
            if there is not None:
                if far or key[0] != "=":  # of two figures that may be exchanged, neither speaks for the other
                    total += weight * (far + (1 - far) * here * there)
            elif key in beside:
                total += weight * _BESIDE
        return total

    def _here(self, value: Value, reach: int) -> "_Weighed":
        place = (value.start, value.end, value.sort, reach)
        if place not in self._seen:
            self._seen[place] = self._weighed(value, reach)
        return self._seen[place]

    def _weighed(self, value: Value, reach: int) -> "_Weighed":
        """What no source has stands beside none of its places."""
        weights = self.sources.ground.weights
        nearest = _nearest(self.units, value, reach)
        return [
            (key, weights[key] * (_GENERAL if unit.kind == "generic" else 1.0), nearness)
            for key, (nearness, unit) in nearest.items()
            if key in weights
        ]

    def _there(self, place: Occurrence, reach: int) -> dict[str, float]:
        value, around = place.value, self.sources.around
        told = (place.sentence, value.start, value.end, value.sort, reach)
        if (known := around.get(told)) is not None:
            return known
        nearest = _nearest(self.sources.ground.units[place.sentence], value, reach)
        found = {key: nearness for key, (nearness, _) in nearest.items()}
        if len(around) < _REMEMBERED:
            around[told] = found
        return found


_Weighed = list[tuple[str, float, float]]
"""Key, its weight by rarity and kind, and its nearness to a value."""


def _nearest(units: Sequence[Unit], value: Value, reach: int) -> dict[str, tuple[float, Unit]]:
    """Key to its nearness to a value, and the nearest unit. A value's own words are left out; what it counts is not."""
    found: dict[str, tuple[float, Unit]] = {}
    counts = value.sort.startswith("figure")
    at = bisect_left(units, value.start, key=lambda u: u.start)
    start, end = value.start, value.end
    for unit in units[max(0, at - _AROUND) : at + _AROUND]:
        if start <= unit.start < end and not (counts and unit.kind != "figure"):
            continue
        distance = max(unit.start - end, start - unit.end, 0)
        nearness = reach / (reach + distance)
        known = found.get(unit.key)
        if known is None or nearness > known[0]:
            found[unit.key] = (nearness, unit)
    return found
