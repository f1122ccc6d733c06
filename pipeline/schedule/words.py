"""A refresh as words for somebody else's scheduler: what to run, where, and what cannot be quoted."""

import re
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import UsageError

ENVIRONMENT = ".config/marbre/environment"
"""Below the home folder: lines `NAME=value`, keys among them, so that none stands in a unit."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Job:
    """`command` starts the program, `arguments` follow it; it runs in `folder`, whose settings file it finds."""

    command: tuple[str, ...]
    arguments: tuple[str, ...]
    folder: Path


def check(words: tuple[str, ...], refused: str = "", where: str = "a unit") -> None:
    """Raises `UsageError` for line breaks and control characters, and for the characters `refused`."""
    for word in words:
        bad = _CONTROL.search(word) or next(
            (re.search(re.escape(c), word) for c in refused if c in word), None
        )
        if bad:
            raise UsageError(
                "quoting",
                f"{word!r} cannot stand in {where}: it holds {bad[0]!r}.",
                "Give it another name, or put the option into marbre.toml.",
            )


def check_secrets(ledger: str | None) -> None:
    """Raises `UsageError` for a ledger's address with a password: others can read units."""
    if ledger is None:
        return
    from pipeline.dialects import has_secret

    if has_secret(ledger):
        raise UsageError(
            "quoting",
            "The address of the ledger holds a password, which others could read in a unit.",
            f"Write MARBRE_LEDGER=… into ~/{ENVIRONMENT} and leave --ledger out.",
        )
