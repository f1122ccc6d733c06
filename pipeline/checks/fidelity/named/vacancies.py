"""Places that a source leaves open, and that a writer may fill from elsewhere: who `il` is, who speaks, of what the
president presides, what the chief of Nato is called.

A source cut out of an article names such people where the cut does not reach. What fills an open place is to be
looked up, not to be thrown out; what takes the place of a name that the source has is wrong.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain

from pipeline.checks.fidelity.alignment import Carrier, supports
from pipeline.checks.fidelity.comparison import Comparison, Source, Statement, text_of
from pipeline.text.facts import Speech
from pipeline.text.fold import fold, tokens
from pipeline.text.people import COLLECTIVES, is_role
from pipeline.text.toponyms import toponyms

_OPENING = 3
"""Paragraphs from the start of a source: a pronoun further on has its noun before it."""
_REACH = 60
# No sentence of a writer is so long or names so many; they keep hostile text linear.
_LONGEST, _MOST = 3000, 40
_PRONOUN = re.compile(
    r"(?<![\w-])(?:il|elle)(?![\w-])(?! (?:y|en|est|faut|fa(?:ut|llait|udra)|s[’']agi\w+|pleu\w+|neige\w*|sembl\w+|par\w*t"
    r"|conv\w+|rest\w+|suffi\w+|exist\w+|manqu\w+|arriv\w+)\b)|-(?:t-)?(?:il|elle)(?![\w-])",
    re.IGNORECASE,
)
# From a noun for a person to the name of what they serve: `attachée de presse de la présidence`, `ministre israélien de`.
_OF = r"(?:de la |de l[’']|du |des |de |d[’'])"
_ROOT = 6
_ONE_HOLDS = frozenset(
    "chef cheffe président présidente ministre maire préfet préfète secrétaire directeur directrice patron patronne "
    "premier première chancelier chancelière gouverneur gouverneure procureur procureure roi reine pape ambassadeur "
    "ambassadrice porte-parole sélectionneur sélectionneuse entraîneur entraîneuse dirigeant dirigeante".split()
)
# Bodies that stand for an office: `la présidence américaine`.
_SEATS = frozenset(
    "présidence gouvernement diplomatie chancellerie ministère mairie préfecture exécutif".split()
)
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
        if person == (head is not None):
            return None
        filler = fold(text[start:end])
        for carrier in supports(self.comparison)[statement.index].carriers:
            slots = (
                _for_person(carrier, statement, self.comparison)
                if head is None
                else _for_office(carrier, statement, head, self.comparison)
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
        if (is_role(low) or low in _SEATS) and (link := _LINK.fullmatch(text, word.end(), start)):
            adjective = link["link"] == " " and text[start : start + 1].isupper()
            heads += [] if adjective else [low]
    return next((h for h in heads if is_role(h)), next(iter(heads), None))


def _for_person(carrier: Carrier, statement: Statement, comparison: Comparison) -> Iterator[tuple[int, str]]:
    # Whom the source names there, and the piece does not, may have had to go for the new name.
    gone = [name for name in _persons(carrier) if not _tells(text_of(comparison, statement.index), name)]
    if all(_tells(statement.block.text, name) for name in gone):
        yield from _unsaid(carrier)
    if gone:
        return
    for match in _HOLDER.finditer(carrier.whole, carrier.start, min(carrier.end, carrier.start + _LONGEST)):
        head = match["head"].lower()
        free = head in _ONE_HOLDS and head not in _held(comparison)
        if free and not _names_person(carrier, match.end() - 1) and not _quoted(carrier, match.start()):
            yield match.start(), f"who the {head} is"


def _names_person(carrier: Carrier, at: int) -> bool:
    """`le constructeur d’Elon Musk` is no office."""
    names = carrier.source.facts.names
    return any(a == at and names[i].kind == "person" for a, _, i in _mentions(carrier))


def _for_office(
    carrier: Carrier, statement: Statement, head: str, comparison: Comparison
) -> Iterator[tuple[int, str]]:
    if head in _scoped(comparison):
        return  # the source says of what; another one is wrong
    end = min(carrier.end, carrier.start + _LONGEST)
    scopes = _offices(carrier.source, carrier.paragraph, carrier.start, end)
    if not all(_tells(text_of(comparison, statement.index), scope) for _, scope in scopes):
        return
    yield from _unsaid(carrier)
    facts = carrier.source.facts
    for start, _, index in _mentions(carrier):
        entity = facts.names[index]
        told = any(not role.islower() or any(True for _ in toponyms(role)) for role in facts.roles[index])
        person = entity.kind == "person" or (entity.kind == "other" and _speaks(carrier, entity.text))
        if person and not told:
            yield start, f"what {entity.text} is"


def _unsaid(carrier: Carrier) -> Iterator[tuple[int, str]]:
    """A pronoun, or a quotation, before which the source names nobody it could stand for."""
    speech = _speech(carrier)
    first, last = (0, len(carrier.whole)) if speech else (carrier.start, carrier.end)
    opens = speech is not None or (carrier.paragraph == 0 and carrier.start == 0)
    if carrier.paragraph >= _OPENING or last > _LONGEST or not opens:
        return
    for match in _PRONOUN.finditer(carrier.whole, first, last):
        if not _quoted(carrier, match.start()):
            if not _has_antecedent(carrier, match.start()):
                yield match.start(), f"who “{match.group().removeprefix('-t').removeprefix('-')}” is"
            return
    if speech and speech.speaker is None and not _has_antecedent(carrier, last):
        yield speech.span.start, "who speaks"


def _speech(carrier: Carrier) -> Speech | None:
    row = carrier.source.facts.speeches[carrier.paragraph]
    at = bisect_right(row, carrier.start, key=lambda s: s.span.outer_end)
    return row[at] if at < len(row) and row[at].span.outer_start < carrier.end else None


def _quoted(carrier: Carrier, at: int) -> bool:
    return _in_speech(carrier.source, carrier.paragraph, at)


def _in_speech(source: Source, paragraph: int, at: int) -> bool:
    row = source.facts.speeches[paragraph]
    n = bisect_right(row, at, key=lambda s: s.span.outer_start) - 1
    return n >= 0 and at < row[n].span.outer_end


def _has_antecedent(carrier: Carrier, at: int) -> bool:
    """Somebody or some body is spoken of before, outside quotations; a long text is taken to."""
    facts = carrier.source.facts
    for n, passage in enumerate(facts.passages[: carrier.paragraph + 1]):
        end = at if n == carrier.paragraph else len(passage.text)
        if end > _LONGEST:
            return True
        named = (a for a, _, i in facts.mentions[n] if a < end and facts.names[i].kind != "place")
        words = ((t.start, passage.text[t.start : t.end].lower()) for t in tokens(passage.text[:end]))
        spoken_of = (a for a, low in words if is_role(low) or low in COLLECTIVES)
        if not all(_in_speech(carrier.source, n, a) for a in chain(named, spoken_of)):
            return True
    return False


def _mentions(carrier: Carrier) -> tuple[tuple[int, int, int], ...]:
    """Those of the source sentence; the first of a very long one."""
    row = carrier.source.facts.mentions[carrier.paragraph]
    first = bisect_left(row, (carrier.start,))
    return row[first : min(bisect_left(row, (carrier.end,)), first + _MOST)]


def _persons(carrier: Carrier) -> Iterator[str]:
    """Whom the source sentence names outside quotations."""
    names = carrier.source.facts.names
    for start, _, index in _mentions(carrier):
        if names[index].kind == "person" and not _quoted(carrier, start):
            yield names[index].text


@lru_cache(maxsize=2)
def _held(comparison: Comparison) -> frozenset[str]:
    """The nouns of the offices whose holder a source names."""
    rows = (row for source in comparison.sources for row in source.facts.roles)
    return frozenset(word.lower() for row in rows for role in row for word in role.split()[:3])


@lru_cache(maxsize=2)
def _scoped(comparison: Comparison) -> frozenset[str]:
    """The nouns of the offices of which a source says of what or of where they are."""
    found = (
        head
        for source in comparison.sources
        for n, passage in enumerate(source.facts.passages)
        for head, _ in _offices(source, n, 0, len(passage.text))
    )
    return frozenset(found)


def _offices(source: Source, paragraph: int, start: int, end: int) -> Iterator[tuple[str, str]]:
    """(noun, name) of each office of which a stretch of a paragraph says of what or of where it is."""
    text = source.facts.passages[paragraph].text
    row = source.facts.mentions[paragraph]
    within = row[bisect_left(row, (start,)) : bisect_left(row, (end,))]
    names = {a: b for a, b, i in within if source.facts.names[i].kind != "person"}
    names |= {start + p.start: start + p.end for p in toponyms(text[start:end])}
    for at, last in sorted(names.items()):
        if head := office_head(text, at):
            yield head, text[at:last]


def _tells(text: str, name: str) -> bool:
    """The last word of the name, at least, or what it begins with: `sénégalais`, `Sénégal`."""
    words = [t.text for t in tokens(name)]
    return not words or words[-1][:_ROOT] in _beginnings(text)


@lru_cache(maxsize=8)
def _beginnings(text: str) -> frozenset[str]:
    return frozenset(t.text[:_ROOT] for t in tokens(text))


def _speaks(carrier: Carrier, name: str) -> bool:
    speech = _speech(carrier)
    return speech is not None and speech.speaker == name
