"""Articles that came after a piece was written and bring facts on its subject.

Looked for only in the folder of background that the user names: whoever names none is not surprised by its bill.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import nlargest
from pathlib import Path

from pipeline import corpus
from pipeline.model import Article, Dossier
from pipeline.refresh.substance import key_of, shortened
from pipeline.stages import dossier as dossiers
from pipeline.text.fold import fold, tokens
from pipeline.text.mentions import Phrase
from pipeline.text.stems import stem

_SHARED = 2
"""Names that an article and the sources of a piece have in common: one alone is often a country or an agency."""
_MOST_A_PIECE = 4


@dataclass(frozen=True, slots=True)
class Newcomer:
    path: Path
    mtime: float
    article: Article
    stems: frozenset[str]


@dataclass(frozen=True, slots=True)
class Newcomers:
    """By what few of them say."""

    by_stem: dict[str, tuple[Newcomer, ...]]

    @classmethod
    def of(cls, paths: Iterator[Path], since: float) -> "Newcomers":
        """Those of the paths that were written after a time (seconds since 1970), the latest 2,000."""
        dated = ((p.stat().st_mtime, p) for p in paths)
        by_stem: dict[str, list[Newcomer]] = {}
        for mtime, path in nlargest(corpus.MOST, (pair for pair in dated if pair[0] > since)):
            if (article := corpus.read(path)) is None:
                continue
            stems = frozenset(stem(t.text) for p in article.passages for t in tokens(p.text))
            for each in stems:
                by_stem.setdefault(each, []).append(Newcomer(path, mtime, article, stems))
        return cls({each: tuple(found) for each, found in by_stem.items()})

    def on(self, keyphrase: str, after: float) -> list[Newcomer]:
        """Those that speak of a keyphrase and came after a time."""
        phrase = Phrase.of(keyphrase)
        if not self.by_stem or not phrase.can_be_found:
            return []
        rarest = min((self.by_stem.get(s, ()) for s in phrase.stems), key=len)
        return [n for n in rarest if n.mtime > after and all(s in n.stems for s in phrase.stems)]


def bringing(found: Sequence[Newcomer], sources: Sequence[Article]) -> list[tuple[Newcomer, str]]:
    """Those that share names with a piece's sources and tell a figure, a date or a quotation that none of them has; each
    with a line of French that shows it.
    """
    known = {a.sha256 for a in sources}
    texts = {key_of(a.text) for a in sources}
    mine = [dossiers.build(a) for a in sources]
    names = {fold(n.text) for d in mine for n in d.names}
    facts = {fact for d in mine for fact, _ in _facts(d)}
    brought = []
    for newcomer in found:
        article = newcomer.article
        if article.sha256 in known or key_of(article.text) in texts:
            continue
        dossier = dossiers.build(article)
        fresh = next((text for fact, text in _facts(dossier) if fact not in facts), None)
        if fresh and len({fold(n.text) for n in dossier.names} & names) >= _SHARED:
            title = article.title or article.text
            line = f"« {shortened(title, 60)} » apporte « {shortened(fresh, 60)} »"
            brought.append((newcomer, line))
    return brought[:_MOST_A_PIECE]


def _facts(dossier: Dossier) -> Iterator[tuple[tuple[str, str], str]]:
    for figure in dossier.figures:
        yield (f"figure {fold(figure.unit or '')}", f"{figure.value:.15g}"), figure.text
    for date in dossier.dates:
        if date.value[:1].isdigit() or date.value.startswith(
            "--"
        ):  # `lundi` is another day in another article
            yield ("date", date.value), date.text
    for quotation in dossier.quotations:
        yield ("quotation", key_of(quotation.text)), quotation.text
