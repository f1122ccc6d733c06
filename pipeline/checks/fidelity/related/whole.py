"""A sentence that denies as a whole told by one in which nothing denies, and what is allowed told as what one cannot do."""

from collections.abc import Iterator

from pipeline.checks.fidelity.related.readings import Beside, Faced, in_common
from pipeline.model import Finding
from pipeline.text.opposites import poles, turned
from pipeline.text.stances import denies, is_unreal, shades
from pipeline.text.verb_forms import root

_FEWEST = 2
"""Words that the two sentences must share: less may be chance."""
_ENOUGH = 1.5
_CAN = frozenset("peut peuvent pourra pourront pouvait pouvaient".split())
_ALLOWED = poles(root("autoriser"))


def wholly_denied(sentence: Faced) -> Iterator[Finding]:
    """`ne seront pas prises en compte`: `seront examinées`. Only where every verb of the strongest carrier is denied."""
    beside = sentence.carriers[0]
    row = beside.reading.words
    moods = [v for v in beside.reading.verbs if v.mood is not None and not v.infinitive]
    if not moods or not all(row[v.at].denied for v in moods):
        return
    if len(sentence.roots & beside.roots) < _FEWEST or _doubts(sentence) or _turns(sentence, beside):
        return
    verb = next((v for v in sentence.reading.verbs if v.mood is not None and not v.infinitive), None)
    if verb is not None and sentence.told(sentence.reading.words[verb.at]):
        word, match = sentence.reading.words[verb.at], row[moods[0].at]
        if in_common(sentence.reading, (word,), beside.reading, match) < _ENOUGH:
            return
        message = f"source denies “{match.text}”; piece: “{word.text}”, and nothing in the sentence denies"
        yield sentence.finding("FID011", message, word, word, beside)


def _doubts(sentence: Faced) -> bool:
    return is_unreal(sentence.reading) or any(denies(w) or shades(w) for w in sentence.reading.words)


def _turns(sentence: Faced, beside: Beside) -> bool:
    """A word says the opposite of one that is denied: `reste fermé` of `n'ouvrira pas`."""
    against = {(axis, 1 - side) for w in beside.reading.words if w.root for axis, side in poles(w.root)}
    return any(w.root and (against & set(poles(w.root)) or turned(w.text)) for w in sentence.reading.words)


def not_allowed(sentence: Faced) -> Iterator[Finding]:
    """`ne peut plus` where the source says `autorisé`, and denies nothing."""
    row = sentence.reading.words
    at = next(
        (n for n, w in enumerate(row) if w.low in _CAN and n and row[n - 1].low in ("ne", "n'", "y")), None
    )
    if at is None or not sentence.told(row[at]):
        return
    for beside in sentence.carriers[:1]:
        allowed = any(w.root and set(_ALLOWED) & set(poles(w.root)) for w in beside.reading.words)
        if allowed and not any(denies(w) for w in beside.reading.words):
            message = f"piece: “ne {row[at].text} pas”; the source allows it"
            yield sentence.finding("FID011", message, row[at], row[at], beside)
