"""Where the words of a quotation stand in the sources: in somebody's mouth, in the narration, or nowhere.

Words are compared whatever their case, accents, elision and typography. What stands in square brackets is the
editor's, and parts the words around it; `tient[s]` and `[L]es` mend one word.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from pipeline.checks.fidelity.comparison import Source, Sources, once_for_sources
from pipeline.text.facts import Facts, Speech
from pipeline.text.fold import tokens
from pipeline.text.stems import stem

_BRACKETS = re.compile(r"\[([^\[\]\n]{0,200})\]")
_ASIDE = re.compile(r"\([^()\n]{0,200}\)")
_FIRST_LETTER = re.compile(r"\[(\w)\](?=\w)")
_ELIDED = {
    w: w + "e" for w in ("c", "d", "j", "m", "n", "qu", "s", "t", "jusqu", "lorsqu", "puisqu", "quoiqu")
}
_SIGNS = {"%": ("pour", "cent"), "€": ("euros",), "$": ("dollars",), "£": ("livres",)}
_ORDINAL = re.compile(r"(\d+)(?:e|er|re|ere|eme|ieme|nd|nde)")
# A word with more places than this is no clue; text that repeats itself so is not judged by them.
_MOST_PLACES = 400
_ENOUGH = 20
# Longer than `a déclaré ce mois-ci un responsable militaire de l’Otan aux journalistes`: no incise.
_LONGEST_INCISE = 16
_INCISE = re.compile(r"\s*[,.!?…–—-]")


class Word(NamedTuple):  # as in pipeline/text/fold.py
    """A word as it is compared, with its place."""

    text: str
    start: int
    end: int


def words_of(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """The words of `text[start:end]`, as they are compared, without what stands in square brackets."""
    stretch = text[start:end]
    if "[" in stretch:
        stretch = _FIRST_LETTER.sub("\u200b\\1\u200b", stretch)
        stretch = _BRACKETS.sub(lambda m: " " * len(m.group()), stretch)
    found = []
    for token in tokens(stretch):
        plain = _ELIDED.get(token.text, token.text)
        ordinal = _ORDINAL.fullmatch(plain) if plain[0].isdigit() else None
        found.append(Word(f"{ordinal[1]}e" if ordinal else plain, start + token.start, start + token.end))
        sign = stretch[token.end : token.end + 2].lstrip()[:1]
        if sign in _SIGNS and plain[-1].isdigit():
            found += (Word(w, start + token.start, start + token.end) for w in _SIGNS[sign])
    return found


@dataclass(frozen=True, slots=True)
class At:
    """Where a word of a stream stands: `source.facts.passages[paragraph].text[start:end]`."""

    source: Source
    paragraph: int
    start: int
    end: int
    word: str
    speech: Speech | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words in a row of one paragraph."""

    paragraph: int
    words: Sequence[Word]
    stems: tuple[str, ...]
    """Of each of the words."""
    speech: Speech | None = None
    parted: bool = True
    """Whether it must not be joined with what comes before it."""


@dataclass(frozen=True, slots=True)
class Stream:
    """Words in a row; an empty one parts what must not be joined."""

    words: tuple[str, ...]
    places: dict[str, list[int]]
    """By stem."""
    stretches: tuple[tuple[Source, Stretch], ...]
    starts: tuple[int, ...]
    """Where the first word of each stretch stands among the words."""

    def origin(self, at: int) -> At | None:
        """Of the word at a place; None of an empty one."""
        if not self.words[at]:
            return None
        n = bisect_right(self.starts, at) - 1
        source, stretch = self.stretches[n]
        word = stretch.words[at - self.starts[n]]
        return At(source, stretch.paragraph, word.start, word.end, word.text, stretch.speech)

    def find(
        self, sought: Sequence[str], *, inflected: bool = False, most: int = _ENOUGH
    ) -> list[int] | None:
        """Where these words stand in a row; None when they are too common to say."""
        stems = [stem(w) for w in sought]
        rarest = min(range(len(stems)), key=lambda i: len(self.places.get(stems[i], ())))
        known = self.places.get(stems[rarest], [])
        places = (at - rarest for at in islice(known, _MOST_PLACES))
        found = list(islice((at for at in places if self._stands(at, sought, stems, inflected)), most))
        return found if found or len(known) <= _MOST_PLACES else None

    def _stands(self, at: int, sought: Sequence[str], stems: Sequence[str], inflected: bool) -> bool:
        if at < 0:
            return False
        here = self.words[at : at + len(sought)]
        if inflected:
            return [stem(w) if w else w for w in here] == list(stems)
        return list(here) == list(sought)

    def nearest(self, sought: Sequence[str]) -> int | None:
        """Where most of these words stand in about this order."""
        votes: dict[int, int] = {}
        for i, word in enumerate(islice(sought, 200)):
            places = self.places.get(stem(word), ())
            for at in places if len(places) <= 40 else ():
                votes[at - i] = votes.get(at - i, 0) + 1
        if not votes:
            return None
        # A word more or fewer shifts the rest by one.
        best = max(
            votes, key=lambda at: (sum(votes.get(at + d, 0) for d in (-2, -1, 0, 1, 2)), votes[at], -at)
        )
        return max(best, 0)


