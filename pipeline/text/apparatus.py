"""Which closing blocks of a file are sources, notes and the disclosure: part of the file, not of the article."""

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pipeline.text.calendar import MONTHS
from pipeline.text.words import count_words

if TYPE_CHECKING:
    from pipeline.text.markdown import Block

# A second closing section under one of these headings is apparatus, not the article's text.
_APPARATUS_HEADINGS = frozenset(
    (
        "source",
        "sources",
        "note",
        "notes",
        "référence",
        "références",
        "sources et méthode",
        "crédits",
        "transparence",
    )
)
_LONGEST_LINE = 45  # words of one source, note or disclosure; more is text
_LONGEST_UPDATE = 90  # words; one line that names a few facts, old and new
_MOST_LINES = 25
_LONGEST_CREDIT = 7  # words of a line that ends like a sentence, titles left out
# Words of a credit line; with others, or a verb, it tells something.
_CREDIT_WORDS = frozenset(
    "source sources agence dépêche communiqué article rapport étude site presse photo".split()
)
_MOST_CREDIT_WORDS = 5
_TELLS = re.compile(
    r"(?<!\w)(?:qui|que|qu[’']|dont|où|a|ont|est|sont|était|étaient|sera|seront|ne|n[’']|pas|il|elle|ils|elles|on|nous|se|s[’'])(?!\w)"
    r"|\d[ \u00a0\u202f]?(?:%|€|\$)|\d[ \u00a0\u202f](?:millions?|milliards?|euros?|dollars?|personnes|morts|blessés)\b"
)
_LOWER = re.compile(r"(?<![\w’'])[a-zà-ÿœ-]{5,}(?!\w)")
_TITLE = re.compile(r"«[^«»]{0,300}»|\([^()]{0,200}\)|https?://\S+")
# Written by code from two versions of the piece: it names what the sources say no longer.
_UPDATE = re.compile(r"mise à jour du (?:1er|\d{1,2}) [^\W\d_]{3,9} \d{4} : ")
_APPARATUS_OPENINGS = ("source :", "sources :", "article rédigé avec l’aide", "article rédigé avec l'aide")


def mark_apparatus(blocks: tuple["Block", ...], front: dict[str, Any]) -> tuple["Block", ...]:
    """Set the closing sources, notes and disclosure apart from the article.

    Only what stands at the end and is short: a long text under `Notes` is text, and is checked as such.
    """
    told = front.get("disclosure")
    disclosure = told.strip() if isinstance(told, str) else ""
    marked = list(blocks)
    for index in range(_apparatus_start(blocks, disclosure, _update(front)), len(blocks)):
        marked[index] = replace(blocks[index], apparatus=True)
    return tuple(marked)


def _update(front: dict[str, Any]) -> str:
    """The line on what changed, as the front matter has it; nothing where it has not its form."""
    told = _plain(str(front.get("update") or ""))
    return told if _UPDATE.match(told) and count_words(told) <= _LONGEST_UPDATE else ""


def _apparatus_start(blocks: tuple["Block", ...], disclosure: str, update: str) -> int:
    """Where the apparatus begins: walking back from the end while blocks are lines of it, or a headed part is."""
    start = len(blocks)
    while start and _is_apparatus_line(blocks[start - 1], disclosure):
        start -= 1
    heading = max((i for i, b in enumerate(blocks) if b.kind == "heading"), default=-1)
    if heading >= 0 and blocks[heading].text.strip(" :.").lower() in _APPARATUS_HEADINGS:
        under = blocks[heading + 1 :]
        if (
            all(_is_credit(b, disclosure) or _plain(b.text) == update != "" for b in under)
            and len(under) <= _MOST_LINES
        ):
            start = min(start, heading)
    return start


def _is_credit(block: "Block", disclosure: str) -> bool:
    """A line that names a source, or the disclosure; a sentence that tells something is text, wherever it stands."""
    text = _plain(block.text)
    if text == _plain(disclosure) != "":
        return True
    if text.startswith(_APPARATUS_OPENINGS):
        return _only_credits(block.text)
    outside = _TITLE.sub(" ", text)
    tells = outside.rstrip().endswith((".", "!", "?", "…")) and count_words(outside) > _LONGEST_CREDIT
    return count_words(text) <= _LONGEST_LINE and not tells


def _only_credits(text: str) -> bool:
    """`Source : AFP, 12 mars 2024` and the like, not `Source : le maire estime que …`; the disclosure is no source."""
    if not _plain(text).startswith("source"):
        return True
    outside = _TITLE.sub(" ", text)
    words = [w for w in _LOWER.findall(outside) if w not in _CREDIT_WORDS and w not in MONTHS]
    return _TELLS.search(outside) is None and len(words) <= _MOST_CREDIT_WORDS


def _plain(text: str) -> str:
    """Lower case, plain spaces: the front matter is not set in type as the text is."""
    return " ".join(text.lower().replace("\u202f", " ").split())


def _is_apparatus_line(block: "Block", disclosure: str) -> bool:
    text = block.text.strip()
    if block.kind != "paragraph" or count_words(text) > _LONGEST_LINE:
        return False
    opens = _plain(text).startswith(_APPARATUS_OPENINGS) and _only_credits(text)
    return opens or text.startswith("[^") or (text == disclosure != "")
