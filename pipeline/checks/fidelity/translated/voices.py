"""FID003 and FID010 across languages: who says something in reported speech, and who refuses or confirms it."""

from collections.abc import Iterator, Sequence
from functools import partial

from pipeline.checks.fidelity.comparison import Comparison
from pipeline.checks.fidelity.translated.beside import Pairing, names_told, paired
from pipeline.checks.fidelity.translated.stance import english_side, side
from pipeline.model import Finding
from pipeline.text.clause_words import Word
from pipeline.text.english.grammar import SPEECH
from pipeline.text.spelling import sound
from pipeline.text.verbs import SPEECH as FRENCH_SPEECH
from pipeline.text.verbs import SPEECH_FINITE

_REACH = 6
_FEWEST = 2


def find_voices(comparison: Comparison) -> Iterator[Finding]:
    for pairing in paired(comparison):
        for code, find in (("FID003", partial(_other_voice, comparison)), ("FID010", _other_subject)):
            if found := find(pairing):
                first, last, message = found
                start = pairing.statement.start
                span = (start + first.start, start + last.end)
                yield comparison.finding(
                    code, "warn", message, pairing.statement, span, (pairing.foreign.evidence,)
                )
                break


_Found = tuple[Word, Word, str] | None


def _other_voice(comparison: Comparison, pairing: Pairing) -> _Found:
    """`selon Martin Webb` where the sentence is given to another by name."""
    voice = _voice(pairing)
    theirs = _speakers(pairing)
    met = sum(not pairing.reading.words[at].text[0].isupper() for at in pairing.meets)
    if not voice or not theirs or met < _FEWEST:
        return None
    mine = {sound(w.text) for w in voice}
    around = {
        sound(w.text) for f in (pairing.foreign, *pairing.rivals) for w in f.words if w.text[0].isupper()
    }
    if mine & around or not any(mine <= capitals for capitals in names_told(comparison)):
        return None
    message = f"{' '.join(theirs)} says this in the source, not {' '.join(w.text for w in voice)}"
    return voice[0], voice[-1], f"{message}: “{pairing.foreign.shown}”."


def _voice(pairing: Pairing) -> list[Word]:
    """The name after `selon`, `d’après`, or beside a verb of speech: `, a dit X`, `X affirme`."""
    row = pairing.reading.words
    for at, word in enumerate(row):
        if not pairing.told(word):
            continue
        before = row[at - 1].low if at else ""
        if word.low == "selon" or (word.low == "après" and before == "d'"):
            return _name(row[at + 1 : at + 1 + _REACH])
        if word.low in SPEECH_FINITE or (word.low in FRENCH_SPEECH and before in ("a", "ont")):
            first = at - (before in ("a", "ont"))
            if first and row[first - 1].low == ",":
                return _name(row[at + 1 : at + 1 + _REACH])
            return _name(row[max(0, first - _REACH) : first][::-1])[::-1]
    return []


def _name(row: Sequence[Word]) -> list[Word]:
    """The capitalised words that stand first, or first after a title; none where a mark comes before them."""
    found: list[Word] = []
    for word in row:
        if not word.text[0].isalpha():
            break
        if word.text[0].isupper() and word.root:
            found.append(word)
        elif found:
            break
    return found


def _speakers(pairing: Pairing) -> list[str]:
    """The capitalised words of the stretches with a verb of speech."""
    row = pairing.foreign.words
    spoken = {w.segment for n, w in enumerate(row) if w.low in SPEECH or w.low == "according"}
    found = [w for w in row if w.segment in spoken or w.segment + 1 in spoken]
    return [w.text for w in found if w.text[0].isupper() and w.tells and w.start]


def _other_subject(pairing: Pairing) -> _Found:
    """`Norvolt rejected …` told as `les habitants rejettent …`."""
    for clause in pairing.reading.clauses:
        word = pairing.reading.words[clause.verb.at]
        if not side(word) or clause.verb.passive or not pairing.told(word):
            continue
        mine = [at for p in clause.subjects for at in range(p.first, p.last) if at in pairing.meets]
        theirs = _subject(pairing, side(word))
        met = {n for at in mine for n in pairing.meets[at]}
        if mine and theirs and not met & theirs:
            other = " ".join(pairing.foreign.words[n].text for n in sorted(theirs))
            said = pairing.reading.words[mine[0]]
            return said, word, f"The source says this of “{other}”: “{pairing.foreign.shown}”."
    return None


def _subject(pairing: Pairing, wanted: int) -> set[int]:
    """The words that tell something before the one verb of this side in its stretch; none for a pronoun or
    `the company`, which may mean anybody.
    """
    row = pairing.foreign.words
    verbs = [n for n, w in enumerate(row) if english_side(row, w) == wanted]
    if len(verbs) != 1:
        return set()
    before = {n for n in range(verbs[0]) if row[n].segment == row[verbs[0]].segment and row[n].tells}
    return before if any(row[n].text[0].isupper() and row[n].start for n in before) else set()
