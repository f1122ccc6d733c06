"""A worker's signs of life, and its looks into the queue: who else gives none, what is left, whether it was itself taken for lost."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from collections.abc import Set as AbstractSet
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING, Literal

from pipeline.errors import MarbreError
from pipeline.ledger import Ledger
from pipeline.workers import takeover
from pipeline.workers.events import Event
from pipeline.workers.holds import release_due

if TYPE_CHECKING:
    from procrastinate.worker import Worker

_STUCK = 120.0  # seconds without a turn of the thread that sends: then others may have what it has
_UNHEARD = 10.0  # seconds for which a job is this worker's and it does nothing for it


@dataclass
class Keeper:
    """Of one registration with the queue."""

    ledger: Ledger
    worker: "Worker"
    jobs: AbstractSet[int]
    """Those that something is done for here; others change it."""
    tell: Callable[[Event], None]
    lost: Callable[[], None]
    """Called in the thread that sends: others have what this worker had in hand."""
    emptied: Callable[[], None]
    """Called there too, now and then once no job waits or runs anywhere."""
    ticked: float = field(default_factory=monotonic)
    """When the thread that sends was last seen at work."""

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """In a thread of its own, beside the queue's own signs of life: those end when a worker is told to stop, though
        articles under way are finished first; and a machine with too much to do holds them up.
        """
        ending, loop = threading.Event(), asyncio.get_running_loop()
        thread = threading.Thread(target=self._keep, args=(loop, ending), daemon=True)
        thread.start()
        ticking = asyncio.create_task(self._tick())
        try:
            yield
        finally:
            ending.set()
            ticking.cancel()
            await asyncio.to_thread(thread.join)

    async def _tick(self) -> None:
        while True:
            # This process was stopped, or its machine slept: what comes next must not be asked for before that is known.
            if monotonic() - self.ticked > takeover.LOST / 2:
                self._look_whether_lost()
            self.ticked = monotonic()
            await asyncio.sleep(1)

    def _look_whether_lost(self) -> None:
        me = self.worker.worker_id
        with suppress(MarbreError):
            if me is not None and not takeover.is_known(self.ledger, me):
                self.lost()

    def _keep(self, loop: asyncio.AbstractEventLoop, ending: threading.Event) -> None:
        """Look into the queue now and then, until this worker is to end."""
        since: dict[int, float] = {}
        told: int | None = None
        while not ending.wait(takeover.BEAT):
            me, moment = self.worker.worker_id, monotonic()
            if me is None or moment - self.ticked > _STUCK:
                continue
            unheard = [job for job, at in since.items() if moment - at > _UNHEARD and job not in self.jobs]
            try:
                seen = takeover.look(self.ledger, me, unheard)
                self._tell(seen)
                if seen.due:  # apart from the look, whose transaction keeps signs of life waiting
                    release_due(self.ledger)
            except MarbreError as error:
                self._say(f"{error.message} This worker waits for it.")
                continue
            except Exception as error:  # noqa: BLE001 - without this thread nobody would take over, or end, ever
                self._say(
                    f"The queue could not be looked at ({type(error).__name__}); this worker looks again."
                )
                continue
            turned = monotonic() - self.ticked < _UNHEARD / 2  # else it may just not have come to them
            since = {job: since.get(job, moment) for job in seen.mine - self.jobs} if turned else {}
            if not seen.alive and self.worker.worker_id == me != told:
                self._say("Others took this worker for lost; it begins anew.")
                loop.call_soon_threadsafe(self.lost)
                told = me
            elif not (seen.left or seen.due):
                loop.call_soon_threadsafe(self.emptied)

    def _say(self, message: str) -> None:
        self.tell(Event("note", message, self.worker.worker_id))

    def _tell(self, seen: takeover.Seen) -> None:
        for ref, killed in seen.taken:
            name: Literal["set_aside", "taken_over"] = (
                "set_aside" if killed >= takeover.MOST_KILLED else "taken_over"
            )
            message = f"{ref}: {name.replace('_', ' ')}; {killed} of its workers ended."
            self.tell(Event(name, message, self.worker.worker_id, ref))
