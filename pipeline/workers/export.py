"""The finished pieces out of the ledger into a folder, as `marbre batch` would have left it."""

from collections import Counter
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.batch import complete
from pipeline.claims import Claims
from pipeline.errors import DamagedError, StorageError, UsageError
from pipeline.files import printable
from pipeline.journal import HASHES, cross_out, notes, settle
from pipeline.ledger import Ledger, PieceRow
from pipeline.ledger_rows import is_slug, reading
from pipeline.linking.listed import read as listed_pages
from pipeline.publish import folder
from pipeline.schedule.lock import held
from pipeline.settings import Settings
from pipeline.shelf import Shelf
from pipeline.workers.content import settings_with
from pipeline.workers.exported import NOTE, Own, Version
from pipeline.workers.filed import FiledLedger, files_of, has_files
from pipeline.workers.spoken import follow_reviews, honour, word_at

if TYPE_CHECKING:
    from sqlalchemy import Connection

_LOCK = ".marbre/export.lock"
_VERSIONS = """
SELECT slug, encode(sha256(string_agg(name || ' ' || sha256, chr(10) ORDER BY name)::bytea), 'hex') AS version,
    max(sha256) FILTER (WHERE name = 'article.md') AS text FROM work_files GROUP BY slug ORDER BY slug
"""
# A refresh's own is one of pieces that were submitted before.
_LATEST = "SELECT settings FROM work_submissions WHERE digest NOT LIKE :round ORDER BY id DESC LIMIT 1"
# The piece that has taken the place of a working draft keeps its text as an earlier version.
_SUCCESSOR = """
SELECT slug FROM work_files WHERE sha256 = (:text)::text AND name LIKE 'history/%/article.md' ORDER BY slug LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Exported:
    pieces: int
    """That lie here now."""
    verdicts: dict[str, int]
    written: tuple[str, ...]
    """Slugs whose files were not here, or older."""
    edited: tuple[str, ...]
    """Slugs whose text was changed here; they stay as they are."""
    fell: Mapping[str, tuple[str, ...]]
    """Slug -> what of a person's word its new version puts an end to, a line each."""
    elsewhere: int
    """Pieces whose files no worker has written."""
    left_out: str
    """What was not written for want of a setting; empty when nothing was."""
    damaged: Mapping[str, str]
    """Slug -> why a piece was left out: the ledger holds of it what no worker wrote. Its older version stays."""


class _Exporting(FiledLedger):
    """Knows the pieces that lie here, and keeps the files of those that are changed here: by links, or a person's word."""

    def __init__(self, url: str, out: Path, wait: float) -> None:
        super().__init__(url, out, wait)
        self._read: dict[str, str] = {}
        self.own = Own(out)
        self.changed: set[str] = set()
        self.damaged: dict[str, str] = {}
        """Slug -> why its rows cannot be read."""

    def pieces(self) -> Generator[PieceRow, None, None]:
        for row in super().pieces():
            if folder.is_whole(self.out, row.slug):
                self._read[row.slug] = row.files_sha256
                yield row

    def read_piece(self, row: Mapping[str, Any]) -> PieceRow | None:
        """One that cannot be read is left out; the others are sound."""
        try:
            return super().read_piece(row)
        except DamagedError as error:
            self.damaged[printable(str(row["slug"]))] = error.message
            return None

    def keep_beside(self, connection: "Connection", rows: Sequence[PieceRow], instead_of: str | None) -> None:
        changed = [row for row in rows if row.files_sha256 != self._read.get(row.slug)]
        self.own.expect({row.slug: row.entry[HASHES]["article.md"] for row in changed})
        super().keep_beside(connection, changed, instead_of)
        self.changed |= {row.slug for row in changed}


async def export(url: str, settings: Settings, now: datetime) -> Exported:
    """Write what is not here yet, then links, index and feeds. Raises `StorageError` (`busy` while another export writes into
    that folder), `LedgerError`, `UsageError`.
    """
    _make(settings.out)
    with held(settings.out / _LOCK, "Another export into this folder"):
        return await _exported(url, settings, now)


