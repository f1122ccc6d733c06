"""What the source denies, or tells as no fact yet, told without that: by the words that it covers."""

from collections.abc import Iterator, Sequence

from pipeline.checks.fidelity.comparison import Sources, once_for_sources
from pipeline.checks.fidelity.related.readings import Beside, Faced, in_common, same_event, told_by
from pipeline.model import Finding
from pipeline.text.clause_verbs import FUTURE, PAST, PRESENT
from pipeline.text.clause_words import Word
from pipeline.text.clauses import Reading
from pipeline.text.fold import fold
from pipeline.text.generic import is_generic
from pipeline.text.opposites import poles
from pipeline.text.stances import DENY, NEGATIVE, RESTORING, Stance, denies, is_unreal, shades, stances
from pipeline.text.synonyms import may_mean

_ENOUGH = 0.55
"""Weight of the covered words that the piece tells."""
_TWO = 1.4
"""When the verb itself is not among them."""
_GENERAL, _NAMED, _OTHER_WORD = 0.5, 0.6, 0.8


def lost_stance(sentence: Faced) -> Iterator[Finding]:
    for beside in sentence.carriers:
        for stance in stances(beside.reading):
            told = _told(sentence, stance, beside)
            if told and (
                _undenied(sentence, stance, told, beside)
                if stance.kind == "denied"
                else _as_fact(sentence, stance, told)
            ):
                row = beside.reading.words
                first, last = min(w.start for w in told), max(w.end for w in told)
                words = sentence.statement.text[first:last]
                how = "denies or refuses" if stance.kind == "denied" else "does not tell as a fact"
                there = beside.carrier.text[
                    row[max(0, stance.at - 4)].start : row[min(len(row), stance.at + 4) - 1].end
                ]
                message = f"source {how}: “{there}”; piece: “{words}”"
                yield sentence.finding("FID011", message, told[0], told[0], beside)


def gained_stance(sentence: Faced) -> Iterator[Finding]:
    """The piece denies, or doubts, what its carriers tell plainly."""
    row = sentence.reading.words
    for stance in stances(sentence.reading):
        word = row[stance.at]
        if not sentence.told(word):
            continue
        if stance.kind == "denied" and stance.open and (beside := _plainly_told(sentence, stance, word)):
            message = f"piece denies “{word.text}”; source: “{beside.carrier.text[:_SHOWN]}”"
            yield sentence.finding("FID011", message, word, word, beside)
        elif stance.kind == "unreal" and stance.open and _no_doubt(sentence):
            message = f"piece tells “{word.text}” as possible only; what carries the sentence does not"
            yield sentence.finding("FID011", message, word, word, sentence.carriers[0])


_SHOWN = 80
_PLAINLY, _MUCH = 0.9, 2.0
_WELL_CARRIED = 0.4


def _plainly_told(sentence: Faced, stance: Stance, word: Word) -> Beside | None:
    """The one carrier that has most of what is denied, if it denies nothing there."""
    scored = [
        (
            _told_in(beside, stance),
            -n,
            beside,
        )
        for n, beside in enumerate(sentence.carriers)
    ]
    score, _, beside = max(scored, key=lambda f: f[:2])
    if score < _PLAINLY or any(denies(w) or shades(w) for b in sentence.carriers for w in b.reading.words):
        return None
    around = in_common(sentence.reading, (word,), beside.reading, None)
    return None if word.root in NEGATIVE or around < _MUCH else beside


def _told_in(beside: Beside, stance: Stance) -> float:
    """The weight of what is denied and the carrier has; names alone are told of everything."""
    held = [w for w in stance.covered if any(may_mean(w.root, r) for r in beside.roots)]
    return 0.0 if all(w.text[0].isupper() for w in held) else sum(map(_weight, held))


def _no_doubt(sentence: Faced) -> bool:
    """By the conditional or `peut-être`; `peut` is said of what is allowed too."""
    doubt = any(w.low in _DOUBT for w in sentence.reading.words)
    well = doubt and sentence.share >= _WELL_CARRIED
    return well and _doubted(sentence.comparison.sources).isdisjoint(sentence.roots)


_DOUBT = frozenset("pourrait pourraient peut-être serait seraient probablement éventuellement".split())


