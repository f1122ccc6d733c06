"""The quotations of a piece, each held against the words of the sources."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

from pipeline.checks.fidelity.comparison import Comparison, Statement
from pipeline.checks.fidelity.said.disguise import disguised, running
from pipeline.checks.fidelity.said.wording import At, Stream, Word, Wording, wording, words_of
from pipeline.text.facts import Speech
from pipeline.text.gazetteer import SAME
from pipeline.text.name_forms import spelling_key

Verdict = Literal["said", "known", "told", "joined", "altered", "invented"]

_CUT = re.compile(r"(?<!\w)\[[^\[\]\n]{0,200}\](?!\w)|…|\.\.\.|\([^()\n]{0,200}\)")
# A writer's own emphasis, a title, a word taken up: it needs only to be in the source, in any form.
_SHORT = 2
# So many words of the narration in a row are no phrase of the language; in marks they pass for speech.
_UNSPOKEN = 4
# Below this share of its words in order, a quotation is no version of another. As a partial ratio of 75.
_ALIKE = 0.5
_LONGEST = 400
_PLACES = 400
_MOST_PARTS = 40
_ALIASES = {spelling_key(other): spelling_key(first) for first, other in SAME}


@dataclass(frozen=True, slots=True)
class Difference:
    """Words of a quotation and what the source has in their stead."""

    source: str
    piece: str
    start: int
    end: int
    """In the block."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether the sources have the words of a quotation."""

    verdict: Verdict
    spots: tuple[At, ...] = ()
    """The first word of the quotation wherever the sources have it, or of what comes nearest."""
    differences: tuple[Difference, ...] = ()
    omitted: tuple[str, ...] = ()
    """What `[…]` leaves out of one quotation."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """`statement.block.text[start:end]` stands between marks, or is dressed as speech in another way."""

    statement: Statement
    start: int
    end: int
    speech: Speech | None
    """None for words in italics, after a dash or in single marks."""
    judgement: Judgement

    @property
    def text(self) -> str:
        return self.statement.block.text[self.start : self.end]


@lru_cache(maxsize=2)
def quoted(comparison: Comparison) -> tuple[Quoted, ...]:
    """All quotations of the piece that hold a word, in reading order."""
    if not comparison.sources:
        return ()
    known = wording(comparison.sources)
    found = []
    for statement in comparison.statements:
        for start, end, speech in _stretches(comparison, statement):
            judgement = judge(known, statement.block.text, start, end)
            if judgement is not None:
                found.append(Quoted(statement, start, end, speech, judgement))
    return tuple(found)


def _stretches(comparison: Comparison, statement: Statement) -> Iterator[tuple[int, int, Speech | None]]:
    for speech in comparison.speeches(statement):
        if speech.span.closed:
            yield speech.span.start, speech.span.end, speech
    paragraph = statement.paragraph
    for start, end in (*disguised(comparison, paragraph), *running(comparison).get(paragraph, ())):
        if statement.start <= start < statement.end:
            yield start, end, None


def judge(known: Wording, text: str, start: int, end: int) -> Judgement | None:
    """None when `text[start:end]` holds no word."""
    whole = words_of(text, start, end)
    if not whole:
        return None
    sought = [w.text for w in whole]
    if (at := known.spoken.find(sought)) != []:
        return Judgement("said", _spots(known.spoken, at))
    segments = [s for s in (words_of(text, a, b) for a, b in _segments(text, start, end)) if s]
    if len(segments) > 1 and (judgement := _in_parts(known.spoken, segments)):
        return judgement
    if len(sought) <= _SHORT and (judgement := _short(known, sought)):
        return judgement
    if (at := known.written.find(sought)) != []:
        return Judgement("told" if len(sought) >= _UNSPOKEN else "known", _spots(known.written, at))
    return _nearest(known, text, segments)


def _spots(stream: Stream, found: Sequence[int] | None) -> tuple[At, ...]:
    return tuple(here for at in (found or ())[:20] if (here := stream.origin(at)))


def _short(known: Wording, sought: Sequence[str]) -> Judgement | None:
    for stream in (known.spoken, known.written):
        found = stream.find(sought, inflected=True)
        if found != []:
            return Judgement("known", _spots(stream, found) if stream is known.spoken else ())
    return None


def _segments(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for cut in _CUT.finditer(text, start, end):
        yield at, cut.start()
        at = cut.end()
    yield at, end


def _in_parts(spoken: Stream, segments: Sequence[Sequence[Word]]) -> Judgement | None:
    """`« … […] … »`: every part is somebody's words; in one quotation and in order, or joined from several."""
    places = [spoken.find([w.text for w in s], most=_PLACES) for s in segments[:_MOST_PARTS]]
    if any(p == [] for p in places):
        return None
    starts = [p[0] if p else 0 for p in places]
    for first in places[0] or ():
        chain = _chain(spoken, first, segments, places)
        if chain:
            gaps = tuple(
                " ".join(spoken.words[a + len(s) : b])
                for a, s, b in zip(chain, segments, chain[1:], strict=False)
            )
            return Judgement("said", _spots(spoken, chain[:1]), omitted=gaps)
    return Judgement("joined", _spots(spoken, starts))


