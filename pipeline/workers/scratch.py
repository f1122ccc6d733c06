"""A worker's folder for what it has in hand. Those that killed workers left are taken away by the next on that machine."""

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from pipeline.errors import MarbreError, StorageError
from pipeline.schedule.lock import held, is_held

_PREFIX = "marbre-worker-"
_LOCK = ".worker"
_WHAT = "A worker"


@contextmanager
def scratch(parent: Path) -> Iterator[Path]:
    """A new folder in `parent`, gone at the end. Raises `StorageError` where none can be made."""
    sweep(parent)
    with ExitStack() as ending:
        while (place := _made(parent, ending)) is None:
            pass
        yield place


def _made(parent: Path, ending: ExitStack) -> Path | None:
    """None where somebody who swept took it away before it was locked."""
    try:
        folder = tempfile.TemporaryDirectory(prefix=_PREFIX, dir=parent, ignore_cleanup_errors=True)
    except OSError as error:
        message = f"No folder can be made in {parent}: {error.strerror or error}."
        raise StorageError(
            "output", message, "Look at rights and disk space; TMPDIR names another place."
        ) from None
    place = Path(ending.enter_context(folder))
    ending.enter_context(held(place / _LOCK, _WHAT))
    return place if (place / _LOCK).is_file() else None


def sweep(parent: Path) -> None:
    """Take away what workers left whose processes are gone: nobody has its lock any more. What has none is left alone."""
    for place in sorted(parent.glob(f"{_PREFIX}*")):
        lock = place / _LOCK
        with suppress(MarbreError, OSError):
            if _is_ours(place) and lock.is_file() and not is_held(lock):
                with held(lock, _WHAT):
                    shutil.rmtree(place, ignore_errors=True)


def _is_ours(place: Path) -> bool:
    """Whether it is a folder of this user's: anybody may put something under such a name."""
    found = place.lstat()
    return stat.S_ISDIR(found.st_mode) and (not hasattr(os, "geteuid") or found.st_uid == os.geteuid())
