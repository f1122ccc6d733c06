"""`marbre check`, `marbre acknowledge` and `marbre explain`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.base import (
    ARCHIVE,
    FORMAT,
    GRAMMAR,
    KEYPHRASE,
    NOW,
    SETTINGS,
    WORDS,
    cli,
    options,
    plain,
    print_json,
    settings_of,
    time_of,
)
from pipeline.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from pipeline.model import CheckResult, Finding

_CHECKING = options(
    click.argument("piece", type=click.Path(path_type=Path)),
    click.option(
        "--source", "sources", multiple=True, type=click.Path(path_type=Path), help="What it was made from."
    ),
    click.option(
        "--related", type=click.Path(path_type=Path), help="Folder of articles that gave background."
    ),
    ARCHIVE,
    click.option(
        "--ack",
        "ack",
        metavar="FILE",
        type=click.Path(path_type=Path),
        help="Acknowledgements [default: acknowledged.yaml beside the piece].",
    ),
    WORDS,
    KEYPHRASE,
    GRAMMAR,
    SETTINGS,
)


@cli.command()
@_CHECKING
@FORMAT
def check(piece: Path, sources: tuple[Path, ...], style: str, **options: Any) -> None:
    """Check any piece against its sources, whoever wrote it. Leaves the piece and its folder as they are.

    What an editor acknowledged is shown and no longer blocks.

    \b
    Example:  marbre check article.md --source seeds/000_7fd1b95d1a6cabb8.txt
    """
    from pipeline import report
    from pipeline.files import name_of

    if options["ack"] is not None and not options["ack"].is_file():
        raise UsageError("acknowledge", f"There is no file {options['ack']}.", "Give another with --ack.")
    result = _checked(piece, sources, **options)
    if style == "json":
        print_json(report.check_json(result))
    else:
        click.echo(report.check_text(result, name_of(piece)))
    sys.exit(ExitCode.READY if result.verdict == "ready_for_review" else ExitCode.NEEDS_WORK)


@cli.command()
@_CHECKING
@click.argument("which", metavar="CODE[@LINE]")
@click.option("--by", required=True, help="Who says so.")
@click.option("--why", required=True, help="Why it may stand.")
@NOW
@FORMAT
def acknowledge(
    piece: Path,
    sources: tuple[Path, ...],
    which: str,
    by: str,
    why: str,
    now: str | None,
    style: str,
    **options: Any,
) -> None:
    """Let a finding stand: it stays visible and no longer blocks, until its sentence changes.

    A finding of the report.json beside the piece needs no other option. Elsewhere give the options of marbre check,
    so that the same findings are there. Where a line holds several sentences with that finding, write CODE@SENTENCE
    with the sixteen digits that marbre check shows.

    \b
    Example:  marbre acknowledge article.md HEA003@12 --by "Anne Petit" --why "Titre de la loi"
    """
    from pipeline import acknowledge as acknowledgements
    from pipeline.examine import acknowledgements_of

    by, why, which = plain("--by", by), plain("--why", why), plain("The finding", which)
    if not by.strip() or not why.strip():
        raise UsageError("acknowledge", "Who says so, and why, must be told.", "Give --by NAME --why TEXT.")
    file = acknowledgements_of(piece, options["ack"])
    if file is None:
        raise UsageError("acknowledge", "Standard input lies in no folder.", "Give --ack FILE.")
    when = time_of(now).isoformat(timespec="seconds")
    asked = sources or any(
        options[name] is not None for name in ("related", "archive", "words", "keyphrase", "grammar")
    )
    told = None if asked else _reported(piece, file)
    findings = _checked(piece, sources, **options).findings if told is None else told
    chosen = acknowledgements.chosen(findings, which)
    entries = acknowledgements.entries_for(chosen, by.strip(), why.strip(), when)
    acknowledgements.add(file, entries)
    _carry(piece, file, sources, options["settings_file"])
    if style == "json":
        rows = [acknowledgements.entry_fields(entry) for entry in entries]
        print_json({"schema": "marbre.acknowledged/1", "file": str(file), "entries": rows})
    else:
        click.echo(f"{acknowledgements.dumped(entries).rstrip()}\nwritten to {file}")


@cli.command()
@click.argument("code", required=False)
@FORMAT
def explain(code: str | None, style: str) -> None:
    """Say why a check exists, with a good and a bad example. Without a code: the list of all checks.

    \b
    Example:  marbre explain HEA003
    """
    from pipeline import explain as explaining
    from pipeline.checks import CHECKS

    chosen = [c for c in CHECKS if code is None or code.upper() in (c.code, c.family)]
    if not chosen:
        from difflib import get_close_matches

        near = get_close_matches((code or "").upper(), [c.code for c in CHECKS], 1)
        remedy = f"{f'{near[0]} is one; m' if near else 'M'}arbre explain lists them all."
        raise UsageError("unknown_check", f"There is no check {code!r}.", remedy)
    if style == "json":
        print_json([explaining.check_fields(c) for c in chosen])
    else:
        click.echo(explaining.listing(chosen) if code is None else explaining.pages(chosen))


def _checked(
    piece: Path,
    sources: tuple[Path, ...],
    *,
    settings_file: Path | None,
    words: int | None,
    keyphrase: str | None,
    ack: Path | None,
    **flags: Any,
) -> "CheckResult":
    import gc

    gc.disable()  # half a second of work leaves little to collect, and collecting takes a tenth of it
    from pipeline.examine import check_file

    given = {"words": words, "keyphrase": keyphrase}
    settings = settings_of({**given, **flags}, settings_file)
    return check_file(piece, sources, settings, given, ack, lambda line: click.echo(line, err=True))


def _carry(piece: Path, file: Path, sources: tuple[Path, ...], settings_file: Path | None) -> None:
    """Into report, pages and ledger, where the file is the one that lies beside the piece."""
    from pipeline import acknowledge
    from pipeline.editors_word import carry

    if file.resolve() != acknowledge.beside(piece).resolve():
        return
    own = sources[0] if sources else None
    left = carry(piece, acknowledge.read(file).entries, own, settings_of({}, settings_file))
    if left:
        click.echo(left, err=True)


def _reported(piece: Path, acknowledged: Path) -> "tuple[Finding, ...] | None":
    """The findings of the report beside the piece that are still open; None where there is no report."""
    from pipeline import acknowledge, written
    from pipeline.examine import read_piece

    report = written.read(piece)
    if report is None:
        return None
    text = read_piece(piece)
    if written.is_older(piece):
        click.echo(
            f"{written.FILE} is older than {piece.name}: lines are those of the report, and a finding whose "
            "words were changed since is left out.",
            err=True,
        )
    return acknowledge.still_open(report.findings, acknowledge.read(acknowledged).entries, text)
