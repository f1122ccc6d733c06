"""A file that one process at a time can hold. The operating system lets go of it when that process dies."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

from pipeline.errors import StorageError

_PATIENCE = 0.5  # seconds: who only looks whether it is held holds it for a moment too


@contextmanager
def held(path: Path, what: str) -> Iterator[None]:
    """Raises `StorageError` with the code `busy` when another process holds it; `what` names it in the message."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("ab")
    except OSError as error:
        raise StorageError(
            "output", f"{path} cannot be written: {error.strerror or error}.", "Look at its rights."
        ) from None
    with file:
        end = monotonic() + _PATIENCE
        while not _taken(file.fileno()):
            if monotonic() > end:
                raise StorageError("busy", f"{what} is under way.", "Wait for its end.", about=str(path))
            sleep(_PATIENCE / 10)
        yield


def is_held(path: Path) -> bool:
    """Whether a living process holds it now."""
    if not path.is_file():
        return False
    with path.open("ab") as file:
        return not _taken(file.fileno())


if sys.platform == "win32":

    def _taken(descriptor: int) -> bool:
        import msvcrt

        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:

    def _taken(descriptor: int) -> bool:
        import fcntl

        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
