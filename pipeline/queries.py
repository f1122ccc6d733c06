"""What readers search: a table of keyphrases from any SEO tool, or an export of Search Console.

The column of queries is known by its heading, in French or English; where a tool writes lines above the headings they
are passed over. Without any heading a list of one query a line is read too.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import UsageError
from pipeline.files import FileError, read_bounded
from pipeline.reading.decoding import decode
from pipeline.text.fold import fold

_LARGEST = 50_000_000
_LONGEST = 200  # characters; a longer cell is no query
_DELIMITERS = "\t;,|"
_LOOKED_AT = 12  # lines in which the headings must stand

_QUERY = frozenset(
    (
        "query|queries|top query|top queries|search query|search term|search terms|keyword|keywords|main keyword|"
        "keyphrase|keyphrases|focus keyphrase|requete|requetes|requetes les plus frequentes|mot cle|mots cles|mot clef|"
        "mots clefs|mot cle principal|expression|expressions|expression cle|expressions cles|phrase cle|terme|termes|"
        "terme de recherche|termes de recherche"
    ).split("|")
)
_NUMBERS = {
    "volume": "volume|volumes|search volume|volume de recherche|volume de recherches|volume mensuel|avg monthly searches|"
    "recherches mensuelles|nombre moyen de recherches mensuelles|recherches|monthly volume|monthly searches",
    "clicks": "clicks|clics|clic",
    "impressions": "impressions|impression",
}
_COLUMNS = {name: field for field, names in _NUMBERS.items() for name in names.split("|")}
_NUMBER = re.compile("([0-9][0-9 \u00a0\u202f.,]{0,20})([kKmM])?")
_GROUPED = re.compile("[ \u00a0\u202f]|[.,](?=[0-9]{3}(?![0-9]))")


@dataclass(frozen=True, slots=True)
class Query:
    text: str
    volume: float | None = None
    """Searches a month, as the tool estimates them."""
    clicks: float | None = None
    impressions: float | None = None

    @property
    def traffic(self) -> float:
        """One figure to compare queries of one file by."""
        return self.volume or self.impressions or self.clicks or 0.0

    @property
    def told(self) -> str:
        """The figures in words; empty where the file has none."""
        known = (
            (self.volume, "searches a month"),
            (self.clicks, "clicks"),
            (self.impressions, "impressions"),
        )
        return ", ".join(f"{value:,.0f} {name}" for value, name in known if value is not None)


def read(path: Path) -> tuple[Query, ...]:
    """The queries of a file. Raises `UsageError` when it cannot be read, or no column of queries is found."""
    try:
        data = read_bounded(path, _LARGEST)
    except FileError as error:
        raise _error(path, f"cannot be read: {error}", "Give another with --keyphrases.") from None
    try:
        found = parse(data)
    except csv.Error as error:
        raise _error(path, f"is no table: {error}", "Export it as CSV again.") from None
    if not found:
        remedy = "Name the column “query” or “requête”, or give one query a line."
        raise _error(path, "has no column of queries", remedy)
    return found


def parse(data: bytes) -> tuple[Query, ...]:
    """Each query once, in the order of the file, with the highest figures told of it. Raises `csv.Error`."""
    lines = decode(data).text.replace("\0", "").splitlines()
    found: dict[str, Query] = {}
    for query in _rows(lines):
        key = fold(query.text)
        known = found.get(key)
        found[key] = query if known is None or query.traffic > known.traffic else known
    return tuple(found.values())


def _rows(lines: Sequence[str]) -> Iterator[Query]:
    for number, line in enumerate(lines[:_LOOKED_AT]):
        for delimiter in _DELIMITERS:
            cells = [_heading(cell) for cell in next(csv.reader([line], delimiter=delimiter), [])]
            column = next((n for n, cell in enumerate(cells) if cell in _QUERY), None)
            if column is not None:
                yield from _table(lines[number + 1 :], delimiter, column, cells)
                return
    if not any(delimiter in line for line in lines[:_LOOKED_AT] for delimiter in "\t;"):
        yield from (Query(text) for line in lines if (text := _clean(line)))


def _table(lines: Sequence[str], delimiter: str, column: int, headings: Sequence[str]) -> Iterator[Query]:
    numbers = {field: n for n, cell in reversed(list(enumerate(headings))) if (field := _COLUMNS.get(cell))}
    for row in csv.reader(lines, delimiter=delimiter):
        if len(row) > column and (text := _clean(row[column])):
            values = {field: number(row[n]) for field, n in numbers.items() if n < len(row)}
            yield Query(text, **values)


def _heading(cell: str) -> str:
    return " ".join(re.sub(r"[^\w ]+", " ", fold(cell).replace("_", " ")).split())


def _clean(cell: str) -> str:
    text = " ".join(cell.strip("\ufeff \t\"'[]").split())
    return text if 0 < len(text) <= _LONGEST and any(c.isalpha() for c in text) else ""


def number(cell: str) -> float | None:
    """`1 200`, `1,200`, `1.200`, `12,5`, `1.5K`; of a range (`10K – 100K`) the lower end; None for no number."""
    match = _NUMBER.search(cell)
    if match is None:
        return None
    digits = _GROUPED.sub("", match[1].strip()).replace(",", ".").rstrip(".")
    factor = {"k": 1_000, "m": 1_000_000}.get((match[2] or "").lower(), 1)
    try:
        return float(digits) * factor
    except ValueError:
        return None


def _error(path: Path, what: str, remedy: str) -> UsageError:
    return UsageError("keyphrases", f"The keyphrases {path} {what}.".replace("\n", " "), remedy)
