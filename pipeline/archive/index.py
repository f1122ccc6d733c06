"""The pieces already written, found by the wording they share with a new one.

An index in SQLite, brought up to date file by file: a look-up costs the same however many pieces there are. It
is a cache: it may be deleted at any time, and where it cannot be kept in a file it is built in memory.
"""

import hashlib
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from pathlib import Path
from threading import RLock
from typing import Any

from pipeline.archive import files
from pipeline.checks.check import Archived
from pipeline.errors import StorageError, UsageError
from pipeline.text.fold import tokens
from pipeline.text.winnow import fingerprints

VERSION = 1
MOST_PLACES = 50
"""Paragraphs looked at for one fingerprint: what more pieces share is a stock phrase."""
MOST_PARAGRAPHS = 100
"""Paragraphs compared word for word, those with the rarest shared wording first."""
_TOLD = 5
_MEMORY = ":memory:"
_BATCH = 2_000_000  # characters written at once: some three hundred pieces
_WAIT = 30  # seconds; another run may be bringing the index up to date
_SCHEMA = """
CREATE TABLE IF NOT EXISTS pieces (
    id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, stamp TEXT NOT NULL, slug TEXT NOT NULL, title TEXT NOT NULL,
    paragraphs INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS pieces_by_slug ON pieces (slug);
CREATE TABLE IF NOT EXISTS paragraphs (
    id INTEGER PRIMARY KEY, piece INTEGER NOT NULL, number INTEGER NOT NULL, text TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS paragraphs_by_piece ON paragraphs (piece);
CREATE TABLE IF NOT EXISTS prints (
    hash INTEGER NOT NULL, paragraph INTEGER NOT NULL, PRIMARY KEY (hash, paragraph)) WITHOUT ROWID;
"""
_PLACES = "SELECT paragraph FROM prints WHERE hash = ? ORDER BY paragraph LIMIT ?"
_PARAGRAPH = """
SELECT path, number, slug, title, text FROM paragraphs JOIN pieces ON pieces.id = piece WHERE paragraphs.id = ?
"""


def open_archive(folder: Path, out: Path) -> "Index":
    """The index of a folder of pieces, up to date. It is kept under `out/.marbre/` where there is an `out`."""
    if not folder.is_dir():
        raise UsageError("no_folder", f"There is no folder {folder}.", "Give another with --archive.")
    if out.is_dir():
        name = hashlib.sha256(str(folder.resolve()).encode("utf-8", "replace")).hexdigest()[:8]
        store = out / ".marbre" / f"archive-{name}.sqlite3"
        for _ in range(2):
            try:
                store.parent.mkdir(exist_ok=True)
                return Index(folder, str(store))
            except (sqlite3.OperationalError, OSError):
                break  # locked too long, read-only, a full disk
            except sqlite3.DatabaseError:  # torn, or of another version
                for path in store.parent.glob(f"{store.name}*"):
                    path.unlink(missing_ok=True)
    return Index(folder, _MEMORY)


