"""What the source only suspects, promises or reports by the conditional, told as established, given or so."""

from collections.abc import Iterator

from pipeline.checks.fidelity.related.readings import Beside, Faced, in_common
from pipeline.model import Finding
from pipeline.text.clause_verbs import PAST
from pipeline.text.clause_words import Word
from pipeline.text.clauses import Reading
from pipeline.text.stances import is_unreal
from pipeline.text.verb_forms import root


def _roots(words: str) -> frozenset[str]:
    return frozenset(map(root, words.split()))


_SUSPECTS = _roots("soupçonner soupçon suspecter présumer supposer")
_ESTABLISHES = _roots("établir prouver démontrer avérer")
_PROMISES = _roots("promettre promis annoncer demander réclamer espérer proposer envisager")
_GIVES = _roots("verser donner payer accorder recevoir toucher percevoir obtenir débloquer")
_ENOUGH = 1.5
_WOULD_BE = frozenset("serait seraient".split())
_WOULD_HAVE = frozenset("aurait auraient".split())
_IS = frozenset("est sont était étaient fut furent été".split())


def more_certain(sentence: Faced) -> Iterator[Finding]:
    for beside in sentence.carriers:
        yield from _established(sentence, beside)
        yield from _given(sentence, beside)
        yield from _so(sentence, beside)


def _established(sentence: Faced, beside: Beside) -> Iterator[Finding]:
    """`a établi qu'il avait mis le feu` of what he is suspected of."""
    match = next((w for w in beside.reading.words if w.root in _SUSPECTS and not w.denied), None)
    if match is None or _ESTABLISHES & beside.roots or _SUSPECTS & sentence.roots:
        return
    for word in sentence.reading.words:
        sure = word.root in _ESTABLISHES and not word.denied and _is_past(sentence.reading, word)
        if sure and _alike(sentence, word, beside, match):
            message = f"source: “{match.text}”; piece: “{word.text}”, which makes a fact of it"
            yield sentence.finding("FID011", message, word, word, beside)


def _given(sentence: Faced, beside: Beside) -> Iterator[Finding]:
    """A sum that is promised or asked for, told as paid."""
    if is_unreal(sentence.reading) or _GIVES & beside.roots:
        return
    promised = next((w for w in beside.reading.words if w.root in _PROMISES and not w.denied), None)
    if promised is None:
        return
    sums = {w.low for w in beside.reading.words if w.low[0].isdigit() and w.segment == promised.segment}
    for word in sentence.reading.words:
        given = word.root in _GIVES and not word.denied and _is_past(sentence.reading, word)
        told = {w.low for w in sentence.reading.words if w.segment == word.segment}
        if given and sums & told and _alike(sentence, word, beside, promised):
            message = f"source: “{promised.text}”; piece: “{word.text}”"
            yield sentence.finding("FID011", message, word, word, beside)


def _so(sentence: Faced, beside: Beside) -> Iterator[Finding]:
    """`aurait été défaillante` told as `était défaillante`."""
    if is_unreal(sentence.reading):
        return
    here, row = sentence.reading.words, beside.reading.words
    for at, match in enumerate(row[1:], 1):
        before = [w.low for w in row[max(0, at - 2) : at]]
        would = before[-1] in _WOULD_BE or (before[-1] == "été" and before[0] in _WOULD_HAVE)
        if not (would and match.root):
            continue
        for place, word in enumerate(here[1:], 1):
            if (
                word.root == match.root
                and here[place - 1].low in _IS
                and _alike(sentence, word, beside, match)
            ):
                message = f"source: “{' '.join(before)} {match.text}”; piece tells it as a fact"
                yield sentence.finding("FID011", message, word, word, beside)


def _alike(sentence: Faced, word: Word, beside: Beside, match: Word) -> bool:
    shared = in_common(sentence.reading, (word,), beside.reading, match)
    return sentence.told(word) and shared >= _ENOUGH


def _is_past(reading: Reading, word: Word) -> bool:
    return any(reading.words[v.at] is word and v.mood == PAST for v in reading.verbs)
