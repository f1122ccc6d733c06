"""A piece laid beside its sources: what each of its sentences states, and what the sources hold.

Worked out once for a manuscript; every check of the family starts from it.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache, wraps
from typing import TypeVar

from pipeline.checks.check import Manuscript
from pipeline.model import Evidence, Finding, Paragraph, ParagraphKind, Place, Severity
from pipeline.text.dates import DateSpan
from pipeline.text.facts import Facts, Speech, read
from pipeline.text.figures import FigureSpan
from pipeline.text.front import asides, front_block
from pipeline.text.markdown import Block, Document
from pipeline.text.names import Entity
from pipeline.text.sentences import sentences

T = TypeVar("T")

once_for_sources = lru_cache(maxsize=8)
"""For what is made of the sources alone: a repair looks at one piece after the other beside the same ones, and some
articles are under way at once.
"""


def once_for_texts(function: "Callable[[Comparison], T]") -> "Callable[[Comparison], T]":
    """For what is made of the texts of a piece and its sources, wherever the piece's blocks stand in its file: a piece
    is looked at once more when its front matter and its list of sources are whole.
    """

    @lru_cache(maxsize=4)
    def kept(texts: _Texts) -> T:
        return function(texts.comparison)

    @wraps(function)
    def of(comparison: Comparison) -> T:
        return kept(_Texts(comparison.piece, comparison.sources, comparison))

    return of


_KINDS: dict[str, ParagraphKind] = {"heading": "heading", "item": "item", "quote": "quote", "cell": "row"}
# What a reader of a result page sees of the piece: facts there are facts of the piece.
_SHOWN_FRONT = ("title", "description")


@dataclass(frozen=True, slots=True)
class Source:
    """One source with what it states."""

    label: str
    """`S1` is the piece's own source; `S2`, … gave background."""
    facts: Facts
    language: str = "fr"

    def evidence(self, paragraph: int, text: str | None = None) -> Evidence:
        """The paragraph (an index), or the words of it that matter, as a finding shows them."""
        passage = self.facts.passages[paragraph]
        return Evidence(self.label, passage.id, passage.text if text is None else text)


Sources = tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of the piece: `block.text[start:end]`. A heading, title or description is one, or several."""

    index: int
    """Its number in reading order, from 0."""
    paragraph: int
    """Index of its block in `Comparison.blocks` and in the rows of `Comparison.piece`."""
    block: Block
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.block.text[self.start : self.end]

    @property
    def is_heading(self) -> bool:
        return self.block.kind == "heading"


@dataclass(frozen=True, eq=False, slots=True)
class Comparison:
    """Compared by identity, so that what several checks need of it can be worked out once."""

    document: Document
    blocks: tuple[Block, ...]
    """Title and description of the front matter, what a reader sees of the article, then what stands for its images
    and the titles of its links; each in reading order."""
    piece: Facts
    """Of `blocks`; each row, and each mention's paragraph, has the block's index."""
    statements: tuple[Statement, ...]
    sources: Sources

    def speeches(self, statement: Statement) -> Iterator[Speech]:
        """Those that begin in the statement."""
        row = self.piece.speeches[statement.paragraph]
        return iter(_within(row, statement, key=lambda s: s.span.outer_start))

    def figures(self, statement: Statement) -> Iterator[FigureSpan]:
        row = self.piece.figures[statement.paragraph]
        return iter(_within(row, statement, key=lambda f: f.start))

    def dates(self, statement: Statement) -> Iterator[DateSpan]:
        row = self.piece.dates[statement.paragraph]
        return iter(_within(row, statement, key=lambda d: d.start))

    def mentions(self, statement: Statement) -> Iterator[tuple[int, int, Entity]]:
        """(start, end, what is named), places in the block's text."""
        row = self.piece.mentions[statement.paragraph]
        within = _within(row, statement, key=lambda mention: mention[0])
        return ((a, b, self.piece.names[n]) for a, b, n in within)

    def is_quoted(self, paragraph: int, start: int) -> bool:
        """True when a place in a block stands inside a quotation that is closed."""
        row = self.piece.speeches[paragraph]
        at = bisect_left(row, start + 1, key=lambda s: s.span.outer_start) - 1
        return at >= 0 and row[at].span.closed and start < row[at].span.outer_end

    def place(self, block: Block, start: int, end: int) -> Place:
        """The place in the file of a span of a block's text."""
        return self.document.place_in(block, start, end)

    def finding(
        self,
        code: str,
        severity: Severity,
        message: str,
        statement: Statement,
        span: tuple[int, int] | None = None,
        evidence: tuple[Evidence, ...] = (),
    ) -> Finding:
        """A finding about `span` of the statement's block, or about the whole statement."""
        start, end = span or (statement.start, statement.end)
        return Finding(code, severity, message, self.place(statement.block, start, end), evidence)


@lru_cache(maxsize=4)
def text_of(comparison: Comparison, index: int) -> str:
    """The text of a statement, cut out once: it is read again for each of its figures."""
    return comparison.statements[index].text


def _within(row: tuple[T, ...], statement: Statement, key: Callable[[T], int]) -> tuple[T, ...]:
    """What begins in the statement, of a row in order."""
    first = bisect_left(row, statement.start, key=key)
    return row[first : bisect_left(row, statement.end, key=key)]


@dataclass(frozen=True, slots=True)
class _Texts:
    piece: Facts
    sources: Sources
    comparison: Comparison = field(compare=False)


@lru_cache(maxsize=2)
def compare(manuscript: Manuscript) -> Comparison:
    """The manuscript beside its sources; without a dossier, `sources` is empty."""
    document = manuscript.document
    front = (front_block(document, key) for key in _SHOWN_FRONT)
    shown = (b for b in document.blocks if not b.apparatus and b.kind not in ("code", "html"))
    blocks = (*(b for b in front if b), *shown, *asides(document))
    passages = tuple(Paragraph(f"B{n}", b.text, _KINDS.get(b.kind, "text")) for n, b in enumerate(blocks))
    articles = [d.article for d in manuscript.dossier.all] if manuscript.dossier else []
    return Comparison(
        document,
        blocks,
        read(passages),
        tuple(_statements(blocks)),
        _sources(tuple((a.passages, a.language) for a in articles)),
    )


@once_for_sources
def _sources(articles: tuple[tuple[tuple[Paragraph, ...], str], ...]) -> Sources:
    return tuple(
        Source(f"S{n}", read(passages, language), language)
        for n, (passages, language) in enumerate(articles, start=1)
    )


def _statements(blocks: tuple[Block, ...]) -> Iterator[Statement]:
    index = 0
    for paragraph, block in enumerate(blocks):
        for start, end in sentences(block.text):
            yield Statement(index, paragraph, block, start, end)
            index += 1
