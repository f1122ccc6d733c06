"""A word of the piece that says the opposite of the source's: `hausse` for `baisse`, `possible` for `impossible`."""

from collections.abc import Iterator
from functools import lru_cache

from pipeline.checks.fidelity.counted.factors import follows
from pipeline.checks.fidelity.related.readings import Beside, Faced, at_hand, in_common, nearness
from pipeline.model import Finding
from pipeline.text.clause_words import Word
from pipeline.text.clauses import Reading
from pipeline.text.opposites import is_converse, poles, turned
from pipeline.text.stances import NEGATIVE
from pipeline.text.synonyms import groups
from pipeline.text.verb_forms import root

_LEAST_NEAR = 0.9
_NEARER = 0.6
_LEAST_ALONE = 0.3
"""When nothing in the carriers speaks for the word's own side."""
_LIST = 10
"""Words within which a list goes on."""


def opposed(sentence: Faced) -> Iterator[Finding]:
    for word in sentence.reading.words:
        opens = word is sentence.reading.words[0]  # only there a capital is no name
        if not word.root or (word.text[0].isupper() and not opens) or not sentence.told(word):
            continue
        if _is_namesake(word) or _is_reckoned(sentence, word):
            continue
        found = _opposite_pole(sentence, word) or _prefix_turned(sentence, word)
        if found is not None:
            beside, match = found
            message = f"source: “{match.text}”; piece: “{word.text}”, which says the opposite"
            yield sentence.finding("FID011", message, word, word, beside)
    yield from _degrees(sentence)


def _opposite_pole(sentence: Faced, word: Word) -> tuple[Beside, Word] | None:
    for axis, side in poles(word.root):
        with_it, against = _scored(sentence, word, axis, side)
        if not against:
            continue
        score, beside, match = against[0]
        near = _LEAST_NEAR if with_it or is_converse(axis) else _LEAST_ALONE
        if score < near or (with_it and with_it[0][0] > score - _NEARER):
            continue
        if not _of_one_event(sentence, word, beside, match) or _both_told(
            sentence, word, beside, match, with_it
        ):
            continue
        if score < _LEAST_NEAR and _is_loose(sentence, beside, match):
            continue
        if (
            _is_taken_away(sentence.reading, word)
            or _other_side_told(sentence, axis, side)
            or (match.denied != word.denied and not _same_side(match, axis, side))
        ):
            continue
        if not is_converse(axis) or _same_subject(sentence.reading, word, beside.reading, match):
            return beside, match
    return None


def _both_told(sentence: Faced, word: Word, beside: Beside, match: Word, with_it: "_Scored") -> bool:
    """The carrier says the piece's own word, or one of its side, as well: of this event rather than of the other."""
    own = _own(sentence, word, beside, match)
    if any(b is beside and _own(sentence, word, b, w) >= own for _, b, w in with_it):
        return True
    against = word.root == _AGAINST and any(w.low == "contre" for w in beside.reading.words)
    return against or word.root in beside.roots or _says_it(word, beside, match)


def _is_loose(sentence: Faced, beside: Beside, match: Word) -> bool:
    """Little stands around both words, and the carrier is not the one that tells the sentence, or contrasts the two sides itself."""
    if beside is not sentence.carriers[0]:
        return True
    return not match.denied and _set_against(beside.reading, match)


def _says_it(word: Word, beside: Beside, match: Word) -> bool:
    """The carrier has the piece's own word in another: `voulu` for `souhaitait`."""
    own = groups(word.root)
    return any(not own.isdisjoint(groups(r)) for r in beside.roots if r != match.root)


def _same_side(match: Word, axis: int, side: int) -> bool:
    """`renonce` of what the source does `not abandon`"""
    return match.denied and (axis, side) in poles(match.root)


def _of_one_event(sentence: Faced, word: Word, beside: Beside, match: Word) -> bool:
    """One rises and another falls: opposites say so only of the same thing, or where nearly all else is the same."""
    return _own(sentence, word, beside, match) >= _OWN or (
        in_common(sentence.reading, (word,), beside.reading, match) >= _NEARLY_ALL
    )


def _own(sentence: Faced, word: Word, beside: Beside, match: Word) -> float:
    shared = at_hand(sentence.reading, word, beside.reading, match)
    if _same_subject(sentence.reading, word, beside.reading, match):
        shared += _OWN * (in_common(sentence.reading, (word,), beside.reading, match) >= _FAIRLY)
    return shared


_OWN, _FAIRLY, _NEARLY_ALL = 0.5, 1.5, 2.75


def _is_namesake(word: Word) -> bool:
    """A noun with the root of a verb that it has nothing of."""
    return word.low in _NAMESAKES


def _is_reckoned(sentence: Faced, word: Word) -> bool:
    """`a doublé` of 1.9 and 3.8: the figures give the factor, whatever falls beside it."""
    return follows(sentence.comparison, sentence.statement, sentence.statement.start + word.start)


_NAMESAKES = frozenset("étable étables remontées contenant contenants".split())
_AGAINST = root("opposer")
"""Told of a vote by `contre` as well."""
_Scored = list[tuple[float, Beside, Word]]


