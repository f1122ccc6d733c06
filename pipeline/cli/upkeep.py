"""`marbre ledger`: a copy of the ledger, and whether it and the pieces agree."""

import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import click

from pipeline.cli.base import FORMAT, LEDGER, OUT, SETTINGS, cli, print_json, settings_of
from pipeline.errors import UsageError


@cli.group()
def ledger() -> None:
    """Look after the ledger: copy it, check it.

    \b
    Example:  marbre ledger check
    """


@ledger.command()
@click.argument("file", type=click.Path(path_type=Path))
@OUT
@LEDGER
@SETTINGS
def backup(file: Path, settings_file: Path | None, **flags: Any) -> None:
    """Copy the ledger to FILE, whole, while runs go on. What lies at FILE is replaced once the copy is known to be good.

    \b
    Example:  marbre ledger backup ledger-2026-11-22.sqlite3
    """
    from pipeline import upkeep
    from pipeline.spending import existing_ledger

    settings = settings_of(flags, settings_file)
    existing_ledger(settings).close()
    database = upkeep.database_of(settings)
    if database is None:
        raise UsageError("backup", "The ledger is no SQLite file.", "Use the tools of its database.")
    upkeep.backup(database, file)
    click.echo(f"{file}: {file.stat().st_size:,} bytes, whole.")


@ledger.command()
@click.option("--mend", is_flag=True, help="Mend what is safe to mend; nobody's edits are touched.")
@OUT
@LEDGER
@SETTINGS
@FORMAT
def check(mend: bool, style: str, settings_file: Path | None, **flags: Any) -> None:
    """Compare the ledger with the folders of the pieces, and look for what a crash left behind.

    \b
    Example:  marbre ledger check --mend
    """
    from time import time

    from pipeline import upkeep
    from pipeline.spending import existing_ledger

    settings = settings_of(flags, settings_file)
    seen: list[tuple[upkeep.Seen, bool]] = []
    with closing(existing_ledger(settings)) as opened:
        for one in list(upkeep.look(opened, settings.out, upkeep.database_of(settings), time())):
            if mend and one.mend:
                one.mend()
            seen.append((one, bool(mend and one.mend)))
            if style == "text":
                state = "mended" if seen[-1][1] else "can be mended (--mend)" if one.mend else "left"
                click.echo(f"{one.what}: {one.where}: {one.message} [{state}]")
    if style == "json":
        fields = [
            {"what": s.what, "where": s.where, "message": s.message, "mended": mended} for s, mended in seen
        ]
        print_json({"schema": "marbre.ledger/1", "seen": fields})
    elif not seen:
        click.echo("The ledger and the pieces agree.")
    sys.exit(upkeep.exit_code(seen))
