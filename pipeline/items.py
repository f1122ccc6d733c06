"""Where sources come from: a file, an address, standard input, a folder of files."""

import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from pipeline.bounds import is_text
from pipeline.errors import SourceError, UsageError
from pipeline.files import FileError, name_of, read_stream
from pipeline.model import Source
from pipeline.settings import Settings
from pipeline.stages import ingest
from pipeline.text.web_address import without_login

if TYPE_CHECKING:
    from pipeline.corpus import Copied


@dataclass(frozen=True, slots=True)
class Item:
    """A source to be read: its name as given, what the ledger knows it by, and how to read it."""

    ref: str
    key: str
    read: Callable[[], Source]
    path: Path | None = None
    may_be_skipped: bool = False
    """True for a file that merely lies in a folder: of a type that is not read, it is passed over."""
    place: "Copied | None" = None
    """Where it is among those that may give background, when that is not `path`."""
    date: float | None = None
    """Seconds since 1970: what a feed or sitemap says of a page."""


def item_of(source: str, settings: Settings, stdin: BinaryIO) -> Item:
    """A file, a URL, or `-` for standard input, as something to be read."""
    if "://" in source and not is_text(source):
        raise UsageError("usage", f"The address {source[:100]!r} is no text.", "Give it as UTF-8.")
    if source.startswith(("http://", "https://")):
        from pipeline.sources.visitor import visitor_of

        source = without_login(source)
        return Item(source, source, partial(visitor_of(settings).read, source))
    if "://" in source:
        raise SourceError(
            "fetch_failed",
            "Only http and https addresses can be fetched.",
            "Save it as a file.",
            about=source,
        )
    if source == "-":
        try:
            data = read_stream(stdin, ingest.MAX_BYTES)
        except FileError as error:
            remedy = "Cut it down to one article."
            raise SourceError("too_large", f"It cannot be read: {error}.", remedy, about="-") from None
        key = f"-:{hashlib.sha256(data).hexdigest()}"
        return Item("-", key, lambda: ingest.read_bytes(data, "-", None))
    path = Path(source)
    if path.is_dir():
        name = name_of(path)
        raise UsageError("folder", "This is a folder.", f"Try: marbre batch {name}.", about=name)
    return item_of_file(path)


def items_of(target: Path, out: Path) -> Iterator[Item]:
    """The sources of a folder and its sub-folders, in order of name; hidden files are passed over."""
    refuse_folder(target, out)
    ours = out.resolve()
    closed: dict[Path, OSError] = {}
    for path in sorted([*_files_below(target, closed), *closed]):
        inside = path.relative_to(target).parts
        if any(p.startswith(".") for p in inside):
            continue
        whole = path.resolve()
        if path in closed:
            if whole != ours and ours not in whole.parents:
                name = name_of(path)
                yield Item(name, name_of(whole), partial(_refuse_closed, name, closed[path]))
        elif ours not in whole.parents and _may_be_a_source(path):
            yield _item_at(path, whole, may_be_skipped=True)


def _files_below(target: Path, closed: dict[Path, OSError]) -> list[Path]:
    """What is no folder; links to folders are not followed. `closed` gets the folders that cannot be listed."""

    def note(error: OSError) -> None:
        closed[Path(error.filename)] = error

    return [Path(place, name) for place, _, names in os.walk(target, onerror=note) for name in names]


def _may_be_a_source(path: Path) -> bool:
    """No pipe, device or dangling link. What may not even be looked at counts: reading it tells why it fails."""
    try:
        return path.is_file()
    except OSError:
        return True


def _refuse_closed(name: str, error: OSError) -> Source:
    message = f"The folder could not be read: {error.strerror}."
    raise SourceError("unreadable", message, "Check that you may list and enter it.", about=name) from error


def refuse_folder(target: Path, out: Path) -> None:
    """Raises `UsageError` for what is no folder of sources."""
    if not target.is_dir():
        raise UsageError(
            "no_folder", f"There is no folder {target}.", "Give a folder of sources: marbre batch FOLDER."
        )
    if target.resolve() == out.resolve():
        raise UsageError(
            "same_folder", f"{target} is also where the pieces go.", "Give another folder with --out."
        )
    if out.resolve() in target.resolve().parents:
        message = f"{target} lies where the pieces go, and nothing there is a source."
        raise UsageError("same_folder", message, "Give another folder with --out.")


def item_of_file(path: Path) -> Item:
    return _item_at(path, path.resolve())


def _item_at(path: Path, whole: Path, *, may_be_skipped: bool = False) -> Item:
    name = name_of(path)
    return Item(name, name_of(whole), partial(ingest.read_file, path, name), path, may_be_skipped)


def paths_of(target: Path, out: Path) -> Iterator[Path]:
    """The files of a folder's sources, for those who only read them."""
    return (item.path for item in items_of(target, out) if item.path)
