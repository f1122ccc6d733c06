"""Who says each quotation, by the ways French introduces speech.

In this order: the inversion right after it (`», a déclaré X`, `», explique-t-il`), a later one in the sentence,
`selon X`, the subject of the last verb of speech before it, the colon after a person, the speaker of the
quotation before it in the sentence. A quotation that stands alone goes on with the speaker, or the subject, of
the sentence before. Nobody is better than the wrong one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from pipeline.text.incises import Clue, agent_after, incise_without_quotation, inverted_after, inverted_later
from pipeline.text.names import Entity
from pipeline.text.people import is_role
from pipeline.text.phrases import Part, Phrase, parts, phrase_at, text_of
from pipeline.text.quotes import QuoteSpan
from pipeline.text.referents import Cast, Referent
from pipeline.text.roles import roles
from pipeline.text.sentences import sentences
from pipeline.text.speech import colon_before, source_named, spoken_before

# No sentence of a writer comes near these; they keep hostile text linear.
_MOST_QUOTATIONS = 30
_REACH = 200
_NAMING = frozenset(
    ("baptisé", "intitulé", "nommé", "surnommé", "dénommé", "rebaptisé", "titré", "estampillé")
)
_WORKS = frozenset(
    "film roman livre album essai exposition émission série chanson pièce programme projet opération association "
    "collectif plan dispositif spectacle documentaire podcast revue magazine journal single".split()
)


_WHAT_THEY_SAY = (["ce", "que", "dit"], ["ce", "que", "disent"])
_ARTICLES = frozenset("le la l' les".split())


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph with what has been found in it."""

    text: str
    quotes: tuple[QuoteSpan, ...]
    names: tuple[tuple[int, int, int], ...]
    """(start, end, index of the entity), in order."""
    heading: bool = False


Certainty = Literal["sure", "likely", "pronoun"]
"""A phrase beside a verb of speech says so, or `selon`, or a pronoun that can mean nobody else; an aside or the
sentence before does; a pronoun does that could mean another."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says a quotation."""

    speaker: str
    """The fullest name, or the phrase for them."""
    certainty: Certainty
    called: str | None = None
    """What the sentence itself calls them, where that is no name: `la cinéaste`, `elle`."""


@dataclass(frozen=True, slots=True)
class _Said:
    """Who says a quotation, and how sure that is."""

    who: Referent
    certainty: Certainty = "likely"
    called: str | None = None


def speakers(passages: Sequence[Passage], names: Sequence[Entity]) -> list[list[Attribution | None]]:
    """For each passage the speaker of each of its quotations, or None."""
    streams = [parts(p.text, p.names, p.quotes) for p in passages]
    cast = Cast(names, roles_of(passages, names))
    reader = _Reader(cast)
    found: list[list[_Said | None]] = []
    for passage, stream in zip(passages, streams, strict=True):
        found.append(reader.passage(passage, stream))
    _reach_back(passages, found)
    return [[_attribution(said) if said else None for said in row] for row in found]


def _attribution(said: _Said) -> Attribution:
    return Attribution(said.who.text, said.certainty, said.called)


def roles_of(passages: Sequence[Passage], names: Sequence[Entity]) -> dict[int, list[str]]:
    """The roles the passages give each entity, as they word them."""
    known: dict[int, list[str]] = {}
    for passage in passages:
        # Names inside quotations have roles too, so the stream is made without quotations.
        for index, role in roles(passage.text, parts(passage.text, passage.names, ()), names):
            known.setdefault(index, []).append(role)
    return known


def _reach_back(passages: Sequence[Passage], found: list[list[_Said | None]]) -> None:
    """A quotation over several paragraphs reopens in each: its speaker may be named only at the end."""
    for at in range(len(passages) - 2, -1, -1):
        here, after = passages[at], passages[at + 1]
        reopens = after.quotes and not after.text[: after.quotes[0].outer_start].strip()
        if here.quotes and reopens and not here.quotes[-1].closed and found[at][-1] is None:
            after_it = found[at + 1][0]
            found[at][-1] = _Said(after_it.who) if after_it else None


