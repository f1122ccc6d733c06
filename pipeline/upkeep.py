"""Looking after a ledger: a copy of it while it is used, and whether it and the folders of the pieces agree."""

import hashlib
import re
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Literal

from pipeline import journal
from pipeline.adopted import row_of
from pipeline.claims import Claims
from pipeline.errors import ExitCode, StorageError, UsageError
from pipeline.files import name_of
from pipeline.ledger import FILE, Ledger, sqlite_url
from pipeline.ledger_rows import PieceRow
from pipeline.publish import folder
from pipeline.settings import Settings
from pipeline.shelf import hash_of_files
from pipeline.spending import existing_ledger

What = Literal["damaged", "no_folder", "no_row", "edited", "left_over", "stale_claim"]
_DAY = 86_400
_SQLITE = b"SQLite format 3\0"
_FRESH = re.compile(r"\.[^/]+\.[0-9a-f]{8}")
"""A file that was being written when its program ended."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Something about a ledger and its folders."""

    what: What
    where: str
    message: str
    mend: Callable[[], object] | None = None
    """Null for what only a person, or the next batch, can mend."""


def backup(database: Path, target: Path) -> None:
    """A whole copy of an SQLite ledger while others use it, under its name only once it was looked through.

    Raises `StorageError` backup; what lay at `target` then stays.
    """
    fresh = target.with_name(f".{target.name}.{hashlib.sha256(str(time.time_ns()).encode()).hexdigest()[:8]}")
    if target.exists() and target.samefile(database):
        raise UsageError("backup", f"{target} is the ledger itself.", "Give another file.")
    if _is_something_else(target):
        message = f"{target} is no earlier backup but another file, which stays."
        raise UsageError("backup", message, "Give a new name, or that of a backup to replace.")
    try:
        with closing(_opened(database)) as ours, closing(sqlite3.connect(fresh)) as copy:
            ours.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, that can be moved by itself
            found = damage(copy)
        if found:
            raise StorageError("backup", f"The ledger is damaged: {found[0]}.", "Restore an earlier backup.")
        fresh.replace(target)
    except (OSError, sqlite3.Error) as error:
        message = f"The backup {target} could not be made: {getattr(error, 'strerror', None) or error}."
        raise StorageError("backup", message, "Look at the path, its rights and the disk.") from None
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)


def _is_something_else(target: Path) -> bool:
    """Whether a file lies there that no backup can have been: an article, say. What cannot be read is left to the copying."""
    try:
        with target.open("rb") as file:
            head = file.read(len(_SQLITE))
    except OSError:
        return False
    return head not in (b"", _SQLITE)


def _opened(database: Path) -> sqlite3.Connection:
    """To be read only."""
    return sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)


def damage(connection: sqlite3.Connection) -> list[str]:
    """What SQLite finds wrong; empty when nothing is."""
    try:
        rows = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(10)")]
    except sqlite3.DatabaseError as error:
        return [str(error)]
    return [] if rows == ["ok"] else rows


def look(ledger: Ledger, out: Path, database: Path | None, now: float) -> Iterator[Seen]:
    """Everything that is not as a run leaves it, row after row and folder after folder.

    `now`, in seconds since 1970, is for the age of files; claims go by the ledger's own time.
    """
    if database and database.is_file():
        with closing(_opened(database)) as connection:
            for line in damage(connection):
                yield Seen("damaged", database.name, f"SQLite says: {line}. Restore a backup.")
    slugs = {path.stem for path, _ in journal.notes(out)}
    yield from _begun(ledger, out)
    for row in ledger.pieces():
        if row.slug not in slugs:
            slugs.add(row.slug)
            yield from _of_row(row, out)
    yield from _of_folders(ledger, out, slugs)
    yield from _left_over(out, now)
    yield from _stale(ledger)


def enter_lost(ledger: Ledger, out: Path) -> int:
    """Enter the pieces of a folder into a ledger that has none: how many. Else a lost ledger has all paid for again."""
    with closing(ledger.pieces()) as known:
        if next(known, None) is not None or not folder.holds_pieces(out):
            return 0
    entered = 0
    for seen in _of_folders(ledger, out, {path.stem for path, _ in journal.notes(out)}):
        if seen.mend:
            with suppress(StorageError):  # another run came first
                seen.mend()
                entered += 1
    return entered


def entered_line(count: int, out: Path) -> str:
    told = f"{count} pieces in {name_of(out)} that no ledger knew were entered again"
    if count == 1:
        told = f"1 piece in {name_of(out)} that no ledger knew was entered again"
    return f"{told}: what was paid for {'it' if count == 1 else 'them'} is not known any more."


