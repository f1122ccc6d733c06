"""`a doublé` where the source says `a triplé`, or `de 180 à 240`: the factor of a change, told by a verb."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations, islice

from pipeline.checks.fidelity.alignment import Carrier, supports
from pipeline.checks.fidelity.comparison import Comparison, Statement
from pipeline.checks.fidelity.counted.quantities import Quantity, close
from pipeline.checks.fidelity.counted.shelf import by_place
from pipeline.model import Finding, Severity
from pipeline.text.numbers import read

_TIMES = {"doubl": 2, "tripl": 3, "quadrupl": 4, "quintupl": 5, "décupl": 10}
_GROWS = re.compile(
    r"(?<![\w-])(?:a|ont|avait|avaient|aura|auront|va|vont|fait|été|être|pourrait|devrait|doit|même|plus que|presque|de quoi|pour)"
    r"[ \u00a0](?:[\w-]+[ \u00a0]){0,2}?(?P<head>doubl|tripl|quadrupl|quintupl|décupl)(?:ée?s?|er)(?!\w)"
    # Whoever overtakes doubles nothing: `a doublé le cap Horn`.
    r"(?! (?:l[ae]s? |son |sa |ses |leurs? |un |une |l[’'])?(?:cap|bouée|voiture|camion|véhicule|rival|concurrent|adversaire|film|acteur|(?-i:[A-ZÀ-Ý])))",
    re.IGNORECASE,
)
_PARTS = re.compile(
    r"(?<![\w-])(?P<how>multipli|divis)(?:ée?s?|er|ant|e|ait|era)[ \u00a0]par[ \u00a0]"
    r"(?:près de |plus de |presque |environ )?(?P<by>\d{1,3}|[a-zé]{3,9})(?!\w)",
    re.IGNORECASE,
)
_BY = re.compile(
    r"(?<!\w)(?:multipli\w+ par|augment\w+ de|divis\w+ par)[ \u00a0](?P<times>\d{1,3}|[a-zé]{3,9})(?!\w)"
    r"|(?<!\w)(?P<fois>\d{1,3}|[a-zé]{3,9})[ \u00a0]fois(?!\w)|(?<!\w)(?:le|du|au) (?P<noun>double|triple|quadruple|quintuple|décuple)(?!\w)"
    r"|(?P<half>(?:de|la) moitié(?: moins)?)(?!\w)",
    re.IGNORECASE,
)
_SLACK = 0.15
_MOST = 12
# Between two figures of which one changes into the other: `de 10 % en mai à 20 %`.
_INTO = re.compile(r"[^.,;!?()]{0,40}\b(?:à|contre|au lieu de|après)[ \u00a0\w]{0,15}")


def findings(comparison: Comparison) -> Iterator[Finding]:
    for statement in comparison.statements:
        for start, end, factor in islice(_told(statement), _MOST):
            if not comparison.is_quoted(statement.paragraph, start):
                yield from _fault(comparison, statement, factor, (start, end))


def _told(statement: Statement) -> Iterator[tuple[int, int, int]]:
    """(start, end, factor) of each change that the statement tells; to divide by two is a factor of two as well."""
    text = statement.block.text
    for match in _GROWS.finditer(text, statement.start, statement.end):
        yield match.start("head"), match.end(), _TIMES[match["head"].lower()]
    for match in _PARTS.finditer(text, statement.start, statement.end):
        value = int(match["by"]) if match["by"].isdigit() else read(match["by"].lower())
        if value:
            yield match.start(), match.end(), value


def _fault(
    comparison: Comparison, statement: Statement, factor: int, span: tuple[int, int]
) -> Iterator[Finding]:
    carriers = supports(comparison)[statement.index].carriers
    told = [(c, f, words) for c in carriers for f, words in _factors(c)]
    if not carriers or any(f == factor for _, f, _ in told) or _follows(comparison, statement, factor):
        return
    piece = statement.block.text[slice(*span)]
    if told:
        carrier, _, words = told[0]
        severity: Severity = "block"
        message = f"Another factor than the source's (source: {words}; piece: {piece})."
    else:
        carrier, severity = carriers[0], "warn"
        message = f"No source tells such a factor, and none follows from its figures (piece: {piece})."
    yield comparison.finding("FID004", severity, message, statement, span, (carrier.evidence,))


def _factors(carrier: Carrier) -> Iterator[tuple[int, str]]:
    return iter(_read(carrier.text))


@lru_cache(maxsize=64)
def _read(text: str) -> tuple[tuple[int, str], ...]:
    """The factors a sentence tells, with their words."""
    grown = [(_TIMES[m["head"].lower()], m.group()) for m in _GROWS.finditer(text)]
    for m in _BY.finditer(text):
        word = (m["times"] or m["fois"] or m["noun"] or "double").lower()
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
        if any(_is_change(q, factor) for q in row):
            return True
        for one, two in combinations(row, 2):
            low, high = sorted((abs(one.magnitude), abs(two.magnitude)))
            if _like(one, two) and low and close(high / low, factor, _SLACK):
                return True
    return False


def _is_change(one: Quantity, factor: int) -> bool:
    """`presque divisé par deux` of a loss of 48 %, `doublé` of a rise of 102 %."""
    share = abs(one.magnitude)
    if one.dimension != "%" or not share:
        return False
    lost = share < _ALL and close(_ALL / (_ALL - share), factor, _NEAR)
    return lost or close((_ALL + share) / _ALL, factor, _NEAR)


_ALL, _NEAR = 100, 0.07


def follows(comparison: Comparison, statement: Statement, at: int) -> bool:
    """The number at this place is a factor that the sources' figures give."""
    return any(start <= at < end for start, end in _given(comparison, statement.index))


@lru_cache(maxsize=4)
def _given(comparison: Comparison, index: int) -> tuple[tuple[int, int], ...]:
    """The places of a statement's factors that follow from the sources' figures."""
    statement = comparison.statements[index]
    told = islice(_told(statement), _MOST)
    return tuple((start, end) for start, end, factor in told if _follows(comparison, statement, factor))


def _like(one: Quantity, two: Quantity) -> bool:
    """Of one unit or noun. Shares of two wholes, and bare figures, say something of each other only side by side."""
    if one.dimension == two.dimension and one.dimension not in ("%", None):
        return True
    if one.source is None or not {one.dimension, two.dimension} & {"%", None}:
        return False
    text = one.source.facts.passages[one.paragraph].text
    alike = one.dimension == two.dimension or None in (one.dimension, two.dimension)
    return alike and _INTO.fullmatch(text, one.figure.end, two.figure.start) is not None
