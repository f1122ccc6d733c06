"""`marbre worker`: the article job, for as long as jobs are to be had."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.base import LEDGER, SETTINGS, cli, options, settings_of
from pipeline.cli.writing import BASE_URL, BUDGET, CONCURRENCY
from pipeline.errors import ExitCode, MarbreError

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.workers.events import Event


@cli.command()
@click.option("--until-empty", is_flag=True, help="End when no job waits or runs anywhere.")
@click.option(
    "--grace",
    type=click.FloatRange(0, 3_600),
    default=60.0,
    show_default=True,
    help="Seconds for which articles under way are finished after SIGTERM; then they are given back.",
)
@click.option(
    "--log",
    "style",
    type=click.Choice(["text", "json"]),
    default="text",
    help="How lines on standard error are written: for a person, or as JSON, one object a line.",
)
@click.option(
    "--refresh-cron",
    "cron",
    metavar='"M H D M W"',
    help="Look at all pieces at these times (UTC) and add a job for each that is due; of several workers one does.",
)
@options(BASE_URL, CONCURRENCY, BUDGET, LEDGER, SETTINGS)
def worker(
    until_empty: bool, grace: float, style: str, cron: str | None, settings_file: Path | None, **flags: Any
) -> None:
    """Write what was submitted, until SIGTERM. As many as you like, on any machine that reaches Postgres and the model.

    \b
    Example:  marbre worker --concurrency 20 --ledger postgresql://marbre@db.example/marbre
    """
    import asyncio
    import signal

    from pipeline.workers.events import Event
    from pipeline.workers.queue import cron_of
    from pipeline.workers.worker import Wanted, work

    tell = _teller(style)
    try:
        settings = settings_of(flags, settings_file)
        ended_by = asyncio.run(work(settings, Wanted(until_empty, grace, tell, cron and cron_of(cron))))
    except MarbreError as error:
        tell(Event("error", str(error)))
        sys.exit(error.exit_code)
    sys.exit(ExitCode.INTERRUPTED if ended_by == signal.SIGINT else ExitCode.READY)


def _teller(style: str) -> "Callable[[Event], None]":
    """On standard error, each line at once."""
    from datetime import UTC, datetime

    from pipeline.workers.events import json_line

    def tell(event: "Event") -> None:
        told = f"marbre: {event.message}" if style == "text" else json_line(event, datetime.now(UTC))
        click.echo(told, err=True)

    return tell
