"""Quotations, figures, dates and names of the piece, each linked to the item of a dossier that it repeats."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from pipeline.checks.check import Manuscript
from pipeline.checks.fidelity.alignment import supports
from pipeline.checks.fidelity.comparison import Comparison, compare
from pipeline.model import Dossier, FactLink
from pipeline.text.fold import tokens

# Where a quotation leaves something out, or an editor put something in: `[…]`, `(…)`, `…`.
_OPENING = re.compile(r"\[[^\]]*\]|\(…\)|…|\.\.\.")


@dataclass(frozen=True, slots=True)
class _Item:
    """An item of a dossier."""

    source: str
    id: str
    paragraph: str


_Items = dict[tuple[str, Hashable], list[_Item]]
_Paragraphs = frozenset[tuple[str, str]]
_Rows = defaultdict[int, list[tuple[int, _Paragraphs]]]


def fact_links(manuscript: Manuscript) -> tuple[FactLink, ...]:
    """In reading order, without overlap: a quotation is linked as a whole, with what it holds.

    Of several items that say the same, one from the evidence of the sentence is taken, else the first.
    """
    comparison = compare(manuscript)
    dossiers = manuscript.dossier.all if manuscript.dossier else ()
    items, spoken = _items(dossiers), _Spoken(dossiers)
    carriers = _carriers(comparison)
    links: list[FactLink] = []
    for paragraph, block in enumerate(comparison.blocks):
        row, end_of_last = carriers[paragraph], 0
        for start, end, found in _found(comparison, paragraph, items, spoken):
            if found and start >= end_of_last:
                near = row[max(bisect_right(row, start, key=lambda s: s[0]) - 1, 0)][1]
                item = _nearest(found, near)
                links.append(FactLink(*block.span(start, end), item.source, item.id))
                end_of_last = end
    return tuple(links)


def _found(
    comparison: Comparison, paragraph: int, items: _Items, spoken: "_Spoken"
) -> Iterator[tuple[int, int, list[_Item]]]:
    """(start, end, items that say the same) in the order of their places, what is longer first."""
    facts, text = comparison.piece, comparison.blocks[paragraph].text
    spans = [s.span for s in facts.speeches[paragraph]]
    quotations = ((s.start, s.end, spoken.find(text[s.start : s.end])) for s in spans)
    figures = (
        (f.start, f.end, items.get(("figure", (f.value, f.unit)), [])) for f in facts.figures[paragraph]
    )
    dates = ((d.start, d.end, items.get(("date", d.value), [])) for d in facts.dates[paragraph])
    names = (
        (start, end, _named(items, (text[start:end], facts.names[n].text, *facts.names[n].aliases)))
        for start, end, n in facts.mentions[paragraph]
    )
    return iter(sorted(chain(quotations, figures, dates, names), key=lambda found: (found[0], -found[1])))


def _named(items: _Items, forms: Sequence[str]) -> list[_Item]:
    """The names that have the first of the forms that any has."""
    return next((found for form in forms if (found := items.get(("name", _words(form))))), [])


def _items(dossiers: Sequence[Dossier]) -> _Items:
    """Figures, dates and names of all dossiers by what they say, those of S1 first."""
    items: defaultdict[tuple[str, Hashable], list[_Item]] = defaultdict(list)
    for number, dossier in enumerate(dossiers, start=1):
        source = f"S{number}"
        for f in dossier.figures:
            items["figure", (f.value, f.unit)].append(_Item(source, f.id, f.paragraph))
        for d in dossier.dates:
            items["date", d.value].append(_Item(source, d.id, d.paragraph))
        for n in dossier.names:
            for form in dict.fromkeys(_words(form) for form in (n.text, *n.aliases)):
                items["name", form].append(_Item(source, n.id, n.paragraph))
    return dict(items)


class _Spoken:
    """All quotations of the sources as one text, so that looking for one stays quick in any number of them."""

    def __init__(self, dossiers: Sequence[Dossier]) -> None:
        self._items: list[_Item] = []
        self._starts: list[int] = []
        texts, length = [], 0
        for number, dossier in enumerate(dossiers, start=1):
            for q in dossier.quotations:
                self._items.append(_Item(f"S{number}", q.id, q.paragraph))
                self._starts.append(length)
                texts.append(f"{_words(q.text)}\n")
                length += len(texts[-1])
        self._text = "".join(texts)

    def find(self, text: str) -> list[_Item]:
        """The first quotation with these words, or with those before something that was left out."""
        wanted = next((words for part in _OPENING.split(text) if (words := _words(part))), "")
        at = self._text.find(wanted) if wanted else -1
        return [self._items[bisect_right(self._starts, at) - 1]] if at >= 0 else []


def _words(text: str) -> str:
    """Folded, between blanks, so that a part of a text is found at whole words only; empty without a word."""
    words = " ".join(token.text for token in tokens(text))
    return words and f" {words} "


def _nearest(found: Sequence[_Item], carriers: _Paragraphs) -> _Item:
    return next((item for item in found if (item.source, item.paragraph) in carriers), found[0])


def _carriers(comparison: Comparison) -> _Rows:
    """For each block its statements, as the place where they begin and the paragraphs that carry them."""
    rows: _Rows = defaultdict(list)
    for statement, support in zip(comparison.statements, supports(comparison), strict=True):
        carriers = (c.evidence for c in support.carriers)
        rows[statement.paragraph].append(
            (statement.start, frozenset((c.source, c.paragraph) for c in carriers))
        )
    return rows
