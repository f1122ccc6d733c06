"""The article job: one source in, one outcome out, whoever runs it. The ledger makes it safe to run twice."""

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, Literal

from pipeline import acknowledge, corpus
from pipeline.archive import Index
from pipeline.checks.check import Desk, House
from pipeline.checks.grammar import Read, proofread, unread
from pipeline.claims import Claims
from pipeline.crew import Do, here
from pipeline.edited import is_edited, looked_at, row_as_edited, row_as_written
from pipeline.errors import (
    InterruptedRunError,
    MarbreError,
    RunStoppedError,
    SourceError,
    WaitingError,
    WriterError,
)
from pipeline.examine import read_piece
from pipeline.halt import Halt
from pipeline.items import Item
from pipeline.journal import settle
from pipeline.languagetool.server import Grammar
from pipeline.ledger import ADOPTED, Ledger, PieceRow, key_of
from pipeline.ledger_rows import standing
from pipeline.matching import Match
from pipeline.model import (
    EDITED,
    NOT_TRIED,
    Article,
    Brief,
    Call,
    Dossier,
    Failure,
    Money,
    Outcome,
    Piece,
    Source,
    Usage,
    total_of,
)
from pipeline.publish import folder
from pipeline.reading.request import read_request
from pipeline.register import Kept, Register
from pipeline.remembered import READ, content_of, is_noted, note_of, recall
from pipeline.settings import Settings
from pipeline.shelf import OFFLINE, Shelf, entry_of
from pipeline.stages import clean, write_article
from pipeline.stages import dossier as dossiers
from pipeline.stages.brief import make_brief
from pipeline.stages.means import Means
from pipeline.stages.repair import Limits
from pipeline.text.words import count_words
from pipeline.turns import Turns
from pipeline.writers import Writer
from pipeline.writers.request import Ask, Request

if TYPE_CHECKING:
    from pipeline.economy import Economy
    from pipeline.writers.judge import Judge
    from pipeline.writers.models import Row

# A source with fewer words than this share of what is asked takes background from related articles.
_ENOUGH = 1.2
# Pages that are read at once; a slow host holds up no other, and threads are left for the rest.
_VISITS = 4
_REPLACE = "--overwrite-edited does it, and keeps this text in history"


@dataclass(frozen=True, slots=True)
class Listener:
    """Who hears what goes on while articles are under way."""

    heard: Callable[[int], None] = lambda _: None
    """Told how many characters of an answer have just come."""
    say: Callable[[str], None] = lambda _: None
    """Given a line now and then while the run waits."""


@dataclass(frozen=True, slots=True)
class Run:
    """What all articles of a run share."""

    settings: Settings
    flags: Mapping[str, Any]
    writer: Literal["llm", "offline"]
    ledger: Ledger
    now: datetime
    claims: Claims
    corpus: Callable[[], Awaitable[corpus.Corpus]]
    lane: Callable[[], Do] = lambda: here
    """Where the work of one article is done that takes time."""
    grammar: Grammar | None = None
    """LanguageTool, started with the first article that is written; None when the settings want none."""
    writer_is_asked_for: bool = False
    """True when the user named the writer; then a working draft may replace a written piece."""
    overwrite_edited: bool = False
    """Whether a text that an editor changed may be replaced; it goes into the piece's history."""
    ask: Ask | None = None
    archive: Index | None = None
    """The pieces already written, when a piece is to be held against them."""
    register: Kept = field(default_factory=Register)
    """The pieces of this desk by what should be each one's own."""
    matched: Mapping[str, Match] = field(default_factory=dict)
    """Item key -> the query of `--keyphrases` that its article got."""
    row: "Row | None" = None
    """What the model takes and costs; given with `ask`."""
    economy: "Economy | None" = None
    """What asks in place of `ask` when answers come by batches."""
    judge_row: "Row | None" = None
    """What the judge takes and costs, when the settings name one."""
    halt: Halt = field(default_factory=Halt)
    """What stops the run at once."""
    trouble: list[MarbreError] = field(default_factory=list)
    """What went wrong with the run as a whole."""
    notes: list[str] = field(default_factory=list)
    """What is to be told at the end, though nothing went wrong."""
    say: Callable[[str], None] = lambda _: None
    """Hears what goes on while nothing comes to an end."""
    unfinished: list[Outcome] = field(default_factory=list)
    """The articles that were under way when the run was interrupted, with what they had cost by then."""
    seen: dict[str, str] = field(default_factory=dict)
    """Content hash -> the first source of this run that had it."""
    ahead: dict[str, PieceRow | None] = field(default_factory=dict)
    """Item key -> what the ledger knew of it just now; asked for many at once."""
    turns: Turns = field(default_factory=Turns)
    """In their order: of two with the same text the first is the one that is written."""
    visits: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_VISITS))


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
                source = await _read(run, item)
                await turn()
                article = await asyncio.to_thread(clean.clean, source)
                if not run.settings.images:
                    article = replace(article, images=())
                first = run.seen.setdefault(content_of(article), item.ref)
        if first != item.ref:
            sha256 = finished.row.source_sha256 if finished else source.sha256 if source else None
            outcome = Outcome(item.ref, sha256, "skipped", why=f"the same text as {first}")
        elif finished:
            outcome = _left(run, item, finished.row, finished.why)
        elif source:
            outcome = await (job or _article)(run, item, source, article, calls, run.lane())
    except asyncio.CancelledError:
        begun = not_tried(item, InterruptedRunError())
        run.unfinished.append(_with_calls(replace(begun, sha256=source.sha256 if source else None), calls))
        raise
    except WaitingError as error:
        sha256 = source.sha256 if source else None
        outcome = Outcome(item.ref, sha256, "waiting", verdict="waiting", why=error.message)
    except MarbreError as error:
        outcome = failed(run, item, source, error)
    except Exception as error:  # noqa: BLE001 - a fault of ours in one article must not take the batch down
        failure = Failure(
            "internal", f"{type(error).__name__}: {error}.", "Please report it with this source."
        )
        outcome = Outcome(item.ref, source.sha256 if source else None, "failed", why="failed", error=failure)
    return replace(_with_calls(outcome, calls), seconds=monotonic() - started)


