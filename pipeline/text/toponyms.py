"""Countries, peoples, cities and seats of power in a text, and the country of each: `le Norvégien`, `Oslo`, `Kremlin`.

What pipeline/text/countries.py knows, in every form a text may have it; a place that it lacks is a name like others.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from pipeline.text import countries
from pipeline.text.fold import Token, fold, tokens
from pipeline.text.gazetteer import CITIES
from pipeline.text.gazetteer import REGIONS as FRENCH_REGIONS
from pipeline.text.kept import kept

Sense = Literal["name", "region", "peoples", "people", "capital", "city", "seat", "prefix", "citizen"]
_ARTICLES = ("le", "la", "les", "l", "au", "aux", "du")
_IN_ANY_CASE = ("people", "peoples", "prefix", "citizen")
# `montagnes russes`, `été indien`: the adjective says nothing about a country.
_IDIOMS = frozenset(
    "montagne russe|roulette russe|poupee russe|salade russe|douche ecossaise|file indienne|ete indien|chiffre arabe|"
    "telephone arabe|creme anglaise|clef anglaise|cle anglaise|bain turc|tete turc|cafe turc|casse tete chinois|"
    "ombre chinoise|portrait chinois|salade grecque|yaourt grec|coup francais|berger allemand|galette suisse|"
    "couteau suisse|filer anglaise|cochon inde|encre chine|noix bresil|marche persan|pomme terre|bouledogue francais|"
    "danse ecossaise|gomme arabique|jardin anglais|assiette anglaise|capote anglaise|oeillet inde|sauce hollandaise".split(
        "|"
    )
)
_LESS_WORDS = ("a", "l", "la", "le", "de", "d", "des")


@dataclass(frozen=True, slots=True)
class Entry:
    """A form in which a place is named."""

    words: tuple[str, ...]
    """Folded; without a leading article."""
    sense: Sense
    codes: tuple[str, ...]
    """Countries it belongs to; a continent has its own code (`@EU`)."""
    article: bool = False
    """Only with an article before it (`le Caire`, `du Havre`)."""


@dataclass(frozen=True, slots=True)
class Toponym:
    """`text[start:end]` names, or belongs to, one of the countries `codes`."""

    start: int
    end: int
    words: tuple[str, ...]
    sense: Sense
    codes: tuple[str, ...]


def toponyms(text: str, words: Sequence[Token] | None = None) -> Iterator[Toponym]:
    """In reading order, the longest first where two begin together, none inside another."""
    return iter(_toponyms(text)) if words is None else _found(text, words)


@kept
def _toponyms(text: str) -> tuple[Toponym, ...]:
    return tuple(_found(text, tokens(text)))


def _found(text: str, stream: Sequence[Token]) -> Iterator[Toponym]:
    index = _index()
    covered = 0
    for at, token in enumerate(stream):
        if at < covered:
            continue
        for entry in index.get(token.text, ()):
            end = at + len(entry.words)
            if _matches(text, stream, at, entry):
                covered = end
                yield Toponym(token.start, stream[end - 1].end, entry.words, entry.sense, entry.codes)
                break


def _matches(text: str, stream: Sequence[Token], at: int, entry: Entry) -> bool:
    end = at + len(entry.words)
    if end > len(stream) or any(
        t.text != w for t, w in zip(stream[at + 1 : end], entry.words[1:], strict=True)
    ):
        return False
    if entry.article and (at == 0 or stream[at - 1].text not in _ARTICLES):
        return False
    if entry.sense == "prefix":
        return text[stream[at].end : stream[at].end + 1] in ("-", "\u2011") and end < len(stream)
    if entry.sense in _IN_ANY_CASE:
        return not _is_idiom(stream, at)
    small = _SMALL if end - at > 1 else ()
    return all(text[t.start].isupper() for t in stream[at:end] if t.text not in small)


_SMALL = frozenset("de du des d la le les l et el cheikh saoudite populaire islamique tcheque centrafricaine dominicaine "
    "democratique francaise baltes nord sud equatoriale orientale oriental occidentale palestiniens palestinienne latine "
    "centrale unis arabes euro helvetique federale hebreu europeenne ile iles bande empire zone republique pays place quai "
    "etats province etat rd".split())  # fmt: skip


def _is_idiom(stream: Sequence[Token], at: int) -> bool:
    word = stream[at].text.removesuffix("s")
    before = [t.text for t in stream[max(0, at - 3) : at] if t.text not in _LESS_WORDS]
    return bool(before) and (
        f"{before[-1].removesuffix('s')} {word}" in _IDIOMS or f"{' '.join(before[-2:])} {word}" in _IDIOMS
    )


@lru_cache(maxsize=1)
def _index() -> dict[str, tuple[Entry, ...]]:
    """First word to entries, the longest first. A country goes before a city of its name; equals share a form."""
    found: dict[tuple[str, ...], Entry] = {}
    for entry in _entries():
        known = found.setdefault(entry.words, entry)
        if known.sense == entry.sense:
            codes = tuple(sorted({*known.codes, *entry.codes}))
            found[entry.words] = Entry(known.words, known.sense, codes, known.article)
    index: dict[str, list[Entry]] = {}
    for entry in found.values():
        index.setdefault(entry.words[0], []).append(entry)
    return {word: tuple(sorted(row, key=lambda e: -len(e.words))) for word, row in index.items()}


def _entries() -> Iterator[Entry]:
    known: set[tuple[str, ...]] = set()
    for head, names, people, capital, cities in _rows(countries.TABLE):
        codes: tuple[str, ...] = (head[:2].upper(),)
        own = (
            *_named(names, "name", codes),
            *_named(capital, "capital", codes),
            *_named(cities, "city", codes),
        )
        known.update(e.words for e in own)
        yield from own
        yield from _people(people, "people", codes)
    for members, names, people, *others in _rows(countries.REGIONS):
        continent = members.upper() in CONTINENTS
        codes = (f"@{members.upper()}",) if continent else tuple(members.upper().split())
        yield from _named("/".join((names, *others)), "region", codes)
        yield from _people(people, "peoples", codes)
    yield from _minor(known)


CONTINENTS = ("EU", "AF", "AS", "AM", "OC")


def _minor(known: set[tuple[str, ...]]) -> Iterator[Entry]:
    """Prefixes, seats, and the French places of the gazetteer."""
    pairs = fold(countries.COMPOUND).split()
    for word, code in zip(pairs[::2], pairs[1::2], strict=True):
        yield Entry((word,), "prefix", (code.upper(),))
    for code, name, _ in _rows(countries.SEATS):
        yield from _named(name, "seat", ("@EU",) if code == "eu" else (code.upper(),))
    for entry in _named(_bare("/".join((*CITIES, *FRENCH_REGIONS))), "city", ("FR",)):
        if entry.words not in known:
            yield entry


def _bare(table: str) -> str:
    """Folded, with a space for each apostrophe and hyphen, as the words of a text are."""
    return fold(table).replace("'", " ").replace("-", " ")


def _rows(table: str) -> Iterator[list[str]]:
    return (line.split("|") for line in _bare(table).strip().splitlines())


def _named(names: str, sense: Sense, codes: tuple[str, ...]) -> Iterator[Entry]:
    for name in filter(None, names.split("/")):
        words = tuple(name.split())
        if words[0] in ("le", "la", "les") and len(words) > 1:
            yield Entry(words[1:], sense, codes, article=True)
        else:
            yield Entry(words, sense, codes)


def _people(people: str, sense: Sense, codes: tuple[str, ...]) -> Iterator[Entry]:
    for form in filter(None, people.split("/")):
        *lead, last = form.split()
        for inflected in inflections(last):
            yield Entry((*lead, inflected), sense, codes)


def inflections(masculine: str) -> tuple[str, ...]:
    """Of a folded noun or adjective for a people: masculine and feminine, singular and plural."""
    if masculine in ("turc", "grec"):
        feminine = {"turc": "turque", "grec": "grecque"}[masculine]
    elif masculine.endswith("eau"):
        feminine = masculine[:-2] + "lle"
    elif masculine.endswith(("ien", "een")):
        feminine = masculine + "ne"
    else:
        feminine = masculine if masculine.endswith("e") else masculine + "e"
    doubled = (feminine[:-1] + "ne", feminine[:-1] + "nes") if masculine.endswith("on") else ()
    plural = masculine if masculine.endswith("s") else masculine + ("x" if masculine.endswith("eau") else "s")
    return tuple(dict.fromkeys((masculine, feminine, plural, feminine + "s", *doubled)))


@lru_cache(maxsize=1)
def continents() -> dict[str, str]:
    """Country to the code of its continent."""
    return {line[:2]: f"@{line[3:5]}" for line in countries.TABLE.strip().splitlines()}


@lru_cache(maxsize=1)
def seats() -> dict[tuple[str, ...], tuple[str, ...]]:
    """Seat of power to the words (folded) that say who acts from there."""
    return {tuple(name.split()): tuple(words.split("/")) for _, name, words in _rows(countries.SEATS)}


@lru_cache(maxsize=1)
def citizens() -> dict[str, tuple[str, ...]]:
    """`stephanois` (every form) to the words of its city or its French region."""
    found: dict[str, tuple[str, ...]] = {}
    for pair in (p for row in _rows(countries.CITIZENS) for p in row):
        city, people = pair.split("=")
        words = tuple(w for w in city.split() if w not in ("le", "la"))
        found |= dict.fromkeys(inflections(people), words)
    return found
