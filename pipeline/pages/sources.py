"""The sources as an editor reads them: sentence by sentence, with what the piece took from each."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from pipeline.model import (
    DateMention,
    Dossier,
    Figure,
    Finding,
    Name,
    Paragraph,
    Piece,
    Quotation,
    SourceSpan,
)
from pipeline.pages.cut import Span, Stretch, cut
from pipeline.text.sentences import sentences

Grid = Mapping[str, Sequence[Span[int]]]
"""For each paragraph of all sources, by its evidence id, its sentences, numbered from 1 through all of them."""
_NO_SENTENCES = ("title", "heading")


@dataclass(frozen=True, slots=True)
class Item:
    """Something of a dossier that the piece repeats."""

    id: str


@dataclass(frozen=True, slots=True)
class Run:
    text: str
    items: tuple[str, ...]
    """Ids of the dossier items it belongs to, of those that the piece repeats."""
    begins: tuple[str, ...]
    """Ids of those that begin here."""


@dataclass(frozen=True, slots=True)
class Part:
    """A sentence of a source, or (number 0) what stands between two."""

    number: int
    runs: tuple[Run, ...]
    unused: bool = False
    """True when nothing of the piece comes from it; never of titles and headings."""
    last_unused: bool = False
    """True for the last of some unused sentences in a row."""


def evidence_id(source: str, item: str) -> str:
    """`P4` for paragraph P4 of S1, `S2P1` for P1 of a related article."""
    return item if source == "S1" else f"{source}{item}"


def targets(dossier: Dossier) -> dict[str, str]:
    """The paragraph each evidence id leads to: `P4` and `Q2` of the source, `S2P1` and `S2Q1` of related ones."""
    found: dict[str, str] = {}
    for number, each in enumerate(dossier.all, start=1):
        source = f"S{number}"
        found |= {evidence_id(source, p.id): evidence_id(source, p.id) for p in each.article.passages}
        found |= {evidence_id(source, q.id): evidence_id(source, q.paragraph) for q in each.quotations}
    return found


def cited(findings: Sequence[Finding], places: Mapping[str, str]) -> dict[str, list[int]]:
    """For each paragraph of the sources, the numbers of the findings that point to it."""
    numbers: dict[str, list[int]] = {}
    for number, finding in enumerate(findings, start=1):
        ids = dict.fromkeys(evidence_id(e.source, e.paragraph) for e in finding.evidence)
        for place in ids.keys() & places.keys():
            numbers.setdefault(places[place], []).append(number)
    return numbers


def grid(dossier: Dossier) -> Grid:
    found: dict[str, list[Span[int]]] = {}
    number = 0
    for id_, paragraph in _paragraphs(dossier):
        row = found.setdefault(id_, [])
        for start, end in sentences(paragraph.text):
            number += 1
            row.append(Span(start, end, number))
    return found


def numbers(sentence_of: Grid, words: SourceSpan) -> tuple[int, ...]:
    """Of the sentences that have some of the words."""
    row = sentence_of.get(evidence_id(words.source, words.paragraph), ())
    first = bisect_right(row, words.start, key=lambda s: s.end)
    beyond = bisect_left(row, words.end, key=lambda s: s.start)
    return tuple(s.value for s in row[first:beyond])


def marked_sources(piece: Piece, sentence_of: Grid) -> dict[str, tuple[Part, ...]]:
    """Every paragraph by its evidence id; its parts together are its text."""
    used = {n for c in piece.evidence for words in c.sources for n in numbers(sentence_of, words)}
    items = _items(piece)
    return {
        id_: tuple(_parts(paragraph, sentence_of.get(id_, ()), items.get(id_, ()), used))
        for id_, paragraph in _paragraphs(piece.dossier)
    }


def _paragraphs(dossier: Dossier) -> Iterator[tuple[str, Paragraph]]:
    for number, each in enumerate(dossier.all, start=1):
        yield from ((evidence_id(f"S{number}", p.id), p) for p in each.article.passages)


def _items(piece: Piece) -> dict[str, list[Span[Item]]]:
    """The items that the piece repeats, by the evidence id of their paragraph."""
    wanted = {(link.source, link.item) for link in piece.facts}
    found: defaultdict[str, list[Span[Item]]] = defaultdict(list)
    for number, each in enumerate(piece.dossier.all, start=1):
        source = f"S{number}"
        items: tuple[Quotation | Figure | DateMention | Name, ...]
        items = (*each.quotations, *each.figures, *each.dates, *each.names)
        for item in items:
            if (source, item.id) in wanted:
                span = Span(item.start, item.end, Item(evidence_id(source, item.id)))
                found[evidence_id(source, item.paragraph)].append(span)
    return dict(found)


def _parts(
    paragraph: Paragraph, row: Sequence[Span[int]], items: Sequence[Span[Item]], used: set[int]
) -> Iterator[Part]:
    text = paragraph.text
    spans: list[Span[int | Item]] = [Span(s.start, s.end, s.value) for s in row]
    spans += (Span(i.start, i.end, i.value) for i in items if 0 <= i.start < i.end <= len(text))
    is_prose = paragraph.kind not in _NO_SENTENCES
    idle = {s.value for s in row if is_prose and s.value not in used}
    for number, stretches in groupby(cut(len(text), (), spans), _sentence):
        unused = number in idle
        runs = tuple(_run(text, s) for s in stretches)
        yield Part(number, runs, unused, unused and number + 1 not in idle)


def _sentence(stretch: Stretch[int | Item]) -> int:
    return next((value for value in stretch.over if isinstance(value, int)), 0)


def _run(text: str, stretch: Stretch[int | Item]) -> Run:
    return Run(
        text[stretch.start : stretch.end],
        tuple(v.id for v in stretch.over if isinstance(v, Item)),
        tuple(v.id for v in stretch.begins if isinstance(v, Item)),
    )
