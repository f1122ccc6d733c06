"""Where written pieces and their sources are looked for: in the output folder and among the files of this machine, or
wherever else they are kept.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Protocol, TypeVar

from pipeline import origins
from pipeline.errors import MarbreError
from pipeline.ledger import Ledger
from pipeline.model import Article
from pipeline.origins import Known, Origin
from pipeline.publish import folder
from pipeline.settings import Settings
from pipeline.stages import clean, ingest

T = TypeVar("T")

AT_ONCE = 200
"""Pieces that are looked at together."""
_KEPT = 64  # articles: one gives background to many pieces


@dataclass(frozen=True, slots=True)
class Read:
    """A source that had to be read: what it says now, or why it cannot be read."""

    article: Article | None = None
    trouble: str = ""
    size: int | None = None
    mtime: int | None = None
    etag: str = ""
    last_modified: str = ""


class Where(Protocol):
    """What deciding asks of the place where the pieces are kept."""

    def pieces(self) -> Iterator[list[Known]]:
        """All that are looked at, by slug, so many at once; what else is asked is about those that came last."""

    def left(self, known: Known) -> str:
        """Why a piece is not looked at; empty for one that is."""

    def text(self, slug: str) -> str:
        """A piece as it stands; empty where it does not lie there."""

    def holds(self, slug: str) -> bool:
        """Whether there is a piece of that name."""

    def file(self, origin: Origin) -> Read | None:
        """A file that gave a piece its text; None for one that is as it was."""

    def file_now(self, origin: Origin) -> Read:
        """The same as it is, in any case."""

    def settings(self, known: Known) -> Settings:
        """Those that a piece goes by."""

    def by(self, known: Known) -> str:
        """Who would write it: the model in force, or `offline`."""


@dataclass(slots=True)
class Here:
    """The pieces of an output folder, and the files of this machine."""

    ledger: Ledger
    own: Settings
    writer: str
    of_workers: int = 0
    """Pieces whose files lie in the ledger: they are workers' to write, and were not looked at."""

    def pieces(self) -> Iterator[list[Known]]:
        from pipeline.workers.filed import filed

        for some in in_lots(origins.all_known(self.ledger)):
            theirs = filed(self.ledger, [each.row.slug for each in some])
            self.of_workers += len(theirs)
            yield [each for each in some if each.row.slug not in theirs]

    def left(self, known: Known) -> str:  # noqa: ARG002 - all of them are looked at
        return ""

    def text(self, slug: str) -> str:
        return folder.text_of(self.own.out, slug)

    def holds(self, slug: str) -> bool:
        return folder.is_whole(self.own.out, slug)

    def file(self, origin: Origin) -> Read | None:
        return file_since(origin)

    def file_now(self, origin: Origin) -> Read:
        return file_now(origin.source)

    def settings(self, known: Known) -> Settings:  # noqa: ARG002 - one set for all
        return self.own

    def by(self, known: Known) -> str:  # noqa: ARG002 - as above
        return self.writer


def in_lots(these: Iterator[T]) -> Iterator[list[T]]:
    while some := list(islice(these, AT_ONCE)):
        yield some


def file_since(origin: Origin) -> Read | None:
    """A file of this machine; None while its size and time are as they were."""
    found = stat_of(origin.source)
    if found is not None and found == (origin.size, origin.mtime):
        return None
    return _file(origin.source, found)


def file_now(name: str) -> Read:
    """A file as it is."""
    return _file(name, stat_of(name))


def stat_of(name: str) -> tuple[int, int] | None:
    """Size and time (nanoseconds) of a file; None for one that is not there."""
    try:
        found = os.stat(name)  # noqa: PTH116 - a hundred thousand of them; a Path each would cost as much again
    except (OSError, ValueError):
        return None
    return found.st_size, found.st_mtime_ns


@lru_cache(maxsize=_KEPT)
def _file(name: str, found: tuple[int, int] | None) -> Read:
    """`found` are its size and time: while they are the same it is not read again."""
    try:
        article = clean.clean(ingest.read_file(Path(name), name))
    except MarbreError as error:
        return Read(trouble=error.message)
    except Exception as error:  # noqa: BLE001 - a fault of ours in one source must not keep the others waiting
        return Read(trouble=f"{type(error).__name__}: {error}.")
    size, mtime = found or (None, None)
    return Read(article, size=size, mtime=mtime)
