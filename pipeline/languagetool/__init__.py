"""LanguageTool on this machine: where it lies, and how it gets there (`python -m pipeline.languagetool`)."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

VERSION = "6.8"
_JAR = "languagetool-server.jar"
_MAIN = "org.languagetool.server.HTTPServer"
_LINE = 72  # bytes a line of a jar manifest may have


def home() -> Path:
    """`$MARBRE_LANGUAGETOOL`, or a folder in the user's cache."""
    given = os.environ.get("MARBRE_LANGUAGETOOL")
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return Path(given) if given else cache / "marbre" / f"LanguageTool-{VERSION}"


def installed() -> Path | None:
    """Where LanguageTool lies, or None."""
    return home() if (home() / _JAR).is_file() else None


def install() -> str:
    """Fetch it with Maven, once. Returns one line that says what happened; never raises for want of a tool."""
    if found := installed():
        return f"LanguageTool {VERSION} is in {found}."
    missing = [name for name in ("java", "mvn") if shutil.which(name) is None]
    if missing:
        return (
            f"LanguageTool is not installed: no {' and no '.join(missing)} found. Checks of grammar need it."
        )
    fresh = home().with_name(home().name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    pom = Path(__file__).with_name("pom.xml")
    fetch = ["mvn", "-B", "-q", "-f", str(pom), "dependency:copy-dependencies", "-DincludeScope=runtime"]
    done = subprocess.run(  # noqa: S603 - fixed words and our own path
        [*fetch, f"-DoutputDirectory={fresh / 'libs'}"], capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = (done.stdout or done.stderr).strip().splitlines()
        return f"LanguageTool could not be fetched with Maven: {said[0] if said else 'no reason given'}"
    _write_jar(fresh)
    shutil.rmtree(home(), ignore_errors=True)
    fresh.rename(home())
    return f"LanguageTool {VERSION} was put in {home()}."


def _write_jar(folder: Path) -> None:
    """A jar with nothing but a manifest that names the others: the layout language-tool-python runs."""
    names = sorted(p.name for p in (folder / "libs").glob("*.jar"))
    manifest = "Manifest-Version: 1.0\r\n"
    for header in (f"Main-Class: {_MAIN}", "Class-Path: " + " ".join(f"libs/{n}" for n in names)):
        manifest += _folded(header)
    with zipfile.ZipFile(folder / _JAR, "w") as jar:
        jar.writestr("META-INF/MANIFEST.MF", manifest + "\r\n")


def _folded(header: str) -> str:
    """A header cut into lines of 72 bytes; each but the first starts with a space."""
    lines, rest = [header[: _LINE - 2]], header[_LINE - 2 :]
    while rest:
        lines.append(" " + rest[: _LINE - 3])
        rest = rest[_LINE - 3 :]
    return "".join(f"{line}\r\n" for line in lines)


def main() -> int:
    print(install(), file=sys.stderr)  # noqa: T201 - a command's message
    return 0
