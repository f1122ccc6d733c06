"""`marbre cost` and `marbre forget`: what the ledger holds."""

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.base import FORMAT, LEDGER, OUT, SETTINGS, cli, plain, print_json, settings_of

if TYPE_CHECKING:
    from pipeline.spending import By


@cli.command()
@OUT
@LEDGER
@click.option(
    "--by",
    type=click.Choice(["article", "stage", "model", "day"]),
    default="model",
    help="What to sum up by.",
)
@SETTINGS
@FORMAT
def cost(by: "By", style: str, settings_file: Path | None, **flags: Any) -> None:
    """Say what was spent, by article, stage, model or day (of UTC).

    \b
    Example:  marbre cost --by article
    """
    from pipeline import spending

    with closing(spending.existing_ledger(settings_of(flags, settings_file))) as ledger:
        rows = spending.spent(ledger, by)
    if style == "json":
        print_json(spending.as_json(rows, by))
    else:
        click.echo(spending.as_text(rows, by))


@cli.command()
@click.argument("source")
@OUT
@LEDGER
@SETTINGS
@FORMAT
def forget(source: str, style: str, settings_file: Path | None, **flags: Any) -> None:
    """Take an article's texts out of the ledger: what it said, was sent and answered. What it cost stays.

    SOURCE is a file, a URL, or the sha256 of a source. Pieces stay where they are, and so does what the prompts of
    other articles took from this one as background.

    \b
    Example:  marbre forget seeds/000_7fd1b95d1a6cabb8.txt
    """
    from pipeline import spending

    with closing(spending.existing_ledger(settings_of(flags, settings_file))) as ledger:
        forgotten = spending.forget(
            ledger, spending.names_of(plain("The source", source) if "://" in source else source)
        )
    if style == "json":
        print_json({"schema": "marbre.forget/1", "source": source, "forgotten": forgotten})
    else:
        click.echo(f"{forgotten} calls forgotten; what they cost is kept.")
