"""What the ledger knows of batches: which were sent, what was asked in each, and what came of it.

A batch is entered before it is sent, with what it may cost, in one transaction; of the lines under one key only one
is open. So two runs never ask the same in two batches, and a run that was killed leaves nothing that is not found.
"""

import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from pipeline.budget import Budget, settle_row
from pipeline.errors import MarbreError
from pipeline.ledger import Ledger, row_of_call
from pipeline.ledger_rows import reading
from pipeline.model import Call, Failure
from pipeline.sums import withdrawn
from pipeline.writers.request import Request

if TYPE_CHECKING:
    from sqlalchemy import Connection

_AT_ONCE = 500  # keys in one query
_TRIES = 2  # a call that got no answer is asked in one more batch


@dataclass(frozen=True, slots=True)
class Asked:
    """A call that waits to be sent, and the article it is for."""

    key: str
    request: Request
    article: str
    source: str


@dataclass(frozen=True, slots=True)
class Sent:
    """A batch that is under way."""

    id: int
    mark: str
    server: str
    name: str | None
    """The server's; None while that is not known."""
    at: datetime
    until: float
    """Seconds since 1970: by then it is sent, or never will be."""


@dataclass(frozen=True, slots=True)
class Line:
    """A call that a batch is to answer."""

    id: int
    key: str
    article: str
    source: str
    request: Request
    reserved: int | None
    forgotten: bool


@dataclass(frozen=True, slots=True)
class Entered:
    """What is to be sent as one batch, and which calls are not, and why."""

    batch: Sent | None
    lines: tuple[Asked, ...]
    refused: dict[str, MarbreError] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Submissions:
    """The batches of one server."""

    ledger: Ledger
    server: str
    budget: Budget | None
    lasts: float
    """Seconds within which a batch is sent."""
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)

    def enter(self, asked: Sequence[Asked]) -> Entered:
        """Write down what is about to be sent. Left out is what another batch asks, and what is answered by now."""
        from pipeline.dialects import alone
        from pipeline.ledger_schema import BATCHES, LINES

        now = self.clock()
        mark = uuid.uuid4().hex
        with self.ledger.connect() as connection:
            alone(connection)  # so that two runs never look at the same time
            taken = _taken(connection, [a.key for a in asked])
            free = [a for a in asked if a.key not in taken]
            rooms: Sequence[int | MarbreError | None] = [None] * len(free)
            if self.budget:
                rooms = self.budget.hold(connection, [a.request for a in free])
            refused = {
                a.key: room for a, room in zip(free, rooms, strict=True) if isinstance(room, MarbreError)
            }
            lines = [(a, r) for a, r in zip(free, rooms, strict=True) if not isinstance(r, MarbreError)]
            if not lines:
                return Entered(None, (), refused)
            sent = {
                "mark": mark,
                "server": self.server,
                "name": None,
                "at": _stamp(now),
                "until": now.timestamp() + self.lasts,
            }
            made: Any = connection.execute(BATCHES.insert().values(open=True, **sent)).inserted_primary_key
            connection.execute(LINES.insert(), [_row(a, made[0], reserved) for a, reserved in lines])
        return Entered(_sent({"id": made[0], **sent}), tuple(a for a, _ in lines), refused)

    def named(self, batch: Sent, name: str) -> None:
        from pipeline.ledger_schema import BATCHES

        with self.ledger.connect() as connection:
            connection.execute(BATCHES.update().where(BATCHES.c.id == batch.id).values(name=name))

    def withdraw(self, batch: Sent) -> None:
        """It was never sent: as if it had not been entered."""
        from sqlalchemy import select

        from pipeline.ledger_schema import BATCHES, LINES

        with self.ledger.connect() as connection:
            mine = LINES.c.batch == batch.id, LINES.c.state == "open"
            held = [r for r in connection.scalars(select(LINES.c.reserved).where(*mine)) if r is not None]
            for start in range(0, len(held), _AT_ONCE):
                withdrawn(connection, held[start : start + _AT_ONCE])
            connection.execute(LINES.delete().where(*mine))
            connection.execute(BATCHES.delete().where(BATCHES.c.id == batch.id))

    def open(self) -> list[Sent]:
        from sqlalchemy import select

        from pipeline.ledger_schema import BATCHES

        mine = BATCHES.c.open, BATCHES.c.server == self.server
        with self.ledger.connect() as connection:
            rows = connection.execute(select(BATCHES).where(*mine).order_by(BATCHES.c.id)).mappings()
            return [_sent(dict(row)) for row in rows]

    def asking(self, key: str) -> Sent | None:
        """The open batch that asks it, on whatever server."""
        from sqlalchemy import select

        from pipeline.ledger_schema import BATCHES, LINES

        query = select(BATCHES).join(LINES, LINES.c.batch == BATCHES.c.id)
        with self.ledger.connect() as connection:
            row = connection.execute(query.where(LINES.c.key == key, LINES.c.state == "open")).mappings()
            found = row.first()
        return _sent(dict(found)) if found else None

    def lines(self, batch: Sent) -> list[Line]:
        """Those still open."""
        from sqlalchemy import select

        from pipeline.ledger_schema import LINES

        mine = LINES.c.batch == batch.id, LINES.c.state == "open"
        with self.ledger.connect() as connection:
            rows = connection.execute(select(LINES).where(*mine).order_by(LINES.c.id)).mappings()
            return [_line(dict(row)) for row in rows]

    def answered(self, line: Line, call: Call, *, usable: bool) -> bool:
        """Remember an answer and what it cost, once; False when another run has done so."""
        from pipeline.ledger_schema import LINES, keep

        with self.ledger.connect() as connection:
            change = LINES.update().values(state="answered", request={})
            mine = LINES.c.id == line.id, LINES.c.state == "open"
            if not connection.execute(change.where(*mine)).rowcount:
                return False
            request = {} if line.forgotten else line.request.decides()
            row = row_of_call(call, request, line.article, line.source, usable=usable, now=self.clock())
            keep(connection, row)  # a run without --economy may not have waited
            if line.reserved is not None:
                settle_row(connection, line.reserved, call.cost)
        return True

    def unanswered(self, line: Line, why: Failure, *, heals: bool, billed: bool = False) -> None:
        """Nothing can be used of it. What may be billed all the same stays in the sums at its bound."""
        from pipeline.ledger_schema import LINES

        state = "unanswered" if heals else "refused"
        change = LINES.update().values(state=state, request={}, problem=asdict(why))
        with self.ledger.connect() as connection:
            done = connection.execute(change.where(LINES.c.id == line.id, LINES.c.state == "open"))
            if done.rowcount and line.reserved is not None and not billed:
                withdrawn(connection, [line.reserved])

    def close(self, batch: Sent) -> None:
        from pipeline.ledger_schema import BATCHES

        with self.ledger.connect() as connection:
            connection.execute(BATCHES.update().where(BATCHES.c.id == batch.id).values(open=False))

    def problem(self, key: str) -> Failure | None:
        """Why a call is not asked in one more batch: refused, or without an answer twice. It is told once only, so that
        a run after that tries again, as it would with calls of their own.
        """
        from sqlalchemy import select

        from pipeline.ledger_schema import LINES

        mine = LINES.c.key == key, LINES.c.state.in_(("refused", "unanswered"))
        query = select(LINES).where(*mine).order_by(LINES.c.id).with_for_update()
        with self.ledger.connect() as connection:
            rows = connection.execute(query).mappings().all()
            if not rows or (len(rows) < _TRIES and rows[-1]["state"] == "unanswered"):
                return None
            connection.execute(LINES.update().where(*mine).values(state="told"))
        with reading("a line of a batch"):
            return Failure(**rows[-1]["problem"])


