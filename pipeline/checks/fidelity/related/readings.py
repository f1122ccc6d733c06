"""Each sentence of the piece beside the source sentences that carry it, all read as clauses."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.checks.fidelity.alignment import Carrier, supports
from pipeline.checks.fidelity.comparison import Comparison, Sources, Statement, once_for_sources
from pipeline.model import Finding
from pipeline.text.clause_words import Word
from pipeline.text.clauses import Reading, read
from pipeline.text.fold import fold
from pipeline.text.generic import is_generic
from pipeline.text.grammar import TIME_WORDS
from pipeline.text.sentences import sentences
from pipeline.text.synonyms import may_mean, senses
from pipeline.text.units import unit_at

_SAME_STRETCH = 1.0
_SAME_SENTENCE = 0.3


@dataclass(frozen=True, slots=True)
class Beside:
    """A carrier as clauses."""

    carrier: Carrier
    reading: Reading

    @property
    def roots(self) -> frozenset[str]:
        return self.reading.roots


@dataclass(frozen=True, eq=False, slots=True)
class Faced:
    """A statement with its carriers, the strongest first."""

    comparison: Comparison
    statement: Statement
    reading: Reading
    carriers: tuple[Beside, ...]
    share: float
    """Of the statement's content, what the carriers hold."""
    source_roots: frozenset[str]

    @property
    def roots(self) -> frozenset[str]:
        return self.reading.roots

    def told(self, word: Word) -> bool:
        """In the piece's own words: outside quotations."""
        return not self.comparison.is_quoted(self.statement.paragraph, self.statement.start + word.start)

    def finding(self, code: str, message: str, first: Word, last: Word, beside: Beside) -> Finding:
        start = self.statement.start
        span = (start + first.start, start + last.end)
        return self.comparison.finding(
            code, "warn", message, self.statement, span, (beside.carrier.evidence,)
        )


@lru_cache(maxsize=2)
def faced(comparison: Comparison) -> tuple[Faced, ...]:
    """The statements that something carries and that are no questions, in reading order."""
    return tuple(_faced(comparison))


@once_for_sources
def told_by(sources: Sources) -> tuple[Reading, ...]:
    """Every sentence of every source."""
    return tuple(
        read(passage.text[a:b])
        for source in sources
        for passage in source.facts.passages
        for a, b in sentences(passage.text)
    )


@once_for_sources
def _roots(sources: Sources) -> frozenset[str]:
    return frozenset().union(*(r.roots for r in told_by(sources)))


def _faced(comparison: Comparison) -> Iterator[Faced]:
    roots = _roots(comparison.sources)
    for statement, support in zip(comparison.statements, supports(comparison), strict=True):
        if support.carriers and not _asks(statement.text):
            reading = read(statement.text)
            beside = tuple(Beside(c, read(c.text)) for c in support.carriers if not _asks(c.text))
            if not beside:
                continue
            yield Faced(comparison, statement, reading, beside, support.share, roots)


def _asks(text: str) -> bool:
    """A question states and denies nothing."""
    return text.rstrip(" »\u00a0\u202f").endswith("?")


def nearness(one: Reading, word: Word, other: Reading, match: Word) -> float:
    """How much of what stands around a word stands around its match."""
    apart = {word.root, match.root}
    near = _but(one.stretches[word.segment] & other.stretches[match.segment], apart)
    everywhere = _but(one.roots & other.roots, apart)
    return _SAME_STRETCH * near + _SAME_SENTENCE * everywhere


def _but(roots: frozenset[str], apart: set[str]) -> int:
    """How many they are without some."""
    return len(roots) - sum(root in roots for root in apart)


def matches(faced_: Faced, word: Word) -> list[tuple[float, Beside, Word]]:
    """The words of the carriers with the same root, the nearest first."""
    found = [
        (nearness(faced_.reading, word, beside.reading, match), beside, match)
        for beside in faced_.carriers
        if word.root in beside.roots
        for match in beside.reading.words
        if match.root == word.root
    ]
    return sorted(found, key=lambda m: -m[0])


