"""Which texts in a folder are an export's own. They are noted before they are written: what a killed export left behind would
else be taken for a person's edit as soon as the ledger has a newer version.
"""

import json
import os
import re
from collections.abc import Collection, Mapping
from contextlib import suppress
from pathlib import Path

from pipeline.files import FileError, read_bounded
from pipeline.provenance import sha256
from pipeline.publish import folder

Version = tuple[str, str]
"""A hash of all files of a piece, and of its `article.md`."""

NOTE = ".marbre/exported.json"
"""What of each piece was written here last."""
COMING = ".marbre/exporting"
"""A line for each text that was about to be written since: gone once `NOTE` tells of all."""
_LARGEST = 100_000_000
# An editor's word changes it: the text is the same.
_VERDICT = re.compile(rb"^verdict: (?:needs_work|ready_for_review)$", re.MULTILINE)
_VERDICTS = (b"verdict: needs_work", b"verdict: ready_for_review")


class Own:
    """The texts that exports have written into a folder."""

    def __init__(self, out: Path) -> None:
        self._out = out
        self._noted = _noted(out / NOTE)
        self._coming = _coming(out / COMING)

    @property
    def slugs(self) -> set[str]:
        return self._noted.keys() | self._coming.keys()

    def version(self, slug: str) -> str:
        """Of all its files, when it was written last; empty where that is not known."""
        return self._noted.get(slug, ("", ""))[0]

    def has(self, slug: str, text: str = "") -> bool:
        """Whether a text lies there that is an export's, or `text`."""
        known = {text, self._noted.get(slug, ("", ""))[1], *self._coming.get(slug, ())}
        return not known.isdisjoint(_texts_at(self._out / slug))

    def expect(self, texts: Mapping[str, str]) -> None:
        """Note what is about to be written: of each slug the hash of its `article.md`. Raises `StorageError`."""
        lines = "".join(f"\n{json.dumps([slug, text])}\n" for slug, text in texts.items())
        path = self._out / COMING
        try:
            with path.open("a", encoding="utf-8") as file:
                file.write(lines)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise folder.not_written(path, error) from None
        for slug, text in texts.items():
            self._coming.setdefault(slug, set()).add(text)

    def settle(self, versions: Mapping[str, Version], gone: Collection[str] = ()) -> None:
        """All that was expected lies there, in these versions; what is `gone` lies there no more. Raises `StorageError`."""
        self._noted = {
            slug: each for slug, each in (self._noted | dict(versions)).items() if slug not in gone
        }
        folder.put_page(self._out / NOTE, json.dumps(self._noted, sort_keys=True, indent=0) + "\n")
        with suppress(OSError):
            (self._out / COMING).unlink()
        self._coming = {}


def _texts_at(place: Path) -> set[str]:
    """The hash of `article.md`, and what it would be with another verdict; none where it does not lie there."""
    try:
        text = (place / "article.md").read_bytes()
    except OSError:
        return set()
    found = _VERDICT.search(text, 0, max(text.find(b"\n---\n"), 0))
    if found is None:
        return {sha256(text)}
    return {sha256(text[: found.start()] + verdict + text[found.end() :]) for verdict in _VERDICTS}


def _noted(path: Path) -> dict[str, Version]:
    """Nothing where the note is not there, or damaged: then what differs from the ledger counts as edited."""
    try:
        told = json.loads(read_bounded(path, _LARGEST))
        return {str(slug): (str(version), str(text)) for slug, (version, text) in told.items()}
    except (FileError, ValueError, TypeError, AttributeError, RecursionError):
        return {}


def _coming(path: Path) -> dict[str, set[str]]:
    """A line that is cut was never acted upon."""
    found: dict[str, set[str]] = {}
    try:
        lines = read_bounded(path, _LARGEST).splitlines()
    except FileError:
        return found
    for line in lines:
        with suppress(ValueError, TypeError, RecursionError):
            slug, text = json.loads(line)
            found.setdefault(str(slug), set()).add(str(text))
    return found
