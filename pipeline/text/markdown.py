"""A Markdown file as blocks of plain text, each with its way back to the file.

Every check looks at a `Document`, so a finding can name the place in the file as the user sees it.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from pipeline.model import Place
from pipeline.text import plain_yaml
from pipeline.text.apparatus import mark_apparatus

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

BlockKind = Literal["heading", "paragraph", "item", "quote", "cell", "code", "html"]

_LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, list item, quotation, table cell, code or HTML block.

    `text` is what a reader sees; `offsets[i]` is the place in the file of `text[i]`.
    """

    kind: BlockKind
    text: str
    offsets: Sequence[int]
    start: int
    """Offsets of the block's lines in the file; `end` is exclusive."""
    end: int
    level: int = 0
    """1 to 6 for a heading."""
    apparatus: bool = False
    """True for sources, notes and the disclosure: part of the file, not of the article."""
    links: tuple[str, ...] = ()
    html: tuple[tuple[int, int], ...] = ()
    """Spans of raw HTML in the file."""
    anchors: tuple[tuple[int, int, str], ...] = ()
    """Of each link: where in the text its words begin and end, and its target."""
    aside: tuple[tuple[str, int], ...] = ()
    """What stands for an image, and the titles of links and images, each with its place in the file."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where `text[start:end]` stands in the file."""
        if start >= end or not self.offsets:
            at = self.offsets[start] if start < len(self.offsets) else self.end
            return at, at
        return self.offsets[start], self.offsets[end - 1] + 1


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands under it; the first section of a document may have no heading."""

    heading: Block | None
    blocks: tuple[Block, ...]

    @property
    def title(self) -> str | None:
        return self.heading.text if self.heading else None


@dataclass(frozen=True, slots=True)
class Document:
    """A Markdown file as read: its front matter and its blocks, in reading order."""

    text: str
    front: dict[str, Any]
    blocks: tuple[Block, ...]
    line_starts: tuple[int, ...]
    heading_starts: tuple[int, ...]
    heading_texts: tuple[str, ...]
    front_error: str | None = None

    @property
    def headings(self) -> tuple[Block, ...]:
        return tuple(b for b in self.blocks if b.kind == "heading" and not b.apparatus)

    @property
    def prose(self) -> tuple[Block, ...]:
        """Paragraphs, list items and quotations of the article: what counts as its words."""
        return tuple(b for b in self.blocks if b.kind in ("paragraph", "item", "quote") and not b.apparatus)

    @property
    def shown(self) -> tuple[Block, ...]:
        """All a reader sees of the article but its headings: prose, table cells and code."""
        kinds = ("paragraph", "item", "quote", "cell", "code")
        return tuple(b for b in self.blocks if b.kind in kinds and not b.apparatus)

    @property
    def html(self) -> tuple[tuple[int, int], ...]:
        """Spans of raw HTML in the file, in reading order."""
        return tuple(span for block in self.blocks for span in block.html)

    def sections(self) -> tuple[Section, ...]:
        """The article cut at every heading; apparatus left out."""
        return tuple(_sections(b for b in self.blocks if not b.apparatus))

    def place(self, start: int, end: int) -> Place:
        """The `Place` of a span of the file."""
        line = bisect_right(self.line_starts, start)
        before = bisect_right(self.heading_starts, start)
        section = self.heading_texts[before - 1] if before else None
        return Place(line, start, end, self.text[start:end], section)

    def place_in(self, block: Block, start: int, end: int) -> Place:
        """The `Place` of a span of a block's text."""
        return self.place(*block.span(start, end))


def parse(text: str) -> Document:
    """Read a Markdown file. Never fails: broken front matter is kept in `front_error`.

    A text that was read just now is the same value again; nobody may change its `front`.
    """
    return _kept(text) if len(text) < _LONG else _parsed(text)


# A piece as it is finished is read for its checks, pages, report, links and line in the ledger.
_LONG = 200_000
_LAST = 8


@lru_cache(maxsize=_LAST)
def _kept(text: str) -> Document:
    return _parsed(text)


def _parsed(text: str) -> Document:
    line_starts = _line_starts(text)
    tokens = parser().parse(text)
    front, error = _front_matter(tokens)
    blocks = tuple(_blocks(text, tokens, line_starts))
    headings = [b for b in blocks if b.kind == "heading"]
    return Document(
        text,
        front,
        mark_apparatus(blocks, front),
        line_starts,
        tuple(b.start for b in headings),
        tuple(b.text for b in headings),
        error,
    )


