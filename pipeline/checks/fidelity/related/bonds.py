"""What stands around a noun: its preposition, its status (`ancien`, `futur`), what it is counted by (`par an`)."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.checks.fidelity.related.readings import Faced
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
        held = [
            (b, p)
            for b in sentence.carriers
            for p in b.reading.phrases
            if p.head == phrase.head and _is_bound(sentence.reading, phrase, b.reading, p)
        ]
        if not held or any(p.preposition not in _rivals_of(phrase.preposition) for _, p in held):
            continue
        if phrase.head in _MOMENTS and phrase.preposition in ("à", "en"):
            continue
        if any(_stands_bare(b.reading.words, phrase.preposition) for b in sentence.carriers):
            continue
        beside, other = held[0]
        message = f"source: “{other.text}”; piece: “{phrase.text}”"
        yield sentence.finding("FID010", message, row[phrase.first], row[phrase.last - 1], beside)


def _is_bound(reading: Reading, phrase: Phrase, there: Reading, match: Phrase) -> bool:
    """`voter pour`, `voter contre`; a sentence `contre l’aîné` is `pour l’aîné` where another verb tells of it."""
    if phrase.preposition not in ("pour", "contre") or match.preposition not in ("pour", "contre"):
        return True
    return bool(_before(reading, phrase) & _before(there, match))


def _before(reading: Reading, phrase: Phrase) -> frozenset[str]:
    row = reading.words[max(0, phrase.first - _BOUND_REACH) : phrase.first]
    return frozenset(
        w.root
        for before, w in pairwise((None, *row))
        if w and w.root and not _is_number(w) and not (before and _is_number(before))
    )


def _is_number(word: Word) -> bool:
    """`vingt-cinq ans`: a measure binds nothing."""
    return any(part in _COUNTS for part in fold(word.low).replace("-", " ").split()) or _is_count(word)


_BOUND_REACH = 5
"""Words in which the verb or noun stands that a preposition belongs to."""


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
    for key, count, word in _counted_by(sentence.reading):
        there = [
            (beside, k, match)
            for beside in sentence.carriers
            for k, c, match in _counted_by(beside.reading)
            if c == count
        ]
        if there and sentence.told(word) and all(k != key for _, k, _ in there):
            beside, _, match = there[0]
            message = f"source: “par {match.text}”; piece: “par {word.text}”"
            yield sentence.finding("FID010", message, word, word, beside)


def _counted_by(reading: Reading) -> Iterator[tuple[str, str, Word]]:
    """(what, the figure that is so many for each, its word)"""
    row = reading.words
    for at, word in enumerate(row[:-1]):
        each = row[at + 1]
        if (
            word.low != "par"
            or each.low in DETERMINERS
            or not each.text[0].isalpha()
            or each.text[0].isupper()
        ):
            continue
        count = next((w for w in reversed(row[max(0, at - _COUNT_REACH) : at]) if _is_count(w)), None)
        if count is not None:
            yield _EACH.get(each.low.removesuffix("s"), noun_key(each.text)), count.low, each


_COUNT_REACH = 4
"""Words before `par` in which its figure stands: `2 300 euros en moyenne par tête`."""
# One of many told in another word.
_SAME_EACH = "personne tête habitant individu | foyer ménage | an année | jour journée | salarié employé agent | élève enfant"
_EACH = {word: row.split()[0] for row in _SAME_EACH.split("|") for word in row.split()}


def _is_count(word: Word) -> bool:
    return word.text[0].isdigit() or fold(word.low) in _COUNTS


_COUNTS = frozenset(
    "un une deux trois quatre cinq six sept huit neuf dix onze douze quinze vingt trente quarante cinquante soixante cent "
    "mille million millions milliard milliards".split()
)
