"""Two facts that the source sets side by side, told as cause, result or purpose of one another.

Each of the two is held by a sentence of the source, and none of them joins the two: what joins them is the writer's.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.checks.fidelity.comparison import Sources, once_for_sources
from pipeline.checks.fidelity.related.readings import Faced, told_by
from pipeline.text.clause_words import Word
from pipeline.text.clauses import Reading
from pipeline.text.fold import fold
from pipeline.text.generic import is_generic
from pipeline.text.grammar import CLITICS, TIME_WORDS
from pipeline.text.synonyms import senses
from pipeline.text.units import unit_at
from pipeline.text.verb_forms import looks_infinitive, root

Link = tuple[int, int]
"""First and last word of a connector."""

# By hand, on example sentences.
_HELD, _HALF = 0.6, 0.5
"""Share of a side that a source sentence holds: surely, and enough to have it in mind."""
_LEAST = 1.0
"""Weight of a side: less is no fact."""
_GENERAL, _OTHER_WORD = 0.5, 0.7

_PURPOSES = frozenset(("afin de", "afin d'", "but de", "but d'", "façon à", "manière à", "vue de", "vue d'"))
_AIMS = frozenset("pour de d'".split())
_MARKS = frozenset(". ; : ( ) – — « » ! ?".split())
# At the head of a sentence that goes back to the one before.
_GOES_BACK = frozenset(
    "ce cet cette ces cela ça c' ainsi donc aussi dès conséquence résultat voilà voici".split()
)
_REASONS = frozenset(
    root(w)
    for w in "raison cause grâce effet conséquence motif origine permettre provoquer entraîner engendrer causer déclencher "
    "susciter expliquer explication résulter résultat aboutir dû pousser forcer contraindre obliger valoir lier lié "
    "motiver justifier réaction réagir réponse répondre objectif viser chercher espérer vouloir".split()
)
_REASONS_LOW = frozenset("car parce puisque comme donc ainsi afin faute grâce conséquent pourquoi".split())
_WEAK_REASONS = frozenset(
    "pour : depuis face devant suite vu malgré sous par quand lorsque lorsqu' si".split()
)
_OWES = frozenset("doit doivent devait devaient dû due".split())
_APART = frozenset("mais tandis alors ; et".split())


@dataclass(frozen=True, slots=True)
class _Told:
    """A source sentence, ready to be looked through."""

    reading: Reading
    senses: frozenset[str]


@once_for_sources
def _sentences(sources: Sources) -> tuple[_Told, ...]:
    return tuple(_Told(r, frozenset().union(*map(senses, r.roots))) for r in told_by(sources))


def purposes(reading: Reading) -> Iterator[Link]:
    """`afin de` and `pour` before an infinitive."""
    row = reading.words
    for at, word in enumerate(row[:-1]):
        pair = f"{word.low} {row[at + 1].low}"
        last = at + 1 if pair in _PURPOSES else at
        follows = next((w for w in row[last + 1 : last + 5] if w.low not in CLITICS and w.low != "pas"), word)
        if (
            (pair in _PURPOSES or word.low == "pour")
            and follows.root
            and looks_infinitive(follows.low)
            and at
        ):
            yield at, last


def debts(reading: Reading) -> Iterator[Link]:
    """`doit son succès à`, `le doit à`: what follows is no infinitive."""
    row = reading.words
    for at, word in enumerate(row):
        if word.low not in _OWES:
            continue
        for place in range(at + 1, min(at + _REACH, len(row) - 1)):
            if row[place].low in ("à", "au", "aux") and not looks_infinitive(row[place + 1].low):
                yield at, place
                break
            if row[place].text in _MARKS or row[place].text == "," or looks_infinitive(row[place].low):
                break


_REACH = 7


def set_apart(sentence: Faced, link: Link) -> bool:
    """The two sides of the connector are facts of the source that nothing in it joins."""
    row = sentence.reading.words
    before, after = _sides(row, link)
    if not before or not after:
        return False
    told = _sentences(sentence.comparison.sources)
    held = [(_share(before, one), _share(after, one)) for one in told]
    one, other = (max(range(len(held)), key=lambda n: held[n][side]) for side in (0, 1))
    if held[one][0] < _HELD or held[other][1] < _HALF:
        return False
    if any(min(pair) >= _HALF and not _contrasts(told[n].reading) for n, pair in enumerate(held)):
        return False
    if row[link[0]].low == "faute" and abs(one - other) <= 1:
        return False  # the source lays the lack beside what comes of it
    goes_back = any(w.low in _GOES_BACK for n in {one, other} for w in told[n].reading.words[:3])
    return not goes_back and not _has_reason(told[one].reading)


def _sides(row: Sequence[Word], link: Link) -> tuple[Sequence[Word], Sequence[Word]]:
    """What tells before and after the connector; where it opens the sentence, what the comma parts."""
    first, last = link
    end = next(
        (n for n in range(last + 1, len(row)) if row[n].text in _MARKS or row[n].text == ","), len(row)
    )
    start = next((n + 1 for n in range(first - 1, -1, -1) if row[n].text in _MARKS), 0)
    before = row[start:first] if any(w.root for w in row[start:first]) else row[end:]
    after = row[last + 1 : end]
    if row[first].low in _OWES:
        before = [*before, *row[first + 1 : last]]
    elif (
        (aim := next((w for w in after if w.root), None))
        and row[last].low in _AIMS
        and looks_infinitive(aim.low)
    ):
        return _telling(before, _LEAST), _telling([w for w in after if w is not aim], _LEAST)
    return _telling(before, _LEAST), _telling(after, _LEAST)


def _telling(row: Sequence[Word], least: float) -> tuple[Word, ...]:
    told = tuple(w for w in row if w.root and w.low not in TIME_WORDS and unit_at(w.low, 0) is None)
    return told if sum(map(_weight, told)) >= least else ()


def _weight(word: Word) -> float:
    return _GENERAL if is_generic(fold(word.text)) else 1.0


def _share(side: Sequence[Word], told: _Told) -> float:
    found = (
        _weight(w)
        * (1.0 if w.root in told.reading.roots else _OTHER_WORD if senses(w.root) & told.senses else 0)
        for w in side
    )
    return sum(found) / sum(map(_weight, side))


def _contrasts(reading: Reading) -> bool:
    """`alors que`, `et`: one sentence tells of two things without a word that joins them otherwise."""
    lows = {w.low for w in reading.words}
    gerund = any(w.low.endswith("ant") and w.root and len(w.low) > _SHORT for w in reading.words)
    return bool(lows & _APART) and not lows & _WEAK_REASONS and not gerund and not _has_reason(reading)


_SHORT = 5


def _has_reason(reading: Reading) -> bool:
    return any(w.root in _REASONS or w.low in _REASONS_LOW for w in reading.words)
