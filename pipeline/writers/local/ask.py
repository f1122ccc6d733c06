"""The way to ask a GGUF file: its server is started by the first call that nobody remembers."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from pipeline.budget import Budget
from pipeline.errors import EngineError
from pipeline.halt import Halt
from pipeline.model import Call
from pipeline.settings import Settings
from pipeline.writers.client import Client
from pipeline.writers.exchange import Heard
from pipeline.writers.local.process import Process
from pipeline.writers.request import Request

# A prompt of 5,000 tokens takes two minutes on two cores, and an answer three; a file four times as large is no fault.
# That the process lives is seen here, so waiting is safe.
_LONGEST = 3600.0


class LocalModel:
    """One GGUF file for all articles of a run. Use as `async with`."""

    def __init__(
        self,
        file: Path,
        context: int,
        settings: Settings,
        halt: Halt,
        budget: Budget | None = None,
        heard: Heard = lambda _: None,
        start: Callable[[Path, int], Process] = Process,
    ) -> None:
        self._file, self._context, self._start = file, context, start
        longest = max(settings.timeout, _LONGEST)
        waits = dict.fromkeys(("timeout", "timeout_first_token", "timeout_silence"), longest)
        self._settings = settings.model_copy(update=waits)
        self._halt, self._budget, self._heard = halt, budget, heard
        self._turn = asyncio.Lock()  # it answers one at a time, and who waits in its queue would seem dead
        self._process: Process | None = None
        self._client: Client | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process:
            self._process.close()
        if self._client:
            await self._client.__aexit__(kind, error, trace)

    async def __call__(self, request: Request) -> Call:
        """Raises as `Client` does, and `EngineError` when the model's process does not start or has ended."""
        async with self._turn:
            self._halt.check()
            process, client = await self._ready()
            try:
                return await client(request)
            except EngineError:
                if process.has_ended():
                    raise process.death() from None
                raise

    async def _ready(self) -> tuple[Process, Client]:
        if self._process is None:
            self._process = self._start(self._file, self._context)
        if self._client is None:
            address = await asyncio.to_thread(self._process.address)
            settings = self._settings.model_copy(update={"base_url": f"{address}/v1"})
            # A key in the environment is another server's.
            self._client = Client(settings, self._halt, self._budget, self._heard, environ={})
        return self._process, self._client
