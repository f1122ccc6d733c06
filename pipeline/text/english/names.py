"""Names in English text: runs of capitalised words, with what tells a person from a place.

A single capital at the start of a sentence is a name when the text has the word elsewhere with a capital inside a
sentence, or nowhere in lower case and it is no function word. Forms of one name are joined as in French.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.model import NameKind
from pipeline.text.english.grammar import (
    FUNCTION_WORDS,
    MONTHS_AND_DAYS,
    ORGANISATIONS,
    ROLES,
    SPEECH,
    TITLES,
    sentences,
)
from pipeline.text.english.places import places
from pipeline.text.name_forms import Mention, merge
from pipeline.text.names import Entity
from pipeline.text.people import FIRST_NAMES

_WORD = re.compile(r"(?:[A-Z]\.){2,4}|[^\W_]+(?:[-’'][^\W_]+)*")
_LINKS = frozenset("of de la le van von der den du del bin ben al el for and the".split())
_POSSESSIVE = re.compile(r"[’']s\Z|(?<=s)[’']\Z")
_HOUSES = frozenset("college hospital school cathedral church chapel infirmary hospice".split())
_QUOTES = "\"“‘«'("


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int
    begins: bool
    """First of a sentence or a quotation: its capital tells nothing."""

    @property
    def low(self) -> str:
        return self.text.lower()

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()


def entities(texts: Sequence[str]) -> list[Entity]:
    """The names of an article, given as its paragraphs, in the order of their first mention."""
    streams = [_tokens(text) for text in texts]
    lower = {t.low for stream in streams for t in stream if not t.capital}
    inside = {t.text for stream in streams for t in stream if t.capital and not t.begins}
    mentions = [
        mention
        for at, (text, stream) in enumerate(zip(texts, streams, strict=True))
        for mention in _mentions(text, at, stream, lower, inside)
    ]
    return [Entity(form, kind, tuple(found)) for form, kind, found in merge(mentions, texts)]


def _tokens(text: str) -> list[_Token]:
    starts = [a for a, _ in sentences(text)]
    found: list[_Token] = []
    following = 0
    for m in _WORD.finditer(text):
        begins = False
        while following < len(starts) and m.start() >= starts[following]:
            begins, following = True, following + 1
        word = _POSSESSIVE.sub("", m.group())
        begins = (
            begins
            or text[max(0, m.start() - 1) : m.start()] in tuple(_QUOTES)
            or text[max(0, m.start() - 2) : m.start()] == ": "
        )
        if word:
            found.append(_Token(word, m.start(), m.start() + len(word), begins))
    return found


def _mentions(
    text: str, paragraph: int, stream: Sequence[_Token], lower: set[str], inside: set[str]
) -> Iterator[Mention]:
    placed = {(p.start, p.end) for p in places(text)}
    titled = sum(t.capital for t in stream) > 0.7 * len(stream)
    at = 0
    while at < len(stream):
        if not _may_begin(stream[at], lower, inside):
            at += 1
            continue
        last = _end(text, stream, at)
        first = at
        while first < last and stream[first].low in TITLES and not _owns(text, stream, first):
            first += 1
        at = last + 1
        token = stream[first]
        if first == last and token.begins and token.text not in inside and token.text not in FIRST_NAMES:
            continue
        if first == last and (
            token.low in TITLES or token.low in MONTHS_AND_DAYS or (titled and token.low in lower)
        ):
            continue
        evidence = _evidence(text, stream, first, last, placed)
        yield Mention(
            text[token.start : stream[last].end], paragraph, token.start, stream[last].end, evidence
        )


def _may_begin(token: _Token, lower: set[str], inside: set[str]) -> bool:
    if (
        not token.capital
        or token.low in MONTHS_AND_DAYS
        or token.text == "I"
        or token.low.startswith(("i’", "i'"))
    ):
        return False
    if token.low in FUNCTION_WORDS or token.low in SPEECH:
        return not token.begins and len(token.text) > 1 and token.text.isupper()
    return not token.begins or token.text in inside or token.low not in lower


def _end(text: str, stream: Sequence[_Token], first: int) -> int:
    last = first
    while last + 1 < len(stream):
        after = stream[last + 1]
        if _owns(text, stream, last):
            last += 1
            continue
        if text[stream[last].end : after.start] not in (" ", "\u00a0", "\u202f", ". ", "-", " & "):
            return last
        if (
            text[stream[last].end : after.start] == ". "
            and stream[last].low not in TITLES
            and len(stream[last].text) > 1
        ):
            return last
        if after.capital and after.low not in MONTHS_AND_DAYS:
            last += 1
        elif after.low in _LINKS and last + 2 < len(stream) and _links(text, stream, last):
            last += 2
        else:
            return last
    return last


def _owns(text: str, stream: Sequence[_Token], at: int) -> bool:
    """`King’s College`: what stands in the genitive is the first word of a house's name."""
    after = stream[at + 1]
    gap = text[stream[at].end : after.start]
    return after.capital and after.low in _HOUSES and _POSSESSIVE.fullmatch(gap.rstrip()) is not None


