"""What the sources name, in every form a piece may take it up: words, neighbours, spellings, acronyms, countries."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from pipeline.checks.check import Manuscript
from pipeline.checks.fidelity.comparison import Comparison, Source, Sources, compare, once_for_sources
from pipeline.checks.fidelity.named.kindred import names_in_adjectives
from pipeline.model import Evidence
from pipeline.text.fold import Token, tokens
from pipeline.text.grammar import FUNCTION_WORDS
from pipeline.text.kept import kept
from pipeline.text.people import CIVIL, is_role
from pipeline.text.spelling import single, sound
from pipeline.text.stems import stem
from pipeline.text.toponyms import Sense, Toponym, continents, toponyms

# No article names one thing so often; it keeps hostile text linear.
_MOST = 500
_ALIKE = 100
ROOT = 5
_NEAR = 12
"""Words between a person and what the text says they are."""
_BESIDES = 10
# Small words that an acronym may leave out.
LINKS = frozenset("de du des d la le les l a au aux et en pour the of and for".split())
# Forms of one name that no spelling rule joins. Each row means one thing; folded.
_SAME = tuple(
    tuple(row.split("/"))
    for row in (
        "onu/nations unies",
        "otan/nato/alliance atlantique",
        "ue/union europeenne/vingt sept",
        "usa/etats unis/us/amerique",
        "urss/union sovietique",
        "jo/jeux olympiques",
        "covid/covid 19/coronavirus",
        "twitter/x",
        "poutine/putin",
        "fed/reserve federale",
        "lr/republicains",
        "ia/intelligence artificielle",
        "kiev/kyiv",
        "pekin/beijing",
        "bombay/mumbai",
        "calcutta/kolkata",
        "birmanie/myanmar",
        "odessa/odesa",
        "kharkiv/kharkov",
        "viet nam/vietnam",
        "hong kong/hongkong",
        "bielorussie/belarus",
        "eswatini/swaziland",
        "saigon/ho chi minh ville",
        "tel aviv/tel aviv jaffa",
        "delhi/new delhi",
        "turquie/turkiye",
        "noel/25 decembre",
        "toussaint/1er novembre",
        "nouvel an/1er janvier",
        "bleus/bleues/equipe de france/france",
    )
)


@dataclass(frozen=True, eq=False, slots=True)
class Grounds:
    """What can be looked up in all sources together."""

    row: tuple[str, ...]
    """All words, folded, passages apart."""
    places: dict[str, list[int]]
    """Word to its places in `row`."""
    stems: frozenset[str]
    beginnings: frozenset[str]
    """The first letters of every word, as many as forms of one noun have in common."""
    capitals: frozenset[str]
    """Words that stand with a capital somewhere."""
    sounds: dict[str, tuple[str, ...]]
    """Transliteration key of capitalised words to the words."""
    singles: dict[str, str]
    """Key without double letters to a word."""
    acronyms: frozenset[str]
    """Words in capitals."""
    initials: frozenset[str]
    """What the sources' phrases shorten to: `produit intérieur brut` to `pib`."""
    countries: dict[str, Sense]
    """Code to the most direct way a source speaks of it."""
    cities: frozenset[str]
    """Codes of the countries that a source names a city of."""
    aliases: frozenset[str]
    """Other names of what the sources name."""
    homes: dict[str, frozenset[str]]
    """A place's words to the countries that a source gives it (`Ramstein, en Allemagne`)."""

    def has(self, words: Sequence[str]) -> bool:
        """The words, in a row."""
        form = tuple(words)
        return any(self.row[at : at + len(form)] == form for at in self.places.get(form[0], ())[:_MOST])

    def knows(self, words: Sequence[str]) -> bool:
        """The words in a row, or another name of the same thing."""
        return self.has(words) or " ".join(words) in self.aliases

    def is_other_name(self, words: Sequence[str]) -> bool:
        """The words name a thing with several names, and no source has any of them."""
        form = " ".join(words)
        return form not in self.aliases and any(form in row for row in _SAME)

    def forms(self, word: str) -> tuple[str, ...]:
        """The word as the sources spell it: exactly, in another number, by the rules of transliteration."""
        exact = (w for w in (word, word.removesuffix("s"), word + "s") if w in self.places)
        return tuple(dict.fromkeys((*exact, *self.sounds.get(sound(word), ()))))

    def near(self, one: str, other: str) -> bool:
        """Some forms of two words stand at most three words apart, in either order."""
        return any(self._beside(a, b) for a in self.forms(one) for b in self.forms(other))

    def _beside(self, one: str, other: str) -> bool:
        at, there = self.places.get(one, ()), self.places.get(other, ())
        few, many = (at, there) if len(at) < len(there) else (there, at)
        for place in few[:_MOST]:
            found = bisect_left(many, place - 4)
            if any(0 < abs(p - place) <= 4 for p in many[found : found + 9]):
                return True
        return False

    def near_sound(self, word: str, key: str) -> bool:
        """A word stands a sentence or two from a name of this transliteration key; its plural and feminine too."""
        forms = [w for w in (word, word + "s", word + "e", word.removesuffix("e")) if w in self.places]
        bearers = [at for name in self.sounds.get(key, ()) for at in self.places.get(name, ())[:_MOST]]
        at = sorted(bearers)
        for place in (p for form in forms for p in self.places[form][:_MOST]):
            found = bisect_left(at, place - _NEAR)
            if found < len(at) and at[found] <= place + _NEAR:
                return True
        return False

    def stems_near(self, key: str) -> frozenset[str]:
        """Stems of the words that stand a sentence from a name of this transliteration key."""
        places = (at for name in self.sounds.get(key, ()) for at in self.places.get(name, ())[:_BESIDES])
        return frozenset(stem(w) for at in places for w in self.row[max(0, at - _NEAR) : at + _NEAR + 1])

    def is_bare(self, surname: str) -> bool:
        """The word always stands alone, or after a title: no source says what else its bearer is called."""
        before = {self.row[at - 1] for at in self.places.get(surname, ())[:_MOST] if at}
        return not any(
            w in self.capitals and w not in FUNCTION_WORDS and w not in CIVIL and not is_role(w)
            for w in before
        )

    def closest(self, word: str) -> str | None:
        """The source's name that a misspelt word may mean."""
        if len(word) < 4 or len(self.capitals) > 3000:
            return None
        alike = sorted(w for w in self.capitals if w[:1] == word[:1] and abs(len(w) - len(word)) < 3)
        return next(iter(get_close_matches(word, alike[:_ALIKE], 1, 0.75)), None)


