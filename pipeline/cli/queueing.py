"""`marbre submit`: sources and their settings into a ledger on Postgres, a job for each."""

import sys
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
from pipeline.cli.writing import (
    FORMAT_OUT,
    INSTRUCTIONS,
    JUDGE,
    MODEL,
    NEAR_DUPLICATES,
    RELATED,
    TONE,
    WRITER,
    refuse_no_related,
)
from pipeline.errors import ExitCode

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.items import Item


@cli.command()
@click.argument("targets", metavar="TARGET...", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1), help="At most so many sources.")
@click.option("--first", is_flag=True, help="Before all others: somebody waits for them.")
@options(
    NEAR_DUPLICATES,
    WORDS,
    KEYPHRASE,
    KEYPHRASES,
    TONE,
    INSTRUCTIONS,
    RELATED,
    ARCHIVE,
    WRITER,
    MODEL,
    JUDGE,
    FORMAT_OUT,
    GRAMMAR,
    NOW,
    LEDGER,
    SETTINGS,
    FORMAT,
)
def submit(
    targets: tuple[str, ...],
    limit: int | None,
    first: bool,
    style: str,
    now: str | None,
    settings_file: Path | None,
    **flags: Any,
) -> None:
    """Store sources in a ledger on Postgres, and a job for each: workers write them. A second time adds nothing.

    A TARGET is what marbre batch takes. The settings that decide what is written go along; key, address of the model
    and concurrency are each worker's own.

    \b
    Example:  marbre submit seeds --ledger postgresql://marbre@localhost/marbre
    """
    from itertools import islice

    from pipeline.searched import as_json, as_text, search
    from pipeline.sources.targets import items_of
    from pipeline.sources.visitor import visitor_of
    from pipeline.workers import submit as submitting
    from pipeline.workers.beside import archived, shelved
    from pipeline.workers.content import content_of, flags_of
    from pipeline.workers.queue import BATCH, EDITOR, opened
    from pipeline.workers.told import submitted_json, submitted_text

    settings = settings_of(flags, settings_file)
    refuse_no_related(settings)
    moment, content = time_of(now), content_of(settings)
    ledger = opened(settings)
    try:
        content = archived(ledger, shelved(ledger, content, settings), settings)
        found = items_of(
            targets, settings.out, visitor_of(settings), lambda line: click.echo(f"marbre: {line}", err=True)
        )
        chosen: Iterable[Item] = islice(found, limit)
        searched = search(settings.keyphrases, [*chosen] if settings.keyphrases else ())
        told = submitting.submit(
            ledger, searched.items or chosen, content, flags_of(flags), moment, EDITOR if first else BATCH,
            searched.given,
        )  # fmt: skip
    finally:
        ledger.close()
    if settings.keyphrases:
        click.echo(as_text(searched), err=True)
    for error in told.unread:
        click.echo(f"marbre: {error}", err=True)
    if style == "json":
        print_json(submitted_json(told) | as_json(searched))
    else:
        click.echo(submitted_text(told))
    sys.exit(ExitCode.NOT_WRITTEN if told.unread else ExitCode.READY)
