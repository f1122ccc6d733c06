"""The last look before a figure counts as invented: two figures of the sources, one of which the piece tells beside it.

Whoever tells a story freely reckons: `un écart de 110 euros et de 25 embauches`. Here any two figures of the sources
do, however far apart and whatever they count, so it is a warning that names them, never silence. Against chance: a
word of the sentence says that it reckons, or one paragraph of a source has both figures.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice

from pipeline.checks.fidelity.comparison import Comparison, Statement
from pipeline.checks.fidelity.counted.quantities import CALENDAR, SCORE_OF, Quantity, close
from pipeline.checks.fidelity.counted.rounding import digits
from pipeline.text.cues import has

_SIGNS = re.compile(
    r"(?<!\w)(?:de (?:plus|moins|mieux|retard|différence)|(?:plus|moins) [^\W\d_]+ (?:de|que)|soit|donc|écarts?|avance|retard|marge|différence|points?"
    r"|dépass\w+|excéd\w+|(?:re)?gagn\w+|gains?|perd\w*|pertes?|progress\w+|recul\w*|hausses?|baiss\w+|augment\w+|dimin\w+|rédui\w+|grimp\w+"
    r"|chut\w+|bondi\w*|agrandi\w*|raccourci\w*|supérieur\w*|inférieur\w*|au total|en tout|totalis\w+|à (?:eux|elles) \w+|ensemble|cumul\w+|addition\w+|rest(?:e|ent|ait"
    r"|aient|ant\w*)|autres?|manqu\w+|économi\w+|surcoût|rallonge|sépar\w+|distanc\w+|devanc\w+|ajout\w+|supplémentaires?)(?!\w)",
    re.IGNORECASE,
)
_EACH = re.compile(
    r"(?<!\w)(?:par|chacune?|chaque|en moyenne|revient|l[’']unité|pièce|le (?:kilo\w*|litre|mètre|gramme))(?!\w)",
    re.IGNORECASE,
)
_TIMES = (
    (re.compile(r"(?<!\w)(?:doubl\w+|deux fois)(?!\w)", re.IGNORECASE), 2.0),
    (re.compile(r"(?<!\w)(?:tripl\w+|trois fois)(?!\w)", re.IGNORECASE), 3.0),
    (re.compile(r"(?<!\w)(?:quadrupl\w+|quatre fois)(?!\w)", re.IGNORECASE), 4.0),
    (re.compile(r"(?<!\w)moitié(?!\w)", re.IGNORECASE), 0.5),
)
_LEAST, _SMALL = 2, 12
_BEFORE, _AFTER = 420, 160
"""Characters: what a reader still has before him, and what he reads at once."""
_NEAR, _MOST = 12, 200
_EXACT, _HEDGED, _RATE = 1e-6, 0.05, 0.006
_FEWEST_DIGITS = 2


def at_last(
    comparison: Comparison, statement: Statement, told: Quantity, sources: Sequence[Quantity]
) -> tuple[Quantity, ...]:
    """The figures of the sources that make this one; none for a rank, a share in words, a figure of a name."""
    if told.figure.kind != "cardinal" or told.dimension in (CALENDAR, SCORE_OF):
        return ()
    if abs(told.figure.value) < _LEAST or told.dimension == "%":
        return ()
    pool = [
        q for q in islice(sources, _MOST) if q.figure.value > 1 and q.dimension not in (CALENDAR, SCORE_OF)
    ]
    beside = _beside(statement, told, comparison, pool)
    return next(_made(told, beside, pool, statement.text), ())


def _made(
    told: Quantity, beside: Sequence[Quantity], pool: Sequence[Quantity], said: str
) -> Iterator[tuple[Quantity, ...]]:
    signed, each = has(_SIGNS, said), has(_EACH, said)
    times = [by for sign, by in _TIMES if has(sign, said)]
    for one in beside:
        if any(_is(told, abs(one.magnitude) * by) and _alike(told, one) for by in times):
            yield (one,)
        for two in pool:
            together = (one.source, one.paragraph) == (two.source, two.paragraph)
            reckons = signed or (together and told.figure.value > _SMALL)
            if (reckons and _adds(told, one, two)) or (
                each and (_is_rate(told, one, two) or _is_rate(told, two, one))
            ):
                yield one, two


def _beside(
    statement: Statement, told: Quantity, comparison: Comparison, pool: Sequence[Quantity]
) -> list[Quantity]:
    """The sources' figures that the piece tells near this one, the nearest first."""
    at = told.figure.start
    row = comparison.piece.figures[statement.paragraph]
    first = bisect_left(row, at - _BEFORE, key=lambda f: f.start)
    last = bisect_right(row, max(at, statement.end) + _AFTER, key=lambda f: f.start)
    near = [f for f in row[first : min(last, first + _MOST)] if f.start != at]
    near.sort(key=lambda f: abs(f.start - at))
    if statement.is_heading:
        near += [f for f in comparison.piece.figures[_below(comparison, statement)] if f.start <= _BEFORE]
    shown = dict.fromkeys(f.value for f in near[:_NEAR] if f.value > 1)
    return list(dict.fromkeys(q for value in shown for q in pool if q.figure.value == value))[:_NEAR]


def _below(comparison: Comparison, statement: Statement) -> int:
    """The block that a heading stands over."""
    return min(statement.paragraph + 1, len(comparison.blocks) - 1)


def _adds(told: Quantity, one: Quantity, two: Quantity) -> bool:
    """Their sum or their difference, of one measure or of things that are counted."""
    a, b, value = abs(one.magnitude), abs(two.magnitude), abs(told.magnitude)
    slack = value * (_HEDGED if told.hedge else _EXACT)
    if min(abs(abs(a - b) - value), abs(a + b - value)) > slack or abs(a - b) <= _EXACT * a:
        return False  # most pairs
    if not (_alike(one, two) and _alike(told, one) and _alike(told, two)) or _is(told, a) or _is(told, b):
        return False
    return _is(told, abs(a - b)) or (one.dimension != "%" and _is(told, a + b))


def _alike(one: Quantity, two: Quantity) -> bool:
    """One measure; a bare figure may be of any; things counted may be told by any noun."""
    if one.dimension is None or two.dimension is None or one.dimension == two.dimension:
        return True
    if {one.dimension, two.dimension} == {"%", "point"}:
        return True
    return not (one.is_measure or two.is_measure or "%" in (one.dimension, two.dimension))


def _is(told: Quantity, value: float) -> bool:
    a = abs(told.magnitude)
    if (told.hedge == "above" and value < a) or (told.hedge == "below" and value > a):
        return False
    return close(a, value, _HEDGED if told.hedge else _EXACT)


def _is_rate(told: Quantity, whole: Quantity, by: Quantity) -> bool:
    """`12 800 euros le kilogramme` of 11.5 million for 900."""
    if not whole.is_measure or whole.dimension != told.dimension or by.dimension == whole.dimension:
        return False
    enough = digits(told.figure.value) >= _FEWEST_DIGITS
    return enough and close(
        abs(told.magnitude), abs(whole.magnitude) / by.figure.value, _HEDGED if told.hedge else _RATE
    )
