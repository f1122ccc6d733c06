"""What `marbre batch` was given, as sources: folders, files, lists, feeds and sitemaps."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from pipeline.errors import MarbreError, SourceError, UsageError
from pipeline.items import Item, item_of_file, paths_of, refuse_folder
from pipeline.items import items_of as items_of_folder
from pipeline.model import Source, Visit
from pipeline.sources.listed import LARGEST, WEB, Entry, Listed, read_document, read_list
from pipeline.sources.visitor import Visitor
from pipeline.stages import ingest
from pipeline.text.web_address import without_login

MOST = 100_000
"""Sources of one target."""
_DOCUMENTS = (".xml", ".rss", ".atom", ".rdf", ".xml.gz")
_DEEPEST = 2  # an index of sitemaps may name an index, though the protocol says it must not
_MOST_SITEMAPS = 500  # of one index; the protocol has room for 50,000
# What a feed's own text stands in for: a page that may not or cannot be read. A reservation is about the work, wherever
# it is taken from.
_STANDS_IN = ("robots", "fetch_failed", "unknown_type")

Tell = Callable[[str], None]


def items_of(targets: Sequence[str], out: Path, visitor: Visitor, tell: Tell) -> Iterator[Item]:
    """The sources of all targets in their order, each address and file once.

    What cannot be read of the web is a source that fails, so that the others are written all the same. `tell` gets a
    line on what was left out. Raises `UsageError` for a target of this machine that is not there.
    """
    targets = [without_login(t) if t.startswith(WEB) else t for t in targets]
    for target in targets:
        _refuse_unusable(target, out)
    seen: set[str] = set()
    for target in targets:
        for count, item in enumerate(_items(target, out, visitor, tell)):
            if count == MOST:
                tell(f"{target} names more than {MOST:,} sources; the others are left out.")
                break
            if item.key not in seen:
                seen.add(item.key)
                yield item


def paths_beside(targets: Sequence[str], out: Path) -> Iterator[Path]:
    """The files that may give background to others: those of the folders."""
    for target in targets:
        if _is_folder(target):
            yield from paths_of(Path(target), out)


def _is_folder(target: str) -> bool:
    return not target.startswith(("@", *WEB)) and Path(target).is_dir()


def _refuse_unusable(target: str, out: Path) -> None:
    if target.startswith(WEB):
        return
    if _is_folder(target):
        refuse_folder(Path(target), out)
    elif not Path(target.removeprefix("@")).is_file():
        raise UsageError(
            "no_folder",
            f"There is no folder or file {target}.",
            "Give a folder of sources, a file, @LIST, or the address of a feed or sitemap.",
        )


def _items(target: str, out: Path, visitor: Visitor, tell: Tell) -> Iterator[Item]:
    path = Path(target)
    if target.startswith("@"):
        yield from _entries(read_list(_bytes(Path(target[1:])), target), target, visitor, tell)
    elif target.startswith(WEB):
        yield from _on_the_web(target, visitor, tell, _DEEPEST)
    elif path.is_dir():
        yield from items_of_folder(path, out)
    elif path.name.lower().endswith(_DOCUMENTS):
        yield from _entries(read_document(_bytes(path), target), target, visitor, tell, _DEEPEST)
    else:
        yield item_of_file(path)


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror}."
        raise UsageError("no_folder", message, "Check its rights.") from None


def _on_the_web(url: str, visitor: Visitor, tell: Tell, deep: int) -> Iterator[Item]:
    try:
        answer = visitor.fetch(url, limit=LARGEST)
        visitor.visit_of(answer, "", url)
        listed = read_document(answer.data, answer.url)
    except MarbreError as error:
        yield Item(url, url, partial(_raise, error))
        return
    yield from _entries(listed, url, visitor, tell, deep)


def _raise(error: MarbreError) -> Source:
    raise error


def _entries(listed: Listed, name: str, visitor: Visitor, tell: Tell, deep: int = 0) -> Iterator[Item]:
    if listed.unusable:
        tell(f"{name}: {listed.unusable:,} entries without an address of the web are passed over.")
    if listed.kind != "index":
        for entry in listed.entries:
            yield Item(entry.url, entry.url, partial(_read, visitor, entry, name), date=entry.date)
        return
    if deep == 0 or len(listed.entries) > _MOST_SITEMAPS:
        tell(f"{name} names sitemaps that are left out: too many, or too deep.")
    for entry in listed.entries[: _MOST_SITEMAPS if deep else 0]:
        yield from _on_the_web(entry.url, visitor, tell, deep - 1)


def _read(visitor: Visitor, entry: Entry, feed: str) -> Source:
    """The page; where it may not or cannot be read, the text that the feed gave of it."""
    try:
        return visitor.read(entry.url)
    except SourceError as error:
        if error.code not in _STANDS_IN or not entry.html.strip():
            raise
        reserved = visitor.reserved(entry.url, error)
        why = f"{error.message} The text is that of {feed}."
    page = f"<html><body><article>{entry.html}</article></body></html>"
    source = ingest.read_bytes(page.encode("utf-8", "replace"), entry.url, "text/html; charset=utf-8")
    return replace(source, visit=Visit(entry.url, reserved=reserved, through="feed", why=why))
