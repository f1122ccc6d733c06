"""Sources in the ledger: how they are packed there, and read again on another machine."""

import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from pipeline.errors import LedgerError, MarbreError, SourceError
from pipeline.files import printable
from pipeline.items import Item
from pipeline.ledger import Ledger
from pipeline.ledger_rows import reading
from pipeline.model import Removal, Source, Visit
from pipeline.stages import ingest

if TYPE_CHECKING:
    from sqlalchemy import Connection

UNKNOWN = "work"
"""The code of the error that says that a job is about nothing there is."""
LARGEST = 50_000_000
"""Bytes unpacked: more than any source has."""

_TOLD = """
(SELECT sha256, ref, media FROM work_items WHERE sha256 = :sha256 OR media = '' AND key = :url ORDER BY id LIMIT 1)
UNION ALL (SELECT sha256, ref, media FROM work_beside WHERE sha256 = :sha256 LIMIT 1) LIMIT 1
"""
_FORGET = """
DELETE FROM work_sources WHERE sha256 = ANY(:hashes) OR sha256 IN (
    SELECT sha256 FROM work_items WHERE key = ANY(:keys) UNION SELECT sha256 FROM work_beside WHERE key = ANY(:keys)
    UNION SELECT refresh.sha256 FROM work_refreshes refresh JOIN work_items item ON item.id = refresh.item
    WHERE item.key = ANY(:keys))
"""
# Pieces that wait for a worker with what is forgotten in their source or background are not written.
_UNDUE = """
WITH gone AS (
    DELETE FROM work_refreshes refresh USING work_items item
    WHERE item.id = refresh.item
      AND (item.key = ANY(:keys) OR refresh.sha256 = ANY(:hashes) OR refresh.beside && CAST(:both AS text[]))
    RETURNING item.id
)
UPDATE work_items item SET status = 'failed', code = 'forgotten', ended = now(),
    why = 'The ledger was made to forget a source of this piece before it was refreshed.'
FROM gone WHERE item.id = gone.id
"""


@dataclass(frozen=True, slots=True)
class Task:
    """A row of `work_items` with what its submission says."""

    id: int
    key: str
    ref: str
    media: str
    sha256: str
    killed: int
    """Workers that ended while at work on it, since it last got further."""
    lost: int
    """Workers that ended while at work on it."""
    submission: int
    digest: str
    keyphrase: str | None = None
    """Of a file of queries, and why this source got it."""
    keyphrase_why: str | None = None


def packed(data: bytes) -> bytes:
    return zlib.compress(data, 6)


def unpacked(data: bytes) -> bytes:
    """Raises `LedgerError` for what is damaged, or would fill the memory."""
    with reading("a source or file"):
        unpacking = zlib.decompressobj()
        try:
            whole = unpacking.decompress(data, LARGEST)
        except zlib.error as error:
            raise ValueError(str(error)) from None
        if not unpacking.eof:
            raise ValueError("it is cut, or too large")
        return whole


def page_bytes(source: Source) -> bytes:
    """A page of the web as it was read: it is not fetched again, nor by so many."""
    return json.dumps(asdict(source), ensure_ascii=False).encode("utf-8", "surrogatepass")


def task_of(ledger: Ledger, item: int) -> Task:
    from sqlalchemy import func, select

    from pipeline.workers.tables import ITEMS, LOSSES

    lost = func.coalesce(LOSSES.c.times, 0).label("lost")
    columns = [lost if name == "lost" else ITEMS.c[name] for name in Task.__slots__]
    query = select(*columns).outerjoin(LOSSES, LOSSES.c.item == ITEMS.c.id).where(ITEMS.c.id == item)
    row = ledger.doing(lambda connection: connection.execute(query).mappings().first())
    if row is None:
        raise LedgerError(UNKNOWN, f"The ledger has no source {item} to work on.", "Submit it again.")
    return Task(**{**row, "ref": printable(row["ref"])})


def item_of(ledger: Ledger, task: Task) -> Item:
    return Item(task.ref, task.key, partial(source_of, ledger, task.sha256, task.ref, task.media))


def source_of(ledger: Ledger, sha256: str, ref: str, media: str) -> Source:
    """As it was read where it was submitted. Raises `SourceError` as reading it there would have."""
    data = data_of(ledger, sha256)
    return ingest.read_bytes(data, ref, media) if media else _page(data)


def sources_told(ledger: Ledger, told: Sequence[Mapping[str, Any]]) -> Iterator[Source]:
    """Those that a report tells of by hash, or a page by its address, as far as they are there as they were."""
    from sqlalchemy import text

    for each in told:
        asked = {"sha256": str(each.get("sha256")), "url": str(each.get("url"))}
        with ledger.connect() as connection:
            row = connection.execute(text(_TOLD), asked).first()
        if row is None:
            continue
        with suppress(MarbreError):  # forgotten, or damaged
            source = source_of(ledger, row.sha256, row.ref, row.media)
            if source.sha256 == asked["sha256"]:
                yield source


def data_of(ledger: Ledger, sha256: str) -> bytes:
    """Raises `SourceError` for bytes that are not there any more, or are not those that were stored."""
    from sqlalchemy import select

    from pipeline.workers.tables import SOURCES

    query = select(SOURCES.c.data).where(SOURCES.c.sha256 == sha256)
    found = ledger.doing(lambda connection: connection.execute(query).scalar())
    if found is None:
        message = "The ledger was made to forget this source."
        raise SourceError("forgotten", message, "Submit it again if it is to be written.")
    try:
        data = unpacked(bytes(found))
    except LedgerError:
        data = b""
    if hashlib.sha256(data).hexdigest() != sha256:
        message = "The ledger holds this source with other bytes than were submitted."
        raise SourceError(
            "unreadable", message, "Make the ledger forget it (marbre forget), and submit it again."
        )
    return data


def _page(data: bytes) -> Source:
    with reading("a page"):
        told: dict[str, Any] = json.loads(data)
        visit: Mapping[str, Any] | None = told["visit"]
        return Source(
            **told
            | {
                "mended": tuple(Removal(**each) for each in told["mended"]),
                "visit": Visit(**{**visit, "reserved": tuple(visit["reserved"])}) if visit else None,
            }
        )


def forget(connection: "Connection", sources: Sequence[str], hashes: Sequence[str]) -> bool:
    """Take the bytes of submitted sources out, by their names or hashes; whether there were any."""
    from sqlalchemy import text

    from pipeline.workers.tables import ITEMS, are_there, prepare

    if connection.dialect.name == "sqlite" or not are_there(connection, ITEMS.name):
        return False
    prepare(connection)  # an older program may have made the others
    told = {"keys": list(sources), "hashes": list(hashes)}
    forgotten = connection.execute(text(_FORGET), told).rowcount
    return connection.execute(text(_UNDUE), told | {"both": [*sources, *hashes]}).rowcount + forgotten > 0
