"""Whether two texts mean one speaker: `Stoltenberg`, `le chef de l’Otan` and `le secrétaire général de l’Alliance`.

A phrase is somebody else only where the sources give it to somebody else. What cannot be told stays unclear.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import islice
from typing import Literal

from pipeline.checks.fidelity.comparison import Comparison, Sources, once_for_sources
from pipeline.checks.fidelity.said.offices import (
    LEADERS,
    alike,
    at_odds,
    content,
    fits,
    is_trade,
    two_offices,
)
from pipeline.text.facts import Facts
from pipeline.text.grammar import plain
from pipeline.text.name_forms import spelling_key
from pipeline.text.names import Entity
from pipeline.text.people import CIVIL, COLLECTIVES, is_role
from pipeline.text.referents import is_native
from pipeline.text.tokens import tokens

Relation = Literal["same", "unclear", "conflict", "other"]
"""`other`: the sources give the words to two. `conflict`: the two phrases do not agree."""

# They tell what others said.
_PASSES_ON = frozenset(
    "afp ap reuters bloomberg belga ats agence media medias presse chaine quotidien journal magazine hebdomadaire "
    "site radio television redaction cnn bbc bfm bfmtv tf1 rtl rmc lci monde figaro parisien liberation "
    "mediapart express humanite echos croix france2 francetvinfo franceinfo".split()
)
_ALIKE = 0.84
# No article names more; it keeps hostile text linear.
_MOST = 300


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody, by all that a text calls them."""

    forms: tuple[tuple[str, ...], ...]
    """Each name they go by, as the keys of its words."""
    roles: tuple[frozenset[str], ...]
    in_sources: bool
    """What only the piece says of them may be wrong."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Whom the words for a speaker mean."""

    kind: Literal["person", "role", "organisation", "other"]
    forms: tuple[tuple[str, ...], ...]
    words: frozenset[str]
    """Of a role or of an organisation."""
    unnamed: bool = False
    """`un responsable`: the text knows no name."""
    named: bool = False
    """An organisation with a name of its own."""


@dataclass(frozen=True, slots=True)
class Cast:
    """Who speaks in the piece and in its sources, each text's speakers by the words it has for them."""

    piece: dict[str, Voice]
    sources: dict[str, dict[str, Voice]]
    """By the source's label; in the order of their first quotation."""
    people: tuple[Person, ...]
    """Everybody the sources name or quote by their role alone, and whom the piece names beside them."""


@lru_cache(maxsize=2)
def cast(comparison: Comparison) -> Cast:
    voices, people = _known(comparison.sources)
    bodies = _bodies(comparison.sources)
    ours = {speaker: _corrected(v, speaker, bodies) for speaker, v in _voices(comparison.piece).items()}
    return Cast(ours, voices, (*people, *_people(comparison.piece, in_sources=False)))


@once_for_sources
def _known(sources: Sources) -> tuple[dict[str, dict[str, Voice]], tuple[Person, ...]]:
    """`Cast.sources`, and those of `Cast.people` whom the sources know."""
    voices = {source.label: _voices(source.facts) for source in sources}
    people = [p for source in sources for p in _people(source.facts, in_sources=True)]
    unnamed = dict.fromkeys(v for row in voices.values() for v in row.values() if v.kind == "role")
    people += (Person((), (v.words,), in_sources=True) for v in islice(unnamed, _MOST))
    return voices, tuple(people)


@once_for_sources
def _bodies(sources: Sources) -> frozenset[tuple[str, ...]]:
    """The names of organisations and places."""
    return frozenset(
        form
        for source in sources
        for e in islice(source.facts.names, _MOST)
        if e.kind in ("organisation", "place")
        for form in forms_of(e)
    )


def _corrected(ours: Voice, speaker: str, bodies: frozenset[tuple[str, ...]]) -> Voice:
    """What the sources know to be an organisation is none of the piece's persons."""
    if ours.kind == "person" and any(form in bodies for form in ours.forms):
        return Voice("organisation", (), content(speaker), named=True)
    return ours


def _voices(facts: Facts) -> dict[str, Voice]:
    named = {e.text: e for e in facts.names}
    said = dict.fromkeys(speech.speaker for row in facts.speeches for speech in row if speech.speaker)
    return {speaker: _voice(speaker, named) for speaker in said}


def _voice(speaker: str, entities: dict[str, Entity]) -> Voice:
    entity = entities.get(speaker)
    if entity is None:  # `la députée d’opposition Claire Montel`
        entity = next((e for e in islice(entities.values(), _MOST) if _ends_with(speaker, e)), None)
    if entity is not None and (entity.kind == "person" or _may_be_person(entity)):
        return Voice("person", forms_of(entity), frozenset())
    words = content(speaker)
    found = tokens(speaker)
    lows = [t.low for t in found[:4]]
    first = next((low for low in lows if is_role(low) or _is_collective(low)), "")
    named = any(t.is_capital for t in found[1:])
    if is_role(first):
        return Voice("role", (), words, unnamed=lows[0] in ("un", "une"))
    if first:
        return Voice("organisation", (), words, named=named)
    if not named and entity is None:
        return Voice("other", (), words)
    known = not is_native(found[-1].text) and (entity is None or entity.kind == "organisation")
    return Voice("organisation" if known else "other", (), words, named=True)