def failed(run: Run, item: Item, source: Source | None, error: MarbreError) -> Outcome:
    """The outcome of an article that could not be written; it may stop the run."""
    if error.stops_the_run:
        run.halt.stop(error)
    unusable = isinstance(error, SourceError) and (
        source is None or error.code in ("empty", "too_short", "unread_language")
    )
    skipped = error.code == "unknown_type" and item.may_be_skipped
    why = NOT_TRIED if isinstance(error, RunStoppedError) else "failed"
    return Outcome(
        source=item.ref,
        sha256=source.sha256 if source else None,
        status="skipped" if skipped else "failed",
        verdict="rejected" if unusable and not skipped else None,
        why="cannot be used" if unusable else why,
        error=error.failure,
    )


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
    brief = _brief(run, item, read.asks)
    fingerprint = fingerprint_of(row.source_sha256, brief, _writer_name(run), None, run.settings.judge)
    why = _why_leave(run, row, row.source_sha256, fingerprint)
    return Finished(row, read.content, why) if why else None


async def _read(run: Run, item: Item) -> Source:
    if item.path is not None:
        return await asyncio.to_thread(item.read)
    async with run.visits:
        return await asyncio.to_thread(item.read)


def _left(run: Run, item: Item, known: PieceRow, why: str) -> Outcome:
    known = _taken_back(run, known)
    followed = shelf_of(run).follow_settings(known, run.claims)
    return _unchanged(run, item, known, f"{why}; its pages follow the settings" if followed else why)


def _brief(run: Run, item: Item, asks: tuple[str, ...]) -> Brief:
    match = run.matched.get(item.key)
    told = (match.query.text, match.why) if match else None
    return make_brief(run.settings, read_request(asks), run.flags, told)


def _with_calls(outcome: Outcome, calls: Sequence[Call]) -> Outcome:
    paid = [c for c in calls if c.paid]
    return replace(
        outcome,
        paid=len(paid),
        remembered=len(calls) - len(paid),
        usage=sum((c.usage for c in paid), Usage()),
        cost=total_of(c.cost for c in paid),
    )


def not_tried(item: Item, error: MarbreError) -> Outcome:
    """An article that the run did not come to, or not to the end of."""
    failure = Failure(error.code, f"Not tried: the run was stopped. {error.message}", error.remedy)
    return Outcome(item.ref, None, "failed", why=NOT_TRIED, error=failure, cost=Money())


async def _article(
    run: Run, item: Item, source: Source, article: Article, calls: list[Call], do: Do
) -> Outcome:
    brief = _brief(run, item, article.instructions)
    related = await _related(run, item, article, brief, do) if run.settings.related else None
    fingerprint = fingerprint_of(source.sha256, brief, _writer_name(run), related, run.settings.judge)
    made = _Made(run, item, source, article, brief, related, fingerprint, calls, do)
    if outcome := await made.left():
        return outcome
    async with alone_with(run, item.key):
        # Another run may have written it meanwhile.
        return await made.left() or await made.written()


@asynccontextmanager
async def alone_with(run: Run, source: str) -> AsyncIterator[None]:
    """While no other run is at work on a source, and what one that was killed had begun is finished."""
    async with run.claims.on(source, run.halt.check):
        settle(run.settings.out, run.ledger, run.claims, source)
        yield


