"""Many articles at once, and one: finding the sources, and running the article job on each."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from time import time
from typing import Any, BinaryIO, Literal

from pipeline import corpus, pages
from pipeline.archive import open_archive
from pipeline.errors import ExitCode, MarbreError, SourceError, UsageError
from pipeline.formats.feeds import feeds, ready
from pipeline.job import Item, Run, not_tried, process_one
from pipeline.languagetool.server import Grammar
from pipeline.ledger import FILE as LEDGER
from pipeline.ledger import Ledger, sqlite_url
from pipeline.model import Outcome
from pipeline.publish import folder
from pipeline.settings import Settings
from pipeline.shelf import LOOK
from pipeline.stages import clean, ingest


def item_of(source: str, settings: Settings, stdin: BinaryIO) -> Item:
    """A file, a URL, or `-` for standard input, as something to be read."""
    if source.startswith(("http://", "https://")):
        return Item(
            source,
            source,
            lambda: ingest.read_url(
                source, timeout=settings.timeout, allow_private=settings.allow_private_urls
            ),
        )
    if "://" in source:
        raise SourceError(
            "fetch_failed",
            "Only http and https addresses can be fetched.",
            "Save it as a file.",
            about=source,
        )
    if source == "-":
        data = stdin.read()
        key = f"-:{hashlib.sha256(data).hexdigest()}"
        return Item("-", key, lambda: ingest.read_bytes(data, "-", None))
    path = Path(source)
    if path.is_dir():
        raise SourceError("unreadable", "This is a folder.", f"Try: marbre batch {source}.", about=source)
    return item_of_file(path)


def items_of(target: Path, out: Path) -> Iterator[Item]:
    """The sources of a folder and its sub-folders, in order of name; hidden files are passed over."""
    if not target.is_dir():
        raise UsageError(
            "no_folder", f"There is no folder {target}.", "Give a folder of sources: marbre batch FOLDER."
        )
    if target.resolve() == out.resolve():
        raise UsageError(
            "same_folder", f"{target} is also where the pieces go.", "Give another folder with --out."
        )
    for path in sorted(target.rglob("*")):
        inside = path.relative_to(target).parts
        if (
            path.is_file()
            and not any(p.startswith(".") for p in inside)
            and out.resolve() not in path.resolve().parents
        ):
            yield replace(item_of_file(path), may_be_skipped=True)


def item_of_file(path: Path) -> Item:
    name = ingest.name_of(path)
    return Item(name, ingest.name_of(path.resolve()), lambda: ingest.read_file(path, name), path)


def paths_of(target: Path, out: Path) -> Iterator[Path]:
    """The files of a folder's sources, for those who only read them."""
    return (item.path for item in items_of(target, out) if item.path)


@asynccontextmanager
async def open_run(
    settings: Settings,
    flags: Mapping[str, Any],
    writer: Literal["llm", "offline"],
    now: datetime,
    neighbours: Callable[[], Iterable[Path]],
) -> AsyncIterator[Run]:
    """The ledger, the client and the corpus of a run, closed at its end whatever happens."""
    loaded: list[corpus.Corpus] = []

    def corpus_once() -> corpus.Corpus:
        if not loaded:
            related = settings.related
            loaded.append(corpus.build(paths_of(related, settings.out) if related else neighbours()))
        return loaded[0]

    ledger = Ledger(settings.ledger or sqlite_url(settings.out))
    try:
        folder.recover(settings.out, time())
        grammar = Grammar(settings.languagetool_url) if settings.grammar else None
        archive = open_archive(settings.archive, settings.out) if settings.archive else None
        asked_for = settings.writer != "auto"
        run = Run(settings, flags, writer, ledger, now, corpus_once, grammar, asked_for, archive=archive)
        try:
            if writer == "offline":
                yield run
            else:
                from pipeline.writers.client import Client
                from pipeline.writers.llm import check_prompts

                check_prompts()
                async with Client(settings) as client:
                    yield replace(run, ask=client)
        finally:
            if grammar:
                grammar.close()
            if archive:
                archive.close()
            try:
                write_index(settings.out, ledger)
                write_feeds(run)
            except MarbreError as error:
                run.trouble.append(error)  # the pieces are written; the run's result is still told
    finally:
        ledger.close()


def write_index(out: Path, ledger: Ledger) -> None:
    entries = [
        pages.IndexEntry(**{**_shown(row.entry), "modified": datetime.fromisoformat(row.date_modified)})
        for row in ledger.pieces()
    ]
    folder.put_page(out / "index.html", pages.index(entries))


def _shown(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in entry.items() if name != LOOK}


def write_feeds(run: Run) -> None:
    """The feed and the sitemaps of the pieces that are ready; what cannot be written is told in a line."""
    site = run.settings.site
    files, left_out = feeds(ready(run.ledger.pieces(), site), site, run.now)
    for name, text in files.items():
        folder.put_page(run.settings.out / name, text)
    if left_out:
        run.remarks.append(left_out)


async def process(run: Run, items: Iterable[Item], tell: Callable[[Outcome], None]) -> list[Outcome]:
    """Every item, `settings.concurrency` at a time; outcomes in the order of the items."""
    outcomes: dict[int, Outcome] = {}
    queue = enumerate(items)
    stopped: list[MarbreError] = []

    async def work() -> None:
        for number, item in queue:
            outcome = not_tried(item, stopped[0]) if stopped else await process_one(run, item, stopped)
            outcomes[number] = outcome
            tell(outcome)

    async with asyncio.TaskGroup() as group:
        for _ in range(run.settings.concurrency):
            group.create_task(work())
    return [outcomes[n] for n in sorted(outcomes)]


def dry_run(items: Sequence[Item], settings: Settings) -> list[dict[str, str]]:
    """What a run would do with each source, as far as can be said without writing or asking anything."""
    from sqlalchemy.engine import make_url

    url = settings.ledger or f"sqlite:///{settings.out / LEDGER}"
    path = make_url(url).database
    known = Ledger(url) if not url.startswith("sqlite") or (path and Path(path).is_file()) else None
    planned = []
    for item in items:
        try:
            source = item.read()
            clean.clean(source)
        except MarbreError as error:
            planned.append({"source": item.ref, "would": f"fail: {error.message}"})
            continue
        row = known.piece_of(item.key, source.sha256) if known else None
        same = row is not None and row.files_sha256 and row.source_sha256 == source.sha256
        planned.append(
            {
                "source": item.ref,
                "would": "stay as it is" if same else "be written again" if row else "be written",
            }
        )
    if known:
        known.close()
    return planned


def exit_code(outcomes: Iterable[Outcome]) -> ExitCode:
    """0 all ready, 3 some need work, 4 some not written."""
    code = ExitCode.READY
    for outcome in outcomes:
        if outcome.status == "failed":
            return ExitCode.NOT_WRITTEN
        if outcome.verdict == "needs_work":
            code = ExitCode.NEEDS_WORK
    return code
