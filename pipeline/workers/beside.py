"""What lies beside submitted articles: background from the others that were submitted with them, or from a folder that was
named; the archive they are held against.
"""

import asyncio
import hashlib
import json
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import corpus
from pipeline.corpus import Copied, Corpus
from pipeline.crew import Crew
from pipeline.errors import SourceError
from pipeline.items import Item, items_of
from pipeline.ledger import Ledger
from pipeline.settings import Settings
from pipeline.stages.ingest import suffix_of
from pipeline.workers.filed import FiledLedger, hash_of
from pipeline.workers.stored import data_of
from pipeline.workers.submit import Found, found_of, store
from pipeline.workers.takeover import ASIDE

if TYPE_CHECKING:
    from sqlalchemy import Select

_SOURCES = ".marbre/sources"
_COLUMNS = ("ref", "sha256", "media", "key")
_AT_ONCE = 100  # sources in one statement: some megabytes


def shelved(ledger: Ledger, content: Mapping[str, Any], settings: Settings) -> dict[str, Any]:
    """What decides the content, with the folder of `settings.related`, whose sources are stored.

    The folder is known by what lies in it, so one that changed is another: what is submitted with it is looked at again.
    Raises `UsageError`, `LedgerError`.
    """
    from sqlalchemy.dialects.postgresql import insert

    from pipeline.workers.tables import BESIDE

    if settings.related is None:
        return dict(content)
    items = (item for item in items_of(settings.related, settings.out) if item.path)
    found = list(_stored(ledger, islice(items, corpus.MOST)))
    told = [(each["ref"], each["media"], each["sha256"]) for each in found]
    shelf = hashlib.sha256(json.dumps(told).encode()).hexdigest()
    if found:
        rows = [{"shelf": shelf, "place": place, **each} for place, each in enumerate(found)]
        ledger.doing(lambda connection: connection.execute(insert(BESIDE).on_conflict_do_nothing(), rows))
    return {**content, "related": shelf}


def archived(ledger: Ledger, content: Mapping[str, Any], settings: Settings) -> dict[str, Any]:
    """What decides the content, with the archive of `settings.archive`, whose pieces are entered as they are now.

    Raises `UsageError`, `LedgerError`.
    """
    from pipeline.archive.shared import enter

    return {**content, "archive": str(enter(ledger, settings.archive))} if settings.archive else dict(content)


def _stored(ledger: Ledger, items: Iterator[Item]) -> Iterator[dict[str, Any]]:
    while some := list(islice(items, _AT_ONCE)):
        found = [each for each in map(found_of, some) if isinstance(each, Found)]
        ledger.doing(partial(store, sources={each.sha256: each.data for each in found}))
        for each in found:
            yield {"key": each.key, "ref": each.ref, "media": each.media, "sha256": each.sha256}


@dataclass
class Background:
    """Of the articles of one set of settings, read when the first of them is too short, or was submitted later than those
    read so far.
    """

    ledger: FiledLedger
    out: Path
    """The worker's: the sources are laid below it."""
    crew: Crew
    digest: str
    shelf: str | None = None
    """The folder that was named, as the ledger knows it."""
    _for: int = 0
    _loading: asyncio.Task[Corpus] | None = None

    def of(self, submission: int) -> Callable[[], Awaitable[Corpus]]:
        return partial(self._once, submission)

    async def _once(self, submission: int) -> Corpus:
        if self._loading is None or (self.shelf is None and submission > self._for):
            self._for = submission
            self._loading = asyncio.create_task(self._read(self._loading))
        return await self._loading

    async def _read(self, earlier: asyncio.Task[Corpus] | None) -> Corpus:
        known = {} if earlier is None else (await earlier).signatures
        places = await asyncio.to_thread(lambda: list(self._places()))
        # By the file, which is named by its content: its place is equal to that of an older version.
        read = {place.path: signed for place, signed in known.items() if isinstance(place, Copied)}
        fresh = [place for place in places if place.path not in read]
        built = await corpus.build_by(self.crew.do, self.crew.size, fresh)
        read |= {
            place.path: signed for place, signed in built.signatures.items() if isinstance(place, Copied)
        }
        return corpus.weighed({place: read[place.path] for place in places if place.path in read})

    def _places(self) -> Iterator[Copied]:
        rows = self.ledger.doing(lambda connection: connection.execute(self._query()).all())
        room = self.out / _SOURCES
        room.mkdir(parents=True, exist_ok=True)
        for ref, sha256, media, key in rows:
            self.ledger.names[sha256] = key
            path = room / f"{hash_of(sha256)}{suffix_of(media)}"  # never a path that the ledger tells
            if not path.is_file():
                try:
                    path.write_bytes(data_of(self.ledger, sha256))
                except SourceError:
                    continue  # its own article tells why
            yield Copied(Path(ref), path)

    def _query(self) -> "Select[Any]":
        from sqlalchemy import select

        from pipeline.workers.tables import BESIDE, ITEMS

        if self.shelf is not None:
            named = [BESIDE.c[name] for name in _COLUMNS]
            return select(*named).where(BESIDE.c.shelf == self.shelf).order_by(BESIDE.c.place)
        # What ended workers by itself ends them as background of others too.
        theirs = (ITEMS.c.digest == self.digest, ITEMS.c.beside, ITEMS.c.status.is_distinct_from(ASIDE))
        query = select(*(ITEMS.c[name] for name in _COLUMNS)).where(*theirs).order_by(ITEMS.c.id)
        return query.limit(corpus.MOST)