@dataclass(frozen=True, slots=True)
class Wording:
    """All words of the sources, and those between quotation marks."""

    written: Stream
    spoken: Stream


@once_for_sources
def wording(sources: Sources) -> Wording:
    known = [(source, _of_text(source.facts)) for source in sources]
    return Wording(
        _stream([(source, stretch) for source, (written, _) in known for stretch in written]),
        _stream([(source, stretch) for source, (_, spoken) in known for stretch in spoken]),
    )


@lru_cache(maxsize=16)  # a related article has the same words beside the next piece
def _of_text(facts: Facts) -> tuple[tuple[Stretch, ...], tuple[Stretch, ...]]:
    """Its words, written and spoken."""
    rows = [words_of(passage.text) for passage in facts.passages]
    return tuple(_stretch(n, row) for n, row in enumerate(rows)), tuple(_spoken(facts, rows))


def _stretch(
    paragraph: int, words: Sequence[Word], speech: Speech | None = None, *, parted: bool = True
) -> Stretch:
    return Stretch(paragraph, words, tuple(stem(w.text) for w in words), speech, parted)


def _stream(stretches: Sequence[tuple[Source, Stretch]]) -> Stream:
    words: list[str] = []
    starts: list[int] = []
    places: dict[str, list[int]] = {}
    for _, stretch in stretches:
        if stretch.parted:
            words.append("")
        starts.append(len(words))
        for at, key in enumerate(stretch.stems, start=len(words)):
            places.setdefault(key, []).append(at)
        words += [word.text for word in stretch.words]
    return Stream(tuple(words), places, tuple(stretches), tuple(starts))


def _spoken(facts: Facts, rows: Sequence[Sequence[Word]]) -> Iterator[Stretch]:
    """The words between marks; an incise does not part what one person says."""
    last: tuple[int, Speech] | None = None
    for n, speeches in enumerate(facts.speeches):
        text = facts.passages[n].text
        for speech in speeches:
            parted = last is None or not _goes_on(facts, last, (n, speech))
            last = (n, speech)
            first = bisect_left(rows[n], speech.span.start, key=lambda w: w.start)
            inside = rows[n][first : bisect_left(rows[n], speech.span.end, key=lambda w: w.start)]
            yield _stretch(n, inside, speech, parted=parted)
            # Brackets inside a quotation may be the speaker's or the editor's: both readings stand.
            asides = [m.span() for m in _ASIDE.finditer(text, speech.span.start, speech.span.end)]
            if asides:
                kept = [w for w in inside if not any(a <= w.start < b for a, b in asides)]
                yield _stretch(n, kept, speech)
                last = None


def _goes_on(facts: Facts, before: tuple[int, Speech], after: tuple[int, Speech]) -> bool:
    """The second quotation takes up the words of the first: only an incise, or a new paragraph, stands between."""
    (n, first), (m, second) = before, after
    if m - n > 1 or (first.speaker and second.speaker and first.speaker != second.speaker):
        return False
    passages = facts.passages
    text = passages[n].text
    if m == n:
        between = text[first.span.outer_end : second.span.outer_start]
    else:
        head = passages[m].text[: second.span.outer_start]
        between = text[first.span.outer_end :]
        if head.strip():
            return False
    parted = text[first.span.end - 1] in ".!?…,;:" or _INCISE.match(between) or not between.strip()
    closed = not between.strip() or between.rstrip()[-1] in ".,:;"
    return bool(parted) and closed and len(tokens(between)) <= _LONGEST_INCISE
