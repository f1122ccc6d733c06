"""Plain text to blocks: where paragraphs end when a file does not say it in one way only."""

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from pipeline.model import Credit, ParagraphKind
from pipeline.text import plain_yaml

# Widest line of text files that were wrapped by hand or by a mail program.
_WRAP = 110
# A wrapped line may fall short of the widest one by a long word's rest.
_SLACK = 6


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph to be."""

    text: str
    kind: ParagraphKind = "text"
    linked: int = 0
    """How many of its characters are links to other pages."""
    near: bool = False
    """It follows the block before without a blank line (plain text only)."""


_ITEM = re.compile(r"(?:[-–—*•·▪◦‣○●■►]|\d{1,2}[.)])[ \t\xa0]{1,9}(?=\S)")
_SURE_ITEM = re.compile(r"[•▪◦‣○●■►]")
_RULE = re.compile(r"[-–—=_*#~·. \t]{3,}")
_HASHES = re.compile(r"#{1,6}[ \t]+")
_TABLE_RULE = re.compile(r"\|?[ \t:|-]*-[ \t:|-]*\|[ \t:|-]*")
_SPACES = re.compile(r"[ \t\r\n]+")


def squeeze(text: str) -> str:
    """One space for each run of white space; no-break spaces stay."""
    return _SPACES.sub(" ", text).strip()


def blocks_of_text(text: str) -> tuple[Block, ...]:
    """Paragraphs of a plain text, told by blank lines, by line ends, or by where wrapped lines stop short."""
    lines = [line.strip() for line in text.split("\n")]
    width = _wrap_width(lines)
    blocks: list[Block] = []
    chunk: list[str] = []
    for line in [*lines, ""]:
        if line and not _RULE.fullmatch(line):
            chunk.append(line)
        elif chunk:
            blocks += _chunk(chunk, width)
            chunk = []
    return _settled_items(blocks)


def _wrap_width(lines: list[str]) -> int | None:
    """The column at which the lines were wrapped; None when a line is a paragraph.

    A line broken inside a sentence shows it: no stop at its end, a small letter after it.
    """
    broken = [
        len(line)
        for line, after in pairwise(lines)
        if line and after and after[0].islower() and line[-1] not in ".!?;:…" and not _ITEM.match(after)
    ]
    width = max(broken, default=0)
    even = sum(size >= width - 20 for size in broken) >= 0.8 * len(broken)
    return width if len(broken) >= 2 and 40 <= width <= _WRAP and even else None


def _is_full(line: str, after: str, width: int) -> bool:
    """Whether the next word had no room on the line (a line of another measure is no wrapped one)."""
    room = len(line) + 1 + len(after.split(maxsplit=1)[0])
    return width - _SLACK < room and len(line) <= width + _SLACK


def _chunk(lines: list[str], width: int | None) -> list[Block]:
    if rows := _rows(lines):
        return rows
    blocks: list[Block] = []
    before = ""
    for line in lines:
        new = not before or width is None or not _is_full(before, line, width) or _ITEM.match(line)
        if new:
            blocks.append(_block(line, near=bool(before)))
        else:
            joint = "" if re.search(r"[^\W\d_]-$", blocks[-1].text) else " "
            blocks[-1] = replace(blocks[-1], text=squeeze(blocks[-1].text + joint + line))
        before = line
    return blocks


def _block(line: str, *, near: bool) -> Block:
    if hashes := _HASHES.match(line):
        return Block(squeeze(line[hashes.end() :].rstrip("# ")), "heading", near=near)
    return Block(squeeze(line), "item" if _ITEM.match(line) else "text", near=near)


def _settled_items(blocks: list[Block]) -> tuple[Block, ...]:
    """Markers taken off lists; a lone dash or number is no list (`- 12 °C`, a line of dialogue)."""
    settled = []
    for n, block in enumerate(blocks):
        if block.kind == "item":
            around = (*blocks[max(0, n - 1) : n], *blocks[n + 1 : n + 2])
            listed = _SURE_ITEM.match(block.text) or any(other.kind == "item" for other in around)
            text = _ITEM.sub("", block.text, count=1) if listed else block.text
            settled.append(replace(block, text=text, kind="item" if listed else "text"))
        else:
            settled.append(block)
    return tuple(settled)


def _rows(lines: list[str]) -> list[Block]:
    """A table drawn with `|` or tabs: the same number of cells on two lines or more."""
    for mark in ("|", "\t"):
        table = [line for line in lines if not _TABLE_RULE.fullmatch(line)]
        cells = [[squeeze(cell) for cell in line.strip(mark).split(mark)] for line in table]
        if len(table) >= 2 and len(cells[0]) >= 2 and len({len(row) for row in cells}) == 1:
            return [Block(row_text(row), "row", near=n > 0) for n, row in enumerate(cells)]
    return []


def row_text(cells: list[str]) -> str:
    """`Lyon : 12`, or `Lyon | 12 | 14` when a row has more than two cells."""
    full = [cell for cell in cells if cell]
    return (" : " if len(full) == 2 else " | ").join(full)


_KEYS = {
    "author": "author", "auteur": "author", "authors": "author", "byline": "author",
    "publisher": "publisher", "site": "publisher", "source": "publisher", "media": "publisher",
    "éditeur": "publisher", "editeur": "publisher", "agence": "publisher", "agency": "publisher",
    "date": "date", "published": "date", "date_published": "date", "datepublished": "date",
    "licence": "licence", "license": "licence", "rights": "licence",
    "url": "url", "link": "url", "canonical": "url",
    "place": "place", "lieu": "place",
}  # fmt: skip


def front_matter(text: str) -> tuple[str, str | None, Credit]:
    """The text after its front matter, and the title and credit which that names."""
    head = text.lstrip("\n ")
    lines = head.split("\n", 101)
    ends = [n for n, line in enumerate(lines[1:101], 1) if line.rstrip() in {"---", "..."}]
    if lines[0].rstrip() != "---" or not ends:
        return text, None, Credit()
    values = _yaml("\n".join(lines[1 : ends[0]]))
    if values is None:
        return text, None, Credit()
    found: dict[str, str] = {}
    for key, value in values.items():
        name = _KEYS.get(str(key).strip().lower().replace("-", "_"))
        if name and (told := _told(value)):
            found.setdefault(name, told)
    title = next(
        (_told(value) for key, value in values.items() if str(key).lower() in {"title", "titre"}), None
    )
    if found.get("publisher", "").startswith("http"):
        found.setdefault("url", found.pop("publisher"))
    return "\n".join(lines[ends[0] + 1 :]), title, Credit(**found)


def _yaml(text: str) -> dict[str, Any] | None:
    import yaml

    try:
        values = plain_yaml.load(text)
    except (yaml.YAMLError, RecursionError):
        # Titles with a colon in them are the usual reason: then each line is a key and a value.
        pairs = [line.partition(":") for line in text.split("\n") if re.match(r"\w+[ \t]*:", line)]
        return {key.strip(): value.strip(" \t\"'") for key, _, value in pairs} or None
    return values if isinstance(values, dict) else None


def _told(value: Any) -> str | None:
    if isinstance(value, list):
        return (
            ", ".join(filter(None, (_told(item) for item in value[:10] if not isinstance(item, list))))
            or None
        )
    if isinstance(value, dict):
        name = value.get("name")
        return _told(name) if isinstance(name, str) else None
    text = squeeze(value)[:300] if isinstance(value, str) else ""
    return text if text.lower() not in {"", "~", "null", "none"} else None
