"""`marbre refresh`."""

import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from pipeline.cli.base import cli, options, print_json, settings_of, time_of
from pipeline.cli.keeping import KEEPING, WHEN, alone, arguments_of, check_metrics, keep, kept_of
from pipeline.cli.writing import RUNNING, writer_line
from pipeline.errors import MarbreError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from pipeline.ledger import Ledger
    from pipeline.model import Outcome
    from pipeline.refresh.deciding import Asked, Decision
    from pipeline.refresh.run import Refreshed
    from pipeline.schedule.record import Running
    from pipeline.settings import Settings
    from pipeline.workers.refreshing import Deferred


_WORKERS_OWN = ("base_url", "concurrency", "budget", "overwrite_edited")
_OF_A_FOLDER = ("metrics", "every", "cron", "jitter", "at_once", "grace")
REFRESHING = options(
    click.option("--limit", type=click.IntRange(1), help="At most so many pieces are written again."),
    click.option(
        "--also",
        multiple=True,
        type=click.Choice(["model", "prompt"]),
        help="What else is a reason: another model, newer prompts; may be given twice.",
    ),
    click.option(
        "--check-links", is_flag=True, help="Look whether the addresses in the pieces still lead somewhere."
    ),
    click.option(
        "--traffic",
        type=click.Path(path_type=Path),
        metavar="CSV",
        help="Comparison of 28 days by page, from Search Console; pages that lose their readers are due.",
    ),
    click.option(
        "--metrics",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Write how refreshes went as Prometheus text, for node_exporter's textfile collector.",
    ),
    RUNNING,
)
"""What is due and how it is written: what a refresh is told, now or by a schedule."""


@cli.command(context_settings={"allow_extra_args": True})
@click.option("--dry-run", is_flag=True, help="Tell of each piece whether it is due, and why; write nothing.")
@REFRESHING
@WHEN
@KEEPING
@click.pass_context
def refresh(
    context: click.Context,
    /,
    limit: int | None,
    dry_run: bool,
    also: tuple[Literal["model", "prompt"], ...],
    check_links: bool,
    traffic: Path | None,
    overwrite_edited: bool,
    metrics: Path | None,
    style: str,
    now: str | None,
    settings_file: Path | None,
    every: str | None,
    cron: str | None,
    jitter: str | None,
    at_once: bool,
    grace: str | None,
    **flags: Any,
) -> None:
    """Look at every piece written before, say which are due and why, and write those again.

    Due is what its source no longer says, or what a date made stale; age alone is no reason. Only the sections that
    rest on what changed are written again. With nothing due, nothing is written and no model asked. With --every or
    --cron it does so again and again, until SIGTERM or Ctrl-C.

    On a ledger that sources were submitted to, and without --out, it looks at the pieces of workers, and adds a job for
    each that is due.

    \b
    Example:  marbre refresh --dry-run
              marbre refresh --cron "0 6 * * 1-5" --time-zone Europe/Paris --limit 20
    """
    from pipeline.refresh.deciding import Asked
    from pipeline.refresh.run import check
    from pipeline.settings import chosen_writer

    settings = settings_of(flags, settings_file)
    if context.args:
        message = f"A refresh takes no sources: it looks at every piece in {settings.out}."
        raise UsageError(
            "usage", message, f"Leave out {context.args[0]}; marbre batch writes what is new there."
        )
    asked = Asked(frozenset(also), check_links, traffic, limit, overwrite_edited)
    check(asked, settings)
    if flags["out"] is None and (ledger := _of_workers(settings)):
        with closing(ledger):
            _refuse_what_others_decide(context.params)
            _over_workers(ledger, settings, asked, time_of(now), style, dry_run=dry_run)
    check_metrics(metrics)
    kept = kept_of(settings, every, cron, jitter, grace, at_once=at_once)
    if kept:
        alone(now is not None, "--now")
        alone(dry_run, "--dry-run")
        keep(kept, settings, metrics, arguments_of(context))
    moment = time_of(now)
    writer = chosen_writer(settings)
    if dry_run:
        from pipeline.refresh.run import decided, falling

        _tell(decided(settings, asked, writer, moment), settings.out, style, lambda d: falling(d, settings))
        return
    from pipeline.schedule.record import recorded

    with recorded(settings, metrics, lambda: time_of(None)) as running:
        click.echo(writer_line(settings, writer), err=True)
        _do(settings, flags, asked, writer, moment, style, running)


def _of_workers(settings: "Settings") -> "Ledger | None":
    """The ledger, where workers write its pieces."""
    if not (settings.ledger or "").startswith("postgres"):
        return None
    from pipeline.ledger import Ledger
    from pipeline.workers.queue import ledger_url, prepared
    from pipeline.workers.refreshing import has_submissions

    ledger = Ledger(str(settings.ledger), settings.ledger_wait)
    try:
        if has_submissions(ledger):
            ledger_url(settings)
            return prepared(ledger)
    except MarbreError:
        ledger.close()
        raise
    ledger.close()
    return None


