"""`a doublé` where the source says `a triplé`: the factor of a change, told by a verb."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations

from pipeline.checks.fidelity.alignment import Carrier, supports
from pipeline.checks.fidelity.comparison import Comparison, Statement
from pipeline.checks.fidelity.counted.quantities import close
from pipeline.checks.fidelity.counted.shelf import by_place
from pipeline.model import Finding
from pipeline.text.numbers import read

_TIMES = {"doubl": 2, "tripl": 3, "quadrupl": 4, "quintupl": 5, "décupl": 10}
_GROWS = re.compile(
    r"(?<![\w-])(?:a|ont|avait|avaient|aura|auront|va|vont|fait|été|être|pourrait|devrait|doit|même|plus que|presque)"
    r"[ \u00a0](?:[\w-]+[ \u00a0]){0,2}?(?P<head>doubl|tripl|quadrupl|quintupl|décupl)(?:ée?s?|er)(?!\w)",
    re.IGNORECASE,
)
_BY = re.compile(
    r"(?<!\w)(?:multipli\w+ par|augment\w+ de|divis\w+ par)[ \u00a0](?P<times>\d{1,3}|[a-zé]{3,9})(?!\w)"
    r"|(?<!\w)(?P<fois>\d{1,3}|[a-zé]{3,9})[ \u00a0]fois(?!\w)|(?<!\w)(?:le|du|au) (?P<noun>double|triple|quadruple|quintuple|décuple)(?!\w)",
    re.IGNORECASE,
)
_SLACK = 0.15
_MOST = 12


def findings(comparison: Comparison) -> Iterator[Finding]:
    for statement in comparison.statements:
        for match in _GROWS.finditer(statement.text):
            start = statement.start + match.start("head")
            if not comparison.is_quoted(statement.paragraph, start):
                yield from _fault(
                    comparison,
                    statement,
                    _TIMES[match["head"].lower()],
                    (start, statement.start + match.end()),
                )


def _fault(
    comparison: Comparison, statement: Statement, factor: int, span: tuple[int, int]
) -> Iterator[Finding]:
    told = [(c, f, words) for c in supports(comparison)[statement.index].carriers for f, words in _factors(c)]
    if any(f == factor for _, f, _ in told) or not told or _follows(comparison, statement, factor):
        return
    carrier, _, words = told[0]
    message = (
        f"Another factor than the source's (source: {words}; piece: {statement.block.text[slice(*span)]})."
    )
    yield comparison.finding("FID004", "block", message, statement, span, (carrier.evidence,))


def _factors(carrier: Carrier) -> Iterator[tuple[int, str]]:
    return iter(_read(carrier.text))


@lru_cache(maxsize=64)
def _read(text: str) -> tuple[tuple[int, str], ...]:
    """The factors a sentence tells, with their words."""
    grown = [(_TIMES[m["head"].lower()], m.group()) for m in _GROWS.finditer(text)]
    for m in _BY.finditer(text):
        word = (m["times"] or m["fois"] or m["noun"]).lower()
        value = int(word) if word.isdigit() else _TIMES.get(word[:-1]) or read(word)
        grown += [(value, m.group())] if value else []
    return tuple(grown)


def _follows(comparison: Comparison, statement: Statement, factor: int) -> bool:
    """Two figures of a passage that carries the statement are so many times each other."""
    places = by_place(comparison.sources)
    for carrier in supports(comparison)[statement.index].carriers:
        row = [q for q in places.get((carrier.source.label, carrier.paragraph), ()) if not q.is_ordinal][
            :_MOST
        ]
        for one, two in combinations(row, 2):
            low, high = sorted((abs(one.magnitude), abs(two.magnitude)))
            if one.dimension == two.dimension and low and close(high / low, factor, _SLACK):
                return True
    return False
