"""`marbre rewrite`, and what it shares with `marbre batch`: options, and a run from its start to its exit code."""

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from pipeline.cli.base import (
    ARCHIVE,
    FORMAT,
    GRAMMAR,
    KEYPHRASE,
    KEYPHRASES,
    LEDGER,
    NOW,
    SETTINGS,
    WORDS,
    cli,
    options,
    print_json,
    settings_of,
    time_of,
)
from pipeline.errors import MarbreError, UsageError

if TYPE_CHECKING:
    from datetime import datetime

    from pipeline.interrupt import Interruption
    from pipeline.items import Item
    from pipeline.model import Outcome
    from pipeline.progress import Progress
    from pipeline.searched import Searched
    from pipeline.settings import Settings

WRITER = click.option(
    "--writer", type=click.Choice(["auto", "llm", "offline"]), help="Who writes [default: auto]."
)
MODEL = click.option("--model", help="The model asked for.")
JUDGE = click.option("--judge", metavar="MODEL", help="A second model that looks at doubtful sentences.")
BASE_URL = click.option("--base-url", help="Address of an OpenAI-compatible server.")
CONCURRENCY = click.option(
    "--concurrency",
    type=click.IntRange(1, 1000),
    help="Calls of the model in flight at once [default: 8].",
)
FORMAT_OUT = click.option(
    "--format-out",
    "format_out",
    multiple=True,
    type=click.Choice(["markdown", "hugo", "astro", "wordpress", "html"]),
    callback=lambda _context, _option, names: names or None,
    help="What else to write beside article.md; may be given several times.",
)
TONE = click.option("--tone", help="The tone asked of the writer.")
INSTRUCTIONS = click.option("--instructions", metavar="TEXT|@FILE", help="More wishes for the writer.")
BUDGET = click.option(
    "--budget",
    metavar="AMOUNT",
    type=click.FloatRange(min=0, min_open=True),
    help="The most this run may cost, in the currency of the price table.",
)
RELATED = click.option(
    "--related", type=click.Path(path_type=Path), help="Folder of articles that may give background."
)
NEAR_DUPLICATES = click.option(
    "--near-duplicates",
    type=click.Choice(["skip", "write"]),
    help="What becomes of a source that an earlier one printed in nearly the same words [default: skip].",
)
DRY_RUN = click.option(
    "--dry-run",
    is_flag=True,
    help="Say what would be done, and estimate calls, tokens, cost and time; write nothing, ask no model.",
)
RUNNING = options(
    click.option("--out", type=click.Path(path_type=Path), help="Where the pieces go [default: outputs]."),
    RELATED,
    ARCHIVE,
    WRITER,
    MODEL,
    JUDGE,
    BASE_URL,
    CONCURRENCY,
    BUDGET,
    FORMAT_OUT,
    click.option(
        "--overwrite-edited",
        is_flag=True,
        help="Write pieces again that were edited by hand; the edited text goes into their history.",
    ),
    NOW,
    LEDGER,
    GRAMMAR,
    SETTINGS,
    FORMAT,
)
"""Where to, by whom, at what cost: what every command that writes is told."""
WRITING = options(
    WORDS,
    KEYPHRASE,
    KEYPHRASES,
    TONE,
    INSTRUCTIONS,
    RUNNING,
)


@cli.command()
@click.argument("source")
@DRY_RUN
@WRITING
def rewrite(
    source: str, dry_run: bool, style: str, now: str | None, settings_file: Path | None, **flags: Any
) -> None:
    """Rewrite one article: a file (.txt .md .html .docx), a URL, or - for standard input.

    \b
    Example:  marbre rewrite seeds/000_7fd1b95d1a6cabb8.txt --words 800
              marbre rewrite seeds/000_7fd1b95d1a6cabb8.txt --dry-run
    """
    from pipeline.interrupt import Interruption
    from pipeline.items import item_of

    overwrite_edited = flags.pop("overwrite_edited")
    settings = settings_of(flags, settings_file)
    item = item_of(source, settings, sys.stdin.buffer)
    # Of one article only what the user named may give background: its neighbours are nobody's business.
    wanted = Wanted(settings, flags, [item], lambda: iter(()), overwrite_edited)
    with Interruption().heard() as interruption:
        if dry_run:
            from pipeline.cli.foretelling import tell

            tell(wanted, now, style)
        else:
            run_articles(wanted, now, style, interruption)


@dataclass(frozen=True)
class Wanted:
    """What a run is to do."""

    settings: "Settings"
    flags: dict[str, Any]
    items: "list[Item]"
    neighbours: Callable[[], Any]
    """The files that may give background."""
    overwrite_edited: bool
    looks_back: bool = False
    """Whether a source that was printed before is left out."""