@dataclass(frozen=True, slots=True)
class _Made:
    """What a piece is made of."""

    run: Run
    item: Item
    source: Source
    article: Article
    brief: Brief
    related: tuple[Article, ...] | None
    fingerprint: str
    calls: list[Call]
    do: Do

    async def left(self) -> Outcome | None:
        """The outcome when there is nothing to write."""
        run, known = self.run, self._known()
        if known is None:
            return None
        why = _why_leave(run, known, self.source.sha256, self.fingerprint)
        if is_edited(run.settings.out, known) and (why or not run.overwrite_edited):
            dossier = await self.do(dossiers.build, self.article, await self._background())
            because = _why_written(known, self.source, _writer_name(run), self.fingerprint)
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
        why = _why_written(known, source, writer.name, self.fingerprint)
        piece, path = await shelf_of(run).put(
            replace(written, calls=tuple(self.calls)), item.key, self.fingerprint, known, why, means
        )
        return shelved(run, item, piece, path, known, why)

    def _known(self) -> PieceRow | None:
        return self.run.ledger.piece_of(self.item.key, self.source.sha256)

    async def _background(self) -> tuple[Article, ...]:
        if self.related is not None:
            return self.related
        return await _related(self.run, self.item, self.article, self.brief, self.do)


def shelf_of(run: Run) -> Shelf:
    return Shelf(
        run.settings.out, run.ledger, run.now, run.settings.site, by_folder=bool(run.settings.related)
    )


def shelved(run: Run, item: Item, piece: Piece, path: Path, known: PieceRow | None, why: str) -> Outcome:
    """The run's other articles are told of a piece that has its folder now."""
    _keep_in_archive(run, path / "article.md")
    if known:
        run.register.forget(known.slug)
    run.register.put(entry_of(piece, path.name))
    return _written(item, piece, path, why)


async def _edited(
    run: Run, item: Item, known: PieceRow, brief: Brief, dossier: Dossier, means: Means, why: str
) -> Outcome:
    """What an editor changed is checked as it stands, and stays."""
    text = read_piece(run.settings.out / known.slug / "article.md")
    result = await looked_at(text, brief, dossier, means)
    now = row_as_edited(known, result)
    run.ledger.record(now)
    return _unchanged(run, item, now, f"{EDITED}, checked as it stands; {why}")


def _taken_back(run: Run, known: PieceRow) -> PieceRow:
    """The row of a piece that nobody has edited, or not any more."""
    row = row_as_written(known)
    if row is not known:
        run.ledger.record(row)
    return row


def proofreader_of(run: Run) -> Read:
    """LanguageTool, which warms up while the first model call is under way."""
    grammar = run.grammar
    if grammar is None:
        return unread
    if run.economy:  # most runs end before there is anything to read
        return partial(proofread, engine=lambda texts: grammar.start().check(texts))
    return partial(proofread, engine=grammar.start().check)


def desk_of(run: Run, known: PieceRow | None) -> Desk:
    """What editors said of the piece's earlier version, and the archive without that version."""
    path = run.settings.out / known.slug / "article.md" if known else None
    told = acknowledge.read(acknowledge.beside(path)) if path else acknowledge.Acknowledgements()
    own = [known.slug] if known else []
    archive = run.archive.without(own, path) if run.archive else None
    house = House(run.settings.licences, run.settings.disclosure)
    return Desk(archive, told.entries, told.faults, neighbours=run.register.without(own), house=house)


def _keep_in_archive(run: Run, path: Path) -> None:
    """Those that follow in this run are held against the piece too. It is written, whatever the index says."""
    if run.archive:
        try:
            run.archive.add(path)
        except MarbreError as error:
            run.trouble.append(error)


def _why_leave(run: Run, known: PieceRow, sha256: str, fingerprint: str) -> str | None:
    """The reason to leave a piece as it is, if there is one."""
    if not known.files_sha256 or not folder.is_whole(run.settings.out, known.slug):
        return None
    if known.fingerprint == ADOPTED and known.source_sha256 == sha256:
        return "its source is the same; what else decided it is not known"
    not_run = known.entry["not_run"]
    can_be_read = "GRA" in not_run and run.grammar and run.grammar.can_start()
    can_be_judged = "JUG" in not_run and run.judge_row
    if known.fingerprint == fingerprint and not (can_be_read or can_be_judged):
        return "nothing changed"
    was_written = known.entry.get("writer") != OFFLINE
    if run.writer == "offline" and was_written and not run.writer_is_asked_for:
        return "written by a model before; a working draft does not replace it (--writer offline would)"
    return None


