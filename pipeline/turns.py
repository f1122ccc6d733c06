"""Who is next: many prepare at once and have their turns in the order in which they came, or places go by rank."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from heapq import heappop, heappush
from itertools import count
from typing import Protocol


class Taken(Protocol):
    """What a run needs of its turns, whoever else takes them."""

    def next(self) -> AbstractAsyncContextManager[Callable[[], Awaitable[None]]]: ...


class Turns:
    def __init__(self) -> None:
        self._came = 0
        self._current = 0
        self._over: set[int] = set()
        self._waiting: dict[int, asyncio.Event] = {}

    @asynccontextmanager
    async def next(self) -> AsyncIterator[Callable[[], Awaitable[None]]]:
        """What is yielded waits until all who came before are through; leaving ends one's own turn, waited for or not."""
        number = self._came
        self._came += 1

        async def mine() -> None:
            if number != self._current:
                self._waiting[number] = asyncio.Event()
                await self._waiting[number].wait()

        try:
            yield mine
        finally:
            self._waiting.pop(number, None)
            self._over.add(number)
            while self._current in self._over:
                self._over.remove(self._current)
                self._current += 1
            if told := self._waiting.get(self._current):
                told.set()


class Places:
    """So many at once. Who waits for a place gets it by rank, the lowest first, then in the order in which they came.

    A place that was left is given on when whoever left it waits for something: who needs one again before that is
    among those who ask for it.
    """

    def __init__(self, most: int) -> None:
        self._free = most
        self._came = count()
        self._waiting: list[tuple[int, int, asyncio.Future[None]]] = []

    @asynccontextmanager
    async def one(self, rank: int) -> AsyncIterator[None]:
        if self._free and not self._comes_after(rank):
            self._free -= 1
        else:
            await self._turn(rank)
        try:
            yield
        finally:
            self._left()

    def _comes_after(self, rank: int) -> bool:
        """Whether one of those who wait comes first."""
        while self._waiting and self._waiting[0][2].done():
            heappop(self._waiting)
        return bool(self._waiting) and self._waiting[0][0] <= rank

    async def _turn(self, rank: int) -> None:
        turn = asyncio.get_running_loop().create_future()
        heappush(self._waiting, (rank, next(self._came), turn))
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._left()  # it was this one's turn
            raise

    def _left(self) -> None:
        self._free += 1
        if self._waiting:
            asyncio.get_running_loop().call_soon(self._give)

    def _give(self) -> None:
        while self._free and self._waiting:
            turn = heappop(self._waiting)[2]
            if not turn.done():
                self._free -= 1
                turn.set_result(None)
