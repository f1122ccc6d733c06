"""`marbre schedule`: refreshes by a scheduler that is there already, and how one in the foreground fares."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.base import FORMAT, LEDGER, OUT, SETTINGS, cli, print_json, settings_of
from pipeline.cli.keeping import KEEPING, WHEN, arguments_of, check_metrics, kept_of, program
from pipeline.cli.refreshing import REFRESHING
from pipeline.errors import MarbreError, UsageError

if TYPE_CHECKING:
    from pipeline.cli.keeping import Kept
    from pipeline.schedule.words import Job
    from pipeline.settings import Settings

_WHEN = ("every", "cron", "jitter")
_OF_OURS = ("to_folder", "time_zone")


@cli.group()
def schedule() -> None:
    """Print units that refresh at set times, or say how a schedule in the foreground fares.

    \b
    Example:  marbre schedule systemd --cron "0 6 * * 1-5" --limit 20 --to ~/.config/systemd/user
    """


@schedule.command()
@click.option(
    "--to",
    "to_folder",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Write the files there instead of printing them; the folder is made where it is missing.",
)
@REFRESHING
@WHEN
@click.pass_context
def systemd(context: click.Context, /, to_folder: Path | None, **options: Any) -> None:
    """A service and a timer of systemd that run `marbre refresh` with these options in this folder.

    \b
    Example:  marbre schedule systemd --every 6h --jitter 5m --out pieces
    """
    from pipeline.publish.folder import put_page
    from pipeline.schedule.systemd import units

    settings, kept = _asked(options)
    files = units(_job(context), kept.when, kept.jitter, settings.time_zone)
    if to_folder:
        to_folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        if to_folder:
            put_page(to_folder / name, text)
            click.echo(f"Wrote {to_folder / name}.", err=True)
        else:
            click.echo(f"# {name}\n{text}")
    _tell_environment()
    click.echo(
        "Put both into ~/.config/systemd/user, then: systemctl --user daemon-reload && "
        "systemctl --user enable --now marbre-refresh.timer (and loginctl enable-linger to run while logged out).",
        err=True,
    )


@schedule.command()
@REFRESHING
@WHEN
@click.pass_context
def cron(context: click.Context, /, **options: Any) -> None:
    """A line of a crontab that runs `marbre refresh` with these options in this folder.

    \b
    Example:  marbre schedule cron --cron "0 6 * * 1-5" --limit 20
    """
    from pipeline.schedule.crontab import line
    from pipeline.schedule.times import zone_of

    settings, kept = _asked(options)
    if settings.time_zone and str(zone_of(None)) != settings.time_zone:
        raise UsageError(
            "time_zone",
            f"cron goes by this machine's time, not by that of {settings.time_zone}.",
            "Leave the time zone out, or take systemd.",
        )
    click.echo(line(_job(context), kept.when, kept.jitter), nl=False)
    _tell_environment()
    click.echo("Add it with: crontab -e", err=True)


@schedule.command()
@REFRESHING
@WHEN
@KEEPING
@click.pass_context
def docker(context: click.Context, /, **options: Any) -> None:
    """A compose file whose service refreshes with these options in this folder, by the image of deploy/.

    \b
    Example:  marbre schedule docker --every 6h --limit 20 > compose.yaml
    """
    import os

    from pipeline.schedule.compose import service

    settings, _ = _asked(options)
    user = f"{os.getuid()}:{os.getgid()}" if sys.platform != "win32" else "1000:1000"
    job = _job(context, (*_OF_OURS,))
    outside = [p for p in _folders(options, settings) if not p.is_relative_to(job.folder)]
    click.echo(service(job, user, settings.time_zone, list(dict.fromkeys(outside))), nl=False)
    _tell_environment("marbre.env, beside the compose file")
    click.echo("Sources that lie elsewhere need a line of their own under volumes.", err=True)


@schedule.command()
@OUT
@LEDGER
@SETTINGS
@FORMAT
def health(style: str, settings_file: Path | None, **flags: Any) -> None:
    """Say in a line how the schedule of a ledger fares: exit code 0, or 4 when it is not alive.

    \b
    Example:  marbre schedule health --out outputs
    """
    from datetime import UTC, datetime

    from pipeline.schedule import health as state
    from pipeline.schedule.record import place_of, read
    from pipeline.schedule.times import zone_of

    settings = settings_of(flags, settings_file)
    place = place_of(settings)
    ills = state.ills(place, datetime.now(UTC))
    told, record = state.read(place.schedule), read(place.record)
    if style == "json":
        both = {
            n: v.model_dump(mode="json", by_alias=True) for n, v in (("schedule", told), ("refresh", record))
        }
        print_json({"schema": "marbre.health/1", "healthy": not ills, "why": ills} | both)
    else:
        click.echo(state.line(told, record, zone_of(settings.time_zone)))
    if ills:
        raise MarbreError("schedule", f"Not healthy: {ills}.", "Start it again: marbre refresh --every 6h.")


def _asked(options: dict[str, Any]) -> "tuple[Settings, Kept]":
    """The settings and the times of a unit. Raises `UsageError` for what the refresh itself would refuse."""
    from pipeline.schedule.words import check_secrets

    other = ("limit", "also", "check_links", "traffic", "overwrite_edited", "metrics", "style", "now")
    times = (*_WHEN, "at_once", "grace")
    left = {k: v for k, v in options.items() if k not in (*other, *times, "settings_file")}
    settings = settings_of(left, options["settings_file"])
    every, cron_, jitter = (options[name] for name in _WHEN)
    kept = kept_of(
        settings, every, cron_, jitter, options.get("grace"), at_once=options.get("at_once", False)
    )
    if kept is None:
        raise UsageError("schedule", "Nobody said when.", "Give --every 6h, or --cron “0 6 * * 1-5”.")
    if options["now"] is not None:
        raise UsageError("schedule", "--now is for one refresh.", "Leave it out.")
    check_metrics(options["metrics"])
    check_secrets(options.get("ledger"))
    return settings, kept


def _job(context: click.Context, without: tuple[str, ...] = (*_WHEN, *_OF_OURS)) -> "Job":
    from pipeline.schedule.words import Job

    return Job(tuple(program()), ("refresh", *arguments_of(context, without)), Path.cwd())


def _folders(options: dict[str, Any], settings: "Settings") -> list[Path]:
    """Where the files lie that are told on the command line or in the settings."""
    files = (options["traffic"], options["metrics"], options["settings_file"], settings.keyphrases)
    places = [settings.out, settings.related, settings.archive, *(f.absolute().parent for f in files if f)]
    return [p.resolve() for p in places if p]


def _tell_environment(where: str = "") -> None:
    """What stands in this shell's environment stands in no unit; values are not shown."""
    import os

    from pipeline.schedule.words import ENVIRONMENT
    from pipeline.settings import PREFIX

    names = sorted(n for n in os.environ if n.startswith((PREFIX, "OPENAI_")))
    if names:
        told = f"{', '.join(names)} of this shell: write NAME=value into {where or f'~/{ENVIRONMENT}'}."
        click.echo(told, err=True)
