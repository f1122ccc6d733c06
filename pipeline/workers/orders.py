"""What a worker is told of a piece that is due: why, what was seen, its source and background as they are now.

It goes into the ledger with the job, in one transaction, and out of it with what became of the piece.
"""

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from pipeline.errors import SourceError
from pipeline.ledger import Ledger
from pipeline.ledger_rows import is_slug, reading
from pipeline.model import Article
from pipeline.origins import Known
from pipeline.refresh.deciding import Decision
from pipeline.refresh.doing import identity
from pipeline.refresh.due import Reason, Seen
from pipeline.workers.filed import hash_of
from pipeline.workers.queue import busy, deferred, refresh_job_of
from pipeline.workers.stored import LARGEST, Task, packed, unpacked

if TYPE_CHECKING:
    from pydantic import TypeAdapter

# Under its lock: nothing has come for the source since it was looked at.
_MINE = (
    "SELECT id FROM work_items WHERE id = :item AND sha256 = :sha256 AND submission = :submission FOR UPDATE"
)
_WAITS = """
UPDATE work_items SET job = :job, killed = 0, status = NULL, verdict = NULL, why = NULL, code = NULL, ended = NULL
WHERE id = :item
"""


@dataclass(frozen=True, slots=True)
class Beside:
    """An article that gives background."""

    source: str
    """Path or address."""
    article: Article


@dataclass(frozen=True, slots=True)
class Told:
    """A decision on its way to another machine."""

    slug: str
    ref: str
    """The name of its source, as given."""
    identity: tuple[str, str, str]
    """Of the piece as it was decided on."""
    reasons: tuple[Reason, ...]
    seen: Seen
    gone: str
    key: str
    beside: tuple[Beside, ...]

    def decision(self, known: Known) -> Decision:
        """Whoever has written the piece meanwhile: `identity` tells."""
        return Decision(
            known,
            self.seen,
            self.reasons,
            self.gone,
            key=self.key,
            beside=tuple(each.article for each in self.beside),
        )

    def is_about(self, known: Known) -> bool:
        return identity(known) == self.identity


@dataclass(frozen=True, slots=True)
class Order:
    """What is written again, for whom, from what. `task` has the source as it is now, and the refresh's own submission."""

    task: Task
    told: Told


@dataclass(frozen=True, slots=True)
class Source:
    """A source as it is now: under its hash in the ledger already, where it comes without bytes."""

    sha256: str
    media: str
    data: bytes | None = None


def told_of(decision: Decision, beside: tuple[Beside, ...]) -> Told:
    known = decision.known
    return Told(
        known.row.slug, str(known.row.entry.get("source")), identity(known), decision.reasons, decision.seen,
        decision.gone, decision.key, beside,
    )  # fmt: skip


@cache
def _form() -> "TypeAdapter[Told]":
    from pydantic import TypeAdapter

    return TypeAdapter(Told)


def packed_of(told: Told) -> bytes:
    """Raises `SourceError` for what cannot be written down."""
    try:
        data = _form().dump_json(told)
    except ValueError:
        message = "Its background holds half a character, which cannot be written down."
        raise SourceError("unreadable", message, "Mend that text.", about=told.ref) from None
    if len(data) > LARGEST:
        message = f"Its background is larger than {LARGEST:,} bytes."
        raise SourceError("too_large", message, "Cut those texts down.", about=told.ref)
    return packed(data)


def told_in(data: bytes) -> Told:
    """Raises `LedgerError` for what nobody of ours has written."""
    raw = unpacked(data)
    with reading("a refresh"):
        told = _form().validate_json(raw, strict=True)
        if not is_slug(told.slug):
            raise ValueError("its slug cannot be")
        return told


def defer(ledger: Ledger, task: Task, told: Told, source: Source, submission: int) -> int | None:
    """The number of the job that was added; None where something has come for that source meanwhile."""
    from sqlalchemy import text

    from pipeline.workers.submit import store
    from pipeline.workers.tables import REFRESHES

    row = {
        "item": task.id,
        "submission": submission,
        "sha256": source.sha256,
        "media": source.media,
        "beside": sorted({n for each in told.beside for n in (each.source, each.article.sha256)}),
        "told": packed_of(told),
    }
    lock = hash_of(task.key)
    with ledger.connect() as connection:
        mine = {"item": task.id, "sha256": task.sha256, "submission": task.submission}
        if connection.execute(text(_MINE), mine).first() is None:
            return None
        if busy(connection, [lock]):
            return None
        if source.data is not None:
            store(connection, {source.sha256: source.data})
        connection.execute(REFRESHES.delete().where(REFRESHES.c.item == task.id))
        connection.execute(REFRESHES.insert(), [row])
        (job,) = deferred(connection, [refresh_job_of(task.id, lock)])
        connection.execute(text(_WAITS), {"item": task.id, "job": job})
    return job


def order_of(ledger: Ledger, task: Task, job: int) -> Order | None:
    """What a job is to do; None for one that was done, or whose source was submitted again or forgotten meanwhile."""
    from sqlalchemy import select

    from pipeline.workers.tables import ITEMS, REFRESHES

    query = (
        select(REFRESHES)
        .join(ITEMS, ITEMS.c.id == REFRESHES.c.item)
        .where(ITEMS.c.id == task.id, ITEMS.c.job == job, ITEMS.c.status.is_(None))
    )
    row = ledger.doing(lambda connection: connection.execute(query).mappings().first())
    if row is None:
        return None
    told = told_in(bytes(row["told"]))
    now = replace(task, ref=told.ref, submission=row["submission"], sha256=row["sha256"], media=row["media"])
    return Order(now, told)