def _links(text: str, stream: Sequence[_Token], last: int) -> bool:
    link, after = stream[last + 1], stream[last + 2]
    near = text[link.end : after.start] in (" ", "\u00a0") and after.capital
    free = link.low not in ("and", "for", "the") or stream[last].low in ORGANISATIONS
    return near and free and after.low not in MONTHS_AND_DAYS


def _evidence(
    text: str, stream: Sequence[_Token], first: int, last: int, placed: set[tuple[int, int]]
) -> dict[NameKind, float]:
    """Weights for each kind, as in French (pipeline/text/name_kinds.py)."""
    words = stream[first : last + 1]
    found: dict[NameKind, float] = {"other": 0.5}
    if (words[0].start, words[-1].end) in placed:
        found["place"] = 5
    if any(w.low in ORGANISATIONS for w in words):
        found["organisation"] = 5
    elif len(words) == 1 and re.fullmatch(r"[A-Z]{2,6}", words[0].text):
        found["organisation"] = 3
    if person := _person(text, stream, first, last, placed="place" in found):
        found["person"] = person
    return found


def _person(text: str, stream: Sequence[_Token], first: int, last: int, *, placed: bool) -> float:
    words = stream[first : last + 1]
    person = 0.0
    if len(words) > 1 and words[0].text in FIRST_NAMES:
        person += 4
    if len(words) in (2, 3) and not placed and all(w.text[1:].islower() for w in words):
        person += 0.7
    if first and stream[first - 1].low in ROLES:
        person += 3
    if first and stream[first - 1].low in SPEECH:
        person += 2
    after = [t.low for t in stream[last + 1 : last + 4]]
    if after and (after[0] in SPEECH or after[0] in ("who", "has", "had")):
        person += 2
    comma = text[words[-1].end : words[-1].end + 2] == ", "
    return (
        person + 2.5 if comma and after and (after[0].isdigit() or any(w in ROLES for w in after)) else person
    )


def roles(texts: Sequence[str], found: Sequence[Entity]) -> tuple[tuple[str, ...], ...]:
    """For each name the words for what its bearer does, as far as they stand beside it: `Mayor`, `the coach`."""
    return tuple(
        tuple(dict.fromkeys(_roles(texts, entity))) if entity.kind == "person" else () for entity in found
    )


_BEFORE = re.compile(r"((?:[A-Za-z-]+ ){1,4})\Z")
_AFTER = re.compile(r", (?:\d\d, )?((?:the |a |an |its |their )?[^,.;“\"]{3,60})[,.;]")


def _roles(texts: Sequence[str], entity: Entity) -> Iterator[str]:
    for m in entity.mentions[:20]:
        text = texts[m.paragraph]
        if before := _BEFORE.search(text, max(0, m.start - 50), m.start):
            words = before[1].split()
            at = next((n for n, w in enumerate(words) if w.lower() in ROLES), None)
            if at is not None and words[-1].lower() in ROLES:
                yield " ".join(words[at:])
        after = _AFTER.match(text, m.end)
        if after and any(w.lower() in ROLES for w in after[1].split()):
            yield after[1]
