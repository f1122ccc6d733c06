"""What a worker does with one job: the article job of `marbre batch`, its files brought and taken along."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import origins
from pipeline.crew import ENDED
from pipeline.errors import MarbreError, StorageError
from pipeline.items import Item
from pipeline.job import process_one
from pipeline.ledger import Ledger
from pipeline.ledger_rows import standing
from pipeline.model import NOT_TRIED, Outcome
from pipeline.outcomes import fault
from pipeline.publish import folder
from pipeline.refresh.doing import do_what_is_due
from pipeline.run import Run
from pipeline.workers import holds, takeover
from pipeline.workers.filed import FiledLedger, bring, files_of
from pipeline.workers.orders import Order, Told, order_of
from pipeline.workers.runs import Runs, in_turn
from pipeline.workers.stored import Task

if TYPE_CHECKING:
    from sqlalchemy import Connection

# What may be otherwise the next time though nothing was done about it: the memory, a process of this machine.
_PASSES = ("ledger_busy", "ledger", "ledger_lost", ENDED, "output")
# What may come of a disk that is full: then it is the machine that cannot go on, and it would come to every article.
_OF_ITS_MACHINE = ("output", "internal")
_ROOM = 1_000_000  # bytes; ten times what an article takes

_NOTHING_LEFT = "nothing is left of its refresh: it was done, or its source submitted again, or forgotten"


class GivenBackError(Exception):
    """The job is for another worker, or for later: nothing is wrong with the article."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a worker does its jobs."""

    runs: Runs
    ledger: FiledLedger
    out: Path

    async def do(self, task: Task, *, last: bool) -> Outcome:
        """Raises `GivenBackError` when it should be tried again, never when it is the `last` try; `HeldBackError` when its
        submission is held back.
        """
        outcome = await self._became(task, self._made, last=last)
        if not self._ends_processes(outcome):  # else that is noted
            note(self.ledger, task, outcome)
        return outcome

    async def renew(self, task: Task, job: int, *, last: bool) -> Outcome:
        """The same for a piece that is due."""
        order = order_of(self.ledger, task, job)
        if order is None:
            return Outcome(task.ref, None, "skipped", why=_NOTHING_LEFT)
        outcome = await self._became(order.task, partial(self._renewed, told=order.told), last=last)
        if not self._ends_processes(outcome):  # else that is noted
            note_renewed(self.ledger, task, job, outcome, order)
        return outcome

    async def _became(
        self, task: Task, made: Callable[[Run, Item, Task], Awaitable[Outcome]], *, last: bool
    ) -> Outcome:
        if held := holds.standing(self.ledger, task.submission):
            raise held
        try:
            run, item = await self.runs.of(task)
            outcome = await made(run, item, task)
        except StorageError as error:
            outcome = Outcome(task.ref, None, "failed", why="failed", error=error.failure)
        except MarbreError as error:
            if not holds.is_its_own(error):
                raise
            raise await asyncio.to_thread(holds.hold, self.ledger, task.submission, error) from None
        else:
            await self._heed(run, task, outcome)
        if outcome.error and outcome.error.code in _OF_ITS_MACHINE and (full := without_room(self.out)):
            self.runs.stop(full)
            raise GivenBackError(full.message)
        if self._ends_processes(outcome) and takeover.blamed(self.ledger, task.id):
            return outcome
        if outcome.error and (
            self._cannot(outcome, last=last) or (outcome.error.code in _PASSES and not last)
        ):
            raise GivenBackError(outcome.error.message)
        return outcome

    async def _heed(self, run: Run, task: Task, outcome: Outcome) -> None:
        """Raises `HeldBackError` where an article was not done for what stops its submission alone."""
        stopped = run.halt.error
        if stopped is None or not holds.is_its_own(stopped):
            return
        self.runs.drop(run)
        if outcome.why == NOT_TRIED or outcome.error == stopped.failure:
            raise await asyncio.to_thread(holds.hold, self.ledger, task.submission, stopped)

    def _ends_processes(self, outcome: Outcome) -> bool:
        """Whether the worker, which ends now, might be only the first that this article ends."""
        return outcome.error is not None and outcome.error.code == ENDED and outcome.why != NOT_TRIED

    def _cannot(self, outcome: Outcome, *, last: bool) -> bool:
        """Whether it is the worker that cannot go on: nothing is wrong with the article. A memory that fails with one article
        time and again fails because of it.
        """
        stopped = self.runs.stopped
        if stopped is None or (last and isinstance(stopped, StorageError) and outcome.why != NOT_TRIED):
            return False
        return outcome.why == NOT_TRIED or outcome.error == stopped.failure

    async def _made(self, run: Run, item: Item, task: Task) -> Outcome:
        known = self.ledger.piece_of(task.key, task.sha256)
        slugs = [known.slug] if known else []
        if known and known.files_sha256:
            bring(self.out, known.slug, files_of(self.ledger, known.slug))
        try:
            outcome = await process_one(in_turn(run, task), item)
            slugs += [Path(outcome.folder).name] if outcome.folder else []
        finally:
            for slug in slugs:
                folder.remove(self.out, slug)
        return outcome

    async def _renewed(self, run: Run, item: Item, task: Task, told: Told) -> Outcome:
        row = self.ledger.at(told.slug)
        known = origins.known_of(self.ledger, told.slug) if row else None
        if row is None or known is None or row.source != task.key or not told.is_about(known):
            why = "another run has written it meanwhile"
            if row is None:
                return Outcome(task.ref, None, "skipped", why=why)
            return replace(standing(row, self.out, why), source=task.ref)
        self.ledger.names |= {each.article.sha256: each.source for each in told.beside}
        bring(self.out, row.slug, files_of(self.ledger, row.slug))
        try:
            return await do_what_is_due(run, item, told.decision(known))
        finally:
            folder.remove(self.out, row.slug)


