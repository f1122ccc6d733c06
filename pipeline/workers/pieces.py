"""The pieces that workers wrote, as a refresh looks at them: their texts lie in the ledger, their sources as they were
submitted, or here.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import MarbreError, SourceError
from pipeline.ledger import Ledger
from pipeline.ledger_rows import reading
from pipeline.origins import Known, Origin, all_known
from pipeline.refresh.where import Read, file_now, file_since, in_lots, stat_of
from pipeline.settings import Settings
from pipeline.shelf import OFFLINE
from pipeline.stages import clean, ingest
from pipeline.workers.content import settings_with
from pipeline.workers.filed import filed, hash_of, text_of
from pipeline.workers.queue import busy
from pipeline.workers.runs import submission_of
from pipeline.workers.stored import Task, source_of
from pipeline.workers.takeover import ASIDE

if TYPE_CHECKING:
    from sqlalchemy import Connection, RowMapping

_KEPT = 64  # articles that give background to many, files looked at
_WAITS = "a job for its source waits or runs"
_AGAIN = "its source was submitted again with other bytes and could not be written: submit it once more"
# Of the submissions of a source the last one counts.
_ITEMS = """
SELECT DISTINCT ON (item.key) item.id, item.key, item.ref, item.media, item.sha256, item.killed,
    coalesce(loss.times, 0) AS lost, item.submission, item.digest, item.keyphrase, item.keyphrase_why, item.status
FROM work_items item LEFT JOIN work_losses loss ON loss.item = item.id
WHERE item.key = ANY(:keys) ORDER BY item.key, item.submission DESC
"""


@dataclass(frozen=True, slots=True)
class Terms:
    """What a piece is written by."""

    content: dict[str, Any]
    flags: dict[str, Any]
    settings: Settings


class Submitted:
    """A `Where`: see there. A piece goes by the settings it was last submitted with, but for those given `expressly`."""

    def __init__(self, ledger: Ledger, own: Settings, expressly: Mapping[str, Any], *, here: bool) -> None:
        """`own` are the settings of whoever looks; `here`: whether files of this machine are looked at."""
        self.elsewhere = 0
        """Pieces that no worker wrote: they are not looked at."""
        self._ledger, self._here = ledger, here
        self._own, self._expressly = own, expressly
        self._items: dict[str, tuple[Task, str | None]] = {}
        self._busy: frozenset[str] = frozenset()
        self._terms: dict[str, Terms] = {}
        self._submitted = lru_cache(_KEPT)(self._read)

    def pieces(self) -> Iterator[list[Known]]:
        for some in in_lots(all_known(self._ledger)):
            self.look_at(some)
            theirs = filed(self._ledger, [each.row.slug for each in some])
            mine = [each for each in some if each.row.slug in theirs and each.row.source in self._items]
            self.elsewhere += len(some) - len(mine)
            yield mine

    def look_at(self, some: Sequence[Known]) -> None:
        """What is asked from now on is about these."""
        from sqlalchemy import text

        keys = {each.row.source for each in some} | {o.source for each in some for o in each.origins}
        locks = [hash_of(each.row.source) for each in some]

        def ask(connection: "Connection") -> "tuple[Sequence[RowMapping], frozenset[str]]":
            items = connection.execute(text(_ITEMS), {"keys": sorted(keys)}).mappings().all()
            return items, busy(connection, locks)

        items, self._busy = self._ledger.doing(ask)
        self._items = {row["key"]: _item(dict(row)) for row in items}

    def task(self, known: Known) -> Task:
        """The row of the piece's source."""
        return self._items[known.row.source][0]

    def left(self, known: Known) -> str:
        if hash_of(known.row.source) in self._busy:
            return _WAITS
        task, status = self._items[known.row.source]
        others = bool(task.media) and task.sha256 != known.row.source_sha256
        return _AGAIN if others and status in (None, "failed", ASIDE) else ""

    def text(self, slug: str) -> str:
        return text_of(self._ledger, slug)

    def holds(self, slug: str) -> bool:
        return bool(self.text(slug))

    def file(self, origin: Origin) -> Read | None:
        if self.lies_here(origin.source):
            size_known = origin.size is not None
            same = not size_known and _sha256(origin.source, stat_of(origin.source)) == origin.sha256
            return None if same else file_since(origin)
        task = self._task_of(origin)
        # What the source itself says is the article job's to follow: it was written from what was submitted.
        if task is None or origin.number == 1 or task.sha256 == origin.sha256:
            return None
        return self._submitted(task)

    def file_now(self, origin: Origin) -> Read:
        if self.lies_here(origin.source):
            return file_now(origin.source)
        task = self._task_of(origin)
        return self._submitted(task) if task else Read()

    def lies_here(self, name: str) -> bool:
        """Whether it is a file of this machine that is to be looked at."""
        return self._here and stat_of(name) is not None

    def _task_of(self, origin: Origin) -> Task | None:
        return self._items[origin.source][0] if origin.source in self._items else None

    def _read(self, task: Task) -> Read:
        try:
            return Read(clean.clean(source_of(self._ledger, task.sha256, task.ref, task.media)))
        except MarbreError as error:
            return Read(trouble=error.message)

    def terms(self, known: Known) -> Terms:
        task = self.task(known)
        if task.digest not in self._terms:
            told = submission_of(self._ledger, task.submission)
            content = {**told.content, **self._expressly}
            self._terms[task.digest] = Terms(content, told.flags, settings_with(self._own, content))
        return self._terms[task.digest]

    def settings(self, known: Known) -> Settings:
        return self.terms(known).settings

    def by(self, known: Known) -> str:
        settings = self.settings(known)
        return OFFLINE if settings.writer == "offline" else settings.model


def _item(told: dict[str, Any]) -> tuple[Task, str | None]:
    with reading("a source to work on"):
        status = told.pop("status")
        return Task(**told), status


@lru_cache(_KEPT)
def _sha256(name: str, found: tuple[int, int] | None) -> str:  # noqa: ARG001 - while size and time are the same
    try:
        return hashlib.sha256(ingest.bytes_of(Path(name), name)[0]).hexdigest()
    except SourceError:
        return ""
