"""Sentences of French running text.

A sentence ends at `.`, `!`, `?` or `…` followed by white space and a new beginning. It does not end after
an abbreviation (`M.`, `n°`, `art.`), an initial (`J. Stoltenberg`), inside a number, nor before a lower-case
word (`« Jamais ! » a-t-il lancé`). A quotation that holds several sentences is cut at each of them.
"""

import re

# Abbreviations that a capital or a figure follows in mid-sentence. `etc.` and `av. J.-C.` may end a
# sentence: before a capital they do.
_ABBREVIATIONS = frozenset(
    "m mm mr me mgr dr pr st ste art al alin p pp vol t chap éd ed fig cf env hab tél av bd apr ap réf n no "
    "janv févr avr juill sept oct nov déc lun mar mer jeu ven sam dim min max vs col cap gén lt sgt adj cdt".split()
)
_SPACE = " \t\n\r\u00a0\u202f"
_CLOSERS = '»”"’)]*_' + _SPACE
_END = re.compile(rf"[.!?…]+(?:[{re.escape(_CLOSERS)}]*(?=[{re.escape(_SPACE)}])|(?=[»”\")\]*_]*\Z))")
_WORD_BEFORE = re.compile(r"([^\W\d_]+)\Z")
_SKIPPED = "«“\"„»”([–—-*_’'" + _SPACE


def sentences(text: str) -> list[tuple[int, int]]:
    """The (start, end) of each sentence of a paragraph, without the white space around it."""
    spans = []
    start = 0
    for match in _END.finditer(text):
        if _goes_on(text, match.start(), match.end()):
            continue
        spans.append(_trim(text, start, match.end()))
        start = match.end()
    spans.append(_trim(text, start, len(text)))
    return [(a, b) for a, b in spans if a < b]


def _goes_on(text: str, stop: int, end: int) -> bool:
    """True when the mark at `stop` ends no sentence: what follows decides, then what stands before."""
    follows = _first_letter(text, end)
    if follows is None:
        return False
    if follows.islower() or follows in ",;:)":
        return True
    if text[stop] != "." or text[stop : stop + 2] == "..":
        return False
    # Only the few letters before the stop matter; a fixed window keeps hostile text linear.
    word = _WORD_BEFORE.search(text, max(0, stop - 12), stop)
    if word is None:
        return text[max(0, stop - 2) : stop].endswith("n°")
    before = word.group(1)
    initial = len(before) == 1 and before.isupper() and before not in "ÀÔ"
    return initial or before.lower() in _ABBREVIATIONS


def _first_letter(text: str, at: int) -> str | None:
    for char in text[at : at + 12]:
        if char not in _SKIPPED:
            return char
    return None


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