SAME_EVENT = 0.75
"""What else two clauses must have in common, or they tell of two things in one word."""
_GENERAL, _OTHER_WORD, _FURTHER = 0.5, 0.6, 0.5


def in_common(one: Reading, told: Iterable[Word], other: Reading, match: Word | None) -> float:
    """How much of what stands around some words, and is none of them, stands around their match: 1 is a word that
    tells something, in the clause of both. Without a match, anywhere in the other sentence.
    """
    return sum(_held(one, tuple(told), other, match).values())


def same_event(sentence: Faced, told: Sequence[Word], beside: Beside, match: Word) -> bool:
    """Enough else is in common, or all else that is told."""
    held = _held(sentence.reading, told, beside.reading, match)
    return sum(held.values()) >= SAME_EVENT or (bool(held) and min(held.values()) >= _GENERAL)


def _held(one: Reading, told: Sequence[Word], other: Reading, match: Word | None) -> dict[str, float]:
    """Each other word of the first, by its root, with how much of it the second has."""
    apart = {w.root for w in told} | ({match.root} if match else set())
    segments = {w.segment for w in told}
    rows = _meanings(other)
    near = rows if match is None else rows[max(0, match.segment - 1) : match.segment + 2]
    found: dict[str, float] = {}
    for word in one.words:
        key = word.root or word.low
        if word.root in apart or not (word.root or word.low[0].isdigit()):
            continue
        best = _FURTHER * _best(word, rows)
        if match is None or any(abs(word.segment - segment) <= 1 for segment in segments):
            best = max(best, _best(word, near))
        found[key] = max(_weight_of(word) * best, found.get(key, 0.0))
    return found


@lru_cache(maxsize=512)
def _meanings(reading: Reading) -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    """Of each stretch, the roots and figures, and what they may mean."""
    told: list[set[str]] = [set() for _ in reading.stretches]
    for word in reading.words:
        told[word.segment].add(word.root or word.low)
    return tuple((frozenset(row), frozenset().union(*map(senses, row))) for row in told)


def _best(word: Word, rows: Sequence[tuple[frozenset[str], frozenset[str]]]) -> float:
    key = word.root or word.low
    if any(key in told for told, _ in rows):
        return 1.0
    meant = senses(word.root)
    return _OTHER_WORD if any(not meant.isdisjoint(may) for _, may in rows) else 0.0


def _weight_of(word: Word) -> float:
    return _GENERAL if not word.root or is_generic(fold(word.text)) else 1.0


def _likeness(word: Word, other: Word) -> float:
    if not word.root:
        return float(word.low == other.low)
    if word.root == other.root:
        return 1.0
    return _OTHER_WORD if other.root and may_mean(word.root, other.root) else 0.0


def at_hand(one: Reading, word: Word, other: Reading, match: Word) -> float:
    """How much of what stands within a few words of one, in its stretch, stands so by the other: their subjects,
    objects and complements. Times and units are nobody's own.
    """
    apart = {word.root, match.root}
    there = [w for w in _close_by(other, match) if w.root not in apart]
    here = {w.root or w.low: w for w in _close_by(one, word) if w.root not in apart}
    return sum(_weight_of(w) * max((_likeness(w, x) for x in there), default=0.0) for w in here.values())


_CLOSE = 4
_NOBODYS = TIME_WORDS | {"lieu"}


def _close_by(reading: Reading, word: Word) -> list[Word]:
    row = [w for w in reading.words if w.segment == word.segment and (w.root or w.low[0].isdigit())]
    at = next(n for n, w in enumerate(row) if w is word)
    near = row[max(0, at - _CLOSE) : at + _CLOSE + 1]
    return [w for w in near if w is not word and w.low not in _NOBODYS and unit_at(w.low, 0) is None]
