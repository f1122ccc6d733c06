"""An answer is read some times a second, however many words a second a model says: to wake up for each word takes more of
the processor than all else that is done with an answer.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator

import httpx2

REST = 0.05
"""Seconds; an answer's end comes later by half of it."""
_END = b"[DONE]"  # what follows is read at once, so that the connection can be used again


class Unhurried(httpx2.AsyncByteStream):
    """A stream that is left alone for a moment whenever it had to be waited for. What came meanwhile comes at once."""

    def __init__(self, stream: httpx2.AsyncByteStream, rest: float = REST) -> None:
        self._stream, self._rest = stream, rest

    async def __aiter__(self) -> AsyncIterator[bytes]:
        loop = asyncio.get_running_loop()
        parts = aiter(self._stream)
        try:
            while True:
                waited: list[bool] = []
                mark = loop.call_soon(waited.append, True)
                try:
                    part = await anext(parts, None)
                finally:
                    mark.cancel()
                if part is None:
                    return
                yield part
                if waited and _END not in part:
                    await asyncio.sleep(self._rest)
        finally:
            if isinstance(parts, AsyncGenerator):  # who has read enough leaves it open
                await parts.aclose()

    async def aclose(self) -> None:
        await self._stream.aclose()
