"""Many prepare at once; each then has its turn, in the order in which they came."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager


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
