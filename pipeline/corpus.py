"""Related articles: which of a folder's other sources speak of the same names and things.

Only what tells an article from others is kept in memory (a few dozen hashes each); the few chosen
articles are read again when they are needed.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from math import log
from pathlib import Path
from zlib import crc32

from pipeline.errors import MarbreError
from pipeline.model import Article
from pipeline.stages import clean, ingest
from pipeline.text.fold import tokens
from pipeline.text.stopwords import STOP_WORDS

MOST = 2_000
"""Articles looked at: beyond that, background is a search engine's work."""
_TERMS = 60
_ALIKE = 0.08  # measured: ten pairs of news on one subject .098 to .149, 143 unrelated pairs at most .059
_SAME = 0.9  # above this it is the same article again, no background


@dataclass(frozen=True, slots=True)
class Corpus:
    """The signatures of a set of sources."""

    signatures: dict[Path, frozenset[int]] = field(default_factory=dict)
    weights: dict[int, float] = field(default_factory=dict)

    def related(self, article: Article, own: Path | None, most: int) -> tuple[Article, ...]:
        """The articles nearest to one, nearest first; none that is the same article."""
        mine = signature(article)
        ranked = sorted(
            ((self._likeness(mine, theirs), path) for path, theirs in self.signatures.items() if path != own),
            key=lambda pair: (-pair[0], pair[1]),
        )
        chosen = [path for likeness, path in ranked[: most * 2] if _ALIKE <= likeness < _SAME]
        read_again = (a for a in map(read, chosen) if a is not None and a.sha256 != article.sha256)
        found = (a for a in read_again if a.language == article.language)
        return tuple(a for _, a in zip(range(most), found, strict=False))

    def _likeness(self, mine: frozenset[int], theirs: frozenset[int]) -> float:
        both, either = mine & theirs, mine | theirs
        total = sum(self.weights.get(t, 1.0) for t in either)
        return sum(self.weights.get(t, 1.0) for t in both) / total if total else 0.0


def build(paths: Iterable[Path]) -> Corpus:
    """Read the sources once; those that cannot be used are left out (the batch tells why)."""
    signatures = {path: signature(a) for path, a in _articles(paths)}
    spread = Counter(term for terms in signatures.values() for term in terms)
    weights = {term: 1.0 + log(1 + len(signatures) / count) for term, count in spread.items()}
    return Corpus(signatures, weights)


def _articles(paths: Iterable[Path]) -> Iterator[tuple[Path, Article]]:
    for _, path in zip(range(MOST), paths, strict=False):
        article = read(path)
        if article is not None:
            yield path, article


def read(path: Path) -> Article | None:
    try:
        return clean.clean(ingest.read_file(path, ingest.name_of(path)))
    except MarbreError:
        return None


def signature(article: Article) -> frozenset[int]:
    """Hashes of the words an article says most, names above all."""
    said: Counter[str] = Counter()
    for paragraph in article.paragraphs:
        for token in tokens(paragraph.text):
            if len(token.text) > 3 and token.text not in STOP_WORDS:
                said[token.text] += 3 if paragraph.text[token.start].isupper() else 1
    return frozenset(crc32(word.encode()) for word, _ in said.most_common(_TERMS))
