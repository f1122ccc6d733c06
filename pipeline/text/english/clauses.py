"""An English sentence read lightly: its words, each with what is denied of it and how far the sentence vouches for it.

No parser: closed classes and order, as `pipeline.text.clauses` reads a French one.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from pipeline.text.english.grammar import FUNCTION_WORDS, SPEECH

Mood = Literal["fact", "possible", "to come"]
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*%?|[^\W_]+(?:[-’'.][^\W_]+)*|[,;:()—–“”\"]|\S")
_BREAKS = frozenset(', ; : ( ) — – “ ” "'.split())
_JOINS = frozenset(
    "which who whom whose because although though while whereas when if unless but after before and".split()
)
_DENY = frozenset("not never no nobody none neither nor without cannot nothing hardly".split())
_MAY = frozenset(
    "may might could would possible possibly perhaps maybe allegedly alleged suspected reportedly unlikely likely probably "
    "whether if potentially feared hopes hope hoped considering considers wants want seeks should appears seems believed "
    "can thought risk risks apparently purported threatened threatens asked urged called wanted proposed".split()
)
_COMING = frozenset(
    "will shall plans planned planning expects expected expect due aims intends set scheduled forecast "
    "aiming hoping preparing".split()
)
# A promise or a bargain is made, what it is about is not: `promised to close`, but `promised 60 million`.
_BEFORE_TO = frozenset("promised vowed pledged agreed about".split())
_SAYING = frozenset("announcing promising warning adding".split())
_REACH = 14
_LONGEST = 1200


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    low: str
    start: int
    end: int
    segment: int
    """Its number among the stretches that marks and conjunctions part."""
    tells: bool
    """No grammatical word."""
    denied: bool = False
    mood: Mood = "fact"


@lru_cache(maxsize=512)
def read(sentence: str) -> tuple[Word, ...]:
    """A sentence longer than anyone writes is read as far as the limit."""
    row: list[tuple[str, int, int, int]] = []
    segment = 0
    for m in _TOKEN.finditer(sentence[:_LONGEST]):
        segment += m.group() in _BREAKS or m.group().lower() in _JOINS
        row.append((m.group(), m.start(), m.end(), segment))
    segments = [s for *_, s in row]
    lows = [text.lower() for text, *_ in row]
    denied = frozenset(_under(segments, (denies(low) for low in lows)))
    # `said it would close`: told as what is to come, by somebody
    said = not (SPEECH | _SAYING).isdisjoint(lows)
    later = _COMING | {"would"} if said else _COMING
    may = _MAY - {"would"} if said else _MAY
    coming = frozenset(_under(segments, (low in later or _promises(lows, at) for at, low in enumerate(lows))))
    possible = frozenset(_under(segments, (low in may for low in lows)))
    return tuple(
        Word(
            text, lows[at], start, end, number, text[0].isalnum() and lows[at] not in FUNCTION_WORDS,
            at in denied, "possible" if at in possible else "to come" if at in coming else "fact",
        )
        for at, (text, start, end, number) in enumerate(row)
    )  # fmt: skip


def _promises(lows: Sequence[str], at: int) -> bool:
    return lows[at] in _BEFORE_TO and lows[at + 1 : at + 2] == ["to"]


def denies(low: str) -> bool:
    """A word, in lower case, that denies what follows it."""
    return low in _DENY or low.endswith(("n't", "n’t"))


def is_said(row: Sequence[Word]) -> bool:
    """A verb of speech, or `according to`, gives it to somebody."""
    return any(w.low in SPEECH or w.low == "according" for w in row)


def _under(segments: Sequence[int], opens: Iterable[bool]) -> Iterator[int]:
    """The places of the words that open something, and of those after them in their stretch."""
    for at, does in enumerate(opens):
        if does:
            yield from (n for n in range(at, min(at + _REACH, len(segments))) if segments[n] == segments[at])
