"""The command line: one thin function a command. Parse, call, print, exit code.

Results go to standard output, messages and progress to standard error. Everything heavy is imported inside
the command that needs it, so that `marbre --help` is quick.
"""

import click

from pipeline.cli import (  # noqa: F401 - each adds its commands
    batching,
    checking,
    delivering,
    holding,
    looking,
    proving,
    queueing,
    refreshing,
    scheduling,
    spent,
    upkeep,
    working,
    writing,
)
from pipeline.cli.base import cli
from pipeline.errors import ExitCode

__all__ = ["cli", "main"]


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
