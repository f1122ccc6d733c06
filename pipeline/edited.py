"""A piece whose text somebody changed after it was written: it is looked at as it stands, and stays theirs."""

import hashlib
from dataclasses import asdict, replace
from pathlib import Path

from pipeline.checks import examine
from pipeline.checks.check import Desk, Manuscript, Proof
from pipeline.files import FileError, read_bounded
from pipeline.journal import HASHES, coming
from pipeline.ledger import PieceRow
from pipeline.ledger_rows import piece_of_row, reading
from pipeline.model import Brief, CheckResult, Dossier
from pipeline.publish import folder
from pipeline.stages.means import Means
from pipeline.text.markdown import parse

_AS_WRITTEN = "as_written"
_VERDICT = ("verdict", "words", "block", "warn", "info", "not_run")
_LARGEST = 20_000_000


def is_edited(out: Path, row: PieceRow) -> bool:
    """True when `article.md` is not what the ledger says was written, nor what was about to be."""
    place = out / row.slug
    if not row.files_sha256 or not folder.is_whole(out, row.slug):
        return False
    # Entries of older versions hold the hash of all files together.
    with reading("a piece"):
        known = row.entry[HASHES]["article.md"] if HASHES in row.entry else row.files_sha256
    names = folder.FILES[:1] if HASHES in row.entry else folder.FILES
    try:
        data = b"".join(read_bounded(place / name, _LARGEST) for name in names)
    except FileError:
        return True
    found = hashlib.sha256(data).hexdigest()
    return found not in (known, coming(out, row.slug).get("article.md"))


async def looked_at(text: str, brief: Brief, dossier: Dossier, means: Means) -> CheckResult:
    """What the checks say of a text that no writer of ours is at work on."""
    proof = await means.proof(lambda: text)
    return await means.do(_examined, text, brief, dossier, proof, means.desk)


def _examined(text: str, brief: Brief, dossier: Dossier, proof: Proof, desk: Desk) -> CheckResult:
    return examine(Manuscript(parse(text), brief, dossier, proof, desk))


def row_as_edited(row: PieceRow, result: CheckResult) -> PieceRow:
    """With the verdict on the text as it stands; the one on the text as written is kept for whoever takes it back."""
    written = row.entry.get(_AS_WRITTEN) or {name: row.entry[name] for name in _VERDICT}
    now = row_with(row, result)
    return replace(now, entry=now.entry | {_AS_WRITTEN: written})


def row_as_written(row: PieceRow) -> PieceRow:
    """The row of a text that is as it was written: again, when it had been edited."""
    if _AS_WRITTEN not in row.entry:
        return row
    with reading("a piece"):
        entry = {k: v for k, v in row.entry.items() if k != _AS_WRITTEN} | dict(row.entry[_AS_WRITTEN])
    return piece_of_row(asdict(replace(row, entry=entry)))


def row_with(row: PieceRow, result: CheckResult) -> PieceRow:
    """What the ledger tells of a piece, with another verdict on it."""
    told = {
        "verdict": result.verdict,
        "words": result.words,
        "block": result.count("block"),
        "warn": result.count("warn"),
        "info": result.count("info"),
        "not_run": [n.family for n in result.not_run],
    }
    return replace(row, entry=row.entry | told)
