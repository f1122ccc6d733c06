"""An article that has lost workers is done alone: if this one ends too, nobody else is suspected with it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

SUSPECT = 2
"""Workers an article must have lost at the same place before it is done alone."""


class Rooms:
    """Many at once, or one alone. Who waits to be alone lets nobody in before."""

    def __init__(self) -> None:
        self._at_work = 0
        self._alone = asyncio.Lock()
        self._left = asyncio.Condition()

    def must_wait(self, *, alone: bool) -> bool:
        """Whether who comes now has to stand in line."""
        return self._alone.locked() or (alone and self._at_work > 0)

    @asynccontextmanager
    async def entered(self, *, alone: bool) -> AsyncIterator[None]:
        async with self._alone:
            if alone:
                async with self._left:
                    await self._left.wait_for(lambda: self._at_work == 0)
                yield
                return
            self._at_work += 1
        try:
            yield
        finally:
            self._at_work -= 1
            async with self._left:
                self._left.notify_all()
