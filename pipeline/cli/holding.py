"""`marbre resume` and `withdraw`: what becomes of a submission that was held back, or should not be written."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from pipeline.cli.base import FORMAT, LEDGER, SETTINGS, cli, options, print_json, settings_of

_NUMBER = click.argument("submission", metavar="NUMBER", type=click.IntRange(1, 2**63 - 1))


@cli.command()
@_NUMBER
@options(LEDGER, SETTINGS, FORMAT)
def resume(submission: int, settings_file: Path | None, style: str, **flags: Any) -> None:
    """Let a submission go on that workers hold back, once its cause was mended; marbre status lists them.

    \b
    Example:  marbre resume 7 --ledger postgresql://marbre@localhost/marbre
    """
    from pipeline.workers import holds

    jobs = _done(holds.resume, submission, settings_file, flags)
    _told("resumed", submission, jobs, style, "released")


@cli.command()
@_NUMBER
@options(LEDGER, SETTINGS, FORMAT)
def withdraw(submission: int, settings_file: Path | None, style: str, **flags: Any) -> None:
    """Take back what waits of a submission, as if it had not been submitted. What is under way is finished.

    \b
    Example:  marbre withdraw 7 --ledger postgresql://marbre@localhost/marbre
    """
    from pipeline.workers import holds

    jobs = _done(holds.withdraw, submission, settings_file, flags)
    _told("withdrawn", submission, jobs, style, "taken back")


def _done(
    change: Callable[[Any, int], int], submission: int, settings_file: Path | None, flags: dict[str, Any]
) -> int:
    from contextlib import closing

    from pipeline.workers.queue import opened

    with closing(opened(settings_of(flags, settings_file))) as ledger:
        return change(ledger, submission)


def _told(what: str, submission: int, jobs: int, style: str, became: str) -> None:
    from pipeline.workers.told import changed_json

    if style == "json":
        print_json(changed_json(what, submission, jobs))
    else:
        click.echo(f"Submission {submission}: {jobs:,} job{'' if jobs == 1 else 's'} {became}.")