def _scored(sentence: Faced, word: Word, axis: int, side: int) -> tuple[_Scored, _Scored]:
    """The words of the carriers on this side of the axis, and those on the other, the nearest first."""
    with_it: _Scored = []
    against: _Scored = []
    for beside in sentence.carriers:
        for match, its_axis, its_side in _poled(beside.reading):
            if its_axis == axis:
                score = nearness(sentence.reading, word, beside.reading, match)
                score += _same_subject(sentence.reading, word, beside.reading, match)
                same = (its_side == side) == (match.denied == word.denied)
                (with_it if same else against).append((score, beside, match))
    return sorted(with_it, key=lambda f: -f[0]), sorted(against, key=lambda f: -f[0])


@lru_cache(maxsize=512)
def _poled(reading: Reading) -> tuple[tuple[Word, int, int], ...]:
    """The words that have an opposite, each with its axis and side."""
    told = (w for w in reading.words if w.root and not _is_namesake(w))
    return tuple((w, axis, side) for w in told for axis, side in poles(w.root))


def _other_side_told(sentence: Faced, axis: int, side: int) -> bool:
    """The piece has both sides: it contrasts them, as the source does."""
    return any((axis, 1 - side) in poles(w.root) for w in sentence.reading.words if w.root)


def _is_taken_away(reading: Reading, word: Word) -> bool:
    """`barrer l'accès`, `mettre fin à la baisse`: the word before turns this one round."""
    before = [w for w in reading.words if w.end <= word.start and w.segment == word.segment][-_TURNED:]
    return any(w.root in NEGATIVE for w in before)


_TURNED = 3


def _set_against(reading: Reading, match: Word) -> bool:
    """`accès au cloître, mais pas à l'église`, `ne compte que deux amateurs`: the rest is the other way."""
    near = range(match.segment - 1, match.segment + 3)
    return any(
        (w.denied or w.only or w.low in ("pas", "seul", "seuls")) and w.segment in near for w in reading.words
    )


def _same_subject(one: Reading, word: Word, other: Reading, match: Word) -> bool:
    here, there = _subject_heads(one, word), _subject_heads(other, match)
    return bool(here & there)


def _subject_heads(reading: Reading, word: Word) -> frozenset[str]:
    clauses = (c for c in reading.clauses if reading.words[c.verb.at] is word)
    return frozenset(p.head for c in clauses for p in (c.objects if c.verb.passive else c.subjects))


def _prefix_turned(sentence: Faced, word: Word) -> tuple[Beside, Word] | None:
    """`insuffisant` where the source has `suffisant`, or the reverse."""
    bare = turned(word.text)
    bare = bare and root(bare)
    folded = root(word.text)
    for beside in sentence.carriers:
        if word.root in beside.roots:
            return None
        bases = _bases(beside.reading)
        if bare not in beside.roots and folded not in bases.values():
            continue
        for match in beside.reading.words:
            if not match.root or match.denied != word.denied:
                continue
            hit = bare == match.root or bases.get(match.text) == folded
            if hit and nearness(sentence.reading, word, beside.reading, match) >= _LEAST_NEAR:
                return beside, match
    return None


@lru_cache(maxsize=512)
def _bases(reading: Reading) -> dict[str, str]:
    """Of the words that say the opposite of another by how they begin, its root. Not to be changed."""
    return {w.text: root(base) for w in reading.words if w.root and (base := turned(w.text))}


def _degrees(sentence: Faced) -> Iterator[Finding]:
    """`plus d'heures` where the source has `moins d'heures`."""
    here = _compared(sentence.reading)
    for beside in sentence.carriers:
        there = _compared(beside.reading)
        for key, (degree, word) in here.items():
            if key not in there or there[key][0] == degree or not sentence.told(word):
                continue
            if not any(_listed(b.reading, degree, key) for b in sentence.carriers):
                message = f"source: “{there[key][0]}” of “{there[key][1].text}”; piece: “{degree}”"
                yield sentence.finding("FID011", message, word, word, beside)


def _listed(reading: Reading, degree: str, key: str) -> bool:
    """`plus de blindés, d'artillerie, de munitions`: the degree is that of the whole list."""
    row = reading.words
    return any(
        word.low == degree and any(w.root == key for w in row[at + 1 : at + 1 + _LIST])
        for at, word in enumerate(row)
    )


def _compared(reading: Reading) -> dict[str, tuple[str, Word]]:
    """Root of what is compared, to (`plus` or `moins`, its word)."""
    found: dict[str, tuple[str, Word]] = {}
    row = reading.words
    for at, word in enumerate(row):
        if word.low not in ("plus", "moins") or any(
            w.low in ("ne", "n'", "non", "au") for w in row[max(0, at - 5) : at]
        ):
            continue
        if at and row[at - 1].low in ("fois", "moitié"):
            continue  # `deux fois plus qu'en 2021` is half of it then: a factor, and FID004's to judge
        follows = next((w for w in row[at + 1 : at + 4] if w.root), None)
        if follows is not None:
            found[follows.root] = (word.low, follows)
    return found
