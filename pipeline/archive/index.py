"""The pieces already written, found by the wording they share with a new one.

An index brought up to date file by file, in whatever database: a look-up costs the same however many pieces there are.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from pipeline.archive import files
from pipeline.checks.check import Archived
from pipeline.errors import StorageError
from pipeline.text.fold import tokens
from pipeline.text.winnow import fingerprints

if TYPE_CHECKING:
    from sqlalchemy import Connection

T = TypeVar("T")

MOST_PLACES = 50
"""Paragraphs looked at for one fingerprint: what more pieces share is a stock phrase."""
MOST_PARAGRAPHS = 100
"""Paragraphs compared word for word, those with the rarest shared wording first."""
_TOLD = 5
_BATCH = 2_000_000  # characters written at once: some three hundred pieces
_AT_ONCE = 5_000  # values in one statement
_SIGN = 1 << 31
_WRITTEN = "/"  # begins what a piece is called that a worker wrote: no file under a folder is called so


class Base(Protocol):
    """Where an index lies."""

    def doing(self, work: "Callable[[Connection], T]") -> T:
        """What `work` gives, in one transaction."""
        ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Piece:
    """A file with what it says, and the fingerprints of each paragraph."""

    file: files.File
    text: files.Text
    prints: tuple[frozenset[int], ...]


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
                    write(self.base, self.archive, [_piece(named, files.read(path.parent, file))])

    def without(self, slugs: Iterable[str], path: Path | None = None) -> "Others":
        """The archive as a piece sees it: itself and its earlier versions left out, known by slug or path."""
        return Others(self, tuple(slugs), (self._name(path),) if path else ())

    def _name(self, path: Path) -> str:
        """What the index knows a path by."""
        import os

        if self.folder is None:
            return f"{_WRITTEN}{path.parent.name}"
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


def brought_up_to_date(
    base: Base, archive: int, folder: Path, stamped: Callable[[files.File], files.File]
) -> list[str]:
    """Replace what is known of files that changed, forget those that are gone; what was left out, and why.

    What workers wrote stays until the folder has it.
    """
    known = base.doing(partial(_known, archive))
    batch: list[Piece] = []
    left_out: dict[str, str] = {}
    size = 0
    for file in map(stamped, files.found(folder)):
        if file.fault is None and known.get(file.path) == file.stamp:
            del known[file.path]
            continue
        text, why = _read(folder, file)
        if text is None:
            left_out[file.path] = why
            continue
        batch.append(_piece(file, text))
        known.pop(file.path, None)
        size += sum(map(len, text.paragraphs))
        if size > _BATCH:
            write(base, archive, batch)
            batch.clear()
            size = 0
    told = [f"{path} ({why})" for path, why in sorted(left_out.items())]
    told = [*told[:_TOLD], f"{len(told) - _TOLD} more"] if len(told) > _TOLD else told
    gone = [path for path in known if not path.startswith(_WRITTEN)]
    write(base, archive, batch, gone, told)
    write(base, archive, [], base.doing(partial(_exported, archive)))
    return told


def _read(folder: Path, file: files.File) -> tuple[files.Text | None, str]:
    """What a file says, or why it cannot be read."""
    if file.fault:
        return None, file.fault
    try:
        return files.read(folder, file), ""
    except OSError as error:
        return None, error.strerror or "unreadable"


def _exported(archive: int, connection: "Connection") -> list[str]:
    """What workers wrote and the folder has now too."""
    from sqlalchemy import select

    from pipeline.archive.tables import PIECES

    theirs = PIECES.c.path.startswith(_WRITTEN)
    there = select(PIECES.c.slug).where(PIECES.c.archive == archive, ~theirs)
    query = select(PIECES.c.path).where(PIECES.c.archive == archive, theirs, PIECES.c.slug.in_(there))
    return [*connection.execute(query).scalars()]


def _known(archive: int, connection: "Connection") -> dict[str, str]:
    from sqlalchemy import select

    from pipeline.archive.tables import PIECES

    query = select(PIECES.c.path, PIECES.c.stamp).where(PIECES.c.archive == archive)
    return {row.path: row.stamp for row in connection.execute(query)}


def _piece(file: files.File, text: files.Text) -> Piece:
    return Piece(file, text, tuple(map(_prints_of, text.paragraphs)))


def _prints_of(paragraph: str) -> frozenset[int]:
    return frozenset(signed(value) for value in fingerprints([t.text for t in tokens(paragraph)]))


def signed(value: int) -> int:
    """A number of 32 bits as the databases hold it in four bytes."""
    return (value ^ _SIGN) - _SIGN


def write(
    base: Base,
    archive: int,
    pieces: Sequence[Piece],
    gone: Sequence[str] = (),
    left_out: Sequence[str] | None = None,
) -> None:
    """Replace what is known of some files, all or nothing."""
    if pieces or gone or left_out is not None:
        base.doing(partial(_write, archive, pieces, gone, left_out))


def _write(
    archive: int,
    pieces: Sequence[Piece],
    gone: Sequence[str],
    left_out: Sequence[str] | None,
    connection: "Connection",
) -> None:
    from pipeline.archive.tables import ARCHIVES
    from pipeline.dialects import locked, not_held_up

    not_held_up(connection)
    row = locked(connection, ARCHIVES, {"id": archive, "pieces": 0, "left_out": []})
    fewer = _forget(connection, archive, [*gone, *(each.file.path for each in pieces)])
    _enter(connection, archive, pieces)
    more = sum(bool(each.text.paragraphs) for each in pieces)
    told = {
        "pieces": row.pieces + more - fewer,
        "left_out": row.left_out if left_out is None else [*left_out],
    }
    connection.execute(ARCHIVES.update().where(ARCHIVES.c.id == archive).values(**told))


def _enter(connection: "Connection", archive: int, pieces: Sequence[Piece]) -> None:
    from pipeline.archive.tables import PARAGRAPHS, PIECES, PRINTS
    from pipeline.dialects import enter_numbers

    if not pieces:
        return
    rows = [
        {"archive": archive, "path": p.file.path, "stamp": p.file.stamp, "slug": p.text.slug, "title": p.text.title,
         "paragraphs": len(p.text.paragraphs)}
        for p in pieces
    ]  # fmt: skip
    entered = PIECES.insert().returning(PIECES.c.id, sort_by_parameter_order=True)
    numbers = connection.execute(entered, rows).scalars().all()
    rows = [
        {"piece": number, "number": at, "text": text}
        for number, piece in zip(numbers, pieces, strict=True)
        for at, text in enumerate(piece.text.paragraphs)
    ]
    if not rows:
        return
    entered = PARAGRAPHS.insert().returning(PARAGRAPHS.c.id, sort_by_parameter_order=True)
    places = connection.execute(entered, rows).scalars().all()
    prints = zip(places, chain.from_iterable(p.prints for p in pieces), strict=True)
    enter_numbers(
        connection, PRINTS, sorted((archive, value, place) for place, values in prints for value in values)
    )


def _forget(connection: "Connection", archive: int, paths: Sequence[str]) -> int:
    """How many pieces of those that were there said something."""
    from sqlalchemy import select

    from pipeline.archive.tables import PARAGRAPHS, PIECES, PRINTS

    found = [
        row
        for some in _some(paths)
        for row in connection.execute(
            select(PIECES.c.id, PIECES.c.paragraphs).where(
                PIECES.c.archive == archive, PIECES.c.path.in_(some)
            )
        )
    ]
    for piece, _ in found:
        texts = select(PARAGRAPHS.c.id, PARAGRAPHS.c.text).where(PARAGRAPHS.c.piece == piece)
        for number, text in connection.execute(texts).all():
            place = (PRINTS.c.archive == archive, PRINTS.c.paragraph == number)
            for some in _some(sorted(_prints_of(text))):
                connection.execute(PRINTS.delete().where(*place, PRINTS.c.hash.in_(some)))
        connection.execute(PARAGRAPHS.delete().where(PARAGRAPHS.c.piece == piece))
        connection.execute(PIECES.delete().where(PIECES.c.id == piece))
    return sum(bool(paragraphs) for _, paragraphs in found)


def _some(values: Sequence[T]) -> Iterator[Sequence[T]]:
    return (values[at : at + _AT_ONCE] for at in range(0, len(values), _AT_ONCE))
