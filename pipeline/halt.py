"""What stops a run at once: the first error that no further call can get past; whoever waits wakes up."""

import asyncio
from contextlib import suppress

from pipeline.errors import InterruptedRunError, MarbreError, RunStoppedError


class Halt:
    """Shared by all articles of a run."""

    def __init__(self) -> None:
        self.error: MarbreError | None = None
        self._stopped = asyncio.Event()

    def stop(self, error: MarbreError) -> None:
        """Only the first error is kept: the others follow from it."""
        if self.error is None:
            self.error = error
            self._stopped.set()

    def check(self) -> None:
        """Raises `RunStoppedError` once the run is stopped, `InterruptedRunError` when somebody did that: then no stage makes
        do without the answer, and the article is left for the next run.
        """
        if isinstance(self.error, InterruptedRunError):
            raise InterruptedRunError
        if self.error:
            raise RunStoppedError(self.error)

    async def sleep(self, seconds: float) -> None:
        """Raises as `check` as soon as the run is stopped, so that nobody waits to make a useless call."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._stopped.wait()
        self.check()
