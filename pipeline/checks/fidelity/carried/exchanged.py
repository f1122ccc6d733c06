"""Two values of a sort that have changed places: `12 à Mortel et 15 à Saint-Avin` told as `15 à Mortel, 12 à Saint-Avin`.

A sentence with two values is parted between them, and what stands on either side is compared with what stands on
either side of the two in a source: in one sentence, in two, or in two rows of a list or table.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, islice
from typing import NamedTuple

from pipeline.checks.fidelity.carried.proof import Told
from pipeline.checks.fidelity.carried.values import Value

_PARTS = (
    re.compile(r"[;\n]"),
    re.compile(r"(?<!\w)(?:et|mais|puis|tandis|alors|contre|dont)(?!\w)", re.IGNORECASE),
    re.compile(
        r"[,:](?!\d)|[)–—]|(?<!\w)(?:et|mais|puis|que|pour|tandis|alors|contre|dont)(?!\w)", re.IGNORECASE
    ),
)
"""What parts two things most clearly comes first; a single one of it is where they part."""
_LETTER = re.compile(r"(?<![\w.’'-])[A-Z](?![\w.’'-])")
_GENERAL = 0.4
_LEAST, _LEAST_OF_NAMES = _GENERAL, 1.0
"""On each side any word, for names one that is no general word: they stand in more turns of a sentence than figures."""
_NAMES = ("person", "place")
_PLACES = 5
_PAIRS = 12


class Place(NamedTuple):
    """A value in a sentence, with the other values of its sort there."""

    told: Told
    value: Value
    others: Sequence[Value]
    sentence: int = 0
    """Its number among those of the sources."""


_Sides = tuple[dict[str, float], dict[str, float]]


class Compared(NamedTuple):
    """Two values of a sentence, beside the same two of a source."""

    first: Value
    second: Value
    crossed: tuple[Place, Place] | None
    """Where a source has the two the other way round; None when it has them as they stand here."""


def compared(
    here: Told, mine: Sequence[Value], places: Callable[[Value], Sequence[Place]]
) -> Iterator[Compared]:
    """The pairs of which the words around them tell whether they have changed places."""
    # The figure is what a reader would correct, not the two names beside it.
    inward = sorted(mine, key=lambda v: (v.sort in _NAMES, v.start))
    pairs = ((a, b) for a, b in combinations(inward, 2) if are_alike(a, b) and a.keys.isdisjoint(b.keys))
    for first, second in islice(pairs, _PAIRS):
        row = [v for v in mine if are_alike(v, first)]
        told = _parted(Place(here, first, row), Place(here, second, row))
        if told is None:
            continue
        kept, crossed = _crossing(told, places(first), places(second))
        if kept or crossed:
            yield Compared(first, second, None if kept else crossed)


def are_alike(one: Value, other: Value) -> bool:
    """`21,4 millions d’euros … et 9,8 millions`: what the second counts is left out."""
    sorts = {one.sort, other.sort}
    return len(sorts) == 1 or (
        "figure" in sorts
        and all(s.startswith("figure") for s in sorts)
        and any(v.sort == "figure" and v.noun is None for v in (one, other))
    )


def _crossing(
    told: _Sides, first: Sequence[Place], second: Sequence[Place]
) -> tuple[bool, tuple[Place, Place] | None]:
    """Whether a source has the two as they stand here, else where it has them crossed."""
    best: tuple[float, Place, Place] | None = None
    for one in first[:_PLACES]:
        for two in second[:_PLACES]:
            sides = _sides(one, two)
            if sides is None:
                continue
            crossed = min(_shared(told[0], sides[1]), _shared(told[1], sides[0]))
            straight = min(_shared(told[0], sides[0]), _shared(told[1], sides[1]))
            if straight > 0 and straight >= crossed:
                return True, None
            least = _LEAST_OF_NAMES if one.value.sort in _NAMES else _LEAST
            if crossed >= least and (best is None or crossed > best[0]):
                best = crossed, one, two
    return False, best[1:] if best else None


def _shared(some: dict[str, float], others: dict[str, float]) -> float:
    return sum(weight for key, weight in some.items() if key in others)


def _sides(one: Place, two: Place) -> _Sides | None:
    """What stands with each."""
    if one.sentence == two.sentence:
        if one.value.start < two.value.start:
            return _parted(one, two)
        turned = _parted(two, one)
        return (turned[1], turned[0]) if turned else None
    return _apart(_words(one, one.told.start, one.told.end), _words(two, two.told.start, two.told.end))


def _parted(one: Place, two: Place) -> _Sides | None:
    """None where nothing parts the two: `de 12 à 15`."""
    text = one.told.text
    breaks = _breaks(text, one.value.end, two.value.start)
    if not breaks:
        return None
    start = _edge(
        text, [v.end for v in one.others if v.end <= one.value.start], one.told.start, one.value.start
    )
    after = [v.start for v in two.others if v.start >= two.value.end]
    end = min(after, default=two.told.end)
    if after:
        end = next(iter(_breaks(text, two.value.end, end)), end)
    return _apart(_words(one, start, breaks[0]), _words(two, breaks[-1], end))


def _breaks(text: str, start: int, end: int) -> list[int]:
    for parts in _PARTS:
        found = [m.start() for m in parts.finditer(text, start, end)]
        if len(found) == 1:
            return found
    return found


def _edge(text: str, ends: Sequence[int], start: int, at: int) -> int:
    """Where the words of a value begin, when others of its sort stand before it."""
    if not ends:
        return start
    return max(_breaks(text, max(ends), at), default=max(ends))


def _apart(one: dict[str, float], two: dict[str, float]) -> _Sides:
    """What stands on both sides tells the two apart no more."""
    return (
        {k: w for k, w in one.items() if k not in two},
        {k: w for k, w in two.items() if k not in one},
    )


def _words(place: Place, start: int, end: int) -> dict[str, float]:
    told, own = place.told, [(v.start, v.end) for v in place.others]
    found = {
        u.key: _GENERAL if u.kind == "generic" else 1.0
        for u in told.units
        if start <= u.start < end and not any(a <= u.start < b for a, b in own)
    }
    return found | {f"letter {m.group()}": 1.0 for m in _LETTER.finditer(told.text, start, end)}
