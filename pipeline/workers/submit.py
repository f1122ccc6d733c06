"""Sources and settings into the ledger, and a job for each source: many in one statement, each once."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from pipeline import __version__
from pipeline.errors import MarbreError
from pipeline.items import Item
from pipeline.ledger import Ledger
from pipeline.matching import Match
from pipeline.stages import ingest
from pipeline.workers.content import digest_of
from pipeline.workers.filed import hash_of
from pipeline.workers.queue import BATCH, deferred, job_of, lock_of
from pipeline.workers.stored import packed, page_bytes
from pipeline.workers.takeover import ASIDE

if TYPE_CHECKING:
    from sqlalchemy import Connection

_AT_ONCE = 500  # sources in one statement: some megabytes
_VISITS = 4  # sources read at once: a slow host holds up no other
_FAILED = ("failed", ASIDE)
_COLUMNS = ("key", "ref", "media", "beside", "sha256", "keyphrase", "keyphrase_why")
_STORED = """
INSERT INTO work_sources (sha256, data) SELECT * FROM unnest(CAST(:names AS text[]), CAST(:data AS bytea[]))
ON CONFLICT DO NOTHING
"""
# `xmax` is 0 in a row that was inserted, and only there.
_ENTERED = """
INSERT INTO work_items AS item (digest, submission, id, key, ref, media, beside, sha256, keyphrase, keyphrase_why)
SELECT :digest, :submission, told.* FROM unnest(
    CAST(:ids AS bigint[]), CAST(:keys AS text[]), CAST(:refs AS text[]), CAST(:medias AS text[]),
    CAST(:besides AS boolean[]), CAST(:sha256s AS text[]), CAST(:keyphrases AS text[]),
    CAST(:keyphrase_whys AS text[])) AS told
ON CONFLICT (digest, key) DO UPDATE SET
    submission = excluded.submission, ref = excluded.ref, media = excluded.media, beside = excluded.beside,
    sha256 = excluded.sha256, keyphrase = excluded.keyphrase, keyphrase_why = excluded.keyphrase_why, killed = 0, job = NULL, status = NULL, verdict = NULL, why = NULL, code = NULL, ended = NULL
WHERE item.sha256 <> excluded.sha256 OR item.keyphrase IS DISTINCT FROM excluded.keyphrase OR item.status = ANY(:failed)
    OR item.status IS NULL AND NOT EXISTS (
        SELECT 1 FROM procrastinate_jobs job
        WHERE job.id = item.job AND job.status IN ('todo', 'doing') AND job.queue_name = ANY(:queues))
RETURNING id, xmax = 0 AS is_new
"""
_NUMBERS = "SELECT nextval(pg_get_serial_sequence('work_items', 'id')) FROM generate_series(1, :many)"
# Whether it was printed before is looked at again, in its new words or beside what was written meanwhile.
_UNTOLD = "DELETE FROM work_prints WHERE item = ANY(:items)"
# One that waits for an older program is this one's from now on.
_WAITING = """
UPDATE procrastinate_jobs SET queue_name = :queue WHERE status = 'todo' AND queueing_lock = ANY(:locks)
RETURNING queueing_lock, id
"""
_TOLD = """
UPDATE work_items SET job = told.job
FROM unnest(CAST(:items AS bigint[]), CAST(:jobs AS bigint[])) AS told (item, job) WHERE work_items.id = told.item
"""
# Else each look for a job reads all that wait, until the server comes to it by itself: 80 ms with 20,000, instead of 3.
_COUNTED = "ANALYZE (SKIP_LOCKED) procrastinate_jobs, work_items"
_FIRST = """
UPDATE procrastinate_jobs job SET priority = :priority FROM work_items item
WHERE item.digest = :digest AND item.key = ANY(:keys) AND job.id = item.job AND job.status = 'todo'
  AND job.priority < :priority
