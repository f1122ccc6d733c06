"""FID009 across languages: a source's own value, told of something that the source gives another value.

Two values of one sentence exchanged between what stands beside them, or one value beside words that the source has
only beside another of its kind.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from pipeline.checks.fidelity.comparison import Comparison
from pipeline.checks.fidelity.translated.beside import Foreign, Pairing, Placed, carrying, paired
from pipeline.model import Finding

_APART = 6
"""Words that a comma or a conjunction stands for."""
_CLEAR = 2
_MOST = 12
_FEWEST = 2


def find_exchanged(comparison: Comparison) -> Iterator[Finding]:
    for pairing in paired(comparison):
        found = _swapped(pairing) or _elsewhere(comparison, pairing)
        if found:
            told, other, foreign = found
            start = pairing.statement.start
            span = (start + told.start, start + told.end)
            message = (
                f"The source has “{other}” where this sentence has “{pairing.statement.text[told.start : told.end]}”"
                f": “{foreign.shown}”."
            )
            yield comparison.finding("FID009", "warn", message, pairing.statement, span, (foreign.evidence,))


_Found = tuple[Placed, str, Foreign] | None


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a word stands."""

    at: int
    segment: int

    def far(self, other: "_Spot") -> int:
        return abs(self.at - other.at) + _APART * (self.segment != other.segment)


_Two = tuple[_Spot, _Spot]


def _swapped(pairing: Pairing) -> _Found:
    """Of two values and two words, the sentence and its original join each value with the other word."""
    foreign, row = pairing.foreign, pairing.reading.words
    here = [f for f in pairing.figures if sum(f.key == other.key for other in foreign.figures) == 1]
    holders = _holders(pairing)
    for one, two in combinations(here[:_MOST], 2):
        if one.kind != two.kind or one.key == two.key:
            continue
        its = [next(f for f in foreign.figures if f.key == key) for key in (one.key, two.key)]
        mine = _Spot(one.at, row[one.at].segment), _Spot(two.at, row[two.at].segment)
        theirs = tuple(_Spot(f.at, foreign.words[f.at].segment) for f in its)
        votes = list(_votes(mine, (theirs[0], theirs[1]), holders))
        if votes.count(False) > 2 * votes.count(True):
            return one, foreign.text[its[1].start : its[1].end], foreign
    return None


def _votes(mine: _Two, theirs: _Two, holders: Sequence[_Two]) -> Iterator[bool]:
    """For each two words, whether both texts join them with the values alike; silent where either is not clear."""
    for (here, there), (other_here, other_there) in combinations(holders, 2):
        told = _leaning(mine, (here, other_here))
        given = _leaning(theirs, (there, other_there))
        if abs(told) >= _CLEAR and abs(given) >= _CLEAR:
            yield (told > 0) == (given > 0)


def _leaning(values: _Two, holders: _Two) -> int:
    """Above 0 when the first value stands by the first word and the second by the second, below when crossed."""
    (a, b), (k, m) = values, holders
    return a.far(m) + b.far(k) - a.far(k) - b.far(m)


def _holders(pairing: Pairing) -> list[_Two]:
    """Words that meet one word each, and are no figures, in both places."""
    taken = [theirs[0] for theirs in pairing.meets.values() if len(theirs) == 1]
    numbers = {f.at for f in pairing.figures}
    found = []
    for at, theirs in pairing.meets.items():
        if len(theirs) == 1 and taken.count(theirs[0]) == 1 and at not in numbers:
            word, other = pairing.reading.words[at], pairing.foreign.words[theirs[0]]
            found.append((_Spot(at, word.segment), _Spot(theirs[0], other.segment)))
    return found[:_MOST]


def _elsewhere(comparison: Comparison, pairing: Pairing) -> _Found:
    """What stands by the value in the piece stands by no such value in the source, but by another of its kind."""
    foreign, row = pairing.foreign, pairing.reading.words
    numbers = {f.at for f in pairing.figures}
    told_keys = {f.key for f in pairing.figures}
    met = [at for at in pairing.meets if at not in numbers]
    for told in pairing.figures:
        homes = carrying(comparison, told.key)
        if len(met) < _FEWEST or not homes or foreign in homes or any(r in homes for r in pairing.rivals):
            continue
        if max(sum(not pairing.keys(at).isdisjoint(h.whole) for at in met) for h in homes) * 2 > len(met):
            continue
        beside = [at for at in met if row[at].segment == row[told.at].segment]
        there = {foreign.words[n].segment for at in beside for n in pairing.meets[at]}
        for other in foreign.figures:
            alike = other.kind == told.kind and other.key not in told_keys
            if alike and foreign.words[other.at].segment in there:
                return told, foreign.text[other.start : other.end], foreign
    return None
