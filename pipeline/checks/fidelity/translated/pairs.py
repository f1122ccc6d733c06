"""Each quotation of a French piece with the foreign quotation that it translates.

A slot of the writer makes the pair certain; it stands in the front matter as `translations`. Without one the speaker,
the facts inside, words alike in both languages, the order and the length decide, and each original serves once.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from pipeline.checks.check import Manuscript
from pipeline.checks.fidelity.comparison import Comparison, Source, Statement, compare
from pipeline.checks.fidelity.translated.values import values_in
from pipeline.text.clauses import read as read_french
from pipeline.text.english.clauses import denies
from pipeline.text.english.clauses import read as read_english
from pipeline.text.english.press_words import english_senses, french_senses
from pipeline.text.facts import Facts, Speech
from pipeline.text.fold import fold, tokens
from pipeline.text.slots import label
from pipeline.text.spelling import sound

How = Literal["slot", "content", "nearer", "word for word"]
"""`nearer`: to the words of another than the speaker, who is quoted too."""
_FEWEST_IN_COMMON = 4
"""Words of a fragment that may stand for a longer translation."""
_COGNATE = 5
_MOST = 200
_PERSONS = dict.fromkeys(("je", "j", "me", "moi", "mon", "ma", "mes"), "I") | dict.fromkeys(
    ("nous", "notre", "nos", "on"), "we"
) | dict.fromkeys(("vous", "votre", "vos"), "you")  # fmt: skip
_ENGLISH_PERSONS = (
    dict.fromkeys(("i", "me", "my"), "I")
    | dict.fromkeys(("we", "us", "our"), "we")
    | {"you": "you", "your": "you"}
)
_DENY = frozenset("ne n pas jamais aucun aucune rien ni sans personne".split())
# House weights: a speaker outweighs one fact, and words alike only break ties.
_SPEAKER, _FACT, _ALIKE, _ORDER, _LENGTH = 3.0, 2.0, 1.5, 1.5, 0.5
_STANCE = 0.75
"""For the same persons, and for a denial on both sides or on neither."""
_CLEARLY = 2.0
"""By how much words of another must be nearer before they are held to be his."""
_SURE = 100.0
_WORDS_OF_A_PART = 2
_LONGER = (0.4, 2.6)
"""A translation has from two fifths to two and a half times the words of what it translates."""


@dataclass(frozen=True, slots=True)
class Original:
    """A quotation of a source."""

    id: str
    """`Q3`, `S2Q1`: its slot."""
    item: str
    """`Q3` in its own dossier."""
    source: Source
    paragraph: int
    speech: Speech

    @property
    def text(self) -> str:
        return self.source.facts.passages[self.paragraph].text[self.speech.span.start : self.speech.span.end]


@dataclass(frozen=True, slots=True)
class Spoken:
    """A quotation of the piece: `statement.block.text[start:end]`, without its marks."""

    statement: Statement
    speech: Speech

    @property
    def start(self) -> int:
        return self.speech.span.start

    @property
    def end(self) -> int:
        return self.speech.span.end

    @property
    def text(self) -> str:
        return self.statement.block.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Pair:
    spoken: Spoken
    original: Original | None
    how: How | None
    crowded: bool = False
    """Nothing is left to pair it with, though its speaker is quoted in the sources."""


@lru_cache(maxsize=2)
def pairs(manuscript: Manuscript) -> tuple[Pair, ...]:
    """Every quotation of the piece, in reading order."""
    comparison = compare(manuscript)
    spoken = [Spoken(s, speech) for s in comparison.statements for speech in comparison.speeches(s)]
    spoken = [each for each in spoken if words(each.text)][:_MOST]
    known = originals(comparison)
    told = _told(manuscript)
    found: dict[int, Pair] = {}
    for n, each in enumerate(spoken):
        if original := _by_slot(each, told, known):
            found[n] = Pair(each, original, "slot")
        elif original := _word_for_word(each, known):
            found[n] = Pair(each, original, "word for word")
    _by_content(comparison, spoken, known, found)
    _repeated(spoken, found)
    return tuple(found.get(n, Pair(each, None, None)) for n, each in enumerate(spoken))


@lru_cache(maxsize=2)
def originals(comparison: Comparison) -> tuple[Original, ...]:
    """In the order, and with the ids, of the dossiers."""
    return tuple(_originals(comparison))


def _originals(comparison: Comparison) -> Iterator[Original]:
    for number, source in enumerate(comparison.sources, start=1):
        count = 0
        for at, row in enumerate(source.facts.speeches):
            for speech in row:
                count += 1
                yield Original(label(number, f"Q{count}"), f"Q{count}", source, at, speech)


def words(text: str) -> tuple[str, ...]:
    return tuple(t.text for t in tokens(text))


def _told(manuscript: Manuscript) -> list[tuple[str, str]]:
    """(folded words between blanks, slot) of the translations that the front matter pairs."""
    rows = manuscript.document.front.get("translations")
    pairs = [
        (row.get("french"), row.get("quotation"))
        for row in (rows if isinstance(rows, list) else [])[:_MOST]
        if isinstance(row, dict)
    ]
    return [(f" {' '.join(words(f))} ", q) for f, q in pairs if isinstance(f, str) and isinstance(q, str)]


def _by_slot(each: Spoken, told: Sequence[tuple[str, str]], known: Sequence[Original]) -> Original | None:
    said = words(each.text)
    form = f" {' '.join(said)} "
    for french, slot in told:
        if form == french or (len(said) >= _FEWEST_IN_COMMON and form in french):
            return next((o for o in known if o.id == slot), None)
    return None


def _word_for_word(each: Spoken, known: Sequence[Original]) -> Original | None:
    """A title or a word left as it is, or a quotation of a source that is French."""
    form = f" {' '.join(words(each.text))} "
    return next((o for o in known if form in f" {' '.join(words(o.text))} "), None)


def _repeated(spoken: Sequence[Spoken], found: dict[int, Pair]) -> None:
    """A headline that takes up some words of a quotation has its original."""
    placed = [(f" {' '.join(words(p.spoken.text))} ", p) for p in found.values() if p.original]
    for n, each in enumerate(spoken):
        if n not in found or found[n].original is None:
            form = f" {' '.join(words(each.text))} "
            if same := next((p for text, p in placed if form in text), None):
                found[n] = Pair(each, same.original, same.how)


def _by_content(
    comparison: Comparison, spoken: Sequence[Spoken], known: Sequence[Original], found: dict[int, Pair]
) -> None:
    """The best of all pairs first, until the originals are used up; quotations of one sentence share one."""
    foreign = [o for o in known if o.source.language != "fr"][:_MOST]
    free = [n for n in range(len(spoken)) if n not in found]
    used = {p.original.id: p.spoken.statement.index for p in found.values() if p.original}
    mine = {
        n: _trait(spoken[n].text, spoken[n].speech, comparison.piece, spoken[n].statement.paragraph, "fr")
        for n in free
    }
    theirs = [_trait(o.text, o.speech, o.source.facts, o.paragraph, o.source.language) for o in foreign]
    scored = sorted(
        (-_likeness(mine[n], theirs[m], n / max(1, len(spoken)) - m / max(1, len(foreign))), n, m)
        for n in free
        for m, o in enumerate(foreign)
        if compatible(spoken[n].speech, o.speech)
    )
    for _, n, m in scored:
        each, original = spoken[n], foreign[m]
        if n not in found and used.get(original.id, each.statement.index) == each.statement.index:
            used[original.id] = each.statement.index
            found[n] = Pair(each, original, "content")
    _given_to_others(spoken, foreign, mine, theirs, found)
    _parts(spoken, foreign, mine, theirs, found)
    for n in free:
        if n not in found:
            crowded = any(compatible(spoken[n].speech, o.speech) for o in foreign)
            found[n] = Pair(spoken[n], None, None, crowded=crowded)


def _given_to_others(
    spoken: Sequence[Spoken],
    foreign: Sequence[Original],
    mine: dict[int, "_Trait"],
    theirs: Sequence["_Trait"],
    found: dict[int, Pair],
) -> None:
    """What its speaker never said, but another did in so many words, is paired with the other's."""
    place = {o.id: m for m, o in enumerate(foreign)}
    taken: dict[str, float] = {}
    for n, pair in found.items():
        if pair.original and pair.original.id in place:
            said = _content(mine[n], theirs[place[pair.original.id]]) if n in mine else _SURE
            taken[pair.original.id] = max(said, taken.get(pair.original.id, said))
    for n, trait in mine.items():
        its = found[n].original if n in found else None
        own = _content(trait, theirs[place[its.id]]) if its else 0.0
        others = [
            (_content(trait, theirs[m]), m)
            for m, o in enumerate(foreign)
            if not compatible(spoken[n].speech, o.speech)
        ]
        best, m = max(others, default=(0.0, 0))
        if best >= own + _CLEARLY and best > taken.get(foreign[m].id, 0.0):
            found[n] = Pair(spoken[n], foreign[m], "nearer" if its else "content")


