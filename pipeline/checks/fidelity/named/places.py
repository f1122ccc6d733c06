"""FID007: every place and people of the piece stands in a source.

A country may be told by its people or its capital, and a capital may act for its country (`Moscou dément`); but what
happens *in* a place happens in a place that a source names.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from pipeline.checks.check import Check, Example, Manuscript
from pipeline.checks.fidelity.comparison import Comparison, Statement, compare
from pipeline.checks.fidelity.named.grounding import (
    LINKS,
    Grounds,
    Reading,
    evidence,
    grounds,
    located,
    readings,
)
from pipeline.checks.fidelity.named.vacancies import Vacancies
from pipeline.checks.fidelity.refound import once_for_words
from pipeline.model import Finding, Severity
from pipeline.text.fold import Token, tokens
from pipeline.text.gazetteer import REGIONS
from pipeline.text.gentiles import people_of
from pipeline.text.grammar import TIME_WORDS
from pipeline.text.names import Entity
from pipeline.text.regions import towns_of
from pipeline.text.toponyms import Sense, Toponym, citizens, seats, toponyms

_IN = frozenset("a au aux dans vers depuis en sur sous pres autour via jusqu jusque loin hors chez".split())
# A noun before `de` that makes the name after it a place: `la ville de Kiev`.
_SITES = frozenset(
    "ville villes region banlieue rue rues centre nord sud est ouest port aeroport gare habitants habitant quartier quartiers "
    "mairie maire prefecture universite hopital stade peripherie environs alentours abords portes sortie entree pres loin "
    "proche sommet conference congres foire salon festival match siege bataille musee cathedrale tribunal parquet "
    "metro rocade agglomeration metropole commune village ile front siege base provenance retour venu venue".split()
)
# Whoever gets, hears or bears something gets it `à Kiev`, wherever he is: verbs and nouns that take a recipient.
_RECIPIENT = tuple(
    "permett permet permis promet promis promess demand donne donna donner fourni livre livra livraison offr offert accord impos "
    "reproch rappel repon propos refus vendre vendu apport soutien aide aider appui confi consacr octroy conced transm "
    "transf garant signifi adress interdi ultimatum message avertiss face grace quant rapport contrair hostil favorabl "
    "fidel oppos ralli allie command sugger attribu conseil enjoin profit benefi nui menac appartien coute".split()
)
_NAMED_AFTER = frozenset(
    "place rue avenue boulevard quai stade hotel gare pont cours allee square lycee college".split()
)
_DIRECT = ("name", "people", "prefix", "region", "capital", "seat")
_TOWARDS = {"nord": ("septentrional", "nordiste", "boreal"), "sud": ("meridional", "sudiste", "austral"),
            "est": ("oriental",), "ouest": ("occidental",)}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Place:
    """A place of a block with its surroundings."""

    text: str
    stream: tuple[Token, ...]
    at: int
    """Its first word in `stream`."""
    named: Toponym

    @property
    def shown(self) -> str:
        return self.text[self.named.start : self.named.end]


@once_for_words
def find_absent_place(manuscript: Manuscript) -> Iterator[Finding]:
    comparison = compare(manuscript)
    if not comparison.sources:
        return
    known, vacant = grounds(manuscript), Vacancies(comparison)
    for statement, reading in zip(comparison.statements, readings(comparison), strict=True):
        names = list(comparison.mentions(statement))
        for place in _places(statement, reading):
            verdict = _verdict(place, known)
            spared = verdict is None or comparison.is_quoted(statement.paragraph, place.named.start)
            if verdict is not None and not spared and not _is_in_known_name(place, names, known):
                span = (place.named.start, place.named.end)
                what = vacant.takes(statement, *span, person=False) if _names_office(place, verdict) else None
                if what is not None:
                    verdict = ("warn", f"No source speaks of “{place.shown}”; it does not say {what}: check.")
                yield comparison.finding("FID007", *verdict, statement, span)
    yield from _elsewhere(comparison, known)
    yield from _compass(comparison, known)


def _names_office(place: _Place, verdict: tuple[Severity, str]) -> bool:
    """A country may say whose president somebody is."""
    return verdict[0] == "block" and place.named.sense in ("name", "people")


def _places(statement: Statement, reading: Reading) -> Iterator[_Place]:
    text = statement.block.text
    index = {t.start: at for at, t in enumerate(reading.words)}
    for named in (*reading.toponyms, *_citizens(text, reading.words)):
        yield _Place(text, reading.words, index[named.start], named)


def _citizens(text: str, stream: tuple[Token, ...]) -> Iterator[Toponym]:
    """`les Stéphanois`; after no article a capital may make it a person's name."""
    for at, token in enumerate(stream):
        if token.text in citizens():
            named = text[token.start].isupper() and (
                at == 0 or stream[at - 1].text not in ("les", "des", "aux", "un", "une", "le", "la", "l")
            )
            if not named:
                yield Toponym(token.start, token.end, (token.text,), "citizen", ())


