"""Wording two texts share: runs of words and n-grams.

A run is a longest stretch of the same words in the same order, whatever their case, accents and marks.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.text.fold import Token, tokens
from pipeline.text.quotes import quotations
from pipeline.text.stopwords import STOP_WORDS

_SEED = 4  # words that must agree before a run is followed


@dataclass(frozen=True, slots=True)
class Run:
    """`words[start:end]` of the piece stand in paragraph `paragraph` of the source in the same order."""

    start: int
    end: int
    paragraph: int
    at: int
    """Number of the paragraph's word it begins with."""


@dataclass(frozen=True, slots=True)
class Index:
    """The words of some source paragraphs, found by any four in a row."""

    paragraphs: tuple[tuple[str, ...], ...]
    places: dict[tuple[str, ...], list[tuple[int, int]]]

    @classmethod
    def of(cls, texts: Iterable[str], most: int = 50) -> "Index":
        """At most `most` places of each four words are kept, so that hostile repeats stay cheap."""
        paragraphs = tuple(tuple(t.text for t in tokens(text)) for text in texts)
        places: dict[tuple[str, ...], list[tuple[int, int]]] = {}
        for n, words in enumerate(paragraphs):
            for at, gram in enumerate(ngrams(words, _SEED)):
                known = places.setdefault(gram, [])
                if len(known) < most:
                    known.append((n, at))
        return cls(paragraphs, places)

    def runs(self, words: Sequence[str]) -> Iterator[Run]:
        """The longest run at each place of `words`, none inside another."""
        here, grams = 0, list(ngrams(words, _SEED))
        while here < len(grams):
            best: Run | None = None
            for paragraph, at in self.places.get(grams[here], ()):
                length = _SEED + _same(words[here + _SEED :], self.paragraphs[paragraph][at + _SEED :])
                if best is None or length > best.end - best.start:
                    best = Run(here, here + length, paragraph, at)
            if best:
                yield best
            here = best.end if best else here + 1


def _same(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words two texts have in common from their start."""
    for n, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return n
    return min(len(one), len(other))


def narration(text: str) -> list[list[Token]]:
    """The tokens of a paragraph outside quotation marks, a list for each stretch between quotations."""
    stretches: list[list[Token]] = [[]]
    # A quotation nobody closed may be a mark put there to hide what follows.
    quoted = [(q.outer_start, q.outer_end) for q in quotations(text) if q.closed]
    for token in tokens(text):
        while quoted and token.start >= quoted[0][1]:
            quoted.pop(0)
            stretches.append([])
        if not quoted or token.end <= quoted[0][0]:
            stretches[-1].append(token)
    return [s for s in stretches if s]


def ngrams(words: Sequence[str], n: int = 5) -> Iterator[tuple[str, ...]]:
    return zip(*(words[i:] for i in range(n)), strict=False)


def content_words(stretch: Iterable[Token], text: str) -> int:
    """How many words of a run tell something: no stop words, no figures, no capitalised names.

    Lists of countries and titles of office are shared by every faithful text; wording is not.
    """
    return sum(
        token.text not in STOP_WORDS and token.text.isalpha() and not text[token.start].isupper()
        for token in stretch
    )