def _parts(
    spoken: Sequence[Spoken],
    foreign: Sequence[Original],
    mine: dict[int, "_Trait"],
    theirs: Sequence["_Trait"],
    found: dict[int, Pair],
) -> None:
    """An original that stands in the piece in parts, each in its sentence: what is left of it, by its words."""
    told: dict[str, int] = {}
    for pair in found.values():
        if pair.original:
            told[pair.original.id] = told.get(pair.original.id, 0) + len(words(pair.spoken.text))
    for n, trait in mine.items():
        if n in found:
            continue
        for m, original in enumerate(foreign):
            room = theirs[m].length * _LONGER[1] - told.get(original.id, 0)
            alike = _alike(trait, theirs[m])
            enough = alike >= _WORDS_OF_A_PART and alike * 3 >= len(trait.senses)
            if enough and trait.length <= room and compatible(spoken[n].speech, original.speech):
                found[n] = Pair(spoken[n], original, "content")
                told[original.id] = told.get(original.id, 0) + trait.length
                break


@dataclass(frozen=True, slots=True)
class _Trait:
    """What of a quotation can be compared across languages."""

    speaker: frozenset[str]
    values: frozenset[float]
    senses: tuple[frozenset[str], ...]
    """Of each word that tells something: what it may stand for in the other language."""
    known: frozenset[str]
    """All of them."""
    persons: frozenset[str]
    denies: bool
    length: int


