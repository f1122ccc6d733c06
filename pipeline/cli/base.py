"""What the commands share: the group that ends every error in one line, options, settings, the time."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline import __version__
from pipeline.errors import ExitCode, MarbreError, UsageError

if TYPE_CHECKING:
    from pipeline.settings import Settings

Command = Callable[..., Any]


class Group(click.Group):
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


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="marbre")
def cli() -> None:
    """From a source article to a checked French piece.

    \b
    Example:  marbre batch seeds
    """


def options(*those: Command) -> Callable[[Command], Command]:
    """Several options as one decorator, shown in this order."""

    def decorate(function: Command) -> Command:
        for option in reversed(those):
            function = option(function)
        return function

    return decorate


FORMAT = click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json"]),
    default="text",
    help="How the result is printed.",
)
SETTINGS = click.option(
    "--settings",
    "settings_file",
    type=click.Path(path_type=Path),
    help="Settings file [default: marbre.toml].",
)
NOW = click.option("--now", metavar="ISO-8601", help="The time to go by, for reproducible runs.")
ARCHIVE = click.option(
    "--archive",
    type=click.Path(path_type=Path),
    help="Folder of pieces already written, whose wording is not to be used again.",
)
WORDS = click.option(
    "--words", type=click.IntRange(1, 20_000), help="The fewest words of a piece [default: 700]."
)
KEYPHRASE = click.option("--keyphrase", help="The keyphrase, when it is not to be chosen.")
KEYPHRASES = click.option(
    "--keyphrases",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Queries as CSV, from an SEO tool or Search Console; each article gets the best match.",
)
GRAMMAR = click.option(
    "--no-grammar",
    "grammar",
    flag_value=False,
    type=bool,
    default=None,
    help="Do not ask LanguageTool; then no piece is ready.",
)
OUT = click.option(
    "--out", type=click.Path(path_type=Path), help="The output folder to look at [default: outputs]."
)
LEDGER = click.option("--ledger", metavar="URL", help="Database of the ledger [default: SQLite under --out].")


def settings_of(flags: dict[str, Any], file: Path | None) -> "Settings":
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


def time_of(now: str | None) -> datetime:
    if now is None:
        return datetime.now().astimezone()
    try:
        given = datetime.fromisoformat(now)
    except ValueError:
        raise UsageError(
            "now", f"--now {now!r} is no ISO 8601 time.", "Write it like 2026-01-31T09:00:00+01:00."
        ) from None
    return given if given.tzinfo else given.astimezone()


def print_json(data: Any) -> None:
    import json

    click.echo(json.dumps(data, ensure_ascii=False, indent=2))