def _taken(connection: "Connection", keys: Sequence[str]) -> set[str]:
    """Those of the keys that are asked in an open batch, or have an answer."""
    from sqlalchemy import select

    from pipeline.ledger_schema import CALLS, LINES

    def found() -> Iterator[str]:
        for start in range(0, len(keys), _AT_ONCE):
            some = keys[start : start + _AT_ONCE]
            yield from connection.scalars(
                select(LINES.c.key).where(LINES.c.state == "open", LINES.c.key.in_(some))
            )
            yield from connection.scalars(select(CALLS.c.key).where(CALLS.c.usable, CALLS.c.key.in_(some)))

    return set(found())


def _row(asked: Asked, batch: int, reserved: int | None) -> dict[str, Any]:
    request = asked.request
    return {
        "batch": batch,
        "key": asked.key,
        "state": "open",
        "article": asked.article,
        "source": asked.source,
        "stage": request.stage,
        "prompt": request.prompt,
        "model": request.model,
        "row": request.row,
        "request": request.decides(),
        "reserved": reserved,
        "problem": None,
    }


def _line(row: dict[str, Any]) -> Line:
    with reading("a line of a batch"):
        parameters = dict(row["request"])
        messages = tuple({**m, "role": str(m["role"])} for m in parameters.pop("messages", ()))
        parameters.pop("model", None)
        request = Request(row["stage"], row["prompt"], row["model"], messages, parameters, row["row"])
        names = ("id", "key", "article", "source", "reserved")
        return Line(**{n: row[n] for n in names}, request=request, forgotten=not messages)


def _sent(row: dict[str, Any]) -> Sent:
    with reading("a batch"):
        at = datetime.fromisoformat(row["at"])
        return Sent(row["id"], row["mark"], row["server"], row["name"], at, float(row["until"]))


def _stamp(now: datetime) -> str:
    return now.astimezone(UTC).isoformat(timespec="seconds")
