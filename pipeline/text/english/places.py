"""Countries, peoples and cities in English text, under the codes and the French names that a piece has for them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from pipeline.text.english import place_table
from pipeline.text.fold import fold

Sense = Literal["name", "people", "region", "city"]
_WORD = re.compile(r"(?:[A-Z]\.){2,4}|[^\W\d_]+")
_LONGEST = 6


@dataclass(frozen=True, slots=True)
class Place:
    """`text[start:end]` names, or belongs to, one of the countries `codes`."""

    start: int
    end: int
    sense: Sense
    codes: tuple[str, ...]
    french: tuple[str, ...] = ()
    """Of a city: the words of its French name, folded."""


def folded(name: str) -> tuple[str, ...]:
    """The words of a name as `fold` has them."""
    return tuple(re.findall(r"\w+", fold(name)))


def places(text: str) -> Iterator[Place]:
    """In reading order, the longest first where two begin together, none inside another."""
    stream = list(_WORD.finditer(text))
    index = _index()
    covered = 0
    for at, word in enumerate(stream):
        if at < covered or not word.group()[0].isupper():
            continue
        for used in range(min(_LONGEST, len(stream) - at), 0, -1):
            words = tuple(m.group() for m in stream[at : at + used])
            if entry := index.get(words):
                covered = at + used
                yield Place(word.start(), stream[at + used - 1].end(), *entry)
                break


_Entry = tuple[Sense, tuple[str, ...], tuple[str, ...]]


@lru_cache(maxsize=1)
def _index() -> dict[tuple[str, ...], _Entry]:
    """The words of a name to its sense, codes and French words; a country goes before a city of its name."""
    found: dict[tuple[str, ...], _Entry] = {}
    for name, sense, codes, french in _entries():
        words = tuple(m.group() for m in _WORD.finditer(name))
        found.setdefault(words, (sense, codes, french))
    return found


def _entries() -> Iterator[tuple[str, Sense, tuple[str, ...], tuple[str, ...]]]:
    for line in place_table.TABLE.strip().splitlines():
        code, names, people, more, cities = line.split("|")
        for name in filter(None, (*names.split("/"), *more.split("/"))):
            yield from ((form, "name", (code,), ()) for form in (name, f"{name}s"))
        for name in filter(None, people.split("/")):
            yield from ((form, "people", (code,), ()) for form in (name, f"{name}s"))
        yield from _cities(code, cities)
    for line in place_table.REGIONS.strip().splitlines():
        members, names = line.split("|")
        codes = (f"@{members}",) if members in ("EU", "AF", "AS", "AM", "OC") else tuple(members.split())
        yield from ((form, "region", codes, ()) for name in names.split("/") for form in (name, f"{name}s"))
    for group in place_table.CITIES.replace("\n", "|").strip("|").split("|"):
        yield from _cities(group[:2], group[3:])


def _cities(code: str, row: str) -> Iterator[tuple[str, Sense, tuple[str, ...], tuple[str, ...]]]:
    for pair in filter(None, row.split("/")):
        name, _, french = pair.partition("=")
        yield name, "city", (code,), folded(french or name)


@lru_cache(maxsize=1)
def french_cities() -> frozenset[tuple[str, ...]]:
    """The French names, folded, of the cities whose English names are known: without an English one in a source,
    they are none of its places.
    """
    return frozenset(_bare(french) for _, sense, _, french in _entries() if sense == "city")


def _bare(words: tuple[str, ...]) -> tuple[str, ...]:
    return words[1:] if len(words) > 1 and words[0] in ("le", "la", "les") else words


@lru_cache(maxsize=1)
def bodies() -> dict[str, tuple[str, ...]]:
    """English name of a body, a feast or a sea to its French names."""
    rows = place_table.BODIES.replace("\n", "|").strip("|").split("|")
    return {name: tuple(french.split("/")) for name, french in (row.split("=", 1) for row in rows)}


def french_bodies(text: str) -> frozenset[str]:
    """The French names, folded, of the bodies that an English text names."""
    return frozenset(
        " ".join(folded(form))
        for name, forms in bodies().items()
        if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)
        for form in forms
    )
