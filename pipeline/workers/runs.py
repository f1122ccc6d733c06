"""The runs of a worker: one for each submission, all with the same ledger, processes and grammar."""

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from pipeline import corpus
from pipeline.archive.shared import open_shared
from pipeline.batch import written_by
from pipeline.claims import Claims
from pipeline.corpus import Copied
from pipeline.crew import Crew
from pipeline.errors import LedgerError, MarbreError
from pipeline.items import Item
from pipeline.languagetool.server import Grammar
from pipeline.ledger import Ledger
from pipeline.ledger_rows import reading
from pipeline.matching import Match
from pipeline.queries import Query
from pipeline.run import Run
from pipeline.settings import Settings
from pipeline.workers.asked import AskedRegister, AskedTurns, Seen
from pipeline.workers.beside import Background
from pipeline.workers.content import digest_of, settings_with
from pipeline.workers.filed import FiledLedger
from pipeline.workers.holds import is_its_own
from pipeline.workers.reprints import AskedNear
from pipeline.workers.stored import Task, item_of


@dataclass(frozen=True, slots=True)
class Submission:
    content: dict[str, Any]
    flags: dict[str, Any]
    now: datetime
    digest: str


@dataclass
class Runs:
    """Opened when the first of its articles comes, closed with the worker."""

    own: Settings
    """The worker's: its `out` is a folder of its own."""
    ledger: FiledLedger
    crew: Crew
    name: str
    """What its claims are known by: they fall with the worker."""
    heard: Callable[[int], None] = lambda _: None
    _stack: AsyncExitStack = field(default_factory=AsyncExitStack)
    _by_digest: dict[str, Run] = field(default_factory=dict)
    _by_submission: dict[int, Run] = field(default_factory=dict)
    _background: dict[str, Background] = field(default_factory=dict)
    """By digest: what the latest submission may take, for the older ones too."""
    _grammar: Grammar | None = None
    _opening: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def of(self, task: Task) -> tuple[Run, Item]:
        """The run an article belongs to, and the article. Raises `LedgerError`, `UsageError`."""
        async with self._opening:
            if task.submission not in self._by_submission:
                told = submission_of(self.ledger, task.submission)
                digest = digest_of(told.content, told.flags)  # a refresh's own is another
                if digest not in self._by_digest:
                    self._by_digest[digest] = await self._opened(told, digest)
                self._by_submission[task.submission] = replace(
                    self._by_digest[digest], flags=told.flags, now=told.now, seen=Seen(self.ledger, told.digest),
                    corpus=self._background[digest].of(task.submission),
                )  # fmt: skip
        run, item = self._by_submission[task.submission], item_of(self.ledger, task)
        return replace(run, matched=_matched(task)), replace(item, place=Copied(Path(task.ref), Path()))

    @property
    def stopped(self) -> MarbreError | None:
        """What makes going on useless whatever was submitted: no key, no credit, no server."""
        errors = (run.halt.error for run in self._by_digest.values())
        return next((error for error in errors if error and not is_its_own(error)), None)

    def drop(self, run: Run) -> None:
        """Of one that was stopped: whoever comes next opens it anew."""
        self._by_digest = {n: each for n, each in self._by_digest.items() if each.halt is not run.halt}
        self._by_submission = {
            n: each for n, each in self._by_submission.items() if each.halt is not run.halt
        }

    def stop(self, error: MarbreError) -> None:
        """No article goes on."""
        for run in self._by_digest.values():
            run.halt.stop(error)

    async def _opened(self, told: Submission, digest: str) -> Run:
        settings = settings_with(self.own, told.content)
        shelf = None if settings.related is None else str(settings.related)
        self._background[digest] = Background(self.ledger, self.own.out, self.crew, digest, shelf)
        writer: Any = settings.writer
        archive = open_shared(self.ledger, settings.archive) if settings.archive else None
        claims = Claims(self.ledger, run=self.name)
        async with AsyncExitStack() as opening:  # of what cannot be opened nothing goes on
            await opening.enter_async_context(claims.kept())
            run = Run(
                settings, told.flags, writer, self.ledger, told.now, claims, _none, self.crew.lane,
                self._one_grammar() if settings.grammar else None,
                writer_is_asked_for=True, archive=archive, purse=f"submitted {digest}", register=AskedRegister(self.ledger),
            )  # fmt: skip
            ready = await opening.enter_async_context(written_by(run, self.heard))
            self._stack.push_async_callback(opening.pop_all().aclose)
        return ready

    def _one_grammar(self) -> Grammar:
        """The same for all: each would take a gigabyte of its own."""
        if self._grammar is None:
            self._grammar = Grammar(self.own.languagetool_url)
            self._stack.callback(self._grammar.close)
        return self._grammar

    async def close(self) -> None:
        await self._stack.aclose()


def in_turn(run: Run, task: Task) -> Run:
    """With the earlier sources of all workers, for an article that may be one of them printed again."""
    near = AskedNear(run.ledger, task, judges=run.settings.near_duplicates == "skip")
    return replace(run, near=near, turns=AskedTurns(run.turns, run.ledger, task))


def _matched(task: Task) -> dict[str, Match]:
    """What `submit` gave the source of a file of queries; what else was given to whom, no article asks."""
    if task.keyphrase is None:
        return {}
    return {task.key: Match(Query(task.keyphrase), 0.0, task.keyphrase_why or "")}


async def _none() -> corpus.Corpus:
    return corpus.Corpus()


def submission_of(ledger: Ledger, number: int) -> Submission:
    from sqlalchemy import select

    from pipeline.workers.tables import SUBMISSIONS

    query = select(SUBMISSIONS).where(SUBMISSIONS.c.id == number)
    row = ledger.doing(lambda connection: connection.execute(query).mappings().first())
    if row is None:
        raise LedgerError("work", f"The ledger has no submission {number}.", "Submit its sources again.")
    with reading("a submission"):
        content, flags = dict(row["settings"]), dict(row["flags"])
        return Submission(content, flags, datetime.fromisoformat(row["now"]), row["digest"])
