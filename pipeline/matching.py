"""Queries matched to articles: each article gets the query that stands for most of it, no query goes to two articles."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from heapq import nlargest
from math import log10
from typing import TypeVar

from pipeline.model import Article
from pipeline.queries import Query
from pipeline.text.keyphrase import heard_in, standing, weighed, where
from pipeline.text.mentions import Ear, Phrase
from pipeline.text.stems import content_stems

Key = TypeVar("Key")

# Queries an article may get; the others would have to be taken by twenty better ones.
_MOST = 20
# Of those that an article's words could answer, the most searched are weighed.
_WEIGHED = 300
# What a query must be said for: the title, a sentence of the opening, or two others.
_LEAST = 2.0
# Ten times the searches weigh a fifth more: what the article tells comes first.
_TRAFFIC = 0.2


@dataclass(frozen=True, slots=True)
class Match:
    query: Query
    score: float
    why: str


@dataclass(frozen=True, slots=True)
class Queries:
    """The queries of a file, found by the stems of their words."""

    phrases: tuple[tuple[Query, Phrase], ...]
    by_rarest: Mapping[str, Sequence[int]] = field(repr=False)
    """Stem -> the queries of whose stems it is the rarest."""
    left_out: tuple[str, ...] = ()
    """Queries with no telling word, or too many."""

    @classmethod
    def of(cls, queries: Sequence[Query]) -> "Queries":
        """Of queries that differ by order and word forms alone, the most searched one stays."""
        best: dict[tuple[str, ...], tuple[Query, Phrase]] = {}
        left_out = []
        for query in queries:
            phrase = Phrase.of(query.text)
            if not phrase.can_be_found:
                left_out.append(query.text)
                continue
            key = tuple(sorted(phrase.stems))
            if key not in best or query.traffic > best[key][0].traffic:
                best[key] = (query, phrase)
        spread: dict[str, int] = {}
        for stems in best:
            for stem in stems:
                spread[stem] = spread.get(stem, 0) + 1
        by_rarest: dict[str, list[int]] = {}
        for number, stems in enumerate(best):
            by_rarest.setdefault(min(stems, key=lambda s: (spread[s], s)), []).append(number)
        return cls(tuple(best.values()), by_rarest, tuple(left_out))

    def matches(self, article: Article) -> tuple[Match, ...]:
        """The queries an article could be found by, the best first, at most 20."""
        stems = {found for p in article.passages for found, _, _ in content_stems(p.text)}
        numbers = [n for s in sorted(stems) for n in self.by_rarest.get(s, ())]
        possible = [self.phrases[n] for n in numbers if stems.issuperset(self.phrases[n][1].stems)]
        possible = nlargest(_WEIGHED, possible, key=lambda pair: pair[0].traffic)
        ear = Ear.of(phrase for _, phrase in possible)
        heard = [(weight, ear.hear(text)) for weight, text in weighed(article)] if possible else []
        heard = [(weight, words) for weight, words in heard if any(words)]
        found = (_match(query, phrase, heard) for query, phrase in possible)
        return tuple(nlargest(_MOST, (m for m in found if m), key=lambda m: (m.score, m.query.traffic)))


def _match(query: Query, phrase: Phrase, heard: Sequence[tuple[float, list[str]]]) -> Match | None:
    said, close = heard_in(phrase, heard)
    if sum(said) < _LEAST:
        return None
    score = standing(phrase, said, close) * (1 + _TRAFFIC * log10(1 + query.traffic))
    why = "; ".join(filter(None, (f"said in {', '.join(where(said))}", query.told)))
    return Match(query, round(score, 2), why)


def assigned(found: Mapping[Key, Sequence[Match]]) -> dict[Key, Match]:
    """To each article its query: the best pair first, then the best of what is left."""
    order = {key: n for n, key in enumerate(found)}
    pairs = [(m.score, key, m) for key, each in found.items() for m in each]
    pairs.sort(key=lambda pair: (-pair[0], order[pair[1]], pair[2].query.text))
    given: dict[Key, Match] = {}
    taken: set[str] = set()
    for _, key, match in pairs:
        if key not in given and match.query.text not in taken:
            given[key] = match
            taken.add(match.query.text)
    return given


def unmatched(queries: Queries, given: Mapping[Key, Match]) -> list[str]:
    """The queries that no article got, in the order of the file."""
    taken = {match.query.text for match in given.values()}
    return [q.text for q, _ in queries.phrases if q.text not in taken] + list(queries.left_out)
