"""Which source of a run is an earlier one printed again, by another site or in an earlier run: told before a call is paid.

Of each source its lowest fingerprints are kept, in a file that nobody else sees and that goes with the run, so that
100,000 sources take no memory to speak of. The few that share two of them are laid side by side word for word.
"""

import json
import os
import sqlite3
import zlib
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from pipeline import corpus
from pipeline.errors import StorageError
from pipeline.items import Item
from pipeline.ledger import Ledger
from pipeline.model import Article, Outcome
from pipeline.origins import articles_of
from pipeline.publish.folder import is_whole
from pipeline.refresh.substance import shortened
from pipeline.remembered import prints_of
from pipeline.wording import Resemblance, compare, prints

SHARED = 2
"""Fingerprints that two texts must have in common to be compared: one may be a phrase of all the world."""
ASKED = 50
"""Sources looked up for a fingerprint: a form that thousands fill in has the same ones."""
COMPARED = 3
_SCHEMA = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE texts (n INTEGER PRIMARY KEY, key TEXT UNIQUE, ref TEXT, slug TEXT, path BLOB, said BLOB);
CREATE TABLE prints (hash INTEGER, n INTEGER, PRIMARY KEY (hash, n)) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Like:
    """An earlier source, and what a source has of it."""

    ref: str
    found: Resemblance

    @property
    def why(self) -> str:
        """In one line for who reads the run's result."""
        told = f"{self.found.share:.0%} of its wording stands in {self.ref}"
        if self.found.otherwise:
            return f"{told}, which it tells otherwise: « {shortened(self.found.otherwise)} »"
        if own := self.found.own:
            count = "1 sentence" if len(own) == 1 else f"{len(own)} sentences"
            told += f"; {count} of its own: « {shortened(max(own, key=len))} »"
        return f"{told}; --near-duplicates write writes it all the same"

    async def heeded(self, ref: str, sha256: str, write: Callable[[], Awaitable[Outcome]]) -> Outcome:
        """What comes of a source that has it: nothing is written again; what is told otherwise is written, and said so."""
        if self.found.is_again:
            return Outcome(ref, sha256, "near_duplicate", why=self.why, resembles=self.ref)
        outcome = await write()
        return replace(outcome, resembles=self.ref, why=f"{outcome.why}; {self.why}")


def like_of(ref: str, earlier: Sequence[str], texts: Sequence[str]) -> Like | None:
    """What texts have of an earlier source; both are given as their paragraphs."""
    found = compare(earlier, texts)
    return Like(ref, found) if found.is_again or found.otherwise else None


def most_alike(likes: Iterable[Like | None]) -> Like | None:
    """One that it is again before one that it tells otherwise; of several the most alike, then the first."""
    found = filter(None, likes)
    return max(found, key=lambda like: (like.found.is_again, like.found.share), default=None)


class Looking(Protocol):
    """What a run needs to find reprints, wherever the earlier sources are kept."""

    def look(self, item: Item, article: Article) -> Like | None: ...


class Near:
    """The sources of one run that came so far, and those of the pieces that the ledger knows."""

    def __init__(self, ledger: Ledger, out: Path) -> None:
        self._ledger, self._out = ledger, out
        self._store: sqlite3.Connection | None = None

    def close(self) -> None:
        if self._store:
            self._store.close()

    def look(self, item: Item, article: Article) -> Like | None:
        """What it is again, or tells otherwise; None for a story of its own, or one that has a piece of its own.

        What is not again is kept for those that follow. Raises `StorageError` when there is no room for that.
        """
        if self._ledger.piece_of(item.key, article.sha256):
            return None
        with _room():
            store = self._opened()
            if store.execute("SELECT 1 FROM texts WHERE key = ?", (item.key,)).fetchone():
                return None  # it came before, and waited
            texts = [p.text for p in article.passages]
            lowest = prints(texts)
            like = self._nearest(store, lowest, texts)
            if like is None or not like.found.is_again:
                said = None if item.path else zlib.compress(json.dumps(texts).encode())
                _keep(store, (item.key, item.ref, None, item.path and os.fsencode(item.path), said), lowest)
            return like

    def _opened(self) -> sqlite3.Connection:
        if self._store is None:
            # An empty name is a file in the system's folder for such, without a name there; turns are taken by the caller.
            store = sqlite3.connect("", isolation_level=None, check_same_thread=False)
            store.executescript(_SCHEMA)
            store.execute("BEGIN")
            for row in self._ledger.pieces():
                if lowest := prints_of(row):
                    _keep(store, (row.source, row.entry["source"], row.slug, None, None), lowest)
            self._store = store
        return self._store

    def _nearest(self, store: sqlite3.Connection, lowest: Sequence[int], texts: Sequence[str]) -> Like | None:
        query = "SELECT n FROM prints WHERE hash = ? ORDER BY n LIMIT ?"
        shared = Counter(n for each in lowest for (n,) in store.execute(query, (each, ASKED)))
        ranked = sorted((-count, n) for n, count in shared.items() if count >= SHARED)
        query = "SELECT ref, slug, path, said FROM texts WHERE n = ?"
        rows = [store.execute(query, (n,)).fetchone() for _, n in ranked[:COMPARED]]
        return most_alike(like_of(row[0], self._said(*row[1:]), texts) for row in rows)

    def _said(self, slug: str | None, path: bytes | None, said: bytes | None) -> list[str]:
        """The paragraphs of an earlier source as they were read; none where they are lost, or the piece is."""
        if said is not None:
            told: list[str] = json.loads(zlib.decompress(said))
            return told
        article = corpus.read(Path(os.fsdecode(path))) if path else None
        if slug and is_whole(self._out, slug):
            article = articles_of(self._ledger, slug).get(1)
        return [p.text for p in article.passages] if article else []


def _keep(store: sqlite3.Connection, text: tuple[object, ...], lowest: Sequence[int]) -> None:
    made = store.execute("INSERT INTO texts (key, ref, slug, path, said) VALUES (?, ?, ?, ?, ?)", text)
    store.executemany("INSERT INTO prints VALUES (?, ?)", ((each, made.lastrowid) for each in lowest))


@contextmanager
def _room() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise StorageError(
            "near_duplicates",
            f"Whether it was printed before could not be looked up: {error}.",
            "Make room in the system's folder for temporary files, or give --near-duplicates write.",
        ) from None
