"""Many articles at once, and one: finding the sources, and running the article job on each."""

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import fields, replace
from datetime import datetime
from importlib import import_module
from itertools import chain, islice
from pathlib import Path
from time import time
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from pipeline import __version__, corpus, pages
from pipeline.archive import open_archive
from pipeline.budget import budget_of, tariff_of
from pipeline.claims import Claims
from pipeline.crew import Crew
from pipeline.errors import ExitCode, InterruptedRunError, MarbreError, UsageError
from pipeline.failures import Failures
from pipeline.formats.feeds import feeds, ready
from pipeline.items import Item, paths_of
from pipeline.job import process_one
from pipeline.journal import settle
from pipeline.languagetool.server import Grammar
from pipeline.ledger import Ledger, sqlite_url
from pipeline.limits import limits_of
from pipeline.linking.desk import link_pieces
from pipeline.linking.listed import Page
from pipeline.linking.listed import read as listed_pages
from pipeline.matching import Match
from pipeline.model import NOT_TRIED, Outcome, total_of
from pipeline.outcomes import not_tried
from pipeline.publish import folder
from pipeline.register import Register
from pipeline.run import Listener, Run
from pipeline.settings import Settings, local_file
from pipeline.shelf import Shelf
from pipeline.upkeep import enter_lost, entered_line

if TYPE_CHECKING:
    from pipeline.economy import Economy

_INDEX = ".marbre/index"
"""What `index.html` was made of, and its hash: somebody may have changed or lost it."""
PAGES = "#pages"
"""What is claimed by who writes the pages of all pieces: of two runs that end together the last tells of both."""
_LOOK_UPS = 400  # pieces in one query
_SHOWN = [each.name for each in fields(pages.IndexEntry) if each.name != "modified"]
One = Callable[[Run, Item], Awaitable[Outcome]]


@asynccontextmanager
async def open_run(
    settings: Settings,
    flags: Mapping[str, Any],
    writer: Literal["llm", "offline"],
    now: datetime,
    neighbours: Callable[[], Iterable[Path]],
    listener: Listener = Listener(),  # noqa: B008 - frozen
    articles: int = 1,
    matched: Mapping[str, Match] = MappingProxyType({}),
) -> AsyncIterator[Run]:
    """The ledger, the client and the corpus of a run, closed at its end whatever happens.

    `articles` says for how many it is.
    """
    listed = listed_pages(settings.links_from) if settings.links and settings.links_from else ()
    with closing(Ledger(settings.ledger or sqlite_url(settings.out), settings.ledger_wait)) as ledger:
        claims = Claims(ledger)
        folder.recover(settings.out, time(), busy=settle(settings.out, ledger, claims))
        if entered := enter_lost(ledger, settings.out):
            listener.say(entered_line(entered, settings.out))
        archive = open_archive(settings.archive, settings.out) if settings.archive else None
        crew = Crew(articles if archive is None or not archive.in_memory else 1)
        register = _register(ledger, crew)
        grammar = Grammar(settings.languagetool_url) if settings.grammar else None
        run = Run(
            settings, flags, writer, ledger, now, claims, _corpus_of(settings, neighbours, crew), crew.lane, grammar,
            settings.writer != "auto", archive=archive, say=listener.say, register=register, matched=matched,
        )  # fmt: skip
        async with claims.kept():
            try:
                async with written_by(run, listener.heard) as ready_to_write:
                    yield ready_to_write
            finally:
                crew.close()
                if grammar:
                    grammar.close()
                if archive:
                    archive.close()
                try:
                    if left_out := await complete(settings, ledger, now, listed, claims):
                        run.notes.append(left_out)
                except MarbreError as error:
                    run.trouble.append(error)  # the pieces are written; the run's result is still told


def _register(ledger: Ledger, crew: Crew) -> Register:
    rows = ledger.pieces()
    latest = next(rows, None)
    if latest is None:
        crew.start()  # nothing is known of any article yet, so all are written
    return Register.of(row.entry for row in chain([latest] if latest else [], rows))