def run_articles(wanted: Wanted, now: str | None, style: str, interruption: "Interruption") -> None:
    """Run the articles, print the result, exit."""
    import asyncio
    from time import monotonic

    from pipeline.crew import collect_seldom

    collect_seldom()
    _load_ahead(wanted)
    from pipeline import batch as batches
    from pipeline import report
    from pipeline.console import summary
    from pipeline.model import Outcome
    from pipeline.progress import Progress
    from pipeline.searched import as_json
    from pipeline.settings import chosen_writer

    settings, items = wanted.settings, wanted.items
    writer, started, moment = chosen_writer(settings), monotonic(), time_of(now)
    refuse_what_cannot_be(settings, wanted.flags, writer)
    searched = _begun(settings, writer, items)
    outcomes: list[Outcome] = []
    left = Left()
    with Progress(len(items)) as progress:

        def tell(outcome: Outcome) -> None:
            outcomes.append(outcome)
            progress.tell(outcome)

        try:
            asyncio.run(_go(wanted, searched, writer, moment, progress, tell, left, interruption))
        except (KeyboardInterrupt, asyncio.CancelledError):
            interruption.asked = True
            outcomes += batches.not_finished(items, outcomes, left.unfinished)
    order = {item.ref: n for n, item in enumerate(items)}
    outcomes.sort(key=lambda o: order.get(o.source, 0))
    seconds = monotonic() - started
    if style == "json":
        print_json(report.run_json(outcomes, seconds) | as_json(searched))
    else:
        summary(outcomes, settings, writer, seconds)
    click.echo("".join(f"marbre: {note}\n" for note in left.notes), err=True, nl=False)
    if interruption.asked:
        raise KeyboardInterrupt
    if left.trouble:
        raise left.trouble[0]
    sys.exit(batches.exit_code(outcomes))


def _load_ahead(wanted: Wanted) -> None:
    """What checks new articles is loaded beside what asks for them."""
    from pipeline.crew import load_ahead
    from pipeline.ledger import has_new

    settings, sources = wanted.settings, [item.key for item in wanted.items]
    if has_new(settings.out, settings.ledger, sources):
        load_ahead(len(sources))


@dataclass(frozen=True)
class Left:
    """What a run leaves beside its outcomes, however it ends."""

    notes: list[str] = field(default_factory=list)
    trouble: list[MarbreError] = field(default_factory=list)
    unfinished: "list[Outcome]" = field(default_factory=list)


async def _go(
    wanted: Wanted,
    searched: "Searched",
    writer: Literal["llm", "offline"],
    now: "datetime",
    progress: "Progress",
    tell: "Callable[[Outcome], None]",
    left: Left,
    interruption: "Interruption",
) -> None:
    from contextlib import closing
    from dataclasses import replace

    from pipeline import batch as batches
    from pipeline.near import Near
    from pipeline.run import Listener

    listener = Listener(progress.heard, progress.say)
    settings, flags, articles = wanted.settings, wanted.flags, len(wanted.items)
    opened = batches.open_run(
        settings, flags, writer, now, wanted.neighbours, listener, articles, searched.given
    )
    async with opened as run:
        with closing(Near(run.ledger, settings.out)) as near:
            asked = replace(
                run, overwrite_edited=wanted.overwrite_edited, near=near if wanted.looks_back else None
            )
            interruption.means(batches.ending(asked))
            try:
                await batches.process(asked, searched.items, tell)
            finally:
                left.notes.extend(run.notes)
                left.unfinished.extend(run.unfinished)
    left.trouble.extend(run.trouble)


def refuse_no_related(settings: "Settings") -> None:
    """Raises `UsageError` for a folder of background that is not there."""
    if settings.related is not None and not settings.related.is_dir():
        raise UsageError(
            "no_folder", f"There is no folder {settings.related}.", "Give another with --related."
        )


def refuse_what_cannot_be(settings: "Settings", flags: dict[str, Any], writer: str) -> None:
    """Settings that contradict each other, folders that are not there. Raises `UsageError`."""
    refuse_no_related(settings)
    if settings.archive is not None:
        from pipeline.archive.kept import refuse_no_archive

        refuse_no_archive(settings.archive)
    if flags.get("wait") and not settings.economy:
        raise UsageError(
            "wait",
            "Only batches are waited for, and none is asked for.",
            "Give --economy too, or leave --wait out.",
        )
    if settings.economy and writer == "offline":
        raise UsageError(
            "economy",
            "Economy mode asks a model, and there is none to ask.",
            "Set OPENAI_API_KEY, give --base-url, or leave --economy out.",
        )


def _begun(settings: "Settings", writer: str, items: "list[Item]") -> "Searched":
    """Say who writes, and which articles got a keyphrase of a file."""
    from pipeline.searched import as_text, search

    searched = search(settings.keyphrases, items)
    click.echo(writer_line(settings, writer), err=True)
    if settings.keyphrases:
        click.echo(as_text(searched), err=True)
    return searched


def writer_line(settings: "Settings", writer: str) -> str:
    if writer == "offline":
        why = "as asked" if settings.writer == "offline" else "no OPENAI_API_KEY and no --base-url"
        return f"Writer: offline ({why}): working drafts, no model is asked."
    from pipeline.settings import local_file

    where = "on this machine" if local_file(settings) else f"at {settings.server}"
    return f"Writer: {settings.model} {where}."
