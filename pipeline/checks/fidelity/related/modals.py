"""What `vouloir`, `pouvoir` and the infinitive after a verb make of what is told."""

from pipeline.text.clause_verbs import Verb
from pipeline.text.clause_words import Word
from pipeline.text.clauses import Reading
from pipeline.text.verb_forms import looks_infinitive


def only_means(reading: Reading, match: Word) -> bool:
    """`cela ne veut pas dire que`: nobody keeps silent."""
    if match.low != "dire" or not match.denied:
        return False
    before = [w.low for w in reading.words if w.end <= match.start][-_CLOSE:]
    return any(low in _WANTS for low in before)


_CLOSE = 3
_WANTS = frozenset("veut veulent voulait voudrait voudra".split())


def cannot(reading: Reading, verb: Verb) -> bool:
    """`ne pourra plus exercer`: no possibility, but a ban."""
    return verb.denied and any(w.low in _CAN for w in reading.words[verb.first : verb.at])


_CAN = frozenset("peut peuvent pourra pourront pouvait pouvaient".split())


def governs_alike(reading: Reading, word: Word, match: Word) -> bool:
    """`Mme Morel entend rompre`: a verb by its infinitive, where a name before it makes it none."""
    after = next((w for w in reading.words if w.start >= word.end), None)
    return word.low == match.low and after is not None and looks_infinitive(after.low)
