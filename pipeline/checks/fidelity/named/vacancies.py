"""Places that a source leaves open, and that a writer may fill from elsewhere: who `il` is, who speaks, of what the
president presides, what the chief of Nato is called.

A source cut out of an article names such people where the cut does not reach. What fills an open place is to be
looked up, not to be thrown out; what takes the place of a name that the source has is wrong.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from pipeline.checks.fidelity.alignment import Carrier, supports
from pipeline.checks.fidelity.comparison import Comparison, Source, Statement
from pipeline.text.facts import Speech
from pipeline.text.fold import fold, tokens
from pipeline.text.people import COLLECTIVES, is_role
from pipeline.text.toponyms import toponyms

_OPENING = 3
"""Paragraphs from the start of a source: a pronoun further on has its noun before it."""
_REACH = 60
_PRONOUN = re.compile(
    r"(?<![\w-])(?:il|elle)(?![\w-])(?! (?:y|en|est|faut|fa(?:ut|llait|udra)|s[’']agi\w+|pleu\w+|neige\w*|sembl\w+|par\w*t"
    r"|conv\w+|rest\w+|suffi\w+|exist\w+|manqu\w+|arriv\w+)\b)|-(?:t-)?(?:il|elle)(?![\w-])",
    re.IGNORECASE,
)
# From a noun for a person to the name of what they serve: `attachée de presse de la présidence`, `ministre israélien de`.
_OF = r"(?:de la |de l[’']|du |des |de |d[’'])"
_WORD = re.compile(r"(?<![\w-])[^\W\d_]+(?:-[^\W\d_]+)?")
_LINK = re.compile(rf"(?: [^\W\d_]+)?(?: {_OF}[^\W\d_]+)*(?P<link> {_OF}| )")
_HOLDER = re.compile(
    rf"(?<![\w-])(?:[Ll]e |[Ll]a |[Ll][’']|du |au )(?P<head>[^\W\d_]+(?:-[^\W\d_]+)?)(?: [^\W\d_A-Z]+)? {_OF}[A-ZÀ-Ý]"
)


@dataclass(slots=True)
class Vacancies:
    """The open places of the sources, each filled once."""

    comparison: Comparison
    _filled: dict[tuple[str, int, int, str], str] = field(default_factory=dict)

    def takes(self, statement: Statement, start: int, end: int, *, person: bool) -> str | None:
        """What the source leaves open, in its words, and the name at this place of the piece may fill."""
        text = statement.block.text
        head = office_head(text, start)
        if not person and head is None:
            return None
        filler = fold(text[start:end])
        for carrier in supports(self.comparison)[statement.index].carriers:
            slots = (
                _for_person(carrier, statement, self.comparison)
                if head is None
                else _for_office(carrier, head, self.comparison)
            )
            for at, what in slots:
                place = (carrier.source.label, carrier.paragraph, at, "person" if head is None else "office")
                if self._filled.setdefault(place, filler) == filler:
                    return what
        return None


def office_head(text: str, start: int) -> str | None:
    """The noun for a person that governs the name at a place: `chef` of `le chef de l’Otan`."""
    first = max(0, start - _REACH)
    heads = []
    for word in _WORD.finditer(text, first, start):
        low = word.group().lower()
        if (is_role(low) or low in COLLECTIVES) and (link := _LINK.fullmatch(text, word.end(), start)):
            adjective = link["link"] == " " and text[start : start + 1].isupper()
            heads += [] if adjective else [low]
    return next((h for h in heads if is_role(h)), next(iter(heads), None))


def _for_person(carrier: Carrier, statement: Statement, comparison: Comparison) -> Iterator[tuple[int, str]]:
    said = {t.text for t in tokens(statement.block.text)}
    if any(said.isdisjoint(t.text for t in tokens(name)) for name in _persons(carrier)):
        return  # somebody whom the source names there had to go
    yield from _unsaid(carrier)
    for match in _HOLDER.finditer(carrier.whole, carrier.start, carrier.end):
        head = match["head"].lower()
        if (
            is_role(head)
            and head not in _held(comparison)
            and not _quoted(carrier.source, carrier.paragraph, match.start())
        ):
            yield match.start(), f"who the {head} is"


def _for_office(carrier: Carrier, head: str, comparison: Comparison) -> Iterator[tuple[int, str]]:
    if head in _scoped(comparison):
        return  # the source says of what; another one is wrong
    yield from _unsaid(carrier)
    facts = carrier.source.facts
    for start, _, index in facts.mentions[carrier.paragraph]:
        entity = facts.names[index]
        told = any(w[:1].isupper() for role in facts.roles[index] for w in role.split())
        if carrier.start <= start < carrier.end and entity.kind in ("person", "other") and not told:
            yield start, f"what {entity.text} is"


def _unsaid(carrier: Carrier) -> Iterator[tuple[int, str]]:
    """A pronoun, or a quotation, before which the source names nobody it could stand for."""
    source, paragraph = carrier.source, carrier.paragraph
    if paragraph >= _OPENING:
        return
    speech = _speech(carrier)
    first, last = (0, len(carrier.whole)) if speech else (carrier.start, carrier.end)
    opens = speech is not None or (paragraph == 0 and carrier.start == 0)
    for match in _PRONOUN.finditer(carrier.whole, first, last):
        if opens and not _quoted(source, paragraph, match.start()):
            if not _has_antecedent(source, paragraph, match.start()):
                yield match.start(), f"who “{match.group().removeprefix('-t').removeprefix('-')}” is"
            return
    if speech and speech.speaker is None and not _has_antecedent(source, paragraph, last):
        yield speech.span.start, "who speaks"


def _speech(carrier: Carrier) -> Speech | None:
    row = carrier.source.facts.speeches[carrier.paragraph]
    return next(
        (s for s in row if s.span.outer_start < carrier.end and carrier.start < s.span.outer_end), None
    )


def _quoted(source: Source, paragraph: int, at: int) -> bool:
    return any(s.span.outer_start <= at < s.span.outer_end for s in source.facts.speeches[paragraph])


def _has_antecedent(source: Source, paragraph: int, at: int) -> bool:
    """Somebody or some body is spoken of before, outside quotations."""
    facts = source.facts
    for n, passage in enumerate(facts.passages[: paragraph + 1]):
        end = at if n == paragraph else len(passage.text)
        if any(
            a < end and facts.names[i].kind != "place" and not _quoted(source, n, a)
            for a, _, i in facts.mentions[n]
        ):
            return True
        for token in tokens(passage.text[:end]):
            low = passage.text[token.start : token.end].lower()
            if (is_role(low) or low in COLLECTIVES) and not _quoted(source, n, token.start):
                return True
    return False


def _persons(carrier: Carrier) -> Iterator[str]:
    """Whom the source sentence names outside quotations."""
    facts = carrier.source.facts
    for start, _, index in facts.mentions[carrier.paragraph]:
        inside = carrier.start <= start < carrier.end
        if (
            inside
            and facts.names[index].kind == "person"
            and not _quoted(carrier.source, carrier.paragraph, start)
        ):
            yield facts.names[index].text


@lru_cache(maxsize=2)
def _held(comparison: Comparison) -> frozenset[str]:
    """The nouns of the offices whose holder a source names."""
    rows = (row for source in comparison.sources for row in source.facts.roles)
    return frozenset(word.lower() for row in rows for role in row for word in role.split()[:3])


@lru_cache(maxsize=2)
def _scoped(comparison: Comparison) -> frozenset[str]:
    """The nouns of the offices of which a source says of what or of where they are."""
    found: set[str] = set()
    for source in comparison.sources:
        facts = source.facts
        for passage, row in zip(facts.passages, facts.mentions, strict=True):
            starts = {start for start, _, _ in row} | {place.start for place in toponyms(passage.text)}
            found |= {head for start in sorted(starts) if (head := office_head(passage.text, start))}
    return frozenset(found)
