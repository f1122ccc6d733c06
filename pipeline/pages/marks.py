"""Findings in their place: the Markdown file cut into blocks, and the blocks where a finding begins or ends.

The file is shown as it is written, its marks included: the offsets of a finding then point at exactly what an
editor sees, whatever stands there.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from pipeline.model import Dossier, Finding, Piece, Place, Severity
from pipeline.pages.render import parser
from pipeline.text.slug import slugify

SEVERITIES: tuple[Severity, ...] = ("block", "warn", "info")

BlockKind = Literal["heading", "text", "item", "quote", "row", "code", "rule", "meta"]
_KINDS: dict[str, BlockKind] = {
    "front_matter": "meta",
    "heading_open": "heading",
    "paragraph_open": "text",
    "list_item_open": "item",
    "blockquote_open": "quote",
    "tr_open": "row",
    "fence": "code",
    "code_block": "code",
    "hr": "rule",
}
_LINE_END = re.compile(r"\r\n?|\n")
_HEADING = re.compile(r"(#{1,6})[ \t]+(.*)")


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a block over which the same findings hold."""

    text: str
    findings: tuple[int, ...]
    """Numbers of the findings about this stretch, the gravest first."""
    begins: tuple[int, ...]
    """Numbers of the findings whose place begins here."""


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the file that begins with a heading, paragraph, item, …; the blocks together are the file."""

    kind: BlockKind
    segments: tuple[Segment, ...]
    level: int = 0
    """1 to 6 for a heading."""
    evidence: tuple[str, ...] = ()
    """What the plan lets the section under this heading use."""


@dataclass(frozen=True, slots=True)
class _Span:
    number: int
    start: int
    end: int
    rank: int


def marked_blocks(piece: Piece, findings: Sequence[Finding]) -> list[Block]:
    """The Markdown file as blocks; findings are numbered from 1, and places outside the file moved to its edge."""
    text = piece.markdown
    spans = [
        _span(n, f.where, f.severity, len(text))
        for n, f in enumerate(findings, start=1)
        if f.where is not None
    ]
    planned = {slugify(s.heading): s.evidence for s in piece.plan.sections}
    blocks = []
    for kind, start, end in _cut(text):
        written = text[start:end].rstrip()
        level, heading = _heading(kind, written)
        segments = tuple(_segments(text, start, start + len(written), end, spans))
        blocks.append(Block(kind, segments, level, planned.get(slugify(heading), ()) if heading else ()))
    return blocks


def _span(number: int, where: Place, severity: Severity, length: int) -> _Span:
    start = min(max(where.start, 0), max(length - 1, 0))
    end = min(where.end, length)
    return _Span(number, start, max(start, end) if where.start < end else start, SEVERITIES.index(severity))


def targets(dossier: Dossier) -> dict[str, str]:
    """The paragraph each evidence id leads to: `P4` and `Q2` of the source, `S2P1` and `S2Q1` of related ones."""
    found: dict[str, str] = {}
    for number, each in enumerate(dossier.all, start=1):
        source = f"S{number}"
        found |= {evidence_id(source, p.id): evidence_id(source, p.id) for p in each.article.passages}
        found |= {evidence_id(source, q.id): evidence_id(source, q.paragraph) for q in each.quotations}
    return found


def evidence_id(source: str, item: str) -> str:
    """`P4` for paragraph P4 of S1, `S2P1` for P1 of a related article."""
    return item if source == "S1" else f"{source}{item}"


def cited(findings: Sequence[Finding], places: Mapping[str, str]) -> dict[str, list[int]]:
    """For each paragraph of the sources, the numbers of the findings that point to it."""
    numbers: dict[str, list[int]] = {}
    for number, finding in enumerate(findings, start=1):
        ids = dict.fromkeys(evidence_id(e.source, e.paragraph) for e in finding.evidence)
        for place in ids.keys() & places.keys():
            numbers.setdefault(places[place], []).append(number)
    return numbers


def _cut(text: str) -> Iterator[tuple[BlockKind, int, int]]:
    """Kind, start and end of each block. What no token stands for belongs to the block before it."""
    kinds: dict[int, BlockKind] = {0: "text"}
    for token in parser().parse(text):
        if token.map and token.type in _KINDS and kinds.get(token.map[0], "text") == "text":
            kinds[token.map[0]] = _KINDS[token.type]
    starts = [0, *(m.end() for m in _LINE_END.finditer(text))]
    lines = sorted(kinds)
    for line, after in pairwise([*lines, len(starts)]):
        yield kinds[line], starts[line], starts[after] if after < len(starts) else len(text)


def _heading(kind: BlockKind, written: str) -> tuple[int, str]:
    """Level and words of a heading; 0 for anything else, 2 for one that is underlined instead of numbered."""
    if kind != "heading":
        return 0, ""
    marked = _HEADING.match(written)
    return (len(marked[1]), marked[2].rstrip("# \t")) if marked else (2, written)


def _segments(text: str, start: int, shown: int, end: int, spans: Sequence[_Span]) -> Iterator[Segment]:
    """The block cut at every place; what begins in the blanks behind `shown` is put at that point."""
    here = [s for s in spans if start <= s.start < max(end, 1) or s.start < start < s.end]
    cuts = {start, shown} | {min(max(at, start), shown) for s in here for at in (s.start, s.end)}
    for a, b in pairwise([*sorted(cuts), shown]):
        over = sorted((s for s in here if s.start < b and s.end > a), key=lambda s: (s.rank, s.number))
        begins = tuple(s.number for s in here if s.start >= start and min(s.start, shown) == a)
        if a < b:
            yield Segment(text[a:b], tuple(s.number for s in over), begins)
        elif begins:
            yield Segment("", (), begins)