def grounds(manuscript: Manuscript) -> Grounds:
    """Of all sources, their titles and their credits (the publisher, the dateline)."""
    return _grounds(compare(manuscript).sources, tuple(_credits(manuscript)))


@once_for_sources
def _grounds(sources: Sources, credits_told: tuple[str, ...]) -> Grounds:
    texts = [*(p.text for source in sources for p in source.facts.passages), *credits_told]
    streams = [tokens(text) for text in texts]
    rows = list(zip(texts, streams, strict=True))
    named = [list(toponyms(text)) for text in texts]
    found = [place for places in named for place in places]
    row: list[str] = []
    capitals: dict[str, None] = {}
    acronyms = set()
    for text, stream in rows:
        row += [t.text for t in stream]
        row += ["|"] * 5
        capitals |= dict.fromkeys(t.text for t in stream if text[t.start].isupper())
        acronyms |= {t.text for t in stream if t.end - t.start > 1 and text[t.start : t.end].isupper()}
    places: dict[str, list[int]] = {}
    for at, word in enumerate(row):
        places.setdefault(word, []).append(at)
    sounds: dict[str, tuple[str, ...]] = {}
    for word in capitals:
        key = sound(word)
        sounds[key] = (*sounds.get(key, ()), word)
    return Grounds(
        tuple(row),
        places,
        frozenset(stem(word) for word in places),
        frozenset(word[:ROOT] for word in places),
        frozenset(capitals),
        sounds,
        {single(key): words[0] for key, words in sounds.items()},
        frozenset(acronyms),
        frozenset().union(*map(_initials, texts)),
        _countries(found),
        frozenset(code for place in found if place.sense == "city" for code in place.codes),
        _aliases(places.keys(), f" {' '.join(row)} "),
        _homes(zip(texts, named, streams, strict=True)),
    )


@dataclass(frozen=True, slots=True)
class Reading:
    """A statement's words, and the places among them, with their places in its block's text."""

    words: tuple[Token, ...]
    toponyms: tuple[Toponym, ...]


@lru_cache(maxsize=2)
def readings(comparison: Comparison) -> tuple[Reading, ...]:
    """In the order of `comparison.statements`."""
    found = []
    for statement in comparison.statements:
        words = words_of(statement.block.text, statement.start, statement.end)
        found.append(Reading(words, tuple(toponyms(statement.block.text, words))))
    return tuple(found)


def words_of(text: str, start: int, end: int) -> tuple[Token, ...]:
    return tuple(Token(t.text, t.start + start, t.end + start) for t in tokens(text[start:end]))


