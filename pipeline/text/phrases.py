"""A sentence as words, names and quotations, and the noun phrases in it.

Only what the search for speakers and roles needs: where a phrase such as `le ministre ukrainien de la Défense`
ends, whether it names a person, and whether a preposition governs it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.text.grammar import (
    DETERMINERS,
    FUNCTION_WORDS,
    PREPOSITIONS,
    TIME_WORDS,
    looks_adjectival,
)
from pipeline.text.names import Entity
from pipeline.text.people import CIVIL, COLLECTIVES, FIRST_NAMES, is_role
from pipeline.text.quotes import QuoteSpan
from pipeline.text.tokens import Token, tokens
from pipeline.text.verbs import SPEECH_FINITE


@dataclass(frozen=True, slots=True)
class Part:
    """A word, a mark, a whole name or a whole quotation."""

    kind: Literal["word", "mark", "name", "quote"]
    text: str
    low: str
    start: int
    end: int
    index: int = -1
    """Which name or which quotation."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase that may be somebody: `parts[first:last]`."""

    first: int
    last: int
    head: int
    """Its noun, or its name."""
    name: int | None
    """The entity it names, if it names one."""
    governed: bool
    """A preposition stands before it."""


_OFTEN_BEFORE_ROLES = frozenset(
    "ancien ancienne nouveau nouvelle premier première jeune actuel actuelle futur future haut haute grand grande "
    "vice ex autre même petit petite seul seule vieux vieille célèbre troisième deuxième second seconde numéro tout "
    "toute propre principal principale éminent éminente".split()
)
_TAKE_A = frozenset(
    "ministre secrétaire délégué déléguée conseiller conseillère adjoint adjointe commissaire candidat candidate".split()
)
_ONE_OF = (["l'", "un", "des"], ["l'", "une", "des"])
_OF = ("de", "du", "des", "d'")
_AT = ("à", "au", "aux")


def parts(text: str, names: Sequence[tuple[int, int, int]], quotes: Sequence[QuoteSpan]) -> list[Part]:
    """The text as a stream; each name (start, end, entity) outside quotations and each quotation is one part."""
    spans = [("quote", q.outer_start, q.outer_end, i) for i, q in enumerate(quotes)]
    spans = sorted([*spans, *(("name", *name) for name in names)], key=lambda span: span[1])
    stream: list[Part] = []
    waiting = iter(spans)
    span = next(waiting, None)
    covered = 0
    for token in tokens(text):
        while span is not None and token.end > span[1]:
            if span[1] >= covered:  # not a name inside a quotation
                stream.append(_whole(text, span))
                covered = span[2]
            span = next(waiting, None)
        if token.start >= covered:
            stream.append(_single(token))
    return stream


def _whole(text: str, span: tuple[str, int, int, int]) -> Part:
    kind, start, end, index = span
    return Part("quote" if kind == "quote" else "name", text[start:end], "", start, end, index)


def _single(token: Token) -> Part:
    return Part("word" if token.is_word else "mark", token.text, token.low, token.start, token.end)


def noun_end(stream: Sequence[Part], head: int) -> int:
    """One past the noun phrase whose noun stands at `head`: its adjectives and its `de …`."""
    at = head + 1
    takes_a = stream[head].low in _TAKE_A
    for _ in range(8):
        after = _complement_end(stream, at, takes_a=takes_a)
        if after == at:
            return at
        at = after
    return at


def _complement_end(stream: Sequence[Part], at: int, *, takes_a: bool) -> int:
    if at < len(stream) and stream[at].kind == "name" and stream[at - 1].low in COLLECTIVES:
        # `le groupe Renault`, but `la députée d’opposition` and her name
        return at if stream[at].text.split()[0] in FIRST_NAMES else at + 1
    if at >= len(stream) or stream[at].kind != "word":
        return at
    low = stream[at].low
    if (looks_adjectival(low) or is_role(low)) and low not in SPEECH_FINITE:
        return at + 1
    following = stream[at + 1] if at + 1 < len(stream) else None
    if low == "en" and following is not None and following.low in ("chef", "second", "exercice"):
        return at + 2
    if (
        low == "et"
        and following is not None
        and (is_role(following.low) or following.low in ("de", "des", "du"))
    ):
        return at + 2 if is_role(following.low) else _complement_end(stream, at + 1, takes_a=takes_a)
    if low in _OF or (takes_a and low in _AT):
        return _after_preposition(stream, at)
    return at


