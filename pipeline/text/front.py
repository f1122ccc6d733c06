"""What stands beside the text of a file as blocks: a field of the front matter, the words for an image, a link’s title."""

import re
from collections.abc import Iterator

from pipeline.text.markdown import Block, BlockKind, Document


def front_block(document: Document, key: str) -> Block | None:
    """The text of a field with its way back to the file; None when the field is missing or no text.

    YAML may fold, quote and escape a value. Where the value does not stand in the file as it reads, every
    offset points to the line of its key.
    """
    value = document.front.get(key)
    if not isinstance(value, str) or not value.strip():
        return None
    line = re.search(rf"^{re.escape(key)}[ \t]*:[^\n\r]*", document.text, re.MULTILINE)
    if line is None:
        return None
    at = document.text.find(value, line.start())
    kind: BlockKind = "heading" if key == "title" else "paragraph"
    if 0 <= at <= line.end():
        return Block(kind, value, range(at, at + len(value)), at, at + len(value))
    offsets = [min(line.start() + i, line.end() - 1) for i in range(len(value))]
    return Block(kind, value, offsets, line.start(), line.end())


def asides(document: Document) -> Iterator[Block]:
    """The words for images and the titles of links, read as headings are: they need be no sentence."""
    for block in document.blocks:
        for told, at in block.aside if not block.apparatus else ():
            end = min(at + len(told), len(document.text))
            offsets = [min(at + i, end - 1) for i in range(len(told))]
            yield Block("heading", told, offsets, at, end)
