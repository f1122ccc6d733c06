"""What a list of addresses, a feed or a sitemap names: bytes to entries. None of them is trusted."""

import codecs
import csv
import json
import re
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from io import BytesIO, StringIO
from typing import Any, Literal
from urllib.parse import urldefrag, urljoin, urlsplit

from pipeline.errors import SourceError
from pipeline.reading.decoding import decode
from pipeline.text.web_address import without_login

LARGEST = 50_000_000
"""Bytes of a feed, sitemap or list, unpacked; sitemaps protocol 0.9: 50 MB."""
WEB = ("http://", "https://")
MOST = 50_000
"""Entries of one file; the same."""
_MOST_MARKS = 2_000_000  # of 50,000 addresses with a picture or a dozen languages each: 1,500,000
_MOST_MARKS_OF_FEED = 500_000  # its parser holds the whole tree: 6 s and 300 MB
_UTF_7 = re.compile(rb"utf-?7", re.IGNORECASE)
_LONGEST = 2_000  # characters of an address
_LONGEST_MOMENT = 60  # characters
_LEAST = 150  # words; a teaser has some fifty
_TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class Entry:
    """An article that is named somewhere."""

    url: str
    html: str = ""
    """Its text, where a feed gives it whole."""
    date: float | None = None
    """Seconds since 1970: when it was published or last changed, as the feed or sitemap says."""


@dataclass(frozen=True, slots=True)
class Listed:
    kind: Literal["feed", "sitemap", "index", "list"]
    entries: tuple[Entry, ...]
    """In their order, each address once. Of an index they are sitemaps."""
    unusable: int = 0
    """Entries whose address is missing, or none of the web."""


def read_list(data: bytes, name: str) -> Listed:
    """A file with an address a line; of a CSV (by its name) with the first cell of each row that is one.

    Empty lines, those that begin with # and a first line without an address are passed over. Raises `SourceError`
    too_large, no_list.
    """
    if len(data) > LARGEST:
        raise _too_large(name)
    text = decode(data).text.removeprefix("\ufeff")
    rows = _rows(text) if name.lower().endswith(".csv") else ([line] for line in text.splitlines())
    told = [row for row in rows if any(c.strip() for c in row) and not row[0].lstrip().startswith("#")]
    found = [next((c.strip() for c in row if c.strip().startswith(WEB)), None) for row in told]
    listed = _listed("list", (_located(a, "") for n, a in enumerate(found) if a or n))
    if not listed.entries:
        message = "No line of it holds an address."
        raise SourceError("no_list", message, "Write one http or https address a line.", about=name)
    return listed


def _rows(text: str) -> Iterator[list[str]]:
    first = text[:_LONGEST].partition("\n")[0]
    with suppress(csv.Error):  # a cell that never ends: what came before it counts
        yield from csv.reader(StringIO(text, newline=""), delimiter=max(",;\t", key=first.count))


def read_document(data: bytes, name: str) -> Listed:
    """A feed (RSS, Atom, RDF, JSON) or a sitemap, packed by gzip or not. Raises `SourceError` no_list, too_large."""
    data = _unpacked(data, name)
    if len(data) > LARGEST:
        raise _too_large(name)
    if data.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"{"):
        return _json_feed(data, name)
    _refuse_crowded(data, b"<", _MOST_MARKS, name)
    # No reader of feeds takes UTF-7, whose markup could not be counted.
    if _UTF_7.search(data, 0, data.find(b"?>") + 1):
        raise _no_list(name)
    if (listed := _sitemap(data, name)) is not None:
        return listed
    _refuse_crowded(data, b"<", _MOST_MARKS_OF_FEED, name)
    import fastfeedparser

    try:
        feed: Any = fastfeedparser.parse(
            data, include_tags=False, include_media=False, include_enclosures=False
        )
    except Exception as error:  # whatever its parsers raise: to the user they are one and the same
        raise _no_list(name) from error
    return _listed("feed", (_of_feed(entry, name) for entry in feed["entries"]))


def _refuse_crowded(data: bytes, mark: bytes, most: int, name: str) -> None:
    """Each mark is an object of the parser's: fifty megabytes of empty ones would take gigabytes and a minute."""
    if data.count(mark) > most:
        raise _too_large(name)


