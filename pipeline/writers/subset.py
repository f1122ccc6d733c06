"""Markdown of a model brought down to what a piece may hold: paragraphs, headings, lists, simple tables, emphasis.

Words stay; what goes are the signs that make code, footnotes, rules, task boxes, deep headings, and the labels by
which the prompt names its passages.
"""

import re

_FENCE = re.compile(r"^ {0,3}(?:`{3,}|~{3,})[^\n]*$\n?", re.MULTILINE)
_RULE = re.compile(r"^ {0,3}(?:(?:\* *){3,}|(?:- *){3,}|(?:_ *){3,})$\n?", re.MULTILINE)
_DEEP = re.compile(r"^ {0,3}#{4,6}(?=[ \t])", re.MULTILINE)
_CLOSED = re.compile(r"^( {0,3}#{1,6}[ \t][^\n]*?)[ \t]+#+[ \t]*$", re.MULTILINE)
_NUMBERED = re.compile(r"^( {0,3}#{2,3}[ \t]+)(?:\d{1,2}[.)]|[IVX]{1,4}\.)[ \t]+(?=\S)", re.MULTILINE)
_BOLD_HEADING = re.compile(r"^( {0,3}#{1,3}[ \t]+)(\*\*|__)([^\n]+?)\2[ \t]*$", re.MULTILINE)
_NOTE_TEXT = re.compile(r"^\[\^[^\]\n]{1,40}\]:[^\n]*\n?", re.MULTILINE)
_NOTE = re.compile(r"\[\^[^\]\n]{1,40}\]")
_TASK = re.compile(r"^([ \t]*[-*+][ \t]+)\[[ xX]\][ \t]+", re.MULTILINE)
_STRUCK = re.compile(r"~~([^~\n]{1,500})~~")
_CODE = re.compile(r"(?<![`\\])(`{1,2})(?!`)([^`\n]{1,500})\1(?!`)")
_ALONE = re.compile(r"^(?:\*\*|__)([^*_\n]{3,110}?)(?:\*\*|__)[ \t]*:?[ \t]*$", re.MULTILINE)
_LABEL = r"(?:S\d{1,3})?[PQFDN]\d{1,4}"
_LIST = rf"{_LABEL}(?:[ \xa0]?[,;/–-][ \xa0]?{_LABEL})*"
# `(D1)` and `(N7)` are roads: in round brackets only P, Q and the labels of other articles are ours. A single
# `{Q1}` is a slot, and stays.
_LABELS = re.compile(
    rf"[ \xa0]?(?:\[{_LIST}\]|\{{(?:S\d{{1,3}})?[PFDN]\d{{1,4}}\}}|\((?:voir |cf\.? )?(?:S\d{{1,3}}[PQFDN]|[PQ])\d{{1,4}}(?:[ \xa0]?[,;/–-][ \xa0]?{_LABEL})*\))(?!\()"
)
_FEWEST = 2  # bold lines that stand for headings; one may be a line in bold


def within_subset(text: str) -> str:
    """The text without what a piece may not hold; a well-formed text comes back as it was."""
    for pattern, by in (
        (_FENCE, ""),
        (_NOTE_TEXT, ""),
        (_NOTE, ""),
        (_TASK, r"\1"),
        (_STRUCK, r"\1"),
        (_CODE, r"\2"),
        (_LABELS, ""),
        (_RULE, ""),
        (_DEEP, "###"),
        (_CLOSED, r"\1"),
        (_BOLD_HEADING, r"\1\3"),
        (_NUMBERED, r"\1"),
    ):
        text = pattern.sub(by, text)
    if not re.search(r"^## ", text, re.MULTILINE) and len(_ALONE.findall(text)) >= _FEWEST:
        text = _ALONE.sub(r"## \1", text)
    return text
