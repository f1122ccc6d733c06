"""Pages that links may lead to besides the pieces: a site map, or a list of addresses with their titles.

The file is read, never fetched; an address counts only if a page would link it.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from pipeline.errors import UsageError
from pipeline.files import FileError, read_bounded
from pipeline.reading.decoding import decode
from pipeline.text.fold import fold
from pipeline.text.stems import content_stems
from pipeline.text.web_address import web_address

# The sitemap protocol allows 50 MB and 50,000 addresses a file.
_LARGEST = 52_428_800
_MOST = 50_000
_LONGEST = 5_000  # characters of a line
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
_TITLES = ("title", "titre", "name", "nom", "h1", "text", "texte")
_ENDING = re.compile(r"\.(?:html?|php|aspx?)\Z")


@dataclass(frozen=True, slots=True)
class Page:
    address: str
    stems: frozenset[str]
    """Of its title, or of the words in its address where the file has no title."""


def read(path: Path) -> tuple[Page, ...]:
    """The pages of a site map (.xml), a CSV with a column of addresses, or a text of one address a line with an
    optional title behind it. Raises `UsageError` when the file cannot be read or holds no address.
    """
    try:
        data = read_bounded(path, _LARGEST)
    except FileError as error:
        raise _error(path, f"cannot be read: {error}", "Give another in links_from.") from None
    text = decode(data).text
    is_xml = text.lstrip("\ufeff \t\r\n").startswith("<")
    if is_xml and "<sitemapindex" in text[:2000]:
        raise _error(
            path, "lists site maps and no pages", "Give one of the site maps that it names, as a file."
        )
    pages = tuple(
        _pages(
            _of_xml(text)
            if is_xml
            else _of_lines([line[:_LONGEST] for line in text.replace("\0", "").splitlines()])
        )
    )
    if not pages:
        remedy = "Give a sitemap.xml, or one address a line with its title behind a comma."
        raise _error(path, "holds no web address", remedy)
    return pages


def _pages(rows: Iterator[tuple[str, str]]) -> Iterator[Page]:
    seen: set[str] = set()
    for raw, title in rows:
        address = web_address(raw)
        if address is None or address in seen:
            continue
        seen.add(address)
        stems = frozenset(s for s, _, _ in content_stems(title or _words_of(address)))
        yield Page(address, stems)
        if len(seen) == _MOST:
            return


def _of_xml(text: str) -> Iterator[tuple[str, str]]:
    """By pattern and not by a parser: of such a file only its `loc` matters, and entities cannot be made to grow.

    A news site map has the title of each page too.
    """
    for part in re.split(r"<url\b", text)[1:]:
        told = dict(re.findall(r"<(?:\w+:)?(loc|title)>([^<]{1,2000})</", part[:20_000]))
        yield _plain(told.get("loc", "")), _plain(told.get("title", ""))


def _plain(text: str) -> str:
    from html import unescape

    return " ".join(unescape(text).split())


def _of_lines(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    head = lines[0].lower() if lines else ""
    delimiter = max("\t;,", key=head.count)
    columns = [fold(c.strip()) for c in next(csv.reader([head], delimiter=delimiter), [])]
    titled = next((n for n, name in enumerate(columns) if name in _TITLES), None)
    for line in lines:
        found = _ADDRESS.search(line)
        if not found:
            continue
        cells = next(csv.reader([line], delimiter=delimiter), [])
        at = next((n for n, cell in enumerate(cells) if "://" in cell), None)
        if at is None or cells[at].strip() != cells[at].strip().split(" ")[0]:
            yield found[0].rstrip(",;"), line[found.end() :].strip(" ,;\t")
            continue
        column = titled if titled is not None and titled != at else at + 1
        yield cells[at].strip(), cells[column].strip() if column < len(cells) else ""


def _words_of(address: str) -> str:
    """The words of the last part of an address that has any."""
    parts = [_ENDING.sub("", p) for p in unquote(urlsplit(address).path).split("/") if p]
    named = next((p for p in reversed(parts) if len(re.findall(r"[^\W\d_]{3,}", p)) > 1), "")
    return re.sub(r"[\W_]+|\b\d+\b", " ", named)


def _error(path: Path, what: str, remedy: str) -> UsageError:
    return UsageError("links_from", f"The list of pages {path} {what}.".replace("\n", " "), remedy)
