"""`marbre rewrite` and `marbre batch`."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

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
    from pipeline.items import Item
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
RUNNING = options(
    click.option("--out", type=click.Path(path_type=Path), help="Where the pieces go [default: outputs]."),
    click.option(
        "--related", type=click.Path(path_type=Path), help="Folder of articles that may give background."
    ),
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
_WRITING = options(
    WORDS,
    KEYPHRASE,
    KEYPHRASES,
    TONE,
    INSTRUCTIONS,
    RUNNING,
)


@cli.command()
@click.argument("source")
@_WRITING
def rewrite(source: str, style: str, now: str | None, settings_file: Path | None, **flags: Any) -> None:
    """Rewrite one article: a file (.txt .md .html .docx), a URL, or - for standard input.

    \b
    Example:  marbre rewrite seeds/000_7fd1b95d1a6cabb8.txt --words 800
    """
    from pipeline.items import item_of

    overwrite_edited = flags.pop("overwrite_edited")
    settings = settings_of(flags, settings_file)
    item = item_of(source, settings, sys.stdin.buffer)
    # Of one article only what the user named may give background: its neighbours are nobody's business.
    _run(settings, flags, now, style, [item], lambda: iter(()), overwrite_edited=overwrite_edited)


@cli.command()
@click.argument("targets", metavar="TARGET...", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1), help="At most so many sources.")
@click.option(
    "--economy",
    flag_value=True,
    type=bool,
    default=None,
    help="Ask by the provider's Batch API: half the price, up to a day for each step. Run it again to go on.",
)
@click.option(
    "--wait",
    flag_value=True,
    type=bool,
    default=None,
    help="With --economy: wait until all batches have ended.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be done; write nothing, ask no model.")
@_WRITING
def batch(
    targets: tuple[str, ...],
    limit: int | None,
    dry_run: bool,
    style: str,
    now: str | None,
    settings_file: Path | None,
    **flags: Any,
) -> None:
    """Rewrite every source of what is given. Running it again finishes what is left and pays nothing twice.

    A TARGET is a folder; a file (.txt .md .html .docx); the address of a feed or sitemap, or such a file (.xml .rss
    .atom .rdf, .xml.gz); or @LIST, a text or CSV file with an address a line. Sites are asked slowly and by their rules.

    A source too short for the words asked for may take background, attributed, from the others of the folder,
    or from those of --related instead.

    \b
    Example:  marbre batch seeds --concurrency 4
              marbre batch https://journal.example/feed.xml @adresses.csv
    """
    from functools import partial
    from itertools import islice

    from pipeline.sources.targets import items_of, paths_beside
    from pipeline.sources.visitor import visitor_of

    overwrite_edited = flags.pop("overwrite_edited")
    settings = settings_of(flags, settings_file)
    found = items_of(
        targets, settings.out, visitor_of(settings), lambda line: click.echo(f"marbre: {line}", err=True)
    )
    items = list(islice(found, limit))
    if dry_run:
        _print_plan(items, settings, flags, style)
        return
    neighbours = partial(paths_beside, targets, settings.out)
    _run(settings, flags, now, style, items, neighbours, overwrite_edited=overwrite_edited)


def _run(
    settings: "Settings",
    flags: dict[str, Any],
    now: str | None,
    style: str,
    items: "list[Item]",
    neighbours: Callable[[], Any],
    *,
    overwrite_edited: bool,
) -> None:
    """Run the articles, print the result, exit."""
    import asyncio
    from dataclasses import replace
    from time import monotonic

    from pipeline import batch as batches
    from pipeline import report
    from pipeline.console import Progress, summary
    from pipeline.job import Listener
    from pipeline.model import Outcome
    from pipeline.searched import as_json
    from pipeline.settings import chosen_writer

    writer, started = chosen_writer(settings), monotonic()
    moment = time_of(now)
    _refuse_what_cannot_be(settings, flags, writer)
    searched = _begun(settings, writer, items)
    outcomes: list[Outcome] = []

    async def go(tell: Callable[[Outcome], None], progress: Progress) -> list[MarbreError]:
        async with batches.open_run(
            settings,
            flags,
            writer,
            moment,
            neighbours,
            Listener(progress.heard, progress.say),
            len(items),
            searched.given,
        ) as run:
            try:
                asked = replace(run, overwrite_edited=overwrite_edited)
                await batches.process(asked, searched.items, tell)
            finally:
                notes.extend(run.notes)
                unfinished.extend(run.unfinished)
        return run.trouble

    trouble: Sequence[BaseException] = []
    notes: list[str] = []
    unfinished: list[Outcome] = []
    with Progress(len(items)) as progress:

        def tell(outcome: Outcome) -> None:
            outcomes.append(outcome)
            progress.tell(outcome)

        try:
            trouble = asyncio.run(go(tell, progress))
        except KeyboardInterrupt as stop:
            trouble = [stop]
            outcomes += batches.not_finished(items, outcomes, unfinished)
    order = {item.ref: n for n, item in enumerate(items)}
    outcomes.sort(key=lambda o: order.get(o.source, 0))
    seconds = monotonic() - started
    if style == "json":
        print_json(report.run_json(outcomes, seconds) | as_json(searched))
    else:
        summary(outcomes, settings, writer, seconds)
    click.echo("".join(f"marbre: {note}\n" for note in notes), err=True, nl=False)
    if trouble:
        raise trouble[0]
    sys.exit(batches.exit_code(outcomes))


def _refuse_what_cannot_be(settings: "Settings", flags: dict[str, Any], writer: str) -> None:
    """Settings that contradict each other. Raises `UsageError`."""
    if settings.related is not None and not settings.related.is_dir():
        raise UsageError(
            "no_folder", f"There is no folder {settings.related}.", "Give another with --related."
        )
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


def _print_plan(items: "list[Item]", settings: "Settings", flags: dict[str, Any], style: str) -> None:
    from pipeline import batch as batches
    from pipeline.searched import as_json, as_text, search

    searched = search(settings.keyphrases, items)
    planned = batches.dry_run(searched.items, settings)
    asked = flags.get("keyphrase")
    given = {i.ref: searched.given[i.key].query.text for i in items if i.key in searched.given and not asked}
    if style == "json":
        print_json({"schema": "marbre.plan/1", "sources": planned} | as_json(searched))
        return
    for entry in planned:
        phrase = f", for “{given[entry['source']]}”" if entry["source"] in given else ""
        click.echo(f"{entry['source']}: would {entry['would']}{phrase}")
    if settings.keyphrases:
        click.echo(as_text(searched), err=True)
