"""Which source of a submission is an earlier one printed again, over all workers: told before a call is paid.

The fingerprints of each source whose turn it was lie in the ledger; what the few sources that share some say is read from
there too, and compared as `pipeline.near` does. Two look at the same moment: who enters its fingerprints second has
compared itself with the first.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from pipeline.errors import MarbreError
from pipeline.items import Item
from pipeline.ledger import Ledger
from pipeline.model import Article
from pipeline.near import ASKED, COMPARED, SHARED, Like, like_of, most_alike
from pipeline.stages import clean
from pipeline.wording import prints
from pipeline.workers.stored import Task, source_of
from pipeline.workers.takeover import ASIDE

if TYPE_CHECKING:
    from sqlalchemy import Connection

_NONE = -1  # stands for the fingerprints of a text that has none, so that it is seen to have had its turn
_ONE_BY_ONE = "SELECT pg_advisory_xact_lock(hashtext('marbre reprints'), hashtext(current_schema()))"
_TOLD = "SELECT EXISTS (SELECT 1 FROM work_prints WHERE item = :item)"
# Of what was not written nothing can be a reprint.
_ALIKE = """
SELECT item.id, item.ref, item.media, item.sha256 FROM unnest(CAST(:mine AS bigint[])) AS own (hash)
CROSS JOIN LATERAL (
    SELECT print.item FROM work_prints print WHERE print.hash = own.hash ORDER BY print.item LIMIT :asked) AS shared
JOIN work_items item ON item.id = shared.item
WHERE item.key <> :key AND (item.status IS NULL OR item.status <> ALL(:not_written))
GROUP BY item.id HAVING count(*) >= :shared ORDER BY count(*) DESC, item.id LIMIT :compared
"""
# Not where other bytes were submitted meanwhile: those have their own turn. Who submits them waits for this, or this for them.
_TELL = """
INSERT INTO work_prints (item, hash) SELECT item.id, own.hash FROM (
    SELECT id FROM work_items WHERE id = :item AND sha256 = :sha256 FOR SHARE) AS item
CROSS JOIN unnest(CAST(:mine AS bigint[])) AS own (hash) ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class AskedNear:
    """The earlier sources as the ledger knows them, for the one whose turn it is."""

    ledger: Ledger
    task: Task
    judges: bool
    """Whether a reprint is found; if not, the source is only told of to those that follow."""

    def look(self, item: Item, article: Article) -> Like | None:
        """As `Near.look`. Raises `LedgerError`."""
        texts = [p.text for p in article.passages]
        mine = prints(texts)
        if not self.judges or self.ledger.piece_of(item.key, article.sha256):
            self.ledger.doing(partial(self._tell, mine=mine))
            return None
        compared: dict[int, Like | None] = {}
        while True:
            earlier, like = self.ledger.doing(partial(self._decided, mine=mine, compared=compared))
            if not earlier:
                return like
            compared |= {row.id: like_of(row.ref, self._said(row), texts) for row in earlier}

    def _decided(
        self, connection: "Connection", mine: Sequence[int], compared: Mapping[int, Like | None]
    ) -> tuple[Collection[Any], Like | None]:
        """What is to be compared before; where nothing is, what it is again or tells otherwise."""
        from sqlalchemy import text

        connection.execute(text(_ONE_BY_ONE))
        if connection.execute(text(_TOLD), {"item": self.task.id}).scalar():
            return (), None  # it came before, and its worker ended
        limits = {"asked": ASKED, "shared": SHARED, "compared": COMPARED}
        told = {"mine": [*mine], "key": self.task.key, "not_written": ["failed", ASIDE], **limits}
        ranked = connection.execute(text(_ALIKE), told).all()
        if unknown := [row for row in ranked if row.id not in compared]:
            return unknown, None
        like = most_alike(compared[row.id] for row in ranked)
        if like is None or not like.found.is_again:
            self._tell(connection, mine)
        return (), like

    def _tell(self, connection: "Connection", mine: Sequence[int]) -> None:
        from sqlalchemy import text

        told = {"item": self.task.id, "sha256": self.task.sha256, "mine": [*mine] or [_NONE]}
        connection.execute(text(_TELL), told)

    def _said(self, row: Any) -> list[str]:
        """The paragraphs of an earlier source; none where they were forgotten, or cannot be read."""
        try:
            article = clean.clean(source_of(self.ledger, row.sha256, row.ref, row.media))
        except MarbreError:
            return []
        return [p.text for p in article.passages]