@lru_cache(maxsize=1)
def parser() -> "MarkdownIt":
    """CommonMark with tables and front matter. HTML is recognised, so that it can be seen; never rendered."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.front_matter import front_matter_plugin

    # Without text_join, escapes and entities stay apart, and each keeps the length it has in the file.
    return MarkdownIt("commonmark").enable("table").disable("text_join").use(front_matter_plugin)


def _line_starts(text: str) -> tuple[int, ...]:
    return (0, *(match.end() for match in _LINE_END.finditer(text)))


def _front_matter(tokens: "Sequence[Token]") -> tuple[dict[str, Any], str | None]:
    if not tokens or tokens[0].type != "front_matter":
        return {}, None
    head = tokens[0].content
    return _kept_fields(head) if len(head) < _LONG else _fields(head)


@lru_cache(maxsize=_LAST)  # a draft is looked at again with the same head
def _kept_fields(head: str) -> tuple[dict[str, Any], str | None]:
    return _fields(head)


def _fields(head: str) -> tuple[dict[str, Any], str | None]:
    import yaml

    try:
        data = plain_yaml.load(head)
    except (yaml.YAMLError, RecursionError) as error:
        return {}, " ".join(str(error).split())[:300]
    return (data, None) if isinstance(data, dict) else ({}, "front matter is not a list of fields")


def _blocks(text: str, tokens: "Sequence[Token]", line_starts: tuple[int, ...]) -> Iterator[Block]:
    stack: list[str] = []
    level = cursor = 0

    def lines(token: "Token") -> tuple[int, int]:
        first, last = token.map or (0, 0)
        ends = line_starts[last] if last < len(line_starts) else len(text)
        return line_starts[min(first, len(line_starts) - 1)], ends

    for token in tokens:
        if token.nesting == 1:
            stack.append(token.type)
            level = int(token.tag[1]) if token.type == "heading_open" else 0
        elif token.nesting == -1:
            stack.pop()
        elif token.type in ("fence", "code_block", "html_block"):
            start, end = lines(token)
            kind: BlockKind = "html" if token.type == "html_block" else "code"
            html = ((start, end),) if kind == "html" else ()
            yield Block(kind, text[start:end], range(start, end), start, end, html=html)
            cursor = end
        elif token.type == "inline":
            start, end = lines(token)
            cursor = max(cursor, start)
            inline = _inline(text, token, cursor, end)
            cursor = inline.end
            yield Block(
                _kind(stack),
                inline.text,
                inline.offsets,
                start,
                end,
                level,
                links=inline.links,
                anchors=inline.anchors,
                html=inline.html,
                aside=inline.aside,
            )


def _kind(stack: list[str]) -> BlockKind:
    if stack[-1] == "heading_open":
        return "heading"
    if stack[-1] in ("th_open", "td_open"):
        return "cell"
    if "blockquote_open" in stack:
        return "quote"
    return "item" if "list_item_open" in stack else "paragraph"


@dataclass(frozen=True, slots=True)
class _Inline:
    """The text of a block, with its places in the file."""

    text: str
    offsets: list[int]
    links: tuple[str, ...]
    anchors: tuple[tuple[int, int, str], ...]
    html: tuple[tuple[int, int], ...]
    aside: tuple[tuple[str, int], ...]
    end: int


def _inline(text: str, token: "Token", cursor: int, end: int) -> _Inline:
    """What an inline token shows, where each character of it stands, its link targets and its raw HTML."""
    plain: list[str] = []
    offsets: list[int] = []
    links: list[str] = []
    anchors: list[tuple[int, int, str]] = []
    opened: list[tuple[int, str]] = []
    html: list[tuple[int, int]] = []
    aside: list[tuple[str, int]] = []
    for child in token.children or ():
        for told in _aside(child):
            found = text.find(told, cursor, end)
            aside.append((told, found if found >= 0 else cursor))
        if child.type in ("link_open", "image"):
            links.append(str(child.attrs.get("href" if child.type == "link_open" else "src", "")))
        if child.type == "link_open":
            opened.append((len(offsets), links[-1]))
        elif child.type == "link_close" and opened:
            start, target = opened.pop()
            anchors.append((start, len(offsets), target))
        mark, seen = _as_written(child)
        if seen == "\n":  # a line may end in any of three ways in the file
            found_end = _LINE_END.search(text, cursor, end)
            mark = found_end.group() if found_end else mark
        if not mark:
            continue
        found = _find(text, mark, cursor, end)
        at = found if found >= 0 else cursor
        plain.append(seen)
        offsets.extend(_places(at, end, mark, seen))
        cursor = at + len(mark) if found >= 0 else cursor
        if child.type == "html_inline" and found >= 0:
            html.append((found, cursor))
    return _Inline("".join(plain), offsets, tuple(links), tuple(anchors), tuple(html), tuple(aside), cursor)


def _places(at: int, end: int, mark: str, seen: str) -> Iterable[int]:
    """Of each character that is seen, where it stands before `end`."""
    if len(mark) != len(seen):  # an entity is one character to the reader
        return [min(at, end - 1)] * len(seen)
    if at + len(seen) <= end:
        return range(at, at + len(seen))
    return (min(at + i, end - 1) for i in range(len(seen)))


def _aside(child: "Token") -> Iterator[str]:
    if child.type in ("link_open", "image"):
        told = (child.content if child.type == "image" else "", str(child.attrs.get("title") or ""))
        yield from (words for words in told if words.strip())


def _find(text: str, mark: str, cursor: int, end: int) -> int:
    """Where `mark` stands; in a code span a line end of the file has become a space."""
    found = text.find(mark, cursor, end)
    if found < 0 and " " in mark:
        spaced = re.compile(re.escape(mark).replace("\\ ", r"\s")).search(text, cursor, end)
        found = spaced.start() if spaced else -1
    return found


def _as_written(child: "Token") -> tuple[str, str]:
    """What stands in the file, and what a reader sees of it."""
    if child.type in ("text", "code_inline"):
        return child.content, child.content
    if child.type == "text_special":
        return child.markup, child.content
    if child.type in ("softbreak", "hardbreak"):
        return "\n", "\n"
    if child.type == "html_inline":
        return child.content, ""
    return "", ""


def _sections(blocks: Iterable[Block]) -> Iterator[Section]:
    heading: Block | None = None
    under: list[Block] = []
    for block in blocks:
        if block.kind == "heading":
            if heading or under:
                yield Section(heading, tuple(under))
            heading, under = block, []
        else:
            under.append(block)
    if heading or under:
        yield Section(heading, tuple(under))
