"""Which sources of a run are taken, and in what order: by their files' dates and sizes, and by what became of them last."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Literal

from pipeline.failures import failed
from pipeline.items import Item
from pipeline.ledger import Ledger

Order = Literal["name", "oldest", "newest", "smallest", "largest"]
Last = Literal["FAILED", "NEEDS_WORK"]
_LOOK_UPS = 400  # sources in one query


def ordered(items: Iterable[Item], by: Order | None) -> Iterable[Item]:
    """None: as they were found. Those whose date or size nobody told come last, in the order they were found."""
    if by is None:
        return items
    if by == "name":
        return sorted(items, key=lambda item: item.ref)
    backwards = -1 if by in ("newest", "largest") else 1
    of: Callable[[Item], float | None] = _size if by in ("smallest", "largest") else _date

    def rank(item: Item) -> tuple[bool, float]:
        value = of(item)
        return value is None, backwards * (value or 0)

    return sorted(items, key=rank)


def _date(item: Item) -> float | None:
    """Seconds since 1970: when its file was last changed, or what its feed or sitemap says."""
    try:
        return item.path.stat().st_mtime if item.path else item.date
    except OSError:
        return None


def _size(item: Item) -> float | None:
    """Bytes of its file; of a page nobody knows them before it is read."""
    try:
        return item.path.stat().st_size if item.path else None
    except OSError:
        return None


def whose_last(items: Iterable[Item], wanted: Sequence[Last], ledger: Ledger) -> Iterator[Item]:
    """Those of which the last outcome is one of these."""
    queue = iter(items)
    while some := list(islice(queue, _LOOK_UPS)):
        keys = [item.key for item in some]
        found: set[str] = failed(ledger, keys) if "FAILED" in wanted else set()
        if "NEEDS_WORK" in wanted:
            pieces = ledger.pieces_of(keys).items()
            found |= {k for k, row in pieces if row.files_sha256 and row.entry["verdict"] == "needs_work"}
        yield from (item for item in some if item.key in found)
