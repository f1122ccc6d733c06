"""A refresh over workers: decided here, by what lies in the ledger; a job for each piece that is due."""

import hashlib
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from pipeline import batch, origins
from pipeline.errors import ExitCode, SourceError
from pipeline.items import item_of
from pipeline.ledger import Ledger
from pipeline.model import Outcome
from pipeline.refresh.beside import background
from pipeline.refresh.deciding import Asked, Decision, Desk, decisions, remember
from pipeline.refresh.left import later, stays
from pipeline.refresh.run import in_order, look_at_all, sorted_out
from pipeline.refresh.where import in_lots
from pipeline.schedule.times import zone_of
from pipeline.settings import Settings
from pipeline.stages import ingest
from pipeline.workers.content import digest_of
from pipeline.workers.orders import Beside, Source, defer, told_of
from pipeline.workers.pieces import Submitted, Terms
from pipeline.workers.stored import Task, page_bytes
from pipeline.workers.submit import submission

_THERE = Path()
"""Of a piece is told where it lies in an exported folder, wherever that is."""


@dataclass(frozen=True, slots=True)
class Deferred:
    """`outcomes` are those of the pieces that were due, by slug: `waiting` where a job was added."""

    outcomes: tuple[Outcome, ...]
    stayed: int
    elsewhere: int
    """Pieces of `marbre batch`, which were not looked at."""
    stopped: bool = False

    @property
    def looked_at(self) -> int:
        return self.stayed + len(self.outcomes)

    @property
    def added(self) -> int:
        return sum(o.status == "waiting" for o in self.outcomes)

    @property
    def exit_code(self) -> ExitCode:
        """Of those that no worker is to write: 4 when a source could not be read, 3 when a person must look."""
        return batch.exit_code(o for o in self.outcomes if o.status != "waiting")


@dataclass(frozen=True, slots=True)
class Round:
    """A refresh: what is looked at, and the submissions it has made by now, by the digest of their settings."""

    desk: Desk
    where: Submitted
    submissions: dict[str, int] = field(default_factory=dict)

    def decisions(self) -> Iterator[Decision]:
        """For every piece of workers, by slug; nothing is written."""
        return decisions(self.desk)

    def done(self, stay: Callable[[Outcome], None]) -> Deferred:
        """Look at all, and add a job for each that is due. `stay` hears of those that are not."""
        looked = look_at_all(self.desk, _THERE, stay)
        if self.desk.stopping():
            return Deferred((), looked.stayed, self.where.elsewhere, stopped=True)
        remember(self.desk)
        todo, left = sorted_out(looked.due, self.desk.asked.limit, _THERE)
        outcomes = in_order(looked.due, (*left, *self._deferred(todo)))
        return Deferred(outcomes, looked.stayed, self.where.elsewhere, stopped=self.desk.stopping())

    def _deferred(self, todo: Sequence[Decision]) -> Iterator[Outcome]:
        for lot in in_lots(iter(todo)):
            self.where.look_at([decision.known for decision in lot])
            for decision in lot:
                stopped = self.desk.stopping()
                yield later(decision, _THERE, "stopped") if stopped else self._one(decision)

    def _one(self, decision: Decision) -> Outcome:
        told = stays(decision, _THERE)
        if why := self.where.left(decision.known):
            return replace(told, why=f"{decision.why}; {why}")
        task, terms = self.where.task(decision.known), self.where.terms(decision.known)
        try:
            source = self._source(decision, task)
            order = told_of(decision, self._beside(decision))
            job = defer(self.desk.ledger, task, order, source, self._submission(terms))
        except SourceError as error:
            return replace(told, status="failed", why="failed", error=error.failure)
        if job is None:
            return replace(told, why=f"{decision.why}; its source was submitted again meanwhile")
        return replace(told, status="waiting", why=f"{decision.why}; job {job} waits for a worker")

    def _source(self, decision: Decision, task: Task) -> Source:
        """As it is now; as it was last submitted where it does not lie here, or says what it said. Raises `SourceError`."""
        known = decision.known
        state = next((s.state for s in decision.seen.sources if s.label == "S1"), "same")
        ref = str(known.row.entry.get("source"))
        if known.row.source.startswith(("http://", "https://")):
            if state != "changed":
                return Source(task.sha256, task.media)
            read = item_of(known.row.source, self.desk.settings, io.BytesIO()).read()
            return _given(page_bytes(read), "")
        if self.where.lies_here(known.row.source):
            return _given(*ingest.bytes_of(Path(known.row.source), ref))
        return Source(task.sha256, task.media)

    def _beside(self, decision: Decision) -> tuple[Beside, ...]:
        old = origins.articles_of(self.desk.ledger, decision.slug)
        found = background(decision, old, self.desk.settings, self.where.file_now)
        return tuple(Beside(name, article) for name, article in found)

    def _submission(self, terms: Terms) -> int:
        digest = digest_of(terms.content, terms.flags)
        if digest not in self.submissions:
            own = round_of(digest, self.desk.now)
            self.submissions[digest] = submission(
                self.desk.ledger, terms.content, terms.flags, own, self.desk.now
            )
        return self.submissions[digest]


def round_over(
    ledger: Ledger,
    settings: Settings,
    expressly: Mapping[str, Any],
    asked: Asked,
    now: datetime,
    stopping: Callable[[], bool],
    *,
    here: bool,
) -> Round:
    """`expressly` are settings that win over those of the pieces; `here`: whether files of this machine are looked at."""
    where = Submitted(ledger, settings, expressly, here=here)
    return Round(Desk(ledger, settings, asked, now, where, stopping), where)


def look_as_worker(ledger: Ledger, own: Settings, stopping: Callable[[], bool]) -> Deferred:
    """What a worker does at a time of the queue's own schedule: files of its machine are nobody's source, and its settings
    decide no content.
    """
    now = ledger.now().astimezone(zone_of(own.time_zone))
    asked = own.model_copy(update={"related": None})
    return round_over(ledger, asked, {}, Asked(), now, stopping, here=False).done(lambda _: None)


def round_of(digest: str, now: datetime) -> str:
    """What a refresh's submission is known by: of two refreshes with the same settings each is one of its own."""
    from pipeline.workers.tables import REFRESH_ROUND

    told = hashlib.sha256(f"{digest} {now.isoformat()}".encode()).hexdigest()
    return f"{REFRESH_ROUND}{told}"[: len(digest)]


def has_submissions(ledger: Ledger) -> bool:
    """Whether workers write the pieces of this ledger."""
    from sqlalchemy import text

    from pipeline.workers.tables import ITEMS, are_there

    with ledger.connect() as connection:
        there = are_there(connection, ITEMS.name)
        return bool(there and connection.scalar(text("SELECT EXISTS (SELECT 1 FROM work_items)")))


def _given(data: bytes, media: str) -> Source:
    return Source(hashlib.sha256(data).hexdigest(), media, data)
