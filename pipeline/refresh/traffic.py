"""Pages that lose their readers, by a comparison exported from Search Console.

The rule is a working one, no search engine's: clicks of 28 days at least 20 % below the 28 days before, of which there
were at least 30, while the position did not improve, and no drop of the same kind a year ago where that is told.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from pipeline.errors import UsageError
from pipeline.files import FileError, read_bounded
from pipeline.queries import number
from pipeline.reading.decoding import decode
from pipeline.text.fold import fold

_LARGEST = 50_000_000
_DROP, _LEAST = 0.2, 30
_SAME_PLACE = 0.5  # ranks; less than that is noise
_PAGES = frozenset(
    ("page", "pages", "top pages", "url", "adresse", "pages les plus populaires", "landing page")
)
_BEFORE = re.compile(r"\b(?:previous|precedent\w*|before|avant)\b")
_YEAR = re.compile(r"\b(?:year|an|annee|n 1)\b")


@dataclass(frozen=True, slots=True)
class Traffic:
    clicks: float
    before: float
    position: float | None = None
    """1 is the first result; a larger number is worse."""
    position_before: float | None = None
    year_ago: float | None = None
    """Clicks of the same days a year ago."""


def decay(traffic: Traffic) -> str | None:
    """Why a page is losing its readers, in a line; None when it is not, or only as every year."""
    if traffic.before < _LEAST or traffic.clicks > traffic.before * (1 - _DROP):
        return None
    ranks = (traffic.position, traffic.position_before)
    if ranks[0] is not None and ranks[1] is not None and ranks[0] < ranks[1] - _SAME_PLACE:
        return None
    if traffic.year_ago is not None and traffic.clicks >= traffic.year_ago * (1 - _DROP):
        return None
    compared = "" if traffic.year_ago is not None else "; not compared with a year ago"
    return f"{traffic.clicks:.0f} clicks after {traffic.before:.0f}{compared}"


def read(path: Path) -> dict[str, Traffic]:
    """Last part of a page's address -> its figures. Raises `UsageError` when the file is no such table."""
    try:
        return parse(read_bounded(path, _LARGEST))
    except FileError as error:
        raise _error(path, f"cannot be read: {error}") from None
    except (csv.Error, ValueError) as error:
        raise _error(path, f"is no comparison of pages: {error}") from None


def parse(data: bytes) -> dict[str, Traffic]:
    """Raises `csv.Error` and `ValueError`."""
    lines = decode(data).text.replace("\0", "").splitlines()
    delimiter = max(",;\t", key=lines[0].count) if lines else ","
    rows = csv.reader(lines, delimiter=delimiter)
    columns = _columns([" ".join(re.sub(r"[^\w ]+", " ", fold(c)).split()) for c in next(rows, [])])
    if not {"page", "clicks", "before"} <= columns.keys():
        raise ValueError("it needs columns of pages, of clicks, and of clicks before")
    return dict(_rows(rows, columns))


def _columns(headings: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for n, told in enumerate(headings):
        if told in _PAGES:
            found.setdefault("page", n)
        kind = "clicks" if re.search(r"\bcli(?:c|ck)s?\b", told) else "position" if "position" in told else ""
        if not kind or "difference" in told:
            continue
        if _YEAR.search(told):
            name = "year_ago" if kind == "clicks" else ""
        elif _BEFORE.search(told):
            name = "before" if kind == "clicks" else "position_before"
        else:
            name = kind
        if name:
            found.setdefault(name, n)
    return found


def _rows(rows: Iterator[list[str]], columns: dict[str, int]) -> Iterator[tuple[str, Traffic]]:
    for row in rows:
        values = {
            name: number(row[n]) if n < len(row) else None for name, n in columns.items() if name != "page"
        }
        page = row[columns["page"]] if columns["page"] < len(row) else ""
        clicks, before = values.pop("clicks"), values.pop("before")
        if (name := slug_of(page)) and clicks is not None and before is not None:
            yield name, Traffic(clicks, before, **values)


def slug_of(address: str) -> str:
    """`otan-kiev` of `https://example.org/2026/otan-kiev/` and of `otan-kiev.html`."""
    try:
        path = urlsplit(address.strip()).path
    except ValueError:
        return ""
    return path.rstrip("/").rsplit("/", 1)[-1].removesuffix(".html")


def _error(path: Path, what: str) -> UsageError:
    return UsageError(
        "traffic",
        f"The figures {path} {what}.".replace("\n", " "),
        "Export the comparison of 28 days with the 28 before, by page, from Search Console.",
    )
