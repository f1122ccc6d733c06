"""Giving a piece its folder, and its line in the ledger."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from pipeline import formats, origins, pages, provenance, report, review
from pipeline.checks.check import Proof
from pipeline.edited import HASHES
from pipeline.ledger import Ledger, PieceRow
from pipeline.linking.about import about as what_it_is_about
from pipeline.linking.about import as_entry
from pipeline.linking.choose import Link
from pipeline.linking.place import linked, moved, unlinked
from pipeline.model import Piece, Site, total_of
from pipeline.pages.edition import edition_of
from pipeline.pages.marks import SEVERITIES
from pipeline.publish import folder
from pipeline.publish.anew import made_anew
from pipeline.refresh.substance import of_article
from pipeline.refresh.versions import Versions
from pipeline.remembered import READ, note_of
from pipeline.review import Review
from pipeline.stages.finish import Written, finish, provisional
from pipeline.stages.means import Means
from pipeline.text.markdown import parse

OFFLINE = "offline"
LOOK = "look"
"""In a piece's entry of the ledger: the settings its page and formats were written with."""
ABOUT, LINKS = "about", "links"
"""There too: what links need to know of it, those it has (missing until they are chosen), its files by name with hash."""


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
        older = draft.slug if draft else row.slug
        site = replace(self.site, formats=formats.with_those_in(self.out / older, self.site))
        piece, files = await means.do(_finished, written, row.slug, published, modified, proof, site)
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
                | {
                    LOOK: look_of(self.site),
                    HASHES: hashes_of(files),
                    ABOUT: as_entry(what_it_is_about(piece)),
                },
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
        place = self.out / known.slug
        found = review.told(place / "article.md")
        look = look_of(self.site, found)
        if known.entry.get(LOOK) == look and all((place / n).is_file() for n in formats.names(self.site)):
            return False
        files = self._files(known.slug)
        if _hash(files.values()) != known.files_sha256:
            return False
        date_of = self.ledger.published if known.entry.get(LINKS) else _undated
        changed = made_anew(files, found, date_of, self.site)
        if changed is None:
            return False
        self._write(known.slug, changed)
        self.ledger.record(_recorded(known, files | changed, {LOOK: look}))
        return True

    def may_be_linked(self, row: PieceRow) -> bool:
        """False for a piece that a person has reviewed: its text stays as it was when they read it."""
        found = review.told(self.out / row.slug / "article.md")
        return found is None or found.sha256 != row.entry.get("text_sha256")

    def linked(self, row: PieceRow, links: Sequence[Link], dates: Mapping[str, str]) -> PieceRow:
        """The piece with these links in all its files, and its line for the ledger; one that was edited stays as it is.

        `dates` tells of each piece when it was first published.
        """
        before = tuple(Link(*each) for each in row.entry.get(LINKS, ()))
        kept = replace(row, entry={**row.entry, LINKS: row.entry.get(LINKS, [])})
        if set(links) == set(before) or not folder.is_whole(self.out, row.slug):
            return kept
        there, known = self._files(row.slug), row.entry.get(HASHES, {})
        files = _as_recorded(there, known, before, links)
        bare = unlinked(files["article.md"], before)
        if bare is None:
            return kept
        files["article.md"] = linked(bare, links)
        try:
            told = moved(json.loads(files["report.json"]), before, links, files["article.md"])
            files["report.json"] = report.dumped(told)
            changed = made_anew(files, None, dates.get, self.site)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return kept  # a report that is none of ours
        if changed is None:
            return kept
        files |= changed
        found = hashes_of(there)
        if any(found[n] != known.get(n) and there[n] != files[n] for n in folder.FILES):
            return kept  # somebody has edited it
        self._write(row.slug, files)
        return _recorded(row, files, {LINKS: [[k.start, k.end, k.target] for k in links]})

    def bare(self, row: PieceRow) -> str:
        """The piece without the links that code placed in it; empty where it does not lie there."""
        try:
            text = (self.out / row.slug / "article.md").read_text(encoding="utf-8", errors="replace")
        except OSError:
            return ""
        without = unlinked(text, [Link(*each) for each in row.entry.get(LINKS, ())])
        return text if without is None else without

    def _write(self, slug: str, files: Mapping[str, str]) -> None:
        for name, text in files.items():
            folder.put_page(self.out / slug / name, text)

    def _files(self, slug: str) -> dict[str, str]:
        place = self.out / slug
        return {n: (place / n).read_text(encoding="utf-8", errors="replace") for n in folder.FILES}

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


