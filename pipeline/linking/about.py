"""What links need to know of a piece: what it is about, and which of its words could lead elsewhere.

Worked out once, when the piece is finished, and kept in its line of the ledger; so links among thousands of pieces are
chosen without opening one.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from sys import intern
from typing import Any

from pipeline.corpus import signed
from pipeline.ledger_rows import reading
from pipeline.model import Piece
from pipeline.text.fold import tokens
from pipeline.text.keyphrase import noun_phrases
from pipeline.text.markdown import Block, parse
from pipeline.text.quotes import quotations
from pipeline.text.sentences import sentences
from pipeline.text.stems import content_stems
from pipeline.text.words import count_words

FEWEST, LONGEST = 2, 7
"""Words of an anchor: fewer say nothing of where it leads, more are hard to read as one thing."""
_TELLING = 2
_MOST = 80
_LOOKED_AT = 4_000  # characters of a paragraph
_SIGNS = re.compile(r"[\[\]()*_`<>\\!|&\n]")


@dataclass(frozen=True, slots=True)
class Anchor:
    """Words that may bear a link: `[start:end]` of the file before any link was placed in it."""

    start: int
    end: int
    block: int
    """The paragraph it stands in, by its number."""
    stems: tuple[str, ...]
    """Of its telling words."""
    around: tuple[str, ...] = ()
    """Of the names its sentence holds beside it: they say which visit, which summit it speaks of."""


@dataclass(frozen=True, slots=True)
class About:
    terms: frozenset[int]
    """Hashes of the words it says most, as `corpus.signed` gives them."""
    topic: frozenset[str]
    """Stems of title, headline and keyphrase."""
    wider: frozenset[str]
    """Stems of description and headings."""
    told: str
    """Its anchors, a line each: of thousands of pieces only a few are read at a time."""

    @property
    def anchors(self) -> tuple[Anchor, ...]:
        """In no certain order; a phrase stands once."""
        return _read(self.told)


def about(piece: Piece) -> About:
    """Of a piece just finished, before it has any link to another."""
    document = parse(piece.markdown)
    blocks = document.prose
    plan = piece.plan
    topic = " ".join((plan.title, plan.headline, plan.keyphrase, *plan.synonyms))
    told = " ".join((plan.description, *(h.text for h in document.headings)))
    return About(
        signed(b.text for b in blocks),
        frozenset(s for s, _, _ in content_stems(topic)),
        frozenset(s for s, _, _ in content_stems(told)),
        "\n".join(map(_line, _anchors(piece, blocks))),
    )


def _line(anchor: Anchor) -> str:
    around = f"|{' '.join(anchor.around)}" if anchor.around else ""
    return f"{anchor.start} {anchor.end} {anchor.block} {' '.join(anchor.stems)}{around}"


@lru_cache(maxsize=512)
def _read(told: str) -> tuple[Anchor, ...]:
    return tuple(_anchor(*line.split("|")) for line in told.split("\n") if line)


def _anchor(own: str, around: str = "") -> Anchor:
    start, end, block, *stems = own.split(" ")
    return Anchor(int(start), int(end), int(block), tuple(stems), tuple(around.split()))


def _anchors(piece: Piece, blocks: tuple[Block, ...]) -> Iterator[Anchor]:
    """Each phrase once, at the first place where it may bear a link."""
    # Background is told beside names that the piece's own source does not have.
    known_names = (n for dossier in piece.dossier.all for n in dossier.names)
    forms = [form for n in known_names for form in (n.text, *n.aliases)]
    names = [form for form in forms if " " in form]
    words = {t.text for form in forms for t in tokens(form)}
    taken = sorted((f.where.start, f.where.end) for f in piece.result.findings if f.where)
    own = {s for s, _, _ in content_stems(piece.plan.keyphrase)}
    # Offices are in every article of a beat: they say nothing of where a link leads.
    offices = [{s for s, _, _ in content_stems(n.role)} for d in piece.dossier.all for n in d.names if n.role]
    known: set[tuple[str, ...]] = set()
    for number, block in enumerate(blocks):
        if block.kind == "quote" or block.links:
            continue
        text = block.text[:_LOOKED_AT]
        closed = _closed(text, lede=number == 0)
        for phrase in dict.fromkeys((*(n for n in names if n in text), *noun_phrases(text, words))):
            place = _place(text, phrase, closed)
            stems = tuple(s for s, _, _ in content_stems(phrase))
            if place is None or stems in known or len(set(stems)) < _TELLING:
                continue
            if any(office.issuperset(stems) for office in offices):
                continue
            if own and own.issubset(stems):
                continue  # what the piece itself is to be found by leads nowhere else
            start, end = block.span(*place)
            as_shown = piece.markdown[start:end] == phrase and not _SIGNS.search(phrase)
            if as_shown and not any(a < end and start < b for a, b in taken):
                known.add(stems)
                yield Anchor(start, end, number, stems, _around(text, place, words))
                if len(known) == _MOST:
                    return


def _closed(text: str, *, lede: bool) -> list[tuple[int, int]]:
    """Where no link may stand: quotations are their speakers' words, and the lede is read before anything else."""
    spans = [(q.outer_start, q.outer_end) for q in quotations(text)]
    return spans + (sentences(text)[:1] if lede else [])


def _around(text: str, place: tuple[int, int], words: set[str]) -> tuple[str, ...]:
    """The names of the sentence but those of the phrase itself; `words` are those that names are made of."""
    start, end = next(((a, b) for a, b in sentences(text) if a <= place[0] < b), place)
    found = (
        stem
        for stem, a, b in content_stems(text[start:end])
        if not place[0] <= start + a < place[1]
        and text[start + a].isupper()
        and any(t.text in words for t in tokens(text[start + a : start + b]))
    )
    return tuple(dict.fromkeys(found))


def _place(text: str, phrase: str, closed: list[tuple[int, int]]) -> tuple[int, int] | None:
    """Of whole words; only the first three places are looked at."""
    if not FEWEST <= count_words(phrase) <= LONGEST:
        return None
    at = -1
    for _ in range(3):
        at = text.find(phrase, at + 1)
        if at < 0:
            return None
        end = at + len(phrase)
        whole = not text[at - 1 : at].isalnum() and not text[end : end + 1].isalnum()
        if whole and not any(a < end and at < b for a, b in closed):
            return at, end
    return None


def as_entry(told: About) -> str:
    """As the ledger keeps it: as text, so that who does not need it does not read it."""
    fields = {
        "terms": sorted(told.terms),
        "topic": sorted(told.topic),
        "wider": sorted(told.wider),
        "anchors": told.told,
    }
    return json.dumps(fields, separators=(",", ":"))


def of_entry(entry: Any) -> About | None:
    """None for a piece that was written before links were placed. Raises `LedgerError` for what is none of ours."""
    if not isinstance(entry, str):
        return None
    with reading("a piece"):
        told = json.loads(entry)
        return About(
            frozenset(told["terms"]),
            frozenset(map(intern, told["topic"])),
            frozenset(map(intern, told["wider"])),
            told["anchors"],
        )