class Index:
    """One connection; brought up to date when it is opened."""

    def __init__(self, folder: Path, store: str) -> None:
        self._folder, self._store = folder, store
        self._left_out: dict[str, str] = {}
        self._db = sqlite3.connect(store, timeout=_WAIT, isolation_level=None, check_same_thread=False)
        self._turn = RLock()  # pieces are checked in threads
        try:
            self._prepare()
            self._refresh()
        except BaseException:
            self._db.close()
            raise

    @property
    def in_memory(self) -> bool:
        return self._store == _MEMORY

    def __reduce__(self) -> tuple[Any, ...]:
        """In another process it is the same file, opened once more: what is added here is seen there."""
        if self.in_memory:
            raise TypeError("an index in memory is nowhere else")
        return _opened_again, (self._folder, self._store, self._left_out)

    def close(self) -> None:
        self._db.close()

    @property
    def pieces(self) -> int:
        with self._turn, _told():
            return int(self._db.execute("SELECT count(*) FROM pieces WHERE paragraphs > 0").fetchone()[0])

    @property
    def left_out(self) -> list[str]:
        """Files that were not read, with the reason; of many the first few and a count."""
        told = [f"{path} ({why})" for path, why in sorted(self._left_out.items())]
        return [*told[:_TOLD], f"{len(told) - _TOLD} more"] if len(told) > _TOLD else told

    def add(self, path: Path) -> None:
        """A piece written just now, wherever it lies."""
        with self._turn, _told():
            for file in files.found(path.parent):
                name = _under(self._folder, path)
                if file.path == path.name:
                    self._write([(files.File(name, file.stamp), files.read(path.parent, file))])

    def without(self, slugs: Iterable[str], path: Path | None = None) -> "Others":
        """The archive as a piece sees it: itself and its earlier versions left out, known by slug or path."""
        names = [_under(self._folder, path)] if path else []
        return Others(self, tuple(slugs), tuple(names))

    def alike(
        self, stretches: Iterable[Sequence[str]], slugs: Sequence[str], paths: Sequence[str]
    ) -> tuple[Archived, ...]:
        """In order of path and place."""
        with self._turn, _told():
            own = self._own("slug", slugs) | self._own("path", paths)
            rarity: defaultdict[int, float] = defaultdict(float)
            for value in sorted({v for words in stretches for v in fingerprints(words)}):
                places = self._db.execute(_PLACES, (value, MOST_PLACES + len(own))).fetchall()
                others = [place for (place,) in places if place not in own][:MOST_PLACES]
                for place in others:
                    rarity[place] += 1 / len(others)
            best = sorted(rarity, key=lambda place: (-rarity[place], place))[:MOST_PARAGRAPHS]
            rows = sorted(self._db.execute(_PARAGRAPH, (place,)).fetchone() for place in best)
            return tuple(Archived(*row[2:]) for row in rows)

    def _own(self, column: str, values: Sequence[str]) -> set[int]:
        """The paragraphs of the piece itself."""
        query = f"SELECT paragraphs.id FROM paragraphs JOIN pieces ON pieces.id = piece WHERE {column} = ?"  # noqa: S608
        return {row[0] for value in values for row in self._db.execute(query, (value,))}

    def _prepare(self) -> None:
        found = self._db.execute("PRAGMA user_version").fetchone()[0]
        if found not in (0, VERSION):
            raise sqlite3.DatabaseError("made by another version")
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")
        self._db.execute("PRAGMA cache_size = -16000")
        self._db.executescript(_SCHEMA)
        self._db.execute(f"PRAGMA user_version = {VERSION}")

    def _refresh(self) -> None:
        known = dict(self._db.execute("SELECT path, stamp FROM pieces"))
        batch: list[tuple[files.File, files.Text]] = []
        size = 0
        for file in files.found(self._folder):
            if known.get(file.path) == file.stamp:
                del known[file.path]
            elif text := self._read(file):
                batch.append((file, text))
                known.pop(file.path, None)
                size += sum(map(len, text.paragraphs))
            if size > _BATCH:
                self._write(batch)
                batch.clear()
                size = 0
        self._write(batch, gone=known)

    def _read(self, file: files.File) -> files.Text | None:
        if file.fault is None:
            try:
                return files.read(self._folder, file)
            except OSError as error:
                file = files.File(file.path, "", error.strerror)
        self._left_out[file.path] = file.fault or "unreadable"
        return None

    def _write(self, batch: Sequence[tuple[files.File, files.Text]], gone: Iterable[str] = ()) -> None:
        """Replace what is known of some files, all or nothing."""
        with self._transaction():
            for path in (*gone, *(file.path for file, _ in batch)):
                self._forget(path)
            fresh = count(1 + self._last("paragraphs"))
            prints: list[tuple[int, int]] = []
            for piece, (file, text) in enumerate(batch, start=1 + self._last("pieces")):
                row = (piece, file.path, file.stamp, text.slug, text.title, len(text.paragraphs))
                self._db.execute("INSERT INTO pieces VALUES (?, ?, ?, ?, ?, ?)", row)
                for at, paragraph in enumerate(text.paragraphs):
                    number = next(fresh)
                    self._db.execute(
                        "INSERT INTO paragraphs VALUES (?, ?, ?, ?)", (number, piece, at, paragraph)
                    )
                    prints += ((value, number) for value in _prints_of(paragraph))
            self._db.executemany("INSERT INTO prints VALUES (?, ?)", sorted(prints))

    def _forget(self, path: str) -> None:
        for (piece,) in self._db.execute("SELECT id FROM pieces WHERE path = ?", (path,)).fetchall():
            rows = self._db.execute("SELECT id, text FROM paragraphs WHERE piece = ?", (piece,)).fetchall()
            old = [(value, number) for number, text in rows for value in _prints_of(text)]
            self._db.executemany("DELETE FROM prints WHERE hash = ? AND paragraph = ?", old)
            self._db.execute("DELETE FROM paragraphs WHERE piece = ?", (piece,))
            self._db.execute("DELETE FROM pieces WHERE id = ?", (piece,))

    def _last(self, table: str) -> int:
        return int(self._db.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()[0])  # noqa: S608

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")


@dataclass(frozen=True, slots=True)
class Others:
    """The archive without some pieces: what `checks.check.Archive` asks for."""

    index: Index
    slugs: tuple[str, ...]
    paths: tuple[str, ...]

    @property
    def pieces(self) -> int:
        return self.index.pieces

    @property
    def left_out(self) -> Sequence[str]:
        return self.index.left_out

    def alike(self, stretches: Iterable[Sequence[str]]) -> tuple[Archived, ...]:
        return self.index.alike(stretches, self.slugs, self.paths)


@lru_cache(maxsize=1)
def _connection(store: str) -> sqlite3.Connection:
    return sqlite3.connect(store, timeout=_WAIT, isolation_level=None, check_same_thread=False)


def _opened_again(folder: Path, store: str, left_out: dict[str, str]) -> Index:
    index = Index.__new__(Index)
    index._folder, index._store, index._left_out = folder, store, left_out  # noqa: SLF001 - it is its own
    index._db, index._turn = _connection(store), RLock()  # noqa: SLF001
    return index


def _prints_of(paragraph: str) -> set[int]:
    return fingerprints([t.text for t in tokens(paragraph)])


def _under(folder: Path, path: Path) -> str:
    """The name the index knows a path by."""
    import os

    return os.path.relpath(path.resolve(), folder.resolve())


@contextmanager
def _told() -> Iterator[None]:
    """Turn what the database says into one line that names the remedy."""
    try:
        yield
    except sqlite3.Error as error:
        raise StorageError(
            "archive",
            f"The index of the archive failed: {error}.",
            "Delete .marbre/archive-* and run it again.",
        ) from None