def _chain(
    spoken: Stream, first: int, segments: Sequence[Sequence[Word]], places: Sequence[list[int] | None]
) -> list[int]:
    chain = [first]
    for before, found in zip(segments, places[1:], strict=False):
        least = chain[-1] + len(before)
        following = next((p for p in found or () if p >= least), None)
        if following is None or "" in spoken.words[least:following]:
            return []
        chain.append(following)
    return chain


def _nearest(known: Wording, text: str, segments: Sequence[Sequence[Word]]) -> Judgement:
    """What the sources have instead of the first part that is nowhere in them."""
    missing = [s for s in segments if known.spoken.find([w.text for w in s]) == []] or segments[:1]
    piece = missing[0][:_LONGEST]
    sought = [w.text for w in piece]
    for stream in (known.spoken, known.written):
        at = stream.nearest(sought)
        if at is None:
            continue
        first, last = _window(stream, at, len(sought))
        matcher = SequenceMatcher(None, stream.words[first:last], sought, autojunk=False)
        same = sum(block.size for block in matcher.get_matching_blocks())
        if same < _ALIKE * len(sought):
            continue
        changes = _changes(matcher.get_opcodes(), last - first)
        if all(_is_name_variant(stream, text, piece, first, c) for c in changes):
            return Judgement("said", _spots(stream, [first]))
        told = tuple(_difference(stream, text, piece, first, change) for change in changes)
        return Judgement("altered", _spots(stream, [first + matcher.get_matching_blocks()[0].a]), told)
    return Judgement("invented")


def _window(stream: Stream, at: int, length: int) -> tuple[int, int]:
    """Some words around a place, as far as the quotation reaches."""
    first, last = max(0, at), min(len(stream.words), at + length)
    if first >= last:
        return max(0, len(stream.words) - 1), len(stream.words)
    while first > max(0, at - 4) and stream.words[first - 1]:
        first -= 1
    while last < min(len(stream.words), at + length + 6) and stream.words[last]:
        last += 1
    return first, last


_Change = tuple[int, int, int, int]
"""Words of the window, words of the quotation, as (start, end) each."""


def _changes(opcodes: Sequence[tuple[str, int, int, int, int]], width: int) -> list[_Change]:
    """Without what only the window has, at its edges."""
    changes = [op[1:] for op in opcodes if op[0] != "equal"]
    return [c for c in changes if c[2] < c[3] or 0 < c[0] < c[1] < width]


def _is_name_variant(stream: Stream, text: str, piece: Sequence[Word], first: int, change: _Change) -> bool:
    """`Zelensky` for `Zelenskyy`, `Kyiv` for `Kiev`."""
    a, b, c, d = change
    if b - a != 1 or d - c != 1:
        return False
    origin = stream.origin(first + a)
    if origin is None:
        return False
    theirs, ours = (
        origin.source.facts.passages[origin.paragraph].text[origin.start : origin.end],
        text[piece[c].start : piece[c].end],
    )
    keys = [spelling_key(form) for form in (theirs, ours)]
    return theirs[0].isupper() and ours[0].isupper() and len({_ALIASES.get(k, k) for k in keys}) == 1


def _difference(stream: Stream, text: str, piece: Sequence[Word], first: int, change: _Change) -> Difference:
    """The words at odds, with a neighbour where one side has none."""
    a, b, c, d = change
    bare = a == b or c == d
    a, c = (a - 1, c - 1) if bare and min(a, c) > 0 else (a, c)
    b, d = (b + 1, d + 1) if bare and d < len(piece) else (b, d)
    theirs = [o for at in range(first + a, first + b) if (o := stream.origin(at))]
    ours = piece[c:d] or piece[-1:]
    there = theirs[0].source.facts.passages[theirs[0].paragraph].text if theirs else ""
    whole = (
        bool(theirs) and theirs[-1].paragraph == theirs[0].paragraph and theirs[-1].source is theirs[0].source
    )
    return Difference(
        there[theirs[0].start : theirs[-1].end] if whole else " ".join(stream.words[first + a : first + b]),
        text[ours[0].start : ours[-1].end],
        ours[0].start,
        ours[-1].end,
    )