class _Reader:
    """Reads passages in order and remembers who spoke last."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.before: Referent | None = None
        """Speaker, or else subject, of the sentence before; None when it had neither."""
        self.certain = False
        """`before` surely spoke, in the same paragraph."""
        self.company: frozenset[str] = frozenset()
        """Whom the sentence before speaks of."""
        self.here: frozenset[str] = frozenset()
        """Whom this one speaks of."""

    def passage(self, passage: Passage, stream: list[Part]) -> list[_Said | None]:
        found: list[_Said | None] = [None] * len(passage.quotes)
        if passage.heading:
            kept, self.before = self.before, None
            recent = list(self.cast.recent)
        units = _units(passage, stream)
        self.certain = False
        for first, last in units:
            self._unit(passage.text, stream[first:last], found)
        self._opening(passage, [stream[a:b] for a, b in units], found)
        if passage.heading:
            self.before, self.cast.recent = self._announced(passage.text, stream) or kept, recent
        return found

    def _announced(self, text: str, stream: list[Part]) -> Referent | None:
        """Whom a heading names that says no more: `Paul Martin`, `Ce que dit le parquet`."""
        first = 3 if [p.low for p in stream[:3]] in _WHAT_THEY_SAY else 0
        words = [p for p in stream if p.kind != "mark"]
        phrases = (phrase_at(stream, at, self.cast.names) for at in range(first, min(first + 2, len(stream))))
        phrase = next((p for p in phrases if p), None)
        if phrase is None or phrase.last < len(stream) or len(words) < len(stream) or phrase.governed:
            return None
        speaks = phrase.name is None or self.cast.names[phrase.name].kind in ("person", "organisation")
        if not speaks or any(p.low not in _ARTICLES for p in stream[first : phrase.first]):
            return None
        return self.cast.resolve(text, stream, phrase)

    def _opening(self, passage: Passage, units: list[list[Part]], found: list[_Said | None]) -> None:
        """`« … » Debout dans le box, X, 54 ans, a répété …`: a paragraph that opens with a quotation of its own
        and goes on about somebody gives it to them.
        """
        alone = len(units) > 1 and passage.quotes and _is_bare(units[0])
        if not alone or _is_bare(units[1]):
            return
        self.cast.recent.append(Referent("", None))
        subject = self._subject(passage.text, units[1])
        self.cast.recent.pop()
        found[units[0][0].index] = _Said(subject) if subject and subject.text else None

    def _unit(self, text: str, stream: list[Part], found: list[_Said | None]) -> None:
        quotes = [at for at, part in enumerate(stream) if part.kind == "quote"]
        subject = self._subject(text, stream)
        self.here = self._company(text, stream)
        earlier: _Said | None = None
        for at in quotes[:_MOST_QUOTATIONS]:
            first = max(0, at - _REACH)
            said = self._speaker(text, stream[first : at + _REACH], at - first, earlier)
            found[stream[at].index] = said
            earlier = said or earlier
        if not quotes and (clue := incise_without_quotation(stream, self.cast.names)):
            subject = self._of(text, stream, clue) or subject
        if subject is not None:
            self.cast.mention(subject)
        if earlier is not None:
            self.cast.mention(earlier.who)
        if any(part.kind in ("word", "name") for part in stream) or quotes:
            self.before = earlier.who if earlier else subject
            self.certain = earlier is not None and earlier.certainty == "sure"
            self.company = self.here

    def _company(self, text: str, stream: list[Part]) -> frozenset[str]:
        """All persons the sentence names, and the roles no preposition governs."""
        named = {
            self.cast.names[p.index].text for p in stream if p.kind == "name" and self._is_person(p.index)
        }
        phrases = _subjects(stream, self.cast.names)[:_MOST_QUOTATIONS]
        roles = (p for p in phrases if p.name is None and is_role(stream[p.head].low))
        introduced = self.cast.introduced
        company = frozenset(named | {self.cast.resolve(text, stream, p).text for p in roles})
        self.cast.introduced = introduced  # asking is not introducing
        return company

    def _is_person(self, index: int) -> bool:
        return self.cast.names[index].kind == "person"

    def _speaker(self, text: str, stream: list[Part], at: int, earlier: _Said | None) -> _Said | None:
        names = self.cast.names
        if _is_title(text, stream, at):
            return None
        for rule in (inverted_after, agent_after, inverted_later, source_named, spoken_before, colon_before):
            clue = rule(stream, at, names)
            if clue is None:
                continue
            if clue.carries_on and earlier is not None:
                return self._settled(earlier.who, "likely")
            who = self._of(text, stream, clue)
            if who is None or stream[clue.at].low == "pour":  # `pour X` may be what it means to X
                return _Said(who) if who else None
            said = self._settled(who, _certainty(clue, who), aside=_is_aside(stream, clue))
            return replace(said, called=_called(text, stream, clue))
        if earlier is not None:
            alone = earlier.certainty == "sure" and self.here == {earlier.who.text}
            return self._settled(earlier.who, "sure" if alone else "likely")
        if self.before is None or not _is_bare(stream):
            return None
        return _Said(self.before, "sure" if self.certain else "likely")

    def _settled(self, who: Referent, certainty: Certainty, *, aside: bool = False) -> _Said:
        """Sure, too, where this sentence and the one before speak of nobody else."""
        alone = {who.text} == self.company | self.here and (not aside or who.text in self.company)
        subject = certainty == "pronoun" and not aside and self.here == {who.text}
        return _Said(who, "sure" if alone or subject else certainty)

    def _of(self, text: str, stream: list[Part], clue: Clue) -> Referent | None:
        if clue.phrase is not None:
            return self.cast.resolve(text, stream, clue.phrase)
        if clue.pronoun is None:
            return None
        before = stream[: clue.at]
        # `Paul partira, a-t-il dit`: whoever spoke before, not Paul.
        if _is_aside(stream, clue):
            return self.cast.pronoun(clue.pronoun)
        nearby = [self.cast.resolve(text, stream, p) for p in _subjects(before, self.cast.names)]
        return self.cast.pronoun(clue.pronoun, nearby)

    def _subject(self, text: str, stream: list[Part]) -> Referent | None:
        phrases = _subjects(stream, self.cast.names)
        if phrases:
            return self.cast.resolve(text, stream, phrases[0])
        first = next(
            (p for p in stream if p.kind == "word" and p.low in ("il", "elle", "ils", "elles")), None
        )
        return self.cast.pronoun(first.low) if first else None


def _certainty(clue: Clue, who: Referent) -> Certainty:
    """The words of a sure clue can mean nobody else when they are a name, or a role with more than its noun."""
    phrase = clue.phrase
    if phrase is None:
        return "pronoun"
    known = phrase.name is not None or not who.named or phrase.last - phrase.head > 1
    return "sure" if clue.sure and known else "likely"


def _called(text: str, stream: Sequence[Part], clue: Clue) -> str | None:
    if clue.phrase is None:
        return clue.pronoun
    return text_of(text, stream, clue.phrase.first, clue.phrase.last) if clue.phrase.name is None else None


def _is_aside(stream: Sequence[Part], clue: Clue) -> bool:
    """`Paul partira, a-t-il dit, « … »`: an inversion within what is said, before any quotation."""
    inverted = clue.phrase is None and "-" in stream[clue.at].low
    return inverted and clue.at > 0 and all(part.kind != "quote" for part in stream[: clue.at])


def _is_title(text: str, stream: Sequence[Part], at: int) -> bool:
    """`baptisé « … »`, `le film « Demain »`: a name in quotation marks, which nobody says."""
    before = stream[at - 1].low if at else ""
    work = before in _WORKS and any(c.isupper() for c in text[stream[at].start : stream[at].start + 4])
    return work or before.removesuffix("s").removesuffix("e") in _NAMING


def _is_bare(stream: Sequence[Part]) -> bool:
    """Quotations and marks, no words around them."""
    return not any(part.kind in ("word", "name") for part in stream)


def _subjects(stream: Sequence[Part], names: Sequence[Entity]) -> list[Phrase]:
    """Persons and roles that no preposition governs, in order."""
    found = []
    at = 0
    while at < len(stream):
        phrase = phrase_at(stream, at, names)
        if phrase is None:
            at += 1
            continue
        person = phrase.name is None or names[phrase.name].kind == "person"
        if person and not phrase.governed:
            found.append(phrase)
        at = phrase.last
    return found


def _units(passage: Passage, stream: list[Part]) -> list[tuple[int, int]]:
    """Sentences as ranges of the stream; one that begins inside a quotation belongs to the one before."""
    starts = [s for s, _ in sentences(passage.text)]
    inside = iter(passage.quotes)
    quote = next(inside, None)
    cuts = []
    for start in starts:
        while quote is not None and quote.outer_end <= start:
            quote = next(inside, None)
        if quote is None or start <= quote.outer_start:
            cuts.append(start)
    units = []
    first = 0
    following = iter(cuts[1:])
    cut = next(following, None)
    for at, part in enumerate(stream):
        while cut is not None and part.start >= cut:
            if at > first:
                units.append((first, at))
            first = at
            cut = next(following, None)
    units.append((first, len(stream)))
    return units
