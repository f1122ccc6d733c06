"""The pieces already written, found by the wording they share with a new one.

An index brought up to date file by file, in whatever database: a look-up costs the same however many pieces there are.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.archive import files
from pipeline.archive.entered import WRITTEN, Base, piece_of, signed, write
from pipeline.checks.check import Archived
from pipeline.errors import StorageError
from pipeline.text.winnow import fingerprints

if TYPE_CHECKING:
    from sqlalchemy import Connection

MOST_PLACES = 50
"""Paragraphs looked at for one fingerprint: what more pieces share is a stock phrase."""
MOST_PARAGRAPHS = 100
"""Paragraphs compared word for word, those with the rarest shared wording first."""


@dataclass(frozen=True, slots=True)
class Index:
    """An archive as it was when it was opened, and what was added since. Sent to another process, it is looked into there."""

    base: Base
    archive: int
    left_out: Sequence[str] = ()
    """Files that were not read, with the reason; of many the first few and a count."""
    folder: Path | None = None
    """None where the folder lies on another machine."""
    in_memory: bool = False

    def close(self) -> None:
        self.base.close()

    @property
    def pieces(self) -> int:
        from sqlalchemy import select

        from pipeline.archive.tables import ARCHIVES

        query = select(ARCHIVES.c.pieces).where(ARCHIVES.c.id == self.archive)
        with _told():
            return self.base.doing(lambda connection: connection.execute(query).scalar() or 0)

    def add(self, path: Path) -> None:
        """A piece written just now, wherever it lies."""
        for file in files.found(path.parent):
            if file.path == path.name:
                named = files.File(self._name(path), file.stamp)
                with _told():
                    write(self.base, self.archive, [piece_of(named, files.read(path.parent, file))])

    def without(self, slugs: Iterable[str], path: Path | None = None) -> "Others":
        """The archive as a piece sees it: itself and its earlier versions left out, known by slug or path."""
        return Others(self, tuple(slugs), (self._name(path),) if path else ())

    def _name(self, path: Path) -> str:
        """What the index knows a path by."""
        import os

        if self.folder is None:
            return f"{WRITTEN}{path.parent.name}"
        return os.path.relpath(path.resolve(), self.folder.resolve())

    def alike(
        self, stretches: Iterable[Sequence[str]], slugs: Sequence[str], paths: Sequence[str]
    ) -> tuple[Archived, ...]:
        """In order of path and place."""
        prints = sorted({signed(value) for words in stretches for value in fingerprints(words)})
        if not prints:
            return ()
        with _told():
            return self.base.doing(partial(_alike, self.archive, prints, slugs, paths))


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


@contextmanager
def _told() -> Iterator[None]:
    """Turn what the database in a file says into one line that names the remedy; a ledger tells by itself."""
    from sqlalchemy.exc import DBAPIError

    try:
        yield
    except DBAPIError as error:
        raise StorageError(
            "archive",
            f"The index of the archive failed: {error.orig}.",
            "Delete .marbre/archive-* and run it again.",
        ) from None


def _alike(
    archive: int, prints: Sequence[int], slugs: Sequence[str], paths: Sequence[str], connection: "Connection"
) -> tuple[Archived, ...]:
    from sqlalchemy import or_, select

    from pipeline.archive.tables import PARAGRAPHS, PIECES, PRINTS
    from pipeline.dialects import lowest_of_each

    joined = PARAGRAPHS.join(PIECES, PIECES.c.id == PARAGRAPHS.c.piece)
    mine = or_(PIECES.c.slug.in_(slugs), PIECES.c.path.in_(paths))
    query = select(PARAGRAPHS.c.id).select_from(joined).where(mine, PIECES.c.archive == archive)
    own = set(connection.execute(query).scalars()) if slugs or paths else set()
    places: defaultdict[int, list[int]] = defaultdict(list)
    for value, place in lowest_of_each(connection, PRINTS, archive, prints, MOST_PLACES + len(own)):
        if place not in own:
            places[value].append(place)
    rarity: defaultdict[int, float] = defaultdict(float)
    for value in sorted(places):
        others = places[value][:MOST_PLACES]
        for place in others:
            rarity[place] += 1 / len(others)
    best = sorted(rarity, key=lambda place: (-rarity[place], place))[:MOST_PARAGRAPHS]
    told = (PIECES.c.path, PARAGRAPHS.c.number, PIECES.c.slug, PIECES.c.title, PARAGRAPHS.c.text)
    rows = connection.execute(select(*told).select_from(joined).where(PARAGRAPHS.c.id.in_(best)))
    return tuple(Archived(*row[2:]) for row in sorted(map(tuple, rows)))
