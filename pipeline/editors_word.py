"""An editor's word, carried into the files of the piece it is about: report, pages, verdict, ledger.

The text is as it was, so nothing is checked again: the findings are those of `report.json`, some of them now
acknowledged.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pipeline import journal, pages, report, review
from pipeline.claims import Claims
from pipeline.edited import is_edited, row_with
from pipeline.files import FileError, read_bounded
from pipeline.journal import HASHES
from pipeline.ledger import FILE as LEDGER
from pipeline.ledger import Ledger, PieceRow
from pipeline.model import Acknowledgement, CheckResult, Dossier, Finding, Site
from pipeline.pages.edition import read_edition
from pipeline.publish import folder
from pipeline.publish.anew import made_anew
from pipeline.reading.credited import credited
from pipeline.reported import piece_of, result_of
from pipeline.settings import Settings
from pipeline.shelf import LINKS, LOOK, hash_of_files, hashes_of, look_of

_LARGEST = 20_000_000
_VERDICT = re.compile(r"^verdict: (?:needs_work|ready_for_review)$", re.MULTILINE)
_EDITED = (
    "report.json is of the text before it was edited, and stays so: marbre check shows the piece as it stands, "
    "and so does the next batch."
)
_BUSY = "A run is at work on the piece just now: its next version honours the word, where its sentence stays."
_NO_SOURCE = "The piece's sources are not all at hand, so report and pages stay as they were: give its source with --source."


@dataclass(frozen=True, slots=True)
class _Piece:
    """What lies on disk."""

    place: Path
    text: str
    told: Mapping[str, Any]
    row: PieceRow | None

    @property
    def sources(self) -> list[Any]:
        listed: list[Any] = self.told["provenance"]["sources"]
        return listed


def carry(
    article: Path, entries: Sequence[Acknowledgement], own: Path | None, settings: Settings
) -> str | None:
    """Bring a piece's files up to date with its acknowledgements. What could not be done, in a line; else None.

    `own` is the piece's source where it was given; else the ledger knows it.
    """
    place = article.resolve().parent
    if article.name != "article.md" or not folder.is_whole(place.parent, place.name):
        return None
    ledger = _ledger(place, settings)
    try:
        if ledger:
            journal.settle(place.parent, ledger, Claims(ledger))
        row = ledger.at(place.name) if ledger else None
        if row is None and own is None:
            return None  # a copy that no run shows; where its sources are, nobody has said
        left = carried(place, row, entries, own, ledger, settings.site)
        if ledger and row and left is None:
            _tell_all(ledger, place.parent)
    finally:
        if ledger:
            ledger.close()
    return left


def carried(
    place: Path,
    row: PieceRow | None,
    entries: Sequence[Acknowledgement],
    own: Path | None,
    ledger: Ledger | None,
    site: Site,
    fell: Sequence[str] | None = None,
) -> str | None:
    """The same for the piece in a folder and its line in an open ledger, where there are any; the index is left as it is.

    `fell` is what of a person's word has fallen with this version; None where nobody has looked.
    """
    if row and is_edited(place.parent, row):
        return _EDITED
    try:
        text, report_told = (
            read_bounded(place / n, _LARGEST).decode() for n in ("article.md", "report.json")
        )
        told = json.loads(report_told)
        piece = _Piece(place, text, told if fell is None else told | {"fell": [*fell]}, row)
        done = _files(piece, entries, own, ledger)
    except (FileError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return _EDITED
    if done is None:
        return _NO_SOURCE
    result, files = done
    found = review.told(place / "article.md")
    files |= made_anew(files, found, ledger.published if ledger else _unknown, site) or {}
    if ledger and row:
        longer = len(files["article.md"]) - len(text)
        new = _entered(row_with(row, result), files, look_of(site, found), longer)
        return _put(ledger, row, new, files, place.parent)
    # The report last: until it is there, what it says does not fit the text, and is not used.
    for name in sorted(files, key=lambda n: n == "report.json"):
        folder.put_page(place / name, files[name])
    return None


def _unknown(_: str) -> None:
    """Without a ledger nobody says when another piece was published."""


def _files(
    piece: _Piece, entries: Sequence[Acknowledgement], own: Path | None, ledger: Ledger | None
) -> tuple[CheckResult, dict[str, str]] | None:
    result = result_of(piece.told, piece.text, entries)
    dossier = _dossier(piece, own, ledger)
    if dossier is None:
        return None
    text, result = _with_verdict(piece.text, result)
    edition = read_edition(text)
    if edition is None:
        raise ValueError("no piece of ours")
    whole = piece_of(piece.told, text, edition, result, dossier)
    return result, {
        "article.md": text,
        "report.html": pages.report(whole),
        "report.json": report.dumped(report.piece_json(whole)),
    }


def _with_verdict(text: str, result: CheckResult) -> tuple[str, CheckResult]:
    """The verdict in the front matter; what stands behind it moves with it."""
    found = _VERDICT.search(text, 0, max(text.find("\n---\n"), 0))
    if found is None:
        raise ValueError("no verdict")
    line = f"verdict: {result.verdict}"
    longer = len(line) - len(found.group())

    def moved(finding: Finding) -> Finding:
        where = finding.where
        if where is None or where.start < found.end():
            return finding
        return replace(finding, where=replace(where, start=where.start + longer, end=where.end + longer))

    changed = text[: found.start()] + line + text[found.end() :]
    return changed, replace(result, findings=tuple(map(moved, result.findings)))


def _dossier(piece: _Piece, own: Path | None, ledger: Ledger | None) -> Dossier | None:
    """Of the very sources the piece was made from; None when one of them is not there."""
    from pipeline.stages import clean, ingest
    from pipeline.stages import dossier as dossiers

    path = own or (Path(piece.row.source) if piece.row else None)
    by_hash = {source.sha256: source for source in (ledger.kept(piece.sources) if ledger else ())}
    if path and path.is_file() and any(each["sha256"] not in by_hash for each in piece.sources):
        found = (ingest.read_file(each, str(each)) for each in (path, *credited(piece.sources, path)))
        by_hash |= {source.sha256: source for source in found}
    wanted = [by_hash.get(each["sha256"]) for each in piece.sources]
    # A source is shown by the name that the run had for it.
    named = [
        replace(source, ref=str(each.get("file", source.ref)))
        for source, each in zip(wanted, piece.sources, strict=True)
        if source
    ]
    if not wanted or len(named) < len(wanted):
        return None
    first, *others = (clean.clean(source) for source in named)
    return dossiers.build(first, tuple(others))


def _put(ledger: Ledger, before: PieceRow, new: PieceRow, files: Mapping[str, str], out: Path) -> str | None:
    """The files and their line in the ledger; why not, where a run is at work on the piece, or was since it was read."""
    with Claims(ledger).held(new.source) as mine:
        if not mine or ledger.at(new.slug) != before:
            return _BUSY
        journal.note(out, journal.Note(new))
        folder.renew(out, new.slug, files)
        journal.enter(out, ledger, journal.Note(new))
    return None


def _tell_all(ledger: Ledger, out: Path) -> None:
    from pipeline.batch import PAGES, write_index

    with Claims(ledger).held(PAGES) as mine:
        if mine:  # else a run that ends just now tells of it
            write_index(out, ledger)


def _entered(row: PieceRow, files: Mapping[str, str], look: str, longer: int) -> PieceRow:
    """`longer`: by how many characters the verdict in the front matter has grown, and all behind it has moved."""
    told = row.entry | {LOOK: look, HASHES: {**row.entry.get(HASHES, {}), **hashes_of(files)}}
    if LINKS in told:
        told[LINKS] = [[start + longer, end + longer, target] for start, end, target in told[LINKS]]
    return replace(row, files_sha256=hash_of_files(files), entry=told)


def _ledger(place: Path, settings: Settings) -> Ledger | None:
    """Of the folder the piece lies in, if there is one; it keeps the piece's files too where workers' does."""
    path = place.parent / LEDGER
    if settings.ledger is None and not path.is_file():
        return None
    if settings.ledger and not settings.ledger.startswith("sqlite"):
        from pipeline.workers.filed import ledger_of

        return ledger_of(settings.ledger, place, settings.ledger_wait)
    return Ledger(settings.ledger or f"sqlite:///{path}", settings.ledger_wait)
