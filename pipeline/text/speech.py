"""Clues before a quotation to who says it: `selon X`, the subject of a verb of speech, a colon."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.text.grammar import ADVERBS, AUXILIARIES, CLITICS, DETERMINERS
from pipeline.text.incises import Clue, is_joined, is_time
from pipeline.text.names import Entity
from pipeline.text.phrases import Part, Phrase, phrase_at
from pipeline.text.verbs import SPEECH

_RELATIVES = ("qui", "dont", "où", "lequel", "laquelle")
# Further from its verb a quotation may have come to somebody else.
_NEAR = 14
# `a fait part de`, `faisant état de`, `fait savoir`
_MAKES = ("fait", "faire", "font", "faisait", "faisaient", "faisant", "fera", "feront", "fit")


def source_named(stream: Sequence[Part], _quote: int, names: Sequence[Entity]) -> Clue | None:
    """`selon X`, `d’après X`, `pour X,` at the start, `aux yeux de X`."""
    for at, part in enumerate(stream):
        after = at + 1
        if part.low == "d'" and after < len(stream) and stream[after].low == "après":
            after += 1
        elif part.low == "aux" and [p.low for p in stream[after : after + 2]] in (
            ["yeux", "de"],
            ["yeux", "du"],
        ):
            after += 2
        elif part.low != "selon" and not (part.low == "pour" and at == 0):
            continue
        if after >= len(stream):
            return None
        if stream[after].low in ("lui", "elle", "elles", "eux"):
            return Clue(at, pronoun="il" if stream[after].low == "lui" else stream[after].low)
        phrase = phrase_at(stream, after, names, any_noun=part.low != "pour")
        if phrase is None or is_time(stream[phrase.head]):
            continue
        if part.low != "pour" or (phrase.last < len(stream) and stream[phrase.last].text == ","):
            return Clue(at, phrase, sure=part.low != "pour" and not is_joined(stream, phrase))
    return None


def spoken_before(stream: Sequence[Part], quote: int, names: Sequence[Entity]) -> Clue | None:
    """The subject of the last verb of speech before the quotation."""
    verb = next((at for at in range(quote - 1, -1, -1) if _is_speech(stream, at)), None)
    if verb is None:
        return None
    main = next((at for at in range(verb - 1, -1, -1) if _is_speech(stream, at)), verb)
    if stream[verb].low.endswith("ant"):
        clue = _subject_before(stream, main, names)
        return Clue(verb, clue.phrase, clue.pronoun, carries_on=True) if clue else Clue(verb, carries_on=True)
    if (
        stream[verb].low.endswith(("er", "ir", "re"))
        and stream[verb - 1].low in ("de", "d'", "à")
        and verb - main < 5
    ):
        return _subject_before(stream, main, names)
    clue = _subject_before(stream, verb, names)
    if clue is not None and clue.sure and not _governs(stream, verb, quote, names):
        return replace(clue, sure=False)
    return clue


def _governs(stream: Sequence[Part], verb: int, quote: int, names: Sequence[Entity]) -> bool:
    """Nobody else can come in between the verb of speech and the quotation."""
    between = stream[verb + 1 : quote]
    return len(between) <= _NEAR and not any(
        p.low in _RELATIVES or p.low == "par" or (p.kind == "name" and names[p.index].kind == "person")
        for p in between
    )


def _is_speech(stream: Sequence[Part], at: int) -> bool:
    part = stream[at]
    before = stream[at - 1].low if at else ""
    if part.low in ("part", "état", "savoir", "valoir") and before in _MAKES:
        return True
    if part.kind != "word" or part.low not in SPEECH:
        return False
    if before in DETERMINERS and before not in ("l'", "le", "la", "les", "leur"):
        return False
    if before in ("le", "la", "les", "du", "au", "aux", "leur") and not _is_clitic(stream, at - 1):
        return False
    if before == "l'" and not _is_clitic(stream, at - 1):
        return False
    if part.low.endswith(("é", "és", "ée", "ées")):
        return _in_active_perfect(stream, at)
    return True


def _is_clitic(stream: Sequence[Part], at: int) -> bool:
    """An object pronoun and no article: something that can only be a subject or `ne` stands before it."""
    before = stream[at - 1].low if at else ""
    return before in ("il", "elle", "on", "qui", "ne", "ils", "elles", "je", "nous", "me", "te") or (
        at > 0 and stream[at - 1].kind == "name"
    )  # fmt: skip


def _in_active_perfect(stream: Sequence[Part], at: int) -> bool:
    """`a déclaré`, `s’est dit`; not `est accusé` nor `les fonds annoncés`."""
    for back in range(at - 1, max(at - 5, -1), -1):
        low = stream[back].low.partition("-")[0]
        if low in ("est", "était", "sont", "étaient", "été", "sera", "fut"):
            return back > 0 and stream[back - 1].low in ("s'", "se", "m'", "nous")
        if low in (
            "a",
            "ont",
            "avait",
            "avaient",
            "aurait",
            "aura",
            "auront",
            "auraient",
            "ayant",
            "avoir",
            "ait",
        ):
            return True
        if low not in ADVERBS and not low.endswith("ment"):
            return False
    return False


def _subject_before(stream: Sequence[Part], verb: int, names: Sequence[Entity]) -> Clue | None:
    at = verb - 1
    while at >= 0 and stream[at].kind == "word" and _belongs_to_verb(stream[at].low):
        at -= 1
    if at < 0:
        return None
    low = stream[at].low
    if low.rpartition("-")[2] in ("il", "elle", "ils", "elles"):
        return Clue(at, pronoun=low.rpartition("-")[2])
    if low in ("on", "je", "j'", "nous", "vous", "tu"):
        return None
    comma = at
    if stream[at].text == "," and (aside := _aside(stream, at)) is not None:
        at = aside
    hidden = _relative_clauses(stream, verb)
    if low == "qui":
        return _last(p for p in _phrases(stream, 0, at, names) if p.last >= at - 1)
    # `Le maire, lui, …` and `Le maire, Paul Martin, …`
    phrases = _phrases(stream, 0, verb, names, any_noun=True)
    beside = (p for p in phrases if p.last == at + 1 or (p.last == comma and p.first <= at < comma))
    near = _last(p for p in beside if not p.governed)
    if near is not None:
        return replace(near, sure=near.phrase is not None and not is_joined(stream, near.phrase))
    people = (
        p
        for p in _phrases(stream, 0, verb, names)
        if not p.governed and p.first not in hidden and (p.name is None or names[p.name].kind == "person")
    )
    return _last(people)


def _aside(stream: Sequence[Part], comma: int) -> int | None:
    """The last place before `, lui,` or `, de son côté,`."""
    for at in range(comma - 1, max(comma - 8, 0), -1):
        if stream[at].text == ",":
            return at - 1 if comma > at + 1 else None
    return None


def _belongs_to_verb(low: str) -> bool:
    return low in CLITICS or low in AUXILIARIES or low in ADVERBS or low.endswith("ment") or low == "à"


def _phrases(
    stream: Sequence[Part], at: int, end: int, names: Sequence[Entity], *, any_noun: bool = False
) -> Iterable[Phrase]:
    while at < end:
        phrase = phrase_at(stream, at, names, any_noun=any_noun)
        if phrase is not None and phrase.last <= end:
            yield phrase
            at = phrase.last
        else:
            at += 1


def _last(phrases: Iterable[Phrase]) -> Clue | None:
    last = None
    for last in phrases:  # noqa: B007 - the last one is what is wanted
        pass
    return Clue(last.first, last) if last is not None else None


def _relative_clauses(stream: Sequence[Part], end: int) -> set[int]:
    """Places between `, qui` and the comma that closes the clause."""
    hidden: set[int] = set()
    start = None
    for at in range(end):
        if start is None and at and stream[at].low in _RELATIVES and stream[at - 1].text == ",":
            start = at
        elif start is not None and stream[at].text == ",":
            hidden |= set(range(start, at))
            start = None
    return hidden


def colon_before(stream: Sequence[Part], quote: int, names: Sequence[Entity]) -> Clue | None:
    """`Le maire se veut rassurant : « … »`."""
    if not quote or stream[quote - 1].text != ":":
        return None
    somebody = list(_phrases(stream, 0, quote, names))
    first = next((p for p in somebody if not p.governed), None)
    if first is not None and (first.name is None or names[first.name].kind == "person"):
        return Clue(first.first, first)
    opening = next((p.low for p in stream[:3] if p.low in ("il", "elle")), None)
    return Clue(0, pronoun=opening) if opening else None
