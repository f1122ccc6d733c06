"""Who is at work on which source, in the ledger, so that two runs on one ledger never write the same piece at once.

A claim is held as long as its run is alive: it is renewed while the run goes on, runs out when the machine is gone, and
is void at once when the process that held it has ended on this machine.
"""

import asyncio
import os
import platform
import time
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from pipeline.errors import MarbreError
from pipeline.ledger import Ledger

LASTS = 120.0
"""Seconds a claim holds without a sign of life."""
_RENEWED = LASTS / 4
_LOOK = 0.5  # seconds between two looks at a claim of another run


class Claims:
    """Those of one run."""

    def __init__(self, ledger: Ledger, clock: Callable[[], float] = time.time, place: str = "", run: str = "") -> None:
        self._ledger, self._clock = ledger, clock
        self._place = place or _here()
        self._run = run or uuid.uuid4().hex

    @asynccontextmanager
    async def on(self, source: str, check: Callable[[], None] = lambda: None) -> AsyncIterator[None]:
        """Hold a source; while another has it, wait. `check` is called now and then, and may raise."""
        while not self.take(source):
            check()
            await asyncio.sleep(_LOOK)
        try:
            yield
        finally:
            with suppress(MarbreError):  # it runs out by itself
                self._leave(source)

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

    def _leave(self, source: str) -> None:
        from pipeline.ledger_schema import CLAIMS

        with self._ledger.connect() as connection:
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
