"""Who runs which tests, where several processes share them: each gets as many as the others, in the order given here."""

from collections.abc import Sequence
from itertools import groupby
from typing import Protocol, TypeVar

SLOW = ("tests/e2e/", "tests/languagetool/")
"""Their tests take seconds, all others milliseconds."""


class Item(Protocol):
    @property
    def nodeid(self) -> str: ...


T = TypeVar("T", bound=Item)


def slow_first(tests: Sequence[T], workers: int) -> list[T]:
    """Each worker begins with its part of the slow files, so that in the end nobody waits for the last of them.

    What is left is stolen from the end of those who have most, and that are quick tests then. A file stays together, since
    its tests share what they look at.
    """
    slow = [list(some) for file, some in groupby(tests, _file) if file.startswith(SLOW)]
    piles = [[test for file in slow[n::workers] for test in file] for n in range(workers)]
    rest = iter([test for test in tests if not _file(test).startswith(SLOW)])
    left = len(tests)
    for n, pile in enumerate(piles):
        size = left // (workers - n)
        pile += [test for _, test in zip(range(size - len(pile)), rest, strict=False)]
        left -= size
    return [test for pile in piles for test in pile] + list(rest)


def _file(test: Item) -> str:
    return test.nodeid.partition("::")[0]
