"""Which English sentence a French one tells: by shared figures, dates, names, places, words alike and press words."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log

from pipeline.checks.fidelity.comparison import Comparison, Source, Sources, Statement, once_for_sources
from pipeline.checks.fidelity.counted.quantities import quantity
from pipeline.checks.fidelity.translated.values import is_idle
from pipeline.model import Evidence
from pipeline.text.clause_words import Word as FrenchWord
from pipeline.text.clauses import Reading
from pipeline.text.clauses import read as read_french
from pipeline.text.english.clauses import Word
from pipeline.text.english.clauses import read as read_english
from pipeline.text.english.grammar import sentences
from pipeline.text.english.places import places
from pipeline.text.english.press_words import english_senses, french_senses
from pipeline.text.figures import FigureSpan
from pipeline.text.fold import fold
from pipeline.text.spelling import sound
from pipeline.text.toponyms import toponyms

_ALIKE = 5
"""Letters with which words of both languages begin alike."""
_MOST_SENTENCES = 600
_YEAR = re.compile(r"[12]\d{3}")
_RIVAL = 0.85
_FEWEST = 2
_OF_A_NAME = 0.5
"""A person has two words, and stands in many sentences."""
_DAYS = {
    name: day
    for row in (
        "lundi mardi mercredi jeudi vendredi samedi dimanche",
        "monday tuesday wednesday thursday friday saturday sunday",
    )
    for day, name in enumerate(row.split())
}
Keys = frozenset[str]


@dataclass(frozen=True, slots=True)
class Placed:
    """A figure or the day of a week: `text[start:end]` of its sentence, on the word with the index `at`."""

    at: int
    start: int
    end: int
    key: str
    kind: str | None
    """What it measures; None when it counts."""


@dataclass(frozen=True, eq=False, slots=True)
class Foreign:
    """A sentence of a source: `source.facts.passages[paragraph].text[start:end]`."""

    source: Source
    paragraph: int
    start: int
    end: int
    words: tuple[Word, ...]
    keys: tuple[Keys, ...]
    """Of each word."""
    whole: Keys
    """Of all of them."""
    figures: tuple[Placed, ...]

    @property
    def text(self) -> str:
        return self.source.facts.passages[self.paragraph].text[self.start : self.end]

    @property
    def shown(self) -> str:
        """Short enough for a message."""
        text = " ".join(self.text.split())
        return text if len(text) <= _SHOWN else text[:_SHOWN].rsplit(" ", 1)[0] + "…"

    @property
    def evidence(self) -> Evidence:
        return self.source.evidence(self.paragraph, self.text)


@dataclass(frozen=True, eq=False, slots=True)
class Pairing:
    """A statement with the sentence that it most likely tells, and which of their words meet."""

    statement: Statement
    reading: Reading
    foreign: Foreign
    rivals: tuple[Foreign, ...]
    """Others that it might tell nearly as well."""
    meets: dict[int, tuple[int, ...]]
    """Index of a French word to those of the English words that it may stand for."""
    figures: tuple[Placed, ...]
    told_keys: tuple[Keys, ...]
    quoted: frozenset[int]
    """Where the words inside quotations begin."""

    def keys(self, at: int) -> Keys:
        return self.told_keys[at]

    @property
    def share(self) -> float:
        """Of its own words that tell something and are no names, what meets a word of the source."""
        row = enumerate(self.reading.words)
        telling = [at for at, w in row if w.root and self.told(w) and not w.text[0].isupper()]
        return sum(at in self.meets for at in telling) / max(1, len(telling))

    def told(self, word: FrenchWord) -> bool:
        """In the piece's own words."""
        return word.start not in self.quoted


@lru_cache(maxsize=2)
def paired(comparison: Comparison) -> tuple[Pairing, ...]:
    """The statements for which a sentence was found, in reading order; questions and headings state nothing."""
    known = _foreign(comparison.sources)
    return tuple(p for s in comparison.statements if known and (p := _paired(comparison, s)))


