"""Speech without French quotation marks: in italics, after a dialogue dash, in single marks.

Such words are claimed to be somebody's as much as those between « and ». Names of works and foreign words stand
in italics too, and lists in dashes: only words in the first person, or with an incise behind them, are speech.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from pipeline.checks.fidelity.comparison import Comparison
from pipeline.text.facts import Speech
from pipeline.text.first_person import first_person
from pipeline.text.markdown import Block
from pipeline.text.quotes import stray_closers
from pipeline.text.tokens import tokens
from pipeline.text.verbs import SPEECH

_FEWEST = 3
_SIGNED = re.compile(r"(?:^|\n)[ \u00a0]*[—–-]+[ \u00a0]?[^\n]{0,200}\Z")
_DASH = re.compile(r"\s*[—–]\s+(?=\w)")
_INSIDE = r"((?:[^‘’'‹›«»“”\n]|(?<=\w)[’'](?=\w)){2,400})"
_SINGLE = re.compile(rf"(?:‹\s?|(?<![\w’'])[‘'])(?=\w){_INSIDE}(?:›|[’'](?!\w))")
_INVERSION = re.compile(r"[\w’']*(?:-t)?-(?:il|elle|ils|elles)")
_AHEAD = 60
_MOST_BLOCKS = 12


def disguised(comparison: Comparison, paragraph: int) -> tuple[tuple[int, int], ...]:
    """The (start, end) of each stretch of a block that is dressed as speech, in order; none in a quotation."""
    return _rows(comparison)[paragraph]


@lru_cache(maxsize=2)
def _rows(comparison: Comparison) -> tuple[tuple[tuple[int, int], ...], ...]:
    """Of each block."""
    file, speeches = comparison.document.text, comparison.piece.speeches
    return tuple(tuple(_dressed(file, b, row)) for b, row in zip(comparison.blocks, speeches, strict=True))


def _dressed(file: str, block: Block, row: Sequence[Speech]) -> Iterator[tuple[int, int]]:
    if block.kind == "quote" and not row:
        yield from _set_apart(block)
        return
    for a, b in sorted(set(_candidates(file, block))):
        quoted = any(s.span.outer_start < b and a < s.span.outer_end for s in row)
        if not quoted and len(tokens(block.text[a:b])) >= _FEWEST and _is_speech(block.text, a, b):
            yield a, b


@lru_cache(maxsize=2)
def running(comparison: Comparison) -> dict[int, tuple[tuple[int, int], ...]]:
    """Stretches of quotations that run over several blocks, by block: closed in a later one, or opened again in
    each. A quotation that is never closed is none: TYP001 blocks it.
    """
    found: dict[int, tuple[tuple[int, int], ...]] = {}
    blocks, rows = comparison.blocks, comparison.piece.speeches
    for first, row in enumerate(rows):
        if not row or row[-1].span.closed:
            continue
        for last in range(first + 1, min(first + _MOST_BLOCKS, len(blocks))):
            text = blocks[last].text
            closers = stray_closers(text)
            reopens = text.lstrip()[:1] in ("«", "“", "»")
            if closers or reopens:
                end = closers[0] if closers and not reopens else 0
                found[first] = ((row[-1].span.start, len(blocks[first].text)),)
                found |= {n: ((0, len(blocks[n].text)),) for n in range(first + 1, last)}
                found |= {last: ((0, end),)} if end else {}
            if closers or reopens or blocks[last].kind == "heading" or rows[last]:
                break
    return found


def _set_apart(block: Block) -> tuple[tuple[int, int], ...]:
    """All of a block quotation without marks, but who says it below: `— Marc Lorain`."""
    signed = _SIGNED.search(block.text)
    end = len(block.text[: signed.start() if signed else None].rstrip())
    return ((0, end),) if len(tokens(block.text[:end])) >= _FEWEST else ()


def _candidates(file: str, block: Block) -> Iterator[tuple[int, int]]:
    if dash := _DASH.match(block.text):
        incise = _incise(block.text, dash.end())
        yield dash.end(), incise if incise is not None else len(block.text)
    if any(mark in block.text for mark in "‘'‹"):
        yield from (m.span(1) for m in _SINGLE.finditer(block.text))
    if any(mark in file[block.start : block.end] for mark in "*_"):
        yield from _emphasised(file, block)


def _incise(text: str, start: int) -> int | None:
    """Where the comma before `dit-il` stands."""
    for comma in re.finditer(r"[,!?…]\s", text[start:]):
        if _says(text, start + comma.end()):
            return start + comma.start()
    return None


def _emphasised(file: str, block: Block) -> Iterator[tuple[int, int]]:
    """Stretches whose signs `*` or `_` are left out of what a reader sees."""
    opened: int | None = None
    before = block.start
    for at in range(len(block.text) + 1):
        place = block.offsets[at] if at < len(block.text) else block.end
        hidden = file[before:place] if place > before else ""
        if ("*" in hidden or "_" in hidden) and "\n" not in hidden.strip("\n"):
            if opened is None:
                opened = at
            else:
                yield opened, at
                opened = None if at == len(block.text) or not hidden.count(" ") else at
        before = place + 1


def _is_speech(text: str, start: int, end: int) -> bool:
    if next(first_person(text[start:end]), None) is not None:
        return True
    after = re.match(r"[\s*_»”›’',;!?.…]{1,6}", text[end : end + 8])
    return after is not None and "," in after.group() and _says(text, end + after.end())


def _says(text: str, at: int) -> bool:
    """A verb of speech with its subject behind it comes next: `a-t-il dit`, `dit le maire`, `a déclaré X`."""
    words = tokens(text[at : at + _AHEAD])[:3]
    if not words:
        return False
    inverted = _INVERSION.fullmatch(words[0].low) is not None
    perfect = words[0].low in ("a", "ont", "avait") and any(w.low in SPEECH for w in words[1:])
    return inverted or perfect or words[0].low in SPEECH
