"""The memory: every answer a model gave, and every piece that was written.

An answer is kept under a hash of all that decides it, before it is used, so that a rerun, a crash or a
retry costs nothing. Plain SQL through SQLAlchemy Core, on SQLite or on Postgres by its address; `dialects.py` knows
where they differ. Keys and authorization headers are never written.
"""

import hashlib
import json
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.database import Database
from pipeline.errors import StorageError
from pipeline.ledger_rows import PieceRow, call_of_row, piece_of_row, row_of_call
from pipeline.model import Call, Source

if TYPE_CHECKING:
    from sqlalchemy import Connection

__all__ = ["FILE", "FORGOTTEN", "Ledger", "PieceRow", "key_of", "row_of_call", "sqlite_url"]

FILE = ".marbre/ledger.sqlite3"
FORGOTTEN = "forgotten"
"""The `finish` of a call that lost its texts."""
_LOOKED_AT = 400  # sources
ADOPTED = ""
"""The fingerprint of a piece that was found in its folder when the ledger did not know it."""


def key_of(request: dict[str, Any]) -> str:
    """The hash under which the answer to a request is remembered."""
    canonical = json.dumps(request, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


class Ledger(Database):
    """What is remembered, and how it is asked for."""

    def recall(self, key: str) -> Call | None:
        """The remembered answer, marked as not paid again. One that cannot be used may be asked anew."""
        from sqlalchemy import select

        from pipeline.ledger_schema import CALLS

        query = select(CALLS).where(CALLS.c.key == key, CALLS.c.usable)
        row = self.doing(lambda connection: connection.execute(query).mappings().first())
        return call_of_row(dict(row)) if row else None

    def useless(self, key: str) -> list[Call]:
        """What was answered under a key and cannot be used, in its order: empty answers, refusals, truncated prompts."""
        from sqlalchemy import select

        from pipeline.ledger_schema import CALLS

        theirs = (CALLS.c.key == key, CALLS.c.usable.is_(False), CALLS.c.finish != FORGOTTEN)
        query = select(CALLS).where(*theirs).order_by(CALLS.c.id)
        rows = self.doing(lambda connection: connection.execute(query).mappings().all())
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
        from pipeline.ledger_schema import is_kept, keep

        values = row_of_call(call, request, article, source, usable=usable, now=now)
        tried = False

        def once(connection: "Connection") -> None:
            nonlocal tried
            if not (tried and is_kept(connection, values)):  # else the server went away after it had written
                tried = True
                keep(connection, values)

        self.doing(once)

    def piece_of(self, source: str, sha256: str = "") -> PieceRow | None:
        """The piece made from a source: found by its name, else by its content (a folder that moved)."""
        from sqlalchemy import select

        from pipeline.ledger_schema import PIECES

        def found(connection: "Connection") -> dict[str, Any] | None:
            for column, value in ((PIECES.c.source, source), (PIECES.c.source_sha256, sha256)):
                query = select(PIECES).where(column == value)
                if value and (row := connection.execute(query).mappings().first()):
                    return dict(row)
            return None

        row = self.doing(found)
        return piece_of_row(row) if row else None

    def pieces_of(self, sources: Sequence[str]) -> dict[str, PieceRow]:
        """Those made from sources of these names, by name; a few hundred at once."""
        from sqlalchemy import select

        from pipeline.ledger_schema import PIECES

        query = select(PIECES).where(PIECES.c.source.in_(sources))
        rows = self.doing(lambda connection: connection.execute(query).mappings().all())
        return {row["source"]: piece_of_row(dict(row)) for row in rows}

    def at(self, slug: str) -> PieceRow | None:
        """The written piece in a folder."""
        from sqlalchemy import select

        from pipeline.ledger_schema import PIECES

        query = select(PIECES).where(PIECES.c.slug == slug, PIECES.c.files_sha256 != "")
        with self.connect() as connection:
            row = connection.execute(query).mappings().first()
        return self.read_piece(dict(row)) if row else None

    def read_piece(self, row: Mapping[str, Any]) -> PieceRow | None:
        """Raises `DamagedError`; an export leaves such a one out (None)."""
        return piece_of_row(row)

    def published(self, slug: str) -> str | None:
        """When the written piece in a folder was first published."""
        row = self.at(slug)
        return row.date_published if row else None

    def reserve(
        self, slug: str, source: str, sha256: str, now: str, taken: Callable[[str], bool] = lambda _: False
    ) -> PieceRow:
        """Give a source its folder, once and for ever: `slug`, or `slug-2`, … where another has it.

        `taken` tells of places that are somebody else's though the ledger does not know them.
        """
        for n in range(1, 100_000):
            row = PieceRow(slug if n == 1 else f"{slug}-{n}", source, sha256, "", "", now, now, {})
            if taken(row.slug):
                continue
            if self._is_new(row):
                return row
            if (known := self.piece_of(source, "")) is not None:
                return known
        raise StorageError("slug", f"No free folder name for {slug!r}.", "Give another --keyphrase.")

    def adopt(self, row: PieceRow) -> None:
        """Enter a piece that lies in its folder and is not known."""
        if not self._is_new(row):
            message = f"The folder {row.slug} is reserved for another source."
            raise StorageError("slug", message, "Run marbre batch first, or rename the folder.")

    def _is_new(self, row: PieceRow) -> bool:
        """Whether the row was entered: nothing had its slug or its source."""
        from pipeline.dialects import insert_or_leave
        from pipeline.ledger_schema import PIECES

        return self.doing(lambda connection: insert_or_leave(connection, PIECES, asdict(row)))

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

        def change(connection: "Connection") -> None:
            if instead_of:
                connection.execute(PIECES.delete().where(PIECES.c.slug == instead_of))
                connection.execute(ORIGINS.delete().where(ORIGINS.c.slug == instead_of))
            connection.execute(PIECES.update().where(PIECES.c.slug == row.slug).values(**asdict(row)))
            if origins is not None:
                connection.execute(ORIGINS.delete().where(ORIGINS.c.slug == row.slug))
                connection.execute(ORIGINS.insert(), [self.named(each) for each in origins])
            self.keep_beside(connection, [row], instead_of)

        self.doing(change)

    def record_all(self, rows: Iterable[PieceRow]) -> None:
        """Replace what is known of several pieces in one transaction, which begins when the rows are there."""
        from pipeline.ledger_schema import PIECES

        told = sorted(rows, key=lambda row: row.slug)  # in one order, so that no two wait for each other

        def change(connection: "Connection") -> None:
            for row in told:
                connection.execute(PIECES.update().where(PIECES.c.slug == row.slug).values(**asdict(row)))
            self.keep_beside(connection, told, None)

        self.doing(change)

    def named(self, origin: Mapping[str, Any]) -> Mapping[str, Any]:
        """A row of origins under the name that is kept: here its own, by workers that of the machine it came from."""
        return origin

    def keep_beside(self, connection: "Connection", rows: Sequence[PieceRow], instead_of: str | None) -> None:
        """What is kept with pieces in the transaction that records them: here nothing, by workers their files."""

    def kept(self, told: Sequence[Mapping[str, Any]]) -> Sequence[Source]:  # noqa: ARG002 - workers' ledger looks
        """Of the sources that a report tells of (`file`, `url`, `sha256`), those whose bytes are kept: here none."""
        return ()

    def note(self, slug: str, name: str, value: Any) -> None:
        """Add to what is kept in a piece's entry, as it is now."""
        from sqlalchemy import select

        from pipeline.dialects import alone
        from pipeline.ledger_schema import PIECES

        mine = PIECES.c.slug == slug

        def change(connection: "Connection") -> None:
            alone(connection)  # so that nobody else adds to it between the two
            entry = connection.execute(select(PIECES.c.entry).where(mine)).scalar()
            if isinstance(entry, dict):
                connection.execute(PIECES.update().where(mine).values(entry=entry | {name: value}))

        self.doing(change)

    def pieces(self) -> Generator[PieceRow, None, None]:
        """All written pieces, the latest first."""
        from sqlalchemy import select

        from pipeline.ledger_schema import PIECES

        query = (
            select(PIECES)
            .where(PIECES.c.files_sha256 != "")
            .order_by(PIECES.c.date_modified.desc(), PIECES.c.slug)
            .execution_options(yield_per=1_000)
        )
        # The result is closed too: who has seen enough leaves it open.
        with self.connect() as connection, connection.execute(query) as found:
            for row in found.mappings():
                if piece := self.read_piece(dict(row)):
                    yield piece


def entries(out: Path, url: str | None = None) -> Iterator[dict[str, Any]]:
    """What the index shows of the pieces of an output folder, for who only reads; nothing where there is no ledger.

    `url` where it is not the folder's own file. That is read past SQLAlchemy, whose import alone takes as long as
    checking a piece.
    """
    import sqlite3
    from contextlib import closing, suppress
    from urllib.parse import quote

    if url:
        with suppress(StorageError), closing(Ledger(url, wait=0)) as ledger:
            yield from sorted((row.entry for row in ledger.pieces()), key=lambda entry: str(entry["slug"]))
        return
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


def has_new(out: Path, url: str | None, sources: Sequence[str]) -> bool:
    """Whether one of the first sources has no piece yet, by a quick look: False where that cannot be told."""
    import sqlite3
    from contextlib import closing, suppress
    from urllib.parse import quote

    path = out / FILE
    if url:
        return False
    if not path.is_file():
        return True
    some = sorted(set(sources[:_LOOKED_AT]))
    query = (
        "SELECT count(*) FROM pieces WHERE files_sha256 != '' AND source IN (SELECT value FROM json_each(?))"
    )
    with (
        suppress(sqlite3.Error),
        closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True, timeout=0)) as db,
    ):
        known: int = db.execute(query, [json.dumps(some)]).fetchone()[0]
        return known < len(some)
    return False


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
