"""Verbs of speech with the subject behind them: `», a déclaré X`, `», sourit-elle`, `…, a annoncé X.`"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.text.grammar import ADVERBS, CLITICS, FUNCTION_WORDS, PERFECT, TIME_WORDS
from pipeline.text.names import Entity
from pipeline.text.phrases import Part, Phrase, phrase_at
from pipeline.text.verbs import SPEECH, could_be_finite, could_be_participle


@dataclass(frozen=True, slots=True)
class Clue:
    """A phrase or a pronoun that stands for the speaker."""

    at: int
    phrase: Phrase | None = None
    pronoun: str | None = None
    carries_on: bool = False
    """The speaker of the quotation before it, if there is one (`…, soulignant que « … »`)."""
    sure: bool = False
    """The grammar leaves no other reading: a known verb of speech has the phrase right beside it."""


_INVERTED = re.compile(r"(.+?)-(?:t-)?(il|elle|ils|elles|on|je|nous)")
_STOPS = frozenset("que qu' qui dont où lorsque lorsqu' quand mais si car parce tandis puis ou".split())
_WINDOW = 16


def inverted_after(stream: Sequence[Part], quote: int, names: Sequence[Entity]) -> Clue | None:
    """`», a déclaré X`, `», sourit-elle`, `» (X)`."""
    at = quote + 1
    while at < len(stream) and stream[at].kind == "mark" and stream[at].text in ",;.!?…–—-":
        at += 1
    if at < len(stream) - 1 and stream[at].text == "(" and stream[at + 1].kind == "name":
        person = names[stream[at + 1].index].kind == "person"
        return (
            Clue(at, Phrase(at + 1, at + 2, at + 1, stream[at + 1].index, governed=False), sure=True)
            if person
            else None
        )
    return _inverted(stream, at, names, known_verbs_only=at == quote + 1) if at > quote else None


# `, 54 ans,`
_AGED = 3


def incise_without_quotation(stream: Sequence[Part], names: Sequence[Entity]) -> Clue | None:
    """`…, a annoncé X.` in a sentence of indirect speech: X is the one who goes on."""
    clues = (
        _inverted(stream, at, names, known_verbs_only=True, any_noun=False)
        for at in range(1, len(stream))
        if stream[at - 1].text == "," and not _closes_apposition(stream, at - 1, names)
    )
    return next((clue for clue in clues if clue is not None), None)


def _closes_apposition(stream: Sequence[Part], comma: int, names: Sequence[Entity]) -> bool:
    """`La préfète, Claire Dubois, promet un médiateur`: what follows is the sentence's own verb and its object."""
    subject = phrase_at(stream, 0, names)
    if subject is None or subject.last > comma:
        return False
    if subject.last == comma:  # the phrase has taken in the name
        return any(p.text == "," for p in stream[subject.first : comma])
    if stream[subject.last].text != ",":
        return False
    beside = phrase_at(stream, subject.last + 1, names)
    aged = comma - subject.last == _AGED and stream[comma - 1].low == "ans"
    return aged or (beside is not None and beside.last == comma)


def agent_after(stream: Sequence[Part], quote: int, names: Sequence[Entity]) -> Clue | None:
    """`jugée « insuffisante » par X`."""
    before = stream[quote - 1].low if quote else ""
    after = quote + 2
    if before not in SPEECH or after >= len(stream) or stream[quote + 1].low != "par":
        return None
    phrase = phrase_at(stream, after, names)
    return Clue(after, phrase, sure=True) if phrase is not None else None


def inverted_later(stream: Sequence[Part], quote: int, names: Sequence[Entity]) -> Clue | None:
    """`« … » cette année, a déclaré X`."""
    for at in range(quote + 1, len(stream)):
        after_mark = stream[at - 1].text == "," or stream[at - 1].kind == "quote"
        if at > quote + 1 and after_mark and (clue := _inverted(stream, at, names, known_verbs_only=True)):
            return clue
    return None


