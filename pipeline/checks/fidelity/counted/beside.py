"""What follows from figures that the piece tells next to it: `684 grammes pour 312 pièces, soit 2 grammes chacune`.

The sources may tell the two far apart; the piece has them side by side, and its reader reckons with them there.
"""

from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import islice, takewhile

from pipeline.checks.fidelity.comparison import Comparison, Statement
from pipeline.checks.fidelity.counted.quantities import Quantity, close, fit, quantity, same_value
from pipeline.checks.fidelity.counted.shelf import shelves

_MOST = 12
_ITEMS, _CELLS = 8, 3
_LEAST = 2
"""One is in every text, and makes any number of another."""


Find = Callable[[Comparison, Quantity], Quantity | None]
"""The sources' figure that a figure of the piece is, or this one as the piece tells it; None where it is none."""


@lru_cache(maxsize=4)
def told_beside(comparison: Comparison, index: int, find: Find) -> tuple[Quantity, ...]:
    """The sources' figures that a reader of a statement has before him: those of the statement, of what its paragraph
    tells before it, of the paragraph before that, and of the list that it announces; the nearest first.
    """
    statement = comparison.statements[index]
    rows = (_row(comparison, find, *place) for place in _places(comparison, statement))
    return tuple(dict.fromkeys(q for row in rows for q in row))[:_MOST]


def _places(comparison: Comparison, statement: Statement) -> Iterator[tuple[int, int, int]]:
    """(block, start, end) of each stretch of text that is looked at."""
    blocks, at = comparison.blocks, statement.paragraph
    yield at, statement.start, statement.end
    yield at, 0, statement.start
    if statement.text.rstrip().endswith(":"):
        items = (n for n in range(at + 1, min(at + 1 + _ITEMS, len(blocks))))
        yield from ((n, 0, len(blocks[n].text)) for n in takewhile(lambda n: blocks[n].kind == "item", items))
    if at and blocks[at - 1].kind != "heading":
        yield at - 1, 0, len(blocks[at - 1].text)


def _row(comparison: Comparison, find: Find, paragraph: int, start: int, end: int) -> Iterator[Quantity]:
    text = comparison.blocks[paragraph].text
    row = (f for f in comparison.piece.figures[paragraph] if start <= f.start < end)
    for figure in islice(row, _MOST):
        told = quantity(text, figure)
        if abs(figure.value) >= _LEAST and not told.is_ordinal and (found := find(comparison, told)):
            yield found


def in_sources(comparison: Comparison, told: Quantity) -> Quantity | None:
    """As the sources tell it."""
    plain, _ = shelves(comparison.sources)
    return next((q for q in plain.near(told) if same_value(told, q) and fit(told, q) == "same"), None)


def rest_of_a_row(
    comparison: Comparison, statement: Statement, told: Quantity, find: Find
) -> Quantity | None:
    """`61 % | 39 %`, `61 % contre 39 %`: the share that the sources give, beside the one that makes it whole."""
    if told.dimension != "%":
        return None
    for place in _shares_beside(comparison, statement):
        for one in _row(comparison, find, *place):
            if one.dimension == "%" and close(abs(one.magnitude) + abs(told.magnitude), 100, 1e-6):
                return one
    return None


def _shares_beside(comparison: Comparison, statement: Statement) -> Iterator[tuple[int, int, int]]:
    """The statement, or the cells next to this one."""
    blocks, at = comparison.blocks, statement.paragraph
    if statement.block.kind != "cell":
        yield at, statement.start, statement.end
        return
    near = range(max(0, at - _CELLS), min(at + _CELLS + 1, len(blocks)))
    yield from ((n, 0, len(blocks[n].text)) for n in near if blocks[n].kind == "cell")
