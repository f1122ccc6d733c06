"""Finds names: persons, places, organisations and others, and which of them are forms of one another.

A single capital at the start of a sentence is a name only when the article has the word elsewhere with a
capital, or when its surroundings make it certain. In a headline of capitals only names known from the rest count.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.model import NameKind
from pipeline.text.name_forms import Mention, merge
from pipeline.text.name_kinds import kind_of
from pipeline.text.name_runs import Finder
from pipeline.text.shouting import shouts
from pipeline.text.tokens import tokens


@dataclass(frozen=True, slots=True)
class Entity:
    """What a text gives one or more names to."""

    text: str
    """The fullest form."""
    kind: NameKind
    mentions: tuple[Mention, ...]
    """In reading order."""

    @property
    def first(self) -> Mention:
        """The first mention of the fullest form."""
        return next(m for m in self.mentions if m.text == self.text)

    @property
    def aliases(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(m.text for m in self.mentions if m.text != self.text))


def entities(texts: Sequence[str]) -> list[Entity]:
    """The names of an article, given as its paragraphs, in the order of their first mention."""
    streams = [tokens(text) for text in texts]
    common = {t.low for stream in streams for t in stream if t.is_word and not t.is_capital}
    shouting = [shouts(text) for text in texts]
    runs = [
        Finder(text, stream, common).runs()
        for text, stream, loud in zip(texts, streams, shouting, strict=True)
        if not loud
    ]
    at = [index for index, loud in enumerate(shouting) if not loud]
    seen = Counter(word for found in runs for run in found if not run.doubtful for word in run.words)
    mentions = [
        Mention(texts[p][r.start : r.end], p, r.start, r.end, kind_of(streams[p], r.first, r.last))
        for p, found in zip(at, runs, strict=True)
        for r in found
        if not r.doubtful or seen[r.words[0]]
    ]
    grouped = [Entity(form, kind, tuple(ms)) for form, kind, ms in merge(mentions, texts)]
    return _with_headlines(grouped, [(i, texts[i]) for i, loud in enumerate(shouting) if loud])


def _with_headlines(found: list[Entity], loud: list[tuple[int, str]]) -> list[Entity]:
    """Known names, in any case, where capitals tell nothing."""
    if not loud:
        return found
    forms = {m.text.casefold(): index for index, e in enumerate(found) for m in e.mentions}
    extra: dict[int, list[Mention]] = {}
    for paragraph, text in loud:
        for token in tokens(text):
            index = forms.get(token.text.casefold())
            if index is not None:
                mention = Mention(token.text, paragraph, token.start, token.end, {})
                extra.setdefault(index, []).append(mention)
    return [
        replace(
            e, mentions=tuple(sorted((*e.mentions, *extra.get(i, ())), key=lambda m: (m.paragraph, m.start)))
        )
        for i, e in enumerate(found)
    ]