def _corpus_of(
    settings: Settings, neighbours: Callable[[], Iterable[Path]], crew: Crew
) -> Callable[[], Awaitable[corpus.Corpus]]:
    """Gives the background, read when it is first asked for; a named folder at once, since every article asks for it."""
    loading: list[asyncio.Task[corpus.Corpus]] = []

    def begun() -> asyncio.Task[corpus.Corpus]:
        if not loading:
            paths = paths_of(settings.related, settings.out) if settings.related else neighbours()
            loading.append(asyncio.create_task(corpus.build_by(crew.do, crew.size, paths)))
        return loading[0]

    async def once() -> corpus.Corpus:
        return await begun()

    if settings.related:
        begun().add_done_callback(lambda done: done.cancelled() or done.exception())  # nobody may ask for it
    return once


@asynccontextmanager
async def written_by(run: Run, heard: Callable[[int], None]) -> AsyncIterator[Run]:
    """The run with what it writes by: nothing more, batches, or a model."""
    if run.writer == "offline":
        yield run
        return
    from pipeline.writers.llm import check_prompts

    check_prompts()
    if run.settings.economy:
        from pipeline.economy import by_batches

        async with by_batches(run) as economical:
            yield economical
        return
    async with _model(run, heard) as with_a_model:
        yield with_a_model


@asynccontextmanager
async def _model(run: Run, heard: Callable[[int], None]) -> AsyncIterator[Run]:
    """The run with a model to ask: a server, or a GGUF file of this machine."""
    from pipeline.writers.client import Client
    from pipeline.writers.local import CONTEXT
    from pipeline.writers.local.ask import LocalModel
    from pipeline.writers.models import row_of, table

    file = local_file(run.settings)
    settings = named(run.settings)
    rows = table(settings.models)
    row = row_of(settings.model, rows)
    judge_row = row_of(settings.judge, rows) if settings.judge else None
    tariff = tariff_of(row, {settings.judge: judge_row} if settings.judge and judge_row else {})
    budget = budget_of(run.ledger, tariff, settings, run.halt, run.purse)
    if not file:
        await asyncio.to_thread(import_module, "openai")  # a third of a second, in which others go on
    client = (
        LocalModel(file, row.context or CONTEXT, settings, run.halt, budget, heard)
        if file
        else Client(settings, run.halt, budget, heard, limits=limits_of(run.ledger, settings))
    )
    async with client as ask:
        yield replace(run, settings=settings, ask=ask, row=row, judge_row=judge_row)


def named(settings: Settings) -> Settings:
    """With a GGUF file as the model: the settings with its name in the ledger; only the same file can be the judge too."""
    file = local_file(settings)
    if file is None:
        return settings
    if settings.judge not in (None, settings.model):
        raise UsageError(
            "judge",
            f"The judge {settings.judge} cannot be asked: the model is a file on this machine.",
            f"Give --judge {settings.model}, or a server with --base-url.",
        )
    from pipeline.writers import local

    name = local.name_of(file)
    return settings.model_copy(update={"model": name, "judge": settings.judge and name})


def write_index(out: Path, ledger: Ledger) -> None:
    """The page of all pieces, for who has the claim on `PAGES`. One of ten thousand takes seconds to make, so it is made
    only when it would differ.
    """
    made_of = _made_of(ledger)
    page, note = out / "index.html", out / _INDEX
    if page.is_file() and note.is_file() and note.read_text(encoding="utf-8") == f"{made_of} {_hash(page)}\n":
        return
    entries = [
        pages.IndexEntry(**{**_shown(row.entry), "modified": datetime.fromisoformat(row.date_modified)})
        for row in ledger.pieces()
    ]
    folder.put_parts(page, pages.index(entries))
    folder.put_page(note, f"{made_of} {_hash(page)}\n", alone=True)


