"""A worker: takes jobs from the queue until it is told to end, or nothing is left to do anywhere."""

import asyncio
import signal
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.claims import Claims
from pipeline.crew import Crew
from pipeline.errors import LedgerAddressError, LedgerLostError, MarbreError, StorageError
from pipeline.model import Outcome
from pipeline.settings import Settings
from pipeline.workers import takeover
from pipeline.workers.events import Event, of_article, of_round
from pipeline.workers.filed import FiledLedger
from pipeline.workers.holds import HeldBackError, park, waits
from pipeline.workers.keeper import Keeper
from pipeline.workers.queue import app_of, ledger_url, prepared
from pipeline.workers.refreshing import look_as_worker
from pipeline.workers.rooms import SUSPECT, Rooms
from pipeline.workers.runs import Runs
from pipeline.workers.scratch import scratch
from pipeline.workers.stored import UNKNOWN, Task, task_of
from pipeline.workers.tasks import give_tasks
from pipeline.workers.work import Desk, GivenBackError, given_up

if TYPE_CHECKING:
    from procrastinate import App, JobContext
    from procrastinate.worker import Worker

_TRIES = 5  # of one article, where what failed may pass
_POLLED = 2.0  # seconds: jobs that others gave back are not announced
_NEVER = 86_400.0 * 365  # seconds: who is lost, `takeover` decides; nobody asks for a job to be broken off
_SPARE = takeover.LOST / 3  # seconds: the queue's own signs of life, for when the keeper's wait for something
_ANEW = 2.0  # seconds before a worker that lost the queue begins again
_GRANT = "GRANT that user ALL on all tables and sequences of its schema."


@dataclass(frozen=True, slots=True)
class Wanted:
    until_empty: bool
    grace: float
    """Seconds for which articles under way are finished once the worker is told to end."""
    tell: Callable[[Event], None]
    """Called from several threads."""
    cron: str | None = None
    """When all pieces are looked at, in UTC; a worker without it does what others' schedules ask for."""


