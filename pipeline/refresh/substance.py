"""What a text says, whatever its form; and the difference between two readings of it.

White space, typography, markup and the dates of files do not count; each word does, and each sign that changes a value.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.model import Article, Paragraph
from pipeline.text.fold import seen
from pipeline.text.kept import kept
from pipeline.text.sentences import sentences

# `12 000` and `12 000` with a no-break space are one number, and so is 12000.
_GROUP = re.compile(r"(?<=\d)\s+(?=\d{3}(?!\d))")
_WORD = re.compile(r"(?<![\w)])[-−–](?=\d)|\d+(?:[.,]\d+)*|[^\W\d_]+|[%‰€$£°?]")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "−": "-", "–": "-"})
_MOST = 200
"""Paragraphs held against one another; where more changed, the article is another one."""
_ALIKE = 0.3
"""Share of their words that make two paragraphs versions of one: of news copy, versions had .6, others at most .15."""


def words(text: str) -> list[str]:
    """The words, figures and value-bearing signs, lower case; accents count (`tue` is not `tué`)."""
    import unicodedata

    plain = _GROUP.sub("", unicodedata.normalize("NFC", seen(text)))
    return [w.casefold().translate(_LIGATURES) for w in _WORD.findall(plain)]


@kept
def key_of(text: str) -> str:
    """What makes two texts say the same: their words in order."""
    return " ".join(words(text))


def substance(texts: Iterable[str]) -> str:
    """64 hexadecimal digits. How a text is cut into paragraphs does not count."""
    return hashlib.sha256(" ".join(filter(None, map(key_of, texts))).encode()).hexdigest()


def of_article(article: Article) -> str:
    """Title and text; who published it, and when, is not what it says."""
    return substance(p.text for p in article.passages)


@dataclass(frozen=True, slots=True)
class Change:
    """One paragraph of two readings: both where it was changed, one where it came or went."""

    before: Paragraph | None
    after: Paragraph | None


@dataclass(frozen=True, slots=True)
class Difference:
    """`changes` in the order of the new reading, what went at their end."""

    changes: tuple[Change, ...]
    gone: tuple[tuple[str, str], ...] = ()
    """(paragraph of the old reading, sentence) whose words no longer stand in the article."""
    come: tuple[tuple[str, str], ...] = ()
    """(paragraph of the new reading, sentence) whose words did not."""

    @property
    def told(self) -> str:
        """In one line of French, for who decides."""
        changed = sum(c.before is not None and c.after is not None for c in self.changes)
        added = sum(c.before is None for c in self.changes)
        removed = sum(c.after is None for c in self.changes)
        counts = ((changed, "modifié"), (added, "ajouté"), (removed, "retiré"))
        told = ", ".join(f"{n} paragraphe{_s(n)} {word}{_s(n)}" for n, word in counts if n)
        first = next((s for _, s in self.come), "") or next((s for _, s in self.gone), "")
        return f"{told} : « {shortened(first)} »" if first else told


def shortened(text: str, most: int = 120) -> str:
    """On one line, cut at a word, without what a terminal would obey."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= most else line[:most].rsplit(" ", 1)[0] + "…"


def difference(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> Difference:
    """What the new reading says otherwise. A paragraph that moved is the same; so is one that was cut in two."""
    before, after = _unknown(old, new), _unknown(new, old)
    gone, come = tuple(_sentences(before, new)), tuple(_sentences(after, old))
    kept = {p for p, _ in gone}, {p for p, _ in come}
    before, after = [p for p in before if p.id in kept[0]], [p for p in after if p.id in kept[1]]
    pairs = _pairs(before, after)
    changes = [Change(pairs.get(p.id), p) for p in after]
    paired = {p.id for p in pairs.values()}
    changes += [Change(p, None) for p in before if p.id not in paired]
    return Difference(tuple(changes), gone, come)


def _unknown(these: Sequence[Paragraph], others: Sequence[Paragraph]) -> list[Paragraph]:
    """Those that the others do not have as they are."""
    there = Counter(key_of(p.text) for p in others)
    left = []
    for paragraph in these:
        key = key_of(paragraph.text)
        if there[key]:
            there[key] -= 1
        elif key:
            left.append(paragraph)
    return left


def _sentences(these: Iterable[Paragraph], others: Sequence[Paragraph]) -> Iterator[tuple[str, str]]:
    there = {key_of(p.text[a:b]) for p in others for a, b in sentences(p.text)}
    for paragraph in these:
        for start, end in sentences(paragraph.text):
            sentence = paragraph.text[start:end]
            if (key := key_of(sentence)) and key not in there:
                yield paragraph.id, sentence


def _pairs(before: Sequence[Paragraph], after: Sequence[Paragraph]) -> dict[str, Paragraph]:
    """Id of a new paragraph -> the old one it is a version of: the likeliest pairs first, each once."""
    if len(before) > _MOST or len(after) > _MOST:
        return {}
    old = [(p, set(words(p.text))) for p in before]
    ranked = sorted(
        (
            (-likeness, i, j)
            for i, a in enumerate(after)
            for j, (_, theirs) in enumerate(old)
            if (likeness := _likeness(set(words(a.text)), theirs)) >= _ALIKE
        )
    )
    found: dict[str, Paragraph] = {}
    taken: set[int] = set()
    for _, i, j in ranked:
        if after[i].id not in found and j not in taken:
            found[after[i].id] = old[j][0]
            taken.add(j)
    return found


def _likeness(mine: set[str], theirs: set[str]) -> float:
    return len(mine & theirs) / len(mine | theirs) if mine or theirs else 0.0


def _s(count: int) -> str:
    return "s" if count > 1 else ""
