"""`marbre submit`: sources and their settings into a ledger on Postgres, a job for each."""

import sys
from pathlib import Path
from typing import Any

import click

from pipeline.cli.base import (
    FORMAT,
    GRAMMAR,
    KEYPHRASE,
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


@cli.command()
@click.argument("targets", metavar="TARGET...", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1), help="At most so many sources.")
@click.option("--first", is_flag=True, help="Before all others: somebody waits for them.")
@options(
    NEAR_DUPLICATES,
    WORDS,
    KEYPHRASE,
    TONE,
    INSTRUCTIONS,
    RELATED,
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

    from pipeline.sources.targets import items_of
    from pipeline.sources.visitor import visitor_of
    from pipeline.workers import submit as submitting
    from pipeline.workers.beside import shelved
    from pipeline.workers.content import content_of, flags_of
    from pipeline.workers.queue import BATCH, EDITOR, opened
    from pipeline.workers.told import submitted_json, submitted_text

    settings = settings_of(flags, settings_file)
    refuse_no_related(settings)
    moment, content = time_of(now), content_of(settings)
    ledger = opened(settings)
    try:
        content = shelved(ledger, content, settings)
        found = items_of(
            targets, settings.out, visitor_of(settings), lambda line: click.echo(f"marbre: {line}", err=True)
        )
        told = submitting.submit(
            ledger, islice(found, limit), content, flags_of(flags), moment, EDITOR if first else BATCH
        )
    finally:
        ledger.close()
    for error in told.unread:
        click.echo(f"marbre: {error}", err=True)
    if style == "json":
        print_json(submitted_json(told))
    else:
        click.echo(submitted_text(told))
    sys.exit(ExitCode.NOT_WRITTEN if told.unread else ExitCode.READY)
