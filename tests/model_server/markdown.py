"""A piece and its parts: headings, sections, blocks, and the slots that stand for quotations."""

import re
from dataclasses import dataclass

from tests.model_server.prompt import Quoted, words

HEADING = re.compile(r"^(#{1,6})[ \t]+(\S[^\n]*)$", re.MULTILINE)
SLOT = re.compile(r"\{(?:S\d{1,3})?Q\d{1,4}\}")
_TYPED = re.compile(r"«[^«»\n]*»")


@dataclass(frozen=True, slots=True)
class Piece:
    name: str
    """Stem of the seed, or `source-` and a hash for a source that is none."""
    keyphrase: str
    synonyms: tuple[str, ...]
    title: str
    description: str
    slug: str
    body: str
    """Markdown with one H1; quotations are typed in « »."""


def slotted(text: str, quotations: tuple[Quoted, ...]) -> str:
    """The text with `{Q1}` for each typed quotation that is, word for word, the whole of a listed one."""
    known = {words(q.text): q.id for q in reversed(quotations)}

    def slot(match: re.Match[str]) -> str:
        name = known.get(words(match[0]))
        return "{" + name + "}" if name else match[0]

    lines = text.split("\n")
    return "\n".join(line if HEADING.match(line) else _TYPED.sub(slot, line) for line in lines)


def section_of(body: str, sent: str) -> str | None:
    """The part of `body` under the heading `sent` begins with; its lede when `sent` has none.

    Subsections belong to it when `sent` has some. None when there is no such heading.
    """
    parts = list(HEADING.finditer(body))
    match = HEADING.match(sent)
    if not match:
        return _lede(body, parts, sent)
    nested = len(HEADING.findall(sent)) > 1 and len(match[1]) > 1
    wanted = words(match[2])
    for index, part in enumerate(parts):
        if words(part[2]) == wanted:
            ends = (p.start() for p in parts[index + 1 :] if not nested or len(p[1]) <= len(part[1]))
            return body[part.start() : next(ends, len(body))].strip()
    return None


def _lede(body: str, parts: list[re.Match[str]], sent: str) -> str | None:
    if not parts or len(parts[0][1]) > 1:
        return None
    end = parts[1].start() if len(parts) > 1 else len(body)
    lede = body[parts[0].end() : end].strip()
    common = set(words(lede)) & set(words(sent))
    return lede if 2 * len(common) >= len(set(words(sent))) else None


def blocks(text: str) -> list[str]:
    return [block for block in re.split(r"\n[ \t]*\n", text) if block.strip()]


def is_prose(block: str) -> bool:
    return not block.lstrip().startswith(("#", "-", "*", "|", ">", "```", "---"))
