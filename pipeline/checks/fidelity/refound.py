"""What a check found in a text is found again where the same text stands elsewhere in its file.

A draft is looked at before it has a folder, and once more as it will be written: with another front matter and a list
of sources, but mostly with the very same words.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, wraps

from pipeline.checks.check import Manuscript
from pipeline.checks.fidelity.comparison import Comparison, Sources, compare
from pipeline.model import Article, Finding, Place
from pipeline.text.facts import Facts
from pipeline.text.markdown import Block

_NESTED = 4
"""Blocks that begin before a place and are looked at: what stands for an image begins within its paragraph."""
Find = Callable[[Manuscript], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class _Asked:
    piece: Facts
    sources: Sources
    levels: tuple[int, ...]
    """Of the headings: what is read of the text does not tell them."""
    articles: tuple[Article, ...]
    manuscript: Manuscript = field(compare=False)


def once_for_words(find: Find) -> Find:
    """For a check that asks a manuscript for nothing but its comparison and what its dossier says of the articles, and
    whose findings each stand in one block.
    """

    @lru_cache(maxsize=4)
    def found(asked: _Asked) -> tuple[Comparison, tuple[Finding, ...]]:
        return compare(asked.manuscript), tuple(find(asked.manuscript))

    @wraps(find)
    def of(manuscript: Manuscript) -> Iterator[Finding]:
        after = compare(manuscript)
        levels = tuple(block.level for block in after.blocks)
        articles = tuple(d.article for d in manuscript.dossier.all) if manuscript.dossier else ()
        before, findings = found(_Asked(after.piece, after.sources, levels, articles, manuscript))
        if before is after:
            return iter(findings)
        begins = sorted((block.offsets[0], at) for at, block in enumerate(before.blocks) if block.offsets)
        moved = [_moved(finding, before, after, begins) for finding in findings]
        return find(manuscript) if None in moved else (f for f in moved if f)

    return of


def _moved(
    finding: Finding, before: Comparison, after: Comparison, begins: Sequence[tuple[int, int]]
) -> Finding | None:
    """None where it cannot be told for certain which words it is about. `begins`: where each block does, in order."""
    place = finding.where
    if place is None:
        return finding
    last = bisect_right(begins, (place.start, len(begins)))
    for _, at in reversed(begins[max(0, last - _NESTED) : last]):
        if span := _span(before.blocks[at], place):
            return replace(finding, where=after.place(after.blocks[at], *span))
    return None


def _span(block: Block, place: Place) -> tuple[int, int] | None:
    """Which words of a block stand at a place of the file; None where several could."""
    offsets = block.offsets
    start, end = bisect_left(offsets, place.start), bisect_left(offsets, place.end)
    if start >= end or block.span(start, end) != (place.start, place.end):
        return None
    same_start = start + 1 < len(offsets) and offsets[start + 1] == offsets[start]
    same_end = end >= 2 and start < end - 1 and offsets[end - 2] == offsets[end - 1]
    return None if same_start or same_end else (start, end)