@dataclass
class _Floor:
    """What goes on in this process: one registration with the queue after the other, mostly one."""

    own: Settings
    ledger: FiledLedger
    crew: Crew
    wanted: Wanted
    over: bool = False
    signal: int = 0
    error: MarbreError | None = None
    held: MarbreError | None = None
    """Why a submission is held back that this worker had a job of."""
    worker: "Worker | None" = None
    runs: Runs | None = None
    jobs: set[int] = field(default_factory=set)
    rooms: Rooms = field(default_factory=Rooms)

    def end(self, number: int = 0, error: MarbreError | None = None) -> None:
        """Take no more jobs, finish what is under way."""
        self.over, self.signal, self.error = True, self.signal or number, self.error or error
        self.begin_anew()

    def begin_anew(self) -> None:
        if self.worker:
            self.worker.stop()  # type: ignore[no-untyped-call]

    def give_up(self) -> None:
        """Others have what this worker had in hand: it asks for nothing more, which they would pay for too."""
        if self.runs:
            self.runs.stop(
                LedgerLostError("lost", "Others took this worker for lost.", "They go on with its articles.")
            )
        self.begin_anew()

    async def refresh(self, context: "JobContext", item: int) -> None:
        """A task that Procrastinate calls: a piece that is due."""
        await self.article(context, item, is_due=True)

    async def article(self, context: "JobContext", item: int, *, is_due: bool = False) -> None:
        """The task that Procrastinate calls."""
        job, name = context.job.id or 0, f"worker-{context.job.worker_id}"
        self.jobs.add(job)
        try:
            if self.runs is None:
                self.runs = Runs(self.own, self.ledger, self.crew, name)
            task = task_of(self.ledger, item)
            last = context.job.attempts + 1 >= _TRIES + task.lost
            outcome = await self._done(task, name, job, is_due=is_due, last=last)
            if outcome:
                self.wanted.tell(of_article(outcome, context.job.worker_id, task.submission, job))
        except StorageError as error:
            if error.code == UNKNOWN:
                raise  # nothing waits for this job
            raise GivenBackError(str(error)) from None
        finally:
            self.jobs.discard(job)
            self._look_at_runs()

    async def _done(self, task: Task, name: str, job: int, *, is_due: bool, last: bool) -> Outcome | None:
        """None for a job that is held back. Raises `GivenBackError` when it should be tried again, and `StorageError` where
        what became of it cannot be noted.
        """
        assert self.runs is not None  # noqa: S101 - the task opens them
        desk = Desk(self.runs, self.ledger, self.own.out)
        try:
            async with self._room(task, name):
                return await (desk.renew(task, job, last=last) if is_due else desk.do(task, last=last))
        except GivenBackError:
            raise
        except HeldBackError as held:
            await self._hold_back(held, task, job)
            return None
        except Exception as error:  # noqa: BLE001 - a fault of ours: else the job would end, and nobody hear of its article
            if isinstance(error, MarbreError) and error.stops_the_run and not isinstance(error, StorageError):
                self.end(error=error)
            elif last:
                return given_up(self.ledger, task, error)
            raise GivenBackError(str(error)) from None

    async def _hold_back(self, held: HeldBackError, task: Task, job: int) -> None:
        """Raises `GivenBackError` where its submission goes on by now."""
        if held.is_new:
            message, number = str(held.error), held.submission
            self.wanted.tell(Event("held", message, self.number, task.ref, submission=number, job=job))
        if not await asyncio.to_thread(park, self.ledger, held.submission, job):
            raise GivenBackError(str(held))
        self.held = held.error

    @asynccontextmanager
    async def _room(self, task: Task, run: str) -> AsyncIterator[None]:
        """What an article waits for, and whether it is alone there, is told to all: who only waited is not blamed for the end
        of this worker.
        """
        alone, claims = task.killed >= SUSPECT, Claims(self.ledger, run=run)
        async with AsyncExitStack() as line:
            if self.rooms.must_wait(alone=alone):
                await line.enter_async_context(claims.on(takeover.in_line(task.id)))
            async with self.rooms.entered(alone=alone):
                await line.aclose()
                if alone:
                    await line.enter_async_context(claims.on(takeover.alone(task.id)))
                yield

    async def look(self, context: "JobContext", timestamp: int) -> None:  # noqa: ARG002 - of the tick, not of now
        """A task that the queue's own schedule calls: of all pieces, which are due."""
        job = context.job.id or 0
        self.jobs.add(job)
        try:
            told = await asyncio.to_thread(look_as_worker, self.ledger, self.own, lambda: self.over)
            self.wanted.tell(of_round(told, context.job.worker_id, job))
        except Exception as error:
            what = str(error) if isinstance(error, MarbreError) else f"{type(error).__name__}: {error}."
            self.wanted.tell(Event("error", f"Not all pieces were looked at: {what}", self.number, job=job))
            raise
        finally:
            self.jobs.discard(job)

    def _look_at_runs(self) -> None:
        stopped = self.runs.stopped if self.runs else None
        if isinstance(stopped, StorageError):
            self.begin_anew()
        elif stopped:
            self.end(error=stopped)

    async def shift(self, app: "App") -> None:
        """One registration with the queue, with runs and claims of its own."""
        from procrastinate.worker import Worker

        from pipeline.workers.tables import QUEUES

        self.runs, self.jobs, self.rooms = None, set(), Rooms()
        self.worker = Worker(
            app, [*QUEUES], concurrency=_under_way(self.own.concurrency), fetch_job_polling_interval=_POLLED,
            shutdown_graceful_timeout=self.wanted.grace, install_signal_handlers=False,
            update_heartbeat_interval=_SPARE, stalled_worker_timeout=_NEVER, abort_job_polling_interval=_NEVER,
        )  # fmt: skip
        keeper = Keeper(self.ledger, self.worker, self.jobs, self.wanted.tell, self.give_up, self._emptied)
        try:
            async with keeper.at_work():
                if not self.over:
                    await self.worker.run()  # type: ignore[no-untyped-call]
        except Exception as error:  # noqa: BLE001 - whatever the queue raises when it was away for too long
            self._queue_failed(error)
        finally:
            if self.runs:
                await self.runs.close()

    def _emptied(self) -> None:
        if self.wanted.until_empty:
            self.end()

    def _queue_failed(self, error: Exception) -> None:
        from pipeline.dialects import NO_RIGHT, plain

        cause = error.__cause__ or error
        why = plain(cause, self.ledger.address) or type(cause).__name__
        if getattr(cause, "sqlstate", None) == NO_RIGHT:
            self.end(error=LedgerAddressError("ledger", f"The queue cannot be used: {why}.", _GRANT))
        else:
            self.say(f"The queue was lost: {why}. This worker begins anew.")

    def leave(self) -> None:
        """A worker that had no job of what is held back would end without a word, as if all were done."""
        if not self.wanted.until_empty or self.signal or self.error or self.held:
            return
        with suppress(MarbreError):
            _, held = self.ledger.doing(lambda connection: waits(connection, 1))
            if many := sum(held.values()):
                jobs = "1 job is" if many == 1 else f"{many:,} jobs are"
                self.say(f"{jobs} held back: marbre status says why, marbre resume lets a submission go on.")

    @property
    def number(self) -> int | None:
        return self.worker.worker_id if self.worker else None

    def say(self, message: str) -> None:
        self.wanted.tell(Event("note", message, self.number))


async def work(own: Settings, wanted: Wanted) -> int:
    """The number of the signal that ended it, or 0. Raises the `MarbreError` that makes going on useless, and once nothing is
    left to do the one that holds something back.
    """
    url = ledger_url(own)
    with scratch(Path(tempfile.gettempdir())) as place:
        mine = own.model_copy(update={"out": place})
        ledger, crew = FiledLedger(url, mine.out, own.ledger_wait), Crew(_under_way(own.concurrency))
        floor = _Floor(mine, ledger, crew, wanted)
        try:
            prepared(ledger)
            async with app_of(url, lambda: floor.number).open_async() as app:
                give_tasks(app, floor, wanted.cron)
                with _heeding_signals(floor.end):
                    await floor.shift(app)
                    while not floor.over:
                        await asyncio.sleep(_ANEW)
                        await floor.shift(app)
                floor.leave()
        finally:
            crew.close()
            ledger.close()
    if error := floor.error or (floor.held if wanted.until_empty else None):
        raise error
    return floor.signal


def _under_way(calls: int) -> int:
    """Articles at once: a quarter more than calls, which are read and checked meanwhile. With as many again a worker writes
    4 % more, but a lost one leaves many behind that had only waited, and are suspected the next time.
    """
    return calls + max(1, calls // 4) if calls > 1 else 1


@contextmanager
def _heeding_signals(end: Callable[[int], None]) -> Iterator[None]:
    """The first SIGTERM or SIGINT ends it in order; a second one as the system would."""
    loop = asyncio.get_running_loop()
    both = (signal.SIGTERM, signal.SIGINT)

    def heed(number: int) -> None:
        for each in both:
            loop.remove_signal_handler(each)
        end(number)

    for each in both:
        loop.add_signal_handler(each, heed, each)
    try:
        yield
    finally:
        for each in both:
            loop.remove_signal_handler(each)
