"""Who is at work on which source, in the ledger, so that two runs on one ledger never write the same piece at once.

A claim is held as long as its run is alive: it is renewed while the run goes on, runs out when the machine is gone, and
is void at once when the process that held it has ended on this machine.
"""

import asyncio
import os
import platform
import time
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path

from pipeline.errors import MarbreError
from pipeline.ledger import Ledger

LASTS = 120.0
"""Seconds a claim holds without a sign of life."""
_RENEWED = LASTS / 4
_LOOK = 0.5  # seconds between two looks at a claim of another run


class Claims:
    """Those of one run."""

    def __init__(self, ledger: Ledger, clock: Callable[[], float] = time.time, place: str = "") -> None:
        self._ledger, self._clock = ledger, clock
        self._place = place or _here()
        self._run = uuid.uuid4().hex
        self._mine: set[str] = set()

    @asynccontextmanager
    async def on(self, source: str, check: Callable[[], None] = lambda: None) -> AsyncIterator[None]:
        """Hold a source; while another has it, wait. `check` is called now and then, and may raise."""
        while not self.take(source):
            check()
            await asyncio.sleep(_LOOK)
        try:
            yield
        finally:
            self.leave(source)

    @contextmanager
    def held(self, source: str) -> Iterator[bool]:
        """Hold a source for what nothing is waited for in, where this run has it already or no other does; whether it is held."""
        before = source in self._mine
        mine = before or self.take(source)
        try:
            yield mine
        finally:
            if mine and not before:
                self.leave(source)

    def is_free(self, source: str) -> bool:
        """Whether no living run has it."""
        from sqlalchemy import select

        from pipeline.ledger_schema import CLAIMS

        with self._ledger.connect() as connection:
            found = connection.execute(select(CLAIMS).where(CLAIMS.c.source == source)).mappings().first()
        return found is None or found["expires"] <= self._clock() or self._has_ended(found["place"])

    def take(self, source: str) -> bool:
        """Whether the source is this run's now."""
        from sqlalchemy import select
        from sqlalchemy.exc import IntegrityError

        from pipeline.ledger_schema import CLAIMS

        now = self._clock()
        theirs = CLAIMS.c.source == source
        with self._ledger.connect() as connection:
            found = connection.execute(select(CLAIMS).where(theirs)).mappings().first()
        if found and found["expires"] > now and not self._has_ended(found["place"]):
            return False
        values = {"source": source, "run": self._run, "place": self._place, "expires": now + LASTS}
        try:
            with self._ledger.connect() as connection:
                if found:
                    connection.execute(CLAIMS.delete().where(theirs, CLAIMS.c.run == found["run"]))
                connection.execute(CLAIMS.insert().values(**values))
        except IntegrityError:  # another was quicker
            return False
        self._mine.add(source)
        return True

    @asynccontextmanager
    async def kept(self) -> AsyncIterator[None]:
        """Renew what is held until the run ends."""
        renewing = asyncio.create_task(self._renew())
        try:
            yield
        finally:
            renewing.cancel()
            with suppress(asyncio.CancelledError):
                await renewing

    async def _renew(self) -> None:
        from pipeline.ledger_schema import CLAIMS

        while True:
            await asyncio.sleep(_RENEWED)
            change = CLAIMS.update().values(expires=self._clock() + LASTS)
            with suppress(MarbreError), self._ledger.connect() as connection:
                connection.execute(change.where(CLAIMS.c.run == self._run))

    def leave(self, source: str) -> None:
        """Let go of a source that is held; where that fails it runs out by itself."""
        from pipeline.ledger_schema import CLAIMS

        self._mine.discard(source)
        with suppress(MarbreError), self._ledger.connect() as connection:
            connection.execute(CLAIMS.delete().where(CLAIMS.c.source == source, CLAIMS.c.run == self._run))

    def _has_ended(self, place: str) -> bool:
        """True for a process of this machine that is no more; of another machine nothing is known."""
        machine, _, process = place.rpartition(" ")
        if machine != self._place.rpartition(" ")[0] or not process.isdigit():
            return False
        import psutil

        return not psutil.pid_exists(int(process))


def _here() -> str:
    """Machine, name space of process numbers (two containers may share a name), process."""
    try:
        space = str(Path("/proc/self/ns/pid").readlink())
    except OSError:
        space = "-"
    return f"{platform.node()} {space} {os.getpid()}"
