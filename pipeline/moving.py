"""Moving a memory from one ledger to another, whichever database each lies in: every row, or none.

Rows keep their numbers, so that a second copy finds what the first has brought, and adds what came since.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.claims import Claims
from pipeline.errors import StorageError, UsageError
from pipeline.ledger import Ledger

if TYPE_CHECKING:
    from sqlalchemy import Connection, Table

_AT_ONCE = 200  # rows: requests and answers are some tens of kilobytes each


@dataclass(frozen=True, slots=True)
class Copied:
    """How many rows of a table were written, and how many were there before, the same."""

    table: str
    copied: int
    there: int


def url_of(told: str, *, must_be: bool = False) -> str:
    """The URL of a ledger that is told by its URL or its file. Raises `UsageError` for a file that must be and is not."""
    from pipeline.dialects import file_of

    file = file_of(told) if "://" in told else Path(told)
    if file is None:
        return told
    if must_be and not file.is_file():
        raise UsageError("no_ledger", f"There is no ledger {file}.", "Give a file that is one, or a URL.")
    return f"sqlite:///{file.resolve()}"


def copy(source: Ledger, target: Ledger) -> list[Copied]:
    """Everything but claims and the traffic of the last minute, as it is when the copy begins. Nothing of it is there before all is.

    Raises `UsageError` while a run is at work on `source`, `StorageError` differs where `target` holds another row in
    the place of one.
    """
    from sqlalchemy.exc import IntegrityError

    from pipeline.dialects import alone, still
    from pipeline.ledger_schema import BATCHES, CALLS, LINES, ORIGINS, PIECES, SPENDING

    with source.connect() as here, target.connect() as there:
        still(here)
        if held := Claims(source).alive(here):
            message = f"A run is at work on {held[0]}: what it learns would not be copied."
            raise UsageError(
                "at_work", message, "Copy when it has ended; two minutes after it was killed elsewhere."
            )
        alone(there)
        told = []
        for table in (CALLS, PIECES, ORIGINS, SPENDING, BATCHES, LINES):
            try:
                told.append(_copied(here, there, table))
            except IntegrityError:
                raise _differs(table, "a row with the same source or key") from None
        return [*told, _summed(here, there)]


def _copied(here: "Connection", there: "Connection", table: "Table") -> Copied:
    from sqlalchemy import select

    from pipeline.dialects import count_on

    key = [*table.primary_key.columns]
    copied = known = 0
    query = select(table).order_by(*key).execution_options(yield_per=_AT_ONCE)
    for some in here.execute(query).mappings().partitions():
        names = [tuple(row[c.name] for c in key) for row in some]
        those = _those(there, table, names)
        for row, name in zip(some, names, strict=True):
            if name in those and those[name] != dict(row):
                raise _differs(table, ", ".join(str(part) for part in name))
        new = [dict(row) for row, name in zip(some, names, strict=True) if name not in those]
        if new:
            there.execute(table.insert(), new)
        copied, known = copied + len(new), known + len(those)
    count_on(there, table)
    return Copied(table.name, copied, known)


def _summed(here: "Connection", there: "Connection") -> Copied:
    """What was spent on a day grows: a later copy brings the larger sum."""
    from sqlalchemy import select

    from pipeline.ledger_schema import SUMS

    known, new = ({row.name: row.amount for row in ledger.execute(select(SUMS))} for ledger in (there, here))
    for name, amount in new.items():
        if name not in known:
            there.execute(SUMS.insert().values(name=name, amount=amount))
        elif known[name] < amount:
            there.execute(SUMS.update().where(SUMS.c.name == name).values(amount=amount))
        elif known[name] > amount:
            raise _differs(SUMS, name)
    return Copied(SUMS.name, len(new.keys() - known.keys()), len(new.keys() & known.keys()))


def _those(
    there: "Connection", table: "Table", names: Sequence[tuple[Any, ...]]
) -> Mapping[tuple[Any, ...], dict[str, Any]]:
    """The rows of these names."""
    from sqlalchemy import select, tuple_

    key = [*table.primary_key.columns]
    rows = there.execute(select(table).where(tuple_(*key).in_(names))).mappings()
    return {tuple(row[c.name] for c in key): dict(row) for row in rows}


def _differs(table: "Table", which: str) -> StorageError:
    message = f"The target holds something else in {table.name}: {which}. Nothing was copied."
    return StorageError("differs", message, "Give a ledger that is new, or an earlier copy that nobody used.")
