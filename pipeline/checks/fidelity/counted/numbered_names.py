"""Numbers that identify rather than count: names (`MiG-29`, `G7`, `Aria 4`), scores (`3-1`) and telephone numbers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from pipeline.checks.fidelity.comparison import Comparison, Sources, Statement, once_for_sources
from pipeline.checks.fidelity.dated.almanac import source_words
from pipeline.model import Evidence, Finding, Severity
from pipeline.text.figures import SCORE
from pipeline.text.fold import fold
from pipeline.text.grammar import FUNCTION_WORDS, TIME_WORDS, plain
from pipeline.text.kept import kept
from pipeline.text.numbers import numbers, read
from pipeline.text.units import unit_at

_GAP = r"[ \u00a0\u202f]"
_NAMED = re.compile(
    rf"(?<![\w-])(?P<word>[^\W\d_]{{1,15}})(?P<link>[-‑]|{_GAP})?(?P<number>\d{{1,4}})(?P<tail>[^\W\d_]?(?:[-‑]?\d{{1,3}})?)(?![\w])"
)
_LETTERED = re.compile(r"(?<![\w.,-])\d{1,3}[^\W\d_]\w{0,3}(?![\w-])")
_SCORE_LINK = re.compile(rf"(?:{_GAP}[^\W\d_]{{2,12}})?{_GAP}?(?:[-‑–]|à|contre|partout|et){_GAP}?")
_COUNTED = re.compile(rf"{_GAP}([^\W\d_]{{3,}}[sx])(?!\w)")
_PHONE = re.compile(
    rf"(?<![\d.])(?:\+\d{{2,3}}(?:{_GAP}|\.)?(?:\(0\))?|0)\d(?:[ .\u00a0\u202f-]?\d\d){{4}}(?!\d)"
)


@dataclass(frozen=True, slots=True)
class _Known:
    """What the sources hold. The values are the words and the place they stand at."""

    names: dict[str, tuple[str, Evidence]]
    numbered: dict[str, tuple[str, Evidence]]
    """By the word alone: one of its numbered names."""
    words: frozenset[str]
    pairs: frozenset[tuple[float, float]]
    scores: tuple[tuple[str, Evidence], ...]
    digits: str


_THING = r"(?:buts?|points?|sets?|manches?|jeux|essais?|voix|victoires?)"
_IN_WORDS = re.compile(
    rf"(?<![\w-])(?P<one>[^\W\d_]{{2,16}}(?:-[^\W\d_]{{2,9}}){{0,3}}|\d{{1,3}}){_GAP}{_THING}{_GAP}(?:à|contre){_GAP}"
    rf"(?P<other>[^\W\d_]{{2,16}}(?:-[^\W\d_]{{2,9}}){{0,3}}|\d{{1,3}})(?![\w-])",
    re.IGNORECASE,
)
_NOTHING = {"rien": 0, "zéro": 0}


@once_for_sources
def _known(sources: Sources) -> _Known:
    names: dict[str, tuple[str, Evidence]] = {}
    numbered: dict[str, tuple[str, Evidence]] = {}
    pairs: set[tuple[float, float]] = set()
    scores: list[tuple[str, Evidence]] = []
    digits: list[str] = []
    for source in sources:
        for at, passage in enumerate(source.facts.passages):
            told = _told(passage.text)
            for name, key, word in told.names:
                shown = (name, source.evidence(at))
                names.setdefault(key, shown)
                if word is not None:
                    numbered.setdefault(word, shown)
            pairs.update(told.pairs)
            scores.extend((score, source.evidence(at)) for score in told.scores)
            digits += told.digits
    return _Known(names, numbered, source_words(sources), frozenset(pairs), tuple(scores), " ".join(digits))


@dataclass(frozen=True, slots=True)
class _Told:
    """What a paragraph holds."""

    names: tuple[tuple[str, str, str | None], ...]
    """(as written, its key, the word before its number; None where the number comes first)"""
    pairs: tuple[tuple[float, float], ...]
    scores: tuple[str, ...]
    digits: tuple[str, ...]


@kept
def _told(text: str) -> _Told:
    named = [(m.group(), _key(m.group()), fold(m["word"])) for m in _NAMED.finditer(text)]
    lettered = [(m.group(), _key(m.group()), None) for m in _LETTERED.finditer(text)]
    return _Told(
        (*named, *lettered),
        tuple(_pairs(text)),
        tuple(m.group() for m in SCORE.finditer(text)),
        tuple(re.sub(r"\D", "", m.group()) for m in _PHONE.finditer(text)),
    )


def _key(name: str) -> str:
    return re.sub(r"[\W_]", "", fold(name))


def _pairs(text: str) -> Iterator[tuple[float, float]]:
    found = numbers(text)
    for one, two in pairwise(found):
        if two.start - one.end <= 24 and _SCORE_LINK.fullmatch(text, one.end, two.start):
            yield abs(one.value), abs(two.value)
            yield abs(two.value), abs(one.value)
    for _, won, lost in _score_in_words(text, 0, len(text)):
        yield from ((won, lost), (lost, won))


def _score_in_words(text: str, start: int, end: int) -> Iterator[tuple[re.Match[str], float, float]]:
    """`deux buts à un`"""
    for match in _IN_WORDS.finditer(text, start, end):
        one, other = (_count(match[side].lower()) for side in ("one", "other"))
        if one is not None and other is not None:
            yield match, one, other


def _count(word: str) -> float | None:
    if word.isdigit():
        return float(word)
    return _NOTHING.get(word, read(word))


def told_scores(comparison: Comparison, statement: Statement) -> frozenset[int]:
    """Where the figures of the scores begin that the sources have, told in words: `deux buts à un` of 2-1."""
    pairs = _known(comparison.sources).pairs
    found = _score_in_words(statement.block.text, statement.start, statement.end)
    return frozenset(
        match.start(side) for match, one, other in found if (one, other) in pairs for side in ("one", "other")
    )


def findings(comparison: Comparison) -> Iterator[Finding]:
    """Numbered names, scores and telephone numbers of the piece that the sources do not have."""
    known = _known(comparison.sources)
    for statement in comparison.statements:
        text = statement.text
        for start, end, (severity, message, evidence) in (
            *_names(text, known),
            *_scores(text, known),
            *_phones(text, known),
        ):
            at = statement.start + start
            if not comparison.is_quoted(statement.paragraph, at):
                span = (at, statement.start + end)
                yield comparison.finding("FID004", severity, message, statement, span, evidence)


# `Fin 2025` at the head of a sentence.
_OF_A_YEAR = frozenset("début courant mi fin printemps été automne hiver rentrée noël pâques".split())
_Row = tuple[int, int, tuple[Severity, str, tuple[Evidence, ...]]]


def _names(text: str, known: _Known) -> Iterator[_Row]:
    for match in _NAMED.finditer(text):
        word, other = plain(match["word"]), known.numbered.get(fold(match["word"]))
        if _key(match.group()) in known.names or word in FUNCTION_WORDS or word in TIME_WORDS:
            continue
        if SCORE.match(text, match.start("number")) or word in _OF_A_YEAR:
            continue
        tight = not match["link"] or match["link"] in "-‑"
        if not any(c.isupper() for c in match["word"]) or (not tight and other is None):
            continue
        told = f"source: {other[0]}; piece: {match.group()}" if other else f"piece: {match.group()}"
        severity: Severity = "warn" if other is None and fold(match["word"]) in known.words else "block"
        yield (
            *match.span(),
            (severity, f"No source has this numbered name ({told}).", (other[1],) if other else ()),
        )
    for match in _LETTERED.finditer(text):
        letter = re.search(r"[^\W\d_]", match.group())
        at = match.start() + (letter.start() if letter else 0)
        if not text[at].isupper() or _key(match.group()) in known.names or unit_at(text, at):
            continue
        yield *match.span(), ("block", f"No source has this numbered name (piece: {match.group()}).", ())


def _scores(text: str, known: _Known) -> Iterator[_Row]:
    for match in SCORE.finditer(text):
        pair = (float(match.group(1)), float(match.group(2)))
        if pair in known.pairs or _COUNTED.match(text, match.end()) or unit_at(text, match.end() + 1):
            continue
        other = known.scores[0] if known.scores else None
        if other:
            message = f"No source has this score (source: {other[0]}; piece: {match.group()})."
            yield *match.span(), ("block", message, (other[1],))
        else:
            yield *match.span(), ("warn", f"No source tells this score (piece: {match.group()}).", ())


def _phones(text: str, known: _Known) -> Iterator[_Row]:
    for match in _PHONE.finditer(text):
        digits = re.sub(r"\D", "", match.group())
        if digits[-9:] not in known.digits:
            message = f"No source has this telephone number (piece: {match.group()})."
            yield *match.span(), ("block", message, ())
