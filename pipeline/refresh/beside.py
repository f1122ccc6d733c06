"""The background of a piece as it is now: what cannot be read any more as it was, and the new articles, each once."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from pipeline import corpus
from pipeline.files import name_of
from pipeline.model import Article
from pipeline.origins import Origin
from pipeline.refresh.deciding import Decision
from pipeline.refresh.look import page_now
from pipeline.refresh.where import Read
from pipeline.settings import Settings

Named = tuple[str, Article]
"""A path or address, and what it says."""


def background(
    decision: Decision, old: Mapping[int, Article], settings: Settings, file_now: Callable[[Origin], Read]
) -> tuple[Named, ...]:
    """`old` are the sources as they were when the piece was written, by number."""
    found: list[tuple[str, Article | None]] = []
    for origin in decision.known.origins[1:]:
        read = page_now(origin, settings) if origin.is_page else file_now(origin)
        found.append((origin.source, _named(read.article if read else None, old.get(origin.number))))
    found += [(name_of(path.resolve()), corpus.read(path)) for path in decision.new]
    return tuple({a.sha256: (name, a) for name, a in found if a is not None}.values())


def _named(article: Article | None, before: Article | None) -> Article | None:
    """Its name as it was given: what a page tells of it must not change with the folder it was read from."""
    if article is None:
        return before
    return replace(article, ref=before.ref) if before else article