def _is_in_known_name(place: _Place, names: list[tuple[int, int, Entity]], known: Grounds) -> bool:
    """Part of a person's name, or of a name that the sources have or shorten: `Union européenne` for `UE`."""
    start, end = place.named.start, place.named.end
    at = bisect_right(names, start, key=lambda name: name[0]) - 1
    if at < 0 or names[at][1] < end or names[at][:2] == (start, end):
        return False
    a, b, entity = names[at]
    form = [t.text for t in tokens(place.text[a:b])]
    whole = "".join(w[0] for w in form if w not in LINKS)
    return entity.kind == "person" or known.knows(form) or (len(whole) > 1 and whole in known.acronyms)


def _verdict(place: _Place, known: Grounds) -> tuple[Severity, str] | None:
    named = place.named
    told = known.knows(named.words) or _respelt(named, known) or _is_in_an_adjective(named, known)
    if told or _holds_a_town(place, known):
        return None
    absent: tuple[Severity, str] = ("block", f"No source speaks of “{place.shown}”.")
    if named.sense == "citizen":
        return _citizen_verdict(place, known, absent)
    senses = [known.countries[code] for code in named.codes if code in known.countries]
    if named.sense in ("name", "people", "peoples", "prefix", "region"):
        return _country_verdict(place, known, senses, absent)
    if named.sense == "city":
        return None if _has_citizens(named, known) else absent
    at_home = named.codes == ("FR",) and _is_only_french(known)
    if not (any(s in _DIRECT for s in senses) or (named.sense == "seat" and at_home)):
        return absent
    if _is_location(place):
        return (
            "block",
            f"No source puts anything in “{place.shown}”: its country stands there, the place does not.",
        )
    if named.sense == "seat" and not any(word in known.places for word in seats()[named.words]):
        return absent
    return None


def _holds_a_town(place: _Place, known: Grounds) -> bool:
    """`en Andalousie` of Seville; not `place de la Bretagne`."""
    before = {t.text for t in place.stream[max(0, place.at - 3) : place.at]}
    return before.isdisjoint(_NAMED_AFTER) and any(map(known.has, towns_of(place.named.words)))


_MAKES_ADJECTIVE = tuple("que ques en ens enne ennes ain ains aine aines ote otes".split())


def _is_in_an_adjective(named: Toponym, known: Grounds) -> bool:
    """`d’Italie` of an `amphore italique`: an adjective of the name that is in no list."""
    base = named.words[0].rstrip("e")
    return (
        named.sense in ("name", "region")
        and len(named.words) == 1
        and len(base) >= _LONG_BASE
        and any(base + ending in known.places for ending in _MAKES_ADJECTIVE)
    )


_LONG_BASE = 5


def _is_only_french(known: Grounds) -> bool:
    """No source speaks of another country than France, and a French paper need not say that it speaks of France."""
    return all(code in ("FR", "@EU") for code in known.countries)


def _country_verdict(
    place: _Place, known: Grounds, senses: list[Sense], absent: tuple[Severity, str]
) -> tuple[Severity, str] | None:
    codes = place.named.codes
    if any(s in _DIRECT for s in senses) or (len(codes) > 1 and "+".join(codes) in known.countries):
        return None
    if senses:
        message = f"“{place.shown}” is told by no source, but follows from a place in it."
        return ("info", message) if place.named.sense == "name" else None
    if codes == ("FR",) and _is_only_french(known):
        return ("warn", f"No source speaks of “{place.shown}”, though none speaks of another country.")
    return absent


def _respelt(named: Toponym, known: Grounds) -> bool:
    return len(named.words) == 1 and named.sense in ("capital", "city") and bool(known.forms(named.words[0]))


def _has_citizens(named: Toponym, known: Grounds) -> bool:
    """`Isère` where a source has `Isérois`."""
    if any(form in known.places for form, city in citizens().items() if city == named.words):
        return True
    return len(named.words) == 1 and any(form in known.places for form in people_of(named.words[0]))


