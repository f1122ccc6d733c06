"""A working copy of a view that rules change, and the guard that says which changes may be made.

Each character of the view keeps a cell; a change fills, empties or lengthens cells. So however often rules
look at the changed text, every change is known by its place in the file.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import Literal

from pipeline.text.language import ENGLISH_WORDS, is_foreign
from pipeline.text.stopwords import STOP_WORDS
from pipeline.text.typography_quotes import Pair
from pipeline.text.typography_view import View

# What Markdown hides between two characters, by the side it belongs to.
_CLOSING = re.compile(r"(?:[*_~]{1,3}| ?`+|\]\([^()\n]*\)|\]\[[^\]\n]*\]|\]|</\w+>)+")
_OPENING = re.compile(r"(?:[*_~]{1,3}|`+ ?|\[|<\w[^<>]*>)+")
_EMPHASIS = re.compile(r"[*_]")
# Beside one of these that is no mark, a space more or less could make it one.
_LITERAL_MARKS = "*_~`\\"
_BLANK = " \u00a0\u202f\u2009"
_WORD = re.compile(r"[^\W\d_]+")
_FRENCH_SIGN = re.compile(r"[éèêëàâîïôùûçœ]|\b(?:[ldjmnst]|qu)['’]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Change:
    """`text[start:end]` becomes `put`. Where start is end, `side` says which neighbour the new space clings to.

    `sign` is the place of the sign the change is made for: none is made for one inside an address or a smiley.
    """

    start: int
    end: int
    put: str
    side: Literal["next", "previous"] = "next"
    sign: int | None = None


@dataclass
class Sheet:
    """A text on which rules set their changes."""

    view: View
    fixed: bytearray
    """One for each character of the view: 1 where nothing may change."""
    spans: Sequence[tuple[int, int]]
    """Stretches to leave alone if they are in another language, in order, apart."""
    cells: list[str] = field(init=False)
    rules: dict[int, str] = field(init=False, default_factory=dict)
    """Which rule first changed a cell."""
    text: str = field(init=False)
    _positions: Sequence[int] = field(init=False)
    _foreign: dict[tuple[int, int], bool] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.cells = list(self.view.text)
        self.text = self.view.text
        self._positions = range(len(self.cells) + 1)

    def position(self, cell: int) -> int:
        """Where the text of a cell begins now."""
        return self._positions[cell]

    def may_change(self, start: int, end: int) -> bool:
        """Whether the characters of the view from start to end are French text."""
        return not any(self.fixed[start:end]) and not self._is_foreign(start)

    def apply(self, rule: str, changes: Iterable[Change]) -> bool:
        """Make those changes of one rule that the guard lets pass; changes come in order, apart."""
        made = False
        for change in reversed(list(changes)):
            made |= self._insert(rule, change) if change.start == change.end else self._replace(rule, change)
        if made:
            self.text = "".join(self.cells)
            self._positions = list(accumulate(map(len, self.cells), initial=0))
        return made

    def _cell(self, at: int) -> int:
        return at if isinstance(self._positions, range) else bisect_right(self._positions, at) - 1

    def _replace(self, rule: str, change: Change) -> bool:
        first, last = self._cell(change.start), self._cell(change.end - 1)
        if self.text[change.start : change.end] == change.put:
            return False
        if change.sign is not None and self.fixed[self._cell(change.sign)]:
            return False
        if any(self.fixed[first : last + 1]) or any(k in self.view.gaps for k in range(first + 1, last + 1)):
            return False
        if self._is_foreign(first):
            return False
        if not change.put and not self._may_close_up(first, last):
            return False
        head = self.cells[first][: change.start - self._positions[first]]
        tail = self.cells[last][change.end - self._positions[last] :]
        self.cells[first : last + 1] = [""] * (last + 1 - first)
        self.cells[last] = tail
        self.cells[first] = head + change.put + (tail if first == last else "")
        for cell in range(first, last + 1):
            self.rules.setdefault(cell, rule)
        return True

    def _insert(self, rule: str, change: Change) -> bool:
        before, after = self._cell(change.start - 1), self._cell(change.start)
        cell = after if change.side == "next" else before
        if (
            not change.put
            or self.fixed[cell]
            or self._is_foreign(cell)
            or self.text[change.start] in _BLANK + "\n\u2029"
        ):
            return False
        if self.text[change.start - 1] in _LITERAL_MARKS or self.text[change.start] in _LITERAL_MARKS:
            return False
        gap = self._gap(before, after)
        if gap and not (self._closes(gap, after) if change.side == "next" else self._opens(gap, after)):
            return False
        at = change.start - self._positions[cell]
        self.cells[cell] = self.cells[cell][:at] + change.put + self.cells[cell][at:]
        self.rules.setdefault(cell, rule)
        return True

    def _may_close_up(self, first: int, last: int) -> bool:
        """Whether taking a space away leaves the Markdown marks beside it what they are."""
        follows = last + 1
        while not self.cells[follows]:
            follows += 1
        if self.view.text[first - 1] in _LITERAL_MARKS or self.view.text[follows] in _LITERAL_MARKS:
            return False
        before, after = self.view.gaps.get(first), self._gap(last, follows)
        line = self.text.rfind("\n", max(0, self._positions[first] - 12), self._positions[first]) + 1
        start = max(line, self.text.rfind("\u2029", 0, self._positions[first]) + 1 if first else 0)
        if self.text[start : self._positions[first]].isdigit():
            return False  # `1 .` would become the marker of a list
        closes = not before or (self._closes(before, first) and self.view.text[follows] in ',.;:!?)»”"')
        return closes and (not after or self._opens(after, follows))

    def _gap(self, before: int, after: int) -> str:
        """What the file hides between two cells."""
        return "".join(self.view.gaps.get(cell, "") for cell in range(before + 1, after + 1))

    def _closes(self, gap: str, cell: int) -> bool:
        tight = self.view.text[cell - 1].isalnum() or not _EMPHASIS.search(gap)
        return tight and _CLOSING.fullmatch(gap) is not None

    def _opens(self, gap: str, cell: int) -> bool:
        tight = self.view.text[cell].isalnum() or not _EMPHASIS.search(gap)
        return tight and _OPENING.fullmatch(gap) is not None

    def _is_foreign(self, cell: int) -> bool:
        """Whether a character stands in a quotation, block or emphasis in another language."""
        at = bisect_right(self.spans, (cell, len(self.cells))) - 1
        for start, end in (*self.spans[max(at, 0) : at + 1], self._emphasis(cell)):
            if start <= cell < end:
                if (start, end) not in self._foreign:
                    self._foreign[start, end] = reads_foreign(self.view.text[start:end])
                if self._foreign[start, end]:
                    return True
        return False

    @cached_property
    def _gap_cells(self) -> list[int]:
        return sorted(self.view.gaps)

    def _emphasis(self, cell: int) -> tuple[int, int]:
        """The stretch between two marks of emphasis; empty where there is none."""
        after = bisect_right(self._gap_cells, cell)
        if 0 < after < len(self._gap_cells):
            start, end = self._gap_cells[after - 1], self._gap_cells[after]
            marked = _EMPHASIS.search(self.view.gaps[start]) and _EMPHASIS.search(self.view.gaps[end])
            if marked and end - start < 400:
                return start, end
        return cell, cell


def outermost(text: str, pairs: Sequence[Pair], extra: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The insides of the outermost quotations, and other spans, in order and without overlap."""
    insides = (_trimmed(text, p.opening + 1, p.closing) for p in pairs if p.depth == 0)
    spans = sorted([*extra, *insides])
    apart: list[tuple[int, int]] = []
    for start, end in spans:
        if start < end and (not apart or start >= apart[-1][1]):
            apart.append((start, end))
    return apart


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _BLANK:
        start += 1
    while end > start and text[end - 1] in _BLANK:
        end -= 1
    return start, end


def reads_foreign(text: str) -> bool:
    """True when words are surely no French; English of a few words is known by its grammatical words."""
    if is_foreign(text):
        return True
    words = {word.lower() for word in _WORD.findall(text)}
    return (
        len(words) > 1
        and bool(words & ENGLISH_WORDS)
        and not words & (STOP_WORDS - ENGLISH_WORDS)
        and not _FRENCH_SIGN.search(text)
    )