"""


@dataclass(frozen=True, slots=True)
class Found:
    """A source as it goes into the ledger."""

    key: str
    ref: str
    media: str
    """Of a file; empty for a page of the web."""
    beside: bool
    """Whether it may give background to others."""
    sha256: str
    data: bytes
    keyphrase: str | None = None
    """Of a file of queries, and why this source got it."""
    keyphrase_why: str | None = None


@dataclass(frozen=True, slots=True)
class Submitted:
    """How many sources of each kind a submission had."""

    sources: int = 0
    new: int = 0
    again: int = 0
    """Known, but with other bytes or another keyphrase than before, failed before, or left without a job."""
    known: int = 0
    unread: tuple[MarbreError, ...] = ()
    """Why some could not be read; nothing is stored of them."""
    passed_over: int = 0
    """Files of a folder of a type that is not read."""
    submission: int = 0
    """Its number."""


def submit(
    ledger: Ledger,
    items: Iterable[Item],
    content: Mapping[str, Any],
    flags: Mapping[str, Any],
    now: datetime,
    priority: int = BATCH,
    given: Mapping[str, Match] = MappingProxyType({}),
) -> Submitted:
    """Store what is not known yet and defer a job for it. `given`: item key -> its query of a file. Raises `LedgerError`.

    A source that may give background to others has its job only when all are stored.
    """
    from sqlalchemy import text

    digest = digest_of(content, flags)
    number = submission(ledger, content, flags, digest, now)
    told, queue = Submitted(submission=number), iter(items)
    with ThreadPoolExecutor(_VISITS) as pool:
        while some := list(islice(queue, _AT_ONCE)):
            read = list(pool.map(found_of, some))
            found = [_with_its_query(each, given) for each in read if isinstance(each, Found)]
            with ledger.connect() as connection:
                _store(connection, found)
                entered = _enter(connection, found, number, digest)
                if not any(each.beside for each in found):
                    _defer(connection, number, priority)
                if priority > BATCH:
                    _prefer(connection, digest, [each.key for each in found], priority)
            told = _with(told, read, entered)
    while _deferred_some(ledger, number, priority):
        pass
    if told.new or told.again:
        ledger.doing(lambda connection: connection.execute(text(_COUNTED)))
    return told


def _with_its_query(found: Found, given: Mapping[str, Match]) -> Found:
    match = given.get(found.key)
    return replace(found, keyphrase=match.query.text, keyphrase_why=match.why) if match else found


def _with(told: Submitted, read: Iterable["Found | MarbreError | None"], entered: list[bool]) -> Submitted:
    found = sum(isinstance(each, Found) for each in read)
    return Submitted(
        told.sources + found,
        told.new + sum(entered),
        told.again + len(entered) - sum(entered),
        told.known + found - len(entered),
        (*told.unread, *(each for each in read if isinstance(each, MarbreError))),
        told.passed_over + sum(each is None for each in read),
        told.submission,
    )


def found_of(item: Item) -> Found | MarbreError | None:
    """Bytes of a file as they are: the worker reads them. A page is read here, once and with a visitor's manners.

    None for a file that merely lies there and is of a type that is not read.
    """
    try:
        if item.path is not None:
            data, media = ingest.bytes_of(item.path, item.ref)
        else:
            data, media = page_bytes(item.read()), ""
    except MarbreError as error:
        return None if error.code == "unknown_type" and item.may_be_skipped else error
    sha256 = hashlib.sha256(data).hexdigest()
    return Found(item.key, item.ref, media, item.may_be_skipped, sha256, data)


def submission(
    ledger: Ledger, content: Mapping[str, Any], flags: Mapping[str, Any], digest: str, now: datetime
) -> int:
    """The number of a new one: the settings and the time that its pieces go by."""
    from pipeline.workers.tables import SUBMISSIONS

    values = {
        "digest": digest,
        "settings": dict(content),
        "flags": dict(flags),
        "now": now.isoformat(),
        "program": __version__,
    }
    with ledger.connect() as connection:
        query = SUBMISSIONS.insert().values(**values).returning(SUBMISSIONS.c.id)
        return int(connection.execute(query).scalar_one())


def _store(connection: "Connection", found: Iterable[Found]) -> None:
    store(connection, {each.sha256: each.data for each in found})


def store(connection: "Connection", sources: Mapping[str, bytes]) -> None:
    """Bytes under their hash, each once."""
    from sqlalchemy import text

    rows = {sha256: packed(data) for sha256, data in sources.items()}
    if rows:
        names = sorted(rows)  # in one order, so that no two wait for each other
        connection.execute(text(_STORED), {"names": names, "data": [rows[name] for name in names]})


def _enter(connection: "Connection", found: Sequence[Found], number: int, digest: str) -> list[bool]:
    """For each source that is to be worked on, whether it was unknown; known ones are left as they are.

    One that failed, whose bytes or keyphrase are others now, or that nobody will come to, is to be worked on again.
    """
    from sqlalchemy import text

    from pipeline.workers.tables import QUEUES

    # Numbered as they were submitted, which is the order of their turns; entered in that of their keys, so that no two
    # submissions wait for each other.
    numbers = sorted(connection.execute(text(_NUMBERS), {"many": len(found)}).scalars())
    rows = sorted(zip(found, numbers, strict=True), key=lambda row: row[0].key)
    told = {
        "digest": digest,
        "submission": number,
        "failed": [*_FAILED],
        "queues": [*QUEUES],
        "ids": [n for _, n in rows],
        **{f"{name}s": [getattr(each, name) for each, _ in rows] for name in _COLUMNS},
    }
    entered = connection.execute(text(_ENTERED), told).all()
    if again := [row.id for row in entered if not row.is_new]:
        connection.execute(text(_UNTOLD), {"items": again})
    return [bool(row.is_new) for row in entered]


def _deferred_some(ledger: Ledger, number: int, priority: int) -> bool:
    with ledger.connect() as connection:
        return _defer(connection, number, priority)


def _defer(connection: "Connection", number: int, priority: int) -> bool:
    """Jobs for some sources of a submission that have none; whether there were any."""
    from sqlalchemy import select, text

    from pipeline.workers.tables import ITEMS, QUEUE

    waits = (ITEMS.c.submission == number, ITEMS.c.job.is_(None), ITEMS.c.status.is_(None))
    query = select(ITEMS.c.id, ITEMS.c.key).where(*waits).order_by(ITEMS.c.id).limit(_AT_ONCE)
    rows = connection.execute(query.with_for_update(skip_locked=True)).all()
    if not rows:
        return False
    locks = [lock_of(row.id) for row in rows]
    waiting = connection.execute(text(_WAITING), {"queue": QUEUE, "locks": locks}).all()
    known = {row.queueing_lock: row.id for row in waiting}
    fresh = [row for row in rows if lock_of(row.id) not in known]
    jobs = deferred(connection, [job_of(row.id, hash_of(row.key), priority) for row in fresh])
    known |= dict(zip((lock_of(row.id) for row in fresh), jobs, strict=True))
    told = {"items": [row.id for row in rows], "jobs": [known[lock_of(row.id)] for row in rows]}
    connection.execute(text(_TOLD), told)
    return True


def _prefer(connection: "Connection", digest: str, keys: Sequence[str], priority: int) -> None:
    """Those that wait already come before others too: somebody waits for them now."""
    from sqlalchemy import text

    connection.execute(text(_FIRST), {"digest": digest, "keys": list(keys), "priority": priority})
