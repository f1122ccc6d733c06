"""What is about to be written, noted beside the pieces until the ledger knows it.

The files of a piece and its line in the ledger are two things, and a run may be killed between them. So the line is noted
first, in `.marbre/coming/<slug>.json`; the folder is moved into place whole; then the ledger takes the line over, and the
note goes. Whoever finds a note whose run is no more looks which of the two versions lies there, and brings the ledger up to
it. All three happen while the run has a claim on the piece's source, so a note that can be claimed is nobody's any more.
"""

import base64
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pipeline.claims import Claims
from pipeline.errors import LedgerError
from pipeline.files import FileError, read_bounded
from pipeline.ledger import Ledger
from pipeline.ledger_rows import PieceRow, is_slug, piece_of_row
from pipeline.publish import folder

HASHES = "hashes"
"""In a piece's entry of the ledger: the hash of each file as it was written."""
_ROOM = ".marbre/coming"
_LARGEST = 100_000_000


@dataclass(frozen=True, slots=True)
class Note:
    """A line that the ledger is to hold once the files lie there."""

    row: PieceRow
    instead_of: str | None = None
    """The slug of a working draft whose place it takes."""
    origins: Sequence[Mapping[str, Any]] | None = None
    """As `Ledger.record` takes them."""


def note(out: Path, told: Note) -> None:
    """Raises `StorageError`."""
    path = _path(out, told.row.slug)
    fields = {"row": asdict(told.row), "instead_of": told.instead_of, "origins": _as_json(told.origins)}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        folder.write(path, json.dumps(fields))  # half a note is none: nothing of the piece was touched then
    except OSError as error:
        raise folder.not_written(path, error) from None


def enter(out: Path, ledger: Ledger, told: Note) -> None:
    """The files lie there: the ledger takes the line over."""
    ledger.record(told.row, instead_of=told.instead_of, origins=told.origins)
    if told.instead_of:
        folder.remove(out, told.instead_of)
    cross_out(out, [told.row.slug])


def cross_out(out: Path, slugs: Iterable[str]) -> None:
    for slug in slugs:
        with suppress(OSError):
            _path(out, slug).unlink(missing_ok=True)


def coming(out: Path, slug: str) -> Mapping[str, str]:
    """The hashes of the files that were about to be written, by name; none where there is no note."""
    told = _read(_path(out, slug))
    return told.row.entry.get(HASHES, {}) if told else {}


def notes(out: Path) -> Iterator[tuple[Path, Note | None]]:
    """Those there are, hardly ever one; None for half a note, or what is none of ours."""
    room = out / _ROOM
    for path in sorted(room.iterdir()) if room.is_dir() else ():
        yield path, _read(path)


def settle(out: Path, ledger: Ledger, claims: Claims, source: str | None = None) -> frozenset[str]:
    """Finish what runs that are no more had noted: of one source, which is claimed already, else of all that can be.

    Gives the slugs of those at which another run is at work.
    """
    busy = set()
    for path, told in notes(out):
        if told is None:
            with suppress(OSError):
                path.unlink(missing_ok=True)
        elif source is not None:
            if told.row.source == source:
                _finish(out, ledger, told)
        elif claims.take(told.row.source):
            try:
                _finish(out, ledger, told)
            finally:
                claims.leave(told.row.source)
        else:
            busy.add(path.stem)
    return frozenset(busy)


def lies(out: Path, told: Note, known: PieceRow | None) -> bool:
    """Whether the new version lies there. A folder is moved as a whole, so a file that only the new one has tells."""
    old = known.entry.get(HASHES, {}) if known else {}
    new = told.row.entry.get(HASHES, {})
    there = folder.hashes(out, told.row.slug)
    return any(there.get(name) == sha256 != old.get(name) for name, sha256 in new.items())


def _finish(out: Path, ledger: Ledger, told: Note) -> None:
    slug = told.row.slug
    folder.put_back(out, slug)
    known = ledger.at(slug)
    folder.sweep(out, slug)
    if lies(out, told, known):
        enter(out, ledger, told)
    else:
        cross_out(out, [slug])


def _path(out: Path, slug: str) -> Path:
    return out / _ROOM / f"{slug}.json"


def _read(path: Path) -> Note | None:
    try:
        told = json.loads(read_bounded(path, _LARGEST))
        row = piece_of_row(told["row"])
        instead_of, origins = told["instead_of"], told["origins"]
        ours = row.slug == path.stem and (instead_of is None or is_slug(instead_of))
        if not ours or not isinstance(row.entry.get(HASHES), dict):
            return None
        return Note(row, instead_of, origins and [_of_json(each) for each in origins])
    except (FileError, LedgerError, ValueError, TypeError, KeyError, AttributeError):
        return None


def _as_json(origins: Sequence[Mapping[str, Any]] | None) -> list[dict[str, Any]] | None:
    if origins is None:
        return None
    return [{**each, "said": base64.b64encode(each["said"]).decode()} for each in origins]


def _of_json(told: Mapping[str, Any]) -> dict[str, Any]:
    return {**told, "said": base64.b64decode(told["said"])}
