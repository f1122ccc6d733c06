"""What a site tells of all its pieces: an RSS feed, a sitemap, a news sitemap. Made from the ledger's rows alone."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import nlargest
from typing import Any

from pipeline.ledger import PieceRow
from pipeline.model import Site
from pipeline.pages import templated

FEED, SITEMAP, NEWS = "feed.xml", "sitemap.xml", "news-sitemap.xml"
_LATEST = 1_000  # items; feed readers fetch a feed again and again, whole
# Sitemaps protocol 0.9: the most addresses of one file.
_MOST = 50_000
# Search engines take news of the last two days, at most so many.
_NEWS_DAYS = timedelta(days=2)
_MOST_NEWS = 1_000


@dataclass(frozen=True, slots=True)
class Entry:
    """A piece that is ready."""

    slug: str
    title: str
    description: str
    published: datetime
    modified: datetime
    address: str | None

    @property
    def guid(self) -> str:
        """The same for ever: a slug is chosen once."""
        return f"marbre:{self.slug}"


def ready(rows: Iterable[PieceRow], site: Site) -> Iterator[Entry]:
    """Those that every check has passed; nobody else's business are the others."""
    for row in rows:
        if row.entry.get("verdict") == "ready_for_review":
            published = datetime.fromisoformat(row.date_published)
            yield Entry(
                row.slug,
                str(row.entry["title"]),
                str(row.entry["description"]),
                published,
                datetime.fromisoformat(row.date_modified),
                site.address(row.slug, published),
            )


def feeds(entries: Iterable[Entry], site: Site, now: datetime) -> tuple[dict[str, str], str | None]:
    """The files by name, and in one line which could not be written, if any."""
    known = sorted(entries, key=lambda e: e.slug)
    files = {FEED: _feed(known, site)}
    name = site.name or site.publisher
    if site.url is None:
        # Whoever has told nothing of a site does not miss its maps.
        line = f"{SITEMAP} and {NEWS} are not written: they need the address of the site (site_url)."
        return files, line if name or site.formats else None
    files[SITEMAP] = templated("sitemap.xml.j2", entries=nlargest(_MOST, known, key=_changed))
    if name is None:
        return files, f"{NEWS} is not written: it needs the name of the publication (site_name)."
    news = (e for e in known if timedelta(0) <= now - e.published <= _NEWS_DAYS)
    files[NEWS] = templated("news_sitemap.xml.j2", entries=nlargest(_MOST_NEWS, news, key=_born), name=name)
    return files, None


def _born(entry: Entry) -> datetime:
    return entry.published


def _changed(entry: Entry) -> datetime:
    return entry.modified


def _feed(known: list[Entry], site: Site) -> str:
    latest = nlargest(_LATEST, known, key=_born)
    name = site.name or site.publisher or "Marbre"
    values: Mapping[str, Any] = {
        "name": name,
        "site": site,
        "entries": latest,
        "built": max((e.modified for e in latest), default=None),
    }
    return templated("feed.xml.j2", **values)
