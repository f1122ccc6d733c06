"""LanguageTool for French: where it lies on this machine. Light: nothing of it is loaded or started here.

`install` puts it there, `java` finds what runs it, `process` starts it, `client` talks to it, and
`server.Grammar` is what a run owns.
"""

import os
from pathlib import Path

VERSION = "6.8"
JAR = "languagetool-server.jar"


def home() -> Path:
    """`$MARBRE_LANGUAGETOOL`, or a folder in the user's cache."""
    given = os.environ.get("MARBRE_LANGUAGETOOL")
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return Path(given) if given else cache / "marbre" / f"LanguageTool-{VERSION}"


def installed() -> Path | None:
    """Where LanguageTool lies, or None."""
    return home() if (home() / JAR).is_file() else None
