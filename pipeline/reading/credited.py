"""The sources that a piece says it was made from, where they lie beside one that the user gave.

A piece is text from anywhere, so no path is taken from it: a file counts only when it lies in the folder of the source
given, has the name the piece tells, and holds the very bytes whose hash the piece tells.
"""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

_MOST = 20
_LARGEST = 20_000_000


def credited(told: Sequence[Any], given: Path) -> Iterator[Path]:
    """In the order told, as `sources` of the front matter tells them; the one given is left out."""
    for entry in told[:_MOST]:
        if not isinstance(entry, dict):
            continue
        file, sha256 = entry.get("file"), entry.get("sha256")
        if not isinstance(file, str) or not isinstance(sha256, str):
            continue
        path = given.parent / PurePosixPath(file).name
        if path.name and path.name != given.name and _is(path, sha256):
            yield path


def _is(path: Path, sha256: str) -> bool:
    try:
        if not path.is_file() or path.stat().st_size > _LARGEST:
            return False
        return hashlib.sha256(path.read_bytes()).hexdigest() == sha256.lower()
    except (OSError, ValueError):
        return False
