"""A text cut wherever something begins or ends, so that each stretch of it knows all that holds there."""

from collections import deque
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")


class Span(NamedTuple, Generic[T]):  # as in pipeline/text/fold.py
    """`value` holds from `start` to `end`; an empty span only begins."""

    start: int
    end: int
    value: T


class Stretch(NamedTuple, Generic[T]):
    """`over` holds all along; `begins` has what begins where the stretch does. Both in the order given."""

    start: int
    end: int
    over: tuple[T, ...]
    begins: tuple[T, ...]


def cut(end: int, borders: Iterable[int], spans: Iterable[Span[T]]) -> Iterator[Stretch[T]]:
    """The stretches of a text of `end` characters, in order; it is also cut at `borders`.

    The last stretch is empty when something begins at the very end. Spans lie within the text.
    """
    waiting = deque(sorted(spans, key=lambda s: s.start))
    cuts = {0, end, *borders} | {at for s in waiting for at in (s.start, s.end)}
    going: list[Span[T]] = []
    for start, after in pairwise([*sorted(cuts), end]):
        going = [s for s in going if s.end > start]
        fresh: list[Span[T]] = []
        while waiting and waiting[0].start == start:
            fresh.append(waiting.popleft())
        going += (s for s in fresh if s.end > start)
        if start < after or fresh:
            yield Stretch(start, after, tuple(s.value for s in going), tuple(s.value for s in fresh))
