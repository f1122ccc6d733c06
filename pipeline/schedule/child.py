"""A refresh as a process of its own, and how it is asked to stop.

A schedule lives for months: what a run takes of memory goes with the run, settings are read anew each time, and nothing
that happens to a run happens to the schedule. Asked once (SIGTERM), a run finishes the pieces under way; asked twice, it
drops them, and the next run finds them as they were.
"""

import asyncio
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from types import FrameType
from typing import Any

_APART = 0.1  # seconds: two signals at the same moment would be one
_LAST = 10.0  # seconds to close the ledger and end LanguageTool


@dataclass(slots=True)
class Stop:
    """What signals ask for: to stop, then to stop now. Made and used in one event loop."""

    asked: asyncio.Event = field(default_factory=asyncio.Event)
    now: asyncio.Event = field(default_factory=asyncio.Event)
    signal: int = 0
    """The first that came."""

    def ask(self, number: int) -> None:
        (self.now if self.asked.is_set() else self.asked).set()
        self.signal = self.signal or number


@contextmanager
def heeding_signals(stop: Stop) -> Iterator[None]:
    """SIGTERM and SIGINT go to `stop` for as long as this lasts."""
    loop = asyncio.get_running_loop()

    def ask(number: int, _: FrameType | None) -> None:
        loop.call_soon_threadsafe(stop.ask, number)

    before = {number: signal.signal(number, ask) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


async def run(command: Sequence[str], environ: Mapping[str, str], stop: Stop, grace: float) -> int:
    """Its exit code, negative when a signal ended it. `grace` is in seconds."""
    # A group of its own: Ctrl-C is the schedule's to answer.
    process = await asyncio.create_subprocess_exec(
        *command, stdin=asyncio.subprocess.DEVNULL, env=dict(environ), process_group=0
    )
    ended = asyncio.ensure_future(process.wait())
    await _first(ended, stop.asked, None)
    for seconds, sooner in ((grace, stop.now), (_LAST, None)):
        if not ended.done():
            with suppress(ProcessLookupError):
                process.terminate()
            await _first(ended, None, _APART)
            await _first(ended, sooner, seconds)
    if not ended.done():
        with suppress(ProcessLookupError):
            process.kill()
    return await ended


async def _first(ended: "asyncio.Future[int]", event: asyncio.Event | None, seconds: float | None) -> None:
    """Returns as soon as one of the three is there."""
    waiting = asyncio.ensure_future((event or asyncio.Event()).wait())
    both: tuple[asyncio.Future[Any], ...] = (ended, waiting)
    await asyncio.wait(both, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()


@contextmanager
def finishing_on_sigterm() -> Iterator[Callable[[], bool]]:
    """The run's side: whether it was asked to stop. Asked again, `KeyboardInterrupt` is raised where it stands."""
    asked: list[int] = []

    def ask(number: int, _: FrameType | None) -> None:
        asked.append(number)
        if len(asked) > 1:
            raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, ask)
    try:
        yield lambda: bool(asked)
    finally:
        signal.signal(signal.SIGTERM, before)
