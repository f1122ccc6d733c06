"""A limit that the source sets to what it tells, and that the piece drops: `en partie`, `presque`, `ne … que`."""

from collections.abc import Iterator, Sequence

from pipeline.checks.fidelity.related.readings import Beside, Faced, matches
from pipeline.model import Finding
from pipeline.text.clause_words import Word
from pipeline.text.clauses import Reading
from pipeline.text.grammar import DETERMINERS

_ALONE = frozenset(
    "partiellement presque quasi quasiment partiel partielle partiels partielles seulement uniquement exclusivement "
    "essentiellement principalement".split()
)
_GROUPS = (
    ("en", "partie"),
    ("pour", "partie"),
    ("au", "moins"),
    ("près", "de"),
    ("à", "peine"),
    ("la", "moitié"),
    ("pas", "encore"),
)
_ANY_LIMIT = _ALONE | frozenset(
    "partie parties moitié tiers quart plupart majorité environ quelque quelques certains certaines seul seule seuls "
    "seules plus moins peine que quasi près limite limité limitée limités limitées réduit pas encore sauf hors hormis surtout "
    "souvent encore toujours majoritairement largement demi part autour pleinement entièrement totalité minimum "
    "minimale bémol mais pour-cent %".split()
)
_REACH = 3


def lost_scope(sentence: Faced) -> Iterator[Finding]:
    limited = any(
        w.low in _ANY_LIMIT or w.denied or w.only or w.low.endswith("aine") for w in sentence.reading.words
    )
    if limited:
        return
    for word in sentence.reading.words:
        if not word.root or not sentence.told(word):
            continue
        found = matches(sentence, word)
        if found:
            score, beside, match = found[0]
            limit = _limit_on(beside.reading, match)
            if limit is not None and score >= _LEAST_NEAR and not _elsewhere(found, beside):
                message = f"source: “{limit}” with “{match.text}”; piece drops it"
                yield sentence.finding("FID011", message, word, word, beside)


_LEAST_NEAR = 1.0


def _elsewhere(found: list[tuple[float, Beside, Word]], best: Beside) -> bool:
    """The source also tells it without a limit."""
    return any(_limit_on(beside.reading, match) is None for _, beside, match in found if beside is not best)


def _limit_on(reading: Reading, word: Word) -> str | None:
    """The limit that stands on a word: right after a verb or participle, or just before it."""
    row = reading.words
    at = next(n for n, w in enumerate(row) if w is word)
    if word.only:
        return "ne … que"
    follows = [w.low for w in row[at + 1 : at + 3]]
    if follows and follows[0] in _ALONE:
        return follows[0]
    if tuple(follows) in _GROUPS[:2]:
        return " ".join(follows)
    if (part := _part_of(row, at)) is not None:
        return part
    before = [w.low for w in row[max(0, at - _REACH) : at]]
    if any(w.root for w in row[max(0, at - _REACH) : at] if w.low not in _ALONE):
        before = before[-1:]
    limits = [b for b in before if b in _ALONE]
    return limits[0] if limits else None


_PARTS = frozenset("moitié partie tiers quart plupart majorité".split())


def _part_of(row: Sequence[Word], at: int) -> str | None:
    """`la moitié` of `la moitié du programme`."""
    place = at - 1
    while place > 0 and (row[place].low in DETERMINERS or row[place].low in ("de", "d'", "du")):
        place -= 1
    return row[place].low if at - 1 > place >= 0 and row[place].low in _PARTS else None