def _undated(_: str) -> None:
    """A piece without links names no other."""


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


def look_of(site: Site, found: Review | None = None) -> str:
    """What of the settings, and of a person's review, shows in page and formats, as a hash."""
    told = asdict(site) | ({"review": asdict(found)} if found else {})
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:16]


def hashes_of(files: Mapping[str, str]) -> dict[str, str]:
    """Of the bytes of each file as it is written."""
    return {name: provenance.sha256(text.encode()) for name, text in files.items()}


def _as_recorded(
    there: Mapping[str, str], known: Mapping[str, str], before: Sequence[Link], links: Sequence[Link]
) -> dict[str, str]:
    """The files as the ledger knows them, where a run was killed after it had written some of these links."""
    files = dict(there)
    bare = unlinked(files["article.md"], links)
    if bare is not None and hashes_of(files)["article.md"] != known.get("article.md"):
        files["article.md"] = linked(bare, before)
    if hashes_of(files)["report.json"] != known.get("report.json"):
        with suppress(ValueError, KeyError, TypeError, RecursionError):
            back = moved(json.loads(files["report.json"]), links, before, files["article.md"])
            files["report.json"] = report.dumped(back)
    return files


def _recorded(row: PieceRow, files: Mapping[str, str], more: Mapping[str, Any]) -> PieceRow:
    """The line of a piece whose files were written again."""
    told = {**row.entry, **more, HASHES: {**row.entry.get(HASHES, {}), **hashes_of(files)}}
    told["text_sha256"] = review.text_hash(parse(files["article.md"]))
    return replace(row, files_sha256=_hash(files[n] for n in folder.FILES), entry=told)


def _hash(texts: Iterable[str]) -> str:
    return hashlib.sha256("".join(texts).encode()).hexdigest()


def hash_of_files(files: Mapping[str, str]) -> str:
    """Of those that every piece has, in their order."""
    return _hash(files[name] for name in folder.FILES)


def hash_as_it_lies(place: Path) -> str:
    """Of a piece's files, to hold against `files_sha256`."""
    return hash_of_files({n: (place / n).read_text(encoding="utf-8", errors="replace") for n in folder.FILES})


def files_of(piece: Piece, site: Site) -> dict[str, str]:
    """The files of a piece by name."""
    edition = edition_of(piece)
    return {
        "article.md": piece.markdown,
        "article.html": pages.published(edition, site),
        "report.json": report.dumped(report.piece_json(piece)),
        "report.html": pages.report(piece),
        **formats.files(edition, site),
    }


def entry_of(piece: Piece, slug: str) -> dict[str, Any]:
    """What the index page shows of a piece, and the register knows it by."""
    result = piece.result
    metrics = dict(result.metrics)
    cost = total_of(c.cost for c in piece.calls)
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
        "working": piece.draft.working,
        "readability": next((v for name, v in metrics.items() if name.startswith("kandel_moles")), None),
        "shared": metrics.get("fivegram_containment"),
        "cost": cost and [cost.amount, cost.currency, cost.estimated],
        "spots": spots_of(piece),
        "text_sha256": review.text_hash(parse(piece.markdown)),
    }


def spots_of(piece: Piece) -> list[list[int]]:
    """For each severity, where in the file its findings stand, in thousandths of its length, each once."""
    length = len(piece.markdown) or 1
    found = [(f.severity, f.where) for f in piece.result.findings if f.acknowledged is None]
    return [
        sorted({round(1000 * where.start / length) for told, where in found if where and told == severity})
        for severity in SEVERITIES
    ]
