"""Related articles: which of a folder's other sources speak of the same names and things.

Only what tells an article from others is kept in memory (a few dozen hashes each); the few chosen
articles are read again when they are needed.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from math import log
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

from pipeline.errors import MarbreError
from pipeline.files import name_of
from pipeline.model import Article
from pipeline.stages import clean, ingest
from pipeline.text.fold import tokens
from pipeline.text.stopwords import STOP_WORDS

if TYPE_CHECKING:
    from pipeline.crew import Do

MOST = 2_000
"""Articles looked at: beyond that, background is a search engine's work."""
_TERMS = 60
ALIKE = 0.08  # measured: ten pairs of news on one subject .098 to .149, 143 unrelated pairs at most .059
SAME = 0.9  # above this it is the same article again, no background


@dataclass(frozen=True, slots=True)
class Copied:
    """A source that lies elsewhere than its name tells: it came from another machine."""

    named: Path
    path: Path = field(compare=False)


Place = Path | Copied


@dataclass(frozen=True, slots=True)
class Corpus:
    """The signatures of a set of sources."""

    signatures: Mapping[Place, frozenset[int]] = field(default_factory=dict)
    weights: dict[int, float] = field(default_factory=dict)

    def related(self, article: Article, own: Place | None, most: int) -> tuple[Article, ...]:
        """The articles nearest to one, nearest first; none that is the same article."""
        return others(self.nearest(article, own, most), article, most)

    def nearest(self, article: Article, own: Place | None, most: int) -> list[Place]:
        """Where they lie, some more than asked for: which is the same article shows when it is read."""
        mine = signature(article)
        ranked = sorted(
            ((self._likeness(mine, theirs), path) for path, theirs in self.signatures.items() if path != own),
            key=lambda pair: (-pair[0], _named(pair[1])),
        )
        return [path for likeness, path in ranked[: most * 2] if ALIKE <= likeness < SAME]

    def _likeness(self, mine: frozenset[int], theirs: frozenset[int]) -> float:
        both, either = mine & theirs, mine | theirs
        total = sum(self.weights.get(t, 1.0) for t in either)
        return sum(self.weights.get(t, 1.0) for t in both) / total if total else 0.0


def build(paths: Iterable[Place]) -> Corpus:
    """Read the sources once; those that cannot be used are left out (the batch tells why)."""
    return weighed(
        {path: signed for path in islice(paths, MOST) if (signed := signature_at(path)) is not None}
    )


async def build_by(do: "Do", lanes: int, paths: Iterable[Place]) -> Corpus:
    """As `build`, some files at once; never so many that others who have work to do must wait for all of them."""
    from asyncio import gather  # a check of one piece does without

    queue = enumerate(islice(paths, MOST))
    found: dict[int, tuple[Place, frozenset[int]]] = {}

    async def work() -> None:
        for number, path in queue:
            if (signed := await do(signature_at, path)) is not None:
                found[number] = path, signed

    await gather(*(work() for _ in range(lanes)))  # the first error as it is, not in a group
    return weighed(dict(found[n] for n in sorted(found)))


def weighed(signatures: Mapping[Place, frozenset[int]]) -> Corpus:
    """The corpus of these signatures: what few articles say tells them apart."""
    spread = Counter(term for terms in signatures.values() for term in terms)
    weights = {term: 1.0 + log(1 + len(signatures) / count) for term, count in spread.items()}
    return Corpus(signatures, weights)


def others(paths: Iterable[Place], article: Article, most: int) -> tuple[Article, ...]:
    """The articles at these paths in its language, in that order, but for the article itself."""
    found = (a for a in map(read, paths) if a is not None and a.sha256 != article.sha256)
    return tuple(islice((a for a in found if a.language == article.language), most))


def signature_at(path: Place) -> frozenset[int] | None:
    """None for a source that cannot be used."""
    article = read(path)
    return None if article is None else signature(article)


def read(place: Place) -> Article | None:
    path = place.path if isinstance(place, Copied) else place
    try:
        return clean.clean(ingest.read_file(path, name_of(_named(place))))
    except MarbreError:
        return None


def _named(place: Place) -> Path:
    return place.named if isinstance(place, Copied) else place


def signature(article: Article) -> frozenset[int]:
    """Hashes of the words an article says most, names above all."""
    return signed(p.text for p in article.paragraphs)


def signed(texts: Iterable[str]) -> frozenset[int]:
    """The same of a text given as its paragraphs."""
    said: Counter[str] = Counter()
    for text in texts:
        for token in tokens(text):
            if len(token.text) > 3 and token.text not in STOP_WORDS:
                said[token.text] += 3 if text[token.start].isupper() else 1
    return frozenset(crc32(word.encode()) for word, _ in said.most_common(_TERMS))