def _trait(text: str, speech: Speech, facts: Facts, paragraph: int, language: str) -> _Trait:
    values = values_in(facts.figures[paragraph], speech.span)
    if language == "en":
        row = [(w.text, english_senses(w.low)) for w in read_english(text) if w.tells]
        persons, denying = _ENGLISH_PERSONS, any(denies(w.low) for w in read_english(text))
    else:
        row = [(w.text, french_senses(w.root)) for w in read_french(text).words if w.root]
        persons, denying = _PERSONS, not _DENY.isdisjoint(words(text))
    senses = tuple(frozenset((*(f"s{n}" for n in rows), fold(word)[:_COGNATE])) for word, rows in row)
    who = frozenset(persons[w] for w in re.findall(r"[^\W_]+", text.lower()) if w in persons)
    known = frozenset().union(*senses)
    return _Trait(called(speech), values, senses, known, who, denying, len(words(text)))


def _likeness(mine: _Trait, theirs: _Trait, apart: float) -> float:
    speaker = 0 if not mine.speaker or not theirs.speaker else 1 if mine.speaker & theirs.speaker else -1
    return _SPEAKER * speaker + _content(mine, theirs) - _ORDER * abs(apart)


def _content(mine: _Trait, theirs: _Trait) -> float:
    """How much both say the same, whoever says it."""
    return (
        _FACT * (len(mine.values & theirs.values) - len(mine.values - theirs.values))
        + _ALIKE * min(_alike(mine, theirs), 3)
        + _STANCE * ((1 if mine.persons & theirs.persons else -1) if mine.persons and theirs.persons else 0)
        + _STANCE * (1 if mine.denies == theirs.denies else -1)
        + _LENGTH * (_LONGER[0] <= mine.length / max(1, theirs.length) <= _LONGER[1])
    )


def _alike(mine: _Trait, theirs: _Trait) -> int:
    """Words of one that may stand for a word of the other."""
    return sum(not theirs.known.isdisjoint(senses) for senses in mine.senses)


def compatible(speech: Speech, other: Speech) -> bool:
    """False when both have a named speaker, and not the same."""
    a, b = named(speech), named(other)
    return not a or not b or bool(a & b)


def named(speech: Speech) -> frozenset[str]:
    """Keys of the capitalised words of a speaker; none for a role or a pronoun that could mean another."""
    return called(speech) if speech.certainty != "pronoun" else frozenset()


def called(speech: Speech) -> frozenset[str]:
    """The same, whoever a pronoun may mean."""
    if speech.speaker is None:
        return frozenset()
    capitals = re.findall(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*", speech.speaker)
    chosen = [w for w in capitals if w[0].isupper() and len(w) > 1]
    # `A spokeswoman for the ministry`, `La maire`: the first word has its capital from its place.
    return frozenset(sound(w) for w in chosen) if len(chosen) > 1 or chosen == capitals else frozenset()
