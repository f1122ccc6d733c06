"""What a worker does with one job: the article job of `marbre batch`, its files brought and taken along."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import LedgerError, MarbreError, StorageError
from pipeline.items import Item
from pipeline.job import process_one
from pipeline.ledger import Ledger
from pipeline.model import NOT_TRIED, Failure, Outcome
from pipeline.publish import folder
from pipeline.run import Run
from pipeline.workers.filed import bring, files_of
from pipeline.workers.runs import Runs
from pipeline.workers.stored import Task

# What may be otherwise the next time though nothing was done about it: the memory, a process of this machine.
_PASSES = ("ledger_busy", "ledger", "ledger_lost", "worker", "output")


class GivenBackError(Exception):
    """The job is for another worker, or for later: nothing is wrong with the article."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a worker does its jobs."""

    runs: Runs
    ledger: Ledger
    out: Path

    async def do(self, task: Task, *, last: bool) -> Outcome:
        """Raises `GivenBackError` when it should be tried again, never when it is the `last` try."""
        try:
            run, item = await self.runs.of(task)
            outcome = await self._made(run, item, task)
        except (LedgerError, StorageError) as error:
            outcome = Outcome(task.ref, None, "failed", why="failed", error=error.failure)
        if outcome.error and (
            self._cannot(outcome, last=last) or (outcome.error.code in _PASSES and not last)
        ):
            raise GivenBackError(outcome.error.message)
        note(self.ledger, task, outcome)
        return outcome

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
            outcome = await process_one(run, item)
            slugs += [Path(outcome.folder).name] if outcome.folder else []
        finally:
            for slug in slugs:
                folder.remove(self.out, slug)
        return outcome


def given_up(ledger: Ledger, task: Task, error: Exception) -> Outcome:
    """Note what went wrong at the last try: an article whose job merely ended would be missing from every count.

    Raises `StorageError` where that cannot be noted either.
    """
    failure = (
        error.failure
        if isinstance(error, MarbreError)
        else Failure("internal", f"{type(error).__name__}: {error}.", "Please report it with this source.")
    )
    outcome = Outcome(task.ref, None, "failed", why="failed", error=failure)
    note(ledger, task, outcome)
    return outcome


def note(ledger: Ledger, task: Task, outcome: Outcome) -> None:
    """Write down what became of an article; what it cost stands with its calls. Of one that was submitted with other bytes
    meanwhile nothing is known yet.
    """
    from sqlalchemy import func

    from pipeline.workers.tables import ITEMS

    error = outcome.error
    told: dict[str, Any] = {
        "status": outcome.status,
        "verdict": outcome.verdict,
        "why": f"{error.message} {error.remedy}" if error else outcome.why,
        "code": error.code if error else None,
        "ended": func.now(),
    }
    same = (ITEMS.c.id == task.id, ITEMS.c.sha256 == task.sha256)
    change = ITEMS.update().where(*same).values(**told)
    ledger.doing(lambda connection: connection.execute(change))
