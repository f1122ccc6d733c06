"""The article job: one source in, one outcome out, whoever runs it. The ledger makes it safe to run twice."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from pipeline import corpus, outcomes
from pipeline.asking import judge_of, writer_name, writer_of
from pipeline.crew import Do
from pipeline.edited import is_edited, looked_at, row_as_edited, row_as_written
from pipeline.errors import (
    InterruptedRunError,
    MarbreError,
    WaitingError,
)
from pipeline.examine import read_piece
from pipeline.items import Item
from pipeline.ledger import PieceRow
from pipeline.model import (
    EDITED,
    Article,
    Brief,
    Call,
    Dossier,
    Outcome,
    Piece,
    Source,
)
from pipeline.reasons import fingerprint_of, why_leave, why_written
from pipeline.remembered import READ, content_of, is_noted, note_of, recall, sha256_as_known
from pipeline.run import Run, alone_with, brief_of, desk_of, proofreader_of, shelf_of
from pipeline.stages import clean, write_article
from pipeline.stages import dossier as dossiers
from pipeline.stages.means import Limits, Means
from pipeline.text.words import count_words

if TYPE_CHECKING:
    from pipeline.near import Like

# A source with fewer words than this share of what is asked takes background from related articles.
ENOUGH = 1.2
_REPLACE = "--overwrite-edited does it, and keeps this text in history"


@dataclass(frozen=True, slots=True)
class Finished:
    """A source whose piece is left as it is."""

    row: PieceRow
    content: str
    """Hash of the article's text."""
    why: str


Job = Callable[[Run, Item, Source, Article, list[Call], Do], Awaitable[Outcome]]
"""What is done with an article once it was read, and where; the calls it makes are added to the list."""


async def process_one(run: Run, item: Item, job: Job | None = None) -> Outcome:
    """One article, written unless another job is given; its failure is its outcome."""
    started = monotonic()
    calls: list[Call] = []
    source: Source | None = None
    try:
        async with run.turns.next() as turn:
            if finished := await _finished(run, item) if job is None else None:
                await turn()
                first = run.seen.setdefault(finished.content, item.ref)
            else:
                do = run.lane()
                source = await _read(run, item)
                article = await do(clean.clean, source)
                await turn()
                if not run.settings.images:
                    article = replace(article, images=())
                first = run.seen.setdefault(content_of(article), item.ref)
                like = await _like(run, item, article) if first == item.ref else None
        if first != item.ref:
            sha256 = finished.row.source_sha256 if finished else source.sha256 if source else None
            outcome = Outcome(item.ref, sha256, "skipped", why=f"the same text as {first}")
        elif finished:
            outcome = _left(run, item, finished.row, finished.why)
        elif source:
            work = partial(job or _article, run, item, source, article, calls, do)
            outcome = await like.heeded(item.ref, source.sha256, work) if like else await work()
    except asyncio.CancelledError:
        begun = outcomes.not_tried(item, InterruptedRunError())
        run.unfinished.append(
            outcomes.with_calls(replace(begun, sha256=source.sha256 if source else None), calls)
        )
        raise
    except WaitingError as error:
        sha256 = source.sha256 if source else None
        outcome = Outcome(item.ref, sha256, "waiting", verdict="waiting", why=error.message)
    except MarbreError as error:
        outcome = outcomes.failed(run, item, source, error)
    except Exception as error:  # noqa: BLE001 - a fault of ours in one article must not take the batch down
        sha256 = source.sha256 if source else None
        outcome = Outcome(item.ref, sha256, "failed", why="failed", error=outcomes.fault(error))
    return replace(outcomes.with_calls(outcome, calls), seconds=monotonic() - started)


async def _finished(run: Run, item: Item) -> Finished | None:
    """A file of which the ledger knows that there is nothing to do. With a named folder of background the article itself
    decides too, and an edited piece is checked.
    """
    if item.path is None or run.settings.related:
        return None
    row = run.ahead.pop(item.key) if item.key in run.ahead else run.ledger.piece_of(item.key)
    read = await asyncio.to_thread(recall, row, item.path) if row else None
    if row is None or read is None or is_edited(run.settings.out, row):
        return None
    brief = brief_of(run, item, read.asks)
    fingerprint = fingerprint_of(row.source_sha256, brief, writer_name(run), None, run.settings.judge)
    why = why_leave(run, row, row.source_sha256, fingerprint)
    return Finished(row, read.content, why) if why else None


async def _read(run: Run, item: Item) -> Source:
    if item.path is not None:
        return await asyncio.to_thread(item.read)
    async with run.visits:
        run.halt.check()
        return await asyncio.to_thread(item.read)


async def _like(run: Run, item: Item, article: Article) -> "Like | None":
    return await asyncio.to_thread(run.near.look, item, article) if run.near else None


def _left(run: Run, item: Item, known: PieceRow, why: str) -> Outcome:
    known = _taken_back(run, known)
    followed = shelf_of(run).follow_settings(known, run.claims)
    return outcomes.unchanged(run, item, known, f"{why}; its pages follow the settings" if followed else why)