def _refuse_what_others_decide(given: dict[str, Any]) -> None:
    """Raises `UsageError` for options that would be heeded by nobody."""
    told = {
        **dict.fromkeys(_WORKERS_OWN, "is each worker's own here"),
        **dict.fromkeys(_OF_A_FOLDER, "is for the pieces of a folder"),
        "archive": "is what a piece was submitted with here",
    }
    for name, why in told.items():
        if given.get(name) not in (None, False):
            remedy = "Leave it out, or name the folder of marbre batch with --out."
            if name in ("every", "cron"):
                remedy = "Give it to a worker: marbre worker --refresh-cron “0 6 * * 1-5”."
            raise UsageError("usage", f"--{name.replace('_', '-')} {why}.", remedy)


def _over_workers(
    ledger: "Ledger", settings: "Settings", asked: "Asked", now: "datetime", style: str, *, dry_run: bool
) -> None:
    """Look at the pieces of workers, add jobs, print the result, exit."""
    from time import monotonic

    from pipeline.schedule.child import finishing_on_sigterm
    from pipeline.workers.content import expressly_of
    from pipeline.workers.refreshing import round_over

    started = monotonic()
    stayed: list[Outcome] = []
    with finishing_on_sigterm() as stopping:
        told = round_over(ledger, settings, expressly_of(settings), asked, now, stopping, here=True)
        if dry_run:
            _tell(told.decisions(), Path(), style, lambda _: ())
            sys.exit(0)
        done = told.done(stayed.append if style == "json" else lambda _: None)
    if style == "json":
        from pipeline import report

        print_json(report.run_json([*stayed, *done.outcomes], monotonic() - started))
    _say(done, style)
    if done.stopped:
        raise KeyboardInterrupt
    sys.exit(done.exit_code)


def _say(done: "Deferred", style: str) -> None:
    from pipeline.console import line

    for outcome in done.outcomes if style == "text" else ():
        click.echo(line(outcome))
    due, jobs = len(done.outcomes), f"{done.added:,} job{' was' if done.added == 1 else 's were'} added"
    told = f"{done.looked_at:,} pieces were looked at, {due:,} {'is' if due == 1 else 'are'} due, {jobs}."
    if done.elsewhere:
        told += f" {done.elsewhere:,} others are marbre batch's: marbre refresh --out FOLDER looks at them."
    click.echo(told, err=True)


def _tell(
    decisions: "Iterable[Decision]", out: Path, style: str, falling: "Callable[[Decision], tuple[str, ...]]"
) -> None:
    from dataclasses import replace

    from pipeline.refresh.left import stays

    due = total = 0
    outcomes = []
    for decision in decisions:
        total += 1
        due += bool(decision.reasons)
        fell = falling(decision)
        if style == "json":
            outcomes.append((replace(stays(decision, out), fell=fell), bool(decision.reasons)))
        else:
            told = "; ".join((decision.why, *fell))
            click.echo(f"{'due' if decision.reasons else 'not due'}: {decision.slug}: {told}")
    if style == "json":
        _print_plan(outcomes)
    else:
        click.echo(f"{due} of {total} pieces {'is' if due == 1 else 'are'} due.", err=True)


def _print_plan(outcomes: "list[tuple[Outcome, bool]]") -> None:
    from pipeline import report

    told = report.run_json([o for o, _ in outcomes], 0.0)
    for entry, (_, due) in zip(told["pieces"], outcomes, strict=True):
        entry["due"] = due
    print_json(told)


def _do(
    settings: "Settings",
    flags: dict[str, Any],
    asked: "Asked",
    writer: Literal["llm", "offline"],
    now: "datetime",
    style: str,
    running: "Running",
) -> None:
    """Do what is due, print the result, exit."""
    import asyncio
    from time import monotonic

    from pipeline.progress import Progress
    from pipeline.refresh.run import Refreshed, Watch
    from pipeline.refresh.run import refresh as refreshing
    from pipeline.schedule.child import finishing_on_sigterm

    started = monotonic()
    stayed: list[Outcome] = []
    done: list[Outcome] = []

    with Progress(None) as progress, finishing_on_sigterm() as stopping:

        def tell(outcome: "Outcome") -> None:
            done.append(outcome)
            progress.tell(outcome)

        try:
            watch = Watch(tell, stayed.append, progress.heard, stopping)
            running.result = asyncio.run(refreshing(settings, flags, asked, writer, now, watch))
        except KeyboardInterrupt:
            running.result = Refreshed(tuple(done), len(stayed), stopped=True)
    _print(running.result, stayed if style == "json" else None, settings, writer, monotonic() - started)
    if running.result.stopped:
        raise KeyboardInterrupt
    if running.result.trouble:
        raise running.result.trouble[0]
    sys.exit(running.result.exit_code)


def _print(
    told: "Refreshed", stayed: "list[Outcome] | None", settings: "Settings", writer: str, seconds: float
) -> None:
    """As JSON with those that stayed, or as text without."""
    from pipeline import report
    from pipeline.console import summary

    if stayed is not None:
        print_json(report.run_json([*stayed, *told.outcomes], seconds))
    elif told.outcomes or told.stopped:
        summary(told.outcomes, settings, writer, seconds)
    verb = "piece was" if told.stayed == 1 else "pieces were"
    click.echo(f"{told.stayed} {verb} not due.", err=True)
    for note in told.notes:
        click.echo(f"marbre: {note}", err=True)
