"""Giving a piece its folder, and its line in the ledger."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from pipeline import formats, origins, pages, report
from pipeline.checks.check import Proof
from pipeline.edited import ARTICLE, hash_of
from pipeline.ledger import Ledger, PieceRow
from pipeline.model import Piece, Site
from pipeline.pages.edition import edition_of, read_edition
from pipeline.publish import folder
from pipeline.refresh.substance import of_article
from pipeline.refresh.versions import Versions
from pipeline.stages.finish import Written, finish, provisional
from pipeline.stages.means import Means
from pipeline.text.markdown import parse

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
    by_folder: bool = False
    """Whether the user named the folder of background: then that decides the pieces too."""

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
        before = origins.known_of(self.ledger, known.slug) if known else None
        dated = await means.do(
            _dated, written, self._text_of(row), row, _source_changed(before, written), self.now
        )
        written, modified = dated.written, dated.modified
        proof = await means.proof(partial(provisional, written, row.slug, published, modified))
        piece, files = await means.do(_finished, written, row.slug, published, modified, proof, self.site)
        older = draft.slug if draft else row.slug
        about = before.about if before else origins.About()
        told = await means.do(
            _origins, piece, row.slug, key, self.now, replace(about, by_folder=self.by_folder)
        )
        # Nothing is waited for between these two: an interrupted run leaves no folder that the ledger does not know.
        path = folder.put(
            self.out, row.slug, files, why=why, replaced_at=stamp, older=older, difference=dated.difference
        )
        self.ledger.record(
            replace(
                row,
                source=key,
                source_sha256=sha256,
                fingerprint=fingerprint,
                files_sha256=hash_of_files(files),
                date_published=published.isoformat(timespec="seconds"),
                date_modified=modified.isoformat(timespec="seconds"),
                entry=entry_of(piece, row.slug)
                | {LOOK: look_of(self.site), ARTICLE: hash_of(piece.markdown)},
            ),
            instead_of=draft.slug if draft else None,
            origins=told,
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

    def _text_of(self, row: PieceRow) -> str | None:
        """The version that is about to be replaced; None where there is none."""
        try:
            path = self.out / row.slug / "article.md"
            return path.read_text(encoding="utf-8", errors="replace") if row.files_sha256 else None
        except OSError:
            return None

    def _is_others(self, slug: str) -> bool:
        """True for a file or folder that lies there already; a new piece never takes its place."""
        return (self.out / slug).exists()


@dataclass(frozen=True, slots=True)
class _Dated:
    """A text with the day of its last change, and what changed for an editor."""

    written: Written
    modified: datetime
    difference: str = ""


def _dated(written: Written, older: str | None, row: PieceRow, source_changed: bool, now: datetime) -> _Dated:
    """The date moves, and a line tells readers why, only when the text says something else in substance."""
    if older is None:
        return _Dated(written, now)
    before = parse(older)
    versions = Versions(before, parse(written.draft.body))
    was_draft = before.front.get("stage") == "working_draft"
    if was_draft or written.draft.working:
        moved, line = versions.differ(source_changed=True), None
    else:
        moved = versions.differ(source_changed=source_changed)
        line = versions.line(now) if moved else _told(before.front)
    modified = now if moved else datetime.fromisoformat(row.date_modified)
    return _Dated(replace(written, update=line), modified, versions.told_whole())


def _told(front: dict[str, Any]) -> str | None:
    update = front.get("update")
    return update if isinstance(update, str) and update else None


def _source_changed(before: "origins.Known | None", written: Written) -> bool:
    """Whether a source says something else than when the piece was written; one of an older program may."""
    if before is None:
        return False
    if not before.origins:
        return before.row.source_sha256 != written.dossier.article.sha256
    known = {o.substance for o in before.origins}
    return any(of_article(d.article) not in known for d in written.dossier.all)


def _finished(
    written: Written, slug: str, published: datetime, modified: datetime, proof: Proof, site: Site
) -> tuple[Piece, dict[str, str]]:
    piece = finish(written, slug=slug, published=published, modified=modified, proof=proof)
    return piece, files_of(piece, site)


def _origins(piece: Piece, slug: str, key: str, now: datetime, before: origins.About) -> list[dict[str, Any]]:
    """What the ledger keeps of the piece's sources; `before` is what it knew of the piece."""
    prompts = (c.prompt for c in piece.calls)
    about = origins.about_of(parse(piece.markdown), piece.brief, prompts, piece.date_modified, before=before)
    articles = [d.article for d in piece.dossier.all]
    checks = origins.blocking_checks()
    return origins.rows_of(
        slug, key, articles, replace(about, looked=now.isoformat(timespec="seconds")), checks
    )


def _was_draft(known: PieceRow, written: Written) -> bool:
    """True when a written piece of another name replaces a working draft."""
    return known.entry.get("writer") == OFFLINE != written.writer and written.plan.slug != known.slug


def look_of(site: Site) -> str:
    """What of the settings shows in page and formats, as a hash."""
    return hashlib.sha256(json.dumps(asdict(site), sort_keys=True).encode()).hexdigest()[:16]


def _hash(texts: Iterable[str]) -> str:
    return hashlib.sha256("".join(texts).encode()).hexdigest()


def hash_of_files(files: Mapping[str, str]) -> str:
    """Of those that every piece has, in their order."""
    return _hash(files[name] for name in folder.FILES)


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
    }
