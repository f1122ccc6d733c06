"""What shows that a value stands beside something else than in the sources: shared words, clause against clause.

A rewrite says nearly everything in other words, so a value that fits another place better proves little by itself.
It takes words that the piece has beside its value and the source beside another value of that sort, and none that
the piece shares only with a place where the source has the value itself.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from pipeline.checks.fidelity.carried.content import Unit
from pipeline.checks.fidelity.carried.values import Value
from pipeline.text.people import is_role

_BREAK = re.compile(
    r"[,:](?!\d)|[;()–—«»“”\n]|(?<!\w)(?:et|mais|ou|puis|tandis|alors|puisque|car|contre|dont|quand|qui|où)(?!\w)",
    re.IGNORECASE,
)
_GENERAL = 0.4
"""What a word of general vocabulary proves, beside 1 of any other."""


class Told:
    """A sentence with its units, here or in a source."""

    def __init__(self, text: str, start: int, end: int, units: Sequence[Unit]) -> None:
        self.text, self.start, self.end, self.units = text, start, end, units

    def around(self, value: Value) -> list[Unit]:
        """All but the value's own words."""
        return [u for u in self.units if not value.start <= u.start < value.end]

    def beside(
        self, value: Value, wanted: Callable[[Unit], bool], alike: Sequence[Value] = ()
    ) -> frozenset[str]:
        """What its clause has of what is wanted, else the clause before, and so on, else those after it.

        A semicolon ends the search, and so does a clause with another value of that sort: its words are that value's.
        """
        bounds = [
            self.start,
            *(m.start() for m in _BREAK.finditer(self.text, self.start, self.end)),
            self.end,
        ]
        clauses = [(a, b) for a, b in pairwise(bounds) if a < b]
        at = next((n for n, (a, b) in enumerate(clauses) if value.start < b), len(clauses) - 1)
        units = [u for u in self.around(value) if wanted(u)]
        for row in (clauses[at::-1], clauses[at + 1 :]):
            for start, end in row:
                if row[0] != (start, end) and any(start <= v.start < end for v in alike if v is not value):
                    break
                if found := frozenset(u.key for u in units if start <= u.start < end):
                    return found
                if ";" in (self.text[start], self.text[end : end + 1]):
                    break
        return frozenset()


def is_shown(
    here: Told,
    value: Value,
    there: Told,
    rival: Value,
    alike: Sequence[Value],
    others: Sequence[Told],
    own: Value | None,
    is_telling: Callable[[Unit], bool],
) -> bool:
    """`rival` stands in `there` beside what `value` stands beside here; `alike` are the values of that sort here.

    `others` have the value itself; `own` is its place in `there` when one sentence has both. A telling unit is one that
    a single sentence of the sources has.
    """
    if own is not None:
        return _in_another_clause(here, value, there, rival, own)
    held = frozenset(u.key for u in there.units)
    vouching = frozenset(u.key for other in others for u in other.units) - held
    mine = [u for u in here.around(value) if _counts(u, value)]
    if any(u.key in vouching and _is_own(u, here.text) for u in mine):
        return False
    told = frozenset(u.key for u in here.units)
    if any(_is_all_told(other, told) for other in others):
        return False
    known = frozenset(u.key for u in mine) & (held | vouching)
    if not here.beside(value, lambda u: u.key in known, alike) & there.beside(
        rival, lambda u: u.key in known
    ):
        return False
    only = held - frozenset(u.key for other in others for u in other.units)
    if mine and {u.key for u in mine} == {u.key for u in there.around(rival)}:
        return True  # a list told as a list: `Port : 250 000 euros`
    proving = [u for u in mine if u.key in only]
    if value.sort not in ("person", "place") and any(u.kind in _EXACT and is_telling(u) for u in proving):
        return True
    return sum(_weights(iter(proving))) >= _LEAST


_LEAST = 1.3
"""Two words, or one and a general one."""
_EXACT = ("name", "figure", "date")
"""What is told in no other way proves a figure or date by itself; of a person it may be one more deed."""


def _in_another_clause(here: Told, value: Value, there: Told, rival: Value, own: Value) -> bool:
    keys = frozenset(u.key for u in here.around(value) if _counts(u, value))
    mine = here.beside(value, lambda u: u.key in keys and any(o.key == u.key for o in there.units))
    for_rival = there.beside(rival, lambda u: u.kind != "generic")
    for_own = there.beside(own, lambda u: u.kind != "generic")
    return bool(mine & for_rival - for_own) and not mine & for_own - for_rival


def _is_all_told(other: Told, told: frozenset[str]) -> bool:
    """`Il ne devrait pas en rester à midi`: the sentence has two values of a sort because it tells two of a source."""
    return len(other.units) > 1 and all(u.key in told for u in other.units)


def _counts(unit: Unit, value: Value) -> bool:
    """Quoted words tell who speaks, and nothing of a figure outside the quotation."""
    return unit.kind != "quoted" or value.sort == "person"


def _is_own(unit: Unit, text: str) -> bool:
    """`le maire` may be said of many."""
    return unit.kind != "generic" and not is_role(text[unit.start : unit.end].lower())


def _weights(units: Iterator[Unit]) -> Iterator[float]:
    """A name of several words proves as much as one word."""
    last, seen = -2, set[str]()
    for unit in units:
        follows = unit.kind == "name" and unit.start - last <= 1
        last = unit.end if unit.kind == "name" else -2
        if not follows and unit.key not in seen:
            yield _GENERAL if unit.kind == "generic" else 1.0
        seen.add(unit.key)