async def _article(
    run: Run, item: Item, source: Source, article: Article, calls: list[Call], do: Do
) -> Outcome:
    brief = brief_of(run, item, article.instructions)
    related = await _related(run, item, article, brief, do) if run.settings.related else None
    made = _Made(run, item, source, article, brief, related, calls, do)
    if outcome := await made.left():
        return outcome
    async with alone_with(run, item.key):
        # Another run may have written it meanwhile.
        return await made.left() or await made.written()


@dataclass(frozen=True, slots=True)
class _Made:
    """What a piece is made of."""

    run: Run
    item: Item
    source: Source
    article: Article
    brief: Brief
    related: tuple[Article, ...] | None
    calls: list[Call]
    do: Do

    async def left(self) -> Outcome | None:
        """The outcome when there is nothing to write."""
        run, known = self.run, self._known()
        if known is None:
            return None
        sha256 = sha256_as_known(known, self.article)
        why = why_leave(run, known, sha256, self._fingerprint(sha256))
        if why and sha256 != self.source.sha256:
            why = f"its source says the same in other bytes; {why}"
        if is_edited(run.settings.out, known) and (why or not run.overwrite_edited):
            dossier = await self.do(dossiers.build, self.article, await self._background())
            because = why_written(known, self.source, writer_name(run), self._fingerprint(self.source.sha256))
            means = Means(proofreader_of(run), desk_of(run, known), self.do)
            told = why or f"not replaced ({because}): {_REPLACE}"
            return await _edited(run, self.item, known, self.brief, dossier, means, told)
        if why is None:
            return None
        if known.source_sha256 == self.source.sha256 and not is_noted(known):
            # Of an earlier version of the program: the next run need not read its source again.
            noted = note_of(self.article)
            run.ledger.note(known.slug, READ, noted)
            known = replace(known, entry=known.entry | {READ: noted})
        return _left(run, self.item, known, why)

    async def written(self) -> Outcome:
        run, item, source, known = self.run, self.item, self.source, self._known()
        related = await self._background()
        writer = writer_of(run, item, source, self.calls)
        limits = Limits(run.settings.repair_rounds, run.settings.calls_per_article - 2)
        judge = judge_of(run, item, source, self.calls)
        means = Means(proofreader_of(run), desk_of(run, known), self.do, judge)
        written = await write_article(self.article, related, self.brief, writer, limits, means)
        fingerprint = self._fingerprint(source.sha256)
        why = why_written(known, source, writer.name, fingerprint)
        piece, row = await shelf_of(run).put(
            replace(written, calls=tuple(self.calls)), item.key, fingerprint, known, why, means
        )
        return shelved(run, item, piece, row, known, why)

    def _fingerprint(self, sha256: str) -> str:
        run = self.run
        return fingerprint_of(sha256, self.brief, writer_name(run), self.related, run.settings.judge)

    def _known(self) -> PieceRow | None:
        return self.run.ledger.piece_of(self.item.key, self.source.sha256)

    async def _background(self) -> tuple[Article, ...]:
        if self.related is not None:
            return self.related
        return await _related(self.run, self.item, self.article, self.brief, self.do)


def shelved(run: Run, item: Item, piece: Piece, row: PieceRow, known: PieceRow | None, why: str) -> Outcome:
    """The run's other articles are told of a piece that has its folder now."""
    path = run.settings.out / row.slug
    _keep_in_archive(run, path / "article.md")
    if known:
        run.register.forget(known.slug)
    run.register.put(row.entry)
    return outcomes.written(item, piece, path, why)


async def _edited(
    run: Run, item: Item, known: PieceRow, brief: Brief, dossier: Dossier, means: Means, why: str
) -> Outcome:
    """What an editor changed is checked as it stands, and stays."""
    text = read_piece(run.settings.out / known.slug / "article.md")
    result = await looked_at(text, brief, dossier, means)
    now = row_as_edited(known, result)
    run.ledger.record(now)
    return outcomes.unchanged(run, item, now, f"{EDITED}, checked as it stands; {why}")


def _taken_back(run: Run, known: PieceRow) -> PieceRow:
    """The row of a piece that nobody has edited, or not any more."""
    row = row_as_written(known)
    if row is not known:
        run.ledger.record(row)
    return row


def _keep_in_archive(run: Run, path: Path) -> None:
    """Those that follow in this run are held against the piece too. It is written, whatever the index says."""
    if run.archive:
        try:
            run.archive.add(path)
        except MarbreError as error:
            run.trouble.append(error)


async def _related(run: Run, item: Item, article: Article, brief: Brief, do: Do) -> tuple[Article, ...]:
    """Background for an article that cannot carry the words asked for by itself."""
    if count_words(article.text) >= brief.words * ENOUGH and not run.settings.related:
        return ()
    most = run.settings.related_most
    near = (await run.corpus()).nearest(article, item.place or item.path, most)
    return await do(corpus.others, near, article, most) if near else ()
