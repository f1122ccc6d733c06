"""Names and places of a French piece held against those of another language.

A person's name has the same letters in both, or is a variant of transliteration: one that no source has blocks. Other
names may be translated, and only warn. Countries and peoples are compared by country; a city by its French name where
CLDR has it; another place that no source has warns, for it may be a translation too.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache

from pipeline.checks.check import Manuscript
from pipeline.checks.fidelity.comparison import Comparison, Statement, compare
from pipeline.checks.fidelity.named.grounding import Grounds, grounds, readings
from pipeline.checks.fidelity.named.names import find_absent_name
from pipeline.checks.fidelity.translated.beside import is_translated_name
from pipeline.model import Finding, Severity
from pipeline.text.english.places import folded, french_bodies, french_cities, places
from pipeline.text.fold import fold
from pipeline.text.people import FIRST_NAMES
from pipeline.text.regions import towns_of
from pipeline.text.spelling import sound
from pipeline.text.toponyms import Toponym, citizens, continents, toponyms

# `le ministère de l’Environnement`: French capitals for what English puts first.
_OFFICE = re.compile(
    r"(?:minist|secrétair|secrétariat|département|commission|comité|office|agence|conseil)\w*[ \u00a0][^.;:«»]{0,40}\Z",
    re.IGNORECASE,
)
_INTO = frozenset("a au aux dans vers depuis en sur sous pres jusqu".split())
_SITES = frozenset(
    "nord sud est ouest pres loin ville centre region banlieue port aeroport gare environs universite tribunal".split()
)
_COMPASS = frozenset(("nord", "sud", "est", "ouest"))
_LONGEST_ENDING = 3


def find_names(manuscript: Manuscript) -> Iterator[Finding]:
    """FID006: as between French texts, but only a person's name blocks."""
    comparison = compare(manuscript)
    bodies = _bodies(comparison)
    people = _people(comparison)
    _, cities = _atlas(comparison)
    for finding in find_absent_name(manuscript):
        text = finding.where.text if finding.where else ""
        form = " ".join(folded(text))
        if folded(text) in cities:
            continue
        where = finding.where
        if (
            where
            and _OFFICE.search(comparison.document.text, max(0, where.start - 60), where.start)
            and not _is_person(finding, people)
        ):
            continue
        if is_translated_name(comparison, text):
            continue
        if any(f" {form} " in f" {body} " or f" {body} " in f" {form} " for body in bodies):
            continue
        if finding.severity == "block" and not _is_person(finding, people):
            message = f"No source names “{text}”; it may be a translation."
            yield Finding("FID006", "warn", message, finding.where, finding.evidence)
        else:
            yield finding


@lru_cache(maxsize=2)
def _bodies(comparison: Comparison) -> frozenset[str]:
    text = " ".join(p.text for s in comparison.sources if s.language == "en" for p in s.facts.passages)
    return french_bodies(text)


@lru_cache(maxsize=2)
def _people(comparison: Comparison) -> tuple[tuple[int, int], ...]:
    """Places in the file of the piece's persons whose first name is one, or who speak."""
    found = set()
    for statement in comparison.statements:
        for start, end, entity in comparison.mentions(statement):
            first = entity.text.split()[0]
            if entity.kind == "person" and (" " in entity.text or first in FIRST_NAMES):
                place = comparison.place(statement.block, start, end)
                found.add((place.start, place.end))
    return tuple(sorted(found))


def _is_person(finding: Finding, people: Sequence[tuple[int, int]]) -> bool:
    where = finding.where
    if where is None:
        return False
    at = bisect_right(people, (where.start, len(where.text) + where.end)) - 1
    return at >= 0 and where.end <= people[at][1]


def find_places(manuscript: Manuscript) -> Iterator[Finding]:
    """FID007."""
    comparison = compare(manuscript)
    known, atlas = grounds(manuscript), _atlas(comparison)
    for statement, reading in zip(comparison.statements, readings(comparison), strict=True):
        names = list(comparison.mentions(statement))
        for named in reading.toponyms:
            text = statement.block.text
            inside = any(
                a <= named.start
                and named.end <= b
                and (a, b) != (named.start, named.end)
                and e.kind != "place"
                for a, b, e in names
            )
            if (
                inside
                or _COMPASS.issuperset(named.words)
                or comparison.is_quoted(statement.paragraph, named.start)
            ):
                continue
            if verdict := _verdict(statement, named, known, atlas):
                severity, why = verdict
                message = f"No source speaks of “{text[named.start : named.end]}”{why}."
                yield comparison.finding("FID007", severity, message, statement, (named.start, named.end))


@lru_cache(maxsize=2)
def _atlas(comparison: Comparison) -> tuple[frozenset[str], frozenset[tuple[str, ...]]]:
    """The codes of the countries that the sources speak of, and the French names of their cities."""
    codes: set[str] = set()
    cities: set[tuple[str, ...]] = set()
    for source in comparison.sources:
        for passage in source.facts.passages:
            if source.language == "en":
                found = [(p.codes, p.french) for p in places(passage.text)]
            else:
                found = [(p.codes, p.words) for p in toponyms(passage.text)]
            for each, words in found:
                codes.update(each if len(each) == 1 else ("+".join(each),))
                cities.add(words)
    codes |= {continents()[code] for code in codes if code in continents()}
    return frozenset(codes), frozenset(cities)


def _verdict(
    statement: Statement,
    named: Toponym,
    known: Grounds,
    atlas: tuple[frozenset[str], frozenset[tuple[str, ...]]],
) -> tuple[Severity, str] | None:
    codes, cities = atlas
    words = named.words
    if any(known.has(town) or town in cities for town in towns_of(words)):
        return None  # `en Bretagne` of Rennes
    if known.knows(words) or any(words == city or words == city[1:] for city in cities):
        return None
    if named.sense in ("name", "people", "peoples", "prefix", "region", "seat"):
        whole = "+".join(named.codes)
        told = whole in codes or any(
            code in codes for code in named.codes if len(named.codes) < 4 or named.sense == "prefix"
        )
        return None if told else ("block", "")
    if named.sense == "citizen":
        return None if citizens().get(words[0], ()) in cities else ("warn", "")
    if (
        named.sense == "capital"
        and any(code in codes for code in named.codes)
        and not _is_location(statement, named)
    ):
        return None
    if _is_respelt(words, known):
        return None
    if words in french_cities() or named.sense == "capital":
        return "block", ""
    return "warn", "; it may be a translation"


def _is_location(statement: Statement, named: Toponym) -> bool:
    """`à Moscou`; `Moscou refuse` is the country."""
    before = fold(statement.block.text[max(0, named.start - 30) : named.start]).split()
    if before and before[-1] in ("de", "du"):
        return bool(_SITES & set(before[-3:-1]))
    return bool(before) and before[-1] in _INTO


def _is_respelt(words: tuple[str, ...], known: Grounds) -> bool:
    """`Gênes` of `Genoa` is not, `Salzbourg` of `Salzburg` is: the same beginning, another ending, or one sound."""
    if len(words) != 1:
        return False
    word = words[0]
    alike = (w for w in known.capitals if w[:4] == word[:4] and abs(len(w) - len(word)) <= _LONGEST_ENDING)
    return len(word) > 4 and (sound(word) in known.sounds or next(alike, None) is not None)
