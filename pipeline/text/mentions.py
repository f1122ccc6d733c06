"""A keyphrase found again in a text, in any of its French forms.

A sentence speaks of a keyphrase when all its telling words are there, inflected or derived as they may be, in any
order (`aide américaine à l’Ukraine`: *l’aide que les Américains apportent aux Ukrainiens*). It says the keyphrase
itself when they follow one another with nothing but grammatical words between them.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.text.fold import tokens
from pipeline.text.stems import stem
from pipeline.text.stopwords import STOP_WORDS

LONGEST = 6
"""Telling words: nobody types more, and a sentence is no keyphrase."""
# Stems are short enough for unlike words to meet (`militaire`, `milliards`); so many first letters tell them apart.
_ALIKE = 4
_OTHER = ""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A keyphrase or a synonym, as written and as stems."""

    text: str
    words: tuple[str, ...]
    """Its telling words, folded, in order."""

    @classmethod
    def of(cls, text: str) -> "Phrase":
        text = " ".join(text[:500].split())
        return cls(text, tuple(t.text for t in tokens(text) if t.text not in STOP_WORDS))

    @property
    def stems(self) -> tuple[str, ...]:
        return tuple(map(stem, self.words))

    @property
    def can_be_found(self) -> bool:
        """Has something to look for, and no more than a reader would type."""
        return 0 < len(self.words) <= LONGEST

    def among(self, heard: Iterable[str]) -> int:
        """How often all of it is there, in any order."""
        said, wanted = Counter(heard), Counter(self.stems)
        return min((said[each] // times for each, times in wanted.items()), default=0)

    def in_a_row(self, heard: Sequence[str]) -> int:
        """How often it is said as it stands; occurrences do not overlap."""
        wanted = self.stems
        size, count, at = len(wanted), 0, 0
        while size and at + size <= len(heard):
            same = heard[at] == wanted[0] and tuple(heard[at : at + size]) == wanted
            count += same
            at += size if same else 1
        return count

    def share(self, heard: Iterable[str]) -> float:
        """Of its words, those that are there: 0 to 1."""
        said = set(heard)
        return sum(each in said for each in self.stems) / len(self.words) if self.words else 0.0


@dataclass(frozen=True, slots=True)
class Ear:
    """Hears the words of some phrases in a text."""

    forms: dict[str, frozenset[str]]
    """Stem -> the words of the phrases that have it."""
    initials: frozenset[str]

    @classmethod
    def of(cls, phrases: Iterable[Phrase]) -> "Ear":
        forms: dict[str, frozenset[str]] = {}
        for phrase in phrases:
            for word in phrase.words:
                forms[stem(word)] = forms.get(stem(word), frozenset()) | {word}
        return cls(forms, frozenset(word[0] for words in forms.values() for word in words))

    def hear(self, text: str) -> list[str]:
        """For each telling word of a text, in reading order: its stem where a phrase has it, else nothing."""
        return [self._heard(token.text) for token in tokens(text) if token.text not in STOP_WORDS]

    def _heard(self, word: str) -> str:
        if word[0] not in self.initials:
            return _OTHER  # most words, and finding their stem takes longest
        found = stem(word)
        return found if any(alike(word, w) for w in self.forms.get(found, ())) else _OTHER


@lru_cache(maxsize=20000)
def alike(word: str, other: str) -> bool:
    """Of two folded words: begin alike, as forms of one word do."""
    least = max(1, min(_ALIKE, min(len(word), len(other)) - 1))
    return word[:least] == other[:least]