def given_up(ledger: Ledger, task: Task, error: Exception) -> Outcome:
    """Note what went wrong at the last try: an article whose job merely ended would be missing from every count.

    Raises `StorageError` where that cannot be noted either.
    """
    failure = error.failure if isinstance(error, MarbreError) else fault(error)
    outcome = Outcome(task.ref, None, "failed", why="failed", error=failure)
    note(ledger, task, outcome)
    return outcome


def without_room(out: Path) -> MarbreError | None:
    """What ends a worker whose folder takes nothing more; None where it does."""
    probe = out / ".room"
    try:
        out.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(bytes(_ROOM))
    except OSError as error:
        message = f"The folder {out} cannot be written: {error.strerror or error}."
        return MarbreError("output", message, "Look at rights and disk space; TMPDIR names another place.")
    finally:
        with suppress(OSError):
            probe.unlink(missing_ok=True)
    return None


def note(ledger: Ledger, task: Task, outcome: Outcome) -> None:
    """Write down what became of an article; what it cost stands with its calls. Of one that was submitted with other bytes,
    or for another keyphrase, meanwhile nothing is known yet.
    """
    from pipeline.workers.tables import ITEMS

    same = (
        ITEMS.c.id == task.id,
        ITEMS.c.sha256 == task.sha256,
        ITEMS.c.keyphrase.is_not_distinct_from(task.keyphrase),
    )
    change = ITEMS.update().where(*same).values(**_noted(outcome))
    ledger.doing(lambda connection: connection.execute(change))


def note_renewed(ledger: Ledger, task: Task, job: int, outcome: Outcome, order: Order) -> None:
    """The same of a piece that was due. The source that it was written from is the one that counts from now on."""
    from pipeline.workers.tables import ITEMS, REFRESHES

    told = _noted(outcome)
    if outcome.status == "written":
        told |= {"sha256": order.task.sha256, "media": order.task.media}
    same = (ITEMS.c.id == task.id, ITEMS.c.sha256 == task.sha256, ITEMS.c.job == job)

    def change(connection: "Connection") -> None:
        connection.execute(ITEMS.update().where(*same).values(**told))
        connection.execute(REFRESHES.delete().where(REFRESHES.c.item == task.id))

    ledger.doing(change)


def _noted(outcome: Outcome) -> dict[str, Any]:
    """Of a row of `work_items`, what tells of it."""
    from sqlalchemy import func

    error = outcome.error
    return {
        "status": outcome.status,
        "verdict": outcome.verdict,
        "why": f"{error.message} {error.remedy}" if error else outcome.why,
        "code": error.code if error else None,
        "ended": func.now(),
    }
