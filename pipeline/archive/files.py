"""The pieces of an archive as files: which they are, and what each says.

An output folder holds `<slug>/article.md`; any other folder of Markdown files will do. A folder with a file named
like a piece's (`article.md`, `index.md`) is that piece, and what else lies there (earlier versions, notes) is not read.
"""

import os
import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.text.markdown import Document, parse

LARGEST = 1_000_000
"""Bytes; as for a source, a larger file is no article."""
_PIECE = ("article.md", "index.md", "_index.md")
_SUFFIXES = (".md", ".markdown")


@dataclass(frozen=True, slots=True)
class File:
    path: str
    """Under the archive's folder."""
    stamp: str
    """Changes when the file does."""
    fault: str | None = None
    """Why it cannot be read."""


@dataclass(frozen=True, slots=True)
class Text:
    """What an archived piece says. A working draft says nothing yet: it is the source's own sentences."""

    slug: str
    title: str
    paragraphs: tuple[str, ...]


def found(folder: Path) -> Iterator[File]:
    """The archive's files in order of path. Links to folders are not followed: they may lead back here."""
    closed: list[OSError] = []
    skipped = len(os.path.join(folder, ""))  # noqa: PTH118 - its length with the slash
    for place, folders, names in os.walk(folder, onerror=closed.append):
        pieces = [name for name in _PIECE if name in names]
        folders[:] = [] if pieces else sorted(name for name in folders if not name.startswith("."))
        chosen = pieces[:1] or sorted(n for n in names if n.lower().endswith(_SUFFIXES) and n[0] != ".")
        for name in chosen:
            if file := _file(os.path.join(place, name), skipped):  # noqa: PTH118 - ten thousand of them
                yield file
    for error in closed:
        yield File(_shown(str(error.filename)[skipped:]), "", f"{error.strerror}")


def _file(path: str, skipped: int) -> File | None:
    name = path[skipped:]
    if _shown(name) != name:
        return File(_shown(name), "", "its name is not text")
    try:
        status = os.stat(path)  # noqa: PTH116 - as above
    except OSError as error:
        return File(name, "", f"{error.strerror}")
    if not stat.S_ISREG(status.st_mode):
        return None
    fault = "larger than a piece can be" if status.st_size > LARGEST else None
    return File(name, f"{status.st_size}:{status.st_mtime_ns}", fault)


def _shown(name: str) -> str:
    return name if name.isprintable() else "".join(c if c.isprintable() else repr(c)[1:-1] for c in name)


def read(folder: Path, file: File) -> Text:
    """Raises `OSError`."""
    data = (folder / file.path).read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        from pipeline.reading.decoding import decode  # old archives hold old encodings

        text = decode(data).text
    document = parse(unicodedata.normalize("NFC", text))
    slug = slug_of(document, Path(file.path))
    working = document.front.get("stage") == "working_draft"
    return Text(slug, _title(document) or slug, () if working else tuple(b.text for b in document.shown))


def slug_of(document: Document, path: Path) -> str:
    """What a piece calls itself, or else what its folder or file is called."""
    told = document.front.get("slug")
    if isinstance(told, str) and told.strip():
        return _line(told)
    return path.absolute().parent.name if path.name in _PIECE else path.stem


def _title(document: Document) -> str | None:
    told = document.front.get("title")
    if isinstance(told, str) and told.strip():
        return _line(told)
    return next((_line(h.text) for h in document.headings), None)


def _line(text: str) -> str:
    """On one line; half a character, which YAML can name, is none."""
    return " ".join(text.split()).encode("utf-8", "replace").decode()
