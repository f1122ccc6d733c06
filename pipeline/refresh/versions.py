"""Two versions of a piece: whether a reader is told something else, what in one line, and all of it for an editor.

A date of change moves with substance alone: a fact more or less, a new section, or a twentieth of the words; where the
source itself changed, any word.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher

from pipeline.model import Paragraph, ParagraphKind
from pipeline.refresh.substance import key_of, shortened, substance, words
from pipeline.text.calendar import day
from pipeline.text.facts import Facts, read
from pipeline.text.fold import fold
from pipeline.text.markdown import Document
from pipeline.text.sentences import sentences

_SHARE = 0.05  # of the words: Google names no figure; house rules elsewhere say 5 to 10 %
_MOST_TOLD = 3
_LONGEST = 60  # characters of a fact, or a heading, that the line names

Fact = tuple[str, str]
"""What kind of fact, and what it says; with that its words make a dictionary."""


@dataclass(frozen=True, slots=True)
class Versions:
    """The body of a piece before and after; the apparatus is nobody's text."""

    before: Document
    after: Document

    def differ(self, *, source_changed: bool) -> bool:
        """Whether the piece says something else in substance."""
        old, new = (substance(_texts(d)) for d in (self.before, self.after))
        if old == new:
            return False
        return source_changed or self._facts_differ() or self._new_section() or self._share() >= _SHARE

    def _facts_differ(self) -> bool:
        """Words that are read with the date of the page are no fact: taking a stale one out is no news."""
        old, new = ({f for f in facts_of(d) if _can_be_told(f)} for d in (self.before, self.after))
        return old != new

    def _new_section(self) -> bool:
        there = {key_of(h.text) for h in self.before.headings}
        added = sum(key_of(h.text) not in there for h in self.after.headings)
        return added > 0 and len(self.after.headings) > len(self.before.headings)

    def _share(self) -> float:
        old, new = (Counter(w for t in _texts(d) for w in words(t)) for d in (self.before, self.after))
        return ((old - new).total() + (new - old).total()) / max(1, old.total() + new.total())

    def line(self, now: datetime) -> str:
        """`Mise à jour du 3 mars 2027 : …`, for readers: facts of the new version with those they stand for."""
        told = "\u00a0; ".join(self._told()) or "des précisions ont été apportées au texte"
        return f"Mise à jour du {day(now.year, now.month, now.day)}\u00a0: {told}."

    def _told(self) -> Iterator[str]:
        old, new = facts_of(self.before), facts_of(self.after)
        gone = {key: text for key, text in old.items() if key not in new and _can_be_told(key)}
        come = {key: text for key, text in new.items() if key not in old and _can_be_told(key)}
        pairs = list(_paired(gone, come))
        for was, now in pairs[:_MOST_TOLD]:
            yield f"{_shown(now)} au lieu de {_shown(was)}"
        if pairs:
            if (more := len(pairs) - _MOST_TOLD) > 0:
                yield f"{more} autre{'s' if more > 1 else ''} donnée{'s' if more > 1 else ''}"
            return
        if come:
            shown = list(dict.fromkeys(come.values()))[:_MOST_TOLD]
            yield f"des précisions ont été ajoutées ({', '.join(map(_shown, shown))})"
        elif gone:
            shown = list(dict.fromkeys(gone.values()))[:_MOST_TOLD]
            yield f"des données ont été retirées ({', '.join(map(_shown, shown))})"
        elif headings := list(self._changed_sections()):
            yield f"la partie «\u00a0{_shown(headings[0])}\u00a0» a été revue"

    def _changed_sections(self) -> Iterator[str]:
        there = {substance(b.text for b in s.blocks) for s in self.before.sections()}
        for section in self.after.sections():
            if section.title and substance(b.text for b in section.blocks) not in there:
                yield section.title

    def told_whole(self) -> str:
        """Every sentence that went (`-`) or came (`+`), under its heading; for an editor."""
        old, new = _lines(self.before), _lines(self.after)
        lines: list[str] = []
        heading = shown = ""
        for kind, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
            heads = [line for line in new[c:d] if line.startswith("#")]
            if kind != "equal":
                if heading != shown:
                    lines += [heading, ""]
                    shown = heading
                lines += [*(f"- {line}" for line in old[a:b]), *(f"+ {line}" for line in new[c:d]), ""]
            heading = heads[-1] if heads else heading
        return "\n".join(lines).rstrip() + "\n" if lines else ""


def _can_be_told(fact: Fact) -> bool:
    """`le mois dernier` by itself says nothing to a reader."""
    kind, value = fact
    return kind != "date" or value[:1].isdigit() or value.startswith("--")


def facts_of(document: Document) -> dict[Fact, str]:
    """Each fact of the body once, with its words as they stand first."""
    found: dict[Fact, str] = {}
    for fact, text in _facts(_read(document)):
        found.setdefault(fact, text)
    return found


def _read(document: Document) -> Facts:
    kinds: dict[str, ParagraphKind] = {"heading": "heading", "item": "item", "cell": "row", "quote": "quote"}
    shown = [b for b in document.blocks if not b.apparatus]
    return read(tuple(Paragraph(f"P{n}", b.text, kinds.get(b.kind, "text")) for n, b in enumerate(shown, 1)))


def _facts(facts: Facts) -> Iterator[tuple[Fact, str]]:
    rows = zip(facts.passages, facts.figures, facts.dates, facts.speeches, strict=True)
    for passage, figures, dates, speeches in rows:
        for f in figures:
            yield (f"figure {fold(f.unit or '')}", f"{f.value:.15g}"), passage.text[f.start : f.end]
        for d in dates:
            yield ("date", d.value), passage.text[d.start : d.end]
        for s in speeches:
            said = passage.text[s.span.start : s.span.end]
            yield ("quotation", key_of(said)), f"«\u00a0{shortened(said, _LONGEST)}\u00a0»"
    for name in facts.names:
        yield ("name", key_of(name.text)), name.text


def _paired(gone: dict[Fact, str], come: dict[Fact, str]) -> Iterator[tuple[str, str]]:
    """Values of one kind and unit, where one stands for one: `325 millions de dollars`, now `410 millions`."""
    for kind in dict.fromkeys(k for k, _ in come):
        if not kind.startswith("figure") and kind != "date":
            continue
        old = [text for (k, _), text in gone.items() if k == kind]
        new = [text for (k, _), text in come.items() if k == kind]
        if len(old) == len(new):
            yield from zip(old, new, strict=True)


def _texts(document: Document) -> Sequence[str]:
    return [b.text for b in document.blocks if not b.apparatus]


def _lines(document: Document) -> list[str]:
    lines: list[str] = []
    for block in document.blocks:
        if block.apparatus:
            continue
        if block.kind == "heading":
            lines.append(f"{'#' * block.level} {' '.join(block.text.split())}")
        else:
            lines += [" ".join(block.text[a:b].split()) for a, b in sentences(block.text)]
    return lines


def _shown(text: str) -> str:
    return shortened(text, _LONGEST)
