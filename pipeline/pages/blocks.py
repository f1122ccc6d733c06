"""The Markdown file as it is written, cut into headings, paragraphs, items, …: the blocks together are the file."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from pipeline.pages.render import parser

BlockKind = Literal["heading", "text", "item", "quote", "row", "code", "rule", "meta"]
_KINDS: dict[str, BlockKind] = {
    "front_matter": "meta",
    "heading_open": "heading",
    "paragraph_open": "text",
    "list_item_open": "item",
    "blockquote_open": "quote",
    "tr_open": "row",
    "fence": "code",
    "code_block": "code",
    "hr": "rule",
}
_LINE_END = re.compile(r"\r\n?|\n")
_HEADING = re.compile(r"(#{1,6})[ \t]+(.*)")


@dataclass(frozen=True, slots=True)
class Block:
    kind: BlockKind
    start: int
    shown: int
    """Where the blanks behind it begin."""
    end: int
    level: int = 0
    """1 to 6 for a heading."""
    heading: str = ""
    """The words of a heading."""


def blocks(text: str) -> Iterator[Block]:
    """In order, without gaps. What no token stands for belongs to the block before it."""
    kinds: dict[int, BlockKind] = {0: "text"}
    for token in parser().parse(text):
        if token.map and token.type in _KINDS and kinds.get(token.map[0], "text") == "text":
            kinds[token.map[0]] = _KINDS[token.type]
    starts = [0, *(m.end() for m in _LINE_END.finditer(text))]
    for line, after in pairwise([*sorted(kinds), len(starts)]):
        start, end = starts[line], starts[after] if after < len(starts) else len(text)
        written = text[start:end].rstrip()
        level, heading = _heading(kinds[line], written)
        yield Block(kinds[line], start, start + len(written), end, level, heading)


def _heading(kind: BlockKind, written: str) -> tuple[int, str]:
    """Level and words of a heading; 0 for anything else, 2 for one that is underlined instead of numbered."""
    if kind != "heading":
        return 0, ""
    marked = _HEADING.match(written)
    return (len(marked[1]), marked[2].rstrip("# \t")) if marked else (2, written)
