"""Giving a piece its folder, and its line in the ledger."""

import hashlib
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from pipeline import formats, journal, origins, pages, provenance, report, review
from pipeline.checks.check import Proof
from pipeline.claims import Claims
from pipeline.fallen import Word, fallen, word_on
from pipeline.journal import HASHES, Note
from pipeline.ledger import Ledger, PieceRow
from pipeline.linking.about import about as what_it_is_about
from pipeline.linking.about import as_entry
from pipeline.linking.choose import Link
from pipeline.linking.place import leading_to, linked, moved, target_of, unlinked
from pipeline.model import Piece, Site, total_of
from pipeline.pages.edition import edition_of
from pipeline.pages.marks import SEVERITIES
from pipeline.publish import folder
from pipeline.publish.anew import made_anew
from pipeline.refresh.substance import of_article
from pipeline.remembered import READ, note_of
from pipeline.review import Review
from pipeline.stages.means import Means
from pipeline.stages.written import Written
from pipeline.text.markdown import parse
from pipeline.text.web_address import web_address

OFFLINE = "offline"
LOOK = "look"
"""In a piece's entry of the ledger: the settings its page and formats were written with."""
ABOUT, LINKS = "about", "links"
"""There too: what links need to know of it, and those it has (missing until they are chosen)."""


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
    ) -> tuple[Piece, PieceRow]:
        """Finish a piece and write it; `known` is what the ledger has of an earlier version. With the piece comes what the
        ledger has of it now.

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
        older_text = folder.text_of(self.out, row.slug) if row.files_sha256 else ""
        dated = _Dated(written, self.now)
        if older_text:
            changed = _source_changed(before, written)
            dated = await means.do(_dated, written, older_text, row, changed, self.now)
        written, modified = dated.written, dated.modified
        proof = await means.proof(partial(_provisional, written, row.slug, published, modified))
        older = draft.slug if draft else row.slug
        site = replace(self.site, formats=formats.with_those_in(self.out / older, self.site))
        word = word_on(self.out / older / "article.md", older_text, self.bare(row)) if older_text else Word()
        about = replace(before.about if before else origins.About(), by_folder=self.by_folder)
        called = _Called(key, row.slug, published, modified, self.now)
        piece, files, own, told = await means.do(_finished, written, called, proof, site, word, about)
        new = replace(
            row,
            source=key,
            source_sha256=sha256,
            fingerprint=fingerprint,
            files_sha256=hash_of_files(files),
            date_published=published.isoformat(timespec="seconds"),
            date_modified=modified.isoformat(timespec="seconds"),
            entry=own | {LOOK: look_of(self.site)},
        )
        # Nothing is waited for from here on: an interrupted run leaves no folder that the ledger does not know.
        noted = Note(new, draft.slug if draft else None, told)
        journal.note(self.out, noted)
        folder.put(
            self.out, row.slug, files,
            why=why, replaced_at=stamp, older=older, difference=dated.difference, fell=piece.fell,
        )  # fmt: skip
        journal.enter(self.out, self.ledger, noted)
        return piece, new

    def follow_settings(self, known: PieceRow, claims: Claims) -> bool:
        """Write page and formats of an older piece again where the settings for them have changed since.

        Its text and dates stay. Files that somebody has edited are left alone, and a piece that another run is at work on.
        """
        place = self.out / known.slug
        found = review.told(place / "article.md")
        look = look_of(self.site, found)
        if known.entry.get(LOOK) == look and all((place / n).is_file() for n in formats.names(self.site)):
            return False
        with claims.held(known.source) as mine:
            return bool(mine) and self._followed(known, found, look)

    def _followed(self, known: PieceRow, found: Review | None, look: str) -> bool:
        files = folder.read(self.out, known.slug)
        if hash_of_files(files) != known.files_sha256:
            return False
        date_of = self.ledger.published if known.entry.get(LINKS) else _undated
        changed = made_anew(files, found, date_of, self.site)
        if changed is None:
            return False
        noted = Note(_recorded(known, files | changed, {LOOK: look}))
        journal.note(self.out, noted)
        folder.renew(self.out, known.slug, changed)
        journal.enter(self.out, self.ledger, noted)
        return True

    def may_be_linked(self, row: PieceRow) -> bool:
        """False for a piece that a person has reviewed: its text stays as it was when they read it."""
        found = review.told(self.out / row.slug / "article.md")
        return found is None or found.sha256 != row.entry.get("text_sha256")

    def linked(self, row: PieceRow, links: Sequence[Link], dates: Mapping[str, str]) -> PieceRow:
        """The piece with these links in all its files, and its line for the ledger, which is noted until it stands there;
        one that was edited stays as it is. `dates` tells of each piece when it was first published.
        """
        before = tuple(Link(*each) for each in row.entry.get(LINKS, ()))
        kept = replace(row, entry={**row.entry, LINKS: row.entry.get(LINKS, [])})
        if set(links) == set(before) or not folder.is_whole(self.out, row.slug):
            return kept
        now = self._relinked(row, before, links, links, dates.get)
        return now or kept

    def without(self, row: PieceRow, dead: Collection[str]) -> PieceRow | None:
        """The same without the links that lead to these addresses: those that code placed, in the text or its list of
        sources. None where that cannot be done so, or the piece was edited.
        """
        placed = tuple(Link(*each) for each in row.entry.get(LINKS, ()))
        document = parse(folder.text_of(self.out, row.slug))
        there = leading_to(document, dead)
        left = tuple(k for k in placed if (web_address(target_of(k)) or target_of(k)) not in dead)
        anchors = [t for b in document.blocks if not b.apparatus for _, _, t in b.anchors]
        # A link of the text that nobody placed: where the others stand would have to be reckoned anew.
        if not there or sum((web_address(t) or t) in dead for t in anchors) != len(placed) - len(left):
            return None
        return self._relinked(row, there, (), left, self.ledger.published)

    def _relinked(
        self,
        row: PieceRow,
        before: Sequence[Link],
        after: Sequence[Link],
        placed: Sequence[Link],
        date_of: Callable[[str], str | None],
    ) -> PieceRow | None:
        """Put links in the place of others, in all files; `placed` are those that the ledger is to tell of then."""
        files = folder.read(self.out, row.slug)
        bare = unlinked(files["article.md"], before)
        if bare is None or hash_of_files(files) != row.files_sha256:
            return None  # somebody has edited it
        files["article.md"] = linked(bare, after)
        try:
            told = moved(json.loads(files["report.json"]), before, after, files["article.md"])
            changed = made_anew(files, None, date_of, self.site, told)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return None  # a report that is none of ours
        if changed is None:
            return None
        files |= changed
        now = _recorded(row, files, {LINKS: [[k.start, k.end, k.target] for k in placed]})
        journal.note(self.out, Note(now))
        folder.renew(self.out, row.slug, files)
        return now

    def bare(self, row: PieceRow) -> str:
        """The piece without the links that code placed in it; empty where it does not lie there."""
        text = folder.text_of(self.out, row.slug)
        without = unlinked(text, [Link(*each) for each in row.entry.get(LINKS, ())])
        return text if without is None else without

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


def _dated(written: Written, older: str, row: PieceRow, source_changed: bool, now: datetime) -> _Dated:
    """The date moves, and a line tells readers why, only when the text says something else in substance; `older` is the
    version there is.
    """
    from pipeline.refresh.versions import Versions

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


def _provisional(written: Written, slug: str, published: datetime, modified: datetime) -> str:
    from pipeline.stages.composing import provisional

    return provisional(written, slug, published, modified)


@dataclass(frozen=True, slots=True)
class _Called:
    """What a piece is known by, and its dates."""

    key: str
    slug: str
    published: datetime
    modified: datetime
    now: datetime


def _finished(
    written: Written, called: _Called, proof: Proof, site: Site, word: Word, about: origins.About
) -> tuple[Piece, dict[str, str], dict[str, Any], list[dict[str, Any]]]:
    """The piece, its files, its entry in the ledger, and what that keeps of its sources: all that is read out of the text
    while the text is at hand. `about` is what was known of the piece.
    """
    from pipeline.stages.finish import finish  # whoever has this done elsewhere needs none of the checks

    piece = finish(
        written, slug=called.slug, published=called.published, modified=called.modified, proof=proof
    )
    piece = replace(piece, fell=fallen(word, piece.markdown, piece.result.findings))
    files = files_of(piece, site)
    links = {HASHES: hashes_of(files), ABOUT: as_entry(what_it_is_about(piece))}
    return piece, files, entry_of(piece, called.slug) | links, _origins(piece, called, about)


def _origins(piece: Piece, called: _Called, before: origins.About) -> list[dict[str, Any]]:
    """What the ledger keeps of the piece's sources; `before` is what it knew of the piece."""
    prompts = (c.prompt for c in piece.calls)
    about = origins.about_of(parse(piece.markdown), piece.brief, prompts, piece.date_modified, before=before)
    articles = [d.article for d in piece.dossier.all]
    looked = replace(about, looked=called.now.isoformat(timespec="seconds"))
    return origins.rows_of(called.slug, called.key, articles, looked, origins.blocking_checks())


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


def _recorded(row: PieceRow, files: Mapping[str, str], more: Mapping[str, Any]) -> PieceRow:
    """The line of a piece whose files were written again."""
    told = {**row.entry, **more, HASHES: {**row.entry.get(HASHES, {}), **hashes_of(files)}}
    told["text_sha256"] = review.text_hash(parse(files["article.md"]))
    return replace(row, files_sha256=hash_of_files(files), entry=told)


def hash_of_files(files: Mapping[str, str]) -> str:
    """Of those that every piece has, in their order."""
    return hashlib.sha256("".join(files[name] for name in folder.FILES).encode()).hexdigest()


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
