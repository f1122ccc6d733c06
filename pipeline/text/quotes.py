"""Finds quotations in one paragraph, whatever marks it uses and however it mixes them.

`«`, `“` and `„` open, `»` and `”` close, `"` and `''` do either by what is open. Marks of different families
may close one another (`“… »`): sources that went through several systems are full of it. Quotations inside a
quotation belong to it. Apostrophes, and the inches of `27"`, are no quotation marks.
"""

import re
from collections import Counter
from dataclasses import dataclass

from pipeline.text.kept import kept

_MARK = re.compile(r"<<|>>|''|[«»“”„‟\"❝❞〝〞＂]")
_GLYPHS = {"<<": "«", ">>": "»", "''": '"', "＂": '"', "❝": "“", "❞": "”", "‟": "“", "〝": "“", "〞": "”"}
_FAMILY = {"«": "«", "»": "«", "“": "“", "”": "“", "„": "“", '"': '"'}
# No writer nests deeper; a bound keeps hostile text linear.
_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class QuoteSpan:
    """A quotation, with and without its marks."""

    outer_start: int
    """With the marks."""
    outer_end: int
    start: int
    """Without the marks and the white space beside them."""
    end: int
    closed: bool
    """False when the paragraph ends before the quotation does."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """A quotation mark with what stands around it."""

    glyph: str
    start: int
    end: int
    after_space: bool
    before_space: bool
    after_digit: bool

    @property
    def family(self) -> str:
        return _FAMILY[self.glyph]


def quotations(text: str) -> list[QuoteSpan]:
    """The outermost quotations of a paragraph, in reading order; none is empty, none overlap."""
    return [*_quotations(text)]


@kept
def _quotations(text: str) -> tuple[QuoteSpan, ...]:
    found: list[QuoteSpan] = []
    opened: list[_Mark] = []
    marks = _marks(text)
    # « inside « is nesting when every one of them is closed, and a forgotten » when not.
    glyphs = Counter(m.glyph for m in marks)
    nests = {"«": glyphs["«"] == glyphs["»"], "“": glyphs["“"] + glyphs["„"] == glyphs["”"], '"': True}
    for mark in marks:
        match _sense(mark, opened):
            case "open" if opened and mark.family == opened[-1].family and not nests[mark.family]:
                _add(found, text, opened[0], mark.start, mark.start, closed=False)
                opened = [mark]
            case "open" if len(opened) < _DEEPEST:
                opened.append(mark)
            case "close":
                bottom = opened[0]
                del opened[_partner(mark, opened) :]
                if not opened:
                    _add(found, text, bottom, mark.start, mark.end, closed=True)
    if opened:
        _add(found, text, opened[0], len(text), len(text), closed=False)
    return tuple(found)


def stray_closers(text: str) -> list[int]:
    """Where a » or ” stands that closes nothing in its paragraph."""
    inside = quotations(text)
    closers = [m.start() for m in re.finditer("[»”]", text)]
    found = []
    n = 0
    for at in closers:
        while n < len(inside) and inside[n].outer_end <= at:
            n += 1
        if n == len(inside) or at < inside[n].outer_start:
            found.append(at)
    return found


def _marks(text: str) -> list[_Mark]:
    marks = []
    for m in _MARK.finditer(text):
        before, after = text[m.start() - 1 : m.start()], text[m.end() : m.end() + 1]
        marks.append(
            _Mark(
                _GLYPHS.get(m.group(), m.group()),
                *m.span(),
                after_space=not before or before.isspace() or before in "([{’'—–-",
                before_space=not after or after.isspace() or after in ".,;:!?…)]}—–-",
                after_digit=before.isdigit(),
            )
        )
    return marks


def _sense(mark: _Mark, opened: list[_Mark]) -> str:
    """`open`, `close` or `ignore`."""
    closes_tight = not mark.after_space and mark.before_space
    opens_tight = mark.after_space and not mark.before_space
    match mark.glyph:
        case "«" | "„":
            return "open"
        case "“":  # also the German closer, and what careless keyboards type for ”
            return "close" if opened and opened[-1].family == "“" and closes_tight else "open"
        case "»":
            return "close" if opened else "ignore"
        case "”":
            if opened:
                return "close"
            return "open" if opens_tight else "ignore"
        case _ if any(m.glyph == '"' for m in opened):
            return "close"
        case _ if opened:
            return (
                "close" if closes_tight and opened[-1].family == "“" else "open" if opens_tight else "ignore"
            )
        case _:
            return "ignore" if mark.after_digit else "open"


def _partner(mark: _Mark, opened: list[_Mark]) -> int:
    """Index of the opener this mark closes: the last of its family, or else the last."""
    for index in range(len(opened) - 1, -1, -1):
        if opened[index].family == mark.family:
            return index
    return len(opened) - 1


def _add(
    found: list[QuoteSpan], text: str, opener: _Mark, stop: int, outer_end: int, *, closed: bool
) -> None:
    start = opener.end
    while start < stop and text[start].isspace():
        start += 1
    while stop > start and text[stop - 1].isspace():
        stop -= 1
    if start < stop:
        found.append(QuoteSpan(opener.start, max(outer_end, stop), start, stop, closed))
