"""Giving a piece its folder, and its line in the ledger."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from pipeline import formats, pages, report
from pipeline.checks.check import Proof
from pipeline.ledger import Ledger, PieceRow
from pipeline.model import Piece, Site
from pipeline.pages.edition import edition_of, read_edition
from pipeline.publish import folder
from pipeline.remembered import READ, note_of
from pipeline.stages.finish import Written, finish, provisional
from pipeline.stages.means import Means

OFFLINE = "offline"
LOOK = "look"
"""In a piece's entry of the ledger: the settings its page and formats were written with."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where pieces go: an output folder and its ledger, at a given time."""

    out: Path
    ledger: Ledger
    now: datetime
    site: Site

    async def put(
        self, written: Written, key: str, fingerprint: str, known: PieceRow | None, why: str, means: Means
    ) -> tuple[Piece, Path]:
        """Finish a piece and write it; `known` is what the ledger has of an earlier version.

        A slug is chosen once. Only a working draft gives its place up: nothing of it was published, so the
        first written piece takes a folder of its own name and its own date, and keeps the draft as history.
        """
        stamp, sha256 = self.now.isoformat(timespec="seconds"), written.dossier.article.sha256
        draft = known if known and known.files_sha256 and _was_draft(known, written) else None
        if known and not draft:
            row = known
        else:
            holder = f"{key}#written" if draft else key
            row = self.ledger.reserve(written.plan.slug, holder, sha256, stamp, taken=self._is_others)
        published = datetime.fromisoformat(row.date_published) if row.files_sha256 else self.now
        proof = await means.proof(partial(provisional, written, row.slug, published, self.now))
        piece, files = await means.do(_finished, written, row.slug, published, self.now, proof, self.site)
        older = draft.slug if draft else row.slug
        path = folder.put(self.out, row.slug, files, why=why, replaced_at=stamp, older=older)
        self.ledger.record(
            replace(
                row,
                source=key,
                source_sha256=sha256,
                fingerprint=fingerprint,
                files_sha256=_hash([files[n] for n in folder.FILES]),
                date_published=published.isoformat(timespec="seconds"),
                date_modified=stamp,
                entry=entry_of(piece, row.slug) | {LOOK: look_of(self.site)},
            ),
            instead_of=draft.slug if draft else None,
        )
        if draft:
            folder.remove(self.out, draft.slug)
        return piece, path

    def follow_settings(self, known: PieceRow) -> bool:
        """Write page and formats of an older piece again where the settings for them have changed since.

        Its text and dates stay. Files that somebody has edited are left alone.
        """
        look, place = look_of(self.site), self.out / known.slug
        if known.entry.get(LOOK) == look and all((place / n).is_file() for n in formats.names(self.site)):
            return False
        kept = [(place / name).read_text(encoding="utf-8", errors="replace") for name in folder.FILES]
        if _hash(kept) != known.files_sha256:
            return False
        files = dict(zip(folder.FILES, kept, strict=True))
        edition = read_edition(files["article.md"])
        if edition is None:
            return False
        for name, text in formats.files(edition, self.site).items():
            folder.put_page(place / name, text)
        files["article.html"] = pages.published(edition, self.site)
        folder.put_page(place / "article.html", files["article.html"])
        entry = {**known.entry, LOOK: look}
        self.ledger.record(replace(known, files_sha256=_hash(files.values()), entry=entry))
        return True

    def _is_others(self, slug: str) -> bool:
        """True for a file or folder that lies there already; a new piece never takes its place."""
        return (self.out / slug).exists()


def _finished(
    written: Written, slug: str, published: datetime, modified: datetime, proof: Proof, site: Site
) -> tuple[Piece, dict[str, str]]:
    piece = finish(written, slug=slug, published=published, modified=modified, proof=proof)
    return piece, files_of(piece, site)


def _was_draft(known: PieceRow, written: Written) -> bool:
    """True when a written piece of another name replaces a working draft."""
    return known.entry.get("writer") == OFFLINE != written.writer and written.plan.slug != known.slug


def look_of(site: Site) -> str:
    """What of the settings shows in page and formats, as a hash."""
    return hashlib.sha256(json.dumps(asdict(site), sort_keys=True).encode()).hexdigest()[:16]


def hash_as_it_lies(place: Path) -> str:
    """Of a piece's files, to hold against `files_sha256`."""
    return _hash((place / name).read_text(encoding="utf-8", errors="replace") for name in folder.FILES)


def _hash(texts: Iterable[str]) -> str:
    return hashlib.sha256("".join(texts).encode()).hexdigest()


def files_of(piece: Piece, site: Site) -> dict[str, str]:
    """The files of a piece by name."""
    edition = edition_of(piece)
    return {
        "article.md": piece.markdown,
        "article.html": pages.published(edition, site),
        "report.json": json.dumps(report.piece_json(piece), ensure_ascii=False, indent=2) + "\n",
        "report.html": pages.report(piece),
        **formats.files(edition, site),
    }


def entry_of(piece: Piece, slug: str) -> dict[str, Any]:
    """What the index page shows of a piece, and the register knows it by."""
    result = piece.result
    return {
        "slug": slug,
        "title": piece.plan.headline,
        "page_title": piece.plan.title,
        "description": piece.plan.description,
        "keyphrase": piece.plan.keyphrase,
        "verdict": result.verdict,
        "words": result.words,
        "block": result.count("block"),
        "warn": result.count("warn"),
        "info": result.count("info"),
        "not_run": [n.family for n in result.not_run],
        "source": piece.dossier.article.ref,
        "writer": piece.writer,
        READ: note_of(piece.dossier.article),
    }
