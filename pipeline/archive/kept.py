"""The index of a folder in a file of SQLite's beside the pieces: a cache, which may be deleted at any time. Where it cannot
be kept it is built in memory.
"""

import hashlib
import sqlite3
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any, TypeVar

from pipeline.archive.entered import brought_up_to_date
from pipeline.archive.index import Index
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from sqlalchemy import Connection

T = TypeVar("T")

VERSION = 2
_MEMORY = ":memory:"
_WAIT = 30  # seconds; another run may be bringing the index up to date
_ONLY = 1  # a file has one archive


def refuse_no_archive(folder: Path) -> None:
    """Raises `UsageError`."""
    if not folder.is_dir():
        raise UsageError("no_folder", f"There is no folder {folder}.", "Give another with --archive.")


def open_archive(folder: Path, out: Path) -> Index:
    """The index of a folder of pieces, up to date. It is kept under `out/.marbre/` where there is an `out`."""
    from sqlalchemy.exc import DBAPIError

    refuse_no_archive(folder)
    if out.is_dir():
        name = hashlib.sha256(str(folder.resolve()).encode("utf-8", "replace")).hexdigest()[:8]
        store = out / ".marbre" / f"archive-{name}.sqlite3"
        for _ in range(2):
            try:
                store.parent.mkdir(exist_ok=True)
                return _opened(folder, str(store))
            except OSError:
                break
            except DBAPIError as error:
                if isinstance(error.orig, sqlite3.OperationalError):
                    break  # locked too long, read-only, a full disk
            except sqlite3.DatabaseError:
                pass
            for path in store.parent.glob(f"{store.name}*"):  # torn, or of another version
                path.unlink(missing_ok=True)
    return _opened(folder, _MEMORY)


def _opened(folder: Path, store: str) -> Index:
    file = File(store)
    try:
        file.prepare()
        left_out = brought_up_to_date(file, _ONLY, folder, lambda found: found)
    except BaseException:
        file.close()
        raise
    return Index(file, _ONLY, left_out, folder, in_memory=store == _MEMORY)


class File:
    """One connection, whoever asks: pieces are checked in threads."""

    def __init__(self, store: str) -> None:
        from sqlalchemy import URL, create_engine, event
        from sqlalchemy.pool import StaticPool

        self._store = store
        self._turn = RLock()
        told = {"timeout": _WAIT, "check_same_thread": False}
        self._engine = create_engine(
            URL.create("sqlite", database=store), connect_args=told, poolclass=StaticPool
        )
        event.listen(self._engine, "connect", lambda raw, _: _prepare(raw))

    def __reduce__(self) -> tuple[Any, ...]:
        """In another process it is the same file, opened once more: what is added here is seen there."""
        if self._store == _MEMORY:
            raise TypeError("an index in memory is nowhere else")
        return _again, (self._store,)

    def prepare(self) -> None:
        """Raises `sqlite3.DatabaseError` for a file of another version."""
        from pipeline.archive.tables import METADATA

        with self._engine.begin() as connection:
            found = connection.exec_driver_sql("PRAGMA user_version").scalar()
            if found not in (0, VERSION):
                raise sqlite3.DatabaseError("made by another version")
            METADATA.create_all(connection)
            connection.exec_driver_sql(f"PRAGMA user_version = {VERSION}")

    def doing(self, work: "Callable[[Connection], T]") -> T:
        with self._turn, self._engine.begin() as connection:
            return work(connection)

    def close(self) -> None:
        self._engine.dispose()


def _prepare(raw: Any) -> None:
    for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "cache_size = -16000"):
        raw.execute(f"PRAGMA {pragma}")


@lru_cache(maxsize=1)
def _again(store: str) -> File:
    return File(store)
