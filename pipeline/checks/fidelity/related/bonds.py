"""What stands around a noun: its preposition, its status (`ancien`, `futur`), what it is counted by (`par an`)."""

from collections.abc import Iterator, Sequence

from pipeline.checks.fidelity.related.readings import Beside, Faced
from pipeline.model import Finding
from pipeline.text.clause_words import Word
from pipeline.text.clauses import Reading
from pipeline.text.fold import fold
from pipeline.text.grammar import DETERMINERS
from pipeline.text.noun_phrases import Phrase, noun_key

_RIVALS = {
    "avant": "après pendant durant lors à en",
    "après": "avant pendant durant lors",
    "pour": "contre",
    "contre": "pour",
    "avec": "sans",
    "sans": "avec",
    "vers": "depuis de",
    "depuis": "vers",
    "sur": "sous",
    "sous": "sur",
    "devant": "derrière",
    "derrière": "devant",
    "pendant": "avant après",
    "lors": "avant après",
}
_STATUS = {
    "past": "ancien ancienne anciens anciennes ex précédent précédente",
    "present": "actuel actuelle actuels actuelles",
    "future": "futur future futurs futures",
}
_STATUS_OF = {word: status for status, words in _STATUS.items() for word in words.split()}
_BECOMING = {
    "devient": "future",
    "deviennent": "future",
    "deviendra": "future",
    "deviendront": "future",
    "devenir": "future",
}
# `avant la fin` and `à la fin` may both be true.
_MOMENTS = frozenset(
    noun_key(w) for w in "fin début moment terme heure époque lendemain veille suite place".split()
)


def loosened(sentence: Faced) -> Iterator[Finding]:
    yield from _prepositions(sentence)
    yield from _statuses(sentence)
    yield from _rates(sentence)


def _prepositions(sentence: Faced) -> Iterator[Finding]:
    for phrase in sentence.reading.phrases:
        row = sentence.reading.words
        if not phrase.preposition or not sentence.told(row[phrase.first]):
            continue
        held = [(b, p) for b in sentence.carriers for p in b.reading.phrases if p.head == phrase.head]
        if not held or any(p.preposition not in _rivals_of(phrase.preposition) for _, p in held):
            continue
        if phrase.head in _MOMENTS and phrase.preposition in ("à", "en"):
            continue
        if phrase.preposition in _SIDES and any(
            _is_of_penalty(r, p) for r, p in ((row, phrase), *((b.reading.words, p) for b, p in held))
        ):
            continue
        if any(_stands_bare(b.reading.words, phrase.preposition) for b in sentence.carriers):
            continue
        beside, other = held[0]
        message = f"source: “{other.text}”; piece: “{phrase.text}”"
        yield sentence.finding("FID010", message, row[phrase.first], row[phrase.last - 1], beside)


_SIDES = ("pour", "contre")
_PENALTIES = frozenset(
    "an ans mois jours euros prison réclusion peine peines amende sursis requis requérir réclamé réclamait ferme".split()
)


def _is_of_penalty(row: Sequence[Word], phrase: Phrase) -> bool:
    """`douze ans pour l’aîné`, `requis vingt ans contre lui`: a penalty is told with either."""
    return any(w.low in _PENALTIES for w in row[max(0, phrase.first - _NEAR_PENALTY) : phrase.first])


_NEAR_PENALTY = 5


def _stands_bare(row: Sequence[Word], preposition: str) -> bool:
    """`22 espèces avant l'installation et 21 après`"""
    return any(
        w.low == preposition and (n + 1 == len(row) or row[n + 1].low in ".,;!?") for n, w in enumerate(row)
    )


def _rivals_of(preposition: str) -> frozenset[str]:
    mine = {other for other, rivals in _RIVALS.items() if preposition in rivals.split()}
    return frozenset(mine | set(_RIVALS.get(preposition, "").split())) - {"de", "à", "en"} | (
        frozenset({"avant"}) if preposition in ("à", "en") else frozenset()
    )


def _statuses(sentence: Faced) -> Iterator[Finding]:
    """`futur club` for `ancien club`."""
    for status, noun, word in _status_words(sentence.reading):
        if not sentence.told(word):
            continue
        for beside in sentence.carriers:
            given = [(s, w) for s, n, w in _status_words(beside.reading) if n == noun]
            if given and all(s != status for s, _ in given):
                message = f"source: “{given[0][1].text}” of “{noun}”; piece: “{word.text}”"
                yield sentence.finding("FID010", message, word, word, beside)


def _status_words(reading: Reading) -> Iterator[tuple[str, str, Word]]:
    row = reading.words
    for at, word in enumerate(row[:-1]):
        status = _STATUS_OF.get(word.low) or _BECOMING.get(word.low)
        follows = next((w for w in row[at + 1 : at + 3] if w.root), None)
        if status and follows is not None:
            yield status, noun_key(follows.text), word


def _rates(sentence: Faced) -> Iterator[Finding]:
    """`par officine` for `par patient`: what something is counted by."""
    here = list(_counted_by(sentence.reading))
    for key, word in here:
        if not sentence.told(word):
            continue
        for beside in sentence.carriers:
            there = list(_counted_by(beside.reading))
            if (
                there
                and all(k != key for k, _ in there)
                and _same_count(sentence.reading, beside, word, there[0][1])
            ):
                message = f"source: “par {there[0][1].text}”; piece: “par {word.text}”"
                yield sentence.finding("FID010", message, word, word, beside)


def _counted_by(reading: Reading) -> Iterator[tuple[str, Word]]:
    row = reading.words
    for at, word in enumerate(row[:-1]):
        if word.low == "par" and row[at + 1].low not in DETERMINERS and not row[at + 1].text[0].isupper():
            counted = row[max(0, at - 8) : at]
            if row[at + 1].text[0].isalpha() and any(_is_count(w) for w in counted):
                yield noun_key(row[at + 1].text), row[at + 1]


def _is_count(word: Word) -> bool:
    return word.text[0].isdigit() or fold(word.low) in _COUNTS


_COUNTS = frozenset(
    "un une deux trois quatre cinq six sept huit neuf dix onze douze quinze vingt trente quarante cinquante soixante cent "
    "mille million millions milliard milliards".split()
)


def _same_count(reading: Reading, beside: Beside, word: Word, match: Word) -> bool:
    """The same figure stands before both."""
    here = {w.low for w in reading.words if w.end <= word.start and _is_count(w)}
    there = {w.low for w in beside.reading.words if w.end <= match.start and _is_count(w)}
    return bool(here & there)
