"""The files of an archive into its index, one by one as they change; all or nothing of what is written at once."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from pipeline.archive import files
from pipeline.text.fold import tokens
from pipeline.text.winnow import fingerprints

if TYPE_CHECKING:
    from sqlalchemy import Connection

T = TypeVar("T")

WRITTEN = "/"
"""Begins what a piece is called that a worker wrote: no file under a folder is called so."""
_TOLD = 5
_BATCH = 2_000_000  # characters written at once: some three hundred pieces
_AT_ONCE = 300  # pieces in one statement
_SIGN = 1 << 31


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
        batch.append(piece_of(file, text))
        known.pop(file.path, None)
        size += sum(map(len, text.paragraphs))
        if size > _BATCH:
            write(base, archive, batch)
            batch.clear()
            size = 0
    told = [f"{path} ({why})" for path, why in sorted(left_out.items())]
    told = [*told[:_TOLD], f"{len(told) - _TOLD} more"] if len(told) > _TOLD else told
    gone = [path for path in known if not path.startswith(WRITTEN)]
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

    theirs = PIECES.c.path.startswith(WRITTEN)
    there = select(PIECES.c.slug).where(PIECES.c.archive == archive, ~theirs)
    query = select(PIECES.c.path).where(PIECES.c.archive == archive, theirs, PIECES.c.slug.in_(there))
    return [*connection.execute(query).scalars()]


def _known(archive: int, connection: "Connection") -> dict[str, str]:
    from sqlalchemy import select

    from pipeline.archive.tables import PIECES

    query = select(PIECES.c.path, PIECES.c.stamp).where(PIECES.c.archive == archive)
    return {row.path: row.stamp for row in connection.execute(query)}


def piece_of(file: files.File, text: files.Text) -> Piece:
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
    from pipeline.dialects import forget_numbers

    said = 0
    for some in _some(paths):
        there = select(PIECES.c.id, PIECES.c.paragraphs).where(
            PIECES.c.archive == archive, PIECES.c.path.in_(some)
        )
        found = connection.execute(there).all()
        said += sum(bool(paragraphs) for _, paragraphs in found)
        theirs = PARAGRAPHS.c.piece.in_([piece for piece, _ in found])
        texts = connection.execute(select(PARAGRAPHS.c.id, PARAGRAPHS.c.text).where(theirs))
        prints = [(archive, value, number) for number, text in texts for value in _prints_of(text)]
        forget_numbers(connection, PRINTS, sorted(prints))
        connection.execute(PARAGRAPHS.delete().where(theirs))
        connection.execute(PIECES.delete().where(PIECES.c.id.in_([piece for piece, _ in found])))
    return said


def _some(values: Sequence[T]) -> Iterator[Sequence[T]]:
    return (values[at : at + _AT_ONCE] for at in range(0, len(values), _AT_ONCE))