def _made_of(ledger: Ledger) -> str:
    """The hash of what the page would show; a row at a time, since most runs need no more of it."""
    made = hashlib.sha256(json.dumps([__version__, pages.look()]).encode())
    for row in ledger.pieces():
        made.update(json.dumps((_shown(row.entry), row.date_modified)).encode())
    return made.hexdigest()


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _shown(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {name: entry[name] for name in _SHOWN if name in entry}


async def complete(
    settings: Settings, ledger: Ledger, now: datetime, listed: Sequence[Page], claims: Claims
) -> str:
    """What belongs to all pieces together: links, index, feed and sitemaps. What cannot be written, in a line."""
    if settings.links:
        link_pieces(Shelf(settings.out, ledger, now, settings.site), listed, claims)
    async with claims.on(PAGES):  # in a thread, so that the claim is renewed however many pieces there are
        return await asyncio.to_thread(_pages, settings, ledger, now)


def _pages(settings: Settings, ledger: Ledger, now: datetime) -> str:
    write_index(settings.out, ledger)
    files, left_out = feeds(ready(ledger.pieces(), settings.site), settings.site, now)
    for name, text in files.items():
        folder.put_page(settings.out / name, text, alone=True)
    return left_out or ""


async def process(
    run: Run, items: Iterable[Item], tell: Callable[[Outcome], None], one: One = process_one
) -> list[Outcome]:
    """Every item, each done by `one`; outcomes in their order.

    As many calls are in flight as `settings.concurrency` says, and three times as many articles more are being read
    and checked, so that no place stays empty for want of an article; with one, the articles follow one another.
    """
    outcomes: dict[int, Outcome] = {}
    failures = Failures(run.ledger, run.now)

    def told(outcome: Outcome) -> None:
        failures.note(outcome)
        tell(outcome)

    queue = enumerate(_expected(failures, items))
    try:
        if run.economy:
            await _in_rounds(run, run.economy, queue, outcomes, told)
        else:
            await _each(run, queue, outcomes, told, one)
    finally:
        failures.keep()
    done = [outcomes[n] for n in sorted(outcomes)]
    if (stopped := run.halt.error) and not any(_tells(o, stopped) for o in done):
        run.trouble.append(stopped)  # the article it struck was finished without that call
    return done


def _expected(failures: Failures, items: Iterable[Item]) -> Iterator[Item]:
    queue = iter(items)
    while some := list(islice(queue, _LOOK_UPS)):
        failures.expect(some)
        yield from some


async def _each(
    run: Run,
    queue: Iterator[tuple[int, Item]],
    outcomes: dict[int, Outcome],
    tell: Callable[[Outcome], None],
    one: One = process_one,
) -> dict[int, Item]:
    """Those that wait for a batch; they are not told yet."""
    waiting: dict[int, Item] = {}

    looked_up = _looked_up(run, queue)

    async def work() -> None:
        for number, item in looked_up:
            stopped = run.halt.error
            outcome = not_tried(item, stopped) if stopped else await one(run, item)
            run.ahead.pop(item.key, None)  # not every job asks for it
            outcomes[number] = _with(outcomes.get(number), outcome)
            if outcome.status == "waiting":
                waiting[number] = item
            else:
                tell(outcomes[number])

    async with asyncio.TaskGroup() as group:
        for _ in range(_under_way(run.settings.concurrency)):
            group.create_task(work())
    return waiting


def _looked_up(run: Run, queue: Iterator[tuple[int, Item]]) -> Iterator[tuple[int, Item]]:
    """The same, with a look into the ledger for many at once: one by one it is a third of what a finished source costs."""
    while some := list(islice(queue, _LOOK_UPS)):
        keys = [item.key for _, item in some if item.path]
        with suppress(MarbreError):  # then each is looked up, and fails, by itself
            run.ahead.update(dict.fromkeys(keys) | run.ledger.pieces_of(keys))
        yield from some


def _under_way(calls: int) -> int:
    """Articles at once. Who asks for one call at a time gets one article after the other, each held against the last."""
    return 4 * calls if calls > 1 else 1


async def _in_rounds(
    run: Run,
    economy: "Economy",
    queue: Iterator[tuple[int, Item]],
    outcomes: dict[int, Outcome],
    tell: Callable[[Outcome], None],
) -> None:
    """Collect, go as far as what is remembered leads, submit; with `settings.wait` until nothing waits any more."""
    try:
        await _rounds(run, economy, queue, outcomes, tell)
    except asyncio.CancelledError:
        for number, outcome in sorted(outcomes.items()):
            if economy.is_sent(outcome):  # it is paid for, whoever interrupts us
                outcomes[number] = economy.told(outcome)
                tell(outcomes[number])
        raise
    finally:
        economy.sum_up(list(outcomes.values()))


async def _rounds(
    run: Run,
    economy: "Economy",
    queue: Iterator[tuple[int, Item]],
    outcomes: dict[int, Outcome],
    tell: Callable[[Outcome], None],
) -> None:
    while True:
        try:
            await economy.collect()
        except MarbreError as error:
            run.halt.stop(error)
        waiting = await _each(run, queue, outcomes, tell)
        try:
            await economy.submit()
            outcomes |= {n: economy.told(outcomes[n]) for n in sorted(waiting)}
        except MarbreError as error:
            run.halt.stop(error)
            outcomes |= {n: not_tried(item, error) for n, item in waiting.items()}
        left = {n: item for n, item in sorted(waiting.items()) if outcomes[n].status == "waiting"}
        for number in sorted(waiting.keys() - left.keys()):
            tell(outcomes[number])
        if not left or run.halt.error or not run.settings.wait:
            break
        await economy.pause()
        queue = iter(left.items())
    for number in left:
        tell(outcomes[number])


def ending(run: Run) -> Callable[[], None]:
    """What ends a run in order, at whatever moment it is called: answers on their way are waited for, since they are paid for,
    and nothing more is begun. Where answers come by batches, nothing is on its way.
    """
    loop, task = asyncio.get_running_loop(), asyncio.current_task()

    def end() -> None:
        if run.economy and task:
            task.cancel()
            return
        run.halt.stop(InterruptedRunError())
        run.say("Stopping: answers on their way are waited for, nothing new is begun. Again ends it at once.")

    def ask() -> None:
        with suppress(RuntimeError):  # the loop is over: so is the run
            loop.call_soon_threadsafe(end)

    return ask


def not_finished(
    items: Sequence[Item], done: Iterable[Outcome], begun: Iterable[Outcome]
) -> Iterator[Outcome]:
    """What an interrupted run leaves: `begun` are those that were under way."""
    known = {o.source for o in done}
    under_way = {o.source: o for o in begun}
    for item in items:
        if item.ref not in known:
            yield under_way.get(item.ref) or not_tried(item, InterruptedRunError())


def _with(before: Outcome | None, after: Outcome) -> Outcome:
    """What an article cost in the rounds before counts too; what was paid then is remembered now."""
    if before is None:
        return after
    return replace(
        after,
        paid=before.paid + after.paid,
        remembered=max(0, after.remembered - before.paid),
        usage=before.usage + after.usage,
        cost=total_of((before.cost, after.cost)),
        seconds=before.seconds + after.seconds,
    )


def _tells(outcome: Outcome, error: MarbreError) -> bool:
    return outcome.error == error.failure and outcome.why != NOT_TRIED


def exit_code(outcomes: Iterable[Outcome]) -> ExitCode:
    """0 all ready, 3 some need work, 4 some not written, else 5 some wait for a batch."""
    code = ExitCode.READY
    for outcome in outcomes:
        if outcome.status == "failed":
            return ExitCode.NOT_WRITTEN
        if outcome.status == "waiting":
            code = ExitCode.WAITING
        elif outcome.verdict == "needs_work" and code is ExitCode.READY:
            code = ExitCode.NEEDS_WORK
    return code