def _paired(comparison: Comparison, statement: Statement) -> Pairing | None:
    if statement.is_heading or statement.text.rstrip(" »\u00a0\u202f").endswith("?"):
        return None
    known, weights, holders = _index(comparison.sources)
    reading = read_french(statement.text)
    figures = tuple(_figures_told(comparison, statement, reading))
    told = _french_keys(comparison, statement, reading, figures)
    scores: Counter[int] = Counter()
    hits: Counter[int] = Counter()
    for word, keys in zip(reading.words, told, strict=True):
        best: dict[int, float] = {}
        share = _OF_A_NAME if word.text[0].isupper() else 1.0
        for key in keys:
            for n in holders.get(key, ()):
                best[n] = max(best.get(n, 0.0), weights[key] * share)
        scores.update(best)
        hits.update(dict.fromkeys(best, 1))
    if not scores:
        return None
    top, most = scores.most_common(1)[0]
    if hits[top] < _FEWEST:
        return None
    rivals = tuple(known[n] for n, score in scores.items() if n != top and score >= most * _RIVAL)
    foreign = known[top]
    meets = {at: found for at, keys in enumerate(told) if (found := _met(keys, foreign.keys))}
    quoted = frozenset(
        w.start for w in reading.words if comparison.is_quoted(statement.paragraph, statement.start + w.start)
    )
    return Pairing(statement, reading, foreign, rivals, meets, figures, told, quoted)


def _met(keys: Keys, row: Sequence[Keys]) -> tuple[int, ...]:
    """The words that have most of the keys of one."""
    shared = [len(keys & theirs) for theirs in row]
    most = max(shared, default=0)
    return tuple(n for n, count in enumerate(shared) if count == most) if most else ()


_Index = tuple[tuple[Foreign, ...], dict[str, float], dict[str, tuple[int, ...]]]


@once_for_sources
def _index(sources: Sources) -> _Index:
    known = _foreign(sources)
    holders: dict[str, list[int]] = {}
    for n, sentence in enumerate(known):
        for key in sentence.whole:
            holders.setdefault(key, []).append(n)
    weights = {key: log(1 + len(known) / len(row)) for key, row in holders.items()}
    return known, weights, {key: tuple(row) for key, row in holders.items()}


@once_for_sources
def _foreign(sources: Sources) -> tuple[Foreign, ...]:
    return tuple(_sentences(sources))[:_MOST_SENTENCES]


def _sentences(sources: Sources) -> Iterator[Foreign]:
    for source in sources:
        if source.language != "en":
            continue
        for at, passage in enumerate(source.facts.passages):
            for start, end in sentences(passage.text):
                row = read_english(passage.text[start:end])
                told = (f for f in source.facts.figures[at] if start <= f.start < end)
                figures = (*_placed(passage.text, told, start, row), *_weekdays(row))
                keys = _english_keys(passage.text[start:end], row, figures)
                yield Foreign(source, at, start, end, row, keys, frozenset().union(*keys), figures)


def _english_keys(text: str, row: tuple[Word, ...], figures: Sequence[Placed]) -> tuple[Keys, ...]:
    keys: list[set[str]] = [set() for _ in row]
    for n, word in enumerate(row):
        bare = word.text.removesuffix("'s").removesuffix("’s")
        if word.tells and word.text[0].isalpha():
            keys[n].update(f"s{sense}" for sense in english_senses(bare.lower()))
            keys[n].update(_spelt(bare))
        elif _YEAR.fullmatch(word.text):
            keys[n].add(f"={word.text}")
    for figure in figures:
        keys[figure.at].add(figure.key)
    _lay(keys, row, ((p.start, f"+{c}") for p in places(text[:_LONGEST]) for c in p.codes))
    return tuple(map(frozenset, keys))


_LONGEST = 1200
_SHOWN = 120


def _spelt(word: str) -> Iterator[str]:
    form = fold(word)
    if word[0].isupper():
        yield f"n{sound(word)}"
    if len(form) >= _ALIKE:
        yield f"c{form[:_ALIKE]}"


