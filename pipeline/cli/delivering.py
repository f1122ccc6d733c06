"""`marbre status` and `export`: how far the workers are, and what they have made."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.base import FORMAT, LEDGER, NOW, SETTINGS, cli, options, print_json, settings_of, time_of
from pipeline.cli.keeping import check_metrics
from pipeline.errors import ExitCode

if TYPE_CHECKING:
    from pipeline.settings import Settings
    from pipeline.workers.status import Status


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
    from pipeline.workers.told import status_json, status_text

    check_metrics(metrics)
    told = _status(settings_of(flags, settings_file))
    if metrics:
        from pipeline.publish.folder import put_page
        from pipeline.workers.metrics import text_of

        put_page(metrics, text_of(told))
    if style == "json":
        print_json(status_json(told))
    else:
        click.echo(status_text(told))


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
    from pipeline.workers.told import exported_json, exported_text

    settings = settings_of(flags, settings_file)
    url, moment = ledger_url(settings), time_of(now)
    state = _status(settings)
    told = asyncio.run(exported(url, settings, moment))
    if style == "json":
        print_json(exported_json(told, state, settings.out))
    else:
        click.echo(exported_text(told, state, settings.out))
    if told.left_out:
        click.echo(f"marbre: {told.left_out}", err=True)
    if state.failed or state.set_aside or told.damaged:
        sys.exit(ExitCode.NOT_WRITTEN)
    sys.exit(ExitCode.NEEDS_WORK if told.verdicts.get("needs_work") else ExitCode.READY)


def _status(settings: "Settings") -> "Status":
    """Raises as `opened`."""
    from contextlib import closing

    from pipeline.workers.queue import opened
    from pipeline.workers.status import status_of

    with closing(opened(settings)) as ledger:
        return status_of(ledger)
