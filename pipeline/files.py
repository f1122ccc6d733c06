"""Reading a file that a user names: whole, never more than can be one, and never waiting for what has no end."""

import os
from pathlib import Path
from typing import BinaryIO


class FileError(Exception):
    """A file that cannot be read; the message says why, in words that follow “cannot be read:”."""


def read_bounded(path: Path, most: int) -> bytes:
    """The bytes of a plain file. A device or a pipe may have no end, or nobody who writes into it.

    Raises `FileError`.
    """
    try:
        if path.is_dir():
            raise FileError("it is a folder")
        if path.exists() and not path.is_file():
            raise FileError("it is no plain file")
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        raise FileError(error.strerror or str(error)) from None
    except ValueError:
        raise FileError("its name holds a NUL") from None
    return _bounded(data, most)


def read_stream(stream: BinaryIO, most: int) -> bytes:
    """What comes through a pipe, up to its end. Raises `FileError` when there is more of it."""
    return _bounded(stream.read(most + 1), most)


def name_of(path: Path) -> str:
    """A path as text that can be printed on one line and written anywhere."""
    return printable(os.fsencode(path).decode("utf-8", "backslashreplace"))


def printable(text: str) -> str:
    """On one line, and nothing that a terminal would obey."""
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


def _bounded(data: bytes, most: int) -> bytes:
    if len(data) > most:
        raise FileError(f"it is larger than {most:,} bytes")
    return data
