"""Whether an article is an earlier one printed again: the same wording with another lede, a paragraph more, other white space.

Two agencies that tell the same story share names, figures and quotations, a few sequences of words in a hundred. A
story that is printed again shares most of them. So does an updated story, and it says something else: what both tell is
compared sentence by sentence, and in doubt the two are taken to differ.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import pairwise

from pipeline.reading.furniture import AGENCIES
from pipeline.refresh.substance import key_of
from pipeline.text.fold import tokens
from pipeline.text.numbers import numbers
from pipeline.text.overlap import ngrams
from pipeline.text.sentences import sentences
from pipeline.text.stopwords import STOP_WORDS
from pipeline.text.winnow import fingerprints

SAME = 0.6
"""Share of a text's sequences of five words that stand in an earlier one; docs/interfaces.md has what was measured."""
PRINTS = 16
_GRAM = 5
_VERSION = 0.5  # share of their words that makes two sentences versions of one
_LEDE = 3  # sentences: where an updated story says what is new, the old text below it
_MOST = 50  # sentences of a gap that one is held against, so that hostile texts stay linear
_AROUND = 40  # characters
# Words too common to tell anything, which turn a sentence round.
_TURNS = frozenset(
    "ne n pas non ni sans avec aucun aucune jamais rien personne plus moins avant apres contre sous tous toutes "
    "not no never without with nor more less before after against all".split()
)
_NOT_NEWS = frozenset(t.text for name in AGENCIES for t in tokens(name))


@dataclass(frozen=True, slots=True)
class Resemblance:
    """What a text has of an earlier one."""

    share: float
    """Of its sequences of five words, 0 to 1."""
    otherwise: str = ""
    """Of its first sentence that tells otherwise what the earlier text tells, or leads with news, the part that does; empty
    where there is none.
    """
    own: tuple[str, ...] = ()
    """Its sentences that the earlier text does not have, in their order."""

    @property
    def is_again(self) -> bool:
        return self.share >= SAME and not self.otherwise


def prints(texts: Sequence[str]) -> tuple[int, ...]:
    """The lowest fingerprints of a text given as its paragraphs, `PRINTS` at most, each of 32 bits.

    Of two texts that have three tenths of their sequences in common, 299 pairs in 300 share one.
    """
    return tuple(nsmallest(PRINTS, fingerprints(_folded(texts))))


def compare(earlier: Sequence[str], later: Sequence[str]) -> Resemblance:
    """Two texts given as their paragraphs, titles first. What only the earlier one has does not count."""
    mine = set(ngrams(_folded(later), _GRAM))
    share = len(mine & set(ngrams(_folded(earlier), _GRAM))) / len(mine) if mine else 0.0
    if share < SAME:
        return Resemblance(share)
    before, after = _told(earlier), _told(later)
    said = _Said.of(before)
    own = list(_own(before, after))
    news = (s.around(there) for s, there in own if _says_otherwise(s, there, said))
    return Resemblance(share, next(news, ""), tuple(s.text for s, _ in own))


def _folded(texts: Sequence[str]) -> list[str]:
    return [token.text for text in texts for token in tokens(text)]


@dataclass(frozen=True, slots=True)
class _Sentence:
    text: str
    key: str
    words: tuple[str, ...]
    bag: frozenset[str]
    """The same, each once."""
    numbers: Mapping[float, int]
    """How often each stands in it."""
    names: frozenset[str]
    """The second words of names: `Martin` of `Jeanne Martin`. One word alone is often another name of the same: Paris, la France."""
    leads: bool

    def around(self, others: Sequence["_Sentence"]) -> str:
        """What stands around its first word that others do not have."""
        there = frozenset(w for other in others for w in other.bag)
        at = next((t.start for t in tokens(self.text) if t.text not in there), 0)
        start = self.text.rfind(" ", 0, max(0, at - _AROUND)) + 1
        return ("…" if start else "") + self.text[start:]


def _told(texts: Sequence[str]) -> list[_Sentence]:
    cut = [text[start:end] for text in texts for start, end in sentences(text)]
    keyed = [(text, key) for text in cut if (key := key_of(text))]
    return [_sentence(text, key, leads=n < _LEDE) for n, (text, key) in enumerate(keyed)]


def _sentence(text: str, key: str, *, leads: bool) -> _Sentence:
    folded = tokens(text)
    told = tuple(t.text for t in folded)
    pairs = ((one, two) for one, two in pairwise(folded) if text[one.end : two.start].isspace())
    names = {two.text for one, two in pairs if text[one.start].isupper() and text[two.start].isupper()}
    return _Sentence(
        text,
        key,
        told,
        frozenset(told),
        Counter(n.value for n in numbers(text)),
        frozenset(names - _NOT_NEWS),
        leads,
    )


@dataclass(frozen=True, slots=True)
class _Said:
    """All that a text says, wherever."""

    words: frozenset[str]
    numbers: frozenset[float]

    @classmethod
    def of(cls, told: Sequence[_Sentence]) -> "_Said":
        return cls(frozenset(w for s in told for w in s.bag), frozenset(n for s in told for n in s.numbers))


def _own(
    before: Sequence[_Sentence], after: Sequence[_Sentence]
) -> Iterator[tuple[_Sentence, Sequence[_Sentence]]]:
    """The sentences that only the later text has, each with what only the earlier one has in their place."""
    place = {s.key: n for n, s in reversed([*enumerate(before)])}
    shared = {s.key for s in after}
    last = -1
    for sentence in after:
        if sentence.key in place:
            last = place[sentence.key]
        else:
            yield sentence, _alone(before, last + 1, shared)


def _alone(before: Sequence[_Sentence], start: int, shared: set[str]) -> Sequence[_Sentence]:
    end = start
    while end < min(len(before), start + _MOST) and before[end].key not in shared:
        end += 1
    return before[start:end]


def _says_otherwise(sentence: _Sentence, there: Sequence[_Sentence], said: _Said) -> bool:
    version = max(there, key=lambda s: _likeness(sentence, s), default=None)
    if version is not None and _likeness(sentence, version) >= _VERSION:
        return _is_another(sentence, version)
    if not there and not sentence.leads:
        return False  # a paragraph more
    return bool(sentence.numbers.keys() - said.numbers or sentence.names - said.words)


def _is_another(sentence: _Sentence, version: _Sentence) -> bool:
    """Whether it has a number, a denial or a telling word that its other version lacks, or the same words in other places.

    What was only left out is no other telling.
    """
    return bool(
        any(n > version.numbers.get(value, 0) for value, n in sentence.numbers.items())
        or (sentence.bag ^ version.bag) & _TURNS
        or sentence.bag - version.bag - STOP_WORDS
        or sorted(sentence.words) == sorted(version.words)
    )


def _likeness(one: _Sentence, other: _Sentence) -> float:
    return len(one.bag & other.bag) / (len(one.bag | other.bag) or 1)