def _why_written(known: PieceRow | None, source: Source, writer: str, fingerprint: str) -> str:
    if known is None or not known.files_sha256:
        return "new"
    if known.source_sha256 != source.sha256:
        return "source changed"
    if known.entry.get("writer") != writer:
        return f"another writer: {writer}"
    if known.fingerprint != fingerprint:
        return "brief or related articles changed"
    missing = {"GRA": "grammar was not checked", "JUG": "there was no second opinion"}
    return next((why for family, why in missing.items() if family in known.entry["not_run"]), "files missing")


def _written(item: Item, piece: Piece, path: Path, why: str) -> Outcome:
    result = piece.result
    return Outcome(
        source=item.ref,
        sha256=piece.dossier.article.sha256,
        status="written",
        folder=str(path),
        verdict=result.verdict,
        words=result.words,
        findings=(
            ("block", result.count("block")),
            ("warn", result.count("warn")),
            ("info", result.count("info")),
        ),
        not_run=tuple(n.family for n in result.not_run),
        repairs=len(piece.repairs),
        why=why,
        fell=piece.fell,
    )


def _unchanged(run: Run, item: Item, known: PieceRow, why: str) -> Outcome:
    return replace(standing(known, run.settings.out, why), source=item.ref)


def _writer_name(run: Run) -> str:
    """As `writer_of` names itself."""
    return run.settings.model if run.row else OFFLINE


def writer_of(run: Run, item: Item, source: Source, calls: list[Call]) -> Writer:
    """The writer of one article; its answers come from the ledger where it remembers them."""
    if run.row is None:
        from pipeline.writers.offline import OfflineWriter

        return OfflineWriter()
    from pipeline.writers.llm import LLMWriter

    ask = _asking(run, run.row, item, source, calls)
    return LLMWriter(run.settings.model, ask, run.row, run.settings.calls_per_article)


def judge_of(run: Run, item: Item, source: Source, calls: list[Call]) -> "Judge | None":
    """The second opinion, remembered and counted like the writer's calls."""
    if run.judge_row is None or run.settings.judge is None:
        return None
    from pipeline.writers.judge import Judge

    return Judge(run.settings.judge, _asking(run, run.judge_row, item, source, calls), run.judge_row)


def _asking(run: Run, row: "Row", item: Item, source: Source, calls: list[Call]) -> Ask:
    if run.economy:
        return run.economy.asking(run.ledger, source.sha256, item, calls)
    assert run.ask is not None  # noqa: S101 - who has a row has somebody to ask
    return remembering(run.ask, run.ledger, row, source.sha256, item.key, calls)


def remembering(ask: Ask, ledger: Ledger, row: "Row", article: str, source: str, calls: list[Call]) -> Ask:
    """An `Ask` that pays for an answer once: it is written down, with what it cost, before it is used."""
    from pipeline.writers.models import cost_of
    from pipeline.writers.shape import is_truncated

    async def answer(request: Request) -> Call:
        call = ledger.recall(key_of(request.decides()))
        if call is None:
            paid = await ask(request)
            call = replace(paid, cost=cost_of(paid, request, row))
            calls.append(call)  # it was paid for, whatever happens to the memory of it
            whole = not is_truncated(call, request)
            ledger.remember(call, request.decides(), article, source, usable=whole)
            if not whole:
                raise truncated(call)
        else:
            calls.append(call)
        return call

    return answer


def truncated(call: Call) -> WriterError:
    return WriterError(
        "truncated",
        f"The server read {call.usage.input:,} tokens of a longer prompt and left the rest out ({call.stage}); "
        "its answer is not used.",
        "Give the model a larger context: OLLAMA_CONTEXT_LENGTH=16384 (Ollama), -c 16384 (llama.cpp).",
    )


async def _related(run: Run, item: Item, article: Article, brief: Brief, do: Do) -> tuple[Article, ...]:
    """Background for an article that cannot carry the words asked for by itself."""
    if count_words(article.text) >= brief.words * _ENOUGH and not run.settings.related:
        return ()
    most = run.settings.related_most
    near = (await run.corpus()).nearest(article, item.place or item.path, most)
    return await do(corpus.others, near, article, most) if near else ()


def fingerprint_of(
    sha256: str, brief: Brief, writer: str, related: tuple[Article, ...] | None, judge: str | None
) -> str:
    """What decides a piece. Background found in the same folder does not: a new neighbour is no reason
    to pay for a piece again; `marbre refresh` looks at that.
    """
    decided: dict[str, Any] = {
        "source": sha256,
        "brief": [
            brief.words,
            brief.keyphrase,
            brief.tone,
            brief.instructions,
            brief.typography,
            *brief.grammar_blocks,
        ],
        "writer": writer,
        "related": None if related is None else [a.sha256 for a in related],
    }
    if judge:
        decided["judge"] = judge
    return hashlib.sha256(json.dumps(decided, sort_keys=True).encode()).hexdigest()
