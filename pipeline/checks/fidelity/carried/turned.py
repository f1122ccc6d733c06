"""Two values of one sentence that the sources have the other way round."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from pipeline.checks.fidelity.carried.content import Unit
from pipeline.checks.fidelity.carried.exchanged import compared
from pipeline.checks.fidelity.carried.fitting import Fit, Occurrence
from pipeline.checks.fidelity.carried.spans import is_out_of, is_part, is_part_or_next
from pipeline.checks.fidelity.carried.values import Value

_SWAP_REACH = 5
_SWAP_MARGIN = 0.1


def turned(mine: Sequence[Value], text: str, fit: Fit) -> Iterator[tuple[Value, Occurrence, Occurrence]]:
    """Two values that have changed places: one finding for the two."""
    kept = set[tuple[int, int]]()
    for pair in compared(fit.here, mine, fit.stands):
        if pair.crossed is not None:
            one, two = pair.crossed
            yield pair.first, Occurrence(one.value, one.sentence), Occurrence(two.value, two.sentence)
            return
        kept.add((pair.first.start, pair.second.start))
    yield from islice(_exchanged(mine, text, fit, frozenset(kept)), 1)


def _exchanged(
    mine: Sequence[Value], text: str, fit: Fit, kept: frozenset[tuple[int, int]]
) -> Iterator[tuple[Value, Occurrence, Occurrence]]:
    """Two values of a sort that a source sentence has too, and that fit it better the other way round."""
    figures = [
        v for v in mine if v.sort.startswith("figure") or v.sort in ("year", "weekday", "day", "month")
    ]
    for first, bare in pairwise(figures):
        second = _in_the_sort_of(first, bare)
        if first.sort != second.sort or (first.start, second.start) in kept:
            continue
        for one, two in _together(first, second, fit):
            if _crosswise(first, second, one, two, fit):
                yield first, one, two
                break
            straight = fit(first, one, _SWAP_REACH, 0) + fit(second, two, _SWAP_REACH, 0)
            crossed = fit(first, two, _SWAP_REACH, 0) + fit(second, one, _SWAP_REACH, 0)
            told = text[first.end : second.start]
            there = fit.text_of(one)
            if one.value.start < two.value.start:
                alike = is_part_or_next(told)
            else:
                alike = is_part(told) or is_out_of(told, there[two.value.end : one.value.start])
            if crossed - straight > _SWAP_MARGIN * fit.scale and not alike:
                yield first, one, two
                break


def _in_the_sort_of(first: Value, second: Value) -> Value:
    """`huit ans pour l’aîné et vingt-cinq pour le cadet`: the unit is told once."""
    told_once = second.sort == "figure" and second.noun is None and first.sort.startswith("figure ")
    return second._replace(sort=first.sort) if told_once else second


def _crosswise(first: Value, second: Value, one: Occurrence, two: Occurrence, fit: Fit) -> bool:
    """Each stands right before what the source has right behind the other."""
    mine = (_behind(fit.units, first), _behind(fit.units, second))
    theirs = tuple(_behind(fit.sources.ground.units[o.sentence], o.value) for o in (two, one))
    return None not in mine and mine[0] != mine[1] and mine == theirs


def _behind(units: Sequence[Unit], value: Value) -> str | None:
    """The first word that tells something behind a value."""
    at = bisect_left(units, value.end, key=lambda u: u.start)
    word = units[at] if at < len(units) and units[at].start - value.end <= _RIGHT_BEHIND else None
    return word.key if word is not None and word.kind != "figure" else None


_RIGHT_BEHIND = 16
"""Characters: `contre`, `pour chacun des`."""


def _together(first: Value, second: Value, fit: Fit) -> Iterator[tuple[Occurrence, Occurrence]]:
    there = {p.sentence: p for p in fit.places(second)}
    for one in fit.places(first):
        two = there.get(one.sentence)
        if two is not None and two.value.start != one.value.start:
            yield one, two