def _french_keys(
    comparison: Comparison, statement: Statement, reading: Reading, figures: Sequence[Placed]
) -> tuple[Keys, ...]:
    """Of each word of the reading; none of what stands in a quotation."""
    keys: list[set[str]] = [set() for _ in reading.words]
    for n, word in enumerate(reading.words):
        if comparison.is_quoted(statement.paragraph, statement.start + word.start):
            continue
        if word.root:
            keys[n].update(f"s{sense}" for sense in french_senses(word.root))
            keys[n].update(_spelt(word.text))
        elif _YEAR.fullmatch(word.text):
            keys[n].add(f"={word.text}")
    for figure in figures:
        keys[figure.at].add(figure.key)
    _lay(keys, reading.words, ((p.start, f"+{c}") for p in toponyms(statement.text) for c in p.codes))
    return tuple(map(frozenset, keys))


def _figures_told(comparison: Comparison, statement: Statement, reading: Reading) -> Iterator[Placed]:
    text = statement.block.text
    told = (
        f
        for f in comparison.figures(statement)
        if not is_idle(text, f) and not comparison.is_quoted(statement.paragraph, f.start)
    )
    yield from _placed(text, told, statement.start, reading.words)
    yield from _weekdays(reading.words)


def _placed(
    text: str, figures: Iterable[FigureSpan], start: int, row: Sequence[FrenchWord | Word]
) -> Iterator[Placed]:
    for f in figures:
        at = next((n for n, w in enumerate(row) if w.start <= f.start - start < w.end), None)
        if at is not None:
            told = quantity(text, f)
            kind = told.dimension if told.is_measure else None
            yield Placed(at, f.start - start, f.end - start, f"={f.value:.6g}", kind)


def _weekdays(row: Sequence[FrenchWord | Word]) -> Iterator[Placed]:
    for at, word in enumerate(row):
        if (day := _DAYS.get(word.low)) is not None:
            yield Placed(at, word.start, word.end, f"@{day}", "weekday")


def _lay(keys: list[set[str]], row: Sequence[FrenchWord | Word], found: Iterable[tuple[int, str]]) -> None:
    """Each key on the word that stands at its place."""
    for place, key in found:
        for n, word in enumerate(row):
            if word.start <= place < word.end:
                keys[n].add(key)


def carrying(comparison: Comparison, key: str) -> tuple[Foreign, ...]:
    """The sentences that have a figure."""
    known, _, holders = _index(comparison.sources)
    return tuple(known[n] for n in holders.get(key, ()))


def is_translated_name(comparison: Comparison, name: str) -> bool:
    """`Agence européenne des médicaments`: each word is one of a capitalised name of a source.

    A word in lower case tells it from a person's name, which is not translated.
    """
    row = [w for w in read_french(name).words if w.root]
    if len(row) < _FEWEST or not any(w.text[0].islower() for w in row):
        return False
    wanted = [{*(f"s{n}" for n in french_senses(w.root)), *_spelt(w.text)} for w in row]
    return any(
        all(not keys.isdisjoint(capitals) for keys in wanted) for capitals in _capitals(comparison.sources)
    )


@once_for_sources
def _capitals(sources: Sources) -> tuple[Keys, ...]:
    """The keys of the capitalised words of each sentence."""
    rows = (zip(s.words, s.keys, strict=True) for s in _foreign(sources))
    return tuple(frozenset().union(*(keys for word, keys in row if word.text[0].isupper())) for row in rows)


def names_told(comparison: Comparison) -> tuple[Keys, ...]:
    """Of each sentence of the sources, the sounds of its capitalised words."""
    return _sounds(comparison.sources)


@once_for_sources
def _sounds(sources: Sources) -> tuple[Keys, ...]:
    return tuple(frozenset(sound(w.text) for w in s.words if w.text[0].isupper()) for s in _foreign(sources))
