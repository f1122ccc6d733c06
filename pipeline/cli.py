"""The command line: one thin function a command. Parse, call, print, exit code.

Results go to standard output, messages and progress to standard error. Everything heavy is imported inside
the command that needs it, so that `marbre --help` is quick.
"""

import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline import __version__
from pipeline.errors import ExitCode, MarbreError, UsageError

if TYPE_CHECKING:
    from pipeline.job import Item
    from pipeline.model import CheckResult, Finding
    from pipeline.settings import Settings

Command = Callable[..., Any]


class _Group(click.Group):
    """Every expected error ends here: one line, no traceback, the right exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except MarbreError as error:
            click.echo(f"marbre: {error}", err=True)
            ctx.exit(error.exit_code)
        except (KeyboardInterrupt, click.Abort):
            click.echo("marbre: interrupted; what was finished is kept.", err=True)
            ctx.exit(ExitCode.INTERRUPTED)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="marbre")
def cli() -> None:
    """From a source article to a checked French piece.

    \b
    Example:  marbre batch seeds
    """


def _options(*options: Command) -> Callable[[Command], Command]:
    def decorate(function: Command) -> Command:
        for option in reversed(options):
            function = option(function)
        return function

    return decorate


_FORMAT = click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json"]),
    default="text",
    help="How the result is printed.",
)
_SETTINGS = click.option(
    "--settings",
    "settings_file",
    type=click.Path(path_type=Path),
    help="Settings file [default: marbre.toml].",
)
_NOW = click.option("--now", metavar="ISO-8601", help="The time to go by, for reproducible runs.")
_ARCHIVE = click.option(
    "--archive",
    type=click.Path(path_type=Path),
    help="Folder of pieces already written, whose wording is not to be used again.",
)
_WORDS = click.option(
    "--words", type=click.IntRange(1, 20_000), help="The fewest words of a piece [default: 700]."
)
_KEYPHRASE = click.option("--keyphrase", help="The keyphrase, when it is not to be chosen.")
_GRAMMAR = click.option(
    "--no-grammar",
    "grammar",
    flag_value=False,
    type=bool,
    default=None,
    help="Do not ask LanguageTool; then no piece is ready.",
)
_WRITING = _options(
    click.option("--out", type=click.Path(path_type=Path), help="Where the pieces go [default: outputs]."),
    click.option(
        "--related", type=click.Path(path_type=Path), help="Folder of articles that may give background."
    ),
    _ARCHIVE,
    click.option(
        "--writer", type=click.Choice(["auto", "llm", "offline"]), help="Who writes [default: auto]."
    ),
    click.option("--model", help="The model asked for."),
    click.option("--base-url", help="Address of an OpenAI-compatible server."),
    _WORDS,
    _KEYPHRASE,
    click.option("--tone", help="The tone asked of the writer."),
    click.option("--instructions", metavar="TEXT|@FILE", help="More wishes for the writer."),
    click.option(
        "--concurrency", type=click.IntRange(1, 1000), help="Articles under way at once [default: 8]."
    ),
    click.option(
        "--format-out",
        "format_out",
        multiple=True,
        type=click.Choice(["markdown", "hugo", "astro", "wordpress", "html"]),
        callback=lambda _context, _option, names: names or None,
        help="What else to write beside article.md; may be given several times.",
    ),
    _NOW,
    click.option("--ledger", metavar="URL", help="Database of the ledger [default: SQLite under --out]."),
    _GRAMMAR,
    _SETTINGS,
    _FORMAT,
)


@cli.command()
@click.argument("source")
@_WRITING
def rewrite(source: str, style: str, now: str | None, settings_file: Path | None, **flags: Any) -> None:
    """Rewrite one article: a file (.txt .md .html .docx), a URL, or - for standard input.

    \b
    Example:  marbre rewrite seeds/000_7fd1b95d1a6cabb8.txt --words 800
    """
    from pipeline.batch import item_of

    settings = _settings(flags, settings_file)
    item = item_of(source, settings, sys.stdin.buffer)
    # Of one article only what the user named may give background: its neighbours are nobody's business.
    _run(settings, flags, now, style, [item], lambda: iter(()))


@cli.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--limit", type=click.IntRange(1), help="At most so many sources.")
@click.option("--dry-run", is_flag=True, help="Say what would be done; write nothing, ask no model.")
@_WRITING
def batch(
    folder: Path,
    limit: int | None,
    dry_run: bool,
    style: str,
    now: str | None,
    settings_file: Path | None,
    **flags: Any,
) -> None:
    """Rewrite every source of a folder. Running it again finishes what is left and pays nothing twice.

    A source too short for the words asked for may take background, attributed, from the others of the folder,
    or from those of --related instead.

    \b
    Example:  marbre batch seeds --concurrency 4
    """
    from itertools import islice

    from pipeline.batch import items_of, paths_of

    settings = _settings(flags, settings_file)
    items = list(islice(items_of(folder, settings.out), limit))
    if dry_run:
        _print_plan(items, settings, style)
        return
    _run(settings, flags, now, style, items, lambda: paths_of(folder, settings.out))


_CHECKING = _options(
    click.argument("piece", type=click.Path(path_type=Path)),
    click.option(
        "--source", "sources", multiple=True, type=click.Path(path_type=Path), help="What it was made from."
    ),
    click.option(
        "--related", type=click.Path(path_type=Path), help="Folder of articles that gave background."
    ),
    _ARCHIVE,
    click.option(
        "--ack",
        "ack",
        metavar="FILE",
        type=click.Path(path_type=Path),
        help="Acknowledgements [default: acknowledged.yaml beside the piece].",
    ),
    _WORDS,
    _GRAMMAR,
    _SETTINGS,
)


@cli.command()
@_CHECKING
@_FORMAT
def check(piece: Path, sources: tuple[Path, ...], style: str, **options: Any) -> None:
    """Check any piece against its sources, whoever wrote it. Leaves the piece and its folder as they are.

    What an editor acknowledged is shown and no longer blocks.

    \b
    Example:  marbre check article.md --source seeds/000_7fd1b95d1a6cabb8.txt
    """
    from pipeline import report

    if options["ack"] is not None and not options["ack"].is_file():
        raise UsageError("acknowledge", f"There is no file {options['ack']}.", "Give another with --ack.")
    result = _checked(piece, sources, **options)
    if style == "json":
        _print_json(report.check_json(result))
    else:
        click.echo(report.check_text(result, str(piece)))
    sys.exit(ExitCode.READY if result.verdict == "ready_for_review" else ExitCode.NEEDS_WORK)


@cli.command()
@_CHECKING
@click.argument("which", metavar="CODE[@LINE]")
@click.option("--by", required=True, help="Who says so.")
@click.option("--why", required=True, help="Why it may stand.")
@_NOW
def acknowledge(
    piece: Path, sources: tuple[Path, ...], which: str, by: str, why: str, now: str | None, **options: Any
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

    if not by.strip() or not why.strip():
        raise UsageError("acknowledge", "Who says so, and why, must be told.", "Give --by NAME --why TEXT.")
    file = acknowledgements_of(piece, options["ack"])
    if file is None:
        raise UsageError("acknowledge", "Standard input lies in no folder.", "Give --ack FILE.")
    when = _time(now).isoformat(timespec="seconds")
    asked = sources or any(options[name] is not None for name in ("related", "archive", "words", "grammar"))
    told = None if asked else _reported(piece, file)
    findings = _checked(piece, sources, **options).findings if told is None else told
    chosen = acknowledgements.chosen(findings, which)
    entries = acknowledgements.entries_for(chosen, by.strip(), why.strip(), when)
    acknowledgements.add(file, entries)
    click.echo(f"{acknowledgements.dumped(entries).rstrip()}\nwritten to {file}")


@cli.command()
@click.argument("source")
@_SETTINGS
@_FORMAT
def dossier(source: str, settings_file: Path | None, style: str) -> None:
    """Show what a source holds: quotations, figures, dates, names, and what was set aside.

    \b
    Example:  marbre dossier seeds/002_44b7f2dba8646b0b.txt --format json
    """
    from pipeline import report
    from pipeline.batch import item_of
    from pipeline.stages import clean
    from pipeline.stages import dossier as dossiers

    settings = _settings({}, settings_file)
    made = dossiers.build(clean.clean(item_of(source, settings, sys.stdin.buffer).read()))
    if style == "json":
        _print_json(report.dossier_json(made))
    else:
        click.echo(report.dossier_text(made))


@cli.command()
@click.argument("code", required=False)
@_FORMAT
def explain(code: str | None, style: str) -> None:
    """Say why a check exists, with a good and a bad example. Without a code: the list of all checks.

    \b
    Example:  marbre explain HEA003
    """
    from pipeline import explain as explaining
    from pipeline.checks import CHECKS

    chosen = [c for c in CHECKS if code is None or code.upper() in (c.code, c.family)]
    if not chosen:
        known = ", ".join(c.code for c in CHECKS)
        raise UsageError("unknown_check", f"There is no check {code!r}.", f"The checks are: {known}.")
    if style == "json":
        _print_json([explaining.check_fields(c) for c in chosen])
    else:
        click.echo(explaining.listing(chosen) if code is None else explaining.pages(chosen))


@cli.command()
@_SETTINGS
@_FORMAT
@click.option(
    "--out", type=click.Path(path_type=Path), help="The output folder to look at [default: outputs]."
)
@click.option("--base-url", help="Address of an OpenAI-compatible server.")
def doctor(settings_file: Path | None, style: str, **flags: Any) -> None:
    """Say what is installed, reachable and missing, and the command that mends it.

    \b
    Example:  marbre doctor
    """
    from pipeline import doctor as doctors

    symptoms = doctors.examine(_settings(flags, settings_file))
    if style == "json":
        _print_json(doctors.as_json(symptoms))
    else:
        click.echo(doctors.as_text(symptoms))
    sys.exit(ExitCode.READY if all(s.ok or not s.needed for s in symptoms) else ExitCode.NOT_WRITTEN)


def _checked(
    piece: Path,
    sources: tuple[Path, ...],
    *,
    settings_file: Path | None,
    words: int | None,
    ack: Path | None,
    **flags: Any,
) -> "CheckResult":
    import gc

    gc.disable()  # half a second of work leaves little to collect, and collecting takes a tenth of it
    from pipeline.examine import check_file

    settings = _settings({"words": words, **flags}, settings_file)
    return check_file(
        piece, sources, settings, {"words": words}, ack, lambda line: click.echo(line, err=True)
    )


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


def _settings(flags: dict[str, Any], file: Path | None) -> "Settings":
    from pipeline.settings import load

    text = flags.get("instructions")
    if text and text.startswith("@"):
        try:
            flags["instructions"] = Path(text[1:]).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(
                "instructions",
                f"The instructions {text[1:]} cannot be read: {error}.",
                "Give a UTF-8 text file.",
            ) from None
    return load(flags, file=file)


def _time(now: str | None) -> datetime:
    if now is None:
        return datetime.now().astimezone()
    try:
        given = datetime.fromisoformat(now)
    except ValueError:
        raise UsageError(
            "now", f"--now {now!r} is no ISO 8601 time.", "Write it like 2026-01-31T09:00:00+01:00."
        ) from None
    return given if given.tzinfo else given.astimezone()


def _run(
    settings: "Settings",
    flags: dict[str, Any],
    now: str | None,
    style: str,
    items: "list[Item]",
    neighbours: Callable[[], Any],
) -> None:
    """Run the articles, print the result, exit."""
    import asyncio
    from time import monotonic

    from pipeline import batch as batches
    from pipeline import report
    from pipeline.console import Progress, summary
    from pipeline.model import Outcome
    from pipeline.settings import chosen_writer

    writer, started = chosen_writer(settings), monotonic()
    moment = _time(now)
    if settings.related is not None and not settings.related.is_dir():
        raise UsageError(
            "no_folder", f"There is no folder {settings.related}.", "Give another with --related."
        )
    click.echo(_writer_line(settings, writer), err=True)
    outcomes: list[Outcome] = []

    async def go(tell: Callable[[Outcome], None]) -> list[MarbreError]:
        async with batches.open_run(settings, flags, writer, moment, neighbours) as run:
            await batches.process(run, items, tell)
        remarks.extend(run.remarks)
        return run.trouble

    interrupted = False
    trouble: list[MarbreError] = []
    remarks: list[str] = []
    with Progress(len(items)) as progress:

        def tell(outcome: Outcome) -> None:
            outcomes.append(outcome)
            progress.tell(outcome)

        try:
            trouble = asyncio.run(go(tell))
        except KeyboardInterrupt:
            interrupted = True
    for remark in remarks:
        click.echo(remark, err=True)
    order = {item.ref: n for n, item in enumerate(items)}
    outcomes.sort(key=lambda o: order.get(o.source, 0))
    seconds = monotonic() - started
    if style == "json":
        _print_json(report.run_json(outcomes, seconds))
    else:
        summary(outcomes, settings, writer, seconds)
    if interrupted:
        raise KeyboardInterrupt
    if trouble:
        raise trouble[0]
    sys.exit(batches.exit_code(outcomes))


def _writer_line(settings: "Settings", writer: str) -> str:
    if writer == "offline":
        why = "as asked" if settings.writer == "offline" else "no OPENAI_API_KEY and no --base-url"
        return f"Writer: offline ({why}): working drafts, no model is asked."
    return f"Writer: {settings.model} at {settings.base_url or 'the default server'}."


def _print_plan(items: "list[Item]", settings: "Settings", style: str) -> None:
    from pipeline import batch as batches

    planned = batches.dry_run(items, settings)
    if style == "json":
        _print_json({"schema": "marbre.plan/1", "sources": planned})
        return
    for entry in planned:
        click.echo(f"{entry['source']}: would {entry['would']}")


def _print_json(data: Any) -> None:
    import json

    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


def main() -> int:
    """The `marbre` command."""
    try:
        code = cli.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return ExitCode.USAGE
    except SystemExit as end:
        code = end.code
    return code if isinstance(code, int) else ExitCode.READY