def _told(sentence: Faced, stance: Stance, beside: Beside) -> tuple[Word, ...]:
    """The piece's words for what the stance covers, if they weigh enough and the clauses tell of one event."""
    row = beside.reading.words
    found: list[tuple[Word, float]] = []
    free = _free(sentence.comparison.sources, stance.kind)
    governed = {v.at for v in sentence.reading.verbs if v.infinitive}
    for at, word in enumerate(sentence.reading.words):
        if word.root and word.root not in free and at not in governed:
            match = next((c for c in stance.covered if may_mean(c.root, word.root)), None)
            if match is not None and match.root not in free:
                found.append((word, _weight(match) * (1 if match.root == word.root else _OTHER_WORD)))
    named = all(w.text[0].isupper() for w, _ in found)
    if named or not all(sentence.told(w) for w, _ in found):
        return ()
    verb = stance.open and any(may_mean(w.root, row[stance.at].root) for w, _ in found)
    done = stance.kind == "unreal" and any(_is_done(sentence.reading, w) for w, _ in found)
    enough = _ENOUGH if verb or done or stance.kind == "denied" else _TWO
    if sum(weight for _, weight in found) < enough:
        return ()
    told = tuple(w for w, _ in found)
    return told if same_event(sentence, told[:1], beside, row[stance.at]) else ()


def _is_done(reading: Reading, word: Word) -> bool:
    """`a déposé plainte`, `la plainte a été déposée`: the object of what was done."""
    at = next(n for n, w in enumerate(reading.words) if w is word)
    return any(p.first <= at < p.last for c in reading.clauses if c.verb.mood == PAST for p in c.objects)


def _weight(word: Word) -> float:
    if word.text[0].isupper():
        return _NAMED
    return _GENERAL if is_generic(fold(word.text)) else 1.0


@once_for_sources
def _free(sources: Sources, kind: str) -> frozenset[str]:
    """Roots that the sources also tell without such a stance: they prove nothing."""
    found: set[str] = set()
    for reading in told_by(sources):
        covered = {w.root for s in stances(reading) if s.kind == kind for w in s.covered}
        found |= reading.roots - covered
    return frozenset(found)


@once_for_sources
def _doubted(sources: Sources) -> frozenset[str]:
    """Roots of the source sentences that may tell no fact."""
    return frozenset(root for reading in told_by(sources) if is_unreal(reading) for root in reading.roots)


def _undenied(sentence: Faced, stance: Stance, told: Sequence[Word], beside: Beside) -> bool:
    """Nothing denies in the stretches around; what the source tells in the same words denies nothing new."""
    near = _stretches(sentence.reading, told)
    if _told_by_opposite(sentence, stance) or _told_of_later(sentence, stance, beside):
        return False
    retold = beside.roots - {beside.reading.words[stance.at].root}
    return not any(
        (denies(w) and (w.denied or w.low in DENY or w.root not in retold))
        or (w.root in RESTORING and not stance.open)
        or (shades(w) and w.root not in beside.roots)
        for w in sentence.reading.words
        if w.segment in near
    )


def _told_by_opposite(sentence: Faced, stance: Stance) -> bool:
    """`n'est plus gratuit`: `devient payant`."""
    against = {(axis, 1 - side) for word in stance.covered for axis, side in poles(word.root)}
    return any(not against.isdisjoint(poles(w.root)) for w in sentence.reading.words if w.root)


def _told_of_later(sentence: Faced, stance: Stance, beside: Beside) -> bool:
    """`pas encore fixé`: `sera fixé`."""
    row = beside.reading.words
    yet = any(w.low == "encore" and w.segment == row[stance.at].segment for w in row)
    return yet and any(v.mood == FUTURE for v in sentence.reading.verbs)


def _stretches(reading: Reading, told: Sequence[Word]) -> frozenset[int]:
    """Those of the words, and the two on each side; where a clause of its own tells them, that clause alone."""
    own = {w.segment for w in told}
    if len(own) == 1 and any(reading.words[v.at].segment in own and not v.infinitive for v in reading.verbs):
        first = next(w.low for w in reading.words if w.segment in own)
        return frozenset(own | ({min(own) - 1} if first in _SUBORDINATE else set()))
    return frozenset(segment + step for segment in own for step in range(-2, 3))


_SUBORDINATE = frozenset("que qu' si s'il qui dont où".split())


def _as_fact(sentence: Faced, stance: Stance, told: Sequence[Word]) -> bool:
    moods = (PAST,) if stance.kind == "due" else (PAST, PRESENT, FUTURE)
    if is_unreal(sentence.reading):
        return False
    segments = {w.segment for w in told}
    row = sentence.reading.words
    verbs = [v for v in sentence.reading.verbs if row[v.at].segment in segments and v.mood is not None]
    return bool(verbs) and all(v.mood in moods for v in verbs)
