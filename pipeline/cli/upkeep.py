"""`marbre ledger`: a backup of the ledger, a copy in another database, and whether it and the pieces agree."""

import shlex
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import click

from pipeline.cli.base import FORMAT, LEDGER, OUT, SETTINGS, cli, print_json, settings_of
from pipeline.errors import UsageError


@cli.group()
def ledger() -> None:
    """Look after the ledger: back it up, move it, check it.

    \b
    Example:  marbre ledger check
    """


@ledger.command()
@click.argument("file", type=click.Path(path_type=Path))
@OUT
@LEDGER
@SETTINGS
@FORMAT
def backup(file: Path, style: str, settings_file: Path | None, **flags: Any) -> None:
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
        from pipeline.dialects import address_of, without_password

        words = [
            "pg_dump",
            "--format=custom",
            f"--file={file}",
            without_password(address_of(settings.ledger or "")),
        ]
        raise UsageError("backup", "The ledger lies on a server.", f"Run {shlex.join(words)}")
    upkeep.backup(database, file)
    size = file.stat().st_size
    if style == "json":
        print_json({"schema": "marbre.backup/1", "file": str(file), "bytes": size})
    else:
        click.echo(f"{file}: {size:,} bytes, whole.")


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

    settings = settings_of(flags, settings_file)
    seen: list[tuple[upkeep.Seen, bool]] = []
    with closing(upkeep.opened(settings, mend=mend)) as opened:
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


@ledger.command("copy")
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
@SETTINGS
@FORMAT
def copy_(source: str, target: str, style: str, settings_file: Path | None) -> None:
    """Copy what one ledger remembers into another, all or nothing: each a file of SQLite, or the URL of a database.

    A second copy adds what came since. A row that is another in TO stays, and nothing is copied.

    \b
    Example:  marbre ledger copy outputs/.marbre/ledger.sqlite3 postgresql://marbre@db/marbre
    """
    from dataclasses import asdict

    from pipeline.ledger import Ledger
    from pipeline.moving import copy, url_of

    wait = settings_of({}, settings_file).ledger_wait
    ours, theirs = url_of(source, must_be=True), url_of(target)
    if ours == theirs:
        raise UsageError("copy", f"{source} and {target} are one ledger.", "Give another.")
    with closing(Ledger(ours, wait)) as opened, closing(Ledger(theirs, wait)) as other:
        told = copy(opened, other)
    if style == "json":
        print_json({"schema": "marbre.copied/1", "tables": [asdict(one) for one in told]})
        return
    for one in told:
        click.echo(f"{one.table}: {one.copied:,} copied, {one.there:,} were there.")