def _credits(manuscript: Manuscript) -> Iterator[str]:
    for dossier in manuscript.dossier.all if manuscript.dossier else ():
        credit = dossier.article.credit
        yield from filter(None, (credit.publisher, credit.author, credit.place))


@kept
def _initials(text: str) -> frozenset[str]:
    return frozenset(initials(text, tokens(text)))


def initials(text: str, stream: Sequence[Token]) -> Iterator[str]:
    """The acronyms that phrases of a text can have: words joined by nothing but `de`, `la`, `et` and such."""
    for first, token in enumerate(stream):
        if token.text in LINKS and not text[token.start].isupper():
            continue
        letters = ""
        for at in range(first, min(first + 12, len(stream))):
            word = stream[at]
            if at > first and text[stream[at - 1].end : word.start] not in _GAPS:
                break
            if word.text in FUNCTION_WORDS and word.text not in LINKS:
                break
            if word.text not in LINKS or text[word.start].isupper():
                letters += word.text[0]
                # Two letters fit too many phrases by chance.
                if len(letters) > 2 or (len(letters) == 2 and text[token.start].isupper()):
                    yield letters
            if len(letters) > 6:
                break


def _aliases(words: Collection[str], text: str) -> frozenset[str]:
    rows = (
        form
        for row in _SAME
        # The whole text is looked through only for what has its words in it.
        if any(all(w in words for w in known.split()) and f" {known} " in text for known in row)
        for form in row
    )
    return frozenset((*rows, *names_in_adjectives(words)))


_GAPS = frozenset((" ", "-", "’", "'", "\u00a0", "\u202f", "\u2011"))
# A region or its people (`arabe`) stands for none of its countries.
_DIRECT: tuple[Sense, ...] = ("name", "people", "prefix", "capital", "seat", "city")


def _countries(places: Sequence[Toponym]) -> dict[str, Sense]:
    found: dict[str, Sense] = {"+".join(p.codes): "region" for p in places if len(p.codes) > 1}
    for place in (p for p in places if p.sense in _DIRECT or len(p.codes) == 1):
        sense: Sense = place.sense if place.sense in _DIRECT else "city"
        for code in place.codes:
            known = found.get(code)
            if known is None or _DIRECT.index(sense) < _DIRECT.index(known):
                found[code] = sense
    for code in list(found):
        if (continent := continents().get(code)) is not None:
            found[continent] = "region"
    return found


def _homes(
    rows: Iterable[tuple[str, Sequence[Toponym], Sequence[Token]]],
) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for text, places, stream in rows:
        for place, country in located(text, places, stream):
            found.setdefault(" ".join(place), set()).update(country.codes)
    return {place: frozenset(codes) for place, codes in found.items()}


def located(
    text: str, found: Sequence[Toponym], stream: Sequence[Token]
) -> Iterator[tuple[tuple[str, ...], Toponym]]:
    """A place and the country the text puts it in: `Ramstein, en Allemagne`, `Vilnius (Lituanie)`."""
    starts = [t.start for t in stream]
    for country in found:
        if country.sense != "name":
            continue
        at = bisect_left(starts, country.start)
        between = at
        while between > 0 and stream[between - 1].text in LINKS | {"capitale", "dans"} and at - between < 4:
            between -= 1
        if between == 0:
            continue
        before = stream[between - 1]
        gap = text[before.end : stream[between].start].strip()
        linked = {t.text for t in stream[between:at]}
        if gap not in (",", "(") or (gap == "," and not linked & {"en", "au", "aux", "capitale"}):
            continue
        if text[before.start].isupper():
            yield _whole(text, stream, between - 1), country


def _whole(text: str, stream: Sequence[Token], last: int) -> tuple[str, ...]:
    """The capitalised words in a row that end here."""
    first = last
    while (
        first > 0
        and text[stream[first - 1].start].isupper()
        and (text[stream[first - 1].end : stream[first].start] in _GAPS)
    ):
        first -= 1
    return tuple(t.text for t in stream[first : last + 1])


def evidence(comparison: Comparison, word: str | None) -> tuple[Evidence, ...]:
    """The first source paragraph that has the word."""
    if word is None:
        return ()
    found = _first_places(comparison.sources).get(word)
    return (found[0].evidence(found[1]),) if found else ()


@once_for_sources
def _first_places(sources: Sources) -> dict[str, tuple[Source, int]]:
    """Each folded word of the sources with the paragraph that has it first."""
    places: dict[str, tuple[Source, int]] = {}
    for source in sources:
        for at, passage in enumerate(source.facts.passages):
            for token in tokens(passage.text):
                places.setdefault(token.text, (source, at))
    return places
