"""Pairs the quotation marks of each block, and says which cannot be paired."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.text.typography_view import Unit

_MARK = re.compile(r"[«»“”„\"]")
_OPENS = "«“„"
_PARAGRAPHS = ("paragraph", "quote", "item")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two marks that belong together."""

    opening: int
    closing: int
    depth: int
    """0 for an outermost quotation."""


@dataclass(frozen=True, slots=True)
class Unpaired:
    """A mark without its other half."""

    at: int
    why: str


@dataclass(frozen=True, slots=True)
class Quotes:
    """The quotation marks of a text, settled."""

    pairs: tuple[Pair, ...]
    """In the order of their closing marks, of blocks whose marks are all paired or not."""
    unpaired: tuple[Unpaired, ...]
    lone: tuple[int, ...]
    """« and » of a quotation that runs over several paragraphs."""
    unsettled: frozenset[int]
    """Marks of blocks where something is unpaired: their kind is left as it is."""


@dataclass(slots=True)
class _Found:
    """What pairing one block gave."""

    pairs: list[Pair]
    opened: list[int]
    closed: list[int]
    mixed: list[int]
    marks: list[int]


def quotes(text: str, units: Sequence[Unit], fixed: bytearray) -> Quotes:
    """Pair the marks of every unit. A quotation of several paragraphs opens each of them with « , or closes
    in a later one. Marks where `fixed` is 1 are none.
    """
    pairs: list[Pair] = []
    unpaired: list[Unpaired] = []
    lone: list[int] = []
    unsettled: set[int] = set()
    running: int | None = None  # the « of an earlier paragraph that is still open
    for unit in units:
        marks = [m.start() for m in _MARK.finditer(text, unit.start, unit.end) if not fixed[m.start()]]
        repeats = bool(marks) and marks[0] == unit.start and text[marks[0]] == "«"
        found = _pair(text, unit, marks, int(running is not None and not repeats))
        if running is not None:
            running = _carry_on(text, unit, found, running, lone, unpaired)
        if running is None and unit.kind in _PARAGRAPHS and _runs_on(text, found):
            running = found.opened.pop()
        pairs += found.pairs
        lost = [Unpaired(at, "never closed") for at in found.opened]
        lost += [Unpaired(at, "never opened") for at in found.closed]
        lost += [Unpaired(at, "closed by a mark of another kind") for at in found.mixed]
        unpaired += lost
        if lost:
            unsettled.update(marks)
    if running is not None:
        unpaired.append(Unpaired(running, "never closed"))
    unpaired.sort(key=lambda u: u.at)
    return Quotes(tuple(pairs), tuple(unpaired), tuple(lone), frozenset(unsettled))


def _runs_on(text: str, found: _Found) -> bool:
    """Whether all that is left open is one « that may be closed in a later paragraph."""
    if len(found.opened) != 1 or found.mixed or found.closed or text[found.opened[0]] != "«":
        return False
    return not any(p.opening < found.opened[0] < p.closing for p in found.pairs)


def _carry_on(
    text: str, unit: Unit, found: _Found, running: int, lone: list[int], unpaired: list[Unpaired]
) -> int | None:
    """What the next paragraph does with a quotation left open: goes on, closes it, or shows it was forgotten."""
    repeats = found.opened[:1] == [unit.start] and text[unit.start] == "«"
    repeated_and_closed = any(p.opening == unit.start and text[p.opening] == "«" for p in found.pairs)
    closes = bool(found.closed) and text[found.closed[0]] == "»"
    if unit.kind not in _PARAGRAPHS or not (repeats or repeated_and_closed or closes):
        unpaired.append(Unpaired(running, "never closed"))
        return None
    lone.append(running)
    if repeats:
        return found.opened.pop(0)
    if closes:
        lone.append(found.closed.pop(0))
    return None


def _pair(text: str, unit: Unit, marks: Sequence[int], depth: int) -> _Found:
    found = _Found([], [], [], [], list(marks))
    stack: list[int] = []
    for at in marks:
        glyph = text[at]
        sense = _sense(text, at, unit, stack)
        if sense == "open":
            stack.append(at)
        elif sense == "close":
            _close(text, at, stack, found, "«" if glyph == "»" else '"' if glyph == '"' else "“„", depth)
    found.opened += stack
    return found


def _close(text: str, at: int, stack: list[int], found: _Found, partners: str, depth: int) -> None:
    """Close the last mark of the same kind; what was opened since then stays open."""
    # A closing mark looks back over few openings: no writer nests deeper, and hostile text stays linear.
    for index in range(len(stack) - 1, max(-1, len(stack) - 5), -1):
        if text[stack[index]] in partners:
            found.opened += stack[index + 1 :]
            del stack[index + 1 :]
            found.pairs.append(Pair(stack.pop(), at, len(stack) + depth))
            return
    if stack:
        found.mixed.append(stack.pop())
    else:
        found.closed.append(at)


def _sense(text: str, at: int, unit: Unit, stack: Sequence[int]) -> str:
    """`open`, `close`, or `none` for the inches of `27"`."""
    glyph = text[at]
    top = text[stack[-1]] if stack else ""
    before = text[at - 1] if at > unit.start else " "
    after = text[at + 1] if at + 1 < unit.end else " "
    if text.startswith("...", at + 1):
        after = "…"
    starts = before.isspace() or before in "([{’'—–-/«“„*"
    ends = after.isspace() or not (after.isalnum() or after in "«“„([{#@$€…'’-–—")
    if glyph == "“" and top == "„" and not starts:
        return "close"  # „German“
    if glyph in _OPENS:
        return "open"
    if glyph == "»":
        return "close"
    if glyph == "”":
        return "open" if starts and not ends and not stack else "close"
    if before.isdigit() and top != '"':
        return "none"
    if starts != ends:
        return "open" if starts else "close"
    return "close" if '"' in (text[i] for i in stack[-4:]) else "open"
