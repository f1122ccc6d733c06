"""Commands that only look: `marbre dossier`, `plan`, `doctor` and `models`."""

import sys
from pathlib import Path
from typing import Any

import click

from pipeline.cli.base import (
    FORMAT,
    KEYPHRASE,
    KEYPHRASES,
    LEDGER,
    OUT,
    SETTINGS,
    WORDS,
    cli,
    print_json,
    settings_of,
)
from pipeline.errors import ExitCode


@cli.command()
@click.argument("source")
@SETTINGS
@FORMAT
def dossier(source: str, settings_file: Path | None, style: str) -> None:
    """Show what a source holds: quotations, figures, dates, names, and what was set aside.

    \b
    Example:  marbre dossier seeds/002_44b7f2dba8646b0b.txt --format json
    """
    from pipeline import report
    from pipeline.items import item_of
    from pipeline.stages import clean
    from pipeline.stages import dossier as dossiers

    settings = settings_of({}, settings_file)
    made = dossiers.build(clean.clean(item_of(source, settings, sys.stdin.buffer).read()))
    if style == "json":
        print_json(report.dossier_json(made))
    else:
        click.echo(report.dossier_text(made))


@cli.command()
@click.argument("source")
@WORDS
@KEYPHRASE
@KEYPHRASES
@SETTINGS
@FORMAT
def plan(source: str, settings_file: Path | None, style: str, **flags: Any) -> None:
    """Show what an article could be found by, and the plan that code would make of it. No model is asked.

    \b
    Example:  marbre plan seeds/002_44b7f2dba8646b0b.txt --keyphrases requetes.csv
    """
    from pipeline import planning
    from pipeline.items import item_of
    from pipeline.searched import search

    settings = settings_of(flags, settings_file)
    searched = search(settings.keyphrases, [item_of(source, settings, sys.stdin.buffer)])
    item = searched.items[0]
    told = planning.planned(item.read(), settings, flags, searched.given.get(item.key))
    if style == "json":
        print_json(planning.as_json(told))
    else:
        click.echo(planning.as_text(told))


@cli.command()
@SETTINGS
@FORMAT
@OUT
@click.option("--model", help="The model to look for.")
@click.option("--base-url", help="Address of an OpenAI-compatible server.")
@LEDGER
def doctor(settings_file: Path | None, style: str, **flags: Any) -> None:
    """Say what is installed, reachable and missing, and the command that mends it.

    \b
    Example:  marbre doctor --base-url http://localhost:8080/v1 --model my-model
    """
    from pipeline import doctor as doctors

    symptoms = doctors.examine(settings_of(flags, settings_file))
    if style == "json":
        print_json(doctors.as_json(symptoms))
    else:
        click.echo(doctors.as_text(symptoms))
    sys.exit(ExitCode.READY if all(s.ok or not s.needed for s in symptoms) else ExitCode.NOT_WRITTEN)


@cli.command()
@click.option("--model", help="The model to look up.")
@SETTINGS
@FORMAT
def models(model: str | None, settings_file: Path | None, style: str) -> None:
    """Show what each family of models takes and costs, and which row a model goes by.

    \b
    Example:  marbre models --model gpt-6-luna
    """
    from pipeline import model_list
    from pipeline.writers.models import table

    settings = settings_of({"model": model}, settings_file)
    rows = table(settings.models)
    if style == "json":
        print_json(model_list.as_json(rows, settings.model))
    else:
        click.echo(model_list.as_text(rows, settings.model))
