"""Who is at work on which source, in the ledger, so that two runs on one ledger never write the same piece at once.

A claim is held as long as its run is alive: it is renewed while the run goes on, runs out when the machine is gone, and
is void at once when the process that held it has ended on this machine. Time is that of the ledger: the clocks of two
machines that share one need not agree.
"""

import asyncio
import os
import platform
import uuid
from collections.abc import AsyncIterator, Callable, Collection, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import MarbreError
from pipeline.ledger import Ledger

if TYPE_CHECKING:
    from sqlalchemy import Connection

LASTS = 120.0
"""Seconds a claim holds without a sign of life."""
_RENEWED = LASTS / 4
_LOOK = 0.5  # seconds between two looks at a claim of another run


class Claims:
    """Those of one run."""

    def __init__(
        self, ledger: Ledger, clock: Callable[[], float] | None = None, place: str = "", run: str = ""
    ) -> None:
        """`clock`: seconds since 1970, where it is not to be the ledger's; `run`: its name, where others must know it."""
        self._ledger, self._clock = ledger, clock
        self._place = place or _here()
        self._run = run or uuid.uuid4().hex
        self._held: set[str] = set()
        self._left: set[str] = set()
        """Let go of, but the ledger has not heard of it: this run may have them again."""

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
    def held(self, *sources: str) -> Iterator[frozenset[str]]:
        """Hold sources for what nothing is waited for in, where this run has them already or no other does; those it has."""
        tried = False

        def once(connection: "Connection") -> list[str]:
            nonlocal tried
            again, tried = tried, True
            # In their order: two runs that took them crosswise would wait for each other.
            return [s for s in sorted(free) if self._take(connection, s, again=again)]

        free = {s for s in sources if s not in self._held}
        taken = self._ledger.doing(once) if free else []
        self._hold(taken)
        try:
            yield frozenset((*taken, *(s for s in sources if s not in free)))
        finally:
            if taken:
                self.leave(*taken)

    def is_free(self, source: str) -> bool:
        """Whether no living run has it."""
        return source not in self._ledger.doing(self.alive)

    def take(self, source: str) -> bool:
        """Whether the source is this run's now."""
        tried = False

        def once(connection: "Connection") -> bool:
            nonlocal tried
            again, tried = tried, True
            return self._take(connection, source, again=again)

        if taken := self._ledger.doing(once):
            self._hold([source])
        return taken

    def _hold(self, sources: Collection[str]) -> None:
        self._held.update(sources)
        self._left.difference_update(sources)

    def _take(self, connection: "Connection", source: str, *, again: bool) -> bool:
        from sqlalchemy import select

        from pipeline.dialects import insertion, wrote
        from pipeline.ledger_schema import CLAIMS

        now = self._now(connection)
        found = connection.execute(select(CLAIMS).where(CLAIMS.c.source == source)).mappings().first()
        free = CLAIMS.c.expires <= now
        if found and found["expires"] > now:
            ours = found["run"] == self._run and source not in self._held
            if ours and again:
                return True  # written the time before, when the server went away
            if not (ours and source in self._left) and not self._has_ended(found["place"]):
                return False
            free = CLAIMS.c.run == found["run"]
        values = {"run": self._run, "place": self._place, "expires": now + LASTS}
        taking = insertion(connection, CLAIMS).values(source=source, **values)
        # Of two that saw the same dead claim the second finds another run in its place, and changes nothing.
        return wrote(
            connection,
            taking.on_conflict_do_update(index_elements=[CLAIMS.c.source], set_=values, where=free),
        )

    def alive(self, connection: "Connection") -> list[str]:
        """The sources that some run is at work on."""
        from sqlalchemy import select

        from pipeline.ledger_schema import CLAIMS

        held = select(CLAIMS).where(CLAIMS.c.expires > self._now(connection)).order_by(CLAIMS.c.source)
        return [row.source for row in connection.execute(held) if not self._has_ended(row.place)]

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

        def once(connection: "Connection") -> None:
            change = CLAIMS.update().values(expires=self._now(connection) + LASTS)
            connection.execute(change.where(CLAIMS.c.run == self._run))

        while True:
            await asyncio.sleep(_RENEWED)
            with suppress(MarbreError):
                if self._left:
                    self._let_go()
                self._ledger.doing(once)

    def leave(self, *sources: str) -> None:
        """Let go of what is held; where that fails, when it would be renewed, or it runs out by itself."""
        self._held.difference_update(sources)
        self._left.update(sources)
        with suppress(MarbreError):
            self._let_go()

    def _let_go(self) -> None:
        from pipeline.ledger_schema import CLAIMS

        left = list(self._left)
        change = CLAIMS.delete().where(CLAIMS.c.source.in_(left), CLAIMS.c.run == self._run)
        self._ledger.doing(lambda connection: connection.execute(change))
        self._left.difference_update(left)

    def _now(self, connection: "Connection") -> float:
        from pipeline.dialects import now

        return self._clock() if self._clock else now(connection).timestamp()

    def _has_ended(self, place: str) -> bool:
        """True for a process of this machine that is no more; of another machine nothing is known."""
        machine, _, process = place.rpartition(" ")
        if machine != self._place.rpartition(" ")[0] or not process.isdigit():
            return False
        import psutil

        return not psutil.pid_exists(int(process))


def _here() -> str:
    """Machine, name space of process numbers (two containers may share a name), process.

    Names of machines are not unique, and their first name space has the same number everywhere: what no two share is
    the number of the start, on Linux.
    """
    try:
        space = f"{Path('/proc/sys/kernel/random/boot_id').read_text().strip()} {Path('/proc/self/ns/pid').readlink()}"
    except OSError:
        space = "-"
    return f"{platform.node()} {space} {os.getpid()}"