def _ends_with(speaker: str, entity: Entity) -> bool:
    """But `le porte-parole de Poutine` is not Poutine."""
    before = speaker.removesuffix(entity.text)
    return entity.kind == "person" and before != speaker and not before.endswith((" de ", " du ", "d’", "d'"))


def _is_collective(low: str) -> bool:
    return low in COLLECTIVES or low.removesuffix("s") in COLLECTIVES


def _may_be_person(entity: Entity) -> bool:
    """A surname alone, of which the text does not say what it is."""
    return entity.kind == "other" and not any(w.isupper() or not w.isalpha() for w in entity.text.split())


def forms_of(entity: Entity) -> tuple[tuple[str, ...], ...]:
    forms = (entity.text, *entity.aliases)
    keys = ([w for w in form.replace("\u00a0", " ").split() if plain(w) not in CIVIL] for form in forms)
    return tuple(dict.fromkeys(tuple(spelling_key(w) for w in words) for words in keys if words))


def _people(facts: Facts, *, in_sources: bool) -> Iterator[Person]:
    for entity, wordings in islice(zip(facts.names, facts.roles, strict=True), _MOST):
        if entity.kind == "person" or _may_be_person(entity):
            yield Person(forms_of(entity), tuple(content(w) for w in dict.fromkeys(wordings)), in_sources)


def relation(one: Voice, other: Voice, known: Sequence[Person]) -> Relation:
    """Of the piece's speaker to the source's."""
    if one.kind == "other" or other.kind == "other":
        return "unclear"
    if one.kind == other.kind == "person":
        found = _names(one.forms, other.forms)
        return "unclear" if found == "other" and _belongs(one, other, known) else found
    if "person" in (one.kind, other.kind):
        person, phrase = (one, other) if one.kind == "person" else (other, one)
        if phrase.kind == "organisation":
            named = any(set(form) <= {spelling_key(w) for w in phrase.words} for form in person.forms)
            return "same" if named else "unclear"
        # Whom the source calls by a role alone may be named by the piece: only our own phrases are held to it.
        known = known if phrase is one else [p for p in known if p.forms]
        found = _person_and_role(person, phrase.words, known)
        return "conflict" if found == "unclear" and phrase.unnamed and phrase is not one else found
    if one.kind == other.kind == "role":
        return _roles(one.words, other.words, known)
    if one.kind == other.kind == "organisation":
        shared = any(alike(a, b) for a in one.words for b in other.words)
        odd = one.named and other.named and not shared and not one.words & _PASSES_ON
        return "conflict" if odd else "unclear"
    return "unclear"


def _roles(one: frozenset[str], other: frozenset[str], known: Sequence[Person]) -> Relation:
    if fits(one, other) or fits(other, one):
        return "same"
    if not at_odds(one, other):
        return "unclear"
    owned = one - LEADERS and any(fits(one, r) for p in known if p.in_sources and p.forms for r in p.roles)
    return "other" if owned else "conflict"


def _names(one: Sequence[tuple[str, ...]], other: Sequence[tuple[str, ...]]) -> Relation:
    if any(same_name(a, b) for a in one for b in other):
        return "same"
    family = any(a[-1] == b[-1] for a in one for b in other)
    return "conflict" if family else "other"


def _belongs(one: Voice, other: Voice, known: Sequence[Person]) -> bool:
    """One is what the other works for: `Paul Martin, patron de Cosmex`, and `Cosmex`."""
    return any(
        set(form) <= {spelling_key(w) for r in p.roles for w in r}
        for a, b in ((one, other), (other, one))
        for form in a.forms
        for p in known
        if _names(b.forms, p.forms) == "same"
    )


def same_name(one: Sequence[str], other: Sequence[str]) -> bool:
    """`Stoltenberg` and `Jens Stoltenberg`; spellings may differ a little."""
    short, long = sorted((one, other), key=len)
    if set(short) <= set(long):
        return True
    first = len(short) == 1 or short[0][0] == long[0][0]
    return first and short[-1][:1] == long[-1][:1] and _ratio(short[-1], long[-1]) >= _ALIKE


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _person_and_role(person: Voice, role: frozenset[str], known: Sequence[Person]) -> Relation:
    them = [p for p in known if _names(person.forms, p.forms) == "same"]
    theirs = [r for p in them for r in p.roles]
    if any(fits(role, r) for r in theirs):
        return "same"
    scoped = any(w not in LEADERS and not is_trade(w) for w in role)
    others = [p for p in known if p.in_sources and _names(person.forms, p.forms) == "other"]
    if scoped and any(fits(role, r) for p in others if p.forms for r in p.roles):
        return "other"
    heads = {w for w in role if is_trade(w)}
    taken = any(
        heads & r for p in others for r in p.roles if p.forms or r == role or (scoped and fits(role, r))
    )
    taken = taken and bool(theirs) and not any(heads & r for r in theirs)
    odd = bool(theirs) and all(at_odds(role, r) or two_offices(role, r) for r in theirs)
    return "conflict" if taken or odd else "unclear"
