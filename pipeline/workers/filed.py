"""A ledger that keeps the files of pieces too, written in the transaction that records them."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.database import WAIT
from pipeline.errors import StorageError
from pipeline.ledger import Ledger, PieceRow
from pipeline.ledger_rows import reading
from pipeline.model import Source
from pipeline.publish import folder
from pipeline.register import Register
from pipeline.workers.stored import packed, sources_told, unpacked

if TYPE_CHECKING:
    from sqlalchemy import Connection

# What a name of the ledger may be as a path below a piece's folder: ours, and ours of earlier versions.
_NAME = re.compile(r"(?:history/[1-9][0-9]{0,5}/)?(?P<file>[a-z]+\.[a-z0-9]+)")
_FILED = "SELECT slug FROM work_files WHERE name = 'article.md' AND slug = ANY(:slugs)"
_KNOWN = frozenset({*folder.FILES, *folder.FORMATS, folder.DIFFERENCE, "why.json"})


class FiledLedger(Ledger):
    """A worker's: each piece that is recorded lies in `out`, and its files go along."""

    def __init__(self, url: str, out: Path, wait: float = WAIT) -> None:
        super().__init__(url, wait)
        self.out = out
        self.names: dict[str, str] = {}
        """Hash of an article that gives background -> the name it has in the ledger: its own is of the machine it came from."""

    def named(self, origin: Mapping[str, Any]) -> Mapping[str, Any]:
        name = self.names.get(origin["sha256"]) if origin["number"] > 1 else None
        return {**origin, "source": name} if name else origin

    def keep_beside(self, connection: "Connection", rows: Sequence[PieceRow], instead_of: str | None) -> None:
        from pipeline.workers.tables import FILES, SAID

        gone = [row.slug for row in rows] + [instead_of] * bool(instead_of)
        for table in (FILES, SAID):
            connection.execute(table.delete().where(table.c.slug.in_(gone)))
        if files := [_row(row.slug, *file) for row in rows for file in files_at(self.out / row.slug)]:
            connection.execute(FILES.insert(), files)
        if said := [each for row in rows for each in _said(row)]:
            connection.execute(SAID.insert(), said)

    def kept(self, told: Sequence[Mapping[str, Any]]) -> Sequence[Source]:
        return list(sources_told(self, told))


def ledger_of(url: str, place: Path, wait: float) -> Ledger:
    """The one that the piece in a folder belongs to: files that workers have written are kept in it too."""
    filed = FiledLedger(url, place.parent, wait)
    if has_files(filed, place.name):
        return filed
    filed.close()
    return Ledger(url, wait)


def has_files(ledger: Ledger, slug: str) -> bool:
    """Whether workers have written a piece."""
    return bool(filed(ledger, [slug]))


def files_at(place: Path) -> Iterator[tuple[str, bytes]]:
    """A piece's files and those of its earlier versions, by their names below its folder."""
    for path in sorted(place.rglob("*")):
        name = path.relative_to(place).as_posix()
        if is_name(name) and path.is_file() and not path.is_symlink():
            yield name, path.read_bytes()


def is_name(name: str) -> bool:
    found = _NAME.fullmatch(name)
    return found is not None and found["file"] in _KNOWN


def files_of(ledger: Ledger, slug: str) -> dict[str, bytes]:
    """The files of a piece; nothing for one that no worker has written. Raises `LedgerError` for what cannot be one."""
    from sqlalchemy import select

    from pipeline.workers.tables import FILES

    query = select(FILES).where(FILES.c.slug == slug).order_by(FILES.c.name)
    rows = ledger.doing(lambda connection: connection.execute(query).mappings().all())
    return dict(map(_file, map(dict, rows)))


def text_of(ledger: Ledger, slug: str) -> str:
    """The text of a piece; empty for one that no worker has written. Raises `LedgerError` for what cannot be one."""
    from sqlalchemy import select

    from pipeline.workers.tables import FILES

    query = select(FILES).where(FILES.c.slug == slug, FILES.c.name == "article.md")
    row = ledger.doing(lambda connection: connection.execute(query).mappings().first())
    return _file(dict(row))[1].decode("utf-8", "replace") if row else ""


def filed(ledger: Ledger, slugs: Sequence[str]) -> frozenset[str]:
    """Those of the pieces that workers have written; of a ledger without workers none."""
    if ledger.address.get_backend_name() == "sqlite":
        return frozenset()
    from sqlalchemy import text

    from pipeline.workers.tables import FILES, are_there

    def ask(connection: "Connection") -> frozenset[str]:
        if not are_there(connection, FILES.name):
            return frozenset()
        return frozenset(connection.execute(text(_FILED), {"slugs": [*slugs]}).scalars())

    return ledger.doing(ask)


def bring(out: Path, slug: str, files: Mapping[str, bytes]) -> None:
    """Lay a piece's files where a run looks for them. Raises `StorageError`."""
    try:
        for name, data in files.items():
            path = out / slug / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    except OSError as error:
        raise StorageError(
            "output",
            f"The folder {out} cannot be written: {error.strerror or error}.",
            "Look at rights and disk space.",
        ) from None


def _row(slug: str, name: str, data: bytes) -> dict[str, Any]:
    return {"slug": slug, "name": name, "sha256": hashlib.sha256(data).hexdigest(), "data": packed(data)}


def _file(row: Mapping[str, Any]) -> tuple[str, bytes]:
    with reading("a file"):
        if not is_name(row["name"]):
            raise ValueError("its name cannot be")
        data = unpacked(bytes(row["data"]))
        if hashlib.sha256(data).hexdigest() != row["sha256"]:
            raise ValueError("it was changed")
        return row["name"], data


def _said(row: PieceRow) -> Iterator[dict[str, Any]]:
    for field, value in keys_of([row.entry]):
        yield {"slug": row.slug, "field": field, "said": hash_of(value)}


def keys_of(entries: Iterable[Mapping[str, Any]]) -> list[tuple[str, str]]:
    return [*Register.of(entries).known]


def hash_of(value: str) -> str:
    return hashlib.sha256(value.encode("utf-8", "surrogatepass")).hexdigest()
