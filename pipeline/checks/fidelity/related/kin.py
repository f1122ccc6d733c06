"""Another kinship than the source's: `sa mère` for `sa tante`; `sa fille` of whom the source calls the father is right."""

from collections.abc import Iterator

from pipeline.checks.fidelity.comparison import Sources, once_for_sources
from pipeline.checks.fidelity.related.readings import Faced, told_by
from pipeline.model import Finding
from pipeline.text.clause_words import Word

# Both sides of a row may be said of one couple of persons, of either sex.
_TIES = """
père mère parent papa maman | fils fille enfant
grand-père grand-mère aïeul aïeule grands-parents | petit-fils petite-fille petits-enfants
oncle tante | neveu nièce
frère sœur jumeau jumelle cadet cadette aîné aînée | frère sœur jumeau jumelle cadet cadette aîné aînée
mari époux compagnon conjoint veuf | femme épouse compagne conjointe veuve
cousin cousine | cousin cousine
beau-père belle-mère | gendre bru belle-fille beau-fils
beau-frère belle-sœur | beau-frère belle-sœur
parrain marraine | filleul filleule
"""
_ROWS = tuple(tuple(frozenset(side.split()) for side in row.split("|")) for row in _TIES.strip().splitlines())
_TIE_OF = {word: row for row, sides in enumerate(_ROWS) for side in sides for word in side}
_KIN = frozenset(_TIE_OF) | {f"{word}s" for word in _TIE_OF}
"""One or several of them; most words are none."""
_OWN = frozenset("son sa mon ma leur notre votre propre".split())
# Said of any woman or man too: only `sa femme` is kin.
_ANYBODY = frozenset(("parent", "enfant"))
_LOOSE = _ANYBODY | frozenset(
    "femme fille compagnon parrain marraine veuf veuve cadet cadette aîné aînée jumeau jumelle".split()
)


def other_kin(sentence: Faced) -> Iterator[Finding]:
    known = _told(sentence.comparison.sources)
    row = sentence.reading.words
    for at, word in enumerate(row):
        tie = _tie(row, at) if word.low in _KIN else None
        if tie is None or not known or tie in known or not sentence.told(word):
            continue
        beside = next((b for b in sentence.carriers if _ties(b.reading.words)), None)
        if beside is not None:
            theirs = next(
                w for n, w in enumerate(beside.reading.words) if _tie(beside.reading.words, n) is not None
            )
            message = f"source: “{theirs.text}”; piece: “{word.text}”"
            yield sentence.finding("FID010", message, word, word, beside)


def _tie(row: tuple[Word, ...], at: int) -> int | None:
    """The row of a word for kin; of one that may mean anybody only after a possessive."""
    low = row[at].low
    word = low if low in _TIE_OF else low.removesuffix("s")
    if word not in _TIE_OF:
        return None
    owned = any(w.low in _OWN for w in row[max(0, at - 2) : at])
    return _TIE_OF[word] if owned or word not in _LOOSE else None


def _ties(row: tuple[Word, ...]) -> frozenset[int]:
    kin = (at for at, word in enumerate(row) if word.low in _KIN)
    return frozenset(tie for at in kin if (tie := _tie(row, at)) is not None)


@once_for_sources
def _told(sources: Sources) -> frozenset[int]:
    """With loose words counted in: `une fille de boulanger` has a father. `Les parents` of a school are nobody's."""
    kin = (w.low for reading in told_by(sources) for w in reading.words if w.low in _KIN)
    words = {low.removesuffix("s") for low in kin}
    loose = frozenset(_TIE_OF[low] for low in words if low in _TIE_OF and low not in _ANYBODY)
    return loose.union(*(_ties(reading.words) for reading in told_by(sources)))
