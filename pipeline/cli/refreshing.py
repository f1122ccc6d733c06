"""`marbre refresh`."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from pipeline.cli.base import cli, print_json, settings_of, time_of
from pipeline.cli.writing import RUNNING, writer_line

if TYPE_CHECKING:
    from datetime import datetime

    from pipeline.model import Outcome
    from pipeline.refresh.deciding import Asked
    from pipeline.refresh.run import Refreshed
    from pipeline.settings import Settings


@cli.command()
@click.option("--limit", type=click.IntRange(1), help="At most so many pieces are written again.")
@click.option("--dry-run", is_flag=True, help="Tell of each piece whether it is due, and why; write nothing.")
@click.option(
    "--also",
    multiple=True,
    type=click.Choice(["model", "prompt"]),
    help="What else is a reason: another model, newer prompts; may be given twice.",
)
@click.option(
    "--check-links", is_flag=True, help="Look whether the addresses in the pieces still lead somewhere."
)
@click.option(
    "--traffic",
    type=click.Path(path_type=Path),
    metavar="CSV",
    help="Comparison of 28 days by page, from Search Console; pages that lose their readers are due.",
)
@RUNNING
def refresh(
    limit: int | None,
    dry_run: bool,
    also: tuple[Literal["model", "prompt"], ...],
    check_links: bool,
    traffic: Path | None,
    overwrite_edited: bool,
    style: str,
    now: str | None,
    settings_file: Path | None,
    **flags: Any,
) -> None:
    """Look at every piece written before, say which are due and why, and write those again.

    Due is what its source no longer says, or what a date made stale; age alone is no reason. Only the sections that
    rest on what changed are written again. With nothing due, nothing is written and no model asked.

    \b
    Example:  marbre refresh --dry-run
    """
    from pipeline.refresh.deciding import Asked
    from pipeline.refresh.run import check
    from pipeline.settings import chosen_writer

    settings = settings_of(flags, settings_file)
    asked = Asked(frozenset(also), check_links, traffic, limit, overwrite_edited)
    check(asked, settings)
    moment = time_of(now)
    writer = chosen_writer(settings)
    if dry_run:
        _tell(settings, asked, writer, moment, style)
        return
    click.echo(writer_line(settings, writer), err=True)
    _do(settings, flags, asked, writer, moment, style)


def _tell(
    settings: "Settings", asked: "Asked", writer: Literal["llm", "offline"], now: "datetime", style: str
) -> None:
    from pipeline.refresh.run import decided, standing

    due = total = 0
    outcomes = []
    for decision in decided(settings, asked, writer, now):
        total += 1
        due += bool(decision.reasons)
        if style == "json":
            outcomes.append((standing(decision, settings), bool(decision.reasons)))
        else:
            click.echo(f"{'due' if decision.reasons else 'not due'}: {decision.slug}: {decision.why}")
    if style == "json":
        _print_plan(outcomes)
    else:
        click.echo(f"{due} of {total} pieces are due.", err=True)


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
) -> None:
    import asyncio
    from time import monotonic

    from pipeline import report
    from pipeline.console import Progress, summary
    from pipeline.refresh.run import refresh as refreshing

    started = monotonic()
    stayed: list[Outcome] = []
    done: list[Outcome] = []
    finished: list[Refreshed] = []

    async def go(tell: "Callable[[Outcome], None]", heard: Callable[[int], None]) -> None:
        stay = stayed.append if style == "json" else lambda _: None
        finished.append(
            await refreshing(settings, flags, asked, writer, now, tell=tell, stay=stay, heard=heard)
        )

    interrupted = False
    with Progress(None) as progress:

        def tell(outcome: "Outcome") -> None:
            done.append(outcome)
            progress.tell(outcome)

        try:
            asyncio.run(go(tell, progress.heard))
        except KeyboardInterrupt:
            interrupted = True
    outcomes = list(finished[0].outcomes) if finished else done
    seconds = monotonic() - started
    if style == "json":
        print_json(report.run_json([*stayed, *outcomes], seconds))
    elif outcomes or interrupted:
        summary(outcomes, settings, writer, seconds)
    if finished:
        stayed_ones = finished[0].stayed
        verb = "piece was" if stayed_ones == 1 else "pieces were"
        click.echo(f"{stayed_ones} {verb} not due.", err=True)
        for note in finished[0].notes:
            click.echo(f"marbre: {note}", err=True)
    if interrupted:
        raise KeyboardInterrupt
    if finished[0].trouble:
        raise finished[0].trouble[0]
    sys.exit(finished[0].exit_code)