async def _exported(url: str, settings: Settings, now: datetime) -> Exported:
    out = settings.out
    ledger = _Exporting(url, out, settings.ledger_wait)
    try:
        _outgrown(ledger)
        folder.recover(out, now.timestamp(), busy=settle(out, ledger, Claims(ledger)))
        settings, claims, own = _as_submitted(ledger, settings), Claims(ledger), ledger.own
        known, versions = {row.slug for row in Ledger.pieces(ledger)}, _versions(ledger)
        gone = _gone(ledger, out, own, versions)
        sound = {slug: each for slug, each in versions.items() if slug not in ledger.damaged}
        todo, edited = _looked_at(out, own, sound)
        said = {slug: word_at(out, slug) for slug in todo}
        gone = _bring(ledger, out, {slug: versions[slug] for slug in todo}, gone)
        written = [slug for slug in todo if slug not in ledger.damaged]
        shelf = Shelf(out, ledger, now, settings.site)
        listed = listed_pages(settings.links_from) if settings.links and settings.links_from else ()
        async with claims.kept():
            ours = versions.keys() - {*edited, *ledger.damaged}
            fell = honour(shelf, ours, said)
            left_out = await complete(settings, ledger, now, listed, claims)
            follow_reviews(shelf, ours, claims)
        after = _versions(ledger) if ledger.changed else versions
        own.settle({slug: after[slug] for slug in {*written, *ledger.changed} if slug in after}, gone)
        verdicts = Counter(str(row.entry["verdict"]) for row in ledger.pieces())
        missing = len(known - versions.keys())
    finally:
        ledger.close()
    return Exported(
        verdicts.total(), dict(sorted(verdicts.items())), tuple(written), tuple(edited), fell, missing, left_out,
        dict(sorted(ledger.damaged.items())),
    )  # fmt: skip


def _make(out: Path) -> None:
    try:
        (out / NOTE).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"The folder {out} cannot be written: {error.strerror}."
        raise StorageError("output", message, "Give another with --out, or mend its rights.") from None


def _outgrown(ledger: _Exporting) -> None:
    """Cross out what an export that was killed had noted of pieces that workers have written again since: it would put the
    older version back into the ledger.
    """
    for _, told in notes(ledger.out):
        if told is None or not has_files(ledger, told.row.slug):
            continue
        ledger.own.expect({told.row.slug: told.row.entry[HASHES]["article.md"]})
        known = ledger.at(told.row.slug)
        if known is None or _version_of(known) != _version_of(told.row):
            cross_out(ledger.out, [told.row.slug])


def _version_of(row: PieceRow) -> tuple[str, str, str]:
    """Links, and pages made anew, leave it as it is."""
    return row.fingerprint, row.source_sha256, row.date_modified


def _gone(ledger: Ledger, out: Path, own: Own, versions: Mapping[str, Version]) -> dict[str, str]:
    """Working drafts that gave their places up, and the pieces that have them; a draft that was edited stays, and so does
    what another ledger's export has written.
    """
    from sqlalchemy import text

    found = {}
    for slug in sorted(own.slugs - versions.keys()):
        if is_slug(slug) and own.has(slug):
            told = {"text": folder.hashes(out, slug)["article.md"]}
            with ledger.connect() as connection:
                if successor := connection.execute(text(_SUCCESSOR), told).scalar():
                    found[slug] = str(successor)
    return found


def _looked_at(out: Path, own: Own, versions: Mapping[str, Version]) -> tuple[list[str], list[str]]:
    """The slugs of the pieces that are to be written here, and of those that somebody has edited here."""
    todo: list[str] = []
    edited: list[str] = []
    for slug, (version, text) in versions.items():
        if own.version(slug) == version and folder.is_whole(out, slug):
            continue
        # What lies there and was not written here is somebody's, and so is what a link leads to.
        place = out / slug if slug not in own.slugs else out / slug / "article.md"
        lies = place.exists() or place.is_symlink()
        (edited if lies and not own.has(slug, text) else todo).append(slug)
    return todo, edited


def _bring(
    ledger: _Exporting, out: Path, versions: Mapping[str, Version], gone: Mapping[str, str]
) -> dict[str, str]:
    """What of `gone` has gone: a draft whose piece is left out stays."""
    ledger.own.expect({slug: text for slug, (_, text) in versions.items()})
    drafts = {successor: draft for draft, successor in gone.items()}
    for slug in versions:
        try:
            folder.bring(out, slug, _whole(ledger, slug), older=drafts.get(slug))
        except DamagedError as error:
            ledger.damaged[slug] = error.message
    left = {draft: successor for draft, successor in gone.items() if successor not in ledger.damaged}
    for slug in left:
        folder.remove(out, slug)
    return left


def _whole(ledger: Ledger, slug: str) -> dict[str, bytes]:
    files = files_of(ledger, slug)
    with reading("a piece"):
        if missing := [name for name in folder.FILES if name not in files]:
            raise ValueError(f"its {missing[0]} is missing")
    return files


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