def opened(settings: Settings, *, mend: bool) -> Ledger:
    """The ledger of a folder. One that was lost is made anew to be mended, to look at in memory alone.

    Raises `UsageError` where there is no ledger, and no piece either.
    """
    try:
        return existing_ledger(settings)
    except UsageError:
        if settings.ledger or not folder.holds_pieces(settings.out):
            raise
    return Ledger(sqlite_url(settings.out) if mend else "sqlite://", settings.ledger_wait)


def _begun(ledger: Ledger, out: Path) -> Iterator[Seen]:
    """Pieces at which a run was at work that is no more."""
    claims = Claims(ledger)
    mend = partial(journal.settle, out, ledger, claims)
    for path, told in journal.notes(out):
        if told is None or claims.is_free(told.row.source):
            message = "A run was ended between the files of the piece and its line in the ledger."
            yield Seen("left_over", path.stem, message, mend)


def _of_row(row: PieceRow, out: Path) -> Iterator[Seen]:
    if not folder.is_whole(out, row.slug):
        message = "The ledger knows a piece whose files are not there: the next marbre batch writes it again."
        yield Seen("no_folder", row.slug, message)
        return
    try:
        lies = hash_of_files(folder.read(out, row.slug))
    except OSError as error:
        yield Seen("no_folder", row.slug, f"Its files cannot be read: {error.strerror}.")
        return
    if lies != row.files_sha256:
        yield Seen(
            "edited", row.slug, "Its files are not those that were written; they are left as they are."
        )


def _of_folders(ledger: Ledger, out: Path, slugs: set[str]) -> Iterator[Seen]:
    for place in sorted(out.iterdir()) if out.is_dir() else ():
        if place.name in slugs or place.name.startswith(".") or not folder.is_whole(out, place.name):
            continue
        try:
            row = row_of(place)
        except OSError:
            row = None
        if row is None:
            yield Seen(
                "no_row",
                place.name,
                "A piece that the ledger does not know, and whose report cannot be read.",
            )
            continue
        known = ledger.piece_of(row.source, row.source_sha256)
        message = "A piece that the ledger does not know: it is entered with what its report tells."
        if known is None:
            yield Seen("no_row", place.name, message, partial(ledger.adopt, row))
        elif known.slug == place.name:  # its run ended between the two
            yield Seen(
                "no_row", place.name, message, partial(ledger.record, replace(row, source=known.source))
            )
        else:
            yield Seen(
                "no_row", place.name, f"A second piece of the source of {known.slug}: keep one of the two."
            )


def _left_over(out: Path, now: float) -> Iterator[Seen]:
    """What a program left behind that ended while it wrote. Younger than a day it may be another's at work."""
    for place in folder.unfinished(out):
        if folder.is_aside(place) or _age(place, now) > _DAY:
            message = "A folder that a run left when it ended: put back where its piece is missing, else taken away."
            yield Seen("left_over", str(place.relative_to(out)), message, partial(folder.recover, out, now))
    for file in (*out.glob(".*"), *out.glob("*/.*")):
        if file.is_file() and _FRESH.fullmatch(file.name) and _age(file, now) > _DAY:
            message = "A file that was being written when a run ended."
            yield Seen(
                "left_over", str(file.relative_to(out)), message, partial(file.unlink, missing_ok=True)
            )


def _age(place: Path, now: float) -> float:
    try:
        return now - place.stat().st_mtime
    except OSError:
        return 0.0


def _stale(ledger: Ledger) -> Iterator[Seen]:
    from sqlalchemy import select

    from pipeline.ledger_schema import CLAIMS

    now = ledger.now().timestamp()
    with ledger.connect() as connection:
        sources = list(connection.scalars(select(CLAIMS.c.source).where(CLAIMS.c.expires < now)))

    def forget(source: str) -> None:
        with ledger.connect() as connection:
            connection.execute(CLAIMS.delete().where(CLAIMS.c.source == source, CLAIMS.c.expires < now))

    for source in sources:
        yield Seen("stale_claim", source, "A run that is gone still holds it.", partial(forget, source))


def exit_code(seen: Iterable[tuple[Seen, bool]]) -> ExitCode:
    """0 when all is well, mended, or a person's own edit; 3 when something is left to do; 4 when the ledger is damaged."""
    left = {one.what for one, mended in seen if not mended}
    if "damaged" in left:
        return ExitCode.NOT_WRITTEN
    return ExitCode.NEEDS_WORK if left - {"edited"} else ExitCode.READY


def database_of(settings: Settings) -> Path | None:
    """The file of an SQLite ledger; None for another database, which has tools of its own."""
    from pipeline.dialects import file_of

    return file_of(settings.ledger or f"sqlite:///{settings.out / FILE}")
