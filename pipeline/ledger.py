"""The memory: every answer a model gave, and every piece that was written.

An answer is kept under a hash of all that decides it, before it is used, so that a rerun, a crash or a
retry costs nothing. Plain SQL through SQLAlchemy Core: SQLite here, any other database by its URL.
Keys and authorization headers are never written.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import LedgerBusyError, LedgerError, StorageError
from pipeline.ledger_rows import REMEDY, PieceRow, call_of_row, piece_of_row, reading, row_of_call
from pipeline.model import Call
from pipeline.text.web_address import without_secrets

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

__all__ = ["FILE", "FORGOTTEN", "Ledger", "PieceRow", "key_of", "row_of_call", "sqlite_url"]

FILE = ".marbre/ledger.sqlite3"
FORGOTTEN = "forgotten"
"""The `finish` of a call that lost its texts."""
ADOPTED = ""
"""The fingerprint of a piece that was found in its folder when the ledger did not know it."""
_WAIT = 30  # seconds a writer waits for another before it gives up


def key_of(request: dict[str, Any]) -> str:
    """The hash under which the answer to a request is remembered."""
    canonical = json.dumps(request, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


class Ledger:
    """One connection pool over one database."""

    def __init__(self, url: str) -> None:
        from sqlalchemy import create_engine, event
        from sqlalchemy.exc import ArgumentError, SQLAlchemyError

        from pipeline.ledger_schema import VERSION, prepare

        try:
            self._engine: Engine = create_engine(url, **_options(url))
            if self._engine.dialect.name == "sqlite":
                event.listen(self._engine, "connect", _prepare_sqlite)
            with self._guard(), self._engine.begin() as connection:
                found = prepare(connection)
        except (ArgumentError, ImportError) as error:
            raise LedgerError(
                "ledger", f"The ledger {without_secrets(url)} cannot be used: {_plain(error)}.", REMEDY
            ) from None
        except SQLAlchemyError as error:
            raise LedgerError("ledger", f"The ledger cannot be opened: {_plain(error)}.", REMEDY) from None
        if found != VERSION:
            raise LedgerError(
                "ledger", f"The ledger has version {found}, this program knows {VERSION}.", "Upgrade Marbre."
            )

    def close(self) -> None:
        self._engine.dispose()

    def recall(self, key: str) -> Call | None:
        """The remembered answer, marked as not paid again. One that cannot be used may be asked anew."""
        from sqlalchemy import select

        from pipeline.ledger_schema import CALLS

        with self.connect() as connection:
            query = select(CALLS).where(CALLS.c.key == key, CALLS.c.usable)
            row = connection.execute(query).mappings().first()
        return call_of_row(dict(row)) if row else None

    def useless(self, key: str) -> list[Call]:
        """What was answered under a key and cannot be used, in its order: empty answers, refusals, truncated prompts."""
        from sqlalchemy import select

        from pipeline.ledger_schema import CALLS

        theirs = (CALLS.c.key == key, CALLS.c.usable.is_(False), CALLS.c.finish != FORGOTTEN)
        with self.connect() as connection:
            rows = connection.execute(select(CALLS).where(*theirs).order_by(CALLS.c.id)).mappings()
            return [call_of_row(dict(row)) for row in rows]

    def remember(
        self,
        call: Call,
        request: dict[str, Any],
        article: str,
        source: str = "",
        *,
        usable: bool = True,
        now: datetime | None = None,
    ) -> None:
        """Keep an answer and what it cost. The first usable one under a key stays: a run that raced us changes nothing.

        An empty answer, or one that is not `usable`, is kept too: it was paid for.
        """
        from sqlalchemy.exc import IntegrityError

        from pipeline.ledger_schema import CALLS

        values = row_of_call(call, request, article, source, usable=usable, now=now)
        try:
            with self.connect() as connection:
                connection.execute(CALLS.insert().values(**values))
        except IntegrityError:
            with self.connect() as connection:
                connection.execute(CALLS.insert().values(**values | {"usable": False}))

    def piece_of(self, source: str, sha256: str = "") -> PieceRow | None:
        """The piece made from a source: found by its name, else by its content (a folder that moved)."""
        from sqlalchemy import select

        from pipeline.ledger_schema import PIECES

        with self.connect() as connection:
            for column, value in ((PIECES.c.source, source), (PIECES.c.source_sha256, sha256)):
                if not value:
                    continue
                row = connection.execute(select(PIECES).where(column == value)).mappings().first()
                if row:
                    return piece_of_row(dict(row))
        return None

    def pieces_of(self, sources: Sequence[str]) -> dict[str, PieceRow]:
        """Those made from sources of these names, by name; a few hundred at once."""
        from sqlalchemy import select

        from pipeline.ledger_schema import PIECES

        with self.connect() as connection:
            rows = connection.execute(select(PIECES).where(PIECES.c.source.in_(sources))).mappings()
            return {row["source"]: piece_of_row(dict(row)) for row in rows}

    def at(self, slug: str) -> PieceRow | None:
        """The written piece in a folder."""
        return next((row for row in self.pieces() if row.slug == slug), None)

    def reserve(
        self, slug: str, source: str, sha256: str, now: str, taken: Callable[[str], bool] = lambda _: False
    ) -> PieceRow:
        """Give a source its folder, once and for ever: `slug`, or `slug-2`, … where another has it.

        `taken` tells of places that are somebody else's though the ledger does not know them.
        """
        from sqlalchemy.exc import IntegrityError

        from pipeline.ledger_schema import PIECES

        for n in range(1, 100_000):
            row = PieceRow(slug if n == 1 else f"{slug}-{n}", source, sha256, "", "", now, now, {})
            if taken(row.slug):
                continue
            try:
                with self.connect() as connection:
                    connection.execute(PIECES.insert().values(**asdict(row)))
            except IntegrityError:
                if (known := self.piece_of(source, "")) is not None:
                    return known
                continue
            return row
        raise StorageError("slug", f"No free folder name for {slug!r}.", "Give another --keyphrase.")

    def adopt(self, row: PieceRow) -> None:
        """Enter a piece that lies in its folder and is not known."""
        from sqlalchemy.exc import IntegrityError

        from pipeline.ledger_schema import PIECES

        try:
            with self.connect() as connection:
                connection.execute(PIECES.insert().values(**asdict(row)))
        except IntegrityError:
            message = f"The folder {row.slug} is reserved for another source."
            raise StorageError("slug", message, "Run marbre batch first, or rename the folder.") from None

    def record(
        self,
        row: PieceRow,
        *,
        instead_of: str | None = None,
        origins: Sequence[Mapping[str, Any]] | None = None,
    ) -> None:
        """Replace what is known of a piece (its slug names it), and drop the one it stands for, at once.

        `origins` are rows of that table, one for each source; None leaves those there are.
        """
        from pipeline.ledger_schema import ORIGINS, PIECES

        with self.connect() as connection:
            if instead_of:
                connection.execute(PIECES.delete().where(PIECES.c.slug == instead_of))
                connection.execute(ORIGINS.delete().where(ORIGINS.c.slug == instead_of))
            connection.execute(PIECES.update().where(PIECES.c.slug == row.slug).values(**asdict(row)))
            if origins is not None:
                connection.execute(ORIGINS.delete().where(ORIGINS.c.slug == row.slug))
                connection.execute(ORIGINS.insert(), [*origins])
            self.keep_beside(connection, [row], instead_of)

    def record_all(self, rows: Iterable[PieceRow]) -> None:
        """Replace what is known of several pieces in one transaction, which begins when the rows are there."""
        from pipeline.ledger_schema import PIECES

        told = list(rows)
        with self.connect() as connection:
            for row in told:
                connection.execute(PIECES.update().where(PIECES.c.slug == row.slug).values(**asdict(row)))
            self.keep_beside(connection, told, None)

    def keep_beside(
        self, connection: "Connection", rows: Sequence[PieceRow], instead_of: str | None
    ) -> None:
        """What is kept with pieces in the transaction that records them: here nothing, by workers their files."""

    def note(self, slug: str, name: str, value: Any) -> None:
        """Add to what is kept in a piece's entry, as it is now."""
        from sqlalchemy import select

        from pipeline.ledger_schema import PIECES

        mine = PIECES.c.slug == slug
        with self.connect() as connection:
            entry = connection.execute(select(PIECES.c.entry).where(mine)).scalar()
            if isinstance(entry, dict):
                connection.execute(PIECES.update().where(mine).values(entry=entry | {name: value}))

    def pieces(self) -> Iterator[PieceRow]:
        """All written pieces, the latest first."""
        from sqlalchemy import select

        from pipeline.ledger_schema import PIECES

        query = (
            select(PIECES)
            .where(PIECES.c.files_sha256 != "")
            .order_by(PIECES.c.date_modified.desc(), PIECES.c.slug)
        )
        with self.connect() as connection:
            for row in connection.execute(query).mappings():
                yield piece_of_row(dict(row))

    @contextmanager
    def connect(self) -> Iterator["Connection"]:
        """One transaction; modules that look after a table of their own use it too."""
        with self._guard(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def _guard(self) -> Iterator[None]:
        """Turn what the database says into one line that names the remedy."""
        from sqlalchemy.exc import DatabaseError, IntegrityError

        try:
            yield
        except IntegrityError:
            raise
        except DatabaseError as error:
            if _is_busy(error):
                message = f"The ledger was locked by another program for {_WAIT} s."
                raise LedgerBusyError("ledger_busy", message, "Run it again when that has ended.") from None
            raise LedgerError("ledger", f"The ledger failed: {_plain(error)}.", REMEDY) from None
        except (ValueError, TypeError, OverflowError):
            with reading("a row"):  # a field that is no JSON, no number, or larger than a database holds
                raise


def entries(out: Path) -> Iterator[dict[str, Any]]:
    """What the index shows of the pieces of an output folder, for who only reads; nothing where there is no ledger.

    Past SQLAlchemy, whose import alone takes as long as checking a piece.
    """
    import sqlite3
    from contextlib import closing, suppress
    from urllib.parse import quote

    path = out / FILE
    if not path.is_file():
        return
    with (
        suppress(sqlite3.Error, ValueError, TypeError, RecursionError),
        closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True, timeout=1)) as db,
    ):
        for (entry,) in db.execute("SELECT entry FROM pieces WHERE files_sha256 != '' ORDER BY slug"):
            told = json.loads(entry)
            if isinstance(told, dict):
                yield told


def sqlite_url(out: Path) -> str:
    """The default ledger of an output folder, which is made if need be."""
    path = out / FILE
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(
            "output",
            f"The folder {out} cannot be written: {error.strerror}.",
            "Give another with --out, or mend its rights.",
        ) from None
    return f"sqlite:///{path}"


def _options(url: str) -> dict[str, Any]:
    return {"connect_args": {"timeout": _WAIT}} if url.startswith("sqlite") else {"pool_pre_ping": True}


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    import sqlite3
    from contextlib import suppress

    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={_WAIT * 1000:.0f}")
    # The switch waits for nobody: a run that starts at the same moment may be making it just now.
    with suppress(sqlite3.OperationalError):
        cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")  # an answer that was paid for survives a power cut
    cursor.close()


def _is_busy(error: Exception) -> bool:
    name = getattr(getattr(error, "orig", None), "sqlite_errorname", "")
    return str(name).startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))


def _plain(error: Exception) -> str:
    return str(getattr(error, "orig", None) or error).splitlines()[0]