def _after_preposition(stream: Sequence[Part], at: int) -> int:
    noun = at + 1
    while noun < len(stream) and stream[noun].low in ("la", "le", "l'", "les", "son", "sa", "ses", "leur"):
        noun += 1
    if noun >= len(stream):
        return at
    part = stream[noun]
    usable = part.kind == "name" or (
        part.kind == "word"
        and part.low not in FUNCTION_WORDS
        and part.low not in TIME_WORDS
        and not part.low[0].isdigit()
    )
    return noun + 1 if usable else at


def phrase_at(
    stream: Sequence[Part], at: int, names: Sequence[Entity], *, any_noun: bool = False
) -> Phrase | None:
    """The phrase for somebody that starts here: a name, or a determiner and a role (any noun, if asked)."""
    part = stream[at]
    governed = at > 0 and stream[at - 1].low in PREPOSITIONS and stream[at - 1].kind == "word"
    if part.kind == "name":
        return Phrase(at, at + 1, at, part.index, governed)
    if part.kind != "word":
        return None
    if part.low in CIVIL and at + 1 < len(stream) and stream[at + 1].kind == "name":
        return Phrase(at, at + 2, at + 1, stream[at + 1].index, governed)
    if [p.low for p in stream[at : at + 3]] in _ONE_OF and at + 3 < len(stream):
        return _role_phrase(stream, at, at + 3, names, governed=governed, any_noun=True)
    head = at
    determined = part.low in DETERMINERS or part.low in ("du", "au", "aux")
    if determined:
        head += 1
        governed = governed or part.low in ("du", "au", "aux") or (part.low == "des" and not any_noun)
    while head + 1 < len(stream) and stream[head].low in _OFTEN_BEFORE_ROLES:
        head += 1
    if head >= len(stream):
        return None
    if stream[head].kind == "name":
        return Phrase(at, head + 1, head, stream[head].index, governed) if determined else None
    return _role_phrase(stream, at, head, names, governed=governed, any_noun=any_noun and determined)


def _role_phrase(
    stream: Sequence[Part], first: int, head: int, names: Sequence[Entity], *, governed: bool, any_noun: bool
) -> Phrase | None:
    noun = stream[head]
    known = is_role(noun.low) or noun.low in COLLECTIVES or noun.low.removesuffix("s") in COLLECTIVES
    if (
        noun.kind != "word"
        or not noun.text[0].isalpha()
        or noun.low in FUNCTION_WORDS
        or noun.low in TIME_WORDS
    ):
        return None
    if first == head and not (is_role(noun.low) and noun.text[0].isupper()):
        return None
    last = noun_end(stream, head)
    owner = _named(stream, last, names)
    # `son confrère X` is X, but `à la presse X` are two.
    tied = owner == last and (not governed or stream[first].low in ("son", "sa", "leur"))
    among = stream[first].low == "l'" and head == first + 3
    if owner is not None and (
        is_role(noun.low) or among or (tied and names[stream[owner].index].kind == "person")
    ):
        return Phrase(first, owner + 1, head, stream[owner].index, governed)
    return Phrase(first, last, head, None, governed) if known or any_noun else None


def _named(stream: Sequence[Part], last: int, names: Sequence[Entity]) -> int | None:
    """Where the person of a role stands: `le ministre X`, `le ministre, X,`."""
    for at in (last, last + 1, last + 2):
        if at >= len(stream):
            return None
        if stream[at].kind == "name":
            return at if names[stream[at].index].kind in ("person", "other") else None
        if stream[at].text != "," and stream[at].low not in CIVIL:
            return None
    return None


def text_of(text: str, stream: Sequence[Part], first: int, last: int) -> str:
    return text[stream[first].start : stream[last - 1].end]
