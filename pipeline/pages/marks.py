"""The piece as an editor reads it: the file with its findings, its sentences and its facts in their places.

It is shown as it is written, its marks included: the offsets of a finding then point at exactly what an editor
sees, whatever stands there.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from pipeline.model import Carried, FactLink, Finding, Piece, Place, Severity
from pipeline.pages.blocks import Block, BlockKind, blocks
from pipeline.pages.cut import Span, Stretch, cut
from pipeline.pages.sources import Grid, evidence_id, numbers
from pipeline.text.slug import slugify

SEVERITIES: tuple[Severity, ...] = ("block", "warn", "info")
Hold = Literal["full", "thin", "none"]
# The share below which FID012 looks closer: 4 of 98 faithful sentences of the fidelity bench and 30 of 33 invented
# ones hold less, and 7 of 262 of the reference pieces.
_THIN = 0.42
_SENTENCES = ("text", "item", "quote")
# A question, or the words before a list, may name things loosely.
_LOOSE = ("?", ":")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a sentence over which the same things hold."""

    text: str
    findings: tuple[int, ...]
    """Numbers of the findings about it, the gravest first."""
    begins: tuple[int, ...]
    """Numbers of the findings whose place begins here."""
    item: str | None
    """Id of the dossier item it repeats."""


@dataclass(frozen=True, slots=True)
class Part:
    """A sentence of the piece with what carries it, or (number 0) what stands between two."""

    number: int
    runs: tuple[Run, ...]
    hold: Hold = "full"
    begins: bool = False
    """True when the sentence begins here; a sentence over several blocks has several parts."""
    carriers: tuple[int, ...] = ()
    """Numbers of the source sentences that carry it, the strongest first."""
    notes: tuple[tuple[str, int], ...] = ()
    """After the end of the sentence: the paragraphs it comes from, each with a source sentence."""
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A stretch of the file that begins with a heading, paragraph, item, …; the blocks together are the file."""

    kind: BlockKind
    parts: tuple[Part, ...]
    level: int = 0
    """1 to 6 for a heading."""
    evidence: tuple[str, ...] = ()
    """What the plan lets the section under this heading use."""


@dataclass(frozen=True, slots=True)
class _Mark:
    number: int
    rank: int


@dataclass(frozen=True, slots=True)
class _Sentence:
    number: int
    carried: Carried


_Value = _Mark | _Sentence | FactLink


def marked_blocks(piece: Piece, findings: Sequence[Finding], sentence_of: Grid) -> list[Shown]:
    """The Markdown file as blocks; findings are numbered from 1, and places outside the file moved to its edge."""
    text = piece.markdown
    planned = {slugify(s.heading): s.evidence for s in piece.plan.sections}
    found = list(blocks(text))
    borders = (at for b in found for at in (b.start, b.shown))
    stretches = list(cut(len(text), borders, _spans(piece, findings)))
    shown, at = [], 0
    for block in found:
        mine = []
        while at < len(stretches) and (stretches[at].start < block.end or block is found[-1]):
            mine.append(stretches[at])
            at += 1
        parts = tuple(_parts(text, block, mine, sentence_of))
        evidence = planned.get(slugify(block.heading), ()) if block.heading else ()
        shown.append(Shown(block.kind, parts, block.level, evidence))
    return shown


def _spans(piece: Piece, findings: Sequence[Finding]) -> Iterator[Span[_Value]]:
    length = len(piece.markdown)
    for number, carried in enumerate(piece.evidence, start=1):
        yield Span(*_within(carried, length), _Sentence(number, carried))
    for link in piece.facts:
        yield Span(*_within(link, length), link)
    for number, finding in enumerate(findings, start=1):
        if finding.where is not None:
            mark = _Mark(number, SEVERITIES.index(finding.severity))
            yield Span(*_within(finding.where, length), mark)


def _within(where: Place | Carried | FactLink, length: int) -> tuple[int, int]:
    start = min(max(where.start, 0), length)
    return start, max(start, min(where.end, length))


def _parts(
    text: str, block: Block, stretches: Sequence[Stretch[_Value]], sentence_of: Grid
) -> Iterator[Part]:
    """The stretches of a block, sentence by sentence; what begins in the blanks behind it is put at its end."""
    for sentence, group in groupby((s for s in stretches if s.start < block.shown), _sentence):
        mine = list(group)
        runs = tuple(_run(text, s) for s in mine)
        yield (
            _part(block, sentence, runs, (mine[0].start, mine[-1].end), sentence_of)
            if sentence
            else Part(0, runs)
        )
    late = tuple(
        v.number for s in stretches if s.start >= block.shown for v in s.begins if isinstance(v, _Mark)
    )
    if late:
        yield Part(0, (Run("", (), late, None),))


def _sentence(stretch: Stretch[_Value]) -> _Sentence | None:
    return next((v for v in stretch.over if isinstance(v, _Sentence)), None)


def _part(
    block: Block, sentence: _Sentence, runs: tuple[Run, ...], place: tuple[int, int], sentence_of: Grid
) -> Part:
    carried = sentence.carried
    carriers: dict[int, str] = {}
    for words in carried.sources:
        for number in numbers(sentence_of, words):
            carriers.setdefault(number, evidence_id(words.source, words.paragraph))
    told = block.kind in _SENTENCES and not carried.text.endswith(_LOOSE)
    hold: Hold = "none" if not carriers else "thin" if carried.share < _THIN else "full"
    ends = place[1] == carried.end
    notes = {paragraph: number for number, paragraph in reversed(carriers.items())}
    return Part(
        number=sentence.number if carriers or told else 0,
        runs=runs,
        hold=hold if told else "full",
        begins=place[0] == carried.start,
        carriers=tuple(carriers),
        notes=tuple(reversed(notes.items())) if ends else (),
        ends=ends,
    )


def _run(text: str, stretch: Stretch[_Value]) -> Run:
    marks = sorted((v for v in stretch.over if isinstance(v, _Mark)), key=lambda m: (m.rank, m.number))
    link = next((v for v in stretch.over if isinstance(v, FactLink)), None)
    return Run(
        text[stretch.start : stretch.end],
        tuple(m.number for m in marks),
        tuple(v.number for v in stretch.begins if isinstance(v, _Mark)),
        evidence_id(link.source, link.item) if link else None,
    )
