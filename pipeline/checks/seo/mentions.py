"""Where a piece speaks of its keyphrase: worked out once, for every check that asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.checks.check import Manuscript
from pipeline.checks.readability import measured
from pipeline.checks.seo.fields import keyphrase_of
from pipeline.text.markdown import Block
from pipeline.text.mentions import Ear, Phrase
from pipeline.text.words import count_words

_MOST_SYNONYMS = 8


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence or a subheading, and how often it speaks of the keyphrase."""

    block: Block
    start: int
    end: int
    words: int
    before: int
    """Words of the piece before it, headings counted."""
    whole: int
    """Times all telling words of the keyphrase are there, in any form and order."""
    meant: int
    """The same, a synonym counting as well."""
    verbatim: int
    """Times the keyphrase or a synonym is said as it stands, word after word."""
    share: float
    """Of the words of the keyphrase, or of the synonym that is best heard: 0 to 1."""

    @property
    def is_heading(self) -> bool:
        return self.block.kind == "heading"


@dataclass(frozen=True, slots=True)
class Mentions:
    phrase: Phrase
    synonyms: tuple[Phrase, ...]
    ear: Ear
    said: tuple[Said, ...]
    """In reading order; the title is left out, and so are tables."""
    words: int

    @property
    def sentences(self) -> list[Said]:
        return [s for s in self.said if not s.is_heading]

    @property
    def headings(self) -> list[Said]:
        return [s for s in self.said if s.is_heading]

    @property
    def density(self) -> float:
        """Mentions of the keyphrase itself in 100 words."""
        return 100 * sum(s.whole for s in self.said) / self.words if self.words else 0.0

    def verbatim_in(self, text: str) -> int:
        """How often the keyphrase or a synonym is said as it stands."""
        return _verbatim((self.phrase, *self.synonyms), self.ear.hear(text))

    def meant_in(self, text: str) -> bool:
        """All of the keyphrase or of a synonym."""
        heard = self.ear.hear(text)
        return any(p.among(heard) for p in (self.phrase, *self.synonyms))


@lru_cache(maxsize=2)
def mentions(manuscript: Manuscript) -> Mentions | None:
    """None when the piece has no keyphrase that could be looked for."""
    text = keyphrase_of(manuscript)
    phrase = Phrase.of(text) if text else None
    if phrase is None or not phrase.can_be_found:
        return None
    synonyms = tuple(p for p in map(Phrase.of, _synonyms(manuscript)) if p.can_be_found)
    phrases = (phrase, *synonyms)
    ear = Ear.of(phrases)
    said: list[Said] = []
    before = 0
    for block, start, end, words in _spans(manuscript):
        heard = ear.hear(block.text[start:end])
        share = max(p.share(heard) for p in phrases)
        found = [p.among(heard) if share == 1 else 0 for p in phrases]
        verbatim = _verbatim(phrases, heard) if share == 1 else 0
        said.append(Said(block, start, end, words, before, found[0], max(found), verbatim, share))
        before += words
    return Mentions(phrase, synonyms, ear, tuple(said), before)


def _verbatim(phrases: Sequence[Phrase], heard: Sequence[str]) -> int:
    """A synonym of one word beside a longer keyphrase is only a word: a text may well say it often."""
    least = min(2, len(phrases[0].words))
    return max(p.in_a_row(heard) for p in phrases if len(p.words) >= least)


def _spans(manuscript: Manuscript) -> list[tuple[Block, int, int, int]]:
    """(block, start, end, words) of every sentence and subheading, in reading order."""
    document = manuscript.document
    spans = [(s.block, s.start, s.end, s.words) for s in measured(document).sentences]
    spans += [(h, 0, len(h.text), count_words(h.text)) for h in document.headings if h.level > 1]
    return sorted(spans, key=lambda span: (span[0].start, span[1]))


def _synonyms(manuscript: Manuscript) -> list[str]:
    """A list of the front matter, or one line with commas."""
    told = manuscript.document.front.get("synonyms")
    found = told.split(",") if isinstance(told, str) else told if isinstance(told, list) else []
    return [s for s in found if isinstance(s, str) and s.strip()][:_MOST_SYNONYMS]
