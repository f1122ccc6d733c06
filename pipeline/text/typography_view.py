"""What a reader sees of a Markdown file as one string, each character with its way back to the file.

Headings, paragraphs, items, quotations, cells, and the front matter's title and description, each followed by
a paragraph separator. Between two characters the file may hide Markdown marks: those are gaps.
"""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Literal

from pipeline.text.markdown import Block, BlockKind, Document

SEPARATOR = "\u2029"
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
# Inline code, and addresses in angle brackets.
_CODE_OPENS = re.compile(r"(?:`+ ?|<)\Z")
_CODE_CLOSES = re.compile(r"\A(?: ?`+|>)")
_FRONT = re.compile(r"\A---[ \t]*(?:\r\n|\n|\r)(.*?)^---", re.DOTALL | re.MULTILINE)
_FIELD = re.compile(
    r"^(?:title|description):[ \t]+(?P<value>[^\r\n]*(?:(?:\r\n|\n|\r)[ \t]+[^\r\n]*)*)", re.MULTILINE
)
_PLAIN_END = re.compile(r"[ \t]+#|[ \t]*\Z")
_FOLD = re.compile(r"[ \t]*(?:\r\n|\n|\r)[ \t]*")

UnitKind = BlockKind | Literal["front"]


@dataclass(frozen=True, slots=True)
class Unit:
    """One block or value: `View.text[start:end]`."""

    start: int
    end: int
    kind: UnitKind


@dataclass(frozen=True, slots=True)
class View:
    """A text as the rules see it."""

    text: str
    starts: Sequence[int]
    """Where each character begins in the file; -1 for a separator."""
    ends: Sequence[int]
    """Where it ends: an entity takes more than one place."""
    units: tuple[Unit, ...]
    gaps: dict[int, str]
    """What is hidden right before a character."""
    fixed: frozenset[int]
    """Characters of inline code and bare addresses, and those a plain YAML value cannot have changed."""


@dataclass(frozen=True, slots=True)
class _Run:
    """A unit before it has its place in the view."""

    kind: UnitKind
    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    before: str = ""
    after: str = ""
    plain: bool = False


def view(document: Document) -> View:
    """The view of a document; a block whose characters cannot all be found in the file is left out."""
    texts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    units: list[Unit] = []
    gaps: dict[int, str] = {}
    fixed: set[int] = set()
    for run in _runs(document):
        at = len(starts)
        texts += (run.text, SEPARATOR)
        starts += run.starts
        ends += run.ends
        units.append(Unit(at, len(starts), run.kind))
        gaps[at], gaps[len(starts)] = run.before, run.after
        starts.append(-1)
        ends.append(-1)
        if run.plain:
            fixed.update(at + i for i, char in enumerate(run.text) if char in ":#")
        elif not isinstance(run.starts, range) or run.before.endswith(("`", "` ", "<")):
            _hidden(document.text, run, at, gaps, fixed)
    return View("".join(texts), starts, ends, tuple(units), gaps, frozenset(fixed))


def _runs(document: Document) -> Iterator[_Run]:
    yield from _front_runs(document)
    for block in document.blocks:
        if block.kind not in ("code", "html") and block.text and block.offsets:
            run = _block_run(document.text, block)
            if run is not None:
                yield run


def _block_run(file: str, block: Block) -> _Run | None:
    first, length = block.offsets[0], len(block.text)
    before = file[max(block.start, first - 4) : first]
    whole = block.offsets[-1] == first + length - 1 and file.startswith(block.text, first)
    if whole and "\r" not in block.text and "\\" not in block.text and "&" not in block.text:
        end = first + length
        places = range(first, end)
        return _Run(
            block.kind,
            block.text,
            places,
            range(first + 1, end + 1),
            before,
            file[end : min(end + 4, block.end)],
        )
    ends = []
    for char, at in zip(block.text, block.offsets, strict=True):
        end_of_char = _end(file, at, char)
        if end_of_char is None:
            return None
        ends.append(end_of_char)
    return _Run(
        block.kind, block.text, block.offsets, ends, before, file[ends[-1] : min(ends[-1] + 4, block.end)]
    )


def _end(file: str, at: int, seen: str) -> int | None:
    """Where the character that shows as `seen` ends in the file; None when it is not there."""
    char = file[at]
    if char == "\\" and file[at + 1 : at + 2] == seen:
        return at + 2
    if char == "&":
        match = _ENTITY.match(file, at)
        if match and html.unescape(match.group()) == seen:
            return match.end()
    if char == "\r" and seen == "\n":
        return at + 2 if file[at + 1 : at + 2] == "\n" else at + 1
    return at + 1 if char == seen else None


def _hidden(file: str, run: _Run, at: int, gaps: dict[int, str], fixed: set[int]) -> None:
    """Note the gaps of a run, and the characters of its inline code."""
    code = bool(_CODE_OPENS.search(run.before))
    previous = run.starts[0]
    for index, (start, end) in enumerate(zip(run.starts, run.ends, strict=True), start=at):
        if start != previous:
            gap = file[previous:start] if previous < start else "\\"
            gaps[index] = gap
            code = bool(_CODE_OPENS.search(_CODE_CLOSES.sub("", gap) if code else gap))
        if code:
            fixed.add(index)
        previous = end


def _front_runs(document: Document) -> Iterator[_Run]:
    """The values of title and description, as far as their YAML is of a kind that can be changed in place."""
    head = _FRONT.match(document.text) if document.front else None
    if head is None:
        return
    for match in _FIELD.finditer(document.text, head.start(1), head.end(1)):
        name = match.group().partition(":")[0]
        known = document.front.get(name)
        run = _value(document.text, *match.span("value"))
        if run and isinstance(known, str) and run.text.split() == known.split():
            yield run


def _value(file: str, start: int, end: int) -> _Run | None:
    quote = file[start : start + 1]
    if quote in ('"', "'"):
        return _quoted_value(file, start + 1, end, quote)
    if quote in ("|", ">"):
        start = file.find("\n", start, end) + 1
        start += len(file[start:end]) - len(file[start:end].lstrip())
    else:
        stop = _PLAIN_END.search(file, start, end)
        end = stop.start() if stop else end
    return _joined(file, start, end, plain=quote not in ("|", ">"))


def _quoted_value(file: str, start: int, end: int, quote: str) -> _Run | None:
    """A quoted value; None when it holds an escape other than that of a quotation mark or a backslash."""
    text, starts, ends = [], [], []
    at = start
    while at < end and (file[at] != quote or (quote == "'" and file[at + 1 : at + 2] == "'")):
        fold = _FOLD.match(file, at, end)
        step = 2 if file[at] == "'" == quote or (file[at] == "\\" and quote == '"') else 1
        seen = file[at + step - 1]
        if fold:
            step, seen = fold.end() - at, "\n"
        elif step == 2 and seen not in "\"'\\":
            return None
        text.append(seen)
        starts.append(at)
        at += step
        ends.append(at)
    return _Run("front", "".join(text), starts, ends) if text else None


def _joined(file: str, start: int, end: int, *, plain: bool) -> _Run | None:
    """Lines of a value, without their indentation."""
    text: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = start
    for fold in (*_FOLD.finditer(file, start, end), None):
        stop = fold.start() if fold else end
        text.append(file[at:stop])
        starts += range(at, stop)
        ends += range(at + 1, stop + 1)
        if fold and fold.end() < end:
            text.append("\n")
            starts += repeat(fold.start(), 1)
            ends += repeat(fold.end(), 1)
        at = fold.end() if fold else end
    return _Run("front", "".join(text), starts, ends, plain=plain) if starts else None
