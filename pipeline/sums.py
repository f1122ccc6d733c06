"""What a run and a day have cost, in the ledger: a row of `sums` for each, and one of `spending` for each call under way.

A call that is settled leaves `spending` for the sums, so that a look costs the same after a hundred thousand calls. Whoever
looks holds the rows of the sums until its transaction ends, so that no two find the same room. Amounts are billionths.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Sums:
    """What calls under way have reserved is counted too."""

    run: int
    day: int
    held: int
    """Of the day, by the calls of other runs."""
    shared: int
    """Of the run, by its calls under way, in this program or another."""


NOTHING = Sums(0, 0, 0, 0)


def reserved(connection: "Connection", run: str, day: str, amount: int, expires: float | None) -> int:
    """A call under way, as a row of `spending`; without `expires` (seconds since 1970) until it is settled.

    Each currency counts a `day` of its own.
    """
    from pipeline.ledger_schema import SPENDING

    values = {"run": run, "day": day, "amount": amount, "expires": expires}
    key: Any = connection.execute(SPENDING.insert().values(**values)).inserted_primary_key
    return int(key[0])


def looked_at(connection: "Connection", run: str, day: str, now: float) -> Sums:
    """As they stand until the transaction ends. `now` in seconds since 1970.

    What expired by then was reserved by a program that was killed.
    """
    from sqlalchemy import and_, case, func, or_, select

    from pipeline.dialects import locked, not_held_up
    from pipeline.ledger_schema import SPENDING, SUMS

    not_held_up(connection)
    past_day, past_run = (
        int(locked(connection, SUMS, {"name": name, "amount": 0}).amount) for name in _names(run, day)
    )
    row = SPENDING.c
    here, today, alive = row.run == run, row.day == day, row.expires > now
    counted = or_(row.expires.is_(None), alive)

    def total(*conditions: Any) -> Any:
        return func.coalesce(func.sum(case((and_(*conditions), row.amount), else_=0)), 0)

    asked = total(here), total(today), total(today, alive, ~here), total(here, alive)
    found = connection.execute(select(*asked).where(counted, or_(here, today))).one()
    in_run, in_day, held, shared = map(int, found)
    return Sums(past_run + in_run, past_day + in_day, held, shared)


def settled(connection: "Connection", row: int, amount: int | None) -> None:
    """What a call cost in the end takes the place of what was reserved; with None, that stays. The second time nothing
    happens.
    """
    from pipeline.dialects import insert_or_leave
    from pipeline.ledger_schema import SPENDING, SUMS

    mine = SPENDING.c.id == row
    gone = SPENDING.delete().where(mine).returning(SPENDING.c.run, SPENDING.c.day, SPENDING.c.amount)
    if (found := connection.execute(gone).first()) is None:
        return
    more = found.amount if amount is None else amount
    for name in _names(found.run, found.day):
        change = SUMS.update().where(SUMS.c.name == name).values(amount=SUMS.c.amount + more)
        if not connection.execute(change).rowcount:
            insert_or_leave(connection, SUMS, {"name": name, "amount": 0})
            connection.execute(change)


def withdrawn(connection: "Connection", rows: Sequence[int]) -> None:
    """What was reserved for calls that cost nothing is free again."""
    from pipeline.ledger_schema import SPENDING

    connection.execute(SPENDING.delete().where(SPENDING.c.id.in_(rows)))


def _names(run: str, day: str) -> tuple[str, str]:
    """In this order for everybody: who locks in another waits for one who waits for him."""
    return f"day {day}", f"run {run}"
