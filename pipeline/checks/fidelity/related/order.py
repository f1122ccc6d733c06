"""From when and until when, from how much to how much: the same values with their ends exchanged."""

import re
from collections.abc import Iterator
from functools import lru_cache

from pipeline.checks.fidelity.related.readings import Beside, Faced
from pipeline.model import Finding
from pipeline.text.clause_words import Word
from pipeline.text.opposites import poles

_UNTIL = r"(?:jusqu['’](?:au|à la|à l['’]|en|à)|avant(?: le| la)?|d['’]ici(?: au| le| à)?)"
_FROM = r"(?:à partir (?:du|de la|de l['’]|de|d['’])|à compter (?:du|de la|de|d['’])|dès(?: le| la)?|depuis(?: le| la)?|après(?: le| la)?)"
_WHEN = re.compile(
    rf"\b(?:(?P<until>{_UNTIL})|(?P<since>{_FROM}))\s*(?P<date>(?:1er|\d+)\s+\w+|\d{{4}}|\w+di)\b",
    re.IGNORECASE,
)
_NUMBER = r"(\d+(?:[ \u202f\u00a0]\d{3})*(?:,\d+)?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|quinze|vingt|trente|quarante|cinquante|cent|mille)"
_RISE = re.compile(rf"\b(?:de|d['’]) ?{_NUMBER}\b(?:[^.;:\d]{{0,40}}?)\bà {_NUMBER}\b", re.IGNORECASE)
_INSTEAD = re.compile(
    rf"\b{_NUMBER}\b(?:[^.;:\d]{{0,40}}?)\b(?:au lieu de|contre|après) {_NUMBER}\b"
    # `1 240 à Maubourg, contre 860 à Cressanges` compares two places, and may begin with either.
    r"(?! (?:[^\W\d_]+ )?(?:à|en|pour|chez|dans) (?:l[ae]s? |l[’'])?(?-i:[A-ZÀ-Ý]))",
    re.IGNORECASE,
)
# What something has come to: `se limite désormais à 250 000`.
_NOW = re.compile(
    r"\b(?:désormais|maintenant|à présent|dorénavant|plus que|passe(?:ra)?|tombe(?:ra)?|descend(?:ra)?|chute(?:ra)?|monte(?:ra)?|grimpe(?:ra)?"
    r"|ramenée?s?|portée?s?|réduite?s?|relevée?s?|s['’]établi(?:t|ra)|se limite(?:ra)?|atteint|atteindra)"
    rf"\b[^.;:,\d]{{0,25}}?(?<!\bde )(?<!d['’])\b{_NUMBER}\b",
    re.IGNORECASE,
)
_LONGEST = 1200


def exchanged_ends(sentence: Faced) -> Iterator[Finding]:
    text = sentence.statement.text[:_LONGEST]
    for beside in sentence.carriers:
        theirs = beside.carrier.text[:_LONGEST]
        here, there = _ends(text), _ends(theirs)
        for date, (end, at) in here.items():
            if date in there and there[date][0] != end and not _turned(sentence, beside):
                yield _finding(sentence, beside, at, f"“{date}” is the other end of it in the source")
        for (low, high), at in _changes(text).items():
            if (high, low) in _changes(theirs):
                yield _finding(
                    sentence, beside, at, f"source: from {high} to {low}; piece: from {low} to {high}"
                )
        yield from _old_for_new(sentence, beside, text, theirs)


def _old_for_new(sentence: Faced, beside: Beside, text: str, theirs: str) -> Iterator[Finding]:
    """What something was, told as what it is now, and nothing of what it is."""
    numbers = frozenset(m.group().lower() for m in _ANY_NUMBER.finditer(text))
    changes = [change for change in _changes(theirs) if change[1] not in numbers]
    for match in _NOW.finditer(text) if changes else ():
        told = match[1].lower()
        for before, after in changes:
            if told == before and all(told != other for _, other in _changes(theirs)):
                message = f"source: from {before} to {after}; piece: {match.group()}"
                yield _finding(sentence, beside, match.start(), message)


_ANY_NUMBER = re.compile(rf"\b{_NUMBER}\b", re.IGNORECASE)


@lru_cache(maxsize=512)
def _ends(text: str) -> dict[str, tuple[str, int]]:
    """Date to (`until` or `since`, its place); a date told both ways is left out."""
    found: dict[str, tuple[str, int]] = {}
    for match in _WHEN.finditer(text):
        found[match["date"].lower()] = ("until" if match["until"] else "since", match.start())
    return found


@lru_cache(maxsize=512)
def _changes(text: str) -> dict[tuple[str, str], int]:
    rises = {(m[1].lower(), m[2].lower()): m.start() for m in _RISE.finditer(text)}
    return rises | {(m[2].lower(), m[1].lower()): m.start() for m in _INSTEAD.finditer(text)}


def _turned(sentence: Faced, beside: Beside) -> bool:
    """Closed until Tuesday is open from Tuesday."""
    here, there = _sides(sentence.reading.words), _sides(beside.reading.words)
    return any((axis, 1 - side) in there for axis, side in here) or (
        any(w.denied for w in sentence.reading.words) != any(w.denied for w in beside.reading.words)
    )


def _sides(row: tuple[Word, ...]) -> frozenset[tuple[int, int]]:
    return frozenset(pole for w in row if w.root for pole in poles(w.root))


def _finding(sentence: Faced, beside: Beside, at: int, message: str) -> Finding:
    word = next((w for w in sentence.reading.words if w.start >= at), sentence.reading.words[0])
    return sentence.finding("FID010", message, word, word, beside)
