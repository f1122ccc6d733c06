"""Who says each quotation, by the ways English introduces speech: `“…,” said X`, `X said: “…”`, `according to X`.

A pronoun is whoever spoke or was named last; a quotation alone goes on with the speaker before it. Nobody is better
than the wrong one.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.text.english.grammar import ROLES, SPEECH, sentences
from pipeline.text.names import Entity
from pipeline.text.people import FIRST_NAMES, MEN, WOMEN
from pipeline.text.quotes import QuoteSpan, quotations
from pipeline.text.speakers import Attribution, Certainty

_REACH = 160
_NAMES_BACK = 30
_VERB = "|".join(sorted(SPEECH, key=len, reverse=True))
_TITLE = r"(?:(?:[Tt]he )?(?:Mrs?|Ms|Dr|Prof|Gen|Sen|Rep|Gov|Lt|Col|Capt|Sgt|Rev|Hon|U\.S)\. )?"
_AFTER_VERB = re.compile(rf"[,.!?]?[\s—–-]*(?:and )?(?:{_VERB})\s+(?P<who>{_TITLE}[^,.;:“\"]{{2,90}})")
_AFTER_SUBJECT = re.compile(
    rf"[,.!?]?[\s—–-]*(?P<who>{_TITLE}[^,.;:“\"]{{1,70}}?)(?:,[^,.;“\"]{{1,60}},)?\s+(?:has |had |later |also |then |further )?(?:{_VERB})\b"
)
_ACCORDING = re.compile(
    rf"(?:according to|in the words of)\s+(?P<who>{_TITLE}[^,.;:“\"]{{2,70}})", re.IGNORECASE
)
_BEFORE = re.compile(
    rf"(?P<who>[^.;:“\"]{{1,110}}?)\s+(?:has |had |later |also |then |further )?(?:{_VERB})\b[^“\".]{{0,110}}[,:]?\s*\Z"
)
_PRONOUN = re.compile(r"\b(?:he|she|they)\Z|\A(?:he|she|they)\b", re.IGNORECASE)
_OF = re.compile(r"\b(?:from|in|at|near|outside) \Z")
_SINGLE = re.compile(r"(?<![\w])‘(?=\S)([^‘“”\"]{2,600}?)’(?![\w])")
_STRAIGHT = re.compile(
    r"(?<![\w])'(?=[A-Za-z0-9])([^'“”\"]{2,300}(?:(?<=\w)'(?=\w)[^'“”\"]{1,300}){0,20})(?<=[\w.,!?])'(?!\w)"
)


def quotes(text: str) -> list[QuoteSpan]:
    """The quotations of a paragraph; single marks count where it has no double ones."""
    if "“" not in text and '"' not in text and "«" not in text:
        pattern = _SINGLE if "‘" in text else _STRAIGHT
        text = pattern.sub(lambda m: f"“{m.group()[1:-1]}”", text)
    return quotations(text)


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph with what has been found in it."""

    text: str
    quotes: tuple[QuoteSpan, ...]
    names: tuple[tuple[int, int, int], ...]
    heading: bool = False


def speakers(passages: Sequence[Passage], names: Sequence[Entity]) -> list[list[Attribution | None]]:
    """For each passage the speaker of each of its quotations, or None."""
    reader = _Reader(names)
    found = [reader.passage(p) for p in passages]
    for at in range(len(passages) - 2, -1, -1):
        # A quotation over several paragraphs reopens in each: its speaker may be named only at the end.
        here, after = passages[at], passages[at + 1]
        opens = after.quotes and not after.text[: after.quotes[0].outer_start].strip()
        if here.quotes and opens and not here.quotes[-1].closed and found[at][-1] is None:
            found[at][-1] = found[at + 1][0]
    return found


