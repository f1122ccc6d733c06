"""The finished pieces out of the ledger into a folder, as `marbre batch` would have left it."""

import json
from collections import Counter
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.batch import complete
from pipeline.claims import Claims
from pipeline.errors import StorageError, UsageError
from pipeline.files import FileError, read_bounded
from pipeline.journal import settle
from pipeline.ledger import Ledger, PieceRow
from pipeline.ledger_rows import is_slug
from pipeline.linking.listed import read as listed_pages
from pipeline.provenance import sha256
from pipeline.publish import folder
from pipeline.settings import Settings
from pipeline.workers.content import settings_with
from pipeline.workers.filed import FiledLedger, files_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

Version = tuple[str, str]
"""A hash of all files of a piece, and of its `article.md`."""

NOTE = ".marbre/exported.json"
"""What of each piece was written here last: a piece that is otherwise was edited here."""
_LARGEST = 100_000_000
_VERSIONS = """
SELECT slug, encode(sha256(string_agg(name || ' ' || sha256, chr(10) ORDER BY name)::bytea), 'hex') AS version,
    max(sha256) FILTER (WHERE name = 'article.md') AS text FROM work_files GROUP BY slug ORDER BY slug
"""
# A refresh's own is one of pieces that were submitted before.
_LATEST = "SELECT settings FROM work_submissions WHERE digest NOT LIKE :round ORDER BY id DESC LIMIT 1"


@dataclass(frozen=True, slots=True)
class Exported:
    pieces: int
    """That lie here now."""
    verdicts: dict[str, int]
    written: tuple[str, ...]
    """Slugs whose files were not here, or older."""
    edited: tuple[str, ...]
    """Slugs whose text was changed here; they stay as they are."""
    elsewhere: int
    """Pieces whose files no worker has written."""
    left_out: str
    """What was not written for want of a setting; empty when nothing was."""


class _Exporting(FiledLedger):
    """Knows the pieces that lie here, and keeps the files of those that get other links."""

    def __init__(self, url: str, out: Path, wait: float) -> None:
        super().__init__(url, out, wait)
        self._read: dict[str, str] = {}
        self.linked: set[str] = set()

    def pieces(self) -> Generator[PieceRow, None, None]:
        for row in super().pieces():
            if folder.is_whole(self.out, row.slug):
                self._read[row.slug] = row.files_sha256
                yield row

    def keep_beside(self, connection: "Connection", rows: Sequence[PieceRow], instead_of: str | None) -> None:
        changed = [row for row in rows if row.files_sha256 != self._read.get(row.slug)]
        super().keep_beside(connection, changed, instead_of)
        self.linked |= {row.slug for row in changed}


async def export(url: str, settings: Settings, now: datetime) -> Exported:
    """Write what is not here yet, then links, index and feeds. Raises `StorageError`, `LedgerError`, `UsageError`."""
    out = settings.out
    _make(out)
    ledger = _Exporting(url, out, settings.ledger_wait)
    try:
        folder.recover(out, now.timestamp(), busy=settle(out, ledger, Claims(ledger)))
        settings, claims = _as_submitted(ledger, settings), Claims(ledger)
        noted, versions = _noted(out), _versions(ledger)
        written, edited = _brought(ledger, out, versions, noted)
        noted |= {slug: versions[slug] for slug in written}
        _note(out, noted)
        listed = listed_pages(settings.links_from) if settings.links and settings.links_from else ()
        async with claims.kept():
            left_out = await complete(settings, ledger, now, listed, claims)
        if ledger.linked:
            after = _versions(ledger)
            _note(out, noted | {slug: after[slug] for slug in ledger.linked if slug in after})
        verdicts = Counter(str(row.entry["verdict"]) for row in ledger.pieces())
        missing = sum(row.slug not in versions for row in Ledger.pieces(ledger))
    finally:
        ledger.close()
    return Exported(
        verdicts.total(), dict(sorted(verdicts.items())), tuple(written), tuple(edited), missing, left_out
    )


def _make(out: Path) -> None:
    try:
        (out / NOTE).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"The folder {out} cannot be written: {error.strerror}."
        raise StorageError("output", message, "Give another with --out, or mend its rights.") from None


def _brought(
    ledger: Ledger, out: Path, versions: Mapping[str, Version], noted: Mapping[str, Version]
) -> tuple[list[str], list[str]]:
    """The slugs of the pieces that were written here, and of those that somebody has edited here."""
    written: list[str] = []
    edited: list[str] = []
    for slug in noted.keys() - versions.keys():  # a working draft that gave its place up
        if is_slug(slug) and _text_at(out / slug) == noted[slug][1]:
            folder.remove(out, slug)
    for slug, (version, text) in versions.items():
        known, known_text = noted.get(slug, ("", ""))
        if known == version and folder.is_whole(out, slug):
            continue
        if _text_at(out / slug) not in (None, text, known_text):
            edited.append(slug)
            continue
        folder.bring(out, slug, files_of(ledger, slug))
        written.append(slug)
    return written, edited


def _text_at(place: Path) -> str | None:
    try:
        return sha256((place / "article.md").read_bytes())
    except OSError:
        return None


def _as_submitted(ledger: Ledger, settings: Settings) -> Settings:
    from sqlalchemy import text

    from pipeline.workers.tables import REFRESH_ROUND

    told = {"round": f"{REFRESH_ROUND}%"}
    content = ledger.doing(lambda connection: connection.execute(text(_LATEST), told).scalar())
    if content is None:
        raise UsageError(
            "export", "Nothing was submitted to this ledger.", "Begin with marbre submit FOLDER."
        )
    return settings_with(settings, content)


def _versions(ledger: Ledger) -> dict[str, Version]:
    from sqlalchemy import text

    rows = ledger.doing(lambda connection: connection.execute(text(_VERSIONS)).all())
    return {row.slug: (row.version, row.text or "") for row in rows if is_slug(row.slug)}


def _noted(out: Path) -> dict[str, Version]:
    """Nothing where the note is not there, or damaged: then what differs from the ledger counts as edited."""
    try:
        told = json.loads(read_bounded(out / NOTE, _LARGEST))
        return {str(slug): (str(version), str(text)) for slug, (version, text) in told.items()}
    except (FileError, ValueError, TypeError, AttributeError, RecursionError):
        return {}


def _note(out: Path, noted: Mapping[str, Version]) -> None:
    folder.put_page(out / NOTE, json.dumps(noted, sort_keys=True, indent=0) + "\n")
