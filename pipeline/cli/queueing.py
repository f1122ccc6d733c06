"""`marbre submit`, `worker`, `status` and `export`: the article job on many machines, over Postgres."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

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
from pipeline.cli.keeping import check_metrics
from pipeline.cli.writing import (
    BASE_URL,
    BUDGET,
    CONCURRENCY,
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
from pipeline.errors import ExitCode, MarbreError

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.ledger import Ledger
    from pipeline.settings import Settings
    from pipeline.workers.events import Event
    from pipeline.workers.export import Exported
    from pipeline.workers.status import Status
    from pipeline.workers.submit import Submitted

_SHOWN = 20


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
    from pipeline.workers.queue import BATCH, EDITOR

    settings = settings_of(flags, settings_file)
    refuse_no_related(settings)
    moment, content = time_of(now), content_of(settings)
    ledger = _ledger(settings)
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
        print_json(_submitted_json(told))
    else:
        click.echo(_submitted(told))
    sys.exit(ExitCode.NOT_WRITTEN if told.unread else ExitCode.READY)


def _submitted(told: "Submitted") -> str:
    again = f", {told.again:,} once more (changed, failed or left over)" if told.again else ""
    passed = f" {told.passed_over:,} files are of no type that is read." if told.passed_over else ""
    none = " Nothing was added." if not (told.new or told.again) else ""
    return f"{told.sources:,} sources: {told.new:,} new{again}, {told.known:,} known already.{none}{passed}"


def _submitted_json(told: "Submitted") -> dict[str, Any]:
    unread = [
        {"source": e.about, "code": e.code, "message": e.message, "remedy": e.remedy} for e in told.unread
    ]
    return {
        "schema": "marbre.submitted/1",
        "sources": told.sources,
        "new": told.new,
        "again": told.again,
        "known": told.known,
        "passed_over": told.passed_over,
        "unread": unread,
    }


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
@options(BASE_URL, CONCURRENCY, BUDGET, LEDGER, SETTINGS)
def worker(until_empty: bool, grace: float, style: str, settings_file: Path | None, **flags: Any) -> None:
    """Write what was submitted, until SIGTERM. As many as you like, on any machine that reaches Postgres and the model.

    \b
    Example:  marbre worker --concurrency 20 --ledger postgresql://marbre@db.example/marbre
    """
    import asyncio
    import signal

    from pipeline.workers.events import Event
    from pipeline.workers.worker import Wanted, work

    tell = _teller(style)
    try:
        settings = settings_of(flags, settings_file)
        ended_by = asyncio.run(work(settings, Wanted(until_empty, grace, tell)))
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


@cli.command()
@click.option(
    "--metrics",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write the same there as Prometheus text, whole or not at all.",
)
@options(LEDGER, SETTINGS, FORMAT)
def status(settings_file: Path | None, style: str, metrics: Path | None, **flags: Any) -> None:
    """Say how far the workers are: what waits, runs, is done or failed, how fast it goes, and what it has cost.

    \b
    Example:  marbre status --ledger postgresql://marbre@localhost/marbre
    """
    from pipeline.workers.status import status_of

    check_metrics(metrics)
    ledger = _ledger(settings_of(flags, settings_file))
    try:
        told = status_of(ledger)
    finally:
        ledger.close()
    if metrics:
        from pipeline.publish.folder import put_page
        from pipeline.workers.metrics import text_of

        put_page(metrics, text_of(told))
    if style == "json":
        print_json(told.as_json())
    else:
        click.echo(_status(told))


def _status(told: "Status") -> str:
    from pipeline.console import money

    waits = f", the oldest for {told.oldest:,.0f} s" if told.oldest is not None else ""
    others = f" ({told.others:,} for another version of Marbre)" if told.others else ""
    verdicts = ", ".join(f"{n:,} {name}" for name, n in told.verdicts.items())
    lines = [
        f"waiting  {told.waiting:,}{waits}{others}",
        f"running  {told.running:,} on {told.workers:,} workers",
        f"done     {told.done:,}" + (f" ({verdicts})" if verdicts else ""),
        f"failed   {told.failed:,}" + (f", {told.set_aside:,} set aside" if told.set_aside else ""),
        f"rate     {told.rate:,.0f} an hour",
        f"spent    {', '.join(map(money, told.spent)) or '0'}",
    ]
    lines += [f"  {each.source}: {each.why}" for each in told.left[:_SHOWN]]
    return "\n".join(lines)


@cli.command()
@click.option("--out", type=click.Path(path_type=Path), help="Where the pieces go [default: outputs].")
@options(NOW, LEDGER, SETTINGS, FORMAT)
def export(settings_file: Path | None, style: str, now: str | None, **flags: Any) -> None:
    """Write the finished pieces into a folder, with links, index and feeds, as marbre batch would have.

    Pieces that were edited there stay as they are.

    \b
    Example:  marbre export --out outputs --ledger postgresql://marbre@localhost/marbre
    """
    import asyncio

    from pipeline.workers.export import export as exported
    from pipeline.workers.queue import ledger_url
    from pipeline.workers.status import status_of

    settings = settings_of(flags, settings_file)
    url, moment = ledger_url(settings), time_of(now)
    ledger = _ledger(settings)
    try:
        state = status_of(ledger)
    finally:
        ledger.close()
    told = asyncio.run(exported(url, settings, moment))
    if style == "json":
        print_json(_exported_json(told, state, settings.out))
    else:
        click.echo(_exported(told, state, settings.out))
    if told.left_out:
        click.echo(f"marbre: {told.left_out}", err=True)
    if state.failed or state.set_aside:
        sys.exit(ExitCode.NOT_WRITTEN)
    sys.exit(ExitCode.NEEDS_WORK if told.verdicts.get("needs_work") else ExitCode.READY)


def _exported(told: "Exported", state: "Status", out: Path) -> str:
    lines = [f"{told.pieces:,} pieces in {out}, {len(told.written):,} of them written now."]
    if told.edited:
        lines.append(f"Edited here, and left as they are: {', '.join(told.edited[:_SHOWN])}.")
    if told.elsewhere:
        lines.append(
            f"{told.elsewhere:,} pieces were written by marbre batch: they lie where that wrote them."
        )
    lines += [f"  not written: {each.source}: {each.why}" for each in state.left[:_SHOWN]]
    return "\n".join(lines)


def _exported_json(told: "Exported", state: "Status", out: Path) -> dict[str, Any]:
    return {
        "schema": "marbre.export/1",
        "out": str(out),
        "pieces": told.pieces,
        "verdicts": told.verdicts,
        "written": list(told.written),
        "edited": list(told.edited),
        "elsewhere": told.elsewhere,
        "waiting": state.waiting,
        "running": state.running,
        "failed": state.failed,
        "set_aside": state.set_aside,
        "left": state.as_json()["left"],
    }


def _ledger(settings: "Settings") -> "Ledger":
    """Raises `UsageError` unless it is on Postgres, with what workers need."""
    from pipeline.ledger import Ledger
    from pipeline.workers.queue import ledger_url, prepared

    return prepared(Ledger(ledger_url(settings), settings.ledger_wait))