class _Reader:
    """Reads passages in order and remembers who was named and who spoke last."""

    def __init__(self, names: Sequence[Entity]) -> None:
        self.names = names
        self.spoke: str | None = None
        self.named: str | None = None

    def passage(self, passage: Passage) -> list[Attribution | None]:
        starts = [a for a, _ in sentences(passage.text)]
        found: list[Attribution | None] = []
        for n, quote in enumerate(passage.quotes):
            sentence = starts[max(0, bisect_right(starts, quote.outer_start) - 1)]
            lead = max(sentence, passage.quotes[n - 1].outer_end if n else 0)
            stop = passage.quotes[n + 1].outer_start if n + 1 < len(passage.quotes) else len(passage.text)
            said = self._quote(passage, quote, lead, stop) or self._goes_on(quote, earlier=n > 0)
            found.append(said)
            self.spoke = said.speaker if said else self.spoke
        people = self._meant([n for _, _, n in passage.names])
        if people and not passage.heading:
            self.named = people[-1].text
        return found

    def _quote(self, passage: Passage, quote: QuoteSpan, lead: int, stop: int) -> Attribution | None:
        """By the words between `lead` and the quotation, and those between it and `stop`."""
        text = passage.text
        tail = text[quote.outer_end : min(stop, quote.outer_end + _REACH)]
        before = text[max(lead, quote.outer_start - _REACH) : quote.outer_start]
        base, behind = quote.outer_start - len(before), quote.outer_end
        clues = (
            (_AFTER_VERB.match(tail), behind),
            (_AFTER_SUBJECT.match(tail), behind),
            (_BEFORE.search(before), base),
            (_ACCORDING.search(tail, 0, next((b for _, b in sentences(tail)), 0)), behind),
            (_ACCORDING.search(before), base),
        )
        for m, offset in clues:
            if m and (said := self._who(passage, offset + m.start("who"), offset + m.end("who"))):
                return said
        return None

    def _goes_on(self, quote: QuoteSpan, *, earlier: bool) -> Attribution | None:
        """One that opens its paragraph, or follows another in it, goes on with who spoke before."""
        alone = quote.outer_start == 0 or earlier
        return Attribution(self.spoke, "likely") if alone and self.spoke else None

    def _meant(self, indexes: Sequence[int], phrase: str = "") -> list[Entity]:
        """The persons among some names whom a pronoun may mean; a name of one word is as often a town or a club."""
        people = [self.names[n] for n in indexes if self.names[n].kind == "person"]
        whole = [p for p in people if " " in p.text or p.text in FIRST_NAMES]
        pronoun = next((w for w in phrase.lower().split() if w in ("he", "she")), None)
        if pronoun is None:
            return whole or people
        others = WOMEN - MEN if pronoun == "he" else MEN - WOMEN
        return [
            p for p in whole or people[: not (self.spoke or self.named)] if p.text.split()[0] not in others
        ]

    def _is_of(self, before: str, n: int) -> bool:
        """A name of one word behind a preposition: where somebody is from, and not who."""
        name = self.names[n].text
        return " " not in name and name not in FIRST_NAMES and _OF.search(before) is not None

    def _who(self, passage: Passage, start: int, end: int) -> Attribution | None:
        """The person, body or role that some words name."""
        phrase = passage.text[start:end].strip()
        first = bisect_left(passage.names, (start,))
        named = passage.names[first : bisect_left(passage.names, (end + 1,))]
        inside = [n for _, b, n in named if b <= end + 1]
        people = [n for n in inside if self.names[n].kind == "person"]
        # `the striker, who came from Hammar in 2022,`
        towns = {n for a, _, n in named if a > start and self._is_of(passage.text[start:a], n)}
        inside, people = ([n for n in row if n not in towns] for row in (inside, people))
        if not people and passage.text.startswith(", ", end):
            # `said its spokeswoman, Ellen Fry`
            people = [n for a, _, n in _named_at(passage, end + 2) if self.names[n].kind == "person"]
        chosen = (people or [n for n in inside if self.names[n].kind != "place"])[-1:]
        if chosen:
            return Attribution(self.names[chosen[0]].text, "sure")
        if _PRONOUN.search(phrase):
            before = passage.names[max(0, first - _NAMES_BACK) : first]
            earlier = self._meant([n for _, _, n in before], phrase)
            last = _sentence_before(passage.text, start)
            nearest = self._meant([n for a, _, n in before if a >= last], phrase)
            who = earlier[-1].text if earlier else self.spoke or self.named
            alone = len({e.text for e in nearest or earlier}) == 1
            certainty: Certainty = "likely" if alone else "pronoun"
            return Attribution(who, certainty) if who else None
        phrase = re.split(r", | who ", phrase)[0]
        role = next((w for w in phrase.lower().split() if w.strip(",") in ROLES), None)
        return (
            Attribution(phrase, "likely")
            if role or phrase.lower().startswith(("the ", "a ", "an "))
            else None
        )


def _named_at(passage: Passage, start: int) -> Sequence[tuple[int, int, int]]:
    """The names that begin at a place."""
    return passage.names[bisect_left(passage.names, (start,)) : bisect_left(passage.names, (start + 1,))]


def _sentence_before(text: str, place: int) -> int:
    """Where the sentence before that of a place begins."""
    starts = [a for a, _ in sentences(text)]
    return starts[max(0, bisect_right(starts, place) - 2)] if starts else 0
