"""Putting LanguageTool on this machine, once: `python -m pipeline.languagetool`.

With Maven where it is at hand: 83 MB, French alone. Else `language-tool-python` downloads the whole
distribution, about 250 MB, checked against its hash.
"""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from pipeline.languagetool import JAR, VERSION, home, installed, java

_MAIN = "org.languagetool.server.HTTPServer"
_LINE = 72  # bytes a line of a jar manifest may have


def install() -> str:
    """Returns one line that says what happened; never raises for want of a tool or a network."""
    if found := installed():
        return f"LanguageTool {VERSION} is in {found}."
    if java.find() is None:
        return (
            f"LanguageTool is not installed: no Java {java.OLDEST} or newer found. {java.REMEDY} "
            "Checks of grammar need it."
        )
    try:
        return _put(home().with_name(home().name + ".new"))
    except OSError as error:
        return (
            f"LanguageTool cannot be put there: {error.strerror or error} ({home()}). "
            "Give another folder by MARBRE_LANGUAGETOOL. Checks of grammar need it."
        )


def _put(fresh: Path) -> str:
    """Fetched beside its place, and moved there whole."""
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    why = _by_maven(fresh) if shutil.which("mvn") else "no Maven found"
    why = why and _by_download(fresh, why)
    if why:
        shutil.rmtree(fresh, ignore_errors=True)
        return f"LanguageTool could not be fetched: {why}. Checks of grammar need it."
    shutil.rmtree(home(), ignore_errors=True)
    fresh.rename(home())
    return f"LanguageTool {VERSION} was put in {home()}."


def _by_maven(fresh: Path) -> str:
    """Why it failed; nothing when it did not."""
    pom = Path(__file__).with_name("pom.xml")
    fetch = ["mvn", "-B", "-q", "-f", str(pom), "dependency:copy-dependencies", "-DincludeScope=runtime"]
    done = subprocess.run(  # noqa: S603 - fixed words and our own path
        [*fetch, f"-DoutputDirectory={fresh / 'libs'}"], capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = (done.stdout or done.stderr).strip().splitlines()
        return f"Maven says {said[0][:200] if said else 'nothing'}"
    _write_jar(fresh)
    return ""


def _by_download(fresh: Path, before: str) -> str:
    """Why that failed too; nothing when it did not."""
    os.environ["LTP_PATH"] = str(fresh)
    from language_tool_python.download_lt import LocalLanguageTool
    from language_tool_python.exceptions import LanguageToolError

    os.environ["PATH"] = os.pathsep.join((str(Path(java.find() or "").parent), os.environ.get("PATH", "")))
    try:
        LocalLanguageTool.from_version_name(VERSION).download()
    except (LanguageToolError, OSError, ValueError, zipfile.BadZipFile) as error:
        return f"{before}; the download says {str(error).splitlines()[0][:200]}"
    whole = fresh / f"LanguageTool-{VERSION}"
    for path in whole.iterdir():
        path.rename(fresh / path.name)
    whole.rmdir()
    return ""


def _write_jar(folder: Path) -> None:
    """A jar with nothing but a manifest that names the others: the layout language-tool-python runs."""
    names = sorted(p.name for p in (folder / "libs").glob("*.jar"))
    manifest = "Manifest-Version: 1.0\r\n"
    for header in (f"Main-Class: {_MAIN}", "Class-Path: " + " ".join(f"libs/{n}" for n in names)):
        manifest += _folded(header)
    with zipfile.ZipFile(folder / JAR, "w") as jar:
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
    return 0 if installed() else 4
