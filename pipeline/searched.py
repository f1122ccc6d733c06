"""`--keyphrases FILE`: what readers search, given out to the articles of a run before the first of them is written."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from pipeline import queries
from pipeline.errors import MarbreError
from pipeline.items import Item
from pipeline.matching import Match, Queries, assigned, unmatched
from pipeline.model import Source
from pipeline.stages import clean

_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Searched:
    items: tuple[Item, ...]
    """The sources of the run; one that lies in no file is read here, and not fetched again."""
    given: Mapping[str, Match] = field(default_factory=dict)
    """Item key -> the query its article got."""
    left: tuple[str, ...] = ()
    """The queries that no article got."""


def search(file: Path | None, items: Sequence[Item]) -> Searched:
    """Match the queries of a file to the articles. Raises `UsageError` when the file cannot be used.

    A source that cannot be read gets none; the run says why it cannot.
    """
    if file is None:
        return Searched(tuple(items))
    table = Queries.of(queries.read(file))
    found: dict[str, tuple[Match, ...]] = {}
    kept: list[Item] = []
    for item in items:
        try:
            source = item.read()
            found[item.key] = table.matches(clean.clean(source))
        except MarbreError:
            kept.append(item)
            continue
        kept.append(item if item.path else replace(item, read=partial(_again, source)))
    given = assigned(found)
    return Searched(tuple(kept), given, tuple(unmatched(table, given)))


def _again(source: Source) -> Source:
    return source


def as_json(searched: Searched) -> dict[str, Any]:
    """`keyphrases` of `marbre.run/1` and `marbre.plan/1`; nothing where no file was given."""
    if not (searched.given or searched.left):
        return {}
    refs = {item.key: item.ref for item in searched.items}
    keyphrases = {
        "matched": [
            {"source": refs[key], "keyphrase": m.query.text, "why": m.why}
            for key, m in searched.given.items()
        ],
        "unmatched": list(searched.left),
    }
    return {"keyphrases": keyphrases}


def as_text(searched: Searched) -> str:
    """One line on the queries that no article got."""
    total = len(searched.given) + len(searched.left)
    return (
        f"Keyphrases: {len(searched.given)} of {total} given to an article. {_named(searched.left)}".rstrip()
    )


def _named(left: Iterable[str]) -> str:
    names = list(left)
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return f"No article for: {', '.join(names[:_SHOWN])}{more}." if names else ""
