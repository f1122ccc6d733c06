"""A schedule in the foreground: `marbre refresh --every`, `--cron`, and what it is told."""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click
from click.core import ParameterSource

from pipeline.cli.base import options
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from pipeline.schedule.times import When
    from pipeline.settings import Settings

WHEN = options(
    click.option(
        "--every",
        metavar="TIME",
        help="Again and again, so far apart: 90s, 15m, 6h, 1d.",
    ),
    click.option("--cron", metavar='"M H D M W"', help="At the times of a cron expression."),
    click.option("--jitter", metavar="TIME", help="Each run later by chance, by so much at most."),
    click.option(
        "--time-zone",
        metavar="NAME",
        help="The zone of these times and of the runs [default: the machine's].",
    ),
)
"""When to refresh; `--every` or `--cron`."""
KEEPING = options(
    click.option("--at-once", is_flag=True, help="Run at the start too."),
    click.option(
        "--grace",
        metavar="TIME",
        help="What a run under way may take to finish its pieces when asked to stop [default: 60s].",
    ),
)
"""How a schedule in the foreground behaves."""
_GRACE = "60s"
_PARAMETERS = ("every", "cron", "jitter", "at_once", "grace", "metrics")


@dataclass(frozen=True, slots=True)
class Kept:
    """`jitter` and `grace` are in seconds."""

    when: "When"
    jitter: int
    grace: int
    at_once: bool


def kept_of(
    settings: "Settings",
    every: str | None,
    cron: str | None,
    jitter: str | None,
    grace: str | None,
    *,
    at_once: bool,
) -> Kept | None:
    """None where no schedule is asked for. Raises `UsageError`."""
    if every and cron:
        raise UsageError("schedule", "--every and --cron exclude each other.", "Leave one of them out.")
    if not every and not cron:
        if jitter or grace or at_once:
            raise UsageError("schedule", "There is no schedule.", "Give --every 6h, or --cron too.")
        return None
    from pipeline.schedule.times import Every, cron_of, seconds_of, zone_of

    when: When = Every(seconds_of(every)) if every else cron_of(cron or "", zone_of(settings.time_zone))
    return Kept(when, seconds_of(jitter) if jitter else 0, seconds_of(grace or _GRACE), at_once)


def alone(given: bool, option: str) -> None:
    """Raises `UsageError` where an option of one run is given for many."""
    if given:
        raise UsageError("schedule", f"{option} is for one refresh.", "Leave --every and --cron out.")


def check_metrics(file: Path | None) -> None:
    """Raises `UsageError` for a file that cannot be written where it is to be, or that another would lose its place to."""
    if not file:
        return
    if not file.absolute().parent.is_dir():
        raise UsageError("metrics", f"There is no folder {file.absolute().parent}.", "Make it first.")
    from pipeline.prometheus import is_ours

    if not is_ours(file):
        raise UsageError("metrics", f"{file} is there and holds no metrics.", "Give another with --metrics.")


def arguments_of(context: click.Context, without: tuple[str, ...] = _PARAMETERS) -> list[str]:
    """The options that were given on this command line, as words of another."""
    words: list[str] = []
    for parameter in context.command.params:
        name, value = str(parameter.name), context.params.get(str(parameter.name))
        given = context.get_parameter_source(name) is ParameterSource.COMMANDLINE
        if not given or name in without or not isinstance(parameter, click.Option):
            continue
        option = max(parameter.opts, key=len)
        if parameter.is_flag:
            words.append(option)
        else:
            words += [f"{option}={v}" for v in (value if isinstance(value, tuple) else (value,))]
    return words


def program() -> list[str]:
    """The words that start this program again."""
    script = Path(sys.executable).with_name("marbre")
    return [str(script)] if script.is_file() else [sys.executable, "-m", "pipeline"]


def keep(kept: Kept, settings: "Settings", metrics: Path | None, arguments: list[str]) -> NoReturn:
    """Refresh at the times asked for, until SIGTERM (exit code 0) or SIGINT (`KeyboardInterrupt`)."""
    import asyncio
    import signal

    from pipeline.schedule.lock import held
    from pipeline.schedule.record import place_of

    place = place_of(settings)
    with held(place.schedule_lock, "Another schedule for this ledger"):
        ended_by = asyncio.run(_kept(kept, settings, metrics, [*program(), "refresh", *arguments]))
    if ended_by == signal.SIGINT:
        raise KeyboardInterrupt
    sys.exit(0)


async def _kept(kept: Kept, settings: "Settings", metrics: Path | None, command: list[str]) -> int:
    """The number of the signal that ended it."""
    import os
    from random import random

    from pipeline.schedule import child
    from pipeline.schedule.health import Writer
    from pipeline.schedule.keeper import RealClock, Wanted
    from pipeline.schedule.keeper import keep as keep_on
    from pipeline.schedule.record import place_of, read
    from pipeline.schedule.times import zone_of

    stop, place = child.Stop(), place_of(settings)
    clock = RealClock(stop.asked)
    zone = {"TZ": settings.time_zone} if settings.time_zone else {}
    environ: dict[str, Any] = {**os.environ, **zone}
    told = read(place.record)
    diary = Writer(
        place, str(kept.when), zone_of(settings.time_zone), metrics, clock.now,
        lambda line: click.echo(line, err=True),
    )  # fmt: skip
    wanted = Wanted(kept.when, kept.jitter, random, at_once=kept.at_once)
    with child.heeding_signals(stop):
        await keep_on(
            wanted, told.ended or told.started, clock,
            lambda: child.run(command, environ, stop, kept.grace), diary,
        )  # fmt: skip
    return stop.signal
