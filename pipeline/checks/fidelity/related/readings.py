"""Each sentence of the piece beside the source sentences that carry it, all read as clauses."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pipeline.checks.fidelity.alignment import Carrier, supports
from pipeline.checks.fidelity.comparison import Comparison, Sources, Statement, once_for_sources
from pipeline.model import Finding
from pipeline.text.clause_words import Word
from pipeline.text.clauses import Reading, read
from pipeline.text.sentences import sentences

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
