"""The index of a folder in the ledger's Postgres: whoever has the folder enters it, whoever writes looks into it."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pipeline.archive import files
from pipeline.archive.entered import brought_up_to_date
from pipeline.archive.index import Index
from pipeline.archive.kept import refuse_no_archive
from pipeline.database import Database
from pipeline.files import name_of
from pipeline.ledger_rows import reading

if TYPE_CHECKING:
    from sqlalchemy import Connection

T = TypeVar("T")

_NUMBERS = 1 << 31


@dataclass(frozen=True, slots=True)
class Shared:
    """A database with the tables of archives. Another process has a connection of its own."""

    database: Database

    def __reduce__(self) -> tuple[Any, ...]:
        return _there, (self.database.address.render_as_string(hide_password=False), self.database.wait)

    def doing(self, work: "Callable[[Connection], T]") -> T:
        return self.database.doing(work)

    def close(self) -> None:
        """It is its owner's."""


@lru_cache(maxsize=1)
def _there(url: str, wait: float) -> Shared:
    return Shared(Database(url, wait))


def enter(database: Database, folder: Path) -> int:
    """The number of the folder's archive in the database, as its files are now; those that are the same add nothing.

    Raises `UsageError`, `LedgerError`.
    """
    refuse_no_archive(folder)
    number = number_of(folder)
    brought_up_to_date(Shared(database), number, folder, partial(_by_content, folder))
    return number


def number_of(folder: Path) -> int:
    """By its path: a folder whose files changed is the same archive."""
    told = hashlib.sha256(name_of(folder.resolve()).encode()).digest()
    return int.from_bytes(told[:4]) % _NUMBERS


def _by_content(folder: Path, file: files.File) -> files.File:
    """Size and time are those of one machine, and of one copy."""
    if file.fault:
        return file
    try:
        data = (folder / file.path).read_bytes()
    except OSError as error:
        return replace(file, fault=error.strerror or "unreadable")
    return replace(file, stamp=hashlib.sha256(data).hexdigest())


def open_shared(database: Database, name: Path) -> Index:
    """What was entered of an archive, by its number, looked into from wherever the database is reached. Raises `LedgerError`."""
    from sqlalchemy import select

    from pipeline.archive.tables import ARCHIVES

    with reading("an archive"):
        number = int(str(name))
    query = select(ARCHIVES.c.left_out).where(ARCHIVES.c.id == number)
    left_out = database.doing(lambda connection: connection.execute(query).scalar())
    return Index(Shared(database), number, tuple(map(str, left_out or ())))
