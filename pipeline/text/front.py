"""A field of the front matter as a block, so that checks can look at it and show its place."""

import re

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