def _json_feed(data: bytes, name: str) -> Listed:
    """JSON Feed 1.1. An item of another shape is one without an address; it costs none of the others theirs."""
    for mark in b"{[,":
        _refuse_crowded(data, bytes([mark]), _MOST_MARKS_OF_FEED, name)
    try:
        told = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise _no_list(name) from error
    items = told.get("items")
    if not isinstance(items, list):
        raise _no_list(name)
    return _listed("feed", (_of_json(item, name) for item in items))


def _of_json(item: Any, base: str) -> Entry | None:
    link = item.get("url") if isinstance(item, dict) else None
    if not isinstance(link, str) or not link.strip():
        return None
    html = item.get("content_html") or _paragraphs(item.get("content_text"))
    return Entry(_joined(base, link), _whole(html), _moment(item.get("date_published")))


def _paragraphs(text: object) -> str:
    return "".join(f"<p>{escape(part)}</p>" for part in text.split("\n\n")) if isinstance(text, str) else ""


def _of_feed(entry: Any, base: str) -> Entry | None:
    link = entry.get("link")
    if not isinstance(link, str) or not link.strip():
        return None
    contents = [c.get("value") for c in entry.get("content") or () if isinstance(c, dict)]
    html = max((c for c in contents if isinstance(c, str)), key=len, default="")
    return Entry(_joined(base, link), _whole(html), _moment(entry.get("published")))


def _whole(html: object) -> str:
    """The text of an article; empty for a teaser, or for what is no text."""
    return html if isinstance(html, str) and len(_TAG.sub(" ", html).split()) >= _LEAST else ""


def _sitemap(data: bytes, name: str) -> Listed | None:
    """None for what is none. Nothing that a document names is loaded, and no entity is put in."""
    from lxml import etree

    wanted = {"urlset": "url", "sitemapindex": "sitemap"}
    found: list[Entry | None] = []
    root: str | None = None
    walk = etree.iterparse(
        BytesIO(data), events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False,
        huge_tree=False, recover=True, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        for event, element in walk:
            tag = etree.QName(element).localname
            if root is None:
                root = tag
                if root not in wanted:
                    return None
            elif event == "end" and tag == wanted[root]:
                told = {etree.QName(c).localname: c.text for c in reversed(element) if isinstance(c.tag, str)}
                found.append(_located(told.get("loc"), name, _moment(told.get("lastmod"))))
                element.clear(keep_tail=False)
                if len(found) >= MOST:
                    break
    except (etree.XMLSyntaxError, ValueError):
        if root not in wanted:
            return None
    return None if root is None else _listed("sitemap" if root == "urlset" else "index", found)


def _located(text: str | None, base: str, date: float | None = None) -> Entry | None:
    return Entry(_joined(base, text), date=date) if text and text.strip() else None


def _moment(told: object) -> float | None:
    """Of an ISO 8601 day or time, one of UTC where it names no zone; None for anything else."""
    if not isinstance(told, str) or len(told) > _LONGEST_MOMENT:
        return None
    try:
        moment = datetime.fromisoformat(told.strip())
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return None


def _joined(base: str, link: str) -> str:
    try:
        return without_login(urldefrag(urljoin(base, link.strip())).url)
    except ValueError:
        return ""


def _listed(kind: Literal["feed", "sitemap", "index", "list"], entries: Iterable[Entry | None]) -> Listed:
    kept: dict[str, Entry] = {}
    unusable = 0
    for entry in entries:
        if entry is None or not _is_usable(entry.url):
            unusable += 1
        elif len(kept) < MOST:
            kept.setdefault(entry.url, entry)
    return Listed(kind, tuple(kept.values()), unusable)


def _is_usable(url: str) -> bool:
    """An address of the web that can be printed on a line."""
    if len(url) > _LONGEST or not url.isprintable() or " " in url:
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _unpacked(data: bytes, name: str) -> bytes:
    if not data.startswith(b"\x1f\x8b"):
        return data
    packed = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        whole = packed.decompress(data, LARGEST + 1)
    except zlib.error as error:
        raise SourceError("no_list", "It is packed, and damaged.", "Load it again.", about=name) from error
    return whole


def _no_list(name: str) -> SourceError:
    return SourceError(
        "no_list",
        "This is neither a feed nor a sitemap.",
        "Give the address of a feed or sitemap; of an article to marbre rewrite, or in a list: @FILE.",
        about=name,
    )


def _too_large(name: str) -> SourceError:
    message = (
        f"It is larger than {LARGEST // 1_000_000} MB, or has more tags and entries than any feed or sitemap."
    )
    return SourceError("too_large", message, "Split it, as sitemaps must be.", about=name)