def _inverted(
    stream: Sequence[Part], at: int, names: Sequence[Entity], *, known_verbs_only: bool, any_noun: bool = True
) -> Clue | None:
    while at < len(stream) - 1 and stream[at].low in CLITICS:
        at += 1
    if at >= len(stream) or stream[at].kind != "word":
        return None
    low = stream[at].low
    if match := _INVERTED.fullmatch(low):
        return _with_pronoun(stream, at, match.group(1), match.group(2), known_verbs_only=known_verbs_only)
    if low in PERFECT:
        verb = _skip(stream, at + 1)
        if verb < len(stream) and _is_participle(stream[verb].low, known_verbs_only=known_verbs_only):
            return _subject_after(stream, verb + 1, names, any_noun=any_noun)
        return None
    if low in SPEECH and not low.endswith(("er", "ant", "és", "ée", "ées")):
        return _subject_after(stream, at + 1, names, any_noun=any_noun)
    if infinitive := _infinitive(stream, at + 1):
        return _subject_after(stream, infinitive + 1, names, any_noun=any_noun)
    if not known_verbs_only and could_be_finite(low) and low not in FUNCTION_WORDS and low not in TIME_WORDS:
        return _subject_after(stream, at + 1, names, any_noun=False)
    return None


def _infinitive(stream: Sequence[Part], at: int) -> int | None:
    """`aime à répéter`, `tient à préciser`, `fait remarquer`."""
    at += at < len(stream) and stream[at].low in ("à", "de")
    known = at < len(stream) and stream[at].low in SPEECH | {"savoir", "valoir", "croire", "comprendre"}
    return at if known and stream[at].low.endswith(("er", "ir", "re")) else None


def _with_pronoun(
    stream: Sequence[Part], at: int, verb: str, pronoun: str, *, known_verbs_only: bool
) -> Clue | None:
    if verb in PERFECT:
        participle = _skip(stream, at + 1)
        spoken = participle < len(stream) and _is_participle(
            stream[participle].low, known_verbs_only=known_verbs_only
        )
    else:
        spoken = verb in SPEECH or (not known_verbs_only and could_be_finite(verb))
    return Clue(at, pronoun=pronoun) if spoken else None


def _is_participle(low: str, *, known_verbs_only: bool) -> bool:
    return low in SPEECH or (not known_verbs_only and could_be_participle(low))


def _skip(stream: Sequence[Part], at: int) -> int:
    """Past adverbs: `a également ajouté`."""
    while at < len(stream) and (stream[at].low in ADVERBS or stream[at].low.endswith("ment")):
        at += 1
    return at


def _subject_after(
    stream: Sequence[Part], at: int, names: Sequence[Entity], *, any_noun: bool = True
) -> Clue | None:
    """The subject behind an inverted verb, past `à la presse`, `mardi`, `ce mois-ci`."""
    end = min(at + _WINDOW, len(stream))
    commas = 0
    while at < end:
        part = stream[at]
        if part.kind == "quote" or part.low in _STOPS or (part.kind == "mark" and part.text not in ",’'"):
            return None
        commas += part.text == ","
        if commas > 2:
            return None
        phrase = phrase_at(stream, at, names, any_noun=any_noun)
        if phrase is not None and not phrase.governed and not is_time(stream[phrase.head]):
            person = phrase.name is None or names[phrase.name].kind == "person"
            sure = not commas and not is_joined(stream, phrase)
            return Clue(at, phrase, sure=sure) if any_noun or person else None
        at = phrase.last if phrase is not None else at + 1
    return None


def is_joined(stream: Sequence[Part], phrase: Phrase) -> bool:
    """`Paul Martin et Jean Petit`: one phrase of several."""
    before = stream[phrase.first - 1].low if phrase.first else ""
    after = stream[phrase.last].low if phrase.last < len(stream) else ""
    return "et" in (before, after)


def is_time(part: Part) -> bool:
    return part.low.removesuffix("-ci").removesuffix("-là") in TIME_WORDS