def _citizen_verdict(
    place: _Place, known: Grounds, absent: tuple[Severity, str]
) -> tuple[Severity, str] | None:
    city = citizens()[place.named.words[0]]
    if known.has(city) or any(form in known.places for form, home in citizens().items() if home == city):
        return None
    # Rennes is Breton, but no list here says so.
    return ("warn", absent[1]) if city in _provinces() and "FR" in known.cities else absent


@lru_cache(maxsize=1)
def _provinces() -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(t.text for t in tokens(name)) for name in REGIONS)


def _is_location(place: _Place) -> bool:
    """`à Moscou`, `la ville de Moscou`, not `l’aide à Moscou` nor `les troupes de Moscou`."""
    before = [t.text for t in place.stream[max(0, place.at - 7) : place.at]]
    while before and before[-1] in ("le", "la", "l", "les"):
        before.pop()
    if not before:
        return False
    if before[-1] in ("de", "du", "d"):
        return any(w in _SITES for w in before[-3:-1])
    if before[-1] not in _IN:
        return False
    if before[-1] in ("a", "au", "aux"):
        return not any(
            w.startswith(_RECIPIENT) for w in before[-5:-1] if w not in TIME_WORDS and w != "alliance"
        )
    return True


def _elsewhere(comparison: Comparison, known: Grounds) -> Iterator[Finding]:
    """`Ramstein, en Belgique`: the place is the sources', the country is not its own."""
    for statement, reading in zip(comparison.statements, readings(comparison), strict=True):
        text = statement.block.text
        for words, country in located(text, reading.toponyms, reading.words):
            home = known.homes.get(" ".join(words)) or _home(words)
            if (
                not home
                or home & set(country.codes)
                or comparison.is_quoted(statement.paragraph, country.start)
            ):
                continue
            span = (country.start, country.end)
            message = f"“{' '.join(words).title()}” is not in {text[country.start : country.end]}."
            shown = evidence(comparison, words[-1])
            yield comparison.finding("FID007", "block", message, statement, span, shown)


def _home(words: tuple[str, ...]) -> frozenset[str]:
    """By the list of countries; none where it does not know the place, or two of that name."""
    text = " ".join(words).title()
    return frozenset(
        code
        for place in toponyms(text)
        if place.words == words and place.sense in ("capital", "city") and len(place.codes) == 1
        for code in place.codes
        if not code.startswith("@")
    )


def _compass(comparison: Comparison, known: Grounds) -> Iterator[Finding]:
    """`dans le nord` where no source has the word."""
    for statement, reading in zip(comparison.statements, readings(comparison), strict=True):
        named = {place.end for place in reading.toponyms}
        for before, token in pairwise(reading.words):
            if token.end in named:
                continue
            if token.text not in _TOWARDS or before.text not in ("au", "le", "l", "du", "plein"):
                continue
            if _has_direction(token.text, known) or comparison.is_quoted(statement.paragraph, token.start):
                continue
            message = f"No source speaks of “{statement.block.text[token.start : token.end]}”."
            span = (token.start, token.end)
            yield comparison.finding("FID007", "warn", message, statement, span)


def _has_direction(word: str, known: Grounds) -> bool:
    """`est` must be the point of the compass, not the verb."""
    if word != "est" and word in known.places:
        return True
    east = word == "est" and any(known.has((w, "est")) for w in ("l", "d", "plein", "nord", "sud"))
    return east or any(w.startswith(_TOWARDS[word]) for w in known.places)


_SOURCE = (
    "Le ministre norvégien des Pêches a reçu mardi à Bergen les armateurs finlandais. Moscou n’a pas réagi."
)

CHECKS = (
    Check(
        code="FID007",
        name="place that no source has",
        severity="block",
        why="A place tells the reader where it happened, and whom it concerns; a wrong one is a false report.",
        source="House rule; countries, peoples and cities from Unicode CLDR and a table of the house.",
        bad=Example(
            "# La pêche\n\nLe ministre a reçu à Oslo les armateurs suédois de la région de Turku.",
            source=_SOURCE,
        ),
        good=Example(
            "# La pêche\n\nLe ministre de Norvège a vu à Bergen des armateurs de Finlande ; la Russie se tait.",
            source=_SOURCE,
        ),
        find=find_absent_place,
        needs_source=True,
    ),
)
