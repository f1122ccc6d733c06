"""What the commands share: the group that ends every error in one line, options, settings, the time."""

import errno
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline import __version__
from pipeline.errors import ExitCode, MarbreError, UsageError
from pipeline.files import FileError, printable, read_bounded

if TYPE_CHECKING:
    from pipeline.settings import Settings

Command = Callable[..., Any]
_LONGEST_WISH = 100_000  # bytes: a page of wishes is some thousands
_SENTENCE = 200  # characters of a command's first sentence, which are wrapped
_TOLD = "marbre.mistyped"
_SHOWN = 100  # characters of what was given
_YEARS = range(1970, 9999)  # what every time zone can tell


_CLOSED = (ExitCode.NOT_WRITTEN, "Check its rights, and those of the folders above it.")
_NOWHERE = (ExitCode.USAGE, "No file can be there: give another path.")
_OF_A_PATH = {
    errno.EACCES: _CLOSED,
    errno.EPERM: _CLOSED,
    errno.ENAMETOOLONG: _NOWHERE,
    errno.ELOOP: _NOWHERE,
    errno.ENOTDIR: _NOWHERE,
}
"""What the operating system says of a path that cannot be looked at: exit code and remedy."""


def _shown(name: object) -> str:
    """The end of a path tells what it is."""
    told = printable(os.fsdecode(name) if isinstance(name, bytes) else str(name))
    return told if len(told) <= _SHOWN else f"…{told[-_SHOWN:]}"


class Group(click.Group):
    """Every expected error ends here: one line, no traceback, the right exit code."""

    group_class = type  # those within are such groups too

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The first sentence of each command whole: click cuts it at the end of the line."""
        known = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        rows = [(name, command.get_short_help_str(_SENTENCE)) for name, command in known if command]
        with formatter.section("Commands"):
            formatter.write_dl(rows)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except MarbreError as error:
            click.echo(f"marbre: {error}", err=True)
            ctx.exit(error.exit_code)
        except OSError as error:
            if error.errno not in _OF_A_PATH:
                raise
            # Of a path that nobody looked at before.
            code, remedy = _OF_A_PATH[error.errno]
            where = _shown(error.filename or "a path")
            click.echo(f"marbre: {where}: {error.strerror}. {remedy}", err=True)
            ctx.exit(code)
        except (KeyboardInterrupt, click.Abort):
            click.echo(
                "marbre: interrupted; what was finished and what was paid for is kept: the same command goes on.",
                err=True,
            )
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

    _tell_of_mistyped()
    text = flags.get("instructions")
    if text and text.startswith("@"):
        try:
            flags["instructions"] = read_bounded(Path(text[1:]), _LONGEST_WISH).decode().strip()
        except (FileError, UnicodeDecodeError) as error:
            raise UsageError(
                "instructions",
                f"The instructions {text[1:]} cannot be read: {error}.",
                "Give a UTF-8 text file.",
            ) from None
    return load(flags, file=file)


def _tell_of_mistyped() -> None:
    """Once a command: some look at their settings twice."""
    from pipeline.settings import mistyped

    context = click.get_current_context(silent=True)
    if context is None or not context.meta.get(_TOLD):
        for line in mistyped():
            click.echo(f"marbre: {printable(line)}", err=True)
    if context is not None:
        context.meta[_TOLD] = True


def time_of(now: str | None) -> datetime:
    if now is None:
        return datetime.now().astimezone()
    remedy = "Write it like 2026-01-31T09:00:00+01:00."
    try:
        given = datetime.fromisoformat(now)
    except ValueError:
        raise UsageError("now", f"--now {now[:_SHOWN]!r} is no ISO 8601 time.", remedy) from None
    if given.year not in _YEARS:
        raise UsageError(
            "now", f"--now {now!r} is no time to write at: its year is not from 1970 to 9998.", remedy
        )
    return given if given.tzinfo else given.astimezone()


def plain(name: str, text: str) -> str:
    """What was given on the command line, if it can be written down. Raises `UsageError`."""
    from pipeline.bounds import is_text

    if not is_text(text):
        raise UsageError("usage", f"{name} {text[:_SHOWN]!r} is no UTF-8 text.", "Give it as UTF-8.")
    return text


def print_json(data: Any) -> None:
    import json

    click.echo(json.dumps(data, ensure_ascii=False, indent=2))
