"""What all workers know together, asked of the ledger when it is needed: who says the same, what was read, who comes first."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.ledger import Ledger
from pipeline.register import FIELDS, Others, Register, same
from pipeline.turns import Taken
from pipeline.workers.filed import hash_of
from pipeline.workers.rooms import SUSPECT
from pipeline.workers.stored import Task

if TYPE_CHECKING:
    from sqlalchemy import Connection

_LOOK = 0.05  # seconds between two looks whether those before are through
_PATIENCE = 20.0  # seconds since they were begun: who has not come to it by then has ended, or stands in line
_BEFORE = """
SELECT EXISTS (
    SELECT 1 FROM procrastinate_jobs job JOIN work_items item ON item.job = job.id
    WHERE job.status = 'doing' AND item.digest = :digest AND item.id < :me AND item.status IS NULL
      AND item.killed < :suspect
      AND NOT EXISTS (SELECT 1 FROM work_prints print WHERE print.item = item.id)
      AND EXISTS (
        SELECT 1 FROM procrastinate_events event
        WHERE event.job_id = job.id AND event.type = 'started' AND event.at > now() - make_interval(secs => :patience)))
"""


@dataclass(frozen=True, slots=True)
class AskedRegister:
    """A `Register` of all pieces; what is recorded in the ledger is known at once to all."""

    ledger: Ledger

    def put(self, entry: Mapping[str, Any]) -> None:
        """The ledger has it."""

    def forget(self, slug: str) -> None:
        """The ledger has what is told of it now."""

    def without(self, slugs: Iterable[str]) -> "AskedOthers":
        return AskedOthers(self.ledger, frozenset(slugs))


@dataclass(frozen=True, slots=True)
class AskedOthers:
    ledger: Ledger
    own: frozenset[str]

    def __reduce__(self) -> tuple[Any, ...]:
        """In another process there is no ledger to ask; who needs it there takes `about` along."""
        return Others, (Register(), self.own)

    def sharing(self, field: str, value: str) -> Sequence[str]:
        key = (field, same(field, value))
        return [slug for slug in self._found([key]).get(key, ()) if slug not in self.own]

    def about(self, title: str, description: str, keyphrase: str) -> Others:
        """The few pieces that share something with one, as values."""
        keys = [(n, same(n, v)) for n, v in zip(FIELDS, (title, description, keyphrase), strict=True)]
        return Others(Register(self._found([key for key in keys if key[1]])), self.own)

    def _found(self, keys: Sequence[tuple[str, str]]) -> dict[tuple[str, str], tuple[str, ...]]:
        from sqlalchemy import select, tuple_

        from pipeline.workers.tables import SAID

        by_hash = {(field, hash_of(value)): (field, value) for field, value in keys}
        query = select(SAID).where(tuple_(SAID.c.field, SAID.c.said).in_([*by_hash])).order_by(SAID.c.slug)
        found: dict[tuple[str, str], tuple[str, ...]] = {}
        for row in self.ledger.doing(lambda connection: connection.execute(query).mappings().all()):
            key = by_hash[row["field"], row["said"]]
            found[key] = (*found.get(key, ()), row["slug"])
        return found


class Seen(dict[str, str]):
    """Content hash -> the first source that had it, over all workers and submissions with the same settings."""

    def __init__(self, ledger: Ledger, digest: str) -> None:
        super().__init__()
        self._ledger, self._digest = ledger, digest

    def setdefault(self, content: str, ref: str = "") -> str:
        from sqlalchemy import select
        from sqlalchemy.dialects.postgresql import insert

        from pipeline.workers.tables import SEEN

        mine = insert(SEEN).values(digest=self._digest, content=content, ref=ref).on_conflict_do_nothing()
        query = select(SEEN.c.ref).where(SEEN.c.digest == self._digest, SEEN.c.content == content)

        def once(connection: "Connection") -> str:
            connection.execute(mine)
            return str(connection.execute(query).scalar_one())

        return self._ledger.doing(once)


@dataclass(frozen=True, slots=True)
class AskedTurns:
    """Over all workers in the order in which sources were submitted, as far as they are under way: of two with the same
    text, or nearly, the first is the one that is written.
    """

    here: Taken
    """Of this worker, where articles come in that order; so one of them asks at a time."""
    ledger: Ledger
    task: Task

    @asynccontextmanager
    async def next(self) -> AsyncIterator[Callable[[], Awaitable[None]]]:
        async with self.here.next() as mine:

            async def turn() -> None:
                await mine()
                while True:
                    if not await asyncio.to_thread(self.are_others_before):
                        return
                    await asyncio.sleep(_LOOK)

            yield turn

    def are_others_before(self) -> bool:
        from sqlalchemy import text

        told = {"digest": self.task.digest, "me": self.task.id, "suspect": SUSPECT, "patience": _PATIENCE}
        return bool(self.ledger.doing(lambda connection: connection.execute(text(_BEFORE), told).scalar()))
